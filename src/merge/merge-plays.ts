// Merges several lists of plays, one row to one row. Each list is merged in turn into the plays of those before it. A source
// is one list, or several if it may have a play more than once, such as by two clients.
import { addToList } from "../model/grouping.ts";
import { daySeconds } from "../model/times.ts";
import { pairPlays, canBeSame, type Interval, maxJitterSeconds, computeSecondsApart } from "./pair-plays.ts";
import { creditsAgree, isSimilar, type TrackNames } from "./track-names.ts";

/** A track of a source, shared by all its plays. */
export interface RawTrack {
  /** A number, equal for the same first artist and title. */
  readonly song: number;
  /** null if unknown. */
  readonly lengthSeconds: number | null;
  readonly kind: RawKind;
}

/** Facts that many tracks have in common. */
export interface RawKind {
  /** The times of its plays are those of their ends. */
  readonly isEndStamped: boolean;
  /** The source imported its plays from Last.fm, with Last.fm's seconds. */
  readonly isImported: boolean;
}

/** A play as one source has it, on the clock that all sources share. */
export interface RawPlay {
  /** The start; the end if the track is end-stamped. */
  readonly uts: number;
  readonly precisionSeconds: number;
  readonly track: RawTrack;
}

export interface MergedPlay<Row extends RawPlay> {
  /** One row of each list at most, in the order of the lists. */
  readonly rows: readonly [Row, ...Row[]];
}

type NamesLookup<Row> = (row: Row) => TrackNames;

function cacheByTrack<Row extends RawPlay>(readNames: NamesLookup<Row>): NamesLookup<Row> {
  const cache = new Map<RawTrack, TrackNames>();
  return (row) => {
    const names = cache.get(row.track) ?? readNames(row);
    cache.set(row.track, names);
    return names;
  };
}

/** A play of unknown length began at least and at most this long before its end. */
const minPlaySeconds = 20;
const maxPlaySeconds = 900;

/** Widths of intervals in seconds: plays whose time is known best are joined first. */
const intervalWidths = [1, 60, maxPlaySeconds, daySeconds] as const;

interface Play<Row extends RawPlay> extends Interval {
  rows: [Row, ...Row[]];
  isTaken: boolean;
}

/**
 * `lists`: rows in any order; a list that knows more about a play comes first. Plays that were imported come right after those
 * of Last.fm. `readNames` is called for few tracks.
 */
export function mergePlays<Row extends RawPlay>(
  lists: readonly (readonly Row[])[],
  readNames: NamesLookup<Row>,
): MergedPlay<Row>[] {
  const getNames = cacheByTrack(readNames);
  const getLengths = createLengthsLookup(lists);
  let plays: Play<Row>[] = [];
  for (const rows of lists) {
    const newPlays = rows.map((row) => toPlay(row, getLengths)).toSorted(compareByStart);
    if (plays.length > 0 && newPlays.length > 0) {
      for (const play of plays) play.isTaken = false;
      joinImported(plays, newPlays, getNames);
      joinUnambiguousPairs(plays, newPlays);
      joinEqualSongs(plays, newPlays);
      joinOtherNames(plays, newPlays, getNames);
    }
    const unmatchedPlays = newPlays.filter(({ isTaken }) => !isTaken);
    plays = plays.length === 0 ? unmatchedPlays : [...plays, ...unmatchedPlays].toSorted(compareByStart);
  }
  return plays;
}

interface LengthRange {
  readonly shortest: number;
  readonly longest: number;
}

type LengthsLookup = (row: RawPlay) => LengthRange;

/** The lengths of songs by any source. Worked out only if a play is known by its end. */
function createLengthsLookup(lists: readonly (readonly RawPlay[])[]): LengthsLookup {
  const lengths = new Map<number, LengthRange>();
  if (lists.some((rows) => rows.some(({ track }) => track.kind.isEndStamped))) {
    for (const { track } of lists.flat()) {
      const { lengthSeconds, song } = track;
      if (lengthSeconds === null) continue;
      const { shortest, longest } = lengths.get(song) ?? { shortest: Infinity, longest: 0 };
      lengths.set(song, {
        shortest: Math.min(shortest, lengthSeconds),
        longest: Math.max(longest, lengthSeconds),
      });
    }
  }
  const unknown = { shortest: minPlaySeconds, longest: maxPlaySeconds };
  return ({ track: { song, lengthSeconds: length } }) =>
    length === null ? (lengths.get(song) ?? unknown) : { shortest: length, longest: length };
}

function toPlay<Row extends RawPlay>(row: Row, getLengths: LengthsLookup): Play<Row> {
  const { uts, precisionSeconds, track } = row;
  const { isEndStamped } = track.kind;
  const { shortest, longest } = isEndStamped ? getLengths(row) : { shortest: 0, longest: 0 };
  const [from, to] = [uts - longest, uts - shortest + precisionSeconds - 1];
  return { from, to, endUts: isEndStamped ? uts : null, rows: [row], isTaken: false };
}

function compareByStart(one: Interval, other: Interval): number {
  return one.from - other.from;
}

function join<Row extends RawPlay>(play: Play<Row>, other: Play<Row>): void {
  // push() would reserve 17 places.
  play.rows = play.rows.concat(other.rows) as Play<Row>["rows"];
  play.isTaken = true;
  other.isTaken = true;
  // The better of the two times holds from now on.
  if (other.to - other.from < play.to - play.from) {
    play.from = other.from;
    play.to = other.to;
    play.endUts = other.endUts;
  }
}

function hasSong<Row extends RawPlay>(play: Play<Row>, song: number): boolean {
  return play.rows.some(({ track }) => track.song === song);
}

/**
 * Joins imports with their originals: they have one second. The names may differ, because services correct them, if only one
 * play of that artist, or only one at all, is left on each side.
 */
function joinImported<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  newPlays: readonly Play<Row>[],
  getNames: NamesLookup<Row>,
): void {
  const copiesBySecond = new Map<number, Play<Row>[]>();
  for (const play of newPlays) {
    if (play.rows[0].track.kind.isImported && play.from === play.to)
      addToList(copiesBySecond, play.from, play);
  }
  if (copiesBySecond.size === 0) return;
  const originalsBySecond = new Map<number, Play<Row>[]>();
  for (const play of plays) {
    if (play.from === play.to && copiesBySecond.has(play.from)) addToList(originalsBySecond, play.from, play);
  }
  for (const [second, originals] of originalsBySecond) {
    const copies = copiesBySecond.get(second) ?? [];
    for (const [original, copy] of pairByKey(originals, copies, ({ rows: [{ track }] }) => track.song)) {
      join(original, copy);
    }
    for (const toKey of [({ rows: [row] }: Play<Row>) => getNames(row).credit.lead, () => ""]) {
      for (const [original, copy, isOnly] of pairByKey(originals, copies, toKey)) {
        if (isOnly) join(original, copy);
      }
    }
  }
}

/** Pairs of plays that are not taken and have an equal key, in order. `isOnly`: no other play has that key. */
function pairByKey<Row extends RawPlay>(
  ones: readonly Play<Row>[],
  others: readonly Play<Row>[],
  toKey: (play: Play<Row>) => number | string,
): (readonly [one: Play<Row>, other: Play<Row>, isOnly: boolean])[] {
  const othersByKey = new Map<number | string, Play<Row>[]>();
  for (const other of others) if (!other.isTaken) addToList(othersByKey, toKey(other), other);
  const onesByKey = new Map<number | string, Play<Row>[]>();
  for (const one of ones) if (!one.isTaken) addToList(onesByKey, toKey(one), one);
  return [...onesByKey].flatMap(([key, sameKey]) => {
    const partners = othersByKey.get(key) ?? [];
    const isOnly = sameKey.length === 1 && partners.length === 1;
    return sameKey
      .slice(0, partners.length)
      .map((one, at) => [one, partners[at] as Play<Row>, isOnly] as const);
  });
}

/** Joins plays that can be joined in only one way. Most can, and they need no alignment. `plays` and `newPlays` are sorted. */
function joinUnambiguousPairs<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  newPlays: readonly Play<Row>[],
): void {
  let firstPlay = 0;
  let firstRow = 0;
  for (const row of newPlays) {
    if (row.from !== row.to) continue;
    const { song } = row.rows[0].track;
    firstPlay = skipBefore(plays, firstPlay, row.from - maxJitterSeconds);
    const play = findOnlyNearby(plays, firstPlay, row.from, song);
    if (play === undefined) continue;
    firstRow = skipBefore(newPlays, firstRow, row.from - 2 * maxJitterSeconds);
    const isOnly = play.rows.every(
      ({ track: { song: own } }) =>
        findOnlyNearby(newPlays, firstRow, play.from, own) === (own === song ? row : undefined),
    );
    if (isOnly) join(play, row);
  }
}

function skipBefore(plays: readonly Interval[], from: number, uts: number): number {
  let at = from;
  while (at < plays.length && (plays[at] as Interval).from < uts) at += 1;
  return at;
}

/** joinEqualSongs pairs plays if more than this are near: it has a list for each song. */
const maxNeighbours = 32;

/**
 * The only exactly timed play of a song near a second; undefined if there are none or several, or too many of any song.
 */
function findOnlyNearby<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  first: number,
  uts: number,
  song: number,
): Play<Row> | undefined {
  let nearPlay: Play<Row> | undefined;
  for (let at = first; at < plays.length; at += 1) {
    const play = plays[at] as Play<Row>;
    if (play.from > uts + maxJitterSeconds) break;
    if (at - first >= maxNeighbours) return undefined;
    if (play.from < uts - maxJitterSeconds || play.from !== play.to || !hasSong(play, song)) continue;
    if (nearPlay !== undefined) return undefined;
    nearPlay = play;
  }
  return nearPlay;
}

/** Rows with the same song: the most pairs, and of those the nearest. */
function joinEqualSongs<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  newPlays: readonly Play<Row>[],
): void {
  const addedBySong = new Map<number, Play<Row>[]>();
  for (const play of newPlays) if (!play.isTaken) addToList(addedBySong, play.rows[0].track.song, play);
  const playsBySong = new Map<number, Play<Row>[]>();
  for (const play of plays) {
    if (play.isTaken) continue;
    for (const { track } of play.rows) {
      const isListed = playsBySong.get(track.song)?.at(-1) === play;
      if (addedBySong.has(track.song) && !isListed) addToList(playsBySong, track.song, play);
    }
  }
  for (const [song, theirs] of playsBySong) {
    const ours = addedBySong.get(song) ?? [];
    const widest = [...theirs, ...ours].reduce((most, { from, to }) => Math.max(most, to - from), 0);
    for (const level of intervalWidths.filter(
      (_, at) => at === 0 || widest >= (intervalWidths[at - 1] ?? 0),
    )) {
      const isOpen = (play: Play<Row>): boolean => !play.isTaken && play.to - play.from < level;
      for (const [one, other] of pairPlays(theirs.filter(isOpen), ours.filter(isOpen))) {
        join(one, other);
      }
    }
  }
}

/** Rows that were left: another credit with the same title, or a title that a service corrected. */
function joinOtherNames<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  newPlays: readonly Play<Row>[],
  getNames: NamesLookup<Row>,
): void {
  const open = plays.filter(({ isTaken }) => !isTaken);
  const rows = newPlays.filter(({ isTaken }) => !isTaken);
  const nearPlays = selectWithNeighbours(open, rows);
  const findByNames = indexByNames(nearPlays, getNames);
  for (const row of selectWithNeighbours(rows, nearPlays)) {
    const partners = findByNames(row)
      .filter((play) => canBeSame(play, row))
      .filter((play) => play.rows.some((other) => isSameTrack(other, row.rows[0], getNames)))
      .toSorted(
        (one, other) =>
          computeSecondsApart(one, row) - computeSecondsApart(other, row) || compareByStart(one, other),
      );
    const [nearest] = partners;
    if (nearest === undefined) continue;
    // Another artist may well have a song of this title within a whole day.
    const isVague = [nearest, row].some(({ from, to }) => to - from >= minuteSeconds);
    const isAmbiguous = partners.some(({ rows: [{ track }] }) => track.song !== nearest.rows[0].track.song);
    if (!isVague || !isAmbiguous) join(nearest, row);
  }
}

/** The plays, sorted, that have the time of another one in common. */
function selectWithNeighbours<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  others: readonly Play<Row>[],
): Play<Row>[] {
  const lists = groupByWidth(others);
  return plays.filter(({ from, to }) =>
    lists.some(({ width, sorted }) => {
      const next = sorted[findLowerBound(sorted, from - width - maxJitterSeconds)];
      return next !== undefined && next.from <= to + maxJitterSeconds;
    }),
  );
}

/** Sorted plays of about one width: a search among short ones need not begin where a whole day begins. */
interface WidthGroup<Row extends RawPlay> {
  /** The widest of them, in seconds. */
  width: number;
  readonly sorted: Play<Row>[];
}

function groupByWidth<Row extends RawPlay>(plays: readonly Play<Row>[]): WidthGroup<Row>[] {
  const lists = [...intervalWidths, Number.POSITIVE_INFINITY].map(() => ({
    width: 0,
    sorted: [] as Play<Row>[],
  }));
  for (const play of plays) {
    const width = play.to - play.from;
    const level = intervalWidths.findIndex((widest) => width < widest);
    const list = lists.at(level) as WidthGroup<Row>;
    list.width = Math.max(list.width, width);
    list.sorted.push(play);
  }
  return lists.filter(({ sorted }) => sorted.length > 0);
}

/** The index of the first that begins at a second or later. */
function findLowerBound(sorted: readonly Interval[], uts: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Interval).from < uts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** More plays of one title or artist at one time only come from broken data. */
const maxCandidates = 50;

/** Returns a function that finds open plays near a row that have its title or its first artist. `plays` are sorted. */
function indexByNames<Row extends RawPlay>(
  plays: readonly Play<Row>[],
  getNames: NamesLookup<Row>,
): (row: Play<Row>) => Play<Row>[] {
  const toNameKeys = (row: Row): string[] => {
    const { title, credit } = getNames(row);
    return [`title ${title}`, `artist ${credit.lead}`];
  };
  const playsByKey = new Map<string, Play<Row>[]>();
  for (const play of plays) {
    for (const key of new Set(play.rows.flatMap(toNameKeys))) addToList(playsByKey, key, play);
  }
  const index = new Map([...playsByKey].map(([key, sameKey]) => [key, groupByWidth(sameKey)]));
  return (row) => {
    const found = new Set<Play<Row>>();
    for (const key of toNameKeys(row.rows[0])) {
      for (const { width, sorted } of index.get(key) ?? []) collectNear(sorted, width, row, found);
    }
    return [...found];
  };
}

/** Adds the plays nearest to the start of a row, on either side, and takes those out of the list that are taken. */
function collectNear<Row extends RawPlay>(
  sorted: Play<Row>[],
  width: number,
  { from, to }: Interval,
  found: Set<Play<Row>>,
): void {
  const middle = findLowerBound(sorted, from);
  let after = middle;
  while (after < sorted.length && after - middle < maxCandidates) {
    const play = sorted[after] as Play<Row>;
    if (play.from > to + maxJitterSeconds) break;
    if (play.isTaken) sorted.splice(after, 1);
    else {
      found.add(play);
      after += 1;
    }
  }
  for (let before = middle - 1, count = 0; before >= 0 && count < maxCandidates; before -= 1) {
    const play = sorted[before] as Play<Row>;
    if (play.from < from - width - maxJitterSeconds) break;
    if (play.isTaken) sorted.splice(before, 1);
    else {
      found.add(play);
      count += 1;
    }
  }
}

const minuteSeconds = 60;

function isSameTrack<Row extends RawPlay>(one: Row, other: Row, getNames: NamesLookup<Row>): boolean {
  const { credit, title } = getNames(one);
  const { credit: otherCredit, title: otherTitle } = getNames(other);
  if (title === otherTitle) return creditsAgree(credit, otherCredit);
  const isExact = one.precisionSeconds === 1 && other.precisionSeconds === 1;
  return isExact && credit.lead === otherCredit.lead && isSimilar(title, otherTitle);
}
