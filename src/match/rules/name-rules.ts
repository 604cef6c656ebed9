// Matches a release with albums by names alone.
import type { AlbumEntry } from "../albums/album-block.ts";
import { variousKey } from "../albums/artist-names.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import { isDistinctive } from "../titles/significant-words.ts";
import {
  type Candidate,
  matchEqualTitles,
  matchNearTitles,
  weakenRules,
  selectReliable,
  matchSpellings,
} from "./candidates.ts";
import { isUnreliable, getRuleRank, type TitleRule } from "./rule-order.ts";
import {
  matchByInitials,
  matchByLastName,
  buildCorrectedTargets,
  collectCreditBlocks,
} from "./other-credits.ts";
import {
  matchAlbumsInTitle,
  matchFirstSide,
  matchTranslations,
  matchTwoInOne,
  matchOtherTitles,
} from "./other-titles.ts";
import type { Target } from "./target.ts";
import { filterByYear } from "./years.ts";
import { foldArtist } from "../text/artist-name.ts";
import { isSmallWord } from "../text/vocabulary.ts";
import { splitTitle } from "../titles/title.ts";
import { isSameSoundtrack } from "../titles/soundtracks.ts";

export interface MatchDecision {
  /** The tightest rule of the credits; without credits, "tie" or "artist". */
  readonly rule: TitleRule | "artist" | "tie";
  readonly credited: readonly Candidate[];
  /** Albums that a rule reached but that were not credited. */
  readonly rejected: readonly Candidate[];
}

export function decideByNames(target: Target, library: AlbumHistory): MatchDecision {
  const rows = target.credits.nameless ? [] : filterByYear(target, collectCandidates(target, library));
  const chosen = chooseMatches(target, rows);
  if (chosen === "tie") return { rule: "tie", credited: [], rejected: rows };
  return replaceMatches({ rule: "artist", credited: [], rejected: rows }, chosen);
}

/** Albums by the release's artists that names did not settle: those passed over, and those with near titles. */
export function listNearEntries(
  { rejected }: MatchDecision,
  target: Target,
  library: AlbumHistory,
): AlbumEntry[] {
  const near = library
    .getBlocks(target.credits.own)
    .flatMap((block) => block.selectNearEntries(target.title));
  return [...rejected.map(({ entry }) => entry), ...near];
}

function collectCandidates(target: Target, library: AlbumHistory): readonly Candidate[] {
  const rows = matchByNames(target, library);
  if (rows.some(({ rule }) => !isUnreliable(rule))) return selectStrictest(rows);
  const corrected = buildCorrectedTargets(target, library).flatMap((right) => {
    const rowsOfOne = selectReliable("near-artist", matchByNames(right, library));
    return rowsOfOne.length > 0 ? [rowsOfOne] : [];
  });
  // If two artists have nearly this name and this album, neither is sure.
  return selectStrictest([...rows, ...(corrected.length === 1 ? corrected.flat() : [])]);
}

function matchByNames(target: Target, library: AlbumHistory): readonly Candidate[] {
  const { credits, release } = target;
  const blocks = library.getBlocks(credits.various ? [variousKey] : credits.whole);
  const all: Candidate[] = [];
  const addCandidates = (rows: readonly Candidate[]): void => {
    for (const row of rows) all.push(row);
  };
  for (const block of blocks) {
    addCandidates(matchEqualTitles(target, block));
    addCandidates(matchNearTitles(target, block));
    addCandidates(matchTranslations(target, block));
    addCandidates(matchOtherTitles(target, release.otherTitles ?? [], block));
  }
  if (credits.various) {
    addCandidates(matchCompilation(target, library));
    return all;
  }
  addCandidates(matchSharedCredits(target, library));
  for (const block of blocks) {
    addCandidates(matchAlbumsInTitle(target, block));
    addCandidates(matchTwoInOne(target, block));
    addCandidates(matchFirstSide(target, block));
    addCandidates(matchSpellings(target, block));
  }
  if (all.length === 0 || target.selfTitled) {
    addCandidates(matchByLastName(target, library));
    addCandidates(matchByInitials(target, library));
  }
  addCandidates(matchSingers(target, all, library));
  return all;
}

function matchSharedCredits(target: Target, library: AlbumHistory): readonly Candidate[] {
  const blocks = collectCreditBlocks(target.credits, library);
  const rows = blocks.flatMap((block) => [
    ...matchEqualTitles(target, block).filter(({ rule }) => !isUnreliable(rule)),
    ...matchSpellings(target, block),
    ...matchTranslations(target, block),
  ]);
  return weakenRules("credit", rows);
}

/** Keeps each album once, with its tightest rule. */
function selectStrictest(rows: readonly Candidate[]): readonly Candidate[] {
  const byAlbum = new Map<number, Candidate>();
  for (const candidate of rows) {
    const { id } = candidate.entry.album;
    const other = byAlbum.get(id);
    if (!other || getRuleRank(candidate.rule) < getRuleRank(other.rule)) byAlbum.set(id, candidate);
  }
  return [...byAlbum.values()];
}

/** Returns true if an EP or a single of the title is another release, because the record is neither. */
function isOtherFormat(
  { kind, mini }: Target,
  { rule, entry }: Candidate,
  rows: readonly Candidate[],
): boolean {
  if (rule !== "format" || kind === "ep" || kind === "single") return false;
  if (mini && entry.title.format === "ep") return false;
  if (kind === "album" || entry.title.format !== "ep") return true;
  // EPs have no editions, so a row with one is an album.
  return rows.some(
    ({ entry: { title } }) => title.format === "" && (title.core !== title.folded || title.soundtrack !== ""),
  );
}

function isSoundtrack({ entry }: Candidate): boolean {
  return entry.title.soundtrack !== "";
}

/** If a title has editions without soundtrack words, it is an album, and a soundtrack of that title is another one. */
function filterSoundtracks({ title }: Target, rows: readonly Candidate[]): readonly Candidate[] {
  const hasEdition = rows.some(
    (row) =>
      !isSoundtrack(row) &&
      row.entry.title.key === title.key &&
      row.entry.title.core !== row.entry.title.folded,
  );
  return hasEdition ? rows.filter((row) => isSoundtrack(row) === (title.soundtrack !== "")) : rows;
}

/** The rows to credit, or a tie between several albums. */
function chooseMatches(target: Target, rows: readonly Candidate[]): readonly Candidate[] | "tie" {
  const solid = rows.filter(({ rule }) => !isUnreliable(rule) || (rule === "best-of" && target.compilation));
  // If a row has the plain title, an EP or a single of that title is another release.
  const plain = solid.some((candidate) => getRuleRank(candidate.rule) <= getRuleRank("edition"));
  const sure = plain ? solid.filter((candidate) => !isOtherFormat(target, candidate, rows)) : solid;
  if (solid.length > 0 || rows.length === 0) return filterSoundtracks(target, sure);
  const best = rows.reduce((least, { rule }) => Math.min(least, getRuleRank(rule)), Infinity);
  const credits = rows.filter(({ rule }) => getRuleRank(rule) === best);
  const different = new Set(credits.map(({ entry }) => entry.title.key)).size;
  return different > 1 && credits[0]?.rule !== "half" ? "tie" : credits;
}

/** The decision with other credits; those that it loses are passed over. */
export function replaceMatches(decision: MatchDecision, credits: readonly Candidate[]): MatchDecision {
  const creditedIds = new Set(credits.map(({ entry }) => entry.album.id));
  const rows = credits.toSorted((a, b) => {
    const [one, other] = [a.entry.album, b.entry.album];
    return other.playCount - one.playCount || one.id - other.id;
  });
  const [best] = rows.toSorted((a, b) => getRuleRank(a.rule) - getRuleRank(b.rule));
  return {
    rule: best?.rule ?? "artist",
    credited: rows,
    rejected: [...decision.rejected, ...decision.credited].filter(
      ({ entry }) => !creditedIds.has(entry.album.id),
    ),
  };
}

// Records without one artist: compilations that the listening history lists by track artist, and records by nobody.

/** A title with rows of this many artists is a compilation, listed by track artist. */
const minCompilationArtists = 3;
/** A title with this many words, small ones not counted, is no other album's. */
const [tellingWords, tellingLetters] = [3, 14];

/** A compilation's rows, if the listening history lists them by track artist. */
function matchCompilation({ title }: Target, library: AlbumHistory): readonly Candidate[] {
  const rows = library.getEntriesByTitle(title).filter(({ title: { format, soundtrack } }) => {
    const isEither = title.soundtrack === "" || soundtrack === "";
    return format === title.format && (isEither || isSameSoundtrack(soundtrack, title.soundtrack));
  });
  const music = rows.filter((entry) => entry.title.soundtrack !== "");
  const saysMusic = title.soundtrack !== "";
  const words = splitTitle(title).filter((word) => !isSmallWord(word)).length;
  const isTelling = title.key.length >= tellingLetters && words >= tellingWords;
  const isListed = countArtists(rows) >= minCompilationArtists - (saysMusic ? 1 : 0);
  // A film may have the one word of its title in common with another film, or with an album.
  const isFilm = countArtists(music) >= minCompilationArtists || (saysMusic && words > 1);
  const credits = isDistinctive(title) && isListed ? rows : isFilm ? music : [];
  if (credits.length === 0 && isTelling) return rows.map((entry) => ({ entry, rule: "one-artist" }));
  return credits.map((entry) => ({ entry, rule: "compilation" }));
}

/** The rows of a soundtrack, or of a cast, by the others who sing on it. */
function matchSingers(
  target: Target,
  own: readonly Candidate[],
  library: AlbumHistory,
): readonly Candidate[] {
  if (target.title.soundtrack === "" && !own.some(({ entry }) => entry.title.soundtrack !== "")) return [];
  const rows = matchCompilation(target, library).filter(({ entry }) => entry.title.soundtrack !== "");
  return countArtists(rows.map(({ entry }) => entry)) >= minCompilationArtists ? rows : [];
}

function countArtists(entries: readonly AlbumEntry[]): number {
  return new Set(entries.map(({ album }) => foldArtist(album.artist))).size;
}
