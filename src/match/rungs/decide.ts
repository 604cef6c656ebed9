// Matches a release with albums by names alone.
import type { Entry } from "../library/entry.ts";
import { variousKey } from "../library/artist-names.ts";
import type { Library } from "../library/library.ts";
import { isDistinctive } from "../titles/telling-words.ts";
import {
  type Candidate,
  equalTitles,
  nearTitles,
  nearUnderOtherCredit,
  notTighter,
  soundBy,
  spelledOtherwise,
} from "./candidates.ts";
import { isDoubtful, rungOrder, type TitleRule } from "./ladder.ts";
import { byInitials, byLastName, correctlyNamed, sharedCredits } from "./other-credits.ts";
import {
  albumsInTitle,
  areBothHalvesFound,
  firstSide,
  inEachLanguage,
  twoInOne,
  underOtherTitles,
} from "./other-titles.ts";
import type { Target } from "./target.ts";
import { ofItsYear } from "./years.ts";
import { foldArtist } from "../text/artist-name.ts";
import { isSmall } from "../text/vocabulary.ts";
import { isSameMusic } from "../titles/soundtracks.ts";

export interface MatchDecision {
  /** The tightest rung of the credits; without credits, "tie" or "artist". */
  readonly rule: TitleRule | "artist" | "tie";
  readonly credited: readonly Candidate[];
  /** Albums that a rung reached but that were not credited. */
  readonly passedOver: readonly Candidate[];
}

export function decide(target: Target, library: Library): MatchDecision {
  const rows = target.credits.nameless ? [] : ofItsYear(target, candidates(target, library));
  const chosen = choose(target, rows);
  if (chosen === "tie") return { rule: "tie", credited: [], passedOver: rows };
  return withCredited({ rule: "artist", credited: [], passedOver: rows }, chosen);
}

/** Albums by the release's artists that names did not settle: those passed over, and those with near titles. */
export function nearEntries({ passedOver }: MatchDecision, target: Target, library: Library): Entry[] {
  const near = library.blocks(target.credits.own).flatMap((block) => block.nearTo(target.title));
  return [...passedOver.map(({ entry }) => entry), ...near];
}

function candidates(target: Target, library: Library): readonly Candidate[] {
  const rows = byNames(target, library);
  if (rows.some(({ rule }) => !isDoubtful(rule))) return tightest(rows);
  const corrected = correctlyNamed(target, library)
    .map((right) => soundBy("near-artist", byNames(right, library)))
    .filter((rowsOfOne) => rowsOfOne.length > 0);
  // If two artists have nearly this name and this album, neither is sure.
  return tightest([...rows, ...(corrected.length === 1 ? corrected.flat() : [])]);
}

function byNames(target: Target, library: Library): readonly Candidate[] {
  const { credits, release } = target;
  const blocks = library.blocks(credits.various ? [variousKey] : credits.whole);
  const all: Candidate[] = [];
  const add = (rows: readonly Candidate[]): void => {
    for (const row of rows) all.push(row);
  };
  for (const block of blocks) {
    add(equalTitles(target, block));
    add(nearTitles(target, block));
    add(inEachLanguage(target, block));
    add(underOtherTitles(target, release.otherTitles ?? [], block));
  }
  if (credits.various) {
    add(compilationRows(target, library));
    return all;
  }
  add(underSharedCredits(target, library));
  for (const block of blocks) {
    add(albumsInTitle(target, block));
    add(twoInOne(target, block));
    add(firstSide(target, block));
    add(spelledOtherwise(target, block));
  }
  if (all.length === 0 || target.selfTitled) add(byLastName(target, library));
  add(byInitials(target, library));
  add(underSingers(target, all, library));
  return all;
}

function underSharedCredits(target: Target, library: Library): readonly Candidate[] {
  const blocks = sharedCredits(target.credits, library);
  const mayBeNear = target.kind !== "single";
  const rows = blocks.flatMap((block) => [
    ...equalTitles(target, block).filter(({ rule }) => !isDoubtful(rule)),
    ...(mayBeNear ? nearUnderOtherCredit(target, block) : []),
    ...spelledOtherwise(target, block),
    ...inEachLanguage(target, block),
  ]);
  return notTighter("credit", rows);
}

/** Keeps each album once, with its tightest rung. */
function tightest(rows: readonly Candidate[]): readonly Candidate[] {
  const byAlbum = new Map<number, Candidate>();
  for (const candidate of rows) {
    const { id } = candidate.entry.album;
    const other = byAlbum.get(id);
    if (!other || rungOrder(candidate.rule) < rungOrder(other.rule)) byAlbum.set(id, candidate);
  }
  return [...byAlbum.values()];
}

/** Returns true if an EP or a single of the title is another release, because the record is neither. */
function isAnotherFormat(
  { kind, mini }: Target,
  { rule, entry }: Candidate,
  rows: readonly Candidate[],
): boolean {
  if (rule !== "format" || kind === "ep" || kind === "single") return false;
  if (mini && entry.title.format === "ep") return false;
  if (kind === "album" || entry.title.format !== "ep") return true;
  // Only albums have editions.
  return rows.some(
    ({ entry: { title } }) => title.format === "" && (title.core !== title.folded || title.soundtrack !== ""),
  );
}

function isMusic({ entry }: Candidate): boolean {
  return entry.title.soundtrack !== "";
}

/** If a title has editions without soundtrack words, it is an album, and a soundtrack of that title is another one. */
function withoutOtherMusic({ title }: Target, rows: readonly Candidate[]): readonly Candidate[] {
  const hasEdition = rows.some(
    (row) =>
      !isMusic(row) && row.entry.title.key === title.key && row.entry.title.core !== row.entry.title.folded,
  );
  return hasEdition ? rows.filter((row) => isMusic(row) === (title.soundtrack !== "")) : rows;
}

/** The rows to credit, or a tie between several albums. */
function choose(target: Target, rows: readonly Candidate[]): readonly Candidate[] | "tie" {
  const both = rows.some(({ rule }) => rule === "half") && areBothHalvesFound(target, rows);
  const solid = rows.filter(
    ({ rule }) =>
      !isDoubtful(rule) || (rule === "half" && both) || (rule === "best-of" && target.compilation),
  );
  // If a row has the plain title, an EP or a single of that title is another release.
  const plain = solid.some((candidate) => rungOrder(candidate.rule) <= rungOrder("edition"));
  const sure = plain ? solid.filter((candidate) => !isAnotherFormat(target, candidate, rows)) : solid;
  if (solid.length > 0 || rows.length === 0) return withoutOtherMusic(target, sure);
  const best = rows.reduce((least, { rule }) => Math.min(least, rungOrder(rule)), Infinity);
  const credits = rows.filter(({ rule }) => rungOrder(rule) === best);
  const different = new Set(credits.map(({ entry }) => entry.title.key)).size;
  return different > 1 && credits[0]?.rule !== "half" ? "tie" : credits;
}

/** The decision with other credits; those that it loses are passed over. */
export function withCredited(decision: MatchDecision, credits: readonly Candidate[]): MatchDecision {
  const creditedIds = new Set(credits.map(({ entry }) => entry.album.id));
  const rows = credits.toSorted((a, b) => {
    const [one, other] = [a.entry.album, b.entry.album];
    return other.playCount - one.playCount || one.id - other.id;
  });
  const [best] = rows.toSorted((a, b) => rungOrder(a.rule) - rungOrder(b.rule));
  return {
    rule: best?.rule ?? "artist",
    credited: rows,
    passedOver: [...decision.passedOver, ...decision.credited].filter(
      ({ entry }) => !creditedIds.has(entry.album.id),
    ),
  };
}

// Records without one artist: compilations that the listening history lists by track artist, and records by nobody.

/** A title with rows of this many artists is a compilation, listed by track artist. */
const artistsOfCompilation = 3;
/** A title with this many words, small ones not counted, is no other album's. */
const [tellingWords, tellingLetters] = [3, 14];

/** A compilation's rows, if the listening history lists them by track artist. */
function compilationRows({ title }: Target, library: Library): readonly Candidate[] {
  const rows = library.sameTitle(title).filter(({ title: { format, soundtrack } }) => {
    const isEither = title.soundtrack === "" || soundtrack === "";
    return format === title.format && (isEither || isSameMusic(soundtrack, title.soundtrack));
  });
  const music = rows.filter((entry) => entry.title.soundtrack !== "");
  const saysMusic = title.soundtrack !== "";
  const words = title.words.filter((word) => !isSmall(word)).length;
  const isTelling = title.key.length >= tellingLetters && words >= tellingWords;
  const isListed = countArtists(rows) >= artistsOfCompilation - (saysMusic ? 1 : 0);
  // A film may have the one word of its title in common with another film, or with an album.
  const isFilm = countArtists(music) >= artistsOfCompilation || (saysMusic && words > 1);
  const credits = isDistinctive(title) && isListed ? rows : isFilm ? music : [];
  if (credits.length === 0 && isTelling) return rows.map((entry) => ({ entry, rule: "one-artist" }));
  return credits.map((entry) => ({ entry, rule: "compilation" }));
}

/** The rows of a soundtrack, or of a cast, by the others who sing on it. */
function underSingers(target: Target, own: readonly Candidate[], library: Library): readonly Candidate[] {
  if (target.title.soundtrack === "" && !own.some(({ entry }) => entry.title.soundtrack !== "")) return [];
  const rows = compilationRows(target, library).filter(({ entry }) => entry.title.soundtrack !== "");
  return countArtists(rows.map(({ entry }) => entry)) >= artistsOfCompilation ? rows : [];
}

function countArtists(entries: readonly Entry[]): number {
  return new Set(entries.map(({ album }) => foldArtist(album.artist))).size;
}
