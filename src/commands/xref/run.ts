import type { Context } from "../../context.ts";
import { createChunks } from "../../output/chunks.ts";
import { safe } from "../../output/escape.ts";
import { json } from "../../output/json.ts";
import type { WritingOptions } from "../../output/listing.ts";
import { contractPagination, contractRow, contractSummary } from "../../queries/contract.ts";
import {
  countRecords,
  listRecords,
  summarize,
  type RecordQuery,
  type RecordRow,
} from "../../queries/cross-reference.ts";
import { needsOf } from "../../queries/filters/record-filter.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import type { RecordSort } from "../../queries/record-order.ts";
import { historyState, requireHistory, type HistoryFact } from "../../queries/readiness.ts";
import { openAnswers, type Answers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions, type ListingOptions } from "../shared/listing-options.ts";

export interface Question extends RecordQuery {
  readonly copies: boolean;
}

export async function runXref(context: Context, call: Call): Promise<void> {
  const listing = readListingOptions(call.options, context.screen);
  const question = questionOf(context, call, listing);
  const answers = await openAnswers(context);
  requireWhatIsAsked(answers, question);
  if (question.order.sort === "artist-plays") {
    const { defineArtistPlays } = await import("../../queries/artist-plays.ts");
    defineArtistPlays(answers.database);
  }
  if (listing.as === "json") return writeJson(context, answers, question);
  if (listing.as !== "table") {
    return writeForm(context, answers, question, { as: listing.as, safeCsv: listing.safeCsv });
  }
  const { writePlain, writeTable } = await import("./screen.ts");
  return context.screen.isTerminal
    ? writeTable(context, answers, question)
    : writePlain(context, answers, question);
}

function questionOf(
  { clock }: Context,
  { arguments: [words], options }: Call,
  { paging }: ListingOptions,
): Question {
  const { sort, reverse, copies } = options as { sort?: RecordSort; reverse?: true; copies?: true };
  return {
    filter: readRecordFilter(options, words, Math.floor(clock.now() / 1000)),
    order: { sort: sort ?? "plays", reverse: reverse === true },
    paging,
    copies: copies === true,
  };
}

/** Some questions only a complete listening history can answer. */
function requireWhatIsAsked({ published }: Answers, { filter, order }: Question): void {
  const ofSort: Partial<Record<RecordSort, HistoryFact>> = { spins: "Spins", "last-played": "Last plays" };
  requireHistory(published, ...needsOf(filter), ...[ofSort[order.sort] ?? []].flat());
}

/** Written row by row: a shelf of 100 000 records needn't fit in memory. */
async function writeJson(context: Context, { database }: Answers, question: Question): Promise<void> {
  const { filter, paging } = question;
  const indent = context.screen.isTerminal ? 2 : 0;
  const newline = indent === 0 ? safe`` : safe`\n`;
  const start = safe`{${newline}"data":[`;
  const comma = safe`,`;
  let open = start;
  const chunks = createChunks(context);
  for (const row of listRecords(database, question)) {
    await chunks.add(safe`${open}${newline}${json(contractRow(row), indent)}`);
    open = comma;
  }
  const summary = json(contractSummary(summarize(database, filter)), indent);
  const pagination = json(contractPagination(paging, countRecords(database, filter)), indent);
  const unopened = open === start ? start : safe``;
  await chunks.add(safe`${unopened}],${newline}"summary":${summary},${newline}"pagination":${pagination}}\n`);
  await chunks.end();
}

/** CSV and the like. */
async function writeForm(
  context: Context,
  { database, published }: Answers,
  question: Question,
  form: WritingOptions,
): Promise<void> {
  const { writeListing } = await import("../../output/listing.ts");
  const { artistPlaysField, recordFields } = await import("../shared/record-fields.ts");
  const fields = question.order.sort === "artist-plays" ? [...recordFields, artistPlaysField] : recordFields;
  // The columns stay; what only the history could tell is left empty.
  const isHistoryThere = historyState(published) === "complete";
  const rows = function* rows(): Generator<RecordRow> {
    for (const row of listRecords(database, question)) yield isHistoryThere ? row : { ...row, spins: null };
  };
  await writeListing(context, fields, rows(), form);
}
