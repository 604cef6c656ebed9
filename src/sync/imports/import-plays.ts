// Adds the plays of an import to those that earlier imports of the same source brought.
import { createSongNumbering } from "../../merge/track-names.ts";
import { addToList } from "../../model/grouping.ts";
import type { SourceName, SourcePlay } from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { createPlayAdder, deleteSourcePlays, ensureSourceId } from "../../store/plays/source-plays.ts";

/** A play, with the milliseconds that were heard of it if its source says so. */
export interface ImportedPlay {
  readonly play: SourcePlay;
  readonly playedMs: number | null;
}

/**
 * Adds the plays that are new, and returns how many they are. The plays come in the order of time. A play of an earlier import
 * stands for one play of this one. Run it inside a transaction.
 */
export function importPlays(database: Database, source: SourceName, plays: Iterable<ImportedPlay>): number {
  const sourceId = ensureSourceId(database, source);
  const add = createPlayAdder(database, sourceId);
  const findDay = createKnownDayFinder(database, sourceId);
  const getSong = createSongNumbering();
  const findKnown = database.prepare<[number, number, 0 | 1], KnownPlay>(`
    SELECT uts, artist, title, nullif(source_key, '') AS sourceKey
    FROM source_play JOIN source_track ON source_track.id = source_track_id
    WHERE source_play.source_id = ${sourceId} AND uts > ? AND uts < ?
      AND (precision_seconds = ${daySeconds}) = ?`);
  let newPlays = 0;
  for (const group of groupSimultaneous(plays)) {
    const [{ play: first }] = group;
    const isOfDay = first.precisionSeconds === daySeconds;
    const uts = isOfDay ? findDay(first.startUts) : first.startUts;
    const isTimed = uts > 0 && !isOfDay;
    const gap = isTimed
      ? group.reduce((most, imported) => Math.max(most, computeGapSeconds(imported)), 1)
      : 1;
    const indexKnown = createKnownPlays(findKnown.all(uts - gap, uts + gap, isOfDay ? 1 : 0), uts);
    const toNames = (play: Identity): string => toIdentityKey(play, isTimed);
    const takeEqual = indexKnown(toNames);
    const unnamed = group.filter((imported) => {
      const knownPlay = takeEqual(imported.play, isTimed ? computeGapSeconds(imported) : 1);
      if (knownPlay === undefined) return true;
      const { artist, sourceKey } = imported.play;
      // A later export may know the artist.
      if (knownPlay.artist !== "" || artist === "" || sourceKey === null) return false;
      newPlays -= deleteSourcePlays(database, source, [{ startUts: knownPlay.uts, sourceKey }]);
      return true;
    });
    // Services respell names between exports, so the song is enough, but not without a time or with a day alone. Names that are
    // only similar would not do: what they join depends on the order of imports.
    const hasOwnKey = ({ sourceKey }: Identity): boolean => sourceKey !== null || !isTimed;
    const takeSong = indexKnown((play) =>
      hasOwnKey(play) ? toNames(play) : getSong(play.artist, play.title),
    );
    for (const { play } of unnamed) {
      if (takeSong(play, 1) !== undefined) continue;
      add({ ...play, startUts: uts });
      newPlays += 1;
    }
  }
  return newPlays;
}

type Identity = Pick<SourcePlay, "artist" | "title" | "sourceKey">;

interface KnownPlay extends Identity {
  readonly uts: number;
}

/** The surest key of a play among those of its time. A key of the source names the track. */
function toIdentityKey({ artist, title, sourceKey }: Identity, isTimed: boolean): string {
  return JSON.stringify(
    isTimed && sourceKey !== null ? ["key", sourceKey] : [artist, title, sourceKey ?? ""],
  );
}

/** Two exports may date a play of a source with keys differently: less than this apart, it is the same play. */
function computeGapSeconds({ play: { sourceKey }, playedMs }: ImportedPlay): number {
  if (sourceKey === null || playedMs === null) return 1;
  return Math.max(1, Math.min(maxGapSeconds, playedMs / 1000 - 1));
}

const maxGapSeconds = 30;

/**
 * Returns a function that indexes the plays around a time that are not taken yet. The index takes the nearest play of equal key,
 * each play once.
 */
function createKnownPlays(plays: readonly KnownPlay[], uts: number) {
  const computeDistance = (play: KnownPlay): number => Math.abs(play.uts - uts);
  const nearestLast = plays.toSorted((a, b) => computeDistance(b) - computeDistance(a));
  const taken = new Set<KnownPlay>();
  return (toKey: (play: Identity) => string | number) => {
    const byKey = new Map<string | number, KnownPlay[]>();
    for (const play of nearestLast) if (!taken.has(play)) addToList(byKey, toKey(play), play);
    return (play: Identity, gap: number): KnownPlay | undefined => {
      const rest = byKey.size === 0 ? undefined : byKey.get(toKey(play));
      const nearest = rest?.at(-1);
      if (nearest === undefined || computeDistance(nearest) >= gap) return undefined;
      rest?.pop();
      taken.add(nearest);
      return nearest;
    };
  };
}

type Group = [ImportedPlay, ...ImportedPlay[]];

function* groupSimultaneous(plays: Iterable<ImportedPlay>): Iterable<Group> {
  let group: Group | undefined;
  const isOfDay = ({ play }: ImportedPlay): boolean => play.precisionSeconds === daySeconds;
  for (const imported of plays) {
    const first = group?.[0];
    const isSimultaneous = first?.play.startUts === imported.play.startUts;
    if (first && isSimultaneous && isOfDay(first) === isOfDay(imported)) group?.push(imported);
    else {
      if (group !== undefined) yield group;
      group = [imported];
    }
  }
  if (group !== undefined) yield group;
}

/**
 * Returns a function that turns the start of a day into the one that an earlier import of the source gave to it, which may have
 * been in another zone.
 */
function createKnownDayFinder(database: Database, sourceId: number): (startUts: number) => number {
  const find = database
    .prepare<[number, number], number>(
      `SELECT uts FROM source_play WHERE source_id = ${sourceId} AND uts > ? AND uts < ?
       AND precision_seconds = ${daySeconds} LIMIT 1`,
    )
    .pluck();
  return (startUts) => find.get(startUts - daySeconds / 2, startUts + daySeconds / 2) ?? startUts;
}
