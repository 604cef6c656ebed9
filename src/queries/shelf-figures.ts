// The shelf in a few figures, as GET /v1/collecting/stats tells them.
import { bareArtistName } from "../names.ts";
import type { Database } from "../store/database.ts";
import { countWants } from "../store/wants.ts";
import { spanCondition, type Span } from "./filters/span.ts";

export interface ShelfFigures {
  readonly total_items: number;
  readonly by_format: {
    readonly vinyl: number;
    readonly cd: number;
    readonly cassette: number;
    readonly other: number;
  };
  readonly wantlist_count: number;
  readonly unique_artists: number;
  readonly estimated_value: null;
  readonly top_genre: string | null;
  readonly oldest_release_year: number | null;
  readonly newest_release_year: number | null;
  readonly most_collected_artist: { readonly name: string; readonly count: number } | null;
  readonly added_this_year: number;
}

interface Row {
  readonly total: number;
  readonly vinyl: number;
  readonly cd: number;
  readonly cassette: number;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly thisYear: number;
}

/** Discogs' artist who stands for many. */
const variousId = 194;

/** span: of the records that were added in it; null: of all. */
export function shelfFigures(database: Database, span: Span | null, nowUts: number): ShelfFigures {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("record.added_uts", span);
  const year = new Date(nowUts * 1000).getUTCFullYear();
  const thisYear = spanCondition("record.added_uts", {
    fromUts: Date.UTC(year, 0, 1) / 1000,
    toUts: Date.UTC(year + 1, 0, 1) / 1000,
  });
  const shelf = `record JOIN release ON release.id = record.release_id`;
  const format = `(SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1)`;
  const row = database
    .prepare<unknown[], Row>(
      `SELECT count(*) AS total, coalesce(sum(${format} = 'Vinyl'), 0) AS vinyl,
         coalesce(sum(${format} IN ('CD', 'CDr')), 0) AS cd, coalesce(sum(${format} = 'Cassette'), 0) AS cassette,
         min(release.year) AS oldest, max(release.year) AS newest, coalesce(sum(${thisYear.sql}), 0) AS thisYear
       FROM ${shelf} WHERE ${within.sql}`,
    )
    .get(...thisYear.parameters, ...within.parameters);
  const { total, vinyl, cd, cassette, oldest, newest, thisYear: added } = row ?? emptyRow;
  const artists = database
    .prepare<unknown[], { name: string; count: number; artists: number }>(
      `SELECT name, count(DISTINCT record.id) AS count, count(*) OVER () AS artists
       FROM ${shelf} JOIN release_artist ON release_artist.release_id = release.id
       WHERE ${within.sql} AND artist_id IS NOT ${variousId}
       GROUP BY coalesce(artist_id, name) ORDER BY count DESC, name LIMIT 1`,
    )
    .get(...within.parameters);
  const genre = database
    .prepare<unknown[], string>(
      `SELECT genre.value FROM ${shelf}, json_each(release.genres) AS genre WHERE ${within.sql}
       GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    )
    .pluck()
    .get(...within.parameters);
  return {
    total_items: total,
    by_format: { vinyl, cd, cassette, other: total - vinyl - cd - cassette },
    wantlist_count: countWants(database),
    unique_artists: artists?.artists ?? 0,
    estimated_value: null,
    top_genre: genre ?? null,
    oldest_release_year: oldest,
    newest_release_year: newest,
    most_collected_artist:
      artists === undefined ? null : { name: bareArtistName(artists.name), count: artists.count },
    added_this_year: added,
  };
}

const emptyRow: Row = { total: 0, vinyl: 0, cd: 0, cassette: 0, oldest: null, newest: null, thisYear: 0 };
