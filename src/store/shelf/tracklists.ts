// The tracklists of releases, and lengths of tracks whose list has none. Both are kept for good.
import { daySeconds } from "../../model/times.ts";
import type { ArtistCredit, ListedTrack } from "../../model/model.ts";
import type { Database } from "../file/database.ts";

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
    database.prepare("SELECT release_id FROM tracklist WHERE state = 'known'").pluck().all() as number[],
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
  database.prepare("DELETE FROM listed_track WHERE release_id = ?").run(releaseId);
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
  database
    .prepare(
      `INSERT INTO tracklist (release_id, state, asked_uts, is_weighed) VALUES (?, ?, ?, 0)
       ON CONFLICT (release_id) DO UPDATE SET
         (state, asked_uts, is_weighed, tracks) = (excluded.state, excluded.asked_uts, excluded.is_weighed, NULL)`,
    )
    .run(releaseId, state, nowUts);
}

/**
 * Marks the releases in `open` as wanted, because a list would settle their match, and unmarks the other ones in
 * `looked`. Lists that are known stay. Runs inside the caller's transaction.
 */
export function writeWantedTracklists(
  database: Database,
  { looked, open }: { readonly looked: readonly number[] | "all"; readonly open: readonly number[] },
): void {
  const openIds = JSON.stringify(open);
  const among = looked === "all" ? "" : "AND release_id IN (SELECT value FROM json_each(@looked))";
  database
    .prepare(
      `DELETE FROM tracklist WHERE state = 'wanted' ${among} AND release_id NOT IN (SELECT value FROM json_each(@wanted))`,
    )
    .run({ wanted: openIds, ...(looked === "all" ? {} : { looked: JSON.stringify(looked) }) });
  database
    .prepare(
      `INSERT INTO tracklist (release_id, state, asked_uts, is_weighed)
       SELECT value, 'wanted', NULL, 0 FROM json_each(?) WHERE true ON CONFLICT (release_id) DO NOTHING`,
    )
    .run(openIds);
}

/** doubtful: lists that would settle a match. shelf: the lists of all releases on the shelf. */
export type TracklistScope = "doubtful" | "shelf";

/** Releases to ask for: first those whose match it would settle, then the newest on the shelf. */
export function wantedTracklists(database: Database, nowUts: number, scope: TracklistScope): number[] {
  const unasked = scope === "shelf" ? "state IS NULL OR" : "";
  return database
    .prepare<[number], number>(
      `SELECT release_id FROM record LEFT JOIN tracklist USING (release_id)
       WHERE ${unasked} state = 'wanted' OR (state = 'unreadable' AND asked_uts < ?)
       GROUP BY release_id
       ORDER BY max(coalesce(state, '') = 'wanted') DESC, max(added_uts) DESC, release_id DESC`,
    )
    .pluck()
    .all(nowUts - againSeconds);
}

export function isTracklistWanted(database: Database, releaseId: number): boolean {
  return (
    database.prepare("SELECT state FROM tracklist WHERE release_id = ?").pluck().get(releaseId) === "wanted"
  );
}

/** Releases on the shelf that need no further request, with or without a tracklist. */
export function countAnswered(database: Database): number {
  return database
    .prepare(
      `SELECT count(*) FROM tracklist
       WHERE state IN ('known', 'gone') AND release_id IN (SELECT release_id FROM record)`,
    )
    .pluck()
    .get() as number;
}

/** Releases whose list arrived after they were matched. */
export function unweighedTracklists(database: Database): number[] {
  return database
    .prepare<[], number>(
      "SELECT release_id FROM tracklist WHERE state = 'known' AND is_weighed = 0 ORDER BY release_id",
    )
    .pluck()
    .all();
}

/** Marks the lists of some releases, or of all, as used by the current matches. */
export function markWeighed(database: Database, releases: readonly number[] | "all"): void {
  if (releases === "all") {
    database.exec("UPDATE tracklist SET is_weighed = 1 WHERE is_weighed = 0 AND state = 'known'");
    return;
  }
  database
    .prepare(
      "UPDATE tracklist SET is_weighed = 1 WHERE is_weighed = 0 AND release_id IN (SELECT value FROM json_each(?))",
    )
    .run(JSON.stringify(releases));
}

export function countTracklists(database: Database): number {
  return database.prepare("SELECT count(*) FROM tracklist WHERE state = 'known'").pluck().get() as number;
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
