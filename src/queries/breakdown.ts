// The shelf divided by one of its qualities: how many records in each part, how many of them played.
import type { Database } from "../store/database.ts";
import type { Dimension } from "./dimension.ts";
import { heardTable, playedTable } from "./play-counts.ts";
import type { Span } from "./filters/span.ts";

/** Dimensions in which one record can stand in several rows. */
export const manyValued: ReadonlySet<Dimension> = new Set(["genre", "style", "label", "format", "artist"]);

export interface Part {
  /** null: the records that have none. */
  readonly value: string | null;
  readonly records: number;
  /** Those with at least one play. */
  readonly scrobbled: number;
  /** Plays on the albums of these records, each album once. */
  readonly plays: number;
}

const ofRelease = (value: string): string =>
  `SELECT record.id, ${value} FROM record JOIN release ON release.id = record.release_id`;

const ofList = (column: string): string =>
  `SELECT DISTINCT record.id, nullif(item.value, '') FROM record
   JOIN release ON release.id = record.release_id LEFT JOIN json_each(release.${column}) AS item`;

const ofChildren = (table: string): string =>
  `SELECT DISTINCT record.id, nullif(child.name, '') FROM record
   LEFT JOIN ${table} AS child ON child.release_id = record.release_id`;

/** For each dimension a query of (record id, value), no pair twice. */
const members: Readonly<Record<Dimension, string>> = {
  genre: ofList("genres"),
  style: ofList("styles"),
  label: ofChildren("release_label"),
  folder: "SELECT record.id, folder.name FROM record LEFT JOIN folder ON folder.id = record.folder_id",
  form: ofRelease("release.form"),
  format: ofChildren("release_format"),
  artist: ofChildren("release_artist"),
  added: "SELECT record.id, local_year(record.added_uts) FROM record",
  kind: ofRelease("release.kind"),
  decade: ofRelease("(release.year / 10 * 10) || 's'"),
};

const kindOrder = ["album", "single", "compilation", "ep", "box", "other"];
const isTime: ReadonlySet<Dimension> = new Set(["added", "decade"]);

/** Largest part first; times in their own order; the records without a value last. */
export function breakDown(database: Database, dimension: Dimension, span: Span | null): Part[] {
  database.function("local_year", { deterministic: true }, (uts: unknown) =>
    typeof uts === "number" ? String(new Date(uts * 1000).getFullYear()) : null,
  );
  const played = playedTable(span);
  const tables = `WITH member (record_id, value) AS MATERIALIZED (${members[dimension]}), ${played.sql}`;
  const parts = database
    .prepare<unknown[], Omit<Part, "plays">>(
      `${tables}, ${heardTable}
       SELECT value, count(*) AS records, count(heard.record_id) AS scrobbled
       FROM member LEFT JOIN heard ON heard.record_id = member.record_id GROUP BY value`,
    )
    .all(...played.parameters);
  const plays = new Map(
    database
      .prepare<unknown[], [string | null, number]>(
        `${tables} SELECT value, sum(played.plays) FROM (
           SELECT DISTINCT value, album_id FROM member JOIN credit ON credit.record_id = member.record_id) AS owned
         JOIN played ON played.album_id = owned.album_id GROUP BY value`,
      )
      .raw()
      .all(...played.parameters),
  );
  return parts
    .map((part) => ({ ...part, plays: plays.get(part.value) ?? 0 }))
    .toSorted((a, b) => byPlace(dimension, a, b));
}

function byPlace(dimension: Dimension, a: Part, b: Part): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  if (dimension === "kind") return kindOrder.indexOf(a.value) - kindOrder.indexOf(b.value);
  const byValue = a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return isTime.has(dimension) ? byValue : b.records - a.records || byValue;
}
