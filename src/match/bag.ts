import { fold } from "./fold.ts";
import { withDigits } from "./numbers.ts";
import type { ParsedTitle } from "./title.ts";
import { smallWords } from "./vocabulary.ts";

/** The words of artists' names, also as possessives. */
export function ownWords(names: readonly string[]): ReadonlySet<string> {
  const own = new Set<string>();
  for (const name of names) for (const word of fold(name).split(" ")) own.add(word).add(`${word}s`);
  return own;
}

/** Whether two titles of one bag have their words in the same order. */
export function sameOrder(one: ParsedTitle, other: ParsedTitle): boolean {
  return telling(one).join(" ") === telling(other).join(" ");
}

function telling(title: ParsedTitle): string[] {
  return withDigits(title.stem).filter((word) => !smallWords.has(word));
}

/** A title's telling words in alphabetical order, the artist's own left aside; "" when too few are left to tell. */
export function bagOf(title: ParsedTitle, own: ReadonlySet<string>): string {
  if (!title.stem.includes(" ")) return "";
  const words = telling(title).filter((word) => !own.has(word));
  if (words.length < 2 || words.length > 30) return "";
  const bag = words.toSorted().join(" ");
  return bag.length < 9 ? "" : bag;
}
