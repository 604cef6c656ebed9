// Songs by plays. A song counts once, whatever remaster or album it was played from.
import { rulesVersion } from "../../match/rules-version.ts";
import { songNumber } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { chartStanding } from "../figures/ownership.ts";
import type { Condition } from "../conditions/condition-parts.ts";
import type { Span } from "../conditions/span.ts";
import { heardTrackTable } from "../figures/play-counts.ts";
import type { Paging } from "../documents/paging.ts";
import { grouped, lastOf, mostPlayedOf, sumOfPlays, type HeardMost } from "../figures/played-most.ts";

/** SQL for the song number of a row of track. It is computed only if none is stored. */
function songExpression(database: Database): string {
  database.function("song_of", { deterministic: true }, (artist: unknown, name: unknown) =>
    songNumber(String(artist), String(name)),
  );
  const made = "song_of(track.artist, track.name)";
  return hasNameKeys(database, rulesVersion) ? `coalesce(track.song, ${made})` : made;
}

export function countSongs(database: Database, span: Span | null): number {
  const heard = heardTrackTable(span);
  const count = database
    .prepare<unknown[], number>(
      `WITH ${heard.sql} SELECT count(DISTINCT ${songExpression(database)})
       FROM heard_track JOIN track ON track.id = track_id`,
    )
    .pluck()
    .get(...heard.parameters);
  return count ?? 0;
}

/** For each song, the first row of track that the cache knew. */
export function trackIds(database: Database, songs: readonly number[]): ReadonlyMap<number, number> {
  const song = songExpression(database);
  return new Map(
    database
      .prepare<[string], [song: number, trackId: number]>(
        `SELECT ${song}, min(id) FROM track WHERE ${song} IN (SELECT value FROM json_each(?)) GROUP BY 1`,
      )
      .raw()
      .all(JSON.stringify(songs)),
  );
}

/** SQL condition: the row of track is the song. */
export function songCondition(database: Database, song: number): Condition {
  return { sql: `${songExpression(database)} = ?`, parameters: [song] };
}

interface HeardTrack {
  readonly song: number;
  readonly artist: string;
  readonly name: string;
  /** null: played without an album tag, or from an album that the chart does not have. */
  readonly albumId: number | null;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

type Standing = ReturnType<typeof chartStanding>;

/** All songs, or some, in no order. */
export function playedTracks(
  database: Database,
  span: Span | null,
  only?: readonly number[],
  standing: Standing = chartStanding(database),
): HeardMost[] {
  const heard = heardTrackTable(span);
  const song = songExpression(database);
  const wanted: Condition =
    only === undefined
      ? { sql: "true", parameters: [] }
      : { sql: `${song} IN (SELECT value FROM json_each(?))`, parameters: [JSON.stringify(only)] };
  const tracks = database
    .prepare<unknown[], HeardTrack>(
      `WITH ${heard.sql}
       SELECT ${song} AS song, artist, name, album_id AS albumId, plays, last_uts AS lastPlayedUts
       FROM heard_track JOIN track ON track.id = track_id WHERE ${wanted.sql} ORDER BY track.id`,
    )
    .iterate(...heard.parameters, ...wanted.parameters);
  return grouped(tracks, (track) => track.song).map((same) => songOf(same, standing));
}

function songOf(tracks: readonly [HeardTrack, ...HeardTrack[]], { owned, wanted }: Standing): HeardMost {
  const albums = grouped(
    tracks.filter(({ albumId }) => albumId !== null),
    ({ albumId }) => albumId ?? 0,
  )
    .map((some) => ({ id: some[0].albumId ?? 0, plays: sumOfPlays(some) }))
    .toSorted(
      (a, b) => Number(owned.has(b.id)) - Number(owned.has(a.id)) || b.plays - a.plays || a.id - b.id,
    );
  return {
    artist: mostPlayedOf(tracks, ({ artist }) => artist),
    title: mostPlayedOf(tracks, ({ name }) => name),
    // Owned albums before the others.
    albumIds: albums.map(({ id }) => id),
    plays: sumOfPlays(tracks),
    lastPlayedUts: lastOf(tracks),
    spins: null,
    song: tracks[0].song,
    tracks: 1,
    isOwned: owned.has(albums[0]?.id ?? 0),
    ownedRecords: 0,
    isWanted: albums.some(({ id }) => wanted.has(id)),
  };
}

interface SongPage {
  /** In order. Of songs with equal plays, the one played last comes first. */
  readonly rows: readonly HeardMost[];
  readonly total: number;
  readonly owned: number;
  readonly plays: number;
  readonly ownedPlays: number;
}

/** A page of all songs, or of owned or unowned ones. Sorts and sums in SQL, because there are many. */
export function songPage(
  database: Database,
  {
    span,
    isOwned,
    paging,
  }: { readonly span: Span | null; readonly isOwned: boolean | null; readonly paging: Paging },
): SongPage {
  const standing = chartStanding(database);
  const heard = heardTrackTable(span);
  const parameters = [...heard.parameters, JSON.stringify([...standing.owned])];
  const songs = `WITH ${heard.sql},
    owned_album (id) AS MATERIALIZED (SELECT value FROM json_each(?)),
    song (song, plays, last_uts, is_owned) AS MATERIALIZED (
      SELECT ${songExpression(database)}, sum(plays), max(last_uts), max(coalesce(album_id IN owned_album, 0))
      FROM heard_track JOIN track ON track.id = track_id GROUP BY 1)`;
  const filter = isOwned === null ? "true" : `is_owned = ${Number(isOwned)}`;
  const rows = database
    .prepare<
      unknown[],
      [song: number | null, total: number, plays: number, owned: number, ownedPlays: number]
    >(
      `${songs}
       SELECT NULL, count(*), coalesce(sum(plays), 0), coalesce(sum(is_owned), 0), coalesce(sum(plays * is_owned), 0)
       FROM song WHERE ${filter}
       UNION ALL SELECT * FROM (
         SELECT song, 0, 0, 0, 0 FROM song WHERE ${filter}
         ORDER BY plays DESC, last_uts DESC NULLS LAST, song LIMIT ? OFFSET ?)`,
    )
    .raw()
    .all(...parameters, paging.limit, (paging.page - 1) * paging.limit);
  const [sums, ...page] = rows;
  const ids = page.flatMap(([song]) => song ?? []);
  const found = new Map(playedTracks(database, span, ids, standing).map((row) => [row.song, row]));
  const [, total = 0, plays = 0, owned = 0, ownedPlays = 0] = sums ?? [];
  return { rows: ids.flatMap((id) => found.get(id) ?? []), total, owned, plays, ownedPlays };
}
