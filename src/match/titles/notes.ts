// Words that files, shops and labels add before or behind a title.
import { containsOtherAlbum } from "./editions.ts";
import { fold } from "../text/fold.ts";
import { toPieceWords } from "../text/numbers.ts";
import { splitLastPiece } from "./split-tail.ts";
import type { ParsedTitle } from "./title.ts";
import { isOtherAlbumWord, isPartWord } from "../text/vocabulary.ts";

/** "Title 25", "Title XX": the number of an anniversary, where no edition says so. */
export function stripAnniversary(title: ParsedTitle): string | null {
  if (!/[05XVL]$/.test(title.stemText) || /box/i.test(title.raw)) return null;
  const at = title.stemText.search(anniversaryPattern);
  const before = title.stemText.slice(0, Math.max(0, at)).trimEnd();
  return /\p{L}/u.test(before.slice(0, -4)) ? before.replace(/(?<![\s:–—-])[\s:–—-]+$/, "") : null;
}

const anniversaryPattern = /[\s:–—-](?:10|20|25|30|40|50|X|XX|XXV|XXX|XL)$/;

/** Splits a title and a note that does not name another album: "Title [Label]", "Title - Words". */
export function splitNote(text: string): { readonly head: string; readonly note: string } | null {
  const { head, inner: note, isBracket } = splitLastPiece(text);
  if (head === "" || note.trim() === "") return null;
  const plain = fold(head);
  const isOneWord = !isBracket && !plain.includes(" ");
  if (nickname.test(fold(note)) && isBracket) return { head, note };
  if (plain.length < 4 || (isOneWord && !(plain.length > 6 && /^(?:19|20)\d\d$/.test(note)))) return null;
  return isInsignificantNote(note) ? { head, note } : null;
}

/** "(The White Album)". */
const nickname = /^(?:the )?[a-z]+ album$/;

/** "The Label Years" is a collection, "The Campaign To …" was made around an album. */
const eraWords = new Set(["years", "era", "campaign"]);

/** Returns true if a note holds no word, number or part by which an album could be another. */
function isInsignificantNote(note: string): boolean {
  const words = toPieceWords(fold(note));
  return (
    words.filter((word) => /^\d+$/.test(word)).length < 2 &&
    words.length <= 8 &&
    !/['’]s? version$/i.test(note) &&
    !/^(?:feat|ft|featuring|from|with|by|in|at|im|en)$/.test(words[0] ?? "") &&
    !/^versions?$/.test(words.at(-1) ?? "") &&
    words.every(
      (word) =>
        !isOtherAlbumWord(word) &&
        !isPartWord(word) &&
        !eraWords.has(word) &&
        !containsOtherAlbum(word) &&
        (!/\p{N}/u.test(word) || /^(?:19|20)\d\d$/.test(word)),
    )
  );
}
