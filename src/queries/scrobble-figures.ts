// What the listening history comes to: figures of a time, months, days in a row, years.
import type { Database } from "../store/database.ts";
import { isoSeconds } from "./contract.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import { topOf, type TopEntry } from "./scrobble-charts.ts";
import type { NamedThing } from "./listed-things.ts";

const daySeconds = 86_400;
const yearSeconds = 365.25 * daySeconds;

interface Uniques {
  readonly total: number;
  readonly artists: number;
  readonly albums: number;
  readonly tracks: number;
  readonly firstUts: number | null;
}

const uniques = `count(*) AS total, count(DISTINCT track.artist) AS artists,
  count(DISTINCT nullif(track.album, '') || char(0) || coalesce(track.album_id, track.artist)) AS albums,
  count(DISTINCT track.artist || char(0) || track.name) AS tracks, min(scrobble.uts) AS firstUts`;

const played = "scrobble JOIN track ON track.id = scrobble.track_id";

function uniquesOf(database: Database, span: Span | null): Uniques {
  const within = spanCondition("scrobble.uts", span ?? { fromUts: null, toUts: null });
  return database
    .prepare<unknown[], Uniques>(`SELECT ${uniques} FROM ${played} WHERE ${within.sql}`)
    .get(...within.parameters) as Uniques;
}

export interface PlayFigures {
  readonly total_scrobbles: number;
  readonly unique_artists: number;
  readonly unique_albums: number;
  readonly unique_tracks: number;
  readonly registered_date: null;
  readonly years_tracking: number;
  readonly scrobbles_per_day: number;
}

/** span null: of all time. */
export function playFigures(database: Database, span: Span | null, nowUts: number): PlayFigures {
  const { total, artists, albums, tracks, firstUts } = uniquesOf(database, span);
  const fromUts = span?.fromUts ?? firstUts ?? nowUts;
  const days = Math.max(1, (Math.min(span?.toUts ?? nowUts, nowUts) - fromUts) / daySeconds);
  return {
    total_scrobbles: total,
    unique_artists: artists,
    unique_albums: albums,
    unique_tracks: tracks,
    registered_date: null,
    years_tracking: firstUts === null ? 0 : rounded(Math.max(0, nowUts - firstUts) / yearSeconds),
    scrobbles_per_day: rounded(total / days),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

export const metrics = ["scrobbles", "artists", "albums", "tracks"] as const;
export type Metric = (typeof metrics)[number];

const valueOf: Readonly<Record<Metric, string>> = {
  scrobbles: "count(*)",
  artists: "count(DISTINCT track.artist)",
  albums: "count(DISTINCT nullif(track.album, '') || char(0) || coalesce(track.album_id, track.artist))",
  tracks: "count(DISTINCT track.artist || char(0) || track.name)",
};

export interface MonthValue {
  readonly period: string;
  readonly value: number;
}

/** Months of UTC in which something was played, oldest first. */
export function trendOf(database: Database, metric: Metric, span: Span | null): MonthValue[] {
  const within = spanCondition("scrobble.uts", span ?? { fromUts: null, toUts: null });
  return database
    .prepare<unknown[], MonthValue>(
      `SELECT strftime('%Y-%m', scrobble.uts, 'unixepoch') AS period, ${valueOf[metric]} AS value
       FROM ${played} WHERE ${within.sql} GROUP BY 1 ORDER BY 1`,
    )
    .all(...within.parameters);
}

export interface Streaks {
  readonly current: {
    readonly days: number;
    readonly start_date: string | null;
    readonly total_scrobbles: number;
  };
  readonly longest: {
    readonly days: number;
    readonly start_date: string | null;
    readonly end_date: string | null;
    readonly total_scrobbles: number;
  };
}

interface Row {
  readonly firstDay: number;
  readonly days: number;
  readonly plays: number;
}

/** Days of UTC in a row on which something was played; the current ones still run while today's may come. */
export function streaksOf(database: Database, nowUts: number): Streaks {
  const rows = database
    .prepare<[], Row>(
      `WITH day AS (SELECT uts / ${daySeconds} AS day, count(*) AS plays FROM scrobble WHERE uts > 0 GROUP BY 1),
       run AS (SELECT day, plays, day - row_number() OVER (ORDER BY day) AS run FROM day)
       SELECT min(day) AS firstDay, count(*) AS days, sum(plays) AS plays FROM run GROUP BY run ORDER BY firstDay`,
    )
    .all();
  const longest = rows.reduce<Row | undefined>(
    (best, each) => (best === undefined || each.days >= best.days ? each : best),
    undefined,
  );
  const last = rows.at(-1);
  const today = Math.floor(nowUts / daySeconds);
  const current = last !== undefined && last.firstDay + last.days >= today ? last : undefined;
  return {
    current: {
      days: current?.days ?? 0,
      start_date: current === undefined ? null : dateOf(current.firstDay),
      total_scrobbles: current?.plays ?? 0,
    },
    longest: {
      days: longest?.days ?? 0,
      start_date: longest === undefined ? null : dateOf(longest.firstDay),
      end_date: longest === undefined ? null : dateOf(longest.firstDay + longest.days - 1),
      total_scrobbles: longest?.plays ?? 0,
    },
  };
}

function dateOf(day: number): string | null {
  return isoSeconds(day * daySeconds)?.slice(0, 10) ?? null;
}

export interface YearFigures {
  readonly year: number;
  readonly total_scrobbles: number;
  readonly unique_artists: number;
  readonly unique_albums: number;
  readonly unique_tracks: number;
  readonly top_artist: NamedThing | null;
}

/** The newest first. */
export function yearsPlayed(database: Database): YearFigures[] {
  const years = database
    .prepare<[], Uniques & { year: number }>(
      `SELECT CAST(strftime('%Y', scrobble.uts, 'unixepoch') AS INTEGER) AS year, ${uniques}
       FROM ${played} WHERE scrobble.uts > 0 GROUP BY 1 ORDER BY 1 DESC`,
    )
    .all();
  return years.map(({ year, total, artists, albums, tracks }) => {
    const [top] = topOf(database, "artists", { span: spanOfYear(year, null), artist: null }).slice(0, 1);
    return {
      year,
      total_scrobbles: total,
      unique_artists: artists,
      unique_albums: albums,
      unique_tracks: tracks,
      top_artist: top === undefined ? null : { id: top.id, name: top.name },
    };
  });
}

/** month null: the whole year. */
export function spanOfYear(year: number, month: number | null): Span {
  const fromMs = Date.UTC(year, month === null ? 0 : month - 1, 1);
  const toMs = month === null ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1);
  return { fromUts: fromMs / 1000, toUts: toMs / 1000 };
}

export interface YearInFull {
  readonly year: number;
  readonly month?: number;
  readonly total_scrobbles: number;
  readonly unique_artists: number;
  readonly unique_albums: number;
  readonly unique_tracks: number;
  readonly artists: readonly TopEntry[];
  readonly albums: readonly TopEntry[];
  readonly tracks: readonly TopEntry[];
  readonly monthly: readonly {
    readonly month: string;
    readonly scrobbles: number;
    readonly unique_artists: number;
    readonly unique_albums: number;
  }[];
}

const mostOfYear = 10;

export function yearInFull(database: Database, year: number, month: number | null): YearInFull {
  const span = spanOfYear(year, month);
  const within = spanCondition("scrobble.uts", span);
  const { total, artists, albums, tracks } = uniquesOf(database, span);
  const top = (kind: "artists" | "albums" | "tracks"): TopEntry[] =>
    topOf(database, kind, { span, artist: null }).slice(0, mostOfYear);
  return {
    year,
    ...(month === null ? {} : { month }),
    total_scrobbles: total,
    unique_artists: artists,
    unique_albums: albums,
    unique_tracks: tracks,
    artists: top("artists"),
    albums: top("albums"),
    tracks: top("tracks"),
    monthly: database
      .prepare<unknown[], YearInFull["monthly"][number]>(
        `SELECT strftime('%Y-%m', scrobble.uts, 'unixepoch') AS month, count(*) AS scrobbles,
           ${valueOf.artists} AS unique_artists, ${valueOf.albums} AS unique_albums
         FROM ${played} WHERE ${within.sql} GROUP BY 1 ORDER BY 1`,
      )
      .all(...within.parameters),
  };
}
