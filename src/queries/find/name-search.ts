// Names by their words, in any order, folded as the matcher folds.
import { parseTitle } from "../../match/titles/title.ts";
import { foldedWords, isUnspaced } from "../conditions/words.ts";

export interface WordQuery {
  readonly text: string;
  /** Each a list of words that a name has to hold: as typed; in digits, without the words of an edition. */
  readonly readings: readonly (readonly string[])[];
}

/** Words that stand or not, as people please: not asked for where nothing is found with them. */
const loose = new Set(["the", "and"]);

/** Throws UsageError for more words than any name has. */
export function wordQuery(text: string): WordQuery {
  const [typed, counted] = [text, parseTitle(text).counted].map(spokenWords) as [string[], string[]];
  const firm = typed.filter((word) => !loose.has(word));
  return { text, readings: distinct([typed, counted, firm]) };
}

/** Folding takes a lone n for "and" where it stands between words: in another order it may be the first. */
function spokenWords(text: string): string[] {
  return [...new Set(foldedWords([text]).map((word) => (word === "n" ? "and" : word)))];
}

function distinct(readings: readonly (readonly string[])[]): (readonly string[])[] {
  const known = new Map(
    readings.filter((words) => words.length > 0).map((words) => [words.join(" "), words]),
  );
  return [...known.values()];
}

/** What a bag that holds the word has in it. Scripts that don't space their words are looked for within. */
export function wordPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word} `;
}

/** What a bag that holds the word at the beginning of a word has in it. */
export function beginningPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word}`;
}
