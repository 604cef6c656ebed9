import { stripArtistSuffix } from "../../model/names.ts";
import { fold } from "../text/fold.ts";
import { toPieceWords } from "../text/numbers.ts";
import { parseTitle } from "./title.ts";

/** The words of a name, each between blanks, so that a search for " word " finds whole words only. */
export type WordBag = string;

/** Discogs' names, each with the different name on the cover. */
export type OtherNames = readonly (readonly [name: string, onSleeve: string])[];

/** Numbers are kept as written and in digits: a search for "led zeppelin 2" finds "Led Zeppelin II". */
export function buildWordBag(artist: string, title: string, otherNames: OtherNames = []): WordBag {
  const { folded: foldedTitle, counted } = parseTitle(title);
  // A whole title is a word for the matcher: "X" is no 10.
  const inDigits = /^[ivx]{2,}$/.test(foldedTitle) ? toPieceWords(foldedTitle).join(" ") : counted;
  const others = otherNames.map(([name, onSleeve]) => `${stripArtistSuffix(name)} ${onSleeve}`).join(" ");
  const parts = [fold(artist), foldedTitle, inDigits === foldedTitle ? "" : inDigits, others && fold(others)];
  return ` ${parts.filter((part) => part !== "").join(" ")} `.replaceAll(" n ", " and ");
}
