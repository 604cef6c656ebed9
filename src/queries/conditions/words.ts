// The words of a search, and names that have them.
import { UsageError } from "../../model/errors.ts";
import { fold } from "../../match/text/fold.ts";
import { createPattern } from "../../model/unicode-patterns.ts";

/** No name has more words, and SQLite refuses statements with thousands of conditions. */
const maxWords = 200;

/** Folds as the matcher does and removes duplicates. Throws UsageError for more than 200 words. */
export function foldWords(texts: readonly string[]): string[] {
  const words = new Set(texts.flatMap((text) => fold(text).split(" ")).filter((word) => word !== ""));
  if (words.size > maxWords) {
    throw new UsageError(
      `${words.size} words are too many to search for: ${maxWords} at most`,
      "Give fewer words.",
    );
  }
  return [...words];
}

const unspacedScript = createPattern(
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`,
  "u",
);

/** Scripts without spaces between words have no whole words and no beginnings of words. */
export function isUnspaced(word: string): boolean {
  return unspacedScript().test(word);
}

/** The text in a folded name between two spaces that contains this whole word. */
export function buildWordPattern(word: string): string {
  return isUnspaced(word) ? word : ` ${word} `;
}

/** The text in a folded name after a space that has a word beginning with this one. "II" does not begin "III". */
export function buildPrefixPattern(word: string): string {
  return isNumeral(word) ? buildWordPattern(word) : isUnspaced(word) ? word : ` ${word}`;
}

/** A number of an album in a row: II, 2, 12. */
export function isNumeral(word: string): boolean {
  return /^(?:[ivx]+|\d{1,2})$/.test(word);
}

export function matchesWordPrefixes(name: string, words: readonly string[]): boolean {
  const text = ` ${fold(name)}`;
  return words.every((word) => text.includes(buildPrefixPattern(word)));
}

/** The names with all the words at the beginning of words. If there are none, those that contain them anywhere. */
export function filterByWords<Named>(
  all: readonly Named[],
  getName: (item: Named) => string,
  words: readonly string[],
): readonly Named[] {
  if (words.length === 0) return all;
  const texts = new Map(all.map((item) => [item, ` ${fold(getName(item))}`]));
  const filterByPatterns = (patterns: readonly string[]): readonly Named[] =>
    all.filter((item) => patterns.every((part) => texts.get(item)?.includes(part)));
  const beginning = filterByPatterns(words.map(buildPrefixPattern));
  return beginning.length > 0 ? beginning : filterByPatterns(words);
}
