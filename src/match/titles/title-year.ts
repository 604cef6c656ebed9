import { fold } from "../text/fold.ts";
import { toPieceWords } from "../text/numbers.ts";
import { splitLastPiece } from "./split-tail.ts";
import type { ParsedTitle } from "./title.ts";
import { isSmallWord, venueWords, isOtherAlbumWord } from "../text/vocabulary.ts";

/** A title with a year next to it. */
export interface DatedTitle {
  readonly year: number;
  /** The title without the year. */
  readonly rest: string;
  /** The place of the year. Names of folders have it before the title. */
  readonly position: "before" | "bracket" | "behind";
}

/** "1971 - Title", "1971 Title", "Title (1971)", "Title - 1971". */
export function findYear({ numbers, stemText }: ParsedTitle): DatedTitle | null {
  return numbers === "" ? null : (findLeadingYear(stemText) ?? findTrailingYear(stemText));
}

export function findLeadingYear(text: string): DatedTitle | null {
  if (!/^[([]?[12]/.test(text)) return null;
  const match = /^[([]?((?:19|20)\d\d)(\s*[-–—:.)\]]\s*|\s+)(\S.*)$/.exec(text);
  if (!match) return null;
  const [, year, gap = "", rest = ""] = match;
  const words = toPieceWords(fold(rest));
  // One word like "Live" needs no title of its own; "1965 - The Road Revisited" is a title with a year.
  const marked = words.some(isOtherAlbumWord);
  if (marked && (!/\S/.test(gap) || countSignificantWords(words) < 2)) return null;
  if (/\p{N}/u.test(words[0] ?? "")) return null;
  const isSetOff = /\S/.test(gap) || words.filter((word) => !isSmallWord(word)).length >= 2;
  return isSetOff ? { year: Number(year), rest, position: "before" } : null;
}

/** "Title 1977-1980", "Title: 1986–93": the years of a collection. Returns null if the rest names only a kind of album. */
export function stripYearRange(text: string): string | null {
  const at = text.search(yearRange);
  if (at === -1) return null;
  const before = text.slice(0, at);
  const head = before.replace(/(?<![\s:,–—-])[\s:,–—-]+$/, "");
  const lastWord = head.split(/\s/).at(-1) ?? "";
  if (head === before || !/\p{L}/u.test(lastWord)) return null;
  return countSignificantWords(toPieceWords(fold(head))) > 0 ? head : null;
}

const yearRange = /[([]?(?:19|20)\d\d\s?[-–—/]\s?(?:19|20)?\d\d[)\]]?$/;

/** Counts the words that are neither small nor words of live albums and collections. */
function countSignificantWords(words: readonly string[]): number {
  return words.filter((word) => !isSmallWord(word) && !isOtherAlbumWord(word) && !venueWords.has(word))
    .length;
}

function findTrailingYear(text: string): DatedTitle | null {
  if (!/\d[)\]]?$/.test(text)) return null;
  const { head: rest, inner: year, isBracket } = splitLastPiece(text);
  // "Songs 1974 - 1979" has a span of years.
  if (!/^(?:19|20)\d\d$/.test(year) || /\d\s*$/.test(rest)) return null;
  return { year: Number(year), rest, position: isBracket ? "bracket" : "behind" };
}
