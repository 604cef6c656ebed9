// The merged history in the form of ListenBrainz, for programs that read a ListenBrainz server: each play once, whichever
// source has it. Plays whose time of the day is unknown have no second to be listed at, and are left out.
import { createHash } from "node:crypto";
import { addToList } from "../../model/grouping.ts";
import { compareSources } from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { joinAnd, queryRows, queryValue, rawSql, sql } from "../../store/file/sql.ts";

export interface ListenRange {
  readonly userName: string;
  /** Exclusive, as `beforeUts`. If it is given, the oldest plays of the range are returned, otherwise the newest. */
  readonly afterUts: number | null;
  readonly beforeUts: number | null;
  readonly count: number;
}

const isListed = rawSql(`uts > 0 AND precision_seconds < ${daySeconds}`);

/** Newest first. */
export function queryListens(database: Database, { userName, afterUts, beforeUts, count }: ListenRange) {
  const direction = rawSql(afterUts === null ? "DESC" : "ASC");
  const where = joinAnd([
    isListed,
    ...(afterUts === null ? [] : [sql`uts > ${afterUts}`]),
    ...(beforeUts === null ? [] : [sql`uts < ${beforeUts}`]),
  ]);
  const rows = queryRows<ListenRow>(database)`
    WITH page AS MATERIALIZED (SELECT uts, track_id, occurrence FROM scrobble WHERE ${where}
      ORDER BY uts ${direction}, track_id ${direction}, occurrence ${direction} LIMIT ${count})
    SELECT uts, track_id AS trackId, occurrence, artist, name AS title, album, album_mbid AS albumMbid
    FROM page JOIN track ON track.id = track_id
    ORDER BY uts DESC, track_id DESC, occurrence DESC`;
  const details = readDetails(database, rows);
  const findEnd = (order: "ASC" | "DESC"): number =>
    queryValue(database, 0)`SELECT uts FROM scrobble WHERE ${isListed} ORDER BY uts ${rawSql(order)} LIMIT 1`;
  return {
    payload: {
      count: rows.length,
      listens: rows.map((row) => toListen(row, details.get(toKey(row)) ?? [], userName)),
      latest_listen_ts: findEnd("DESC"),
      oldest_listen_ts: findEnd("ASC"),
      user_id: userName,
    },
  };
}

export function countListens(database: Database): number {
  return queryValue(database, 0)`SELECT count(*) FROM scrobble WHERE ${isListed}`;
}

interface PlayKey {
  readonly uts: number;
  readonly trackId: number;
  readonly occurrence: number;
}

interface ListenRow extends PlayKey {
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumMbid: string;
}

/** The facts that one source has about a play. "" and 0 stand for unknown ones. */
interface Details extends PlayKey {
  readonly source: string;
  readonly albumArtist: string;
  readonly durationSeconds: number;
  readonly recordingMbid: string;
  readonly releaseMbid: string;
  readonly releaseGroupMbid: string;
  readonly client: string;
}

function toKey({ uts, trackId, occurrence }: PlayKey): string {
  return `${uts} ${trackId} ${occurrence}`;
}

/** The details of each play, the best source first. `rows`: the newest first. */
function readDetails(database: Database, rows: readonly ListenRow[]): Map<string, Details[]> {
  const [fromUts, toUts] = [rows.at(-1)?.uts ?? 0, rows[0]?.uts ?? 0];
  // The clock of a source may have been off, by less than a day.
  const details = queryRows<Details>(database)`
    SELECT play_uts AS uts, play_track_id AS trackId, play_occurrence AS occurrence, source.name AS source,
      album_artist AS albumArtist, duration_seconds AS durationSeconds, recording_mbid AS recordingMbid,
      release_mbid AS releaseMbid, release_group_mbid AS releaseGroupMbid, client
    FROM source JOIN source_play ON source_play.source_id = source.id
      AND source_play.uts BETWEEN ${fromUts - daySeconds} AND ${toUts + daySeconds}
    JOIN source_track ON source_track.id = source_track_id
    WHERE play_uts BETWEEN ${fromUts} AND ${toUts}`;
  const byPlay = new Map<string, Details[]>();
  for (const row of details.toSorted((a, b) => compareSources(a.source, b.source))) {
    addToList(byPlay, toKey(row), row);
  }
  return byPlay;
}

function toListen(row: ListenRow, details: readonly Details[], userName: string): object {
  const { uts, artist, title, album, albumMbid } = row;
  const find = <Key extends keyof Details>(key: Key): Details[Key] | undefined =>
    details.map((each) => each[key]).find((value) => value !== "" && value !== 0);
  const durationSeconds = find("durationSeconds");
  const msid = computeMsid(row);
  const info = {
    recording_msid: msid,
    release_artist_name: find("albumArtist"),
    duration_ms: durationSeconds === undefined ? undefined : durationSeconds * 1000,
    recording_mbid: find("recordingMbid"),
    release_mbid: find("releaseMbid") ?? (albumMbid || undefined),
    release_group_mbid: find("releaseGroupMbid"),
    submission_client: find("client"),
  };
  return {
    listened_at: uts,
    inserted_at: 0,
    recording_msid: msid,
    user_name: userName,
    track_metadata: {
      artist_name: artist,
      track_name: title,
      ...(album === "" ? {} : { release_name: album }),
      additional_info: Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined)),
    },
  };
}

/** Identifies a play together with its second. Two plays of one track in one second differ by their occurrence. */
function computeMsid({ artist, title, album, occurrence }: ListenRow): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([artist, title, album, occurrence]))
    .digest("hex");
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
