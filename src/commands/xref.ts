import type { Context } from "../context.ts";
import { fold } from "../match/fold.ts";
import { coloursFor, type Colours } from "../output/colour.ts";
import { printable, terminalSafeJson } from "../output/escape.ts";
import { footLines } from "../output/foot.ts";
import { writeListing } from "../output/listing.ts";
import { counted, thousands } from "../output/numbers.ts";
import { recordColumns, type RecordColumn, type RecordLine } from "../output/record-table.ts";
import { plainLayout, tableLines } from "../output/table.ts";
import { contractPagination, contractRow, contractSummary } from "../queries/contract.ts";
import {
  countRecords,
  listRecords,
  summarize,
  type RecordQuery,
  type RecordRow,
} from "../queries/cross-reference.ts";
import { readFilter } from "../queries/filter-options.ts";
import type { RecordSort } from "../queries/filter-words.ts";
import { historyState, requireHistory } from "../queries/readiness.ts";
import { openAnswers, secondsSinceSync, type Answers } from "./answers.ts";
import type { Call } from "./call.ts";
import { readListingOptions, type ListingOptions } from "./listing-options.ts";

interface Question extends RecordQuery {
  readonly copies: boolean;
}

export async function runXref(context: Context, call: Call): Promise<void> {
  const listing = readListingOptions(call.options, context.screen);
  const question = questionOf(context, call, listing);
  const answers = await openAnswers(context);
  requireWhatIsAsked(answers, question);
  if (question.order.sort === "artist-plays") {
    const { defineArtistPlays } = await import("../queries/artist-plays.ts");
    defineArtistPlays(answers.database);
  }
  if (listing.as === "json") return writeJson(context, answers, question);
  if (listing.as !== "table") {
    return writeForm(context, answers, question, { as: listing.as, safeCsv: listing.safeCsv });
  }
  if (context.screen.isTerminal) return writeTable(context, answers, question);
  return writePlain(context, answers, question);
}

function questionOf(
  { clock }: Context,
  { arguments: [words], options }: Call,
  { paging }: ListingOptions,
): Question {
  const { sort, reverse, copies } = options as { sort?: RecordSort; reverse?: true; copies?: true };
  return {
    filter: readFilter(options, words, Math.floor(clock.now() / 1000)),
    order: { sort: sort ?? "plays", reverse: reverse === true },
    paging,
    copies: copies === true,
  };
}

/** Some questions only a complete listening history can answer. */
function requireWhatIsAsked({ published }: Answers, { filter, order }: Question): void {
  if (filter.during !== undefined) requireHistory(published, "Plays within a span");
  if (filter.spins !== undefined || order.sort === "spins") requireHistory(published, "Spins");
  if (filter.played !== undefined || order.sort === "last-played") requireHistory(published, "Last plays");
}

/** Written row by row: a shelf of 100 000 records needn't fit in memory. */
async function writeJson(context: Context, { database }: Answers, question: Question): Promise<void> {
  const { filter, paging } = question;
  const indent = context.screen.isTerminal ? 2 : 0;
  const text = (value: unknown): string => terminalSafeJson(JSON.stringify(value, null, indent));
  const newline = indent === 0 ? "" : "\n";
  let open = `{${newline}"data":[`;
  for (const row of listRecords(database, question)) {
    await context.write(`${open}${newline}${text(contractRow(row))}`);
    open = ",";
  }
  const start = open === "," ? "" : open;
  const summary = text(contractSummary(summarize(database, filter)));
  const pagination = text(contractPagination(paging, countRecords(database, filter)));
  await context.write(`${start}],${newline}"summary":${summary},${newline}"pagination":${pagination}}\n`);
}

/** CSV and the like. */
async function writeForm(
  context: Context,
  { database, published }: Answers,
  question: Question,
  form: Parameters<typeof writeListing>[3],
): Promise<void> {
  const { artistPlaysField, recordFields } = await import("./record-fields.ts");
  const fields = question.order.sort === "artist-plays" ? [...recordFields, artistPlaysField] : recordFields;
  // The columns stay; what only the history could tell is left empty.
  const isHistoryThere = historyState(published) === "complete";
  const rows = function* rows(): Generator<RecordRow> {
    for (const row of listRecords(database, question)) yield isHistoryThere ? row : { ...row, spins: null };
  };
  await writeListing(context, fields, rows(), form);
}

/** For a pipe: one record a line, nothing cut, no header, no foot. */
async function writePlain(context: Context, answers: Answers, question: Question): Promise<void> {
  const columns = columnsOf(await coloursFor({ colourLevel: 0 }), context, answers, question);
  const layout = plainLayout(columns, context.screen);
  const toLine = await lineMaker(answers, question);
  const lines = function* lines(): Generator<RecordLine> {
    for (const row of listRecords(answers.database, question)) yield toLine(row);
  };
  for (const line of lines()) layout.measure(line);
  for (const line of lines()) await context.write(`${layout.line(line)}\n`);
}

async function writeTable(context: Context, answers: Answers, question: Question): Promise<void> {
  const { screen, clock } = context;
  const { filter, order, paging, copies } = question;
  const colours = await coloursFor(screen);
  const toLine = await lineMaker(answers, question);
  const rows = [...listRecords(answers.database, question)].map(toLine);
  const total = countRecords(answers.database, filter);
  if (rows.length === 0) return context.write(`${emptyText(question, total)}\n`);
  const lines = copies ? rows : joinCopies(rows);
  const table = tableLines(columnsOf(colours, context, answers, question), lines, screen);
  const { xrefFoot } = await import("./xref-foot.ts");
  const foot = xrefFoot({
    answers,
    filter,
    sort: order.sort,
    paging,
    shown: rows.length,
    lines: lines.length,
    total,
    secondsSinceSync: secondsSinceSync(context, answers.published),
    nowMs: clock.now(),
  });
  await context.write(`${[...table, "", ...footLines(foot, screen).map(colours.dim)].join("\n")}\n`);
}

function columnsOf(
  colours: Colours,
  { screen }: Context,
  { published }: Answers,
  { filter, order }: Question,
): RecordColumn[] {
  const columns = recordColumns(colours, screen);
  const { number, artist, title, form, year, plays, spins, last, match } = columns;
  const what = [number, artist, title, form, year];
  if (order.sort === "artist-plays") {
    const isNever = filter.never === true || filter.listened === false;
    return [...what, ...(isNever ? [] : [plays]), columns.others, columns.close, columns.added];
  }
  return [...what, plays, ...(historyState(published) === "complete" ? [spins] : []), last, match];
}

/** Near misses take the whole matcher, so they are looked up only for the lines that show them. */
async function lineMaker(
  { database }: Answers,
  { order }: Question,
): Promise<(row: RecordRow) => RecordLine> {
  if (order.sort !== "artist-plays") return (row) => ({ ...row, copies: 1 });
  const { closePlaysCounter } = await import("../queries/artist-plays.ts");
  const closePlays = closePlaysCounter(database);
  return (row) => ({
    ...row,
    copies: 1,
    closePlays: row.decidedBy === "user" ? 0 : closePlays(row.releaseId),
  });
}

/** Neighbouring copies of one album share a line: same artist and title, same answer. */
function joinCopies(rows: readonly RecordLine[]): RecordLine[] {
  const lines: (RecordLine & { readonly key: string })[] = [];
  for (const row of rows) {
    const key = `${fold(row.artist)}\n${fold(row.title)}\n${row.playCount}\n${row.matchType}`;
    const last = lines.at(-1);
    if (last?.key === key) lines[lines.length - 1] = { ...last, copies: last.copies + 1 };
    else lines.push({ ...row, copies: 1, key });
  }
  return lines;
}

function emptyText({ filter, paging }: Question, total: number): string {
  if (total > 0 && paging !== null) {
    return `Page ${thousands(paging.page)} is past the end: ${counted(total, "record")} on ${counted(Math.ceil(total / paging.limit), "page")}.`;
  }
  const { words = [], during: _, ...others } = filter;
  if (words.length > 0 && Object.keys(others).length === 0)
    return `No record has ${words.map((word) => `"${printable(word)}"`).join(" and ")} in artist or title.`;
  return words.length + Object.keys(others).length === 0
    ? "The collection is empty."
    : "No record is left by this filter.";
}
