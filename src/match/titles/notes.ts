// Words that files, shops and labels add before or behind a title.
import { holdsOtherAlbum } from "./editions.ts";
import { fold } from "../text/fold.ts";
import { digitsOfPiece, numbersIn } from "../text/numbers.ts";
import { changesIdentity } from "./identity.ts";
import { lastPiece } from "./tail-cuts.ts";
import type { ParsedTitle } from "./title.ts";
import { goingOn, partWords, venueWords, marksAnother } from "../text/vocabulary.ts";

const numberedSeries =
  /^(.*\S[,:]? (?:(?:vol|volume|part|pt|no|nr|number|chapter|act|book)\b\.? ?(?:\d{1,3}|[ivx]{1,5}|[a-z]{3,9})|\d{1,2}|I{2,3}|IV|VI{0,3}|IX|XI{0,3}))(?::\s|\s[-–—]\s)(.+)$/i;

/** "Series, Vol. 4: The Hall, 1970": the number identifies the volume, whatever else it is called. */
export function countedTitle(text: string): string | null {
  const [, head = "", sub = ""] = numberedSeries.exec(text) ?? [];
  if (head === "" || numbersIn(digitsOfPiece(fold(head)).join(" ")) === "") return null;
  // "Alive" is not "live", and a volume may be named after a day.
  let ownName = sub.replace(/\balive\b/i, "");
  if (volume.test(head)) {
    if (partOf.test(ownName)) return null;
    ownName = ownName.replace(/\d+/g, " ");
  }
  return changesIdentity(ownName) ? null : head;
}

const volume = /\b(?:vol|volume|part|pt|no|nr|number|chapter|act|book)\b\.? ?\S+$/i;
const partOf = /\b(?:vols?|volumes?|parts?|pt|disc|disk|cd|dvd|side)\b/i;

/** "Title 25", "Title XX": the number of an anniversary, where no edition says so. */
export function withoutJubilee(title: ParsedTitle): string | null {
  if (!/[05XVL]$/.test(title.stemText) || /box/i.test(title.raw)) return null;
  const at = title.stemText.search(jubilee);
  const before = title.stemText.slice(0, Math.max(0, at)).trimEnd();
  return /\p{L}/u.test(before.slice(0, -4)) ? before.replace(/(?<![\s:–—-])[\s:–—-]+$/, "") : null;
}

const jubilee = /[\s:–—-](?:10|20|25|30|40|50|X|XX|XXV|XXX|XL)$/;

/** Splits a title and a note that does not name another album: "Title [Label]", "Title - Words". */
export function notedTitle(text: string): { readonly head: string; readonly note: string } | null {
  const { head, inner: note, isBracket } = lastPiece(text);
  if (head === "" || note.trim() === "") return null;
  const plain = fold(head);
  const isOneWord = !isBracket && !plain.includes(" ");
  if (nickname.test(fold(note)) && isBracket) return { head, note };
  if (plain.length < 4 || (isOneWord && !(plain.length > 6 && /^(?:19|20)\d\d$/.test(note)))) return null;
  return saysNothing(note) ? { head, note } : null;
}

/** Who made a mix, which is no more than a note where it is the artist: "(Mixed By Name)". */
export const madeBy = /^(?:compiled|mixed|curated|selected)(?: (?:and|&) mixed)? by /i;

/** "(The White Album)". */
const nickname = /^(?:the )?[a-z]+ album$/;

/** "The Label Years" is a collection, "The Campaign To …" was made around an album. */
const spans = new Set(["years", "era", "campaign"]);

/** Returns true if a note holds no word, number or part by which an album could be another. */
function saysNothing(note: string): boolean {
  const words = digitsOfPiece(fold(note));
  return (
    words.filter((word) => /^\d+$/.test(word)).length < 2 &&
    words.length <= 8 &&
    !/['’]s? version$/i.test(note) &&
    !/^(?:feat|ft|featuring|from|with|by|in|at|im|en)$/.test(words[0] ?? "") &&
    !/^versions?$/.test(words.at(-1) ?? "") &&
    words.every(
      (word) =>
        !marksAnother(word) &&
        !partWords.has(word) &&
        !goingOn.has(word) &&
        !venueWords.has(word) &&
        !spans.has(word) &&
        !holdsOtherAlbum(word) &&
        (!/\p{N}/u.test(word) || /^(?:19|20)\d\d$/.test(word)),
    )
  );
}
