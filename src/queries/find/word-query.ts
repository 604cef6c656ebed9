// The words to search for, made of what was typed.
import { listLatinSpellings } from "../conditions/latin-letters.ts";
import { fold } from "../../match/text/fold.ts";
import {
  editionFillers,
  editionNouns,
  editionWords,
  isSmallWord,
  bracketEditionWords,
  placeWords,
  toWordSet,
} from "../../match/text/vocabulary.ts";
import { parseTitle } from "../../match/titles/title.ts";
import { foldWords, isUnspaced } from "../conditions/words.ts";
import { splitTypedFormats, type TypedFormat } from "./typed-formats.ts";

export interface WordQuery {
  readonly text: string;
  /**
   * Lists of words that a name must contain: as typed, with numbers as digits and without edition words, without "the"
   * and "and", in Latin letters, with the blanks between ideographs, with "EP 7" as one word, and without formats.
   */
  readonly readings: readonly (readonly string[])[];
  readonly formats: readonly TypedFormat[];
  /** How often each word is typed that is typed more than once. */
  readonly repeated: ReadonlyMap<string, number>;
}

/** Optional words: a name is also found without them. */
const optionalWords = new Set(["the", "and"]);

/** Returns true if a name may lack all of the words. */
export function areOptional(words: readonly string[]): boolean {
  return words.every((word) => optionalWords.has(word));
}

/** Throws UsageError for more than 200 words. */
export function parseWordQuery(text: string): WordQuery {
  const [allWords, countedWords] = [text, parseTitle(text).counted].map(normalizeWords) as [
    string[],
    string[],
  ];
  const firm = allWords.filter((word) => !optionalWords.has(word));
  const latin = listLatinSpellings(allWords.join(" ")).map((words) => words.split(" "));
  // Folding joins ideographs, but an artist and a title stay apart.
  const pieces = allWords.some(isUnspaced) ? text.split(/\s+/).flatMap(normalizeWords) : [];
  const { withCounts, rest, formats } = splitTypedFormats(text);
  const withoutFormats = [withCounts, rest].map(normalizeWords);
  // "EP 7" may be EP7, before it is a seven-inch.
  const joined = normalizeWords(text.replaceAll(/\b(lp|ep)\s+(?=\d+\b)/gi, "$1"));
  const readings = [allWords, countedWords, firm, ...latin, pieces, joined, ...withoutFormats].filter(
    (words) => words.length > 0,
  );
  return {
    text,
    formats,
    repeated: findRepeatedWords(rest),
    readings: [...new Map(readings.map((words) => [words.join(" "), words])).values()],
  };
}

/** Small words and fillers may be repeated as one likes. */
function findRepeatedWords(text: string): ReadonlyMap<string, number> {
  const words = fold(text).split(" ");
  const repeated = words.filter(
    (word, at) => words.indexOf(word) < at && !isFiller(word) && !isSmallWord(word),
  );
  return new Map(repeated.map((word) => [word, countWord(words, word)]));
}

export function countWord(words: readonly string[], word: string): number {
  return words.filter((each) => each === word).length;
}

/** Folding turns a lone "n" between words into "and". In another order of words it may come first. */
function normalizeWords(text: string): string[] {
  return [...new Set(foldWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

const fillers = toWordSet(
  "the a an and by on my inch record records album albums copy press pressing edition version",
);

/** Returns true if a typed word says nothing about a record: "the", "by", "album". */
export function isFiller(word: string): boolean {
  return fillers.has(word);
}

const copyWords = toWordSet(`
  vinyl lp lps ep eps cd cds cassette cassettes tape mc sacd dvd flexi shellac maxi single box boxset boxed set 7 10 12 78 45 33 180g
  7inch 10inch 12inch sealed gatefold signed numbered repress reissue original first second mint nm vg
  colour color coloured colored splatter marbled translucent transparent picture
`);
const colours = toWordSet(
  "red blue green yellow orange purple violet pink white black grey gray clear gold silver brown turquoise",
);

/** Returns true if a typed word is a colour, which more often belongs to a title. */
export function isColour(word: string): boolean {
  return colours.has(word);
}

/** Returns true if a typed word may describe a copy and not its name: format, colour, year, pressing, country. */
export function canDescribeCopy(word: string): boolean {
  if (isSmallWord(word)) return false;
  return (
    /^(?:19|20)\d\d$|^\dx?(?:lp|cd|ep)s?$/.test(word) ||
    [copyWords, colours, editionWords, editionNouns, editionFillers, bracketEditionWords, placeWords].some(
      (words) => words.has(word),
    )
  );
}
