// What was typed, as words to search for.
import { inLatinLetters } from "../../match/text/latin-letters.ts";
import {
  editionFillers,
  editionNouns,
  editionWords,
  isSmall,
  loneMarks,
  places,
  wordSet,
} from "../../match/text/vocabulary.ts";
import { parseTitle } from "../../match/titles/title.ts";
import { foldedWords, isUnspaced } from "../conditions/words.ts";

export interface WordQuery {
  readonly text: string;
  /**
   * Lists of words that a name must contain: as typed, with numbers as digits and without edition words, without "the"
   * and "and", in Latin letters, and with the blanks between ideographs.
   */
  readonly readings: readonly (readonly string[])[];
}

/** Optional words: a name is also found without them. */
const optional = new Set(["the", "and"]);

/** Throws UsageError for more than 200 words. */
export function wordQuery(text: string): WordQuery {
  const [allWords, countedWords] = [text, parseTitle(text).counted].map(spokenWords) as [string[], string[]];
  const firm = allWords.filter((word) => !optional.has(word));
  const latin = inLatinLetters(allWords.join(" "))?.split(" ") ?? [];
  // Folding joins ideographs, but an artist and a title stay apart.
  const pieces = allWords.some(isUnspaced) ? text.split(/\s+/).flatMap(spokenWords) : [];
  const readings = [allWords, countedWords, firm, latin, pieces].filter((words) => words.length > 0);
  return { text, readings: [...new Map(readings.map((words) => [words.join(" "), words])).values()] };
}

/** Folding turns a lone "n" between words into "and". In another order of words it may come first. */
function spokenWords(text: string): string[] {
  return [...new Set(foldedWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

const fillers = wordSet(
  "the a an and by on my inch record records album albums copy press pressing edition version",
);

/** Returns true if a typed word says nothing about a record: "the", "by", "album". */
export function isFiller(word: string): boolean {
  return fillers.has(word);
}

const copyWords = wordSet(`
  vinyl lp lps ep eps cd cds cassette cassettes tape mc sacd dvd flexi shellac maxi single box boxset boxed set 7 10 12 78 45 33 180g
  7inch 10inch 12inch sealed gatefold signed numbered repress reissue original first second mint nm vg
  colour color coloured colored splatter marbled translucent transparent picture
`);
const colours = wordSet(
  "red blue green yellow orange purple violet pink white black grey gray clear gold silver brown turquoise",
);

/** Returns true if a typed word is a colour, which more often belongs to a title. */
export function isColour(word: string): boolean {
  return colours.has(word);
}

/** Returns true if a typed word may describe a copy and not its name: format, colour, year, pressing, country. */
export function maySayWhichCopy(word: string): boolean {
  if (isSmall(word)) return false;
  return (
    /^(?:19|20)\d\d$|^\dx?(?:lp|cd|ep)s?$/.test(word) ||
    [copyWords, colours, editionWords, editionNouns, editionFillers, loneMarks, places].some((words) =>
      words.has(word),
    )
  );
}
