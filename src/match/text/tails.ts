import { isAsianEdition } from "./asian-editions.ts";
import { fold } from "./fold.ts";
import { withDigits } from "./numbers.ts";
import {
  collectionWords,
  editionFillers,
  editionNouns,
  editionWords,
  identityWords,
  importMarks,
  loneMarks,
  places,
} from "./vocabulary.ts";
import { soundtrackKind, type TailSetting } from "./soundtracks.ts";

type TailKind =
  | "edition"
  | "soundtrack"
  | "disc"
  | "format"
  | "catalogue"
  | "mix"
  | "named-edition"
  | "guests";

export interface Tail {
  readonly kind: TailKind;
  /** "2" of a disc, "ep" of a format, "score" of a soundtrack, with what else it says, the number of a catalogue; else "". */
  readonly detail: string;
}

const ordinal =
  /^(?:\d{1,3}(?:st|nd|rd|th|eme|er|o|a)|tenth|fifteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth|five|ten|fifteen|fifty|sixty|(?:twenty|thirty|forty)(?:fifth)?|fifth)$/;
const year = /^(?:19|20)\d\d$/;
const number = /^\d{1,4}$/;
const roundRoman = /^(?:x{1,3}v?|xl|l)$/;
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

/** Letters and at least two digits in one word: "BV07", "kl092". */
const loneCatalogue = /^(?:[A-Z]{2,8}|[A-Za-z][a-z]{1,7}(?=\d{3}))[-_]?\d{2,6}[A-Z]{0,4}$/;
const countedPart =
  /^(?:lp|ep|cd|dvd|vol|volume|pt|no|part|act|book|side|disc|disk|chapter|episode|season|session|take|mix|set|day|top|mk|version)[\s.#_-]?\d+$/i;

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

/** The same few tails stand behind most titles that have one. */
const known: Readonly<Record<TailSetting, Map<string, Tail | null>>> = {
  bracket: new Map(),
  separator: new Map(),
  naked: new Map(),
};
const mostKnown = 10_000;
const [longestKnown, longest] = [40, 200];

/** What a piece at the end of a title says, or null when it belongs to the title. */
export function classifyTail(piece: string, setting: TailSetting): Tail | null {
  if (piece.length > longest) return null;
  const tails = known[setting];
  let tail = tails.get(piece);
  if (tail === undefined) {
    tail = tailOf(piece, setting);
    if (piece.length <= longestKnown && tails.size < mostKnown) tails.set(piece, tail);
  }
  return tail;
}

function tailOf(piece: string, setting: TailSetting): Tail | null {
  const folded = fold(piece).replace(/\bre master/, "remaster");
  const words = folded.split(" ");
  const format = (setting === "naked" ? nakedFormats : formats).get(folded);
  if (format !== undefined && !(setting === "separator" && /^\d/.test(folded)))
    return { kind: "format", detail: format };
  const part = disc.exec(folded);
  if (part && (setting !== "naked" || part[0].length === folded.length)) return discTail(part[1]);
  const numbered = discAtEnd.exec(folded);
  if (numbered && isEdition(folded.slice(0, numbered.index).split(" "), "bracket"))
    return discTail(numbered[1]);
  if (isEdition(words, setting) || (setting !== "naked" && isAsianEdition(folded)))
    return { kind: "edition", detail: "" };
  if (setting !== "naked" && newMix.test(folded)) return { kind: "mix", detail: "" };
  const soundtrack = soundtrackKind(folded.replace("sound track", "soundtrack").split(" "), setting);
  if (soundtrack !== null) return { kind: "soundtrack", detail: soundtrack };
  if (setting === "bracket" && (isCatalogueNumber(piece.trim(), words) || isLongNumber(piece.trim())))
    return { kind: "catalogue", detail: folded };
  if (
    setting === "bracket" &&
    /^(?:feat|ft|featuring) /.test(folded) &&
    !words.some((word) => identityWords.has(word))
  )
    return { kind: "guests", detail: "" };
  if (setting !== "naked" && isNamedEdition(words, piece)) return { kind: "named-edition", detail: "" };
  return null;
}

/** A number too long to be a year or a count: "(697_124_027-2)". */
function isLongNumber(piece: string): boolean {
  return (
    /^\d[\d\s._-]*\d$/.test(piece) &&
    piece.replace(/\D/g, "").length >= 5 &&
    !/^(?:19|20)\d\d\s?[-–_/.\s]/.test(piece) &&
    !/[-_/.\s](?:19|20)?\d\d[-_/.\s](?:19|20)?\d\d$|[-_/.\s](?:19|20)\d\d$/.test(piece)
  );
}

/** A label and its number for the record: nothing in it begins with a small letter, and some of it is capitals and digits. */
function isCatalogueNumber(piece: string, words: readonly string[]): boolean {
  const tokens = piece.split(/\s+/).filter((token) => !/^[-–—/#|]$/.test(token));
  if (tokens.length === 1 && loneCatalogue.test(piece) && !countedPart.test(piece)) return true;
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

/** Words that may lead in an edition's words where no bracket sets them off: "Special Edition", "2011 Remaster". */
const leadsIn =
  /^(?:special|limited|ltd|super|ultra|standard|extended|enhanced|digital|digitally|double|complete|definitive|ultimate|newly|original|uk|us|usa|eu|european|japan|japanese|american|australian|canadian|german|french|korean)$/;
const editionNoun =
  /^(?:edition|editions|edicion|edicao|edizione|ausgabe|version|box|boxset|set|reissue|pressing|release)$/;

function isEdition(words: readonly string[], setting: TailSetting): boolean {
  if (words.length === 1 && setting === "bracket" && loneMarks.has(words[0] ?? "")) return true;
  let strong = 0;
  let noun = 0;
  let place = 0;
  let other = 0;
  let imported = 0;
  for (const [at, word] of words.entries()) {
    if (isEditionWord(word)) strong++;
    else if (word === "collection" && /^archives?$/.test(words[at - 1] ?? "")) strong++;
    else if (editionNouns.has(word)) noun++;
    else if (places.has(word)) place++;
    else if (/^(?:years?|ans|anos|jahre?|anni)$/.test(word) && number.test(words[at - 1] ?? "")) strong++;
    else if (editionFillers.has(word)) {
      other++;
      if (importMarks.has(word)) imported++;
    } else if (ordinal.test(word) || year.test(word) || number.test(word)) continue;
    else if (roundRoman.test(word) && /^(?:anniversary|ans|years)$/.test(words[at + 1] ?? "")) continue;
    else return false;
  }
  if (setting === "naked") return strong > 0 && beginsAnEdition(words);
  if (
    strong > 0 ||
    (words.length === 2 && year.test(words[0] ?? "") && /^master(?:ed)?$/.test(words[1] ?? ""))
  )
    return setting === "bracket" || !/^legacy$/.test(words.join(" "));
  if (noun > 0 && place + other > 0 && setting === "bracket") return true;
  if (setting === "bracket" && words.length === 1) return place > 0;
  if (setting === "bracket" && place > 0 && place + imported === words.length) return true;
  if (/\bbox(?: )?set$/.test(words.join(" ")) && noun + other + place === words.length) return true;
  return noun > 0 && place > 0;
}

/** Misspelled as they often are, and in the languages that share the beginning. */
const editionBeginnings = /^(?:remast|rimast|delux|anniv|aniv|expand|editi|edici|edica|edizi)/;

function isEditionWord(word: string): boolean {
  return editionWords.has(word) || editionBeginnings.test(word);
}

/** Without a bracket only what begins with an edition's word is no part of the title: "World 11th Anniversary" is. */
function beginsAnEdition(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  if (words.length === 1) return /^(?:remaster|deluxe|expanded)/.test(first);
  if (isEditionWord(first)) return true;
  if (year.test(first)) return /^(?:remaster|reissue|edition|deluxe|digital)/.test(second);
  if (ordinal.test(first) && isEditionWord(second)) return true;
  if (first === "the" && isEditionWord(second)) return true;
  return leadsIn.test(first) && words.slice(1).some((word) => isEditionWord(word) || editionNoun.test(word));
}
