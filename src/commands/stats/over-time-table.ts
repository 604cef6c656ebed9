// rewind stats --by X --over PERIOD: the plays of each part in each year, quarter or month.
import type { Context } from "../../context.ts";
import { sparkline, thousands } from "../../output/number-text.ts";
import { namedColumns, type Column, type Field } from "../../output/field.ts";
import type { TerminalStyle } from "../../output/screen.ts";
import type { TableView } from "../../output/present.ts";
import { dimensions, type PartSort } from "../../queries/figures/breakdown.ts";
import { ask, document, type OverTimeAnswer, type PartOverTime } from "../../queries/shelf/stats-over.ts";
import type { Call } from "../shared/declaration.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { countField, nameWidth } from "../shared/listing/list-fields.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import { pageParts } from "../shared/listing/page-footer.ts";
import { labelOf } from "./breakdown-table.ts";

export async function runOverTime(
  context: Context,
  call: Call,
  question: Pick<OverTimeAnswer["question"], "by" | "over" | "span">,
): Promise<void> {
  await runListing(context, call, ({ options, paging, isReversed, nowMs }) => {
    const { sort }: { readonly sort?: PartSort } = options;
    return {
      ask: (database) => ask(database, { ...question, sort: sort ?? null, reverse: isReversed, paging }),
      document,
      fields: fieldsOf,
      rows: ({ parts }) => parts,
      table: (answer) => overTimeTable(answer, nowMs),
    };
  });
}

function fieldsOf({ question: { by }, periods }: OverTimeAnswer): Field<PartOverTime>[] {
  const { heading } = dimensions[by];
  return [
    {
      name: by,
      value: ({ value }) => value,
      header: heading,
      cell: (part) => labelOf(by, part),
      flexible: nameWidth,
      isName: true,
    },
    ...periods.map(({ name }, at): Field<PartOverTime> => ({
      // Not the bare year: JavaScript moves object keys that are numbers to the front.
      ...countField(`plays_${name}`, name, ({ byPeriod }) => byPeriod[at] ?? 0, at),
      cell: ({ byPeriod }) => thousands(byPeriod[at] ?? 0),
    })),
    { ...countField("plays", "All", ({ plays }) => plays), cell: ({ plays }) => thousands(plays) },
  ];
}

/** A longer sparkline would leave no room for the figures. */
const mostSigns = 24;

function trendColumn({ screen }: TerminalStyle): Column<PartOverTime> {
  return {
    header: "Trend",
    cell: ({ byPeriod }) => sparkline(byPeriod.slice(-Math.min(mostSigns, screen.width / 4)), screen),
  };
}

function overTimeTable(answer: OverTimeAnswer, nowMs: number): TableView<PartOverTime> {
  const { question, parts, total } = answer;
  return {
    lines: parts,
    columns: (style) => {
      const fields = fieldsOf(answer);
      const names = fields.map(({ name }) => name);
      return [...namedColumns(fields, style, { names }), trendColumn(style)];
    },
    footer: ({ isWhole }) => footerOf(answer, { isWhole, nowMs }),
    empty: () => "The collection is empty.",
    place: () => ({ paging: question.paging, total, noun: "row" }),
  };
}

function footerOf(
  { question, periods, parts, total, isCountedTwice }: OverTimeAnswer,
  { isWhole, nowMs }: { readonly isWhole: boolean; readonly nowMs: number },
): string[][] {
  const { by, over, span, paging } = question;
  const [first, last] = [periods.at(0), periods.at(-1)];
  return [
    pageParts(paging, { rowCount: parts.length, total }),
    [
      isCountedTwice && dimensions[by].isManyValued === true
        ? `A record with two ${by}s counts in both.`
        : isCountedTwice
          ? "An album in two rows counts in both."
          : "",
    ],
    [
      first === undefined || last === undefined
        ? "None of these plays has a date"
        : `Plays on records you own, each ${over} from ${first.name} to ${last.name}`,
      span === null ? "" : `played ${spanInWords(span, nowMs)}`,
      isWhole || first === undefined ? "" : `all columns: --as csv`,
    ],
  ];
}
