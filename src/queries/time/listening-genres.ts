// The genres played in each week, month or year: Discogs' genres of the records that the plays belong to.
import type { PlayedGenres } from "../documents/hosted-listening-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { membersTable } from "../figures/breakdown.ts";
import { within, type Span } from "../conditions/span.ts";
import { plain, sql, tuplesOf } from "../conditions/sql.ts";

export const genrePeriods = ["week", "month", "year"] as const;
type GenrePeriod = (typeof genrePeriods)[number];

const formats: Readonly<Record<GenrePeriod, string>> = { week: "%G-W%V", month: "%Y-%m", year: "%Y" };

interface GenreQuestion {
  readonly by: GenrePeriod;
  /** The number of genres per period. The others are summed up as Other. */
  readonly most: number;
  /** null: all time. */
  readonly span: Span | null;
}

/** Oldest period first. */
export function playedGenres(database: Database, { by, most, span }: GenreQuestion): PlayedGenres[] {
  const rows = tuplesOf<[isTotal: number, period: string, genre: string | null, plays: number]>(
    database,
    sql`WITH ${membersTable("genre")},
          played AS MATERIALIZED (
            SELECT strftime(${formats[by]}, scrobble.uts, 'unixepoch') AS period, track.album_id AS album_id,
              count(*) AS plays
            FROM scrobble JOIN track ON track.id = scrobble.track_id
            WHERE scrobble.uts > 0 AND ${within(plain("scrobble.uts"), span)}
              AND track.album_id IN (SELECT album_id FROM credit)
            GROUP BY 1, 2)
        SELECT 0, period, value, sum(plays) AS plays FROM (
          SELECT DISTINCT value, album_id FROM member JOIN credit ON credit.record_id = member.member_id
          WHERE value IS NOT NULL) AS owned
        JOIN played USING (album_id) GROUP BY period, value
        UNION ALL SELECT 1, period, NULL, sum(plays) FROM played GROUP BY period
        ORDER BY 2, 1, plays DESC, 3`,
  );
  const periods = new Map<string, { genres: [name: string, plays: number][]; total: number }>();
  for (const [isTotal, period, genre, plays] of rows) {
    const genresOfPeriod = periods.get(period) ?? { genres: [], total: 0 };
    if (isTotal === 1) genresOfPeriod.total = plays;
    else genresOfPeriod.genres.push([genre ?? "", plays]);
    periods.set(period, genresOfPeriod);
  }
  return [...periods].map(([period, { genres, total }]) => ({
    period,
    genres: Object.fromEntries(withOther(genres, most)),
    total,
  }));
}

function withOther(genres: readonly [string, number][], most: number): readonly [string, number][] {
  if (genres.length <= most) return genres;
  const other = genres.slice(most).reduce((sum, [, plays]) => sum + plays, 0);
  return [...genres.slice(0, most), ["Other", other]];
}

/** The same days one year earlier. */
export function yearBefore({ fromUts, toUts }: Span): Span {
  return {
    fromUts: fromUts === null ? null : sameDayYearBefore(fromUts),
    toUts: toUts === null ? null : sameDayYearBefore(toUts),
  };
}

/** 29 February becomes 28 February. */
function sameDayYearBefore(uts: number): number {
  const date = new Date(uts * 1000);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return date.getTime() / 1000;
}
