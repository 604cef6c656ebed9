// Finds from the plays themselves how far the clock of a source was ahead of the others: a file in local time, a phone that
// travelled, a server that was set wrong.
import type { ClockOffset, FoundOffsets } from "../model/listening-sources.ts";
import { maxJitterSeconds } from "./pair-plays.ts";
import type { RawPlay } from "./merge-plays.ts";

/** Clocks differ by time zones, which are multiples of this. */
const stepSeconds = 900;
const hourSeconds = 3600;
/** The widest difference between two time zones. */
const maxOffsetSeconds = 14 * hourSeconds;

const minPairs = 50;
const minShare = 0.6;
/** The limit for an offset that is certain elsewhere, and for daylight saving: an hour more or less than such a one. */
const minLikelyPairs = 5;
/** A change of the offset must explain this many plays more than it costs. */
const offsetChangeCost = 6;
const maxOffsets = 8;
/** Other plays of the same song, at most: a song on repeat says little about the clock. */
const maxRepeats = 24;

/** A play of the source that others may have, and the offsets at which they do. */
interface Sighting {
  readonly uts: number;
  readonly offsets: readonly number[];
}

/**
 * Finds the offsets of a source within a stretch of time. `likely`: offsets that are certain shortly before or afterwards,
 * which need few pairs.
 */
export function findClockOffsets(
  rows: readonly RawPlay[],
  others: readonly RawPlay[],
  likely: readonly number[],
): FoundOffsets {
  const sightings = collectSightings(rows, others);
  const offsets = selectPossibleOffsets(sightings, likely);
  if (offsets.length === 1) return { offsets: [], certain: [] };
  const stretches = findBestPeriods(sightings, offsets);
  const certain = new Set(stretches.filter(isCertain).map(({ seconds }) => seconds));
  const knownOffsets = [...certain, ...likely];
  const proved = stretches.filter((stretch) => isProved(stretch, knownOffsets));
  if (proved.every(({ seconds }) => seconds === 0)) return { offsets: [], certain: [] };
  // Rows before the first sighting have its offset.
  const firstUts = rows.reduce((first, { uts }) => Math.min(first, uts), Number.POSITIVE_INFINITY);
  return {
    offsets: proved
      .filter(({ seconds }, at) => proved[at - 1]?.seconds !== seconds)
      .map(({ fromUts, seconds, pairs }, at) => ({ fromUts: at === 0 ? firstUts : fromUts, seconds, pairs })),
    certain: [...certain].filter((seconds) => seconds !== 0),
  };
}

interface OffsetPeriod extends ClockOffset {
  readonly sightings: number;
}

function isCertain({ seconds, pairs, sightings }: OffsetPeriod): boolean {
  return seconds !== 0 && pairs >= minPairs && pairs >= sightings * minShare;
}

function isProved({ seconds, pairs, sightings }: OffsetPeriod, knownOffsets: readonly number[]): boolean {
  if (seconds === 0) return true;
  const isLikely = knownOffsets.some((other) => other === seconds || isDaylightSaving(other, seconds));
  return pairs >= (isLikely ? minLikelyPairs : minPairs) && pairs >= sightings * minShare;
}

function isDaylightSaving(one: number, other: number): boolean {
  return Math.abs(one - other) === hourSeconds;
}

function collectSightings(rows: readonly RawPlay[], others: readonly RawPlay[]): Sighting[] {
  const timesBySong = new Map<number, number[]>();
  for (const { track, uts, precisionSeconds } of others) {
    if (precisionSeconds > 60 || track.kind.isEndStamped) continue;
    const times = timesBySong.get(track.song);
    if (times) times.push(uts);
    else timesBySong.set(track.song, [uts]);
  }
  for (const times of timesBySong.values()) times.sort((a, b) => a - b);
  const sightings: Sighting[] = [];
  for (const { track, uts, precisionSeconds } of rows) {
    const times = timesBySong.get(track.song);
    if (times === undefined || precisionSeconds > 60 || track.kind.isEndStamped) continue;
    const offsets = findOffsets(uts, precisionSeconds, times);
    if (offsets !== null) sightings.push({ uts, offsets });
  }
  return sightings.toSorted((a, b) => a.uts - b.uts);
}

const noOffset: readonly number[] = [0];

/** Offsets at which another source has the play; null if none has the song near. */
function findOffsets(
  uts: number,
  precisionSeconds: number,
  times: readonly number[],
): readonly number[] | null {
  // A minute is stored as its first second.
  const before = maxJitterSeconds + precisionSeconds - 1;
  const nearest = times[findLowerBound(times, uts - maxJitterSeconds)];
  if (nearest !== undefined && nearest <= uts + before) return noOffset;
  const offsets = new Set<number>();
  const from = findLowerBound(times, uts - maxOffsetSeconds);
  const to = Math.min(times.length, from + maxRepeats);
  let isSeen = false;
  for (let at = from; at < to; at += 1) {
    const apart = uts - (times[at] as number);
    if (apart < -maxOffsetSeconds) break;
    isSeen = true;
    const offset = Math.round(apart / stepSeconds) * stepSeconds;
    const rest = apart - offset;
    if (rest <= maxJitterSeconds && rest >= -before) offsets.add(offset);
  }
  return isSeen ? [...offsets] : null;
}

function findLowerBound(times: readonly number[], from: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 0 first, then those with the most votes. */
function selectPossibleOffsets(sightings: readonly Sighting[], likely: readonly number[]): number[] {
  const votes = new Map<number, number>();
  for (const { offsets } of sightings) {
    for (const offset of offsets) votes.set(offset, (votes.get(offset) ?? 0) + 1);
  }
  const byVotes = [...votes].toSorted(([a, votesA], [b, votesB]) => votesB - votesA || a - b);
  const frequent = byVotes
    .filter(([offset, count]) => offset !== 0 && count >= minPairs)
    .map(([offset]) => offset);
  const knownOffsets = [...frequent, ...likely];
  const others = byVotes
    .filter(
      ([offset, count]) =>
        count >= minLikelyPairs &&
        knownOffsets.some((one) => one === offset || isDaylightSaving(one, offset)),
    )
    .map(([offset]) => offset);
  return [...new Set([0, ...frequent, ...others])].slice(0, maxOffsets);
}

/** Divides the sightings into stretches of one offset each, so that as many as possible agree with theirs. */
function findBestPeriods(sightings: readonly Sighting[], offsets: readonly number[]): OffsetPeriod[] {
  const cameFrom: Uint8Array[] = [];
  let costs = offsets.map(() => 0);
  for (const { offsets: possible } of sightings) {
    const cheapest = costs.indexOf(Math.min(...costs));
    const from = new Uint8Array(offsets.length);
    const before = costs;
    costs = offsets.map((offset, at) => {
      const changes = (before[cheapest] as number) + offsetChangeCost < (before[at] as number);
      from[at] = changes ? cheapest : at;
      return (before[from[at]] ?? 0) + (changes ? offsetChangeCost : 0) + (possible.includes(offset) ? 0 : 1);
    });
    cameFrom.push(from);
  }
  const stretches: OffsetPeriod[] = [];
  let state = costs.indexOf(Math.min(...costs));
  for (let at = sightings.length - 1; at >= 0; at -= 1) {
    const seconds = offsets[state] as number;
    const { uts, offsets: possible } = sightings[at] as Sighting;
    const last = stretches[0];
    const agrees = possible.includes(seconds) ? 1 : 0;
    if (last?.seconds === seconds) {
      stretches[0] = { seconds, fromUts: uts, pairs: last.pairs + agrees, sightings: last.sightings + 1 };
    } else stretches.unshift({ seconds, fromUts: uts, pairs: agrees, sightings: 1 });
    state = (cameFrom[at] as Uint8Array)[state] as number;
  }
  return stretches;
}

/** The offset at a second, by the clock of the source. `offsets` are in order. */
export function getOffsetAt(offsets: readonly ClockOffset[], uts: number): number {
  return offsets.findLast(({ fromUts }) => fromUts <= uts)?.seconds ?? 0;
}
