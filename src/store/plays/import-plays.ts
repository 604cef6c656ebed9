// Adds the plays of an import to those that earlier imports of the same source brought.
import { addToList } from "../../model/grouping.ts";
import type { SourceName, SourcePlay } from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { createPlayAdder, deleteSourcePlays, ensureSourceId } from "./source-plays.ts";

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
  const findKnown = database.prepare<[number, number, 0 | 1], KnownPlay>(`
    SELECT uts, artist, title, source_key AS sourceKey
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
    const known = createKnownPlays(findKnown.all(uts - gap, uts + gap, isOfDay ? 1 : 0), uts, isTimed);
    const unnamed = group.filter((imported) => {
      const knownPlay = known.take(
        toIdentityKeys(imported.play, isTimed)[0],
        isTimed ? computeGapSeconds(imported) : 1,
      );
      if (knownPlay === undefined) return true;
      const { artist, sourceKey } = imported.play;
      // A later export may know the artist.
      if (knownPlay.artist !== "" || artist === "" || sourceKey === null) return false;
      newPlays -= deleteSourcePlays(database, source, [{ startUts: knownPlay.uts, sourceKey }]);
      return true;
    });
    for (const { play } of unnamed) {
      const renamed = toIdentityKeys(play, isTimed)[1];
      if (renamed !== undefined && known.take(renamed, 1) !== undefined) continue;
      add({ ...play, startUts: uts });
      newPlays += 1;
    }
  }
  return newPlays;
}

interface KnownPlay {
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
  /** "" if it has none. */
  readonly sourceKey: string;
}

/**
 * The keys that a play is known by, the surest first. A key names the track. Services rename artists between
 * exports, so a title is enough, but not without a time or with a day alone.
 */
function toIdentityKeys(
  { artist, title, sourceKey }: Pick<SourcePlay, "artist" | "title" | "sourceKey">,
  isTimed: boolean,
): readonly [string, ...string[]] {
  if (!isTimed) return [JSON.stringify([artist, title, sourceKey ?? ""])];
  if (sourceKey !== null) return [JSON.stringify(["key", sourceKey])];
  return [JSON.stringify([artist, title]), JSON.stringify([title])];
}

/** Two exports may date a play of a source with keys differently: less than this apart, it is the same play. */
function computeGapSeconds({ play: { sourceKey }, playedMs }: ImportedPlay): number {
  if (sourceKey === null || playedMs === null) return 1;
  return Math.max(1, Math.min(maxGapSeconds, playedMs / 1000 - 1));
}

const maxGapSeconds = 30;

/** The plays around a time, each to be taken once, the nearest first. */
function createKnownPlays(plays: readonly KnownPlay[], uts: number, isTimed: boolean) {
  const computeDistance = (play: KnownPlay): number => Math.abs(play.uts - uts);
  const byIdentity = new Map<string, KnownPlay[]>();
  for (const play of plays.toSorted((a, b) => computeDistance(b) - computeDistance(a))) {
    const sourceKey = play.sourceKey === "" ? null : play.sourceKey;
    for (const identity of toIdentityKeys({ ...play, sourceKey }, isTimed)) {
      addToList(byIdentity, identity, play);
    }
  }
  const taken = new Set<KnownPlay>();
  return {
    take(identity: string, gap: number): KnownPlay | undefined {
      const rest = byIdentity.get(identity) ?? [];
      while (taken.has(rest.at(-1) as KnownPlay)) rest.pop();
      const nearest = rest.at(-1);
      if (nearest === undefined || computeDistance(nearest) >= gap) return undefined;
      taken.add(nearest);
      return nearest;
    },
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
