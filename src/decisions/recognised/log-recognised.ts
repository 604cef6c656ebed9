// Logs the sides that a recogniser heard. Each call places all open tracks again, so a track that comes
// twice, late or out of order leads to the same plays.
import type { PlayableTrack } from "../../model/playable-tracks.ts";
import { transact, type Database } from "../../store/file/database.ts";
import {
  deleteNotedPlays,
  timedPlays,
  writeNotedPlays,
  type NotedPlay,
  type NotedTrack,
} from "../../store/decisions/noted-plays.ts";
import {
  addRecognised,
  lastHeard,
  openRecognised,
  readRecognised,
  settleRecognised,
  writeVerdicts,
  type RecognisedRow,
  type RecognisedTrack,
  type RecognisedVerdict,
} from "../../store/decisions/recognised-tracks.ts";
import {
  placeTracks,
  type LoggedPlay,
  type Side,
  type Sitting,
  wasTimeFor,
  type PlacedSound,
} from "./place-tracks.ts";
import type { Place, ShelfTracks, ListedRelease } from "./shelf-tracks.ts";
import { notedTrack } from "../noted/play-session.ts";

/** Misheard tracks and tracks heard alone are settled after this time. */
const openSeconds = 3 * 3600;

/** Returns what is stored of each track; undefined if no release on the shelf has it. */
export function logRecognised(
  database: Database,
  shelf: ShelfTracks,
  tracks: readonly RecognisedTrack[],
  nowUts: number,
): (RecognisedRow | undefined)[] {
  return transact(database, () => {
    const tracksOnShelf = tracks.filter(({ artist, title }) => shelf.placesOf(artist, title).length > 0);
    for (const track of tracksOnShelf) addRecognised(database, track);
    const heardUts = tracksOnShelf.reduce((latest, { uts }) => Math.max(latest, uts), 0);
    if (tracksOnShelf.length > 0) placeOpen(database, shelf, heardUts, nowUts);
    return tracks.map((track) => readRecognised(database, track));
  });
}

/** Places all open tracks. Runs inside the caller's transaction. `heardUts`: the recogniser heard nothing later. */
export function placeOpen(database: Database, shelf: ShelfTracks, heardUts: number, nowUts: number): void {
  const rows = openRecognised(database);
  // No side is longer than the margins.
  const fromUts = (rows[0]?.uts ?? 0) - openSeconds;
  const toUts = (rows.at(-1)?.uts ?? 0) + openSeconds;
  const all = timedPlays(database, { fromUts, toUts });
  const playsByUuid = new Map(all.map((play) => [play.uuid, play]));
  const open = openTracks(database, rows, all);
  const sounds = open.map((row) => ({
    id: row.id,
    uts: row.uts,
    places: placesOf(shelf, row),
    isChosen: row.chosenRelease !== null,
  }));
  const openSides = new Set(open.flatMap(({ side }) => (side === null ? [] : [side])));
  const plays = all.filter(({ uuid }) => !openSides.has(uuid));
  const { sittings, joinedTracks } = placeTracks(
    sounds,
    plays.map((play) => loggedPlay(database, shelf, play)),
  );
  const byId = new Map(open.map((row) => [row.id, row]));
  const verdicts = new Map<number, RecognisedVerdict>();
  for (const [id, { play, place }] of joinedTracks) {
    verdicts.set(id, { id, state: "logged", isSettled: 1, side: play.uuid, ...placeFields(place) });
  }
  const newPlays: NotedPlay[] = [];
  const free = new Set(openSides);
  const uuidOf = (side: Side): string => {
    const ids = side.sounds.flatMap((sound) => sound.ids);
    const sideUuid = ids.map((id) => byId.get(id)?.side).find((uuid) => uuid != null && free.delete(uuid));
    return side.continues?.uuid ?? sideUuid ?? crypto.randomUUID();
  };
  for (const sitting of sittings) {
    const waiting = sitting.state === "logged" ? null : uuidOf(sitting.sides[0] as Side);
    for (const side of sitting.sides) {
      const uuid = waiting ?? uuidOf(side);
      if (sitting.state === "logged") newPlays.push(playOf(side, uuid, playsByUuid.get(uuid), nowUts));
      for (const verdict of verdictsOf(sitting, side, uuid, heardUts)) verdicts.set(verdict.id, verdict);
    }
  }
  for (const { id, uts } of open) {
    if (verdicts.has(id)) continue;
    const isSettled = heardUts - uts > openSeconds ? 1 : 0;
    verdicts.set(id, { id, state: "dropped", isSettled, side: null, releaseId: null, position: null });
  }
  writeVerdicts(database, verdicts.values());
  const uuids = new Set(newPlays.map(({ uuid }) => uuid));
  const obsoleteSides = [...openSides].filter((uuid) => playsByUuid.has(uuid) && !uuids.has(uuid));
  const changedPlays = newPlays.filter(
    (play) => JSON.stringify(play) !== JSON.stringify(playsByUuid.get(play.uuid)),
  );
  if (obsoleteSides.length > 0) deleteNotedPlays(database, obsoleteSides);
  if (changedPlays.length > 0) writeNotedPlays(database, changedPlays);
}

/** Plays with tracks that were sent, or wait to be sent, do not change any more. */
function openTracks(
  database: Database,
  rows: readonly RecognisedRow[],
  plays: readonly NotedPlay[],
): RecognisedRow[] {
  const isFixed = new Set(
    plays
      .filter(({ tracks }) =>
        tracks.some(({ lastfmState, listenbrainzState }) => (lastfmState ?? listenbrainzState) !== null),
      )
      .map(({ uuid }) => uuid),
  );
  for (const { side } of rows) if (side !== null && isFixed.has(side)) settleRecognised(database, side);
  return rows.filter(({ side }) => side === null || !isFixed.has(side));
}

function placesOf(shelf: ShelfTracks, { artist, title, chosenRelease }: RecognisedRow): readonly Place[] {
  const places = shelf.placesOf(artist, title);
  return chosenRelease === null ? places : places.filter(({ release }) => release.id === chosenRelease);
}

function loggedPlay(database: Database, shelf: ShelfTracks, play: NotedPlay): LoggedPlay {
  const { uuid, releaseId, fromUts, toUts, source, tracks } = play;
  const release = shelf.releases.get(releaseId);
  const last = tracks.at(-1);
  const index = release?.tracks.findLastIndex(
    ({ position, title }) => position === last?.position && title === last.title,
  );
  const isHeard = source === "recogniser" && release !== undefined && index !== undefined && index >= 0;
  const end = isHeard
    ? { place: { release, index }, lastUts: lastHeard(database, uuid) ?? play.lastUts }
    : null;
  const isPlayed = (track: PlayableTrack): boolean =>
    tracks.some(({ position, title }) => position === track.position && title === track.title);
  const indexes = release?.tracks.flatMap((track, at) => (isPlayed(track) ? [at] : []));
  return { uuid, releaseId, fromUts, toUts, end, indexes: indexes?.length ? new Set(indexes) : null };
}

function placeFields({ release, index }: Place): Pick<RecognisedRow, "releaseId" | "position"> {
  return { releaseId: release.id, position: release.tracks[index]?.position ?? "" };
}

function* verdictsOf(
  { state, releases }: Sitting,
  { release, sounds, continues }: Side,
  uuid: string,
  heardUts: number,
): Generator<RecognisedVerdict> {
  const lastUts = sounds.at(-1)?.lastUts ?? 0;
  const rest = state === "logged" ? (release.sideSeconds[sounds[0]?.index ?? 0] ?? 0) : openSeconds;
  const isSettled = continues !== null || heardUts - lastUts > rest ? 1 : 0;
  for (const { ids, index } of sounds) {
    const place =
      releases.length === 1 ? placeFields({ release, index }) : { releaseId: null, position: null };
    for (const id of ids) yield { id, state, isSettled, side: uuid, ...place };
  }
}

/** `before`: the play that it replaces or continues. */
function playOf(side: Side, uuid: string, before: NotedPlay | undefined, nowUts: number): NotedPlay {
  const { release, continues } = side;
  const tracks = [...(continues === null ? [] : (before?.tracks ?? [])), ...tracksOfSide(side)];
  const [first, last] = [tracks[0], tracks.at(-1)];
  if (first?.uts == null || last?.uts == null) throw new Error("a heard side has tracks with times");
  return {
    uuid,
    releaseId: release.id,
    instanceId: before?.instanceId ?? release.instanceId,
    startUts: first.uts,
    lastUts: last.uts,
    fromUts: first.uts,
    toUts: last.uts + last.durationSeconds,
    precision: "time",
    source: "recogniser",
    note: before?.note ?? "",
    notedUts: before?.notedUts ?? nowUts,
    tracks,
  };
}

interface TimedTrack {
  readonly index: number;
  readonly startUts: number;
  readonly isInferred: boolean;
}

/** In the order of playing; only the tracks after those of the play that the side continues. */
function tracksOfSide({ release, sounds, continues, notBeforeUts }: Side): NotedTrack[] {
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
