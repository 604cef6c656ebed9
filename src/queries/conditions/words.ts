// The words that a person looks for: at the beginning of words, else inside them.
import { UsageError } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import { pattern } from "../../model/unicode-patterns.ts";
import type { Condition } from "./condition-parts.ts";

/** No name has more; a statement in SQL that asks for thousands is refused by SQLite. */
const mostWords = 200;

/** Folded as the matcher folds, each word once. Throws UsageError for more words than any name has. */
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

/** Where a searched word may be in a name: at the beginning of a word, or anywhere. */
export type WordPlace = "beginning" | "inside";

const unspacedScript = pattern(
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`,
  "u",
);

/** Scripts that don't space their words have no beginnings to look for. */
export function isUnspaced(word: string): boolean {
  return unspacedScript().test(word);
}

/** What the folded name has to contain, after a space is put before it. */
function sought(word: string, place: WordPlace): string {
  return place === "inside" || isUnspaced(word) ? word : ` ${word}`;
}

/** A condition in SQL that a name holds all the words, which are folded already. */
export function holdsWords(name: string, words: readonly string[], place: WordPlace): Condition {
  return {
    sql: words.map(() => `instr(' ' || fold(${name}), ?) > 0`).join(" AND ") || "true",
    parameters: words.map((word) => sought(word, place)),
  };
}

/** Whether the name holds all the words at the beginning of words. */
export function beginsWords(name: string, words: readonly string[]): boolean {
  const folded = ` ${fold(name)}`;
  return words.every((word) => folded.includes(sought(word, "beginning")));
}

/** The names that hold all the words at the beginning of words; if there are none, those that hold them inside. */
export function holdingWords<Named>(
  all: readonly Named[],
  nameOf: (named: Named) => string,
  words: readonly string[],
): readonly Named[] {
  if (words.length === 0) return all;
  const folded = new Map(all.map((named) => [named, ` ${fold(nameOf(named))}`]));
  const holding = (place: WordPlace): readonly Named[] =>
    all.filter((named) => words.every((word) => folded.get(named)?.includes(sought(word, place))));
  const beginning = holding("beginning");
  return beginning.length > 0 ? beginning : holding("inside");
}
