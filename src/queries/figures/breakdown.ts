// The shelf divided by a dimension: records and plays of each part.
import type { Database } from "../../store/file/database.ts";
import { ownedAlbums } from "../../store/shelf/stored-albums.ts";
import { dimensions, type Dimension, type DimensionName } from "./dimensions.ts";
import { editionKeyExpressions } from "./same-album.ts";
import { playedTable } from "./play-counts.ts";
import { isHeard, recordSource, withThese } from "./record-source.ts";
import type { Span } from "../conditions/span.ts";

type Compare = (a: Part, b: Part) => number;

const neverScrobbled = ({ records, scrobbled }: Part): number => records - scrobbled;

const table = {
  records: (a, b) => b.records - a.records,
  scrobbled: (a, b) => b.scrobbled - a.scrobbled,
  /** Parts with many records and few plays first. */
  never: (a, b) => neverScrobbled(b) - neverScrobbled(a) || a.plays - b.plays || b.records - a.records,
  plays: (a, b) => b.plays - a.plays,
} as const satisfies Readonly<Record<string, Compare>>;

export type PartSort = keyof typeof table;
export const partSorts = Object.keys(table) as PartSort[];

/** A stable sort. The part of records without a value comes last. */
export function orderedParts<Ordered extends Part>(
  parts: readonly Ordered[],
  { sort, reverse }: { readonly sort: PartSort | null; readonly reverse: boolean },
): readonly Ordered[] {
  const compare: Compare = sort === null ? () => 0 : table[sort];
  const named = parts.filter(({ value }) => value !== null);
  const ordered = named.toSorted(compare);
  return [...(reverse ? ordered.toReversed() : ordered), ...parts.filter(({ value }) => value === null)];
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

/** Common table expressions `pair` and `member (member_id, value)`: the parts of each record, without duplicates. */
export function membersTable(name: DimensionName): string {
  return `pair (member_id, value) AS (${dimensions[name].members}),
    member AS MATERIALIZED (SELECT member_id, CAST(value AS TEXT) AS value FROM pair)`;
}

/** Maps a record's number to its part, the first of several. null: the record has no value. */
export function partOfEachRecord(database: Database, name: DimensionName): Map<number, string | null> {
  const parts = new Map<number, string | null>();
  const rows = database
    .prepare<[], [id: number, value: string | null]>(
      `WITH ${membersTable(name)} SELECT member_id, value FROM member`,
    )
    .raw()
    .iterate();
  for (const [id, value] of rows) if (!parts.has(id)) parts.set(id, value);
  return parts;
}

/** Compares parts by the dimension's own order, or by name. */
export function byOwnOrder(name: DimensionName): (a: string | null, b: string | null) => number {
  return (a, b) => byPlace(dimensions[name], { value: a, records: 0 }, { value: b, records: 0 });
}

/** Largest part first, times in their own order, records without a value last. */
export function breakDown(database: Database, name: DimensionName, span: Span | null): Part[] {
  const dimension = dimensions[name];
  const members = membersTable(name);
  const scope = span === null ? {} : { during: span };
  const source = recordSource(scope);
  const parts = database
    .prepare<unknown[], Omit<Part, "plays">>(
      `${withThese([members, ...source.definitions])}
       SELECT value, count(*) AS records, sum(${isHeard(scope)}) AS scrobbled
       FROM member JOIN ${source.tables} WHERE match.record_id = member.member_id GROUP BY value`,
    )
    .all(...source.parameters);
  const played = playedTable(span);
  const plays = new Map(
    database
      .prepare<unknown[], [string | null, number]>(
        `${withThese([members, played.sql, ownedAlbums(editionKeyExpressions(database))])} SELECT value, sum(played.plays) FROM (
           SELECT DISTINCT value, album_id FROM member JOIN record_album ON record_album.record_id = member.member_id) AS owned
         JOIN played ON played.album_id = owned.album_id GROUP BY value`,
      )
      .raw()
      .all(...played.parameters),
  );
  return parts
    .map((part) => ({ ...part, plays: plays.get(part.value) ?? 0 }))
    .toSorted((a, b) => byPlace(dimension, a, b));
}

function byPlace(
  { order }: Dimension,
  a: Pick<Part, "value" | "records">,
  b: Pick<Part, "value" | "records">,
): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  if (order !== undefined && order !== "value") return order.indexOf(a.value) - order.indexOf(b.value);
  const byValue = a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return order === "value" ? byValue : b.records - a.records || byValue;
}
