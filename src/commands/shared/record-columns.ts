// The columns of every list of records, in the order of the forms for programs. A new one is a row here; a screen names
// the ones that it shows.
import { linked } from "../../output/colour.ts";
import { localDay } from "../../output/dates.ts";
import type { SafeText } from "../../output/escape.ts";
import type { Field, CellValue } from "../../output/listing.ts";
import { confidenceText } from "../../output/numbers.ts";
import type { Look } from "../../output/present.ts";
import type { Column } from "../../output/table.ts";
import { isoSeconds } from "../../queries/contract.ts";
import type { RecordBrief, RecordRow } from "../../queries/cross-reference.ts";

/** What a screen needs of a record. */
export interface RecordLine extends Omit<RecordBrief, "kind" | "rating"> {
  /** Plays of near misses; only where they are shown. */
  readonly closePlays?: number;
  /** How many copies share the line. */
  readonly copies?: number;
}

/** A column of the forms for programs alone. Names are promised: they are those of the views of rewind sql. */
interface FormColumn {
  readonly header?: undefined;
  value(this: void, row: RecordRow): CellValue;
  readonly numeric?: true;
  /** It follows the others, with the order that brings it. */
  readonly isBrought?: true;
}

/** A column of a screen too. */
interface ScreenColumn extends Omit<Column<RecordLine>, "cell" | "paint"> {
  readonly header: string;
  value(this: void, row: RecordLine): CellValue;
  /** Where it is another text than the value. */
  cell?(this: void, row: RecordLine): string | number;
  paint?(this: void, cell: SafeText, row: RecordLine, look: Look): SafeText;
  readonly numeric?: true;
  readonly isBrought?: true;
  /** Told by no form. */
  readonly isOfScreens?: true;
}

const iso = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));
const day = (uts: number | null): string => (uts === null ? "" : localDay(uts));

const table = {
  id: {
    header: "#",
    value: (row) => row.id,
    numeric: true,
    isKey: true,
    paint: (cell, _, { colours }) => colours.dim(cell),
  },
  release_id: { value: (row) => row.releaseId, numeric: true },
  master_id: { value: (row) => row.masterId, numeric: true },
  artist: {
    header: "Artist",
    value: (row) => row.artist,
    flexible: { share: 2, maxWidth: 28, cut: "end" },
    isName: true,
  },
  title: {
    header: "Title",
    value: (row) => row.title,
    suffix: ({ copies = 1 }) => (copies > 1 ? ` ×${copies}` : ""),
    flexible: { share: 3, maxWidth: 60, cut: "middle" },
    isName: true,
    paint: (cell, row, { screen }) =>
      linked(cell, `https://www.discogs.com/release/${row.releaseId}`, screen),
  },
  year: { header: "Year", value: (row) => row.year, numeric: true, dropOrder: 2 },
  kind: { value: (row) => row.kind },
  form: { header: "Form", value: (row) => row.form, dropOrder: 5 },
  format: { value: (row) => row.format },
  label: { value: (row) => row.label },
  catalog_number: { value: (row) => row.catalogNumber },
  genres: { value: (row) => row.genres },
  styles: { value: (row) => row.styles },
  folder: { value: (row) => row.folder },
  rating: { value: (row) => row.rating, numeric: true },
  added_at: {
    header: "Added",
    value: (row) => iso(row.addedUts),
    cell: (row) => day(row.addedUts),
    dropOrder: 4,
  },
  play_count: { header: "Plays", value: (row) => row.playCount, numeric: true },
  spins: { header: "Spins", value: (row) => row.spins, numeric: true, dropOrder: 1 },
  last_played: {
    header: "Last",
    value: (row) => iso(row.lastPlayedUts),
    cell: (row) => day(row.lastPlayedUts),
  },
  match_type: {
    header: "Match",
    value: (row) => row.matchType,
    cell: matchText,
    dropOrder: 4,
    paint: (cell, _, { colours }) => (cell.startsWith("~") || cell === "you" ? colours.yellow(cell) : cell),
  },
  match_confidence: { value: (row) => row.confidence, numeric: true },
  decided_by: { value: (row) => row.decidedBy },
  album_artist: { value: (row) => row.albumArtist },
  album_name: { value: (row) => row.albumTitle },
  original_year: { header: "First", value: (row) => row.originalYear, numeric: true },
  artist_plays: { header: "Others", value: (row) => row.artistPlays, numeric: true, isBrought: true },
  close_plays: {
    header: "Close",
    value: ({ closePlays = 0 }) => (closePlays === 0 ? null : closePlays),
    numeric: true,
    isOfScreens: true,
  },
} as const satisfies Readonly<Record<string, FormColumn | ScreenColumn>>;

type Table = typeof table;
type ColumnName = keyof Table;
type ScreenColumnName = {
  [Name in ColumnName]: Table[Name] extends { readonly header: string } ? Name : never;
}[ColumnName];

const rows: readonly (readonly [string, FormColumn | ScreenColumn])[] = Object.entries(table);

/** For programs. Names and order are promised; more may follow them. */
export const recordFields: readonly Field<RecordRow>[] = rows
  .filter(([, row]) => row.isBrought !== true && !("isOfScreens" in row))
  .map(fieldOf);

/** The fields of records, and the one that an order brings. */
export function recordFieldsWith(brought: string | undefined): readonly Field<RecordRow>[] {
  return [...recordFields, ...rows.filter(([name]) => name === brought).map(fieldOf)];
}

function fieldOf([name, { value, numeric }]: (typeof rows)[number]): Field<RecordRow> {
  return { name, value, ...(numeric === undefined ? {} : { numeric }) };
}

export type RecordColumn = Column<RecordLine>;

/** For a screen, each by its name. */
export function recordColumns(look: Look): Record<ScreenColumnName, RecordColumn> {
  const columns = rows.flatMap(([name, row]) =>
    row.header === undefined ? [] : [[name, columnOf(row, look)]],
  );
  return Object.fromEntries(columns) as Record<ScreenColumnName, RecordColumn>;
}

function columnOf({ value, cell, paint, ...rest }: ScreenColumn, look: Look): RecordColumn {
  return {
    ...rest,
    cell: cell ?? ((row) => textOf(value(row))),
    ...(paint === undefined ? {} : { paint: (text, row) => paint(text, row, look) }),
  };
}

function textOf(value: CellValue): string | number {
  return typeof value === "number" ? value : value === null ? "" : String(value);
}

/** "" exact, "~.90" fuzzy, "you" the user's own decision, "artist", "none". */
function matchText({ matchType, confidence, decidedBy }: RecordLine): string {
  if (decidedBy === "user") return "you";
  if (matchType === "fuzzy") return `~${confidenceText(confidence)}`;
  return matchType === "exact" ? "" : matchType === "artist_only" ? "artist" : "none";
}
