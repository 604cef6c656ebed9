import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import {
  ask,
  document,
  type DustyAnswer,
  type DustyQuestion,
  type DustyRow,
} from "../../queries/albums/dusty.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import type { Call } from "../shared/declaration.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import type { Look } from "../../output/look.ts";
import { type Column, type Field, fieldsWithin } from "../../output/field.ts";
import { age, localDay } from "../../output/dates.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import type { RecordRow } from "../../queries/records/record-row.ts";
import { columnsOfFilter } from "../../queries/filters/record-filter.ts";
import type { Range } from "../../queries/conditions/range.ts";
import { recordOrders } from "../../queries/records/record-order.ts";
import { nothingLeft, nextPage } from "../shared/listing/page-footer.ts";
import { broughtColumns, recordColumns, recordFields } from "../shared/listing/record-columns.ts";

interface Options {
  readonly sort?: DustyQuestion["sort"];
  readonly idle?: string;
}

export async function runDusty(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, paging, isReversed, nowUts }) => {
    const { sort = "asleep", idle = "12mo" }: Options = options;
    if (!/^\d{1,4}(d|w|mo|y)$/.test(idle)) {
      throw new UsageError(
        `--idle takes a time like 90d, 12mo or 2y, not ${JSON.stringify(idle.slice(0, 40))}`,
        "Try: --idle 12mo",
      );
    }
    const question: DustyQuestion = {
      filter: { ...filter, spins: filter.spins ?? [{ least: 5, most: null }] },
      idleFromUts: parseSpan("--idle", idle, nowUts).fromUts ?? nowUts,
      sort,
      reverse: isReversed,
      paging,
    };
    return {
      ask: (database) => ask(database, question),
      document,
      fields: dustyFields,
      rows: ({ rows }) => rows,
      table: (answer) => dustyTable(answer, { idle, nowUts }),
    };
  });
}

/** These names and their order are promised; more may follow them. */
const dustyFields: readonly Field<DustyRow>[] = [
  ...fieldsWithin(
    recordFields,
    ({ record }: DustyRow) => record,
    ({ record, copies, form }) => ({ ...record, copies, form }),
  ),
  { name: "copies", value: ({ copies }) => copies, numeric: true },
  { name: "last_spin", value: ({ lastSpinUts }) => isoSeconds(lastSpinUts) },
];

interface Line extends RecordRow {
  readonly copies: number;
  readonly lastSpinUts: number;
}

interface DustyTableOptions {
  /** The time as the user typed it: "12mo". */
  readonly idle: string;
  readonly nowUts: number;
}

function dustyTable(answer: DustyAnswer, { idle, nowUts }: DustyTableOptions): TableView<Line> {
  const { question, rows, total } = answer;
  const { paging } = question;
  const [words, typed] = rulesOf(question.filter.spins ?? [], idle);
  return {
    columns: (look) => columnsOf(answer, look, nowUts),
    lines: rows.map((row): Line => ({ ...row.record, ...row })),
    footer: ({ lines }) => [
      [`${thousands(lines.length)} of ${counted(total, "album")} ${words}`, typed, nextPage(paging, total)],
    ],
    empty: () => emptyText(answer, words),
    place: () => ({ paging, total, noun: "album" }),
  };
}

/** The usual bounds are told in words; where more is asked, what of it leaves nothing. */
function emptyText({ question, emptied }: DustyAnswer, rules: string): string {
  const { spins: _, ...others } = question.filter;
  return Object.keys(others).length === 0 ? `No album ${rules}.` : nothingLeft("album", emptied());
}

/** The columns of a record that stand beside its spins and its age. */
function columnsOf({ question: { filter, sort } }: DustyAnswer, look: Look, nowUts: number): Column<Line>[] {
  const { id, artist, title, form } = recordColumns(look);
  const shown = ["artist", "title", "form", "spins"];
  const order = sort === "asleep" ? [] : [recordOrders[sort].column];
  return [
    id,
    artist,
    title,
    form,
    ...broughtColumns([...columnsOfFilter(filter), ...order], shown, look),
    { header: "Spins", cell: ({ spins }) => spins ?? "", numeric: true, dropOrder: 6 },
    { header: "Last spin", cell: ({ lastSpinUts }) => localDay(lastSpinUts) },
    { header: "Asleep", cell: ({ lastSpinUts }) => age(Math.max(0, nowUts - lastSpinUts)), dropOrder: 4 },
  ];
}

/** "with 5+ spins, none in the last 12 months", and "--spins 5.. --idle 12mo". */
function rulesOf(spins: readonly Range[], idle: string): [words: string, typed: string] {
  const units = new Map<string, string>(Object.entries({ d: "day", w: "week", mo: "month", y: "year" }));
  const count = Number.parseInt(idle, 10);
  const time = count === 1 ? "" : `${count} `;
  const unit = `${units.get(idle.replace(/^\d+/, "")) ?? ""}${count === 1 ? "" : "s"}`;
  const ranges = spins.map(rangeText);
  const typed = ranges.map((text) => `--spins ${text}`).join(" ");
  const often = ranges.map((text) => text.replace(/\.\.$/, "+")).join(" or ");
  return [`with ${often} spins, none in the last ${time}${unit}`, `${typed} --idle ${idle}`];
}

function rangeText({ least, most }: Range): string {
  return least !== null && least === most ? String(least) : `${least ?? ""}..${most ?? ""}`;
}
