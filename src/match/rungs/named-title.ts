// Titles that name an artist besides the credit: "Brahms: Symphony No. 4", "DJ-Kicks: Apparat".
import type { AlbumBlock, Entry } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { namedPieces } from "../titles/names-at-ends.ts";
import type { OwnNames } from "../titles/own-names.ts";
import { namesOfCredit, setOfNames } from "../text/credit-parts.ts";
import { keyOf, type ParsedTitle } from "../titles/title.ts";
import { marksAnother } from "../text/vocabulary.ts";
import { equalTitles, soundBy, type Candidate } from "./candidates.ts";
import { compareTails } from "./compare.ts";
import { pieceOf, type Target } from "./target.ts";
import { isDoubtful, looser, type TitleRule } from "./ladder.ts";

/** Albums whose title equals the record's, except for names of its artists. */
export function besideNames(
  target: Target,
  block: AlbumBlock,
  rung: "credit" | "artist-in-title",
): readonly Candidate[] {
  const { title, own, alternatives } = target;
  const keys = new Set([title.key]);
  // An album named after one artist is not the one named after several.
  for (const { key, rule } of alternatives)
    if (rule === "artist-in-title" && key !== block.key) keys.add(key);
  const rows: Candidate[] = [];
  for (const entry of block.entries) {
    // Equal titles were compared before.
    if (entry.title.key === title.key) continue;
    const isNamed =
      keys.has(entry.title.key) ||
      withoutPieces(entry.title.stemText, own, 2).some((rest) => keys.has(keyOf(rest)));
    if (isNamed) add(rows, target, entry, rung);
  }
  return rows;
}

/** Titles without pieces that are names, such as a composer's in front and a conductor's behind. */
function withoutPieces(text: string, own: OwnNames, times: number): readonly string[] {
  if (times === 0) return [];
  return namedPieces(text).flatMap(({ name, title }) =>
    own.areNames(name) ? [title, ...withoutPieces(title, own, times - 1)] : [],
  );
}

function add(rows: Candidate[], target: Target, entry: Entry, rung: TitleRule): void {
  const tails = compareTails(target, entry.title);
  if (tails !== null && !isDoubtful(tails)) rows.push({ entry, rule: looser(rung, tails) });
}

/** Parts of a series by various artists: the record's title, with its whole credit next to it. */
export function partsOfSeries(target: Target, library: Library): readonly Candidate[] {
  const { whole, partial } = target.credits;
  const parts = library.partsOfSeries(target.title.key);
  if (parts.length === 0 || !mayBeSeries(target.title)) return [];
  const rows: Candidate[] = [];
  for (const { entry, name } of parts) {
    const isWhole =
      whole.includes(library.keyOf(name)) ||
      partial.includes(setOfNames(namesOfCredit(name), (one) => library.keyOf(one)));
    if (isWhole) add(rows, target, entry, "credit");
  }
  return rows;
}

/** Albums by the artist whom the title of a record by various artists names. */
export function partByArtist(target: Target, library: Library): readonly Candidate[] {
  return namedPieces(target.title.stemText).flatMap((piece) => {
    const block = library.blockBy(piece.name);
    const part = pieceOf(target, piece.title);
    if (block === undefined || !mayBeSeries(part.title)) return [];
    return soundBy("credit", [...equalTitles(target, block), ...equalTitles(part, block)]);
  });
}

const fewestLetters = 6;

/** Returns true if a title may name a series, unlike titles of live albums and collections. */
function mayBeSeries({ key, words }: ParsedTitle): boolean {
  return key.length >= fewestLetters && !words.some(marksAnother);
}
