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
import { iterateTuples, queryTuples, rawSql, sql, type Sql } from "../file/sql.ts";
import { listeningSourceId } from "./merged-plays.ts";

type PlayKey = [uts: number, trackId: number, occurrence: number];

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
  artistMbids: string,
  tags: string,
];

/** Makes a condition for a column of unix seconds. */
type SelectTimes = (column: Sql) => Sql;

/** Reads the plays between two seconds, both included, in order of time. Run it on one state of the cache. */
export function readPlaysBetween(database: Database, fromUts: number, toUts: number): HistoryPlay[] {
  // The clock of a source may have been off, by less than a day.
  const ofSources: SelectTimes = (column) =>
    sql`${column} BETWEEN ${fromUts - daySeconds} AND ${toUts + daySeconds}`;
  return [
    ...readHistoryPlays(database, (column) => sql`${column} BETWEEN ${fromUts} AND ${toUts}`, ofSources),
  ];
}

/**
 * Reads the plays in order of time, each once. `ofSources` is met by all plays of sources that are part of them. Run it on one
 * state of the cache.
 */
export function* readHistoryPlays(
  database: Database,
  selectTimes: SelectTimes,
  ofSources: SelectTimes = () => rawSql("true"),
): Generator<HistoryPlay> {
  const sourceNames = new Map(queryTuples<[number, string]>(database)`SELECT id, name FROM source`);
  const getSourceName = (id: number): string => sourceNames.get(id) ?? "";
  const scrobbles = iterateTuples<ScrobbleRow>(database)`
    SELECT uts, track_id, occurrence, source_id, track.artist, name, track.album, album.artist, album.title,
      coalesce(album.mbid, nullif(album_mbid, ''))
    FROM scrobble JOIN track ON track.id = track_id LEFT JOIN album ON album.id = album_id
    WHERE ${selectTimes(rawSql("uts"))} ORDER BY uts, track_id, occurrence`;
  const links = iterateTuples<LinkedRow>(database)`
    SELECT play_uts, play_track_id, play_occurrence, source_play.source_id, uts, precision_seconds,
      artist, nullif(album_artist, ''), album, title, nullif(duration_seconds, 0), nullif(recording_mbid, ''),
      nullif(release_mbid, ''), nullif(release_group_mbid, ''), nullif(origin, ''), is_end_stamped, has_own_album,
      nullif(source_key, ''), client, artist_mbids, tags
    FROM source CROSS JOIN source_play ON source_play.source_id = source.id AND ${ofSources(rawSql("uts"))}
    JOIN source_track ON source_track.id = source_track_id
    WHERE play_uts IS NOT NULL AND ${selectTimes(rawSql("play_uts"))}
    ORDER BY play_uts, play_track_id, play_occurrence`;
  let link = links.next();
  try {
    for (const scrobble of scrobbles) {
      const [, , , sourceId] = scrobble;
      const reports: PlayReport[] = [];
      for (; link.done !== true && isOfScrobble(link.value, scrobble); link = links.next()) {
        reports.push({ source: getSourceName(link.value[3]), play: toReportedPlay(link.value) });
      }
      if (reports.length > 1) reports.sort(compareReports);
      if (sourceId === listeningSourceId) {
        reports.unshift({ source: getSourceName(sourceId), play: toScrobbledPlay(scrobble) });
      }
      yield buildPlay(scrobble, reports);
    }
  } finally {
    links.return?.();
  }
}

/** Several clients may have sent the play to rewind. */
function compareReports(one: PlayReport, other: PlayReport): number {
  const isBefore = (one.play.client ?? "") < (other.play.client ?? "");
  return compareSources(one.source, other.source) || (isBefore ? -1 : 1);
}

function isOfScrobble(
  [playUts, playTrackId, playOccurrence]: LinkedRow,
  [uts, trackId, occurrence]: ScrobbleRow,
): boolean {
  return playUts === uts && playTrackId === trackId && playOccurrence === occurrence;
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
  return {
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
    ...(artistMbids !== "" && { artistMbids: JSON.parse(artistMbids) as string[] }),
    ...(tags !== "" && { tags: JSON.parse(tags) as string[] }),
  };
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
