// The merged history play by play, each with what its sources say about it.
import {
  compareSources,
  computeVagueness,
  type HistoryPlay,
  type PlayReport,
  type SourcePlay,
} from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { queryTuples, sql, type Sql } from "../file/sql.ts";
import { listeningSourceId } from "./merged-plays.ts";

type PlayKey = [uts: number, trackId: number, occurrence: number];

/** A row that begins with the key of a play. */
type KeyedRow = readonly [...PlayKey, ...rest: unknown[]];

/** The album as it is counted: one that services spell differently has one name. null: it is counted for none. */
type ScrobbleRow = [
  ...key: PlayKey,
  sourceId: number,
  artist: string,
  title: string,
  album: string,
  countedArtist: string | null,
  countedAlbum: string | null,
  releaseMbid: string | null,
];

/** A raw play with the key of the scrobble that it is part of. */
type LinkedRow = [
  ...key: PlayKey,
  sourceId: number,
  uts: number,
  precisionSeconds: SourcePlay["precisionSeconds"],
  artist: string,
  albumArtist: string | null,
  album: string,
  title: string,
  durationSeconds: number | null,
  recordingMbid: string | null,
  releaseMbid: string | null,
  releaseGroupMbid: string | null,
  origin: SourcePlay["origin"],
  isEndStamped: 0 | 1,
  hasOwnAlbum: 0 | 1,
  sourceKey: string | null,
  client: string,
  artistMbids: readonly string[] | null,
  tags: readonly string[] | null,
];

/** Reads the plays between two seconds, both included, in order of time. Run it on one state of the cache. */
export function readPlaysBetween(database: Database, fromUts: number, toUts: number): HistoryPlay[] {
  return [...readHistoryPlays(database, sql`uts BETWEEN ${fromUts} AND ${toUts}`)];
}

/** Reads the scrobbles that meet a condition in order of time, as plays. Run it on one state of the cache. */
export function* readHistoryPlays(database: Database, condition: Sql): Generator<HistoryPlay> {
  const sourceNames = new Map(queryTuples<[number, string]>(database)`SELECT id, name FROM source`);
  const getSourceName = (id: number): string => sourceNames.get(id) ?? "";
  const readScrobbles = createScrobbleReader(database, condition);
  const readLinks = createLinkReader(database);
  let scrobbles = readScrobbles([-1, 0, 0]);
  while (scrobbles.length > 0) {
    const last = scrobbles.at(-1) as ScrobbleRow;
    const links = readLinks(scrobbles[0] as ScrobbleRow, last);
    let at = 0;
    for (const scrobble of scrobbles) {
      const reports: PlayReport[] = [];
      for (let link = links[at]; link !== undefined && compareKeys(link, scrobble) === 0; link = links[at]) {
        reports.push({ source: getSourceName(link[3]), play: toReportedPlay(link) });
        at += 1;
      }
      if (reports.length > 1) reports.sort(compareReports);
      const [, , , sourceId] = scrobble;
      if (sourceId === listeningSourceId) {
        reports.unshift({ source: getSourceName(sourceId), play: toScrobbledPlay(scrobble) });
      }
      yield buildPlay(scrobble, reports);
    }
    scrobbles = readScrobbles(last);
  }
}

// Rows arrive as JSON, a few hundred at once: with a tuple for each row, most of the time would go into the columns.
const batchSize = 300;

/** Returns a function that reads the next scrobbles after a key. */
function createScrobbleReader(database: Database, condition: Sql): (after: KeyedRow) => ScrobbleRow[] {
  const statement = database
    .prepare<unknown[], string>(
      `SELECT json_group_array(json_array(uts, track_id, occurrence, source_id, track.artist, name, track.album,
         album.artist, album.title, coalesce(album.mbid, nullif(album_mbid, ''))))
       FROM (
         SELECT uts, track_id, occurrence, source_id FROM scrobble
         WHERE ${condition.sql} AND (uts, track_id, occurrence) > (?, ?, ?)
         ORDER BY uts, track_id, occurrence LIMIT ${batchSize}
       ) CROSS JOIN track ON track.id = track_id LEFT JOIN album ON album.id = album_id`,
    )
    .pluck();
  return ([uts, trackId, occurrence]) =>
    parseRows(statement.get(...condition.parameters, uts, trackId, occurrence));
}

/**
 * The time of a source may differ by this much from that of the play: a day is dated by its first second, and a clock may be
 * off by as much as two time zones differ.
 */
const maxSecondsApart = 2 * daySeconds;

/** Returns a function that reads the plays of sources that are part of the scrobbles between two, both included. */
function createLinkReader(database: Database): (first: KeyedRow, last: KeyedRow) => LinkedRow[] {
  const statement = database
    .prepare<unknown[], string>(
      `SELECT json_group_array(json_array(play_uts, play_track_id, play_occurrence, source_play.source_id, uts,
         precision_seconds, artist, nullif(album_artist, ''), album, title, nullif(duration_seconds, 0),
         nullif(recording_mbid, ''), nullif(release_mbid, ''), nullif(release_group_mbid, ''), nullif(origin, ''),
         is_end_stamped, has_own_album, nullif(source_key, ''), client, json(nullif(artist_mbids, '')),
         json(nullif(tags, ''))))
       FROM source CROSS JOIN source_play ON source_play.source_id = source.id
       JOIN source_track ON source_track.id = source_track_id
       WHERE uts BETWEEN ? AND ? AND (play_uts, play_track_id, play_occurrence) BETWEEN (?, ?, ?) AND (?, ?, ?)`,
    )
    .pluck();
  return (first, last) => {
    const times = [first[0] - maxSecondsApart, last[0] + maxSecondsApart];
    return parseRows(statement.get(...times, ...first.slice(0, 3), ...last.slice(0, 3)));
  };
}

/** Sorts the rows by the key of the play. */
function parseRows<Row extends KeyedRow>(json = "[]"): Row[] {
  return (JSON.parse(json) as Row[]).toSorted(compareKeys);
}

function compareKeys(one: KeyedRow, other: KeyedRow): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

/** Several clients may have sent the play to rewind. */
function compareReports(one: PlayReport, other: PlayReport): number {
  const isBefore = (one.play.client ?? "") < (other.play.client ?? "");
  return compareSources(one.source, other.source) || (isBefore ? -1 : 1);
}

function toReportedPlay(row: LinkedRow): SourcePlay {
  const [
    ,
    ,
    ,
    ,
    startUts,
    precisionSeconds,
    artist,
    albumArtist,
    album,
    title,
    durationSeconds,
    recordingMbid,
    releaseMbid,
    releaseGroupMbid,
    origin,
    isEndStamped,
    hasOwnAlbum,
    sourceKey,
    client,
    artistMbids,
    tags,
  ] = row;
  const play = {
    startUts,
    precisionSeconds,
    artist,
    albumArtist,
    album,
    title,
    durationSeconds,
    recordingMbid,
    releaseMbid,
    releaseGroupMbid,
    origin,
    isEndStamped: isEndStamped === 1,
    hasOwnAlbum: hasOwnAlbum === 1,
    sourceKey,
    client,
  };
  return artistMbids === null && tags === null
    ? play
    : { ...play, ...(artistMbids && { artistMbids }), ...(tags && { tags }) };
}

function toScrobbledPlay(row: ScrobbleRow): SourcePlay {
  const [startUts, , , , artist, title, album, , , releaseMbid] = row;
  return {
    startUts,
    precisionSeconds: 1,
    artist,
    albumArtist: null,
    album,
    title,
    durationSeconds: null,
    recordingMbid: null,
    releaseMbid,
    releaseGroupMbid: null,
    origin: null,
    isEndStamped: false,
    hasOwnAlbum: true,
    sourceKey: null,
  };
}

/** `reports`: the best source first, which is the one that the rest of the program trusts. */
function buildPlay(row: ScrobbleRow, reports: readonly PlayReport[]): HistoryPlay {
  const [startUts, , , , artist, title, ownAlbum, countedArtist, countedAlbum, releaseMbid] = row;
  const album = countedAlbum ?? ownAlbum;
  const findFirst = <Value>(read: (play: SourcePlay) => Value | null): Value | null => {
    for (const { play } of reports) {
      const value = read(play);
      if (value !== null) return value;
    }
    return null;
  };
  // mergeSources takes the time of this report.
  const { isEndStamped, precisionSeconds } = reports.reduce((best, report) =>
    computeVagueness(report.play) < computeVagueness(best.play) ? report : best,
  ).play;
  const artistMbids = findFirst((play) => play.artistMbids ?? null);
  const tags = findFirst((play) => play.tags ?? null);
  const albumArtist = countedArtist ?? findFirst((play) => play.albumArtist);
  return {
    startUts,
    precisionSeconds,
    artist,
    albumArtist: albumArtist === artist ? null : albumArtist,
    album,
    title,
    durationSeconds: findFirst((play) => play.durationSeconds),
    recordingMbid: findFirst((play) => play.recordingMbid),
    releaseMbid,
    releaseGroupMbid: findFirst((play) => play.releaseGroupMbid),
    origin: null,
    isEndStamped,
    hasOwnAlbum: album === "" || reports.some(({ play }) => play.album !== "" && play.hasOwnAlbum),
    sourceKey: null,
    ...(artistMbids && { artistMbids }),
    ...(tags && { tags }),
    reports,
  };
}
