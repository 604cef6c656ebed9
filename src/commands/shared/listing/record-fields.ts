// The fields of every list of records, in the order of CSV and other forms for programs. To add one, add a row here. A
// screen names the columns it shows; filters and sort orders add theirs, and --columns can name any.
import { renderLink } from "../../../output/terminal.ts";
import type { Field } from "../../../output/field.ts";
import { formatConfidence } from "../../../output/format-numbers.ts";
import { toAmount, formatPrice } from "../../../model/price.ts";
import type { RecordBrief, RecordRow } from "../../../queries/records/read-records.ts";
import { getFilterColumns, type RecordFilter } from "../../../queries/filters/record-filter.ts";
import { recordOrders, recordSorts } from "../../../queries/records/record-order.ts";
import {
  artistField,
  countField,
  dayField,
  nameWidth,
  numberField,
  buildRecordUrl,
  titleField,
} from "./list-fields.ts";

/** The facts about a record that screens show. */
export interface RecordLine extends RecordBrief {
  /** Plays of near misses, where a screen shows them. */
  readonly closePlays?: number;
  /** How many copies share the line. */
  readonly copies?: number;
  /** The forms of all of them. */
  readonly formOfCopies?: string;
}

type FullRow = RecordRow & RecordLine;

/** A shortened address would not work, so it is wrapped. */
const urlWidth = { share: 3, maxWidth: 200, cut: "wrap" } as const;

const count = countField<RecordLine>;
const day = dayField<RecordLine>;

/** A name or a list of names. */
function nameField(
  name: string,
  header: string,
  value: (row: RecordRow) => string | null | readonly string[],
): Field<RecordRow> {
  return { name, header, value, flexible: nameWidth };
}

/** Every field, also those that only screens show. The names are a promise to users: rewind sql has the same ones. */
export const allRecordFields: readonly Field<FullRow>[] = [
  numberField<RecordLine>("id", (row) => row.id),
  count("release_id", "Release", (row) => row.releaseId),
  countField("master_id", "Master", (row) => row.masterId),
  artistField<RecordLine>("artist", (row) => row.artist),
  titleField<RecordLine>("title", (row) => row.title, {
    suffix: ({ copies = 1 }) => (copies > 1 ? ` ×${copies}` : ""),
    paint: (cell, row, { screen }) => renderLink(cell, buildRecordUrl(row.releaseId), screen),
  }),
  count("year", "Year", (row) => row.year, 2),
  { name: "kind", header: "Kind", value: (row) => row.kind },
  {
    name: "form",
    header: "Form",
    value: (row) => row.form,
    cell: ({ form, formOfCopies = form }) => formOfCopies,
    dropOrder: 5,
  },
  { name: "format", header: "Format", value: (row) => row.format },
  nameField("label", "Label", (row) => row.label),
  nameField("catalog_number", "Cat. no.", (row) => row.catalogNumber),
  nameField("genres", "Genres", (row) => row.genres),
  nameField("styles", "Styles", (row) => row.styles),
  nameField("folder", "Folder", (row) => row.folder),
  { ...count("rating", "Rating", (row) => row.rating), cell: ({ rating }) => (rating === 0 ? "" : rating) },
  day("added_at", "Added", (row) => row.addedUts, 4),
  count("play_count", "Plays", (row) => row.playCount),
  count("spins", "Spins", (row) => row.spins, 1),
  day("last_played", "Last", (row) => row.lastPlayedUts),
  {
    name: "match_type",
    header: "Match",
    value: (row) => row.matchType,
    cell: formatMatch,
    dropOrder: 4,
    paint: (cell, _, { colours }) => (cell.startsWith("~") || cell === "you" ? colours.yellow(cell) : cell),
  },
  {
    ...count("match_confidence", "Conf.", (row) => row.confidence),
    cell: (row) => formatConfidence(row.confidence),
  },
  { name: "decided_by", header: "Decided by", value: (row) => row.decidedBy },
  nameField("album_artist", "Matched artist", (row) => row.albumArtist),
  nameField("album_name", "Matched album", (row) => row.albumTitle),
  count("original_year", "First", (row) => row.originalYear),
  { name: "cover_url", header: "Cover", value: (row) => row.coverUrl, flexible: urlWidth },
  {
    name: "discogs_url",
    header: "Discogs",
    value: (row) => buildRecordUrl(row.releaseId),
    flexible: urlWidth,
    paint: (cell, row, { screen }) => renderLink(cell, buildRecordUrl(row.releaseId), screen),
  },
  countField("stray_plays", "Stray", (row) => row.strayPlays),
  costField("paid", "Paid", (row) => row.paidCents),
  { name: "currency", header: "Currency", value: (row) => row.currency },
  costField("cost_per_spin", "A spin", (row) => row.costPerSpinCents),
  costField("cost_per_play", "A play", (row) => row.costPerPlayCents),
  { ...count("artist_plays", "Others", (row) => row.artistPlays), isOfScreens: true },
  { ...count("close_plays", "Close", ({ closePlays = 0 }) => closePlays || null), isOfScreens: true },
];

/** The last play of all time, which replaces that in the span. */
export const lastPlayedEverField = day("last_played", "Last", (row) => row.lastEverPlayedUts);

/** The fields of records, some of them changed. */
export function customizeRecordFields<Row extends FullRow>(
  changes: Readonly<Record<string, Partial<Field<Row>>>>,
): readonly Field<Row>[] {
  return allRecordFields.map((field) => ({ ...field, ...changes[field.name] }));
}

/** `names` with the columns that the filters and the sort order need. Those that are missing come before one of them. */
export function selectRecordColumns(
  { filter, sort }: { readonly filter: RecordFilter; readonly sort: string },
  names: readonly string[],
  before: string,
): { names: string[]; requested: string[] } {
  const order = recordSorts.find((name) => name === sort);
  const requested = [
    ...getFilterColumns(filter),
    ...(order === undefined ? [] : [recordOrders[order].column]),
  ];
  const at = names.indexOf(before);
  const missing = allRecordFields
    .map(({ name }) => name)
    .filter((name) => requested.includes(name) && !names.includes(name));
  return { names: [...names.slice(0, at), ...missing, ...names.slice(at)], requested };
}

function costField(
  name: string,
  header: string,
  getCents: (row: RecordLine) => number | null,
): Field<RecordLine> {
  const cell = (row: RecordLine): string => {
    const cents = getCents(row);
    return cents === null ? "" : formatPrice({ cents, currency: row.currency });
  };
  return {
    ...count(name, header, (row) => toAmount(getCents(row))),
    cell,
    beside: { name: "currency", cell: (row) => cell(row).replace(/ .*/, "") },
  };
}

/** "" exact, "~.90" fuzzy, "you" the user's own decision, "artist", "none". */
function formatMatch({ matchType, confidence, decidedBy }: RecordLine): string {
  if (decidedBy === "user") return "you";
  if (matchType === "fuzzy") return `~${formatConfidence(confidence)}`;
  return matchType === "exact" ? "" : matchType === "artist_only" ? "artist" : "none";
}
