// Finds the records that words name, and lists several to choose from.
import type { Context } from "../../../context.ts";
import { reportNothingFound } from "../../../actions/resolve-target.ts";
import { UsageError } from "../../../model/errors.ts";
import { namedBriefly, plainName, quotedName } from "../../../model/names.ts";
import { printable, safe, type SafeText } from "../../../output/escape.ts";
import type { Column } from "../../../output/field.ts";
import { counted } from "../../../output/number-text.ts";
import { wrapText } from "../../../output/paragraph.ts";
import type { TerminalStyle } from "../../../output/screen.ts";
import { sectionTable } from "../../../output/table.ts";
import {
  findRecords,
  splitNumbers,
  type Copy,
  type FoundRecords,
  type Hit,
} from "../../../queries/find/find-records.ts";
import { mostPlays } from "../../../queries/figures/same-album.ts";
import { formsTogether } from "../../../queries/records/copies.ts";
import type { Database } from "../../../store/file/database.ts";
import { artistColumn, numberColumn, titleColumn } from "../listing/list-fields.ts";
import { noteReading } from "../listing/run-listing.ts";

/**
 * Throws UsageError if nothing is found. Prints a notice if a bare number has a second meaning, or if the words were not
 * found as typed.
 */
export function foundRecords(context: Context, database: Database, words: readonly string[]): FoundRecords {
  const finding = findRecords(database, words);
  const [hit] = finding.hits;
  if (hit === undefined) throw reportNothingFound(words.join(" "), finding.by);
  noteReading(context, "record", words, finding);
  const other = finding.alsoTitled[0]?.[0];
  if (other !== undefined) {
    const subject = finding.by === "record" ? `Record ${hit[0].id}` : `Release r${hit[0].releaseId}`;
    context.note(
      `${subject} is ${plainName(hit[0])}. The album ${other.title} by ${other.artist} is ${other.id}: rewind explain ${other.id}`,
    );
  }
  return finding;
}

/** "931,1204" names two records. Anything else names one, by as many words as given. */
export function splitRecordList(words: readonly string[]): readonly (readonly string[])[] {
  const numbers = splitNumbers(words.join(" ").trim());
  return numbers.length > 1 ? numbers.map((number) => [number]) : [words];
}

export function severalFound(text: string, hits: readonly Hit[]): UsageError {
  const names = namedBriefly(hits.map(([copy]) => `${copy.id} ${quotedName(copy)}`));
  return new UsageError(
    `"${text}" is ambiguous: ${counted(hits.length, "album")} on the shelf fit: ${names}`,
    "Give the number, or more words.",
  );
}

const mostShown = 12;

function recordCount(hits: readonly Hit[]): string {
  return counted(hits.flat().length, "record");
}

/** Asks which album is meant. One line for each, with the forms and plays of all its copies. */
export function choiceLines(words: string, hits: readonly Hit[], style: TerminalStyle): SafeText[] {
  const { screen } = style;
  const question = `${recordCount(hits)} have "${words}" in artist or title. Which one? Give its number, or more words.`;
  const firstHits = screen.isTerminal ? hits.slice(0, mostShown) : hits;
  const rest = hits.slice(firstHits.length);
  const note = rest.length === 0 ? "" : `${recordCount(rest)} more: rewind xref ${words} --all`;
  return [
    ...wrapText(question, screen),
    printable(""),
    ...albumTable(firstHits, style),
    ...(note === "" ? [] : wrapText(note, screen).map((line) => safe`  ${line}`)),
  ];
}

type ShownCopy = Pick<Copy, "id" | "artist" | "title" | "form" | "year" | "playCount">;

export function albumTable(
  albums: readonly (readonly [ShownCopy, ...ShownCopy[]])[],
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const columns: readonly Column<(typeof albums)[number]>[] = [
    numberColumn(colours, ([{ id }]) => id),
    artistColumn(([{ artist }]) => artist),
    titleColumn(
      ([{ title }]) => title,
      ({ length }) => (length > 1 ? ` ×${length}` : ""),
    ),
    { header: "Form", cell: formsTogether, dropOrder: 3 },
    { header: "Year", cell: ([{ year }]) => year ?? "", numeric: true, dropOrder: 2 },
    { header: "Plays", cell: mostPlays, numeric: true, dropOrder: 4 },
  ];
  return sectionTable(columns, albums, screen);
}
