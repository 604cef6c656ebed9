// The shelf by one of its qualities (rewind stats --by).
import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/colour.ts";
import { linesText, lineText, printable, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { jsonText } from "../../output/json.ts";
import { writeListing, type Field } from "../../output/listing.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { shareLines } from "./share-lines.ts";
import { widthOf } from "../../output/width.ts";
import { breakDown, manyValued, type Part } from "../../queries/breakdown.ts";
import type { Dimension } from "../../queries/dimension.ts";
import { contractPagination, isoSeconds } from "../../queries/contract.ts";
import type { Paging } from "../../queries/cross-reference.ts";
import { historyState, syncedUts } from "../../queries/readiness.ts";
import type { Span } from "../../queries/filters/span.ts";
import { playDestinations, shelfTotals } from "../../queries/stats.ts";
import type { Answers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions } from "../shared/listing-options.ts";
import { spanInWords, spanJson } from "../shared/span-text.ts";

interface Question {
  readonly answers: Answers;
  readonly by: Dimension;
  readonly span: Span | null;
}

export async function runBreakdown(
  context: Context,
  call: Call,
  { answers, by, span }: Question,
): Promise<void> {
  const { as, safeCsv, paging } = readListingOptions(call.options, context.screen);
  const all = breakDown(answers.database, by, span);
  // JSON is the whole breakdown unless a page was asked for: it is a few rows, not a shelf.
  const isPaged =
    paging !== null &&
    (as !== "json" || call.options["page"] !== undefined || call.options["limit"] !== undefined);
  const page = isPaged ? paging : null;
  const parts = page === null ? all : all.slice((page.page - 1) * page.limit, page.page * page.limit);
  if (as === "json") {
    const document = {
      ...documentOf({ answers, by, span }, parts),
      pagination: contractPagination(page, all.length),
    };
    return context.write(jsonText(document, { indent: context.screen.isTerminal }));
  }
  if (as !== "table") return writeListing(context, fieldsOf(by), parts, { as, safeCsv });
  await writeScreen(context, { answers, by, span }, { all, parts, page });
}

export function partsJson(
  name: string,
  parts: readonly Part[],
): (Record<string, string | number | null> & { records: number; scrobbled: number; plays: number })[] {
  return parts.map(({ value, records, scrobbled, plays }) => ({ [name]: value, records, scrobbled, plays }));
}

function fieldsOf(by: Dimension): Field<Part>[] {
  return [
    { name: by, value: (part) => part.value },
    { name: "records", value: (part) => part.records, numeric: true },
    { name: "scrobbled", value: (part) => part.scrobbled, numeric: true },
    { name: "plays", value: (part) => part.plays, numeric: true },
  ];
}

/** Totals count each record and each album once, whatever the rows do. */
function documentOf({ answers, by, span }: Question, parts: readonly Part[]): Record<string, unknown> {
  const { database, published } = answers;
  const { records, scrobbled } = shelfTotals(database, span);
  const { owned } = playDestinations(database, { span, history: "complete" });
  return {
    by,
    data: partsJson("value", parts),
    totals: { records, scrobbled, plays: owned },
    during: spanJson(span),
    synced_at: isoSeconds(syncedUts(published)),
    history: historyState(published),
  };
}

const headings: Readonly<Record<Dimension, string>> = {
  genre: "Genre",
  style: "Style",
  label: "Label",
  folder: "Folder",
  form: "Form",
  format: "Format",
  artist: "Artist",
  added: "Added in",
  kind: "Kind",
  decade: "By pressing",
};

interface Rows {
  readonly all: readonly Part[];
  readonly parts: readonly Part[];
  readonly page: Paging | null;
}

async function writeScreen(context: Context, question: Question, { all, parts, page }: Rows): Promise<void> {
  const { by, span } = question;
  const { screen } = context;
  const longest = parts.reduce(
    (most, part) => Math.max(most, widthOf(labelOf(by, part))),
    widthOf(headings[by]),
  );
  const lines = shareLines(
    {
      heading: `  ${headings[by]}`,
      names: ["records", span === null ? "scrobbled" : "played", "plays", "share"],
      lines: parts.map((part) => ({
        label: labelOf(by, part),
        figures: [part.records, part.scrobbled, part.plays],
        part: part.scrobbled,
        whole: part.records,
      })),
      labelWidth: Math.min(48, longest + 4),
      figureWidths: [8, 11, 9],
    },
    screen.isTerminal ? { ...screen, width: Math.min(120, screen.width) } : { ...screen, width: 120 },
  );
  if (!screen.isTerminal) return context.write(linesText(lines.slice(1)));
  if (parts.length === 0) {
    const text =
      page !== null && all.length > 0
        ? `Page ${thousands(page.page)} is past the end: ${counted(all.length, "row")}.`
        : "The collection is empty.";
    return context.write(lineText(text));
  }
  const colours = await coloursFor(screen);
  const footer = footerLines(footerOf(context, question, { all, parts, page }), screen);
  const below = footer.length === 0 ? [] : [safe``, ...footer.map(colours.dim)];
  await context.write(linesText([...lines, ...below]));
}

function footerOf(context: Context, { answers, by, span }: Question, { all, parts, page }: Rows): string[][] {
  const sum = all.reduce((total, { records }) => total + records, 0);
  const { records } = shelfTotals(answers.database, span);
  const plays = all.reduce((total, part) => total + part.plays, 0);
  const { owned } = playDestinations(answers.database, { span, history: "complete" });
  const pages = page === null ? 1 : Math.ceil(all.length / page.limit);
  return [
    page !== null && pages > 1
      ? [
          `Page ${thousands(page.page)} of ${thousands(pages)} (${thousands(parts.length)} of ${thousands(all.length)})`,
          page.page < pages ? `next: --page ${page.page + 1} or --all` : "",
        ]
      : [],
    [
      manyValued.has(by) && sum !== records
        ? `A record with two ${by}s counts in both: the column adds up to ${thousands(sum)}, the shelf holds ${thousands(records)}.`
        : "",
    ],
    [
      plays === owned
        ? ""
        : `An album in two rows has its plays in both: that column adds up to ${thousands(plays)}, they are ${thousands(owned)}.`,
    ],
    [span === null ? "" : `Played, plays: from ${spanInWords(span, context.clock.now())}`],
  ];
}

function labelOf(by: Dimension, { value }: Part): string {
  return value === null ? `no ${by === "added" ? "date" : by === "decade" ? "year" : by}` : printable(value);
}
