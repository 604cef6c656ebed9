// The words by which a title is known: not the small ones, those of recordings and collections, or the artist's own.
import type { OwnNames } from "../text/own-names.ts";
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

/** Whether two titles of one bag have their words in the same order. */
export function sameOrder(one: ParsedTitle, other: ParsedTitle): boolean {
  return telling(one).join(" ") === telling(other).join(" ");
}

function telling(title: ParsedTitle): string[] {
  return title.counted.split(" ").filter((word) => !smallWords.has(word));
}

/** A title's telling words in alphabetical order, the artist's own left aside; "" when too few are left to tell. */
export function bagOf(title: ParsedTitle, own: OwnNames): string {
  if (!title.stem.includes(" ")) return "";
  const words = telling(title).filter((word) => !own.hasWord(word));
  if (words.length < 2 || words.length > 30) return "";
  const bag = words.toSorted().join(" ");
  return bag.length < 9 ? "" : bag;
}
