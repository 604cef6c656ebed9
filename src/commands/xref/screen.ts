// The cross-reference as a table, on a screen and in a pipe. Loaded only where a table is wanted.
import type { Context } from "../../context.ts";
import { fold } from "../../match/text/fold.ts";
import { createChunks } from "../../output/chunks.ts";
import { coloursFor, type Colours } from "../../output/colour.ts";
import { linesText, lineText, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { recordColumns, type RecordColumn, type RecordLine } from "../shared/record-table.ts";
import { plainLayout, tableLines } from "../../output/table.ts";
import { countRecords, listBriefs, type RecordBrief } from "../../queries/cross-reference.ts";
import { historyState } from "../../queries/readiness.ts";
import { secondsSinceSync, type Answers } from "../shared/answers.ts";
import type { Question } from "./run.ts";

const mostKept = 5000;

/** For a pipe: one record a line, nothing cut, no header, no footer, and no colour unless it is forced. */
export async function writePlain(context: Context, answers: Answers, question: Question): Promise<void> {
  const columns = columnsOf(await coloursFor(context.screen), context, answers, question);
  const layout = plainLayout(columns, context.screen);
  const toLine = await lineMaker(answers, question);
  const read = function* read(): Generator<RecordLine> {
    for (const row of listBriefs(answers.database, question)) yield toLine(row);
  };
  // A short list is kept between measuring and writing, a long one is read twice.
  let kept: RecordLine[] | null = [];
  for (const line of read()) {
    layout.measure(line);
    kept?.push(line);
    if ((kept?.length ?? 0) > mostKept) kept = null;
  }
  const chunks = createChunks(context);
  for (const line of kept ?? read()) await chunks.add(safe`${layout.line(line)}\n`);
  await chunks.end();
}

export async function writeTable(context: Context, answers: Answers, question: Question): Promise<void> {
  const { screen, clock } = context;
  const { filter, order, paging, copies } = question;
  const colours = await coloursFor(screen);
  const toLine = await lineMaker(answers, question);
  const rows = [...listBriefs(answers.database, question)].map(toLine);
  const total = countRecords(answers.database, filter);
  if (rows.length === 0) return context.write(lineText(emptyText(question, total)));
  const lines = copies ? rows : joinCopies(rows);
  const table = tableLines(columnsOf(colours, context, answers, question), lines, screen);
  const { xrefFooter } = await import("./footer.ts");
  const footer = xrefFooter({
    answers,
    filter,
    sort: order.sort,
    paging,
    shown: rows.length,
    lines: lines.length,
    total,
    secondsSinceSync: secondsSinceSync(context, answers.published),
    nowMs: clock.now(),
    width: screen.width,
  });
  await context.write(linesText([...table, safe``, ...footerLines(footer, screen).map(colours.dim)]));
}

function columnsOf(
  colours: Colours,
  { screen }: Context,
  { published }: Answers,
  { filter, order, paging }: Question,
): RecordColumn[] {
  const columns = recordColumns(colours, screen);
  const { number, artist, title, form, year, plays, spins, last, match } = columns;
  const what = [number, artist, title, form, year];
  if (order.sort === "artist-plays") {
    const isNever = filter.never === true || filter.listened === false;
    const close = paging === null ? [] : [columns.close];
    return [...what, ...(isNever ? [] : [plays]), columns.others, ...close, columns.added];
  }
  return [...what, plays, ...(historyState(published) === "complete" ? [spins] : []), last, match];
}

/** Near misses take the whole matcher, so they are looked up for a page of records only. */
async function lineMaker(
  { database }: Answers,
  { order, paging }: Question,
): Promise<(row: RecordBrief) => RecordLine> {
  if (order.sort !== "artist-plays" || paging === null) return (row) => ({ ...row, copies: 1 });
  const { closePlaysCounter } = await import("../../queries/artist-plays.ts");
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
    return `No record has ${words.map((word) => `"${word}"`).join(" and ")} in artist or title.`;
  return words.length + Object.keys(others).length === 0
    ? "The collection is empty."
    : "No record is left by this filter.";
}
