import { fold } from "../text/fold.ts";
import { digitsOfPiece } from "../text/numbers.ts";
import { lastBracket } from "./tail-cuts.ts";
import type { ParsedTitle } from "./title.ts";
import { collectionWords, identityWords, smallWords, venueWords } from "../text/vocabulary.ts";

/** A title beside which a year stands. */
export interface DatedTitle {
  readonly year: number;
  /** The title without it. */
  readonly rest: string;
  /** Before the title, as shelves of files are sorted, or behind it, in a bracket or not. */
  readonly set: "before" | "bracket" | "behind";
}

/** The year beside an album's title. */
export function yearBeside({ numbers, stemText }: ParsedTitle): DatedTitle | null {
  return numbers === "" ? null : datedTitle(stemText);
}

/** "1971 - Title", "1971 Title", "Title (1971)", "Title - 1971". */
function datedTitle(text: string): DatedTitle | null {
  return leadingYear(text) ?? trailingYear(text);
}

export function leadingYear(text: string): DatedTitle | null {
  if (!/^[([]?[12]/.test(text)) return null;
  const found = /^[([]?((?:19|20)\d\d)(\s*[-–—:.)\]]\s*|\s+)(\S.*)$/.exec(text);
  if (!found) return null;
  const [, year, gap = "", rest = ""] = found;
  const words = digitsOfPiece(fold(rest));
  // What one word says of a recording, the whole of a title says of an album: "1965 - The Road Revisited".
  const marked = words.some((word) => identityWords.has(word) || collectionWords.has(word));
  if (marked && (!/\S/.test(gap) || telling(words) < 2)) return null;
  if (/\p{N}/u.test(words[0] ?? "")) return null;
  const isSetOff = /\S/.test(gap) || words.filter((word) => !smallWords.has(word)).length >= 2;
  return isSetOff ? { year: Number(year), rest, set: "before" } : null;
}

/** "Title 1977-1980", "Title: 1986–93": the years of a collection. What is called by its kind alone may be any of them. */
export function spannedTitle(text: string): string | null {
  const found = !/\d[)\]]?$/.test(text)
    ? null
    : /^(.*\p{L}\S*?)[\s:,–—-]+[([]?(?:19|20)\d\d\s?[-–—/]\s?(?:19|20)?\d\d[)\]]?$/u.exec(text);
  const head = found?.[1] ?? "";
  return head !== "" && telling(digitsOfPiece(fold(head))) > 0 ? head : null;
}

/** How many words are a name's: neither small nor such as a live album or a collection is called by. */
function telling(words: readonly string[]): number {
  return words.filter(
    (word) =>
      !smallWords.has(word) &&
      !identityWords.has(word) &&
      !collectionWords.has(word) &&
      !venueWords.has(word),
  ).length;
}

function trailingYear(text: string): DatedTitle | null {
  if (!/\d[)\]]?$/.test(text)) return null;
  const bracket = lastBracket(text);
  const isSetOff = bracket !== null && bracket.at > 0;
  const [rest, year] = isSetOff
    ? [text.slice(0, bracket.at).trim(), bracket.inner]
    : (/^(.*\S)\s[-–—●★☆|]\s(.+)$/.exec(text)?.slice(1) ?? []);
  if (rest === undefined || year === undefined || !/^(?:19|20)\d\d$/.test(year)) return null;
  // "Songs 1974 - 1979" is dated by neither.
  if (/\d\s*$/.test(rest)) return null;
  return { year: Number(year), rest, set: isSetOff ? "bracket" : "behind" };
}
