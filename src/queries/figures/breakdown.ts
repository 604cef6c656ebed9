// The shelf divided by a dimension: records and plays of each part.
import type { Database } from "../../store/file/database.ts";
import { eachRow, oneRowOf, plain, rowsOf, sql, tuplesOf, type Sql, valueOf } from "../../store/file/sql.ts";
import { type Span, within } from "../conditions/span.ts";
import { isOwnedAlbum } from "./ownership.ts";
import type { Period } from "./periods.ts";
import { playedTable, recordSpins, recordSource, withThese } from "./play-counts.ts";
import { compareTexts } from "./played-most.ts";
import { albumKey } from "./same-album.ts";
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

const ofList = (column: string) =>
  ({
    value: "nullif(item.value, '')",
    join: `LEFT JOIN json_each(release.${column}) AS item`,
  }) as const;

const ofChildren = (childTable: string) =>
  ({
    value: "nullif(child.name, '')",
    join: `LEFT JOIN ${childTable} AS child ON child.release_id = record.release_id`,
  }) as const;

/** The dimensions of `stats --by`, in the order of the help. A new one is a row here. */
const table = {
  genre: { heading: "Genre", none: "no genre", ...ofList("genres") },
  style: { heading: "Style", none: "no style", ...ofList("styles") },
  label: { heading: "Label", none: "no label", ...ofChildren("release_label") },
  folder: {
    heading: "Folder",
    none: "no folder",
    value: "folder.name",
    join: "LEFT JOIN folder ON folder.id = record.folder_id",
  },
  form: { heading: "Form", none: "no form", value: "release.form" },
  format: { heading: "Format", none: "no format", ...ofChildren("release_format") },
  added: { heading: "Added in", none: "no date", value: "local_year(record.added_uts)", order: "value" },
  artist: { heading: "Artist", none: "no artist", ...ofChildren("release_artist") },
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

type Compare = (a: Part, b: Part) => number;

const neverScrobbled = ({ records, scrobbled }: Part): number => records - scrobbled;

const sorts = {
  records: (a, b) => b.records - a.records,
  scrobbled: (a, b) => b.scrobbled - a.scrobbled,
  /** Parts with many records and few plays first. */
  never: (a, b) => neverScrobbled(b) - neverScrobbled(a) || a.plays - b.plays || b.records - a.records,
  plays: (a, b) => b.plays - a.plays,
} as const satisfies Readonly<Record<string, Compare>>;

export type PartSort = keyof typeof sorts;
export const partSorts = Object.keys(sorts) as PartSort[];

/** A stable sort. The part of records without a value comes last. */
export function orderedParts<Ordered extends Part>(
  parts: readonly Ordered[],
  { sort, reverse }: { readonly sort: PartSort | null; readonly reverse: boolean },
): readonly Ordered[] {
  const compare: Compare = sort === null ? () => 0 : sorts[sort];
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

const shelf = plain("record JOIN release ON release.id = record.release_id");

/** A statement that selects columns and `value`, the part of each record, without duplicates. */
export function membersOf(name: DimensionName, columns: Sql, tables = shelf): Sql {
  const { value, join = "" } = dimensions[name];
  return sql`SELECT DISTINCT ${columns}, CAST(${plain(value)} AS TEXT) AS value FROM ${tables} ${plain(join)}`;
}

/** A statement that selects `album_id` and `value`: the parts in which an album is owned. */
function ownedParts(name: DimensionName): Sql {
  const tables = sql`record_album JOIN record ON record.id = record_album.record_id
    JOIN release ON release.id = record.release_id`;
  return membersOf(name, plain("album_id"), tables);
}

/** Maps a record's number to its part, the first of several. null: the record has no value. */
export function partOfEachRecord(database: Database, name: DimensionName): Map<number, string | null> {
  const parts = new Map<number, string | null>();
  const rows = eachRow<{ id: number; value: string | null }>(database)`
    ${membersOf(name, plain("record.id AS id"))}`;
  for (const { id, value } of rows) if (!parts.has(id)) parts.set(id, value);
  return parts;
}

/** Compares parts by the dimension's own order, or by name. */
export function byOwnOrder(name: DimensionName): (a: string | null, b: string | null) => number {
  return (a, b) => byPlace(dimensions[name], { value: a, records: 0 }, { value: b, records: 0 });
}

/** Largest part first, times in their own order, records without a value last. */
export function breakDown(database: Database, name: DimensionName, span: Span | null): Part[] {
  const scope = span === null ? {} : { during: span };
  const { definitions, tables, isHeard } = recordSource(scope);
  const members = membersOf(name, plain("record.id AS member_id"));
  const parts = rowsOf<Omit<Part, "plays">>(database)`${withThese(definitions)}
    SELECT value, count(*) AS records, sum(${isHeard}) AS scrobbled
    FROM (${members}) JOIN ${tables} WHERE match.record_id = member_id GROUP BY value`;
  const plays = new Map(
    tuplesOf<[string | null, number]>(database)`
      WITH ${playedTable(span)}, owned AS (${ownedParts(name)})
      SELECT value, sum(played.plays) FROM owned JOIN played ON played.album_id = owned.album_id GROUP BY value`,
  );
  return parts
    .map((part) => ({ ...part, plays: plays.get(part.value) ?? 0 }))
    .toSorted((a, b) => byPlace(dimensions[name], a, b));
}

/** Plays in each period: of each part, and of all parts, where each album counts once. Plays without a date are left out. */
export function playsByPeriod(database: Database, by: DimensionName, periods: readonly Period[]) {
  const spans = JSON.stringify(periods.map(({ fromUts, toUts }) => [fromUts, toUts]));
  const rows = tuplesOf<[isPart: number, value: string | null, at: number, plays: number]>(database)`
    WITH owned AS MATERIALIZED (${ownedParts(by)}),
      period AS MATERIALIZED (
        SELECT key AS at, value ->> 0 AS from_uts, value ->> 1 AS to_uts FROM json_each(${spans})),
      played AS MATERIALIZED (
        SELECT period.at AS at, track.album_id AS album_id, count(*) AS plays
        FROM period CROSS JOIN scrobble ON scrobble.uts >= period.from_uts AND scrobble.uts < period.to_uts
        CROSS JOIN track ON track.id = scrobble.track_id
        WHERE ${isOwnedAlbum("track.album_id")} GROUP BY period.at, track.album_id)
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

function byPlace(
  { order }: Dimension,
  a: Pick<Part, "value" | "records">,
  b: Pick<Part, "value" | "records">,
): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  if (order !== undefined && order !== "value") return order.indexOf(a.value) - order.indexOf(b.value);
  const byValue = compareTexts(a.value, b.value);
  return order === "value" ? byValue : b.records - a.records || byValue;
}

export type ShelfTotals = ReturnType<typeof shelfTotals>;

/** The whole collection, or its records of one kind. span null: all time. */
export function shelfTotals(database: Database, span: Span | null, onlyKind?: Kind) {
  const scope = span === null ? {} : { during: span };
  const where = onlyKind === undefined ? plain("true") : sql`release.kind = ${onlyKind}`;
  const { definitions, tables, isHeard, plays } = recordSource(scope);
  // scrobbled: with at least one play, logged ones included. notedOnly: with logged plays only.
  type Figures = Record<MatchType | "records" | "scrobbled" | "notedOnly" | "neverArtistUnknown", number>;
  const [{ exact, fuzzy, artist_only, none, ...totals }] = oneRowOf<Figures>(database)`
    ${withThese(definitions)}
    SELECT count(*) AS records,
      count(*) FILTER (WHERE ${isHeard}) AS scrobbled,
      count(*) FILTER (WHERE ${isHeard} AND ${plays} = 0) AS notedOnly,
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
export function countSpunRecords(database: Database, span: Span | null): number {
  const query =
    span === null
      ? plain("SELECT count(*) FROM match WHERE spins > 0")
      : sql`SELECT count(DISTINCT record_id) FROM (${recordSpins}) WHERE ${within(plain("started_uts"), span)}`;
  return valueOf(database, 0)`${query}`;
}

/** The number of albums on the shelf, editions and copies counted once. */
export function countOwnedAlbums(database: Database): number {
  const albums = rowsOf<{ kind: string; key: string }>(database)`
    SELECT release.kind AS kind, release.edition_key AS key FROM release
    WHERE id IN (SELECT release_id FROM record)`;
  return new Set(albums.map(albumKey)).size;
}
