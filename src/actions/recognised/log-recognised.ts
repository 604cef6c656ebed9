// Logs the sides that a recogniser heard. Each call places all open tracks again, so a track that comes
// twice, late or out of order leads to the same plays.
import { transact, type Database } from "../../store/file/database.ts";
import {
  deleteLoggedPlays,
  readTimedPlays,
  saveLoggedPlays,
  type LoggedPlay,
  type LoggedTrack,
} from "../../store/decisions/logged-plays.ts";
import {
  addRecognised,
  readLastHeard,
  readOpenRecognised,
  readRecognised,
  markRecognisedFinal,
  saveVerdicts,
  type RecognisedRow,
  type RecognisedTrack,
  type RecognisedVerdict,
} from "../../store/decisions/recognised-tracks.ts";
import {
  placeTracks,
  type EarlierPlay,
  type Side,
  type ListeningSession,
  hasTimeFor,
  type PlacedTrack,
} from "./place-tracks.ts";
import type { Place, TrackIndex } from "./track-index.ts";
import { buildLoggedTrack } from "../logged/build-logged-play.ts";

/** Tracks are final once one was heard this much later: until then, one that comes late may change their sides. */
const finalAfterSeconds = 3 * 3600;

/** Returns what is stored of each track; undefined if no release on the shelf has it. */
export function logRecognised(
  database: Database,
  shelf: TrackIndex,
  tracks: readonly RecognisedTrack[],
  nowUts: number,
): (RecognisedRow | undefined)[] {
  return transact(database, () => {
    const tracksOnShelf = tracks.filter(({ artist, title }) => shelf.getPlaces(artist, title).length > 0);
    for (const track of tracksOnShelf) addRecognised(database, track);
    if (tracksOnShelf.length > 0) placeOpenTracks(database, shelf, nowUts);
    return tracks.map((track) => readRecognised(database, track));
  });
}

/** Places all open tracks. Runs inside the caller's transaction. */
export function placeOpenTracks(database: Database, shelf: TrackIndex, nowUts: number): void {
  const rows = readOpenRecognised(database);
  const finalBeforeUts = (rows.at(-1)?.uts ?? 0) - finalAfterSeconds;
  // No side is longer than the margins.
  const fromUts = (rows[0]?.uts ?? 0) - finalAfterSeconds;
  const toUts = (rows.at(-1)?.uts ?? 0) + finalAfterSeconds;
  const all = readTimedPlays(database, { fromUts, toUts });
  const playsByUuid = new Map(all.map((play) => [play.uuid, play]));
  const open = filterOpenTracks(database, rows, all);
  const openSides = new Set(open.flatMap(({ side }) => (side === null ? [] : [side])));
  const plays = all.filter(({ uuid }) => !openSides.has(uuid));
  const { sittings, joinedTracks } = placeTracks(
    open.map((row) => ({ row, places: selectPlaces(shelf, row) })),
    plays.map((play) => toEarlierPlay(database, shelf, play)),
  );
  const verdicts = new Map<number, RecognisedVerdict>();
  for (const [id, { play, place }] of joinedTracks) {
    verdicts.set(id, { id, state: "logged", isFinal: 1, side: play.uuid, ...toPlaceColumns(place) });
  }
  const newPlays: LoggedPlay[] = [];
  const free = new Set(openSides);
  const getSideUuid = (side: Side): string => {
    const heardRows = side.sounds.flatMap((sound) => sound.rows);
    const before = heardRows.find((row) => row.side !== null && free.delete(row.side));
    return side.continues?.uuid ?? before?.side ?? crypto.randomUUID();
  };
  for (const sitting of sittings) {
    const waiting = sitting.state === "logged" ? null : getSideUuid(sitting.sides[0] as Side);
    for (const side of sitting.sides) {
      const uuid = waiting ?? getSideUuid(side);
      if (sitting.state === "logged") newPlays.push(buildPlay(side, uuid, playsByUuid.get(uuid), nowUts));
      for (const verdict of buildVerdicts(sitting, side, uuid, finalBeforeUts))
        verdicts.set(verdict.id, verdict);
    }
  }
  for (const { id, uts } of open) {
    if (verdicts.has(id)) continue;
    const isFinal = uts < finalBeforeUts ? 1 : 0;
    verdicts.set(id, { id, state: "dropped", isFinal, side: null, releaseId: null, position: null });
  }
  saveVerdicts(database, verdicts.values());
  const uuids = new Set(newPlays.map(({ uuid }) => uuid));
  const obsoletePlays = [...playsByUuid.values()].filter(
    ({ uuid }) => openSides.has(uuid) && !uuids.has(uuid),
  );
  const changedPlays = newPlays.filter(
    (play) => JSON.stringify(play) !== JSON.stringify(playsByUuid.get(play.uuid)),
  );
  if (obsoletePlays.length > 0) deleteLoggedPlays(database, obsoletePlays);
  if (changedPlays.length > 0) saveLoggedPlays(database, changedPlays);
}

/** Plays with tracks that were sent, or wait to be sent, do not change any more. */
function filterOpenTracks(
  database: Database,
  rows: readonly RecognisedRow[],
  plays: readonly LoggedPlay[],
): RecognisedRow[] {
  const isFixed = new Set(
    plays
      .filter(({ tracks }) => tracks.some(({ sendings }) => Object.keys(sendings).length > 0))
      .map(({ uuid }) => uuid),
  );
  for (const { side } of rows) if (side !== null && isFixed.has(side)) markRecognisedFinal(database, side);
  return rows.filter(({ side }) => side === null || !isFixed.has(side));
}

function selectPlaces(shelf: TrackIndex, { artist, title, chosenRelease }: RecognisedRow): readonly Place[] {
  const places = shelf.getPlaces(artist, title);
  return chosenRelease === null ? places : places.filter(({ release }) => release.id === chosenRelease);
}

function toEarlierPlay(database: Database, shelf: TrackIndex, play: LoggedPlay): EarlierPlay {
  const { uuid, releaseId, fromUts, toUts, source, tracks } = play;
  const release = shelf.releases.get(releaseId);
  const isPlayed = (place: Place): boolean =>
    tracks.some(({ position, title }) => position === place.position && title === place.title);
  const places = release?.tracks.filter(isPlayed) ?? [];
  const last = places.at(-1);
  const end =
    source === "recogniser" && last !== undefined
      ? { place: last, lastUts: readLastHeard(database, uuid) ?? play.lastUts }
      : null;
  return { uuid, releaseId, fromUts, toUts, end, places: places.length === 0 ? null : new Set(places) };
}

function toPlaceColumns({ release, position }: Place): Pick<RecognisedRow, "releaseId" | "position"> {
  return { releaseId: release.id, position };
}

function* buildVerdicts(
  { state, releases }: ListeningSession,
  { sounds, continues }: Side,
  uuid: string,
  finalBeforeUts: number,
): Generator<RecognisedVerdict> {
  const lastUts = sounds.at(-1)?.lastUts ?? 0;
  const isFinal = continues !== null || lastUts < finalBeforeUts ? 1 : 0;
  for (const { rows, place } of sounds) {
    const fields = releases.length === 1 ? toPlaceColumns(place) : { releaseId: null, position: null };
    for (const { id } of rows) yield { id, state, isFinal, side: uuid, ...fields };
  }
}

/** `before`: the play that it replaces or continues. */
function buildPlay(side: Side, uuid: string, before: LoggedPlay | undefined, nowUts: number): LoggedPlay {
  const { release, continues } = side;
  const tracks = [...(continues === null ? [] : (before?.tracks ?? [])), ...buildSideTracks(side)];
  const [first, last] = [tracks[0], tracks.at(-1)];
  if (first?.uts == null || last?.uts == null) throw new Error("a heard side has tracks with times");
  return {
    uuid,
    releaseId: release.id,
    instanceId: (before?.releaseId === release.id ? before.instanceId : null) ?? release.instanceId,
    startUts: first.uts,
    lastUts: last.uts,
    fromUts: first.uts,
    toUts: last.uts + last.durationSeconds,
    precision: "time",
    source: "recogniser",
    comment: before?.comment ?? "",
    loggedUts: before?.loggedUts ?? nowUts,
    tracks,
  };
}

interface TimedTrack {
  readonly place: Place;
  readonly startUts: number;
  readonly isInferred: boolean;
}

/** Tracks in the order of playing, without those of the play that the side continues. */
function buildSideTracks({ release, sounds, continues, notBeforeUts }: Side): LoggedTrack[] {
  const [first] = sounds as [PlacedTrack, ...PlacedTrack[]];
  const timed: TimedTrack[] = [];
  const end = continues?.end ?? null;
  if (end === null) {
    timed.push({ place: first.place, startUts: computeStart(sounds), isInferred: false });
    for (const sound of sounds.slice(1)) appendHeardTrack(timed, sound, timed.at(-1) as TimedTrack);
    prependMissedTracks(timed, notBeforeUts);
  } else {
    const startUts = (continues?.toUts ?? 0) - end.place.seconds;
    for (const sound of sounds) {
      appendHeardTrack(timed, sound, timed.at(-1) ?? { ...end, startUts, isInferred: false });
    }
  }
  return timed.map(({ place, startUts, isInferred }) => ({
    ...buildLoggedTrack(release, place, Math.round(startUts)),
    isInferred,
  }));
}

/** Computes when the first track began: it was heard while it played, so the latest start that fits all tracks is taken. */
function computeStart(sounds: readonly PlacedTrack[]): number {
  const [first] = sounds as [PlacedTrack];
  const latest = sounds.reduce(
    (earliest, { place, firstUts }) =>
      Math.min(earliest, firstUts - place.offsetSeconds + first.place.offsetSeconds),
    first.firstUts,
  );
  return Math.min(first.firstUts, Math.max(latest, first.lastUts - first.place.seconds));
}

/** Adds a heard track, and the missed ones before it if there was the time for them. */
function appendHeardTrack(
  timed: TimedTrack[],
  { place, firstUts, lastUts }: PlacedTrack,
  before: TimedTrack,
): void {
  if (place === before.place) return;
  let next = before.startUts + before.place.seconds;
  const missedPlaces = place.release.tracks.slice(before.place.index + 1, place.index);
  const seconds = missedPlaces.reduce((sum, missed) => sum + missed.seconds, 0);
  if (hasTimeFor(seconds, lastUts - next)) {
    for (const missed of missedPlaces) {
      timed.push({ place: missed, startUts: Math.min(next, firstUts), isInferred: true });
      next += missed.seconds;
    }
  }
  const startUts = Math.min(firstUts, Math.max(next, lastUts - place.seconds));
  timed.push({ place, startUts, isInferred: false });
}

/** Adds the tracks of the side before the first one that was heard, as far as there was the time for them. */
function prependMissedTracks(timed: TimedTrack[], notBeforeUts: number): void {
  for (;;) {
    const [first] = timed as [TimedTrack];
    const place = first.place.release.tracks[first.place.index - 1];
    if (place?.part !== first.place.part) return;
    if (!hasTimeFor(place.seconds, first.startUts - notBeforeUts)) return;
    const startUts = Math.max(first.startUts - place.seconds, notBeforeUts);
    timed.unshift({ place, startUts, isInferred: true });
  }
}
