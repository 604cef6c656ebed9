// Play counts: per album for all time or a span, by ownership, and by month.
import type { Database } from "../../store/file/database.ts";
import { ownedAlbums } from "../../store/shelf/stored-albums.ts";
import { editionKeyExpressions } from "./same-album.ts";
import type { Condition } from "../conditions/condition-parts.ts";
import { spanCondition, spanOfYear, type Span } from "../conditions/span.ts";
import { type HistoryState, historyState } from "./readiness.ts";
import { readPublications } from "../../store/file/listings.ts";
import { countStrayPlays } from "../../store/plays/track-albums.ts";
import { trackKey } from "../../match/titles/track-title.ts";

/** With more scrobbles in the span, reading all tracks is faster than reading the span. */
const many = 20_000;

/** `heard_track (track_id, plays, last_uts)`: a row for each track with plays. last_uts is NULL if no play is dated. */
export function heardTrackTable(span: Span | null): Condition {
  const columns = "track_id, count(*), nullif(max(uts), 0)";
  if (span === null) {
    const sql = `heard_track (track_id, plays, last_uts) AS (SELECT ${columns} FROM scrobble GROUP BY track_id)`;
    return { sql, parameters: [] };
  }
  const bySecond = spanCondition("uts", span);
  // The plus sign keeps SQLite from using the index on uts.
  const byTrack = spanCondition("+uts", span);
  const isLong = `(SELECT count(*) FROM (SELECT 1 FROM scrobble WHERE ${bySecond.sql} LIMIT ${many})) = ${many}`;
  return {
    sql: `heard_track (track_id, plays, last_uts) AS (
      SELECT ${columns} FROM scrobble WHERE ${isLong} AND ${byTrack.sql} GROUP BY track_id
      UNION ALL
      SELECT ${columns} FROM scrobble WHERE NOT ${isLong} AND ${bySecond.sql} GROUP BY track_id)`,
    parameters: [bySecond, byTrack, bySecond, bySecond].flatMap(({ parameters }) => parameters),
  };
}

/** The number of songs heard of each group: of albums by their ids, or of an artist in all spellings. */
export function countHeardTracks(
  database: Database,
  column: "album_id" | "artist",
  span: Span | null,
  groups: readonly (readonly (number | string)[])[],
): number[] {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("uts", span);
  const heard = database
    .prepare<unknown[], [member: number | string, name: string]>(
      `SELECT track.${column}, name FROM json_each(?) AS wanted JOIN track ON track.${column} = wanted.value
       WHERE EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id AND ${within.sql})`,
    )
    .raw();
  const songs = new Map<number | string, Set<string>>();
  for (const [member, name] of heard.iterate(JSON.stringify(groups.flat()), ...within.parameters)) {
    const known = songs.get(member);
    if (known === undefined) songs.set(member, new Set([trackKey(name)]));
    else known.add(trackKey(name));
  }
  return groups.map((group) => new Set(group.flatMap((member) => [...(songs.get(member) ?? [])])).size);
}

/** Of one release, or of the whole shelf. 0 without the listening history. */
export function strayPlays(database: Database, releaseId: number | "all"): number {
  return historyState(readPublications(database)) === "complete" ? countStrayPlays(database, releaseId) : 0;
}

/**
 * Common table expression `played (album_id, plays, last_played_uts)`: a row for each album with plays. span null: all
 * time.
 */
export function playedTable(span: Span | null): Condition {
  if (span === null) {
    return {
      sql: "played (album_id, plays, last_played_uts) AS (SELECT id, play_count, last_played_uts FROM album WHERE play_count > 0)",
      parameters: [],
    };
  }
  const heard = heardTrackTable(span);
  return {
    sql: `${heard.sql}, played (album_id, plays, last_played_uts) AS MATERIALIZED (
      SELECT album_id, sum(plays), max(last_uts) FROM heard_track JOIN track ON track.id = track_id
      WHERE album_id IS NOT NULL GROUP BY album_id)`,
    parameters: heard.parameters,
  };
}

/**
 * `heard (record_id, plays, last_played_uts, noted)`: a row for each record with plays. Needs `played`. Logged plays
 * are counted separately, but may be the last play.
 */
export function heardTable(span: Span): Condition {
  const within = spanCondition("noted_play.last_uts", span);
  return {
    sql: `heard (record_id, plays, last_played_uts, noted) AS MATERIALIZED (
      SELECT record_id, sum(plays), max(last_uts), sum(noted) FROM (
        SELECT credit.record_id AS record_id, played.plays AS plays, played.last_played_uts AS last_uts, 0 AS noted
        FROM credit JOIN played ON played.album_id = credit.album_id
        UNION ALL
        SELECT record.id, 0, noted_play.last_uts, 1 FROM noted_play JOIN record USING (release_id) WHERE ${within.sql})
      GROUP BY record_id)`,
    parameters: within.parameters,
  };
}

/** `spun (record_id, spins)`: a row for each record with spins that began within the span. */
export function spunTable(span: Span): Condition {
  const within = spanCondition("started_uts", span);
  return {
    sql: `spun (record_id, spins) AS MATERIALIZED (
      SELECT record_id, count(*) FROM (${recordSpins}) WHERE ${within.sql} GROUP BY record_id)`,
    parameters: within.parameters,
  };
}

/** `record_id, started_uts`: each spin of each record. A sitting that was both scrobbled and logged appears once. */
export const recordSpins = `
  SELECT credit.record_id AS record_id, spin.started_uts AS started_uts FROM spin JOIN credit USING (album_id)
  UNION ALL SELECT record_id, started_uts FROM noted_spin`;

export interface Destinations {
  /** Plays on albums that are owned in any pressing, each album once. */
  readonly owned: number;
  readonly notOwned: number;
  /** Plays without an album tag; null without the listening history. */
  readonly noAlbumTag: number | null;
}

/**
 * For all time: the chart's plays, and the scrobbles without an album tag. For a span: each scrobble in one of the
 * three.
 */
export function playDestinations(
  database: Database,
  { span, history }: { readonly span: Span | null; readonly history: HistoryState },
): Destinations {
  const owned = ownedAlbums(editionKeyExpressions(database));
  if (span !== null) {
    const heard = heardTrackTable(span);
    const row = database
      .prepare<unknown[], Destinations>(
        `WITH ${owned}, ${heard.sql}, destined AS (
           SELECT plays, track.album <> '' AS tagged,
             track.album <> '' AND track.album_id IS NOT NULL AND track.album_id IN owned_album AS owned
           FROM heard_track JOIN track ON track.id = track_id)
         SELECT coalesce(sum(plays) FILTER (WHERE owned), 0) AS owned,
           coalesce(sum(plays) FILTER (WHERE NOT owned AND tagged), 0) AS notOwned,
           coalesce(sum(plays) FILTER (WHERE NOT tagged), 0) AS noAlbumTag FROM destined`,
      )
      .get(...heard.parameters);
    return row ?? { owned: 0, notOwned: 0, noAlbumTag: 0 };
  }
  const chart = database
    .prepare<[], { owned: number; notOwned: number }>(
      `WITH ${owned}
       SELECT coalesce(sum(play_count) FILTER (WHERE owned), 0) AS owned,
         coalesce(sum(play_count) FILTER (WHERE NOT owned), 0) AS notOwned
       FROM (SELECT play_count, id IN owned_album AS owned FROM album)`,
    )
    .get();
  return {
    owned: chart?.owned ?? 0,
    notOwned: chart?.notOwned ?? 0,
    noAlbumTag: history === "complete" ? countUntagged(database) : null,
  };
}

function countUntagged(database: Database): number {
  const count = database
    .prepare<[], number>(
      `SELECT count(*) FROM track JOIN scrobble ON scrobble.track_id = track.id
       WHERE track.album_id IS NULL AND track.album = ''`,
    )
    .pluck()
    .get();
  return count ?? 0;
}

export interface HistoryTotals {
  readonly scrobbles: number;
  /** Scrobbles of albums that the chart lacks. */
  readonly unlinked: number;
  /** The first dated scrobble. */
  readonly sinceUts: number | null;
}

export function historyTotals(database: Database, span: Span | null): HistoryTotals {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("scrobble.uts", span);
  // Three index look-ups are much faster than a scan of all scrobbles.
  const row = database
    .prepare<unknown[], HistoryTotals>(
      `SELECT (SELECT count(*) FROM scrobble WHERE ${within.sql}) AS scrobbles,
         (SELECT count(*) FROM track JOIN scrobble ON scrobble.track_id = track.id
            WHERE track.album_id IS NULL AND track.album <> '' AND ${within.sql}) AS unlinked,
         (SELECT min(uts) FROM scrobble WHERE uts > 0 AND ${within.sql}) AS sinceUts`,
    )
    .get(...within.parameters, ...within.parameters, ...within.parameters);
  return row ?? { scrobbles: 0, unlinked: 0, sinceUts: null };
}

export function countScrobbles(database: Database, span: Span): number {
  const within = spanCondition("uts", span);
  return (
    database
      .prepare<unknown[], number>(`SELECT count(*) FROM scrobble WHERE ${within.sql}`)
      .pluck()
      .get(...within.parameters) ?? 0
  );
}

/** null: no scrobble is dated. */
export function firstScrobbleUts(database: Database): number | null {
  return (
    database.prepare<[], number | null>("SELECT min(uts) FROM scrobble WHERE uts > 0").pluck().get() ?? null
  );
}

export interface MonthOfPlays {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly plays: number;
}

/** The whole months before the month of `untilUts`, oldest first. */
export function playsByMonth(database: Database, untilUts: number, count = 24): MonthOfPlays[] {
  const until = new Date(untilUts * 1000);
  return Array.from({ length: count }, (_, at) => {
    const start = new Date(until.getFullYear(), until.getMonth() - count + at, 1);
    const [year, month] = [start.getFullYear(), start.getMonth() + 1];
    return { year, month, plays: countScrobbles(database, spanOfYear(year, month)) };
  });
}
