// The columns of every list of records, in the order of CSV and other forms for programs. To add a column, add a row
// here. A screen names the columns it shows; filters and sort orders add theirs, and --columns can name any.
import { type TerminalStyle, linked } from "../../../output/terminal-style.ts";
import { type Column, cellText, type CellValue, columnWithin, type Field } from "../../../output/field.ts";
import { localDay } from "../../../output/dates.ts";
import type { SafeText } from "../../../output/escape.ts";
import { confidenceText } from "../../../output/number-text.ts";
import { amountOf, priceText } from "../../../model/price.ts";
import { isoSeconds } from "../../../queries/records/contract.ts";
import type { RecordBrief, RecordRow } from "../../../queries/records/read-records.ts";
import { columnsOfFilter, type RecordFilter } from "../../../queries/filters/record-filter.ts";
import { recordOrders, recordSorts } from "../../../queries/records/record-order.ts";
import { nameWidth, titleWidth } from "./name-columns.ts";

/** The facts about a record that screens show. */
export interface RecordLine extends RecordBrief {
  /** Plays of near misses, where a screen shows them. */
  readonly closePlays?: number;
  /** How many copies share the line. */
  readonly copies?: number;
  /** Further records by the artist, hidden by --per-artist. */
  readonly more?: number;
}

/** The names are a promise to users: rewind sql has the same ones. */
interface AnyColumn<Row> extends Omit<Column<Row>, "cell" | "paint"> {
  value(this: void, row: Row): CellValue;
  /** The text in a table, if it differs from the value. */
  cell?(this: void, row: Row): string | number;
  paint?(this: void, cell: SafeText, row: Row, style: TerminalStyle): SafeText;
  readonly numeric?: true;
  /** A screen shows it after its other columns, together with the sort order that needs it. */
  readonly isBrought?: true;
  /** true: not part of CSV and other forms for programs. */
  readonly isOfScreens?: true;
}

/** A column that needs only the brief facts about a record. */
interface BriefColumn extends AnyColumn<RecordLine> {
  readonly isInFull?: undefined;
}

/** A column that needs the full record. */
interface FullColumn extends AnyColumn<RecordRow> {
  readonly isInFull: true;
}

const discogsUrl = ({ releaseId }: RecordLine): string => `https://www.discogs.com/release/${releaseId}`;
/** A shortened address would not work, so it is wrapped. */
const address = { share: 3, maxWidth: 200, cut: "wrap" } as const;

const table = {
  id: {
    header: "#",
    value: (row) => row.id,
    numeric: true,
    isKey: true,
    paint: (cell, _, { colours }) => colours.dim(cell),
  },
  release_id: { header: "Release", value: (row) => row.releaseId, numeric: true },
  master_id: { header: "Master", value: (row) => row.masterId, numeric: true, isInFull: true },
  artist: {
    header: "Artist",
    value: (row) => row.artist,
    flexible: nameWidth,
    isName: true,
  },
  title: {
    header: "Title",
    value: (row) => row.title,
    suffix: ({ copies = 1 }) => (copies > 1 ? ` ×${copies}` : ""),
    flexible: titleWidth,
    isName: true,
    paint: (cell, row, { screen }) => linked(cell, discogsUrl(row), screen),
  },
  year: { header: "Year", value: (row) => row.year, numeric: true, dropOrder: 2 },
  kind: { header: "Kind", value: (row) => row.kind },
  form: { header: "Form", value: (row) => row.form, dropOrder: 5 },
  format: { header: "Format", value: (row) => row.format, isInFull: true },
  label: { header: "Label", value: (row) => row.label, flexible: nameWidth, isInFull: true },
  catalog_number: {
    header: "Cat. no.",
    value: (row) => row.catalogNumber,
    flexible: nameWidth,
    isInFull: true,
  },
  genres: { header: "Genres", value: (row) => row.genres, flexible: nameWidth, isInFull: true },
  styles: { header: "Styles", value: (row) => row.styles, flexible: nameWidth, isInFull: true },
  folder: { header: "Folder", value: (row) => row.folder, flexible: nameWidth, isInFull: true },
  rating: {
    header: "Rating",
    value: (row) => row.rating,
    cell: (row) => (row.rating === 0 ? "" : row.rating),
    numeric: true,
  },
  added_at: {
    header: "Added",
    value: (row) => isoSeconds(row.addedUts),
    cell: (row) => localDay(row.addedUts),
    dropOrder: 4,
  },
  play_count: { header: "Plays", value: (row) => row.playCount, numeric: true },
  spins: { header: "Spins", value: (row) => row.spins, numeric: true, dropOrder: 1 },
  last_played: {
    header: "Last",
    value: (row) => isoSeconds(row.lastPlayedUts),
    cell: (row) => localDay(row.lastPlayedUts),
  },
  match_type: {
    header: "Match",
    value: (row) => row.matchType,
    cell: matchText,
    dropOrder: 4,
    paint: (cell, _, { colours }) => (cell.startsWith("~") || cell === "you" ? colours.yellow(cell) : cell),
  },
  match_confidence: {
    header: "Conf.",
    value: (row) => row.confidence,
    cell: (row) => confidenceText(row.confidence),
    numeric: true,
  },
  decided_by: { header: "Decided by", value: (row) => row.decidedBy },
  album_artist: {
    header: "Scrobbled artist",
    value: (row) => row.albumArtist,
    flexible: nameWidth,
    isInFull: true,
  },
  album_name: {
    header: "Scrobbled album",
    value: (row) => row.albumTitle,
    flexible: nameWidth,
    isInFull: true,
  },
  original_year: { header: "First", value: (row) => row.originalYear, numeric: true },
  cover_url: { header: "Cover", value: (row) => row.coverUrl, flexible: address, isInFull: true },
  discogs_url: {
    header: "Discogs",
    value: (row) => discogsUrl(row),
    flexible: address,
    paint: (cell, row, { screen }) => linked(cell, discogsUrl(row), screen),
  },
  stray_plays: { header: "Stray", value: (row) => row.strayPlays, numeric: true, isInFull: true },
  paid: {
    header: "Paid",
    value: (row) => amountOf(row.paidCents),
    cell: (row) => costText(row.paidCents, row),
    numeric: true,
  },
  currency: { header: "Currency", value: (row) => row.currency },
  cost_per_spin: {
    header: "A spin",
    value: (row) => amountOf(row.costPerSpinCents),
    cell: (row) => costText(row.costPerSpinCents, row),
    numeric: true,
  },
  cost_per_play: {
    header: "A play",
    value: (row) => amountOf(row.costPerPlayCents),
    cell: (row) => costText(row.costPerPlayCents, row),
    numeric: true,
  },
  artist_plays: { header: "Others", value: (row) => row.artistPlays, numeric: true, isBrought: true },
  close_plays: {
    header: "Close",
    value: ({ closePlays = 0 }) => (closePlays === 0 ? null : closePlays),
    numeric: true,
    isOfScreens: true,
  },
  more: {
    header: "More",
    value: ({ more = 0 }) => (more === 0 ? null : more),
    numeric: true,
    isOfScreens: true,
  },
} as const satisfies Readonly<Record<string, BriefColumn | FullColumn>>;

type Table = typeof table;
type ColumnName = keyof Table;
type FullRow = RecordRow & RecordLine;
const rows: readonly (readonly [ColumnName, AnyColumn<FullRow>])[] = (
  Object.entries(table) as [ColumnName, AnyColumn<FullRow>][]
).map(([name, row]) => [name, row]);

/** For CSV and other forms for programs. Names and order are a promise; later versions may append fields. */
export const recordFields: readonly Field<RecordRow>[] = rows
  .filter(([, row]) => row.isBrought !== true && row.isOfScreens !== true)
  .map(fieldOf);

/** The fields of records, and the one that a sort order adds. */
export function recordFieldsWith(brought: string | undefined): readonly Field<RecordRow>[] {
  const further = rows.filter(([name, row]) => name === brought && row.isBrought === true);
  return [...recordFields, ...further.map(fieldOf)];
}

function fieldOf([name, row]: (typeof rows)[number]): Field<RecordRow> {
  const { value, numeric } = row;
  return {
    name,
    value,
    ...(numeric === undefined ? {} : { numeric }),
    column: (style) => columnOf(row, style),
  };
}

type RowOf<Name extends ColumnName> = (typeof table)[Name] extends { isInFull: true } ? FullRow : RecordLine;

/** The columns for screens, by name. */
export function recordColumns(style: TerminalStyle): { readonly [Name in ColumnName]: Column<RowOf<Name>> } {
  const columns = rows.map(([name, row]) => [name, columnOf(row, style)] as const);
  return Object.fromEntries(columns) as unknown as { [Name in ColumnName]: Column<RowOf<Name>> };
}

interface Additions {
  readonly filter: RecordFilter;
  readonly sort: string;
  /** Columns that the table shows anyway. */
  readonly shown: readonly string[];
}

/** Columns for rows that contain a record: all of them by name, and those that the filters and the sort order add. */
export function columnsWithin<Row>(
  style: TerminalStyle,
  recordOf: (row: Row) => FullRow,
  { filter, sort, shown }: Additions,
): { own: Readonly<Record<ColumnName, Column<Row>>>; added: Column<Row>[] } {
  const within = (column: Column<FullRow>): Column<Row> => columnWithin(column, recordOf);
  const own = rows.map(([name, row]) => [name, within(columnOf(row, style))] as const);
  const order = recordSorts.find((name) => name === sort);
  const names = [...columnsOfFilter(filter), ...(order === undefined ? [] : [recordOrders[order].column])];
  return {
    own: Object.fromEntries(own) as Record<ColumnName, Column<Row>>,
    added: broughtColumns(names, shown, style).map(within),
  };
}

/** The requested columns that are not shown anyway. They stay even on a narrow screen. */
function broughtColumns(
  brought: readonly string[],
  shown: readonly string[],
  style: TerminalStyle,
): readonly Column<FullRow>[] {
  return rows
    .filter(([name]) => brought.includes(name) && !shown.includes(name))
    .map(([, row]) => staying(columnOf(row, style)));
}

/** The columns of a screen: its own, and before one of them those of its filters and sort order. */
interface Showing {
  readonly names: readonly ColumnName[];
  readonly before: ColumnName;
  readonly brought: readonly string[];
}

/** The columns, and whether they need full records. */
export interface ShownColumns {
  readonly areInFull: boolean;
  columns(this: void, style: TerminalStyle): readonly Column<FullRow>[];
}

export function shownColumns({ names, before, brought }: Showing): ShownColumns {
  const isBrought = (name: string): boolean => brought.includes(name) && !(names as string[]).includes(name);
  return {
    areInFull: rows.some(([name]) => isBrought(name) && "isInFull" in table[name]),
    columns: (style) => {
      const all = recordColumns(style) as Readonly<Record<ColumnName, Column<FullRow>>>;
      const own = (some: readonly ColumnName[]): Column<FullRow>[] =>
        some.map((name) => (brought.includes(name) ? staying(all[name]) : all[name]));
      const at = names.indexOf(before);
      return [...own(names.slice(0, at)), ...broughtColumns(brought, names, style), ...own(names.slice(at))];
    },
  };
}

function staying<Row>(column: Column<Row>): Column<Row> {
  return { ...column, dropOrder: undefined };
}

function columnOf<Row>({ value, cell, paint, ...rest }: AnyColumn<Row>, style: TerminalStyle): Column<Row> {
  return {
    ...rest,
    cell: cell ?? ((row) => cellText(value(row))),
    ...(paint === undefined ? {} : { paint: (text, row) => paint(text, row, style) }),
  };
}

function costText(cents: number | null, { currency }: RecordLine): string {
  return cents === null ? "" : priceText({ cents, currency });
}

/** "" exact, "~.90" fuzzy, "you" the user's own decision, "artist", "none". */
function matchText({ matchType, confidence, decidedBy }: RecordLine): string {
  if (decidedBy === "user") return "you";
  if (matchType === "fuzzy") return `~${confidenceText(confidence)}`;
  return matchType === "exact" ? "" : matchType === "artist_only" ? "artist" : "none";
}
