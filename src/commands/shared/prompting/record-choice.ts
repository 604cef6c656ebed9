// Finds the records that words name, and lists several to choose from.
import type { Context } from "../../../context.ts";
import { createNotFoundError } from "../../../actions/resolve-target.ts";
import { UsageError } from "../../../model/errors.ts";
import { formatNameList, formatArtistAndTitle, formatQuotedName } from "../../../model/names.ts";
import { toPrintable, safe, type SafeText } from "../../../output/safe-text.ts";
import type { Column } from "../../../output/field.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { wrapText } from "../../../output/paragraph.ts";
import type { TerminalStyle } from "../../../output/terminal.ts";
import { renderSectionTable } from "../../../output/table.ts";
import {
  findRecords,
  splitNumbers,
  type Copy,
  type FoundRecords,
  type Hit,
} from "../../../queries/find/find-records.ts";
import { computeMaxPlays } from "../../../queries/statistics/same-album.ts";
import { joinForms } from "../../../queries/records/copies.ts";
import type { Database } from "../../../store/file/database.ts";
import { artistColumn, numberColumn, titleColumn } from "../listing/list-fields.ts";
import { reportReading } from "../listing/run-listing.ts";

/**
 * Throws UsageError if nothing is found. Prints a notice if a bare number has a second meaning, or if the words were not
 * found as typed.
 */
export function requireRecords(context: Context, database: Database, words: readonly string[]): FoundRecords {
  const finding = findRecords(database, words);
  const [hit] = finding.hits;
  if (hit === undefined) throw createNotFoundError(words.join(" "), finding.by);
  reportReading(context, "record", words, finding);
  const [titled, ...others] = finding.alsoTitled.map(([copy]) => copy);
  if (titled !== undefined) {
    const subject = finding.by === "record" ? `Record ${hit[0].id}` : `Release r${hit[0].releaseId}`;
    const rest = others.map(({ artist, id }) => `, that by ${artist} is ${id}`).join("");
    context.note(
      `${subject} is ${formatArtistAndTitle(hit[0])}. The album ${titled.title} by ${titled.artist} is ${titled.id}${rest}: rewind explain ${titled.id}`,
    );
  }
  return finding;
}

/** "931,1204" names two records. Anything else names one, by as many words as given. */
export function splitRecordList(words: readonly string[]): readonly (readonly string[])[] {
  const numbers = splitNumbers(words.join(" ").trim());
  return numbers.length > 1 ? numbers.map((number) => [number]) : [words];
}

export function createSeveralFoundError(text: string, hits: readonly Hit[]): UsageError {
  const names = formatNameList(hits.map(([copy]) => `${copy.id} ${formatQuotedName(copy)}`));
  return new UsageError(
    `"${text}" is ambiguous: ${pluralize(hits.length, "album")} on the shelf fit`,
    `${names}\nGive the number, or more words.`,
  );
}

const maxShown = 12;

function formatRecordCount(hits: readonly Hit[]): string {
  return pluralize(hits.flat().length, "record");
}

/** Lists the albums that words name. One line for each, with the forms and plays of all its copies. */
export function renderChoice(words: string, hits: readonly Hit[], style: TerminalStyle): SafeText[] {
  const { screen } = style;
  const question = `${formatRecordCount(hits)} have "${words}" in artist or title. Give the number of one, or more words: rewind explain ${hits[0]?.[0].id ?? ""}`;
  const firstHits = screen.isTerminal ? hits.slice(0, maxShown) : hits;
  const rest = hits.slice(firstHits.length);
  const note = rest.length === 0 ? "" : `${formatRecordCount(rest)} more: rewind xref ${words} --all`;
  return [
    ...wrapText(question, screen),
    toPrintable(""),
    ...renderAlbumChoices(firstHits, style),
    ...(note === "" ? [] : wrapText(note, screen).map((line) => safe`  ${line}`)),
  ];
}

type CopySummary = Pick<Copy, "id" | "artist" | "title" | "form" | "year" | "playCount">;

export function renderAlbumChoices(
  albums: readonly (readonly [CopySummary, ...CopySummary[]])[],
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const columns: readonly Column<(typeof albums)[number]>[] = [
    numberColumn(colours, ([{ id }]) => id),
    artistColumn(([{ artist }]) => artist),
    titleColumn(
      ([{ title }]) => title,
      ({ length }) => (length > 1 ? ` ×${length}` : ""),
    ),
    { header: "Form", cell: joinForms, dropOrder: 3 },
    { header: "Year", cell: ([{ year }]) => year ?? "", numeric: true, dropOrder: 2 },
    { header: "Plays", cell: computeMaxPlays, numeric: true, dropOrder: 4 },
  ];
  return renderSectionTable(columns, albums, screen);
}
