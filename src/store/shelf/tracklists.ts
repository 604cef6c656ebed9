// The tracklists of releases, and lengths of tracks whose list has none. Both are kept for good.
import { daySeconds } from "../../model/times.ts";
import type { ArtistCredit, ListedTrack } from "../../model/model.ts";
import type { Database } from "../file/database.ts";
import { change, list, plain, sql, valueOf, valuesOf } from "../file/sql.ts";

/** A release with an unreadable answer is asked for again after this time. */
const againSeconds = daySeconds;

interface TrackRow extends Omit<ListedTrack, "artists" | "parts"> {
  readonly place: number;
  readonly partOf: number | null;
}

interface ArtistRow extends ArtistCredit {
  readonly place: number;
}

/** Returns a function that reads a release's tracklist, or undefined if it is unknown. */
export function tracklistReader(
  database: Database,
): (releaseId: number) => readonly ListedTrack[] | undefined {
  const knownIds = new Set(
    valuesOf<number>(database)`SELECT release_id FROM tracklist WHERE state = 'known'`,
  );
  const tracks = database.prepare<[number], TrackRow>(
    `SELECT place, part_of AS partOf, kind, position, title, duration_seconds AS durationSeconds FROM listed_track
     WHERE release_id = ? ORDER BY place`,
  );
  const artists = database.prepare<[number], ArtistRow>(
    `SELECT place, artist_id AS id, name, anv, join_word AS "join" FROM listed_track_artist
     WHERE release_id = ? ORDER BY place, position`,
  );
  return (releaseId) =>
    knownIds.has(releaseId) ? assembled(tracks.all(releaseId), artists.all(releaseId)) : undefined;
}

function assembled(rows: readonly TrackRow[], artistRows: readonly ArtistRow[]): ListedTrack[] {
  const artistsOf = new Map<number, ArtistCredit[]>();
  for (const { place, ...artist } of artistRows) {
    artistsOf.set(place, [...(artistsOf.get(place) ?? []), artist]);
  }
  const toTrack = ({ place, kind, position, title, durationSeconds }: TrackRow): ListedTrack => ({
    kind,
    position,
    title,
    durationSeconds,
    artists: artistsOf.get(place) ?? [],
    parts: kind === "index" ? rows.filter((part) => part.partOf === place).map(toTrack) : [],
  });
  return rows.filter((row) => row.partOf === null).map(toTrack);
}

/** Stores a tracklist. Runs inside the caller's transaction. */
export function keepTracklist(
  database: Database,
  releaseId: number,
  tracks: readonly ListedTrack[],
  nowUts: number,
): void {
  noteTracklist(database, releaseId, "known", nowUts);
  change(database)`DELETE FROM listed_track WHERE release_id = ${releaseId}`;
  const write = database.prepare("INSERT INTO listed_track VALUES (?, ?, ?, ?, ?, ?, ?)");
  const artist = database.prepare("INSERT INTO listed_track_artist VALUES (?, ?, ?, ?, ?, ?, ?)");
  let place = 0;
  const writeTrack = (track: ListedTrack, partOf: number | null): void => {
    const own = place++;
    write.run(releaseId, own, partOf, track.kind, track.position, track.title, track.durationSeconds);
    track.artists.forEach(({ id, name, anv, join }, at) =>
      artist.run(releaseId, own, at, id, name, anv, join),
    );
    for (const part of track.parts) writeTrack(part, own);
  };
  for (const track of tracks) writeTrack(track, null);
}

/**
 * Stores what Discogs answered. gone: it has no such release; unreadable: the answer was invalid.
 */
export function noteTracklist(
  database: Database,
  releaseId: number,
  state: "known" | "gone" | "unreadable",
  nowUts: number,
): void {
  change(database)`
    INSERT INTO tracklist (release_id, state, asked_uts, is_weighed) VALUES (${releaseId}, ${state}, ${nowUts}, 0)
    ON CONFLICT (release_id) DO UPDATE SET
      (state, asked_uts, is_weighed, tracks) = (excluded.state, excluded.asked_uts, excluded.is_weighed, NULL)`;
}

/**
 * Marks the releases in `open` as wanted, because a list would settle their match, and unmarks the other ones in
 * `looked`. Lists that are known stay. Runs inside the caller's transaction.
 */
export function writeWantedTracklists(
  database: Database,
  { looked, open }: { readonly looked: readonly number[] | "all"; readonly open: readonly number[] },
): void {
  const among = looked === "all" ? plain("true") : sql`release_id IN ${list(looked)}`;
  change(database)`
    DELETE FROM tracklist WHERE state = 'wanted' AND ${among} AND release_id NOT IN ${list(open)}`;
  change(database)`
    INSERT OR IGNORE INTO tracklist (release_id, state, asked_uts, is_weighed)
    SELECT value, 'wanted', NULL, 0 FROM ${list(open)}`;
}

/** doubtful: lists that would settle a match. shelf: the lists of all releases on the shelf. */
export type TracklistScope = "doubtful" | "shelf";

/** Releases to ask for: first those whose match it would settle, then the newest on the shelf. */
export function wantedTracklists(database: Database, nowUts: number, scope: TracklistScope): number[] {
  return valuesOf<number>(database)`
    SELECT release_id FROM record LEFT JOIN tracklist USING (release_id)
    WHERE state = 'wanted' OR (state = 'unreadable' AND asked_uts < ${nowUts - againSeconds})
      OR (state IS NULL AND ${scope} = 'shelf')
    GROUP BY release_id
    ORDER BY max(coalesce(state, '') = 'wanted') DESC, max(added_uts) DESC, release_id DESC`;
}

export function isTracklistWanted(database: Database, releaseId: number): boolean {
  return valueOf(database, "")`SELECT state FROM tracklist WHERE release_id = ${releaseId}` === "wanted";
}

/** Releases on the shelf that need no further request, with or without a tracklist. */
export function countAnswered(database: Database): number {
  return valueOf(database, 0)`
    SELECT count(*) FROM tracklist
    WHERE state IN ('known', 'gone') AND release_id IN (SELECT release_id FROM record)`;
}

/** Releases whose list arrived after they were matched. */
export function unweighedTracklists(database: Database): number[] {
  return valuesOf<number>(database)`
    SELECT release_id FROM tracklist WHERE state = 'known' AND is_weighed = 0 ORDER BY release_id`;
}

/** Marks the lists of some releases, or of all, as used by the current matches. */
export function markWeighed(database: Database, releases: readonly number[] | "all"): void {
  const among = releases === "all" ? plain("true") : sql`release_id IN ${list(releases)}`;
  change(database)`UPDATE tracklist SET is_weighed = 1 WHERE is_weighed = 0 AND state = 'known' AND ${among}`;
}

export function countTracklists(database: Database): number {
  return valueOf(database, 0)`SELECT count(*) FROM tracklist WHERE state = 'known'`;
}

/** A length that no service had may have been entered since. */
const unknownAgainSeconds = 90 * daySeconds;

/** A track as it is printed on its release. */
export interface PrintedTrack {
  readonly position: string;
  readonly title: string;
}

/**
 * Returns a function that reads the stored length of a track in seconds: null if no service has one, undefined if
 * none was asked.
 */
export function trackLengthReader(
  database: Database,
  releaseId: number,
  nowUts: number,
): (track: PrintedTrack) => number | null | undefined {
  const find = database
    .prepare<[number, string, string, number], number | null>(
      `SELECT seconds FROM track_length WHERE release_id = ? AND position = ? AND title = ?
         AND (seconds IS NOT NULL OR asked_uts > ?)`,
    )
    .pluck();
  return ({ position, title }) => find.get(releaseId, position, title, nowUts - unknownAgainSeconds);
}

/** Runs inside the caller's transaction. */
export function keepTrackLengths(
  database: Database,
  releaseId: number,
  lengths: readonly (PrintedTrack & { readonly seconds: number | null })[],
  nowUts: number,
): void {
  const write = database.prepare("INSERT OR REPLACE INTO track_length VALUES (?, ?, ?, ?, ?)");
  for (const { position, title, seconds } of lengths) write.run(releaseId, position, title, seconds, nowUts);
}
