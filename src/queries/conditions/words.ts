// Search by words: first at the beginning of words, then inside them.
import { UsageError } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import { pattern } from "../../model/unicode-patterns.ts";
import { allOf, sql, type Sql } from "./sql.ts";

/** No name has more words, and SQLite refuses statements with thousands of conditions. */
const mostWords = 200;

/** Folds as the matcher does and removes duplicates. Throws UsageError for more than 200 words. */
export function foldedWords(texts: readonly string[]): string[] {
  const words = new Set(texts.flatMap((text) => fold(text).split(" ")).filter((word) => word !== ""));
  if (words.size > mostWords) {
    throw new UsageError(
      `${words.size} words are too many to search for: ${mostWords} at most`,
      "Give fewer words.",
    );
  }
  return [...words];
}

export type WordPlace = "beginning" | "inside";

const unspacedScript = pattern(
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`,
  "u",
);

/** Scripts without spaces between words have no word beginnings. */
export function isUnspaced(word: string): boolean {
  return unspacedScript().test(word);
}

/** The text that a folded name must contain, after a space is put before the name. */
function sought(word: string, place: WordPlace): string {
  return place === "inside" || isUnspaced(word) ? word : ` ${word}`;
}

/** SQL condition: the name contains all the words. `words` are folded already. */
export function holdsWords(name: Sql, words: readonly string[], place: WordPlace): Sql {
  return allOf(words.map((word) => sql`instr(' ' || fold(${name}), ${sought(word, place)}) > 0`));
}

export function beginsWords(name: string, words: readonly string[]): boolean {
  const text = ` ${fold(name)}`;
  return words.every((word) => text.includes(sought(word, "beginning")));
}

/** The names with all the words at the beginning of words. If there are none, those that contain them anywhere. */
export function holdingWords<Named>(
  all: readonly Named[],
  nameOf: (item: Named) => string,
  words: readonly string[],
): readonly Named[] {
  if (words.length === 0) return all;
  const texts = new Map(all.map((item) => [item, ` ${fold(nameOf(item))}`]));
  const holding = (place: WordPlace): readonly Named[] =>
    all.filter((item) => words.every((word) => texts.get(item)?.includes(sought(word, place))));
  const beginning = holding("beginning");
  return beginning.length > 0 ? beginning : holding("inside");
}
