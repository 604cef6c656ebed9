import type { Context } from "../context.ts";
import { coloursFor, type Colours } from "../output/colour.ts";
import { age } from "../output/dates.ts";
import { printable, terminalSafeJson } from "../output/escape.ts";
import { footLines } from "../output/foot.ts";
import { counted, percent, thousands } from "../output/numbers.ts";
import { recordColumns, type RecordColumn, type RecordLine } from "../output/record-table.ts";
import { plainLayout, tableLines } from "../output/table.ts";
import { contractPagination, contractRow, contractSummary } from "../queries/contract.ts";
import {
  countRecords,
  listRecords,
  summarize,
  type Paging,
  type RecordRow,
} from "../queries/cross-reference.ts";
import type { RecordFilter } from "../queries/record-filter.ts";
import type { RecordOrder, RecordSort } from "../queries/record-order.ts";
import { historyState } from "../queries/readiness.ts";
import { fold } from "../match/fold.ts";
import { openAnswers, secondsSinceSync, type Answers } from "./answers.ts";
import type { Call } from "./call.ts";

interface Question {
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  /** null: everything. */
  readonly paging: Paging | null;
  readonly copies: boolean;
}

export async function runXref(context: Context, call: Call): Promise<void> {
  const question = questionOf(context, call);
  const answers = await openAnswers(context);
  if (call.options["json"] === true) return writeJson(context, answers, question);
  if (context.screen.isTerminal) return writeTable(context, answers, question);
  return writePlain(context, answers, question);
}

function questionOf({ screen }: Context, { arguments: [words], options }: Call): Question {
  const { sort, filter, page, limit, all, json, copies } = options as {
    sort?: RecordSort;
    filter?: "all" | "listened" | "unlistened";
    page?: number;
    limit?: number;
    all?: true;
    json?: true;
    copies?: true;
  };
  const isPaged = json === true || screen.isTerminal || page !== undefined || limit !== undefined;
  return {
    filter: {
      ...(Array.isArray(words) ? { words: words.map(String) } : {}),
      ...(filter === "listened" || filter === "unlistened" ? { listened: filter === "listened" } : {}),
    },
    order: { sort: sort ?? "plays" },
    paging: isPaged && all !== true ? { page: page ?? 1, limit: limit ?? 20 } : null,
    copies: copies === true,
  };
}

/** Written row by row: a shelf of 100 000 records needn't fit in memory. */
async function writeJson(
  context: Context,
  { database }: Answers,
  { filter, order, paging }: Question,
): Promise<void> {
  const indent = context.screen.isTerminal ? 2 : 0;
  const text = (value: unknown): string => terminalSafeJson(JSON.stringify(value, null, indent));
  const newline = indent === 0 ? "" : "\n";
  let open = `{${newline}"data":[`;
  for (const row of listRecords(database, { filter, order, paging })) {
    await context.write(`${open}${newline}${text(contractRow(row))}`);
    open = ",";
  }
  const start = open === "," ? "" : open;
  const summary = text(contractSummary(summarize(database)));
  const pagination = text(contractPagination(paging, countRecords(database, filter)));
  await context.write(`${start}],${newline}"summary":${summary},${newline}"pagination":${pagination}}\n`);
}

/** For a pipe: one record a line, nothing cut, no header, no foot. */
async function writePlain(
  context: Context,
  { database }: Answers,
  { filter, order, paging }: Question,
): Promise<void> {
  const layout = plainLayout(columnsOf(await coloursFor({ colourLevel: 0 }), context), context.screen);
  const lines = function* lines(): Generator<RecordLine> {
    for (const row of listRecords(database, { filter, order, paging })) yield { ...row, copies: 1 };
  };
  for (const line of lines()) layout.measure(line);
  for (const line of lines()) await context.write(`${layout.line(line)}\n`);
}

async function writeTable(context: Context, answers: Answers, question: Question): Promise<void> {
  const { screen } = context;
  const colours = await coloursFor(screen);
  const rows = [...listRecords(answers.database, question)];
  const total = countRecords(answers.database, question.filter);
  if (rows.length === 0) return context.write(`${emptyText(question, total)}\n`);
  const lines = question.copies ? rows.map((row) => ({ ...row, copies: 1 })) : joinCopies(rows);
  const table = tableLines(columnsOf(colours, context), lines, screen);
  const foot = footLines(
    footOf(context, answers, question, { shown: rows.length, lines: lines.length, total }),
    screen,
  );
  await context.write(`${[...table, "", ...foot.map(colours.dim)].join("\n")}\n`);
}

function columnsOf(colours: Colours, { screen }: Context): RecordColumn[] {
  const { number, artist, title, form, year, plays, last, match } = recordColumns(colours, screen);
  return [number, artist, title, form, year, plays, last, match];
}

/** Neighbouring copies of one album share a line: same artist and title, same answer. */
function joinCopies(rows: readonly RecordRow[]): RecordLine[] {
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
  const words = filter.words ?? [];
  if (words.length > 0)
    return `No record has ${words.map((word) => `"${printable(word)}"`).join(" and ")} in artist or title.`;
  return filter.listened === undefined ? "The collection is empty." : "No record is left by this filter.";
}

function footOf(
  context: Context,
  { database, published }: Answers,
  { paging }: Question,
  { shown, lines, total }: { shown: number; lines: number; total: number },
): string[][] {
  const summary = summarize(database);
  const pages = paging === null ? 1 : Math.ceil(total / paging.limit);
  const page = paging?.page ?? 1;
  const shared = lines < shown ? "; copies of one album share a line" : "";
  const scrobbled = summary.records - summary.unlistened;
  const seconds = secondsSinceSync(context, published);
  const history = historyState(published);
  return [
    [
      paging === null
        ? `${counted(total, "record")}${shared.replace("; ", " · ")}`
        : `Page ${thousands(page)} of ${thousands(pages)} (${thousands(shown)} of ${counted(total, "record")}${shared})`,
      page < pages ? `next: --page ${page + 1} or --all` : "",
    ],
    [
      `Scrobbled ${thousands(scrobbled)} of ${thousands(summary.records)} (${percent(scrobbled, summary.records)})`,
      `never ${thousands(summary.unlistened)}`,
      `synced ${age(seconds)} ago`,
    ],
    history === "complete"
      ? []
      : [
          history === "hidden"
            ? "Last: unknown, the listening history is hidden on Last.fm"
            : "Last: not known yet, the listening history is still to come: rewind sync",
        ],
  ];
}
