// The tracks of a side that was heard, with the time of each: from the lengths of the pressing, pinned to what was heard.
import type { NotedTrack } from "../../store/decisions/noted-plays.ts";
import { notedTrack } from "../noted/play-session.ts";
import { wasTimeFor, type PlacedSound, type Side } from "./place-tracks.ts";
import type { ListedRelease } from "./shelf-tracks.ts";

interface TimedTrack {
  readonly index: number;
  readonly startUts: number;
  readonly isInferred: boolean;
}

/** In the order of playing; only the tracks after those of the play that the side continues. */
export function tracksOfSide({ release, sounds, continues, notBeforeUts }: Side): NotedTrack[] {
  const [first] = sounds as [PlacedSound, ...PlacedSound[]];
  const timed: TimedTrack[] = [];
  const end = continues?.end ?? null;
  if (end === null) {
    timed.push({ index: first.index, startUts: startOf(release, sounds), isInferred: false });
    for (const sound of sounds.slice(1)) addUntil(release, timed, sound, timed.at(-1) as TimedTrack);
    addBefore(release, timed, notBeforeUts);
  } else {
    const startUts = (continues?.toUts ?? 0) - secondsOf(release, end.place.index);
    for (const sound of sounds) {
      addUntil(release, timed, sound, timed.at(-1) ?? { ...end.place, startUts, isInferred: false });
    }
  }
  return timed.map(({ index, startUts, isInferred }) => {
    const { [index]: track } = release.tracks;
    const { [index]: length } = release.lengths;
    if (track === undefined || length === undefined) throw new Error("a heard track is on its release");
    return { ...notedTrack(release, track, length, Math.round(startUts)), isInferred };
  });
}

function secondsOf({ lengths }: ListedRelease, index: number): number {
  return lengths[index]?.seconds ?? 0;
}

/** A recogniser hears a track while it plays. The first one began as late as all later ones allow. */
function startOf(release: ListedRelease, sounds: readonly PlacedSound[]): number {
  const [first] = sounds as [PlacedSound];
  const begin = release.begins[first.index] ?? 0;
  const latest = sounds.reduce(
    (earliest, { index, firstUts }) => Math.min(earliest, firstUts - (release.begins[index] ?? 0) + begin),
    first.firstUts,
  );
  return Math.min(first.firstUts, Math.max(latest, first.lastUts - secondsOf(release, first.index)));
}

/** Adds a heard track, and the missed ones before it if there was the time for them. */
function addUntil(
  release: ListedRelease,
  timed: TimedTrack[],
  { index, firstUts, lastUts }: PlacedSound,
  before: TimedTrack,
): void {
  if (index === before.index) return;
  let next = before.startUts + secondsOf(release, before.index);
  const missedIndexes = Array.from({ length: index - before.index - 1 }, (_, at) => before.index + 1 + at);
  const seconds = missedIndexes.reduce((sum, each) => sum + secondsOf(release, each), 0);
  if (wasTimeFor(seconds, lastUts - next)) {
    for (const each of missedIndexes) {
      timed.push({ index: each, startUts: Math.min(next, firstUts), isInferred: true });
      next += secondsOf(release, each);
    }
  }
  const startUts = Math.min(firstUts, Math.max(next, lastUts - secondsOf(release, index)));
  timed.push({ index, startUts, isInferred: false });
}

/** Adds the tracks of the side before the first one that was heard, as far as there was the time for them. */
function addBefore(release: ListedRelease, timed: TimedTrack[], notBeforeUts: number): void {
  for (;;) {
    const [first] = timed as [TimedTrack];
    const index = first.index - 1;
    const startUts = first.startUts - secondsOf(release, index);
    if (release.sides[index] !== release.sides[first.index]) return;
    if (!wasTimeFor(secondsOf(release, index), first.startUts - notBeforeUts)) return;
    timed.unshift({ index, startUts: Math.max(startUts, notBeforeUts), isInferred: true });
  }
}
