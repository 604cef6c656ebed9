import type { Context } from "../../context.ts";
import { UsageError } from "../../errors.ts";
import { coloursFor, type Colours } from "../../output/colour.ts";
import { age, localDay } from "../../output/dates.ts";
import { linesText, lineText, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { jsonText } from "../../output/json.ts";
import { writeListing, type Field } from "../../output/listing.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { recordColumns, type RecordLine } from "../shared/record-table.ts";
import { plainLayout, tableLines, type Column } from "../../output/table.ts";
import { isoSeconds } from "../../queries/contract.ts";
import type { Paging } from "../../queries/cross-reference.ts";
import { ask, document, type DustyQuestion, type DustyRow } from "../../queries/dusty.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import type { Range } from "../../queries/filters/range.ts";
import { requireHistory } from "../../queries/readiness.ts";
import { parseSpan } from "../../queries/filters/span.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions } from "../shared/listing-options.ts";
import { recordFields } from "../shared/record-fields.ts";

interface Line extends RecordLine {
  readonly lastSpinUts: number;
}

export async function runDusty(context: Context, call: Call): Promise<void> {
  const { as, safeCsv, paging } = readListingOptions(call.options, context.screen);
  const question = questionOf(context, call);
  const { database, published } = await openAnswers(context);
  requireHistory(published, "Spins");
  const answer = ask(database, question, paging);
  const { rows, total } = answer;
  if (as === "json") {
    return context.write(jsonText(document(answer), { indent: context.screen.isTerminal }));
  }
  if (as !== "table") return writeListing(context, fields, rows, { as, safeCsv });
  const lines = rows.map((row): Line => ({ ...row.record, ...row }));
  if (!context.screen.isTerminal) return writePlain(context, lines);
  await writeTable(context, { question, call, total, lines, paging });
}

function questionOf(context: Context, { arguments: [words], options }: Call): DustyQuestion {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readRecordFilter(options, words, nowUts);
  const { sort, reverse } = options as { sort?: DustyQuestion["sort"]; reverse?: true };
  return {
    filter: { ...filter, spins: filter.spins ?? [{ least: 5, most: null }] },
    idleFromUts: parseSpan("--idle", idleOf(options), nowUts).fromUts ?? nowUts,
    sort: sort ?? "asleep",
    reverse: reverse === true,
  };
}

function idleOf({ idle = "12mo" }: Call["options"]): string {
  const text = String(idle);
  if (/^\d{1,4}(d|w|mo|y)$/.test(text)) return text;
  throw new UsageError(`--idle takes a time like 90d, 12mo or 2y, not ${JSON.stringify(text.slice(0, 40))}`);
}

const fields: readonly Field<DustyRow>[] = [
  ...recordFields.map((field): Field<DustyRow> => ({ ...field, value: ({ record }) => field.value(record) })),
  { name: "copies", value: ({ copies }) => copies, numeric: true },
  { name: "last_spin", value: ({ lastSpinUts }) => isoSeconds(lastSpinUts) },
];

function columnsOf(context: Context, colours: Colours): Column<Line>[] {
  const { number, artist, title, form } = recordColumns(colours, context.screen);
  const nowUts = Math.floor(context.clock.now() / 1000);
  return [
    number,
    artist,
    title,
    form,
    { header: "Spins", cell: ({ spins }) => spins ?? "", numeric: true, dropOrder: 6 },
    { header: "Last spin", cell: ({ lastSpinUts }) => localDay(lastSpinUts) },
    { header: "Asleep", cell: ({ lastSpinUts }) => age(Math.max(0, nowUts - lastSpinUts)), dropOrder: 4 },
  ];
}

async function writePlain(context: Context, lines: readonly Line[]): Promise<void> {
  const layout = plainLayout(columnsOf(context, await coloursFor({ colourLevel: 0 })), context.screen);
  for (const line of lines) layout.measure(line);
  for (const line of lines) await context.write(linesText([layout.line(line)]));
}

interface Answer {
  readonly question: DustyQuestion;
  readonly call: Call;
  readonly total: number;
  readonly lines: readonly Line[];
  readonly paging: Paging | null;
}

async function writeTable(context: Context, answer: Answer): Promise<void> {
  const { screen } = context;
  const { total, lines, paging } = answer;
  if (lines.length === 0) {
    const text =
      total > 0 && paging !== null
        ? `Page ${thousands(paging.page)} is past the end: ${counted(total, "album")} on ${counted(Math.ceil(total / paging.limit), "page")}.`
        : `No album ${rulesOf(answer)[0]}.`;
    return context.write(lineText(text));
  }
  const colours = await coloursFor(screen);
  const [words, typed] = rulesOf(answer);
  const pages = paging === null ? 1 : Math.ceil(total / paging.limit);
  const page = paging?.page ?? 1;
  const footer = footerLines(
    [
      [
        `${thousands(lines.length)} of ${counted(total, "album")} ${words}`,
        typed,
        page < pages ? `next: --page ${page + 1} or --all` : "",
      ],
    ],
    screen,
  );
  const table = tableLines(columnsOf(context, colours), lines, screen);
  await context.write(linesText([...table, safe``, ...footer.map(colours.dim)]));
}

/** "with 5+ spins, none in the last 12 months", and "--spins 5.. --idle 12mo". */
function rulesOf({ question, call }: Answer): [words: string, typed: string] {
  const idle = idleOf(call.options);
  const units = new Map<string, string>(Object.entries({ d: "day", w: "week", mo: "month", y: "year" }));
  const count = Number.parseInt(idle, 10);
  const time = count === 1 ? "" : `${count} `;
  const unit = `${units.get(idle.replace(/^\d+/, "")) ?? ""}${count === 1 ? "" : "s"}`;
  const spins = (question.filter.spins ?? []).map(rangeText);
  const typed = spins.map((text) => `--spins ${text}`).join(" ");
  const often = spins.map((text) => text.replace(/\.\.$/, "+")).join(" or ");
  return [`with ${often} spins, none in the last ${time}${unit}`, `${typed} --idle ${idle}`];
}

function rangeText({ least, most }: Range): string {
  return least !== null && least === most ? String(least) : `${least ?? ""}..${most ?? ""}`;
}
