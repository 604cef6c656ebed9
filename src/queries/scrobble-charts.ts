// Who and what was played most in a time, by the plays themselves.
import type { PageNames } from "../sources/facts.ts";
import type { Database } from "../store/database.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import { pagesOf } from "./listed-things.ts";

export const chartKinds = ["artists", "albums", "tracks"] as const;
export type ChartKind = (typeof chartKinds)[number];

export interface TopEntry {
  readonly id: number;
  readonly name: string;
  readonly artist: string;
  readonly plays: number;
  readonly url: string;
  /** Of a track. */
  readonly albumId: number | null;
  readonly albumName: string | null;
}

interface ChartQuestion {
  /** null: of all time. */
  readonly span: Span | null;
  /** By this artist alone, as scrobbled. */
  readonly artist: string | null;
}

interface Row extends Omit<TopEntry, "url"> {}

const statements: Readonly<
  Record<ChartKind, { readonly columns: string; readonly by: string; readonly joins: string }>
> = {
  artists: {
    columns: "artist.id AS id, artist.name AS name, artist.name AS artist, NULL AS albumId",
    joins: "JOIN artist ON artist.name = track.artist",
    by: "artist.id",
  },
  albums: {
    columns: "album.id AS id, album.title AS name, album.artist AS artist, NULL AS albumId",
    joins: "JOIN album ON album.id = track.album_id",
    by: "album.id",
  },
  tracks: {
    columns: `min(track.id) AS id, track.name AS name, track.artist AS artist, max(track.album_id) AS albumId`,
    joins: "",
    by: "track.artist, track.name",
  },
};

/** All of them, the most played first. */
export function topOf(database: Database, kind: ChartKind, { span, artist }: ChartQuestion): TopEntry[] {
  const pageOf = pagesOf(database);
  const { columns, joins, by } = statements[kind];
  const within = spanCondition("scrobble.uts", span ?? { fromUts: null, toUts: null });
  const byArtist = artist === null ? "" : "AND track.artist = ?";
  return database
    .prepare<unknown[], Row>(
      `SELECT chart.*, (SELECT title FROM album WHERE id = chart.albumId) AS albumName FROM (
         SELECT ${columns}, count(*) AS plays FROM scrobble JOIN track ON track.id = scrobble.track_id ${joins}
         WHERE ${within.sql} ${byArtist} GROUP BY ${by}) AS chart
       ORDER BY plays DESC, id`,
    )
    .all(...within.parameters, ...(artist === null ? [] : [artist]))
    .map((row) => ({ ...row, url: pageOf(namesOf(kind, row)) }));
}

function namesOf(kind: ChartKind, { name, artist }: Row): PageNames {
  if (kind === "artists") return { artist: name };
  return kind === "albums" ? { artist, album: name } : { artist, track: name };
}

export type Granularity = "day" | "week" | "month" | "year";
const granularities: readonly (readonly [Granularity, number])[] = [
  ["day", 31],
  ["week", 190],
  ["month", 1100],
];
const daySeconds = 86_400;

export interface Sparkline {
  readonly granularity: Granularity;
  readonly points: readonly number[];
}

export interface SparkPoint {
  readonly at: string;
  readonly count: number;
}

const conditions: Readonly<Record<ChartKind, string>> = {
  artists: "track.artist = @name",
  albums: "track.album_id = @id",
  tracks: "track.artist = @artist AND track.name = @name",
};

/** Plays of one entry in stretches of equal name, from the beginning of the span to its end, those without any as 0. */
export function sparkPoints(
  database: Database,
  kind: ChartKind,
  { id, name, artist }: Pick<TopEntry, "id" | "name" | "artist">,
  { fromUts, toUts }: { readonly fromUts: number; readonly toUts: number },
): { readonly granularity: Granularity; readonly points: readonly SparkPoint[] } {
  const days = (toUts - fromUts) / daySeconds;
  const granularity = granularities.find(([, most]) => days <= most)?.[0] ?? "year";
  const played = database
    .prepare<[Record<string, unknown>], number>(
      `SELECT scrobble.uts FROM track JOIN scrobble ON scrobble.track_id = track.id
       WHERE ${conditions[kind]} AND scrobble.uts >= @fromUts AND scrobble.uts < @toUts`,
    )
    .pluck()
    .all({ id, name, artist, fromUts, toUts });
  const counts = new Map<number, number>();
  for (let at = startOf(fromUts, granularity); at < toUts; at = nextOf(at, granularity)) counts.set(at, 0);
  for (const uts of played) {
    const at = startOf(uts, granularity);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const points = [...counts].toSorted(([a], [b]) => a - b);
  return {
    granularity,
    points: points.map(([at, count]) => ({ at: new Date(at * 1000).toISOString().slice(0, 10), count })),
  };
}

/** Weeks begin on Monday. */
function startOf(uts: number, granularity: Granularity): number {
  const date = new Date(uts * 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const startMs = {
    day: () => Date.UTC(year, month, day),
    week: () => Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7)),
    month: () => Date.UTC(year, month, 1),
    year: () => Date.UTC(year, 0, 1),
  }[granularity]();
  return startMs / 1000;
}

function nextOf(uts: number, granularity: Granularity): number {
  const date = new Date(uts * 1000);
  if (granularity === "day") return uts + daySeconds;
  if (granularity === "week") return uts + 7 * daySeconds;
  return granularity === "month"
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1000
    : Date.UTC(date.getUTCFullYear() + 1, 0, 1) / 1000;
}

/** The moments between which plays are known; undefined: there are none. */
export function playedBetween(
  database: Database,
): { readonly fromUts: number; readonly toUts: number } | undefined {
  const row = database
    .prepare<[], { fromUts: number | null; toUts: number | null }>(
      "SELECT min(uts) AS fromUts, max(uts) + 1 AS toUts FROM scrobble WHERE uts > 0",
    )
    .get();
  return row === undefined || row.fromUts === null || row.toUts === null
    ? undefined
    : { fromUts: row.fromUts, toUts: row.toUts };
}
