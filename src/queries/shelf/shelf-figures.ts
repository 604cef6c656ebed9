// The figures of GET /v1/collecting/stats.
import type { ShelfFigures } from "../documents/hosted-shelf-documents.ts";
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { bareArtistName } from "../../model/bare-names.ts";
import type { Database } from "../../store/file/database.ts";
import { countWants } from "../../store/shelf/stored-wants.ts";
import { membersTable } from "../figures/breakdown.ts";
import { spanCondition, spanOfYear, type Span } from "../conditions/span.ts";

interface Row {
  readonly total: number;
  readonly vinyl: number;
  readonly cd: number;
  readonly cassette: number;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly thisYear: number;
}

/** span: records added within it; null: all records. */
export function shelfFigures(database: Database, span: Span | null, nowUts: number): ShelfFigures {
  const within = span === null ? { sql: "true", parameters: [] } : spanCondition("record.added_uts", span);
  const year = new Date(nowUts * 1000).getFullYear();
  const thisYear = spanCondition("record.added_uts", spanOfYear(year, null));
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
    .prepare<unknown[], { name: string; count: number }>(
      `WITH ${membersTable("artist")}
       SELECT value AS name, count(*) AS count
       FROM member JOIN record ON record.id = member.member_id
       WHERE ${within.sql} AND value IS NOT NULL
       GROUP BY value ORDER BY count DESC, name`,
    )
    .all(...within.parameters);
  const most = artists.find(({ name }) => !isPlaceholderArtist(name));
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
    unique_artists: artists.length,
    estimated_value: null,
    top_genre: genre ?? null,
    oldest_release_year: oldest,
    newest_release_year: newest,
    most_collected_artist: most === undefined ? null : { name: bareArtistName(most.name), count: most.count },
    added_this_year: added,
  };
}

const emptyRow: Row = { total: 0, vinyl: 0, cd: 0, cassette: 0, oldest: null, newest: null, thisYear: 0 };
