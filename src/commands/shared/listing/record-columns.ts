// The fields of every list of records, in the order of CSV and other forms for programs. To add one, add a row here. A
// screen names the columns it shows; filters and sort orders add theirs, and --columns can name any.
import { linkText, type TerminalStyle } from "../../../output/screen.ts";
import { namedColumns, type Column, type Field } from "../../../output/field.ts";
import { confidenceText } from "../../../output/number-text.ts";
import { localDay } from "../../../output/dates.ts";
import { amountOf, priceText } from "../../../model/price.ts";
import { isoSeconds } from "../../../model/times.ts";
import type { RecordBrief, RecordRow } from "../../../queries/records/read-records.ts";
import { columnsOfFilter, type RecordFilter } from "../../../queries/filters/record-filter.ts";
import { recordOrders, recordSorts } from "../../../queries/records/record-order.ts";
import { nameWidth, titleWidth, recordPage } from "./list-fields.ts";

/** The facts about a record that screens show. */
export interface RecordLine extends RecordBrief {
  /** Plays of near misses, where a screen shows them. */
  readonly closePlays?: number;
  /** How many copies share the line. */
  readonly copies?: number;
  /** The forms of all of them. */
  readonly formOfCopies?: string;
}

interface AnyField<Row> extends Omit<Field<Row>, "name"> {
  /** Only programs that sort by it get it. */
  readonly isBrought?: true;
  /** true: not part of CSV and other forms for programs. */
  readonly isOfScreens?: true;
}

type BriefField = AnyField<RecordLine> & { readonly isInFull?: undefined };
/** A field that needs the full record. */
type FullField = AnyField<RecordRow> & { readonly isInFull: true };

/** A shortened address would not work, so it is wrapped. */
const address = { share: 3, maxWidth: 200, cut: "wrap" } as const;

/** The names are a promise to users: rewind sql has the same ones. */
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
  artist: { header: "Artist", value: (row) => row.artist, flexible: nameWidth, isName: true },
  title: {
    header: "Title",
    value: (row) => row.title,
    suffix: ({ copies = 1 }) => (copies > 1 ? ` ×${copies}` : ""),
    flexible: titleWidth,
    isName: true,
    paint: (cell, row, { screen }) => linkText(cell, recordPage(row.releaseId), screen),
  },
  year: { header: "Year", value: (row) => row.year, numeric: true, dropOrder: 2 },
  kind: { header: "Kind", value: (row) => row.kind },
  form: {
    header: "Form",
    value: (row) => row.form,
    cell: ({ form, formOfCopies = form }) => formOfCopies,
    dropOrder: 5,
  },
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
    value: (row) => recordPage(row.releaseId),
    flexible: address,
    paint: (cell, row, { screen }) => linkText(cell, recordPage(row.releaseId), screen),
  },
  stray_plays: { header: "Stray", value: (row) => row.strayPlays, numeric: true, isInFull: true },
  paid: costField("Paid", (row) => row.paidCents),
  currency: { header: "Currency", value: (row) => row.currency },
  cost_per_spin: costField("A spin", (row) => row.costPerSpinCents),
  cost_per_play: costField("A play", (row) => row.costPerPlayCents),
  artist_plays: { header: "Others", value: (row) => row.artistPlays, numeric: true, isBrought: true },
  close_plays: {
    header: "Close",
    value: ({ closePlays = 0 }) => (closePlays === 0 ? null : closePlays),
    numeric: true,
    isOfScreens: true,
  },
} as const satisfies Readonly<Record<string, BriefField | FullField>>;

type ColumnName = keyof typeof table;
type FullRow = RecordRow & RecordLine;

/** Every field, also those that only screens show. */
export const allRecordFields = Object.entries(table as Readonly<Record<string, AnyField<FullRow>>>).map(
  ([name, field]) => ({ name, ...field }),
);

/** For CSV and other forms for programs. Names and order are a promise; later versions may append fields. */
export const recordFields: readonly Field<RecordRow>[] = recordFieldsWith(undefined);

/** The fields of records, and the one that a sort order adds. */
export function recordFieldsWith(sortColumn: string | undefined): readonly Field<RecordRow>[] {
  return allRecordFields.filter(
    ({ name, isBrought, isOfScreens }) => isOfScreens !== true && (isBrought !== true || name === sortColumn),
  );
}

/** The columns that filters and a sort order need. */
export function requestedColumns(filter: RecordFilter, sort: string): string[] {
  const order = recordSorts.find((name) => name === sort);
  return [...columnsOfFilter(filter), ...(order === undefined ? [] : [recordOrders[order].column])];
}

/** `names` with the requested columns that are missing, before one of them. */
export function withRequested(
  names: readonly string[],
  before: ColumnName,
  requested: readonly string[],
): string[] {
  const at = names.indexOf(before);
  const missing = allRecordFields
    .map(({ name }) => name)
    .filter((name) => requested.includes(name) && !names.includes(name));
  return [...names.slice(0, at), ...missing, ...names.slice(at)];
}

interface ShelfTable<Row> {
  readonly question: { readonly filter: RecordFilter; readonly sort: string };
  /** Fields besides those of the record, or instead of some. */
  readonly own?: readonly Field<Row>[];
  readonly names: readonly string[];
  readonly before: ColumnName;
}

/** The columns of a list of records with fields of its own, and those that its filters and sort order need. */
export function shelfColumns<Row extends FullRow>(
  style: TerminalStyle,
  { question: { filter, sort }, own = [], names, before }: ShelfTable<Row>,
): Column<Row>[] {
  const requested = requestedColumns(filter, sort);
  return namedColumns([...own, ...allRecordFields], style, {
    names: withRequested(names, before, requested),
    requested,
  });
}

/** Returns true if some of these columns need full records. */
export function areInFull(names: readonly string[]): boolean {
  return Object.entries(table).some(([name, field]) => names.includes(name) && "isInFull" in field);
}

function costField(header: string, centsOf: (row: RecordLine) => number | null): BriefField {
  return {
    header,
    value: (row) => amountOf(centsOf(row)),
    cell: (row) => {
      const cents = centsOf(row);
      return cents === null ? "" : priceText({ cents, currency: row.currency });
    },
    numeric: true,
  };
}

/** "" exact, "~.90" fuzzy, "you" the user's own decision, "artist", "none". */
function matchText({ matchType, confidence, decidedBy }: RecordLine): string {
  if (decidedBy === "user") return "you";
  if (matchType === "fuzzy") return `~${confidenceText(confidence)}`;
  return matchType === "exact" ? "" : matchType === "artist_only" ? "artist" : "none";
}
