// The same title under another credit: one of its artists, some of many, a longer credit, a last name, or a near name.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import { getLastName } from "../text/credit-parts.ts";
import { hasSignificantWord, isDistinctive } from "../titles/significant-words.ts";
import type { NameTypo } from "../text/name-typo.ts";
import { matchEqualTitles, selectReliable, type Candidate } from "./candidates.ts";
import { type Credits, toSpokenNames } from "./credits.ts";
import type { TitleRule } from "./rule-order.ts";
import { matchTranslations } from "./other-titles.ts";
import { buildTarget, type Target } from "./target.ts";

/** Blocks of a release's artists, alone or with others. */
export function collectCreditBlocks(credits: Credits, library: AlbumHistory): readonly AlbumBlock[] {
  const { partial, whole } = credits;
  const blocks = new Set<AlbumBlock>();
  const addBlocks = (more: Iterable<AlbumBlock>): void => {
    for (const block of more) blocks.add(block);
  };
  // A set of names is no artist's key.
  for (const key of partial)
    addBlocks(key.startsWith("{") ? library.credits.getSharedBlocks(key) : library.getBlocks([key]));
  for (const key of whole) addBlocks(library.credits.getSharedBlocks(key));
  // Two of the artists together, in a credit of more.
  const names =
    credits.names.length > 1 ? credits.names : library.getArtistName(credits.names[0] ?? "").credit.names;
  if (names.length > 1) addBlocks(findBlocksOfTwo(names, library));
  return [...blocks];
}

/** Blocks of credits with at least two of the names. */
function findBlocksOfTwo(names: readonly string[], library: AlbumHistory): readonly AlbumBlock[] {
  const keys = new Set(names.map((name) => library.toArtistKey(name)));
  const sets = [...keys].map((key) => library.credits.getSharedBlocks(key));
  const ordered = sets.toSorted((a, b) => a.size - b.size);
  return ordered.slice(0, -1).flatMap((blocks, at) => {
    const larger = ordered.slice(at + 1);
    return [...blocks].filter((block) => larger.some((others) => others.has(block)));
  });
}

/** Albums of the same distinctive title by artists known by their last name: "Rodriguez", "Sixto Rodriguez". */
export function matchByLastName(target: Target, library: AlbumHistory): readonly Candidate[] {
  if (!isDistinctive(target.title)) return [];
  const credits = target.credits.names.flatMap((name) => [name, ...library.getArtistName(name).credit.parts]);
  const blocks = new Set(credits.flatMap((name) => getNamesakeBlocks(name, library)));
  return matchSameTitle([...blocks], target, "credit");
}

/** Blocks with a name that is the last word of this one, or that has this one as its last word. */
function getNamesakeBlocks(name: string, library: AlbumHistory): readonly AlbumBlock[] {
  const words = library.getArtistName(name).words;
  const last = getLastName(words);
  if (last === "") return [];
  if (words.length === 1) return [...library.credits.getBlocksByLastName(last)];
  const alone = library.findBlockByName(last);
  const others = library.credits.getBlocksByOneWordName(last);
  return alone === undefined ? [...others] : [alone, ...others];
}

/** The title must tell more if the name is shorter, a likely typo, or in initials. */
const [longName, longWord, longTitle] = [10, 6, 8];

/** Albums of the same title by artists whose initials the name is, or who are known by their initials. */
export function matchByInitials(target: Target, library: AlbumHistory): readonly Candidate[] {
  if (!isDistinctive(target.title) && !hasSignificantWord(target.title, longTitle)) return [];
  const blocks = target.credits.names.flatMap((name) =>
    library.nearNames.getBlocksByInitials(library.getArtistName(name)),
  );
  return matchSameTitle(blocks, target, "near-artist");
}

/** The record under each name of which an artist's name may be a misspelling. */
export function buildCorrectedTargets(target: Target, library: AlbumHistory): readonly Target[] {
  const targets = new Map<AlbumBlock, Target>();
  for (const name of target.credits.names) {
    const { words } = library.getArtistName(name);
    const isKnown = library.findBlockByName(name) !== undefined;
    for (const [block, typo] of library.nearNames.getArtistsByTypo(words))
      if (
        isConclusive(target, words, typo, isKnown) &&
        (typo !== "possible" || block.getEntriesByTitleKey(target.title.key).length > 0)
      )
        targets.set(block, replaceArtistName(target, name, block.mostPlayedName, library));
  }
  return [...targets.values()];
}

/** Returns true if a title tells enough to take one artist for another. A name that the library has may be right. */
function isConclusive(target: Target, words: readonly string[], typo: NameTypo, isKnown: boolean): boolean {
  const { title, selfTitled } = target;
  if (typo === "possible") return !isKnown && isDistinctive(title);
  const isLong = words.join("").length >= longName;
  if (!isKnown && typo === "certain" && isLong && words.length > 1) return true;
  if (selfTitled) return false;
  if (isDistinctive(title)) return true;
  if (isKnown) return words.length > 1 && isLong && typo !== "likely" && hasSignificantWord(title, longWord);
  return hasSignificantWord(title, typo === "likely" ? longWord : undefined);
}

/** The record, as if its artist had another name, in its title as well. */
function replaceArtistName(target: Target, name: string, other: string, library: AlbumHistory): Target {
  const { release } = target;
  const artists = release.artists.map((artist) => {
    const isNamed = [artist.name, artist.anv].flatMap(toSpokenNames).includes(name);
    return isNamed ? { ...artist, name: other, anv: "" } : artist;
  });
  return buildTarget({ ...release, artists, title: release.title.replace(name, () => other) }, library);
}

/** Albums with the record's title by artists who may be its own; no rule is tighter than the given one. */
function matchSameTitle(
  blocks: readonly AlbumBlock[],
  target: Target,
  rule: TitleRule,
): readonly Candidate[] {
  const rows = blocks.flatMap((block) => [
    ...matchEqualTitles(target, block),
    ...matchTranslations(target, block),
  ]);
  return selectReliable(rule, rows);
}
