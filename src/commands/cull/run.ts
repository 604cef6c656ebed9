import type { Context } from "../../context.ts";
import {
  ask,
  type CullAnswer,
  type CullReason,
  type CullRow,
  type CullSort,
  document,
} from "../../queries/albums/cull.ts";
import type { Call } from "../shared/declaration.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import type { Look } from "../../output/look.ts";
import { type Column, type Field, fieldsWithin } from "../../output/field.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import type { RecordRow } from "../../queries/records/record-row.ts";
import type { Grades } from "../../queries/figures/grade.ts";
import { columnsOfFilter } from "../../queries/filters/record-filter.ts";
import { recordOrders } from "../../queries/records/record-order.ts";
import { mapped } from "../../queries/documents/mapped.ts";
import { broughtColumns, recordColumns, recordFields } from "../shared/listing/record-columns.ts";
import { nextPage } from "../shared/listing/page-footer.ts";

interface Options {
  readonly why?: readonly CullReason[];
  readonly sort?: CullSort;
}

export async function runCull(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, paging, isReversed, nowUts }) => {
    const { why = [], sort = "reasons" }: Options = options;
    return {
      ask: (database) => ask(database, { filter, why, sort, reverse: isReversed, paging, nowUts }),
      document,
      fields: cullFields,
      rows: ({ rows }) => rows,
      table: cullTable,
    };
  });
}

/** These names and their order are promised; more may follow them. */
const cullFields: readonly Field<CullRow>[] = [
  ...fieldsWithin(recordFields, ({ record }: CullRow) => record),
  { name: "why", value: ({ reasons }) => reasons },
  { name: "copy_of", value: ({ copyOf }) => copyOf, numeric: true },
  { name: "media", value: ({ media }) => media },
  { name: "sleeve", value: ({ sleeve }) => sleeve },
];

interface CullLine extends RecordRow, Grades {
  readonly why: string;
}

function cullTable({ question, rows, total, byReason, wellRated }: CullAnswer): TableView<CullLine> {
  const { paging } = question;
  return {
    columns: (look) => columnsOf(question, look),
    lines: mapped(rows, (row) => ({
      ...row.record,
      media: row.media,
      sleeve: row.sleeve,
      why: row.reasons.map((reason) => wordsFor(reason, row)).join(", "),
    })),
    footer: ({ lines }) => [
      [`${thousands(lines.length)} of ${counted(total, "record")}`, nextPage(paging, total)],
      [
        counted(byReason.copy, "extra copy", "extra copies"),
        `${thousands(byReason.never)} never scrobbled`,
        `${thousands(byReason.rating)} rated 1 or 2`,
        "--why copy, never, rating",
      ],
      [notListed(wellRated)],
    ],
    empty: () =>
      [
        "No record is an extra copy, rated low, or without plays after a year on the shelf.",
        notListed(wellRated),
      ]
        .filter((part) => part !== "")
        .join(" "),
    place: () => ({ paging, total, noun: "record" }),
  };
}

function notListed(wellRated: number): string {
  if (wellRated === 0) return "";
  return `${thousands(wellRated)} more ${wellRated === 1 ? "is" : "are"} rated 4 or 5: --rating 4..`;
}

function wordsFor(reason: CullReason, { copyOf, record }: CullRow): string {
  if (reason === "copy") return copyOf === null ? "" : `copy of ${copyOf}`;
  return reason === "never" ? "never" : `rated ${record.rating}`;
}

function columnsOf({ filter, sort }: CullAnswer["question"], look: Look): Column<CullLine>[] {
  const order = sort === "reasons" ? [] : [recordOrders[sort].column];
  const shown = ["artist", "title", "form", "label", "added_at"];
  const { id, artist, title, form, added_at: added } = recordColumns(look);
  return [
    id,
    artist,
    title,
    { ...form, dropOrder: 6 },
    { header: "Media", cell: ({ media }) => media ?? "", dropOrder: 5 },
    { header: "Sleeve", cell: ({ sleeve }) => sleeve ?? "", dropOrder: 4 },
    {
      header: "Label",
      cell: ({ label, catalogNumber }) =>
        [label ?? "", catalogNumber ?? ""].filter((part) => part !== "").join(" "),
      flexible: { share: 2, maxWidth: 30, cut: "end" },
      dropOrder: 2,
    },
    ...broughtColumns([...columnsOfFilter(filter), ...order], shown, look),
    { ...added, dropOrder: 3 },
    { header: "Why", cell: ({ why }) => why },
  ];
}
