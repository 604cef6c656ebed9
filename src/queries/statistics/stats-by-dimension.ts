// The shelf divided by a dimension: records and plays of each part.
import type { Database } from "../../store/file/database.ts";
import {
  iterateRows,
  queryOneRow,
  rawSql,
  queryRows,
  sql,
  queryTuples,
  type Sql,
  queryValue,
} from "../../store/file/sql.ts";
import { type Period, buildPeriodSql } from "../conditions/period.ts";
import { buildOwnedAlbumSql } from "./ownership.ts";
import type { CalendarPeriod } from "./calendar-periods.ts";
import { buildPlayedSql, recordSpinsSql, buildRecordSource, buildWithSql } from "./play-counts.ts";
import { compareTexts } from "./played-items.ts";
import { toAlbumKey, type KeyedRecord } from "./same-album.ts";
import type { Kind } from "../../model/release-kinds.ts";
import type { MatchType } from "../../model/model.ts";

interface Dimension {
  readonly heading: string;
  /** The name of the part of records without a value. */
  readonly none: string;
  /** SQL for the value of a row of record and release, and of what is joined to it. It may call local_year(). */
  readonly value: string;
  /** SQL that joins the values of a record. */
  readonly join?: string;
  /** "value": by value, as for times. A list: in the order of the list. Absent: the largest part first. */
  readonly order?: "value" | readonly string[];
  /** The command that fetches the values, if a plain sync does not. */
  readonly fetchedBy?: string;
  /** The overview of rewind stats shows it already. */
  readonly isInOverview?: true;
}

const joinJsonList = (column: string) =>
  ({
    value: "nullif(item.value, '')",
    join: `LEFT JOIN json_each(release.${column}) AS item`,
  }) as const;

const joinChildTable = (childTable: string) =>
  ({
    value: "nullif(child.name, '')",
    join: `LEFT JOIN ${childTable} AS child ON child.release_id = record.release_id`,
  }) as const;

/** The dimensions of `stats --by`, in the order of the help. A new one is a row here. */
const table = {
  genre: { heading: "Genre", none: "no genre", ...joinJsonList("genres") },
  style: { heading: "Style", none: "no style", ...joinJsonList("styles") },
  label: { heading: "Label", none: "no label", ...joinChildTable("release_label") },
  folder: {
    heading: "Folder",
    none: "no folder",
    value: "folder.name",
    join: "LEFT JOIN folder ON folder.id = record.folder_id",
  },
  form: { heading: "Form", none: "no form", value: "release.form" },
  format: { heading: "Format", none: "no format", ...joinChildTable("release_format") },
  added: { heading: "Added in", none: "no date", value: "local_year(record.added_uts)", order: "value" },
  artist: { heading: "Artist", none: "no artist", ...joinChildTable("release_artist") },
  kind: {
    heading: "Kind",
    none: "no kind",
    value: "release.kind",
    order: ["album", "single", "compilation", "ep", "box", "other"],
    isInOverview: true,
  },
  decade: {
    heading: "By pressing",
    none: "no year",
    value: "(release.year / 10 * 10) || 's'",
    order: "value",
    isInOverview: true,
  },
  "original-decade": {
    heading: "First out",
    none: "no original year",
    value: "(release.original_year / 10 * 10) || 's'",
    order: "value",
    fetchedBy: "rewind sync --musicbrainz",
  },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof table;

export const dimensions: Readonly<Record<DimensionName, Dimension>> = table;
export const dimensionNames = Object.keys(table) as DimensionName[];

/** Each dimension, by each of its names. The second name of "decade" says what it means. */
export const dimensionByName: ReadonlyMap<string, DimensionName> = new Map([
  ...dimensionNames.map((name) => [name, name] as const),
  ["pressing-decade", "decade"],
]);

type PartComparator = (a: Part, b: Part) => number;

const countNeverScrobbled = ({ records, scrobbled }: Part): number => records - scrobbled;

const sorts = {
  records: (a, b) => b.records - a.records,
  scrobbled: (a, b) => b.scrobbled - a.scrobbled,
  /** Parts with many records and few plays first. */
  never: (a, b) =>
    countNeverScrobbled(b) - countNeverScrobbled(a) || a.plays - b.plays || b.records - a.records,
  plays: (a, b) => b.plays - a.plays,
} as const satisfies Readonly<Record<string, PartComparator>>;

export type PartSort = keyof typeof sorts;
export const partSorts = Object.keys(sorts) as PartSort[];

/** A stable sort. The part of records without a value comes last. */
export function sortParts<Ordered extends Part>(
  parts: readonly Ordered[],
  { sort, reverse }: { readonly sort: PartSort | null; readonly reverse: boolean },
): readonly Ordered[] {
  const compare: PartComparator = sort === null ? () => 0 : sorts[sort];
  const withValue = parts.filter(({ value }) => value !== null);
  const inOrder = withValue.toSorted(compare);
  return [...(reverse ? inOrder.toReversed() : inOrder), ...parts.filter(({ value }) => value === null)];
}

export interface Part {
  /** null: the part of records without a value. */
  readonly value: string | null;
  readonly records: number;
  /** Records with at least one play, scrobbled or logged. */
  readonly scrobbled: number;
  /** Plays on the albums of these records, each album once. */
  readonly plays: number;
}

const collectionTables = rawSql("record JOIN release ON release.id = record.release_id");

/** A statement that selects columns and `value`, the part of each record, without duplicates. */
export function buildMembersSql(name: DimensionName, columns: Sql, tables = collectionTables): Sql {
  const { value, join = "" } = dimensions[name];
  return sql`SELECT DISTINCT ${columns}, CAST(${rawSql(value)} AS TEXT) AS value FROM ${tables} ${rawSql(join)}`;
}

/** A statement that selects `album_id` and `value`: the parts in which an album is owned. */
function buildOwnedPartsSql(name: DimensionName): Sql {
  const tables = sql`record_album JOIN record ON record.id = record_album.record_id
    JOIN release ON release.id = record.release_id`;
  return buildMembersSql(name, rawSql("album_id"), tables);
}

/** Maps a record's number to its part, the first of several. null: the record has no value. */
export function readPartByRecord(database: Database, name: DimensionName): Map<number, string | null> {
  const parts = new Map<number, string | null>();
  const rows = iterateRows<{ id: number; value: string | null }>(database)`
    ${buildMembersSql(name, rawSql("record.id AS id"))}`;
  for (const { id, value } of rows) if (!parts.has(id)) parts.set(id, value);
  return parts;
}

/** Compares parts by the dimension's own order, or by name. */
export function createPartComparator(name: DimensionName): (a: string | null, b: string | null) => number {
  return (a, b) => compareParts(dimensions[name], { value: a, records: 0 }, { value: b, records: 0 });
}

/**
 * Largest part first, times in their own order, records without a value last. `plays` are those of each part within the
 * span.
 */
export function readParts(
  database: Database,
  name: DimensionName,
  span: Period | null,
  plays = readPlaysByPart(database, name, span),
): Part[] {
  const scope = span === null ? {} : { during: span };
  const { definitions, tables, isHeard } = buildRecordSource(scope);
  const members = buildMembersSql(name, rawSql("record.id AS member_id"));
  const parts = queryRows<Omit<Part, "plays">>(database)`${buildWithSql(definitions)}
    SELECT value, count(*) AS records, sum(${isHeard}) AS scrobbled
    FROM (${members}) JOIN ${tables} WHERE match.record_id = member_id GROUP BY value`;
  return parts
    .map((part) => ({ ...part, plays: plays.get(part.value) ?? 0 }))
    .toSorted((a, b) => compareParts(dimensions[name], a, b));
}

function readPlaysByPart(
  database: Database,
  name: DimensionName,
  span: Period | null,
): ReadonlyMap<string | null, number> {
  return new Map(
    queryTuples<[string | null, number]>(database)`
      WITH ${buildPlayedSql(span)}, owned AS (${buildOwnedPartsSql(name)})
      SELECT value, sum(played.plays) FROM owned JOIN played ON played.album_id = owned.album_id GROUP BY value`,
  );
}

/** Plays in each period: of each part, and of all parts, where each album counts once. Plays without a date are left out. */
export function readPlaysByPeriod(database: Database, by: DimensionName, periods: readonly CalendarPeriod[]) {
  const spans = JSON.stringify(periods.map(({ fromUts, toUts }) => [fromUts, toUts]));
  const rows = queryTuples<[isPart: number, value: string | null, at: number, plays: number]>(database)`
    WITH owned AS MATERIALIZED (${buildOwnedPartsSql(by)}),
      period AS MATERIALIZED (
        SELECT key AS at, value ->> 0 AS from_uts, value ->> 1 AS to_uts FROM json_each(${spans})),
      played AS MATERIALIZED (
        SELECT period.at AS at, track.album_id AS album_id, count(*) AS plays
        FROM period CROSS JOIN scrobble ON scrobble.uts >= period.from_uts AND scrobble.uts < period.to_uts
        CROSS JOIN track ON track.id = scrobble.track_id
        WHERE ${buildOwnedAlbumSql("track.album_id")} GROUP BY period.at, track.album_id)
    SELECT 1, value, at, sum(plays) FROM played JOIN owned USING (album_id) GROUP BY value, at
    UNION ALL SELECT 0, NULL, at, sum(plays) FROM played GROUP BY at`;
  const ofParts = new Map<string | null, number[]>();
  const ofAll = periods.map(() => 0);
  for (const [isPart, value, at, plays] of rows) {
    const into = isPart === 1 ? (ofParts.get(value) ?? periods.map(() => 0)) : ofAll;
    into[at] = plays;
    if (isPart === 1) ofParts.set(value, into);
  }
  return { ofParts, ofAll };
}

function compareParts(
  { order }: Dimension,
  a: Pick<Part, "value" | "records">,
  b: Pick<Part, "value" | "records">,
): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  if (order !== undefined && order !== "value") return order.indexOf(a.value) - order.indexOf(b.value);
  const byValue = compareTexts(a.value, b.value);
  return order === "value" ? byValue : b.records - a.records || byValue;
}

export type CollectionTotals = ReturnType<typeof readCollectionTotals>;

/** The whole collection, or its records of one kind. span null: all time. */
export function readCollectionTotals(database: Database, span: Period | null, onlyKind?: Kind) {
  const scope = span === null ? {} : { during: span };
  const where = onlyKind === undefined ? rawSql("true") : sql`release.kind = ${onlyKind}`;
  const { definitions, tables, isHeard, plays } = buildRecordSource(scope);
  // scrobbled: with at least one play, logged ones included. loggedOnly: with logged plays only.
  type TotalCounts = Record<
    MatchType | "records" | "scrobbled" | "loggedOnly" | "neverArtistUnknown",
    number
  >;
  const [{ exact, fuzzy, artist_only, none, ...totals }] = queryOneRow<TotalCounts>(database)`
    ${buildWithSql(definitions)}
    SELECT count(*) AS records,
      count(*) FILTER (WHERE ${isHeard}) AS scrobbled,
      count(*) FILTER (WHERE ${isHeard} AND ${plays} = 0) AS loggedOnly,
      count(*) FILTER (WHERE NOT ${isHeard} AND match.type = 'none') AS neverArtistUnknown,
      count(*) FILTER (WHERE match.type = 'exact') AS exact,
      count(*) FILTER (WHERE match.type = 'fuzzy') AS fuzzy,
      count(*) FILTER (WHERE match.type = 'artist_only') AS artist_only,
      count(*) FILTER (WHERE match.type = 'none') AS none
    FROM ${tables} WHERE ${where}`;
  return {
    ...totals,
    neverArtistKnown: totals.records - totals.scrobbled - totals.neverArtistUnknown,
    matchTypes: { exact, fuzzy, artist_only, none },
  };
}

/** The number of records with at least one spin. */
export function countSpunRecords(database: Database, span: Period | null): number {
  const query =
    span === null
      ? rawSql("SELECT count(*) FROM match WHERE spins > 0")
      : sql`SELECT count(DISTINCT record_id) FROM (${recordSpinsSql}) WHERE ${buildPeriodSql(rawSql("started_uts"), span)}`;
  return queryValue(database, 0)`${query}`;
}

/** The number of albums on the shelf, editions and copies counted once. */
export function countOwnedAlbums(database: Database): number {
  const albums = queryRows<{ kind: string; key: string }>(database)`
    SELECT release.kind AS kind, release.album_key AS key FROM release
    WHERE id IN (SELECT release_id FROM record)`;
  return new Set(albums.map(toAlbumKey)).size;
}

/** The same, of those heard within the span, scrobbled or logged, of those spun and of those without a scrobble. */
export function countHeardAlbums(
  database: Database,
  span: Period,
): Record<"played" | "spun" | "onlyLogged", number> {
  const { definitions, tables, isHeard, plays, spins } = buildRecordSource({ during: span });
  type HeardRecord = Pick<KeyedRecord, "kind" | "key"> & Record<"plays" | "spins", number | null>;
  const records = queryRows<HeardRecord>(database)`
    ${buildWithSql(definitions)} SELECT release.kind AS kind, release.album_key AS key, ${plays} AS plays,
      ${spins} AS spins FROM ${tables} WHERE ${isHeard}`;
  const countAlbumsWith = (name: "plays" | "spins"): number =>
    new Set(records.filter((record) => (record[name] ?? 0) > 0).map(toAlbumKey)).size;
  const played = new Set(records.map(toAlbumKey)).size;
  return { played, spun: countAlbumsWith("spins"), onlyLogged: played - countAlbumsWith("plays") };
}
