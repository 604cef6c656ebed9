import { fold } from "../text/fold.ts";
import { digitsOfPiece } from "../text/numbers.ts";
import { lastPiece } from "./tail-cuts.ts";
import type { ParsedTitle } from "./title.ts";
import { isSmall, venueWords, marksAnother } from "../text/vocabulary.ts";

/** A title with a year next to it. */
export interface DatedTitle {
  readonly year: number;
  /** The title without the year. */
  readonly rest: string;
  /** Where the year is. Folders of files have it before the title. */
  readonly set: "before" | "bracket" | "behind";
}

/** "1971 - Title", "1971 Title", "Title (1971)", "Title - 1971". */
export function yearBeside({ numbers, stemText }: ParsedTitle): DatedTitle | null {
  return numbers === "" ? null : (leadingYear(stemText) ?? trailingYear(stemText));
}

export function leadingYear(text: string): DatedTitle | null {
  if (!/^[([]?[12]/.test(text)) return null;
  const match = /^[([]?((?:19|20)\d\d)(\s*[-–—:.)\]]\s*|\s+)(\S.*)$/.exec(text);
  if (!match) return null;
  const [, year, gap = "", rest = ""] = match;
  const words = digitsOfPiece(fold(rest));
  // One word like "Live" needs no title of its own; "1965 - The Road Revisited" is a title with a year.
  const marked = words.some(marksAnother);
  if (marked && (!/\S/.test(gap) || telling(words) < 2)) return null;
  if (/\p{N}/u.test(words[0] ?? "")) return null;
  const isSetOff = /\S/.test(gap) || words.filter((word) => !isSmall(word)).length >= 2;
  return isSetOff ? { year: Number(year), rest, set: "before" } : null;
}

/** "Title 1977-1980", "Title: 1986–93": the years of a collection. Returns null if the rest names only a kind of album. */
export function spannedTitle(text: string): string | null {
  const at = text.search(yearSpan);
  if (at === -1) return null;
  const before = text.slice(0, at);
  const head = before.replace(/(?<![\s:,–—-])[\s:,–—-]+$/, "");
  const lastWord = head.split(/\s/).at(-1) ?? "";
  if (head === before || !/\p{L}/u.test(lastWord)) return null;
  return telling(digitsOfPiece(fold(head))) > 0 ? head : null;
}

const yearSpan = /[([]?(?:19|20)\d\d\s?[-–—/]\s?(?:19|20)?\d\d[)\]]?$/;

/** Counts the words that are neither small nor words of live albums and collections. */
function telling(words: readonly string[]): number {
  return words.filter((word) => !isSmall(word) && !marksAnother(word) && !venueWords.has(word)).length;
}

function trailingYear(text: string): DatedTitle | null {
  if (!/\d[)\]]?$/.test(text)) return null;
  const { head: rest, inner: year, isBracket } = lastPiece(text);
  // "Songs 1974 - 1979" has a span of years.
  if (!/^(?:19|20)\d\d$/.test(year) || /\d\s*$/.test(rest)) return null;
  return { year: Number(year), rest, set: isBracket ? "bracket" : "behind" };
}
