import { fold } from "./fold.ts";
import { withDigits } from "./numbers.ts";
import {
  collectionWords,
  editionFillers,
  editionNouns,
  editionWords,
  identityWords,
  places,
  soundtrackFillers,
  soundtrackWords,
} from "./vocabulary.ts";

export type TailKind =
  | "edition"
  | "soundtrack"
  | "disc"
  | "format"
  | "catalogue"
  | "mix"
  | "named-edition"
  | "guests";

/** How a piece at the end of a title is set off from the rest. */
export type Setting = "bracket" | "separator" | "naked";

export interface Tail {
  readonly kind: TailKind;
  /** "2" of a disc, "ep" of a format, "score" of a soundtrack, the number of a catalogue; else "". */
  readonly detail: string;
}

const ordinal = /^\d{1,3}(?:st|nd|rd|th|eme|er)$/;
const year = /^(?:19|20)\d\d$/;
const number = /^\d{1,4}$/;
const formats: ReadonlyMap<string, string> = new Map([
  ["ep", "ep"],
  ["e p", "ep"],
  ["the ep", "ep"],
  ["mini album", "ep"],
  ["mini lp", "ep"],
  ["single", "single"],
  ["the single", "single"],
  ["cd single", "single"],
  ["cds", "single"],
  ["maxi single", "single"],
  ["maxi", "single"],
  ["cdm", "single"],
  ["digital single", "single"],
  ["7", "single"],
  ["7 single", "single"],
  ["12", "single"],
  ["12 single", "single"],
  ["promo single", "single"],
  ["lp", "lp"],
  ["the album", "lp"],
  ["album", "lp"],
]);
const nakedFormats: ReadonlyMap<string, string> = new Map([
  ["ep", "ep"],
  ["e p", "ep"],
  ["lp", "lp"],
  ["cds", "single"],
]);
const disc =
  /^(?:bonus )?(?:disc|disk|cd|dvd|disque)s? ?(\d{1,2}|one|two|three|four|five|six|i{1,3}|iv|v|a|b)(?: (?:of|de) \w+)?(?= |$)/;
// The year tells a new mix of the whole album from somebody's remixes.
const newMix =
  /^(?:the )?(?:19|20)\d\d (?:stereo |mono |new )?(?:re)?mix(?:ed)?(?: master| version)?$|^(?:re)?mix(?:ed)? (?:in )?(?:19|20)\d\d$/;
const catalogueNumber = /(?:^|\s|-)[A-Z]{2,12}\d{0,6}[A-Z]{0,6}[-.\s]?\d{1,8}[A-Z]{0,4}\d{0,4}(?=$|[\s./-])/;

const discAtEnd = / (?:disc|disk|cd) ?(\d{1,2}|one|two|three|four|five|six|i{1,3}|iv)$/;

function discTail(spelled: string | undefined): Tail {
  return {
    kind: "disc",
    detail:
      withDigits(`disc ${spelled ?? ""}`)
        .split(" ")
        .at(-1) ?? "",
  };
}

/** What a piece at the end of a title says, or null when it belongs to the title. */
export function classifyTail(piece: string, setting: Setting): Tail | null {
  if (piece.length > 200) return null;
  const folded = fold(piece);
  const words = folded.split(" ");
  const format = (setting === "naked" ? nakedFormats : formats).get(folded);
  if (format !== undefined && !(setting === "separator" && /^\d/.test(folded)))
    return { kind: "format", detail: format };
  const part = disc.exec(folded);
  if (part && (setting !== "naked" || part[0].length === folded.length)) return discTail(part[1]);
  const numbered = discAtEnd.exec(folded);
  if (numbered && isEdition(folded.slice(0, numbered.index).split(" "), "bracket"))
    return discTail(numbered[1]);
  if (isEdition(words, setting)) return { kind: "edition", detail: "" };
  if (setting !== "naked" && newMix.test(folded)) return { kind: "mix", detail: "" };
  const soundtrack = soundtrackKind(folded.replace("sound track", "soundtrack").split(" "), setting);
  if (soundtrack !== null) return { kind: "soundtrack", detail: soundtrack };
  if (setting === "bracket" && isCatalogueNumber(piece.trim(), words))
    return { kind: "catalogue", detail: folded };
  if (setting === "bracket" && /^(?:feat|ft|featuring) /.test(folded)) return { kind: "guests", detail: "" };
  if (setting !== "naked" && isNamedEdition(words, piece)) return { kind: "named-edition", detail: "" };
  return null;
}

/** A label and its number for the record: nothing in it begins with a small letter, and some of it is capitals and digits. */
function isCatalogueNumber(piece: string, words: readonly string[]): boolean {
  const tokens = piece.split(/\s+/);
  return (
    piece.length >= 5 &&
    tokens.length <= 8 &&
    tokens.every((token) => /^[A-Z\d]/.test(token)) &&
    catalogueNumber.test(piece) &&
    !/^(?:LP|EP|CD|DVD|VOL|PT|NO|PART|ACT|BOOK|SIDE)[\s.]?\d+$/.test(piece) &&
    !words.some((word) => identityWords.has(word) || collectionWords.has(word))
  );
}

/** "The Antidote Edition": an edition by its own name. A possessive "version" is a recording made anew. */
function isNamedEdition(words: readonly string[], piece: string): boolean {
  const noun = words.at(-1) ?? "";
  if (words.length > 6 || words.length < 2 || !/^(?:edition|version|import)$/.test(noun)) return false;
  if (noun === "version" && /['’]s? version/i.test(piece)) return false;
  return !words.some((word) => identityWords.has(word) || collectionWords.has(word));
}

function isEdition(words: readonly string[], setting: Setting): boolean {
  let strong = 0;
  let noun = 0;
  let place = 0;
  let other = 0;
  for (const [at, word] of words.entries()) {
    if (editionWords.has(word)) strong++;
    else if (editionNouns.has(word)) noun++;
    else if (places.has(word)) place++;
    else if (/^years?$/.test(word) && number.test(words[at - 1] ?? "")) strong++;
    else if (editionFillers.has(word)) other++;
    else if (ordinal.test(word) || year.test(word) || number.test(word)) continue;
    else return false;
  }
  if (setting === "naked")
    return strong > 0 && (words.length > 1 || /^(?:remaster|deluxe)/.test(words[0] ?? ""));
  if (
    strong > 0 ||
    (words.length === 2 && year.test(words[0] ?? "") && /^master(?:ed)?$/.test(words[1] ?? ""))
  )
    return true;
  if (noun > 0 && place + other > 0 && setting === "bracket") return true;
  if (setting === "bracket" && words.length === 1)
    return place > 0 || ["clean", "complete", "audio", "extended", "se"].includes(words[0] ?? "");
  return noun > 0 && place > 0;
}

function soundtrackKind(words: readonly string[], setting: Setting): string | null {
  const strong = words.some((word) => soundtrackWords.has(word));
  const text = words.join(" ");
  const kind = words.includes("score") ? "score" : "songs";
  if (words.some((word) => identityWords.has(word) && !soundtrackFillers.has(word))) return null;
  if (words.every((word) => soundtrackFillers.has(word) || soundtrackWords.has(word))) {
    if (strong) return setting === "naked" && words.length === 1 && kind === "score" ? null : kind;
    const phrase =
      /^(?:the )?(?:original )?(?:music|songs) (?:from|of|for|to)\b|motion picture|bande originale|banda sonora|colonna sonora/;
    return setting !== "naked" && phrase.test(text) ? kind : null;
  }
  if (setting !== "bracket") return null;
  const opening = /^(?:the )?(?:original )?(?:music|songs) (?:from|inspired by) (?:the|a|and|inspired)\b/;
  return (strong && words.includes("original")) || opening.test(text) ? kind : null;
}
