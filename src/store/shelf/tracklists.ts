// The tracklists of releases, and lengths of tracks whose list has none. Both are kept for good.
import { daySeconds } from "../../model/times.ts";
import type { ListedTrack } from "../../model/model.ts";
import { listPlayableTracks } from "../../model/playable-tracks.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, rawSql, sql, queryValue, queryValues } from "../file/sql.ts";

/** A release with an unreadable answer is asked for again after this time. */
const unreadableRetrySeconds = daySeconds;

/** Returns a function that reads a release's tracklist, or undefined if it is unknown. */
export function createTracklistReader(
  database: Database,
): (releaseId: number) => readonly ListedTrack[] | undefined {
  const find = database
    .prepare<[number], string>("SELECT list FROM tracklist WHERE release_id = ? AND state = 'known'")
    .pluck();
  return (releaseId) => {
    const json = find.get(releaseId);
    return json === undefined ? undefined : (JSON.parse(json) as ListedTrack[]);
  };
}

/** Stores what Discogs answered. gone: it has no such release; unreadable: the answer was invalid. */
export function saveTracklist(
  database: Database,
  releaseId: number,
  answer: readonly ListedTrack[] | "gone" | "unreadable",
  nowUts: number,
): void {
  const [state, json, count] =
    typeof answer === "string"
      ? [answer, null, null]
      : ["known", JSON.stringify(answer), listPlayableTracks(answer).length];
  execute(database)`
    INSERT OR REPLACE INTO tracklist (release_id, state, fetched_uts, is_applied, list, tracks)
    VALUES (${releaseId}, ${state}, ${nowUts}, 0, ${json}, ${count})`;
}

/**
 * Marks the releases in `open` as wanted, because a list would settle their match, and unmarks the other ones in
 * `looked`. Lists that are known stay. Runs inside the caller's transaction.
 */
export function saveWantedTracklists(
  database: Database,
  { looked, open }: { readonly looked: readonly number[] | "all"; readonly open: readonly number[] },
): void {
  const among = looked === "all" ? rawSql("true") : sql`release_id IN ${listSql(looked)}`;
  execute(database)`
    DELETE FROM tracklist WHERE state = 'wanted' AND ${among} AND release_id NOT IN ${listSql(open)}`;
  execute(database)`
    INSERT OR IGNORE INTO tracklist (release_id, state, fetched_uts, is_applied)
    SELECT value, 'wanted', NULL, 0 FROM ${listSql(open)}`;
}

/** needed: lists that would settle a match. shelf: the lists of all releases on the shelf. */
export type TracklistScope = "needed" | "shelf";

/** Releases to ask for: first those whose match it would settle, then the newest on the shelf. */
export function readWantedTracklists(database: Database, nowUts: number, scope: TracklistScope): number[] {
  return queryValues<number>(database)`
    SELECT release_id FROM record LEFT JOIN tracklist USING (release_id)
    WHERE state = 'wanted' OR (state = 'unreadable' AND fetched_uts < ${nowUts - unreadableRetrySeconds})
      OR (state IS NULL AND ${scope} = 'shelf')
    GROUP BY release_id
    ORDER BY max(coalesce(state, '') = 'wanted') DESC, max(added_uts) DESC, release_id DESC`;
}

export function isTracklistWanted(database: Database, releaseId: number): boolean {
  return queryValue(database, "")`SELECT state FROM tracklist WHERE release_id = ${releaseId}` === "wanted";
}

/** Releases on the shelf that need no further request, with or without a tracklist. */
export function countResolvedTracklists(database: Database): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM tracklist
    WHERE state IN ('known', 'gone') AND release_id IN (SELECT release_id FROM record)`;
}

/** Releases whose list arrived after they were matched. */
export function readReleasesToReweigh(database: Database): number[] {
  return queryValues<number>(database)`
    SELECT release_id FROM tracklist WHERE state = 'known' AND is_applied = 0 ORDER BY release_id`;
}

/** Marks the lists of some releases, or of all, as used by the current matches. */
export function markTracklistsApplied(database: Database, releases: readonly number[] | "all"): void {
  const among = releases === "all" ? rawSql("true") : sql`release_id IN ${listSql(releases)}`;
  execute(
    database,
  )`UPDATE tracklist SET is_applied = 1 WHERE is_applied = 0 AND state = 'known' AND ${among}`;
}

export function countTracklists(database: Database): number {
  return queryValue(database, 0)`SELECT count(*) FROM tracklist WHERE state = 'known'`;
}

/** A length that no service had may have been entered since. */
const unknownRetrySeconds = 90 * daySeconds;

/** A track as it is printed on its release. */
export interface PrintedTrack {
  readonly position: string;
  readonly title: string;
}

/**
 * Returns a function that reads the stored length of a track in seconds: null if no service has one, undefined if
 * none was asked.
 */
export function createTrackLengthReader(
  database: Database,
  releaseId: number,
  nowUts: number,
): (track: PrintedTrack) => number | null | undefined {
  const find = database
    .prepare<[number, string, string, number], number | null>(
      `SELECT seconds FROM track_length WHERE release_id = ? AND position = ? AND title = ?
         AND (seconds IS NOT NULL OR fetched_uts > ?)`,
    )
    .pluck();
  return ({ position, title }) => find.get(releaseId, position, title, nowUts - unknownRetrySeconds);
}

/** Runs inside the caller's transaction. */
export function saveTrackLengths(
  database: Database,
  releaseId: number,
  lengths: readonly (PrintedTrack & { readonly seconds: number | null })[],
  nowUts: number,
): void {
  const write = database.prepare("INSERT OR REPLACE INTO track_length VALUES (?, ?, ?, ?, ?)");
  for (const { position, title, seconds } of lengths) write.run(releaseId, position, title, seconds, nowUts);
}
