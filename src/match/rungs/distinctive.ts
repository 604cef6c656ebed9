import type { ParsedTitle } from "../text/title.ts";
import { collectionWords, identityWords, smallWords } from "../text/vocabulary.ts";

/** Whether a title is unlikely to be two artists' by chance: enough words of its own. */
export function isDistinctive(title: ParsedTitle, words: number): boolean {
  const own = title.stem
    .split(" ")
    .filter(
      (word) =>
        !smallWords.has(word) &&
        !identityWords.has(word) &&
        !collectionWords.has(word) &&
        !/^\d+$/.test(word),
    );
  return own.length >= words && own.join("").length >= 8;
}
