// Fields, columns and addresses that many lists share.
import { formatDay } from "../../../output/format-dates.ts";
import type { Column, Field } from "../../../output/field.ts";
import { safe, type SafeText } from "../../../output/safe-text.ts";
import { joinParts } from "../../../output/paragraph.ts";
import type { Colours } from "../../../output/paint.ts";
import { toSafePageUrl } from "../../../output/terminal.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import { createPageUrlBuilder } from "../../../queries/statistics/readiness.ts";
import type { RecordRow } from "../../../queries/records/read-records.ts";
import type { Database } from "../../../store/file/database.ts";
import { toIsoOrNull } from "../../../model/times.ts";

export const nameWidth = { share: 2, maxWidth: 28, cut: "end" } as const;
export const titleWidth = { share: 3, maxWidth: 60, cut: "middle" } as const;

export function countField<Row>(
  name: string,
  header: string,
  value: (row: Row) => number | null,
  dropOrder?: number,
): Field<Row> {
  return { name, header, value, numeric: true, dropOrder };
}

/** A time: the local day in tables, ISO 8601 in UTC for programs. */
export function dayField<Row>(
  name: string,
  header: string,
  uts: (row: Row) => number | null,
  dropOrder?: number,
): Field<Row> {
  return {
    name,
    header,
    value: (row) => toIsoOrNull(uts(row)),
    cell: (row) => formatDay(uts(row)),
    dropOrder,
  };
}

/** The id to type for the next command: "a219", "r6872464". */
export function idField<Row>(name: string, prefix: "a" | "r", value: (row: Row) => number): Field<Row> {
  return {
    name,
    header: "id",
    value,
    cell: (row) => `${prefix}${value(row)}`,
    isKey: true,
    paint: (cell, _, { colours }) => colours.dim(cell),
  };
}

/** The number in the first column, "#". */
export function numberField<Row>(name: string, value: (row: Row) => number | null): Field<Row> {
  return { ...countField(name, "#", value), isKey: true, paint: (cell, _, { colours }) => colours.dim(cell) };
}

export function artistField<Row>(name: string, artist: (row: Row) => string): Field<Row> {
  return { name, value: artist, ...artistColumn(artist) };
}

export function titleField<Row>(
  name: string,
  title: (row: Row) => string | null,
  parts: Partial<Field<Row>> = {},
): Field<Row> {
  return { name, value: title, header: "Title", flexible: titleWidth, isName: true, ...parts };
}

// The columns that identify a line: its number, the artist and the title.

type Cell<Row> = Column<Row>["cell"];

export function numberColumn<Row>(colours: Colours, cell: Cell<Row>): Column<Row> {
  return { header: "#", cell, numeric: true, isKey: true, paint: (text) => colours.dim(text) };
}

export function artistColumn<Row>(cell: Cell<Row>): Column<Row> {
  return { header: "Artist", cell, flexible: nameWidth, isName: true };
}

export function titleColumn<Row>(cell: Cell<Row>, suffix?: Column<Row>["suffix"]): Column<Row> {
  return { header: "Title", cell, flexible: titleWidth, isName: true, suffix };
}

/** The first label and its number: "Asylum 7E-1087". */
export function formatLabel({ label, catalogNumber }: Pick<RecordRow, "label" | "catalogNumber">): string {
  return joinParts([label ?? "", catalogNumber ?? ""], " ");
}

/** A record's page on Discogs. */
export function buildRecordUrl(releaseId: number): SafeText {
  return safe`https://www.discogs.com/release/${releaseId}`;
}

/** An album's page: the address that the listening service gave, or one made from the album's names. */
export function findAlbumUrl(database: Database, { url, artist, title }: ChartAlbum): SafeText | null {
  return toSafePageUrl(url ?? "") ?? toSafePageUrl(createPageUrlBuilder(database)({ artist, album: title }));
}
