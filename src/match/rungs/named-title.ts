// Titles that name an artist besides the credit: "Brahms: Symphony No. 4", "DJ-Kicks: Apparat".
import type { AlbumBlock } from "../library/album-block.ts";
import type { Entry } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { namedPieces, withoutNames } from "../titles/names-at-ends.ts";
import type { OwnNames } from "../titles/own-names.ts";
import { setOfCredit } from "../text/credit-parts.ts";
import { keyOf, parseTitle, type ParsedTitle } from "../titles/title.ts";
import { collectionWords, identityWords } from "../text/vocabulary.ts";
import { equalTitles, type Candidate } from "./candidates.ts";
import { compareTails } from "./compare.ts";
import type { Wanted } from "./wanted.ts";
import type { Credits } from "./credits.ts";
import { isDoubtful, looser, type TitleRule } from "./ladder.ts";

/** Albums whose title equals the record's, except for names of its artists. */
export function besideNames(
  wanted: Wanted,
  block: AlbumBlock,
  rung: "credit" | "artist-in-title",
): readonly Candidate[] {
  const { title, own, alternatives } = wanted;
  const keys = new Set([title.key]);
  // An album named after one artist is not the one named after several.
  for (const { key, rule } of alternatives)
    if (rule === "artist-in-title" && key !== block.key) keys.add(key);
  for (const rest of withoutNames(title.stem, own)) keys.add(keyOf(rest));
  const found: Candidate[] = [];
  for (const entry of block.entries) {
    // Equal titles were compared before.
    if (entry.title.key === title.key) continue;
    const isNamed =
      keys.has(entry.title.key) ||
      withoutPieces(entry.title.stemText, own, 2).some((rest) => keys.has(keyOf(rest))) ||
      withoutNames(entry.title.stem, own).some((rest) => keys.has(keyOf(rest)));
    if (isNamed) add(found, wanted, entry, rung);
  }
  return found;
}

/** Titles without pieces that are names, such as a composer's in front and a conductor's behind. */
function withoutPieces(text: string, own: OwnNames, times: number): readonly string[] {
  if (times === 0) return [];
  return namedPieces(text).flatMap(({ name, title }) =>
    own.areNames(name) ? [title, ...withoutPieces(title, own, times - 1)] : [],
  );
}

function add(found: Candidate[], wanted: Wanted, entry: Entry, rung: TitleRule): void {
  const tails = compareTails(wanted, entry.title);
  if (tails !== null && !isDoubtful(tails)) found.push({ entry, rule: looser(rung, tails) });
}

/** Parts of a series by various artists: the record's title, with its whole credit next to it. */
export function partsOfSeries(wanted: Wanted, credits: Credits, library: Library): readonly Candidate[] {
  const parts = library.partsOfSeries(wanted.title.key);
  if (parts.length === 0 || !mayBeSeries(wanted.title)) return [];
  const found: Candidate[] = [];
  for (const { entry, name } of parts) {
    const isWhole =
      credits.whole.includes(library.keyOf(name)) ||
      credits.partial.includes(setOfCredit(name, (one) => library.keyOf(one)));
    if (isWhole) add(found, wanted, entry, "credit");
  }
  return found;
}

/** Albums by the artist whom the title of a record by various artists names. */
export function partByArtist(wanted: Wanted, library: Library): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const piece of namedPieces(wanted.title.stemText)) {
    const block = library.blockBy(piece.name);
    const title = parseTitle(piece.title);
    if (block === undefined || !mayBeSeries(title)) continue;
    const part = { ...wanted, title: { ...title, ...tailsOf(wanted.title) } };
    for (const { entry, rule } of [...equalTitles(wanted, block), ...equalTitles(part, block)])
      if (!isDoubtful(rule)) found.push({ entry, rule: looser("credit", rule) });
  }
  return found;
}

function tailsOf({ disc, format, soundtrack, catalogue, extra, mix }: ParsedTitle) {
  return { disc, format, soundtrack, catalogue, extra, mix };
}

const fewestLetters = 6;

/** Returns true if a title may name a series, unlike titles of live albums and collections. */
function mayBeSeries({ key, words }: ParsedTitle): boolean {
  return (
    key.length >= fewestLetters && !words.some((word) => identityWords.has(word) || collectionWords.has(word))
  );
}
