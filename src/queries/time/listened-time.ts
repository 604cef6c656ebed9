// How long the plays of a period lasted, and on which days and at which hours of the week they were.
import { toSongKey } from "../../match/titles/track-title.ts";
import { groupByKey } from "../../model/grouping.ts";
import { listPlayableTracks } from "../../model/playable-tracks.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryRows, queryTuples, queryValues, rawSql } from "../../store/file/sql.ts";
import { createTracklistReader } from "../../store/shelf/tracklists.ts";
import { buildPeriodSql, type ClosedPeriod } from "../conditions/period.ts";
import { buildHeardTrackSql } from "../statistics/play-counts.ts";

export interface ListenedTime {
  readonly seconds: number;
  /** The plays of tracks with a known length. */
  readonly plays: number;
  /** Other plays of records whose tracklist is not fetched yet. */
  readonly fetchablePlays: number;
}

/** The length of a track is the longest that a source gives it; otherwise that on the tracklist of a matched record. */
export function readListenedTime(database: Database, period: ClosedPeriod): ListenedTime {
  const tracks = queryRows<{ id: number; albumId: number | null; name: string; plays: number }>(database)`
    WITH ${buildHeardTrackSql(period)}
    SELECT track.id AS id, album_id AS albumId, name, plays FROM heard_track JOIN track ON track.id = track_id`;
  const bySource = new Map(
    queryTuples<[trackId: number, seconds: number]>(database)`
      SELECT play_track_id, max(duration_seconds) FROM source_play JOIN source_track ON source_track.id = source_track_id
      WHERE ${buildPeriodSql(rawSql("play_uts"), period)} AND duration_seconds > 0 GROUP BY play_track_id`,
  );
  const albumIds = [
    ...new Set(tracks.flatMap(({ id, albumId }) => (albumId === null || bySource.has(id) ? [] : [albumId]))),
  ];
  const byAlbum = readTrackSeconds(database, albumIds);
  const withoutTracklist = readAlbumsWithoutTracklist(database, albumIds);
  const total = { seconds: 0, plays: 0, fetchablePlays: 0 };
  for (const { id, albumId, name, plays } of tracks) {
    const seconds = bySource.get(id) ?? byAlbum.get(albumId ?? 0)?.get(toSongKey(name));
    if (seconds !== undefined) {
      total.seconds += seconds * plays;
      total.plays += plays;
    } else if (albumId !== null && withoutTracklist.has(albumId)) total.fetchablePlays += plays;
  }
  return total;
}

function readAlbumsWithoutTracklist(database: Database, albumIds: readonly number[]): ReadonlySet<number> {
  return new Set(
    queryValues<number>(database)`
      SELECT album_id FROM album_match JOIN record ON record.id = album_match.record_id
        LEFT JOIN tracklist ON tracklist.release_id = record.release_id
      WHERE album_id IN ${listSql(albumIds)} AND coalesce(tracklist.state, 'wanted') = 'wanted'`,
  );
}

/** The lengths on the tracklists of the matched records, by album and song. */
function readTrackSeconds(
  database: Database,
  albumIds: readonly number[],
): ReadonlyMap<number, ReadonlyMap<string, number>> {
  const getTracklist = createTracklistReader(database);
  const releases = queryRows<{ albumId: number; releaseId: number }>(database)`
    SELECT DISTINCT album_id AS albumId, record.release_id AS releaseId
    FROM album_match JOIN record ON record.id = album_match.record_id
      JOIN tracklist ON tracklist.release_id = record.release_id AND tracklist.state = 'known'
    WHERE album_id IN ${listSql(albumIds)} ORDER BY record.release_id`;
  return new Map(
    [...groupByKey(releases, ({ albumId }) => albumId)].map(([albumId, some]) => [
      albumId,
      new Map(
        some
          .flatMap(({ releaseId }) => listPlayableTracks(getTracklist(releaseId) ?? []))
          .flatMap(({ title, durationSeconds }) =>
            durationSeconds === null ? [] : [[toSongKey(title), durationSeconds] as const],
          ),
      ),
    ]),
  );
}

export interface WeekRhythm {
  /** Plays from Monday to Sunday, local time. */
  readonly weekdays: readonly number[];
  /** Plays from 0 to 23 hours, local time. Plays that are only known to the day are left out. */
  readonly hours: readonly number[];
}

/** All time zones differ from UTC by a multiple of this. */
const zoneStepSeconds = 900;

export function countPlaysByWeekdayAndHour(database: Database, period: ClosedPeriod): WeekRhythm {
  const weekdays = Array.from({ length: 7 }, () => 0);
  const hours = Array.from({ length: 24 }, () => 0);
  const rows = queryTuples<[step: number, plays: number, timed: number]>(database)`
    SELECT uts / ${zoneStepSeconds}, count(*), count(*) FILTER (WHERE precision_seconds < ${daySeconds})
    FROM scrobble WHERE ${buildPeriodSql(rawSql("uts"), period)} GROUP BY 1`;
  for (const [step, plays, timed] of rows) {
    const date = new Date(step * zoneStepSeconds * 1000);
    const weekday = (date.getDay() + 6) % 7;
    weekdays[weekday] = (weekdays[weekday] ?? 0) + plays;
    hours[date.getHours()] = (hours[date.getHours()] ?? 0) + timed;
  }
  return { weekdays, hours };
}
