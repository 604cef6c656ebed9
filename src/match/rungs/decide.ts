// Matches a release with albums by names alone.
import type { OtherTitle } from "../../model/model.ts";
import type { AlbumBlock } from "../library/album-block.ts";
import { variousKey } from "../library/artist-names.ts";
import type { AlbumRow } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { OwnNames } from "../titles/own-names.ts";
import { parseTitle } from "../titles/title.ts";
import { isDistinctive } from "../titles/telling-words.ts";
import { type Candidate, equalTitles, nearTitles, notTighter, spelledOtherwise } from "./candidates.ts";
import { compilationRows, namelessTitle } from "./without-artist.ts";
import { creditsOf, isNameless, ownKeys, type Credits } from "./credits.ts";
import { isDoubtful, rungOrder, type TitleRule } from "./ladder.ts";
import type { MatchedRelease } from "./matched-release.ts";
import { besideNames, partByArtist, partsOfSeries } from "./named-title.ts";
import { byLastName, byNearName, sharedCredits } from "./other-credits.ts";
import {
  albumsInTitle,
  areBothHalvesFound,
  firstSide,
  halvesOfSplit,
  inEachLanguage,
  underOtherTitles,
} from "./other-titles.ts";
import { type Wanted, wantedOf } from "./wanted.ts";
import { ofItsYear } from "./years.ts";

export interface MatchDecision {
  readonly rule: TitleRule | "artist" | "tie" | "none";
  readonly credited: readonly { readonly album: AlbumRow; readonly rule: TitleRule }[];
  /** The artist's albums, if none of them is credited. */
  readonly artistBlock: AlbumBlock | null;
  /** Albums that a rung reached but that were not credited. */
  readonly passedOver: readonly Candidate[];
}

export function decide(release: MatchedRelease, library: Library): MatchDecision {
  const credits = creditsOf(release, library);
  const own = new OwnNames(credits.names, credits.joined);
  const wanted = wantedOf(release, own, credits.joined.length > 0);
  const found = isNameless(release, library)
    ? namelessTitle(wanted, library)
    : ofItsYear(wanted, candidates(wanted, release.otherTitles ?? [], credits, library));
  if (found.length === 0) return unmatched("artist", firstBlock(release, credits, library), found);
  return choose(wanted, found, () => firstBlock(release, credits, library));
}

function unmatched(
  rule: "artist" | "tie",
  artistBlock: AlbumBlock | null,
  passedOver: readonly Candidate[],
): MatchDecision {
  const known = rule === "tie" || artistBlock !== null ? rule : "none";
  return { rule: known, credited: [], artistBlock, passedOver };
}

/** The first block of a release's artists, mostly that of the whole credit. */
function firstBlock(release: MatchedRelease, credits: Credits, library: Library): AlbumBlock | null {
  return blocksOf(credits.whole, library)[0] ?? ownBlocks(release, credits, library)[0] ?? null;
}

/** Blocks of a release's artists: joint, alone, and the leader of a band with a leader's name. */
export function ownBlocks(release: MatchedRelease, credits: Credits, library: Library): AlbumBlock[] {
  return blocksOf(artistKeys(release, credits, library), library);
}

/** Keys of a release's artists, with or without albums. */
export function artistKeys(release: MatchedRelease, credits: Credits, library: Library): readonly string[] {
  return [...new Set([...credits.whole, ...ownKeys(release, library)])];
}

function candidates(
  wanted: Wanted,
  otherTitles: readonly OtherTitle[],
  credits: Credits,
  library: Library,
): readonly Candidate[] {
  const blocks = blocksOf(credits.various ? [variousKey] : credits.whole, library);
  const found: Candidate[] = [];
  const add = (rows: readonly Candidate[]): void => {
    for (const row of rows) found.push(row);
  };
  for (const block of blocks) {
    add(equalTitles(wanted, block));
    add(nearTitles(wanted, block));
    add(inEachLanguage(wanted, block));
    add(underOtherTitles(wanted, otherTitles, block));
  }
  if (credits.various) {
    add(compilationRows(wanted, library));
    add(partByArtist(wanted, library));
    return tightest(found);
  }
  add(underSharedCredits(wanted, credits, library));
  add(partsOfSeries(wanted, credits, library));
  add(halvesOfSplit(wanted, credits, library));
  for (const block of blocks) {
    if (credits.names.length > 1) add(besideNames(wanted, block, "artist-in-title"));
    add(albumsInTitle(wanted, block));
    add(firstSide(wanted, block));
    add(spelledOtherwise(wanted, block));
  }
  if (found.length === 0 || wanted.selfTitled) add(byLastName(wanted, credits.names, library));
  add(byNearName(wanted, credits.names, library));
  return tightest(found);
}

function underSharedCredits(wanted: Wanted, credits: Credits, library: Library): readonly Candidate[] {
  const blocks = sharedCredits(credits, library);
  const mayBeNear = wanted.kind !== "single";
  const rows = blocks.flatMap((block) => [
    ...equalTitles(wanted, block).filter(({ rule }) => !isDoubtful(rule)),
    ...(mayBeNear ? nearTitles(wanted, block).filter((row) => isNearUnderOtherCredit(wanted, row)) : []),
    ...spelledOtherwise(wanted, block),
    ...inEachLanguage(wanted, block),
  ]);
  const found = notTighter("credit", rows);
  return mayNameOthers(wanted, credits)
    ? [...found, ...blocks.flatMap((block) => besideNames(wanted, block, "credit"))]
    : found;
}

/** A distinctive title of the same words, or the record's title without its note. A row's note may name other artists. */
function isNearUnderOtherCredit({ title }: Wanted, { entry, rule }: Candidate): boolean {
  const isNear = rule === "reordered" || (rule === "note" && entry.title.stem.length < title.stem.length);
  return isNear && isDistinctive(entry.title, 2);
}

/** Returns true if a title may name artists besides those of its credit. */
function mayNameOthers({ alternatives }: Wanted, { names }: Credits): boolean {
  return names.length > 1 || alternatives.some(({ rule }) => rule === "artist-in-title");
}

/** Keeps each album once, with its tightest rung. */
function tightest(found: readonly Candidate[]): readonly Candidate[] {
  const byAlbum = new Map<number, Candidate>();
  for (const candidate of found) {
    const { id } = candidate.entry.album;
    const held = byAlbum.get(id);
    if (!held || rungOrder(candidate.rule) < rungOrder(held.rule)) byAlbum.set(id, candidate);
  }
  return [...byAlbum.values()];
}

function blocksOf(keys: readonly string[], library: Library): AlbumBlock[] {
  return keys.flatMap((key) => library.block(key) ?? []);
}

/** Returns true if an EP or a single of the title is another release, because the record is neither. */
function isAnotherFormat(
  { kind, mini }: Wanted,
  { rule, entry }: Candidate,
  found: readonly Candidate[],
): boolean {
  if (rule !== "format" || kind === "ep" || kind === "single") return false;
  if (mini && entry.title.format === "ep") return false;
  if (kind === "album" || entry.title.format !== "ep") return true;
  // Only albums have editions.
  return found.some(
    ({ entry: { title } }) => title.format === "" && (title.core !== title.folded || title.soundtrack !== ""),
  );
}

function isMusic({ entry }: Candidate): boolean {
  return entry.title.soundtrack !== "";
}

/** If a title has editions without soundtrack words, it is an album, and a soundtrack of that title is another one. */
function withoutOtherMusic({ title }: Wanted, found: readonly Candidate[]): readonly Candidate[] {
  const hasEdition = found.some(
    (row) =>
      !isMusic(row) && row.entry.title.key === title.key && row.entry.title.core !== row.entry.title.folded,
  );
  return hasEdition ? found.filter((row) => isMusic(row) === (title.soundtrack !== "")) : found;
}

function choose(
  wanted: Wanted,
  found: readonly Candidate[],
  ownBlock: () => AlbumBlock | null,
): MatchDecision {
  const both = found.some(({ rule }) => rule === "half") && areBothHalvesFound(wanted, found);
  const solid = found.filter(
    ({ rule }) =>
      !isDoubtful(rule) || (rule === "half" && both) || (rule === "best-of" && wanted.compilation),
  );
  // If a row has the plain title, an EP or a single of that title is another release.
  const plain = solid.some((candidate) => rungOrder(candidate.rule) <= rungOrder("edition"));
  let credited = withoutOtherMusic(
    wanted,
    plain ? solid.filter((candidate) => !isAnotherFormat(wanted, candidate, found)) : solid,
  );
  if (solid.length === 0 && found.length > 0) {
    const best = found.reduce(
      (least, candidate) => Math.min(least, rungOrder(candidate.rule)),
      Number.POSITIVE_INFINITY,
    );
    credited = found.filter((candidate) => rungOrder(candidate.rule) === best);
    const rule = credited[0]?.rule;
    const different = new Set(credited.map((candidate) => candidate.entry.title.key)).size;
    if (different > 1 && rule !== "half") return unmatched("tie", ownBlock(), found);
  }
  if (credited.length === 0) return unmatched("artist", ownBlock(), found);
  return withCredited(
    unmatched("artist", null, found),
    credited.map(({ entry, rule }) => ({ album: entry.album, rule })),
  );
}

/** The decision with other credits; those that it loses are passed over. */
export function withCredited(decision: MatchDecision, credited: MatchDecision["credited"]): MatchDecision {
  const kept = new Set(credited.map(({ album }) => album.id));
  const dropped = decision.credited
    .filter(({ album }) => !kept.has(album.id))
    .map(({ album, rule }): Candidate => ({ entry: { album, title: parseTitle(album.title) }, rule }));
  const rows = credited.toSorted((a, b) => b.album.playCount - a.album.playCount || a.album.id - b.album.id);
  const [best] = rows.toSorted((a, b) => rungOrder(a.rule) - rungOrder(b.rule));
  return {
    rule: best?.rule ?? decision.rule,
    credited: rows,
    artistBlock: null,
    passedOver: [...decision.passedOver.filter(({ entry }) => !kept.has(entry.album.id)), ...dropped],
  };
}
