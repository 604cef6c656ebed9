import type { Context } from "../../context.ts";
import { ask, document, type DupesAnswer, type DupeSort, type DupesRow } from "../../queries/albums/dupes.ts";
import type { Call } from "../shared/declaration.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import type { Look } from "../../output/look.ts";
import { type Column, type Field, fieldsWithin } from "../../output/field.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import type { RecordRow } from "../../queries/records/record-row.ts";
import { columnsOfFilter } from "../../queries/filters/record-filter.ts";
import { recordOrders } from "../../queries/records/record-order.ts";
import { mapped } from "../../queries/documents/mapped.ts";
import { broughtColumns, recordColumns, recordFields } from "../shared/listing/record-columns.ts";
import { nextPage } from "../shared/listing/page-footer.ts";

export async function runDupes(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, paging, isReversed }) => {
    const { sort = "copies" }: { readonly sort?: DupeSort } = options;
    return {
      ask: (database) => ask(database, { filter, sort, reverse: isReversed, paging }),
      document,
      fields: dupesFields,
      rows: ({ rows }) => rows,
      table: dupesTable,
    };
  });
}

/** These names and their order are promised; more may follow them. */
const dupesFields: readonly Field<DupesRow>[] = [
  ...fieldsWithin(recordFields, ({ record }: DupesRow) => record),
  { name: "copies", value: ({ recordIds }) => recordIds.length, numeric: true },
  { name: "record_ids", value: ({ recordIds }) => recordIds.map(String) },
  { name: "forms", value: ({ forms }) => forms },
];

interface DupesLine extends RecordRow {
  readonly copies: number;
  readonly recordIds: readonly number[];
  readonly forms: readonly string[];
}

function dupesTable({ question, rows, total, records }: DupesAnswer): TableView<DupesLine> {
  const { paging } = question;
  return {
    columns: (look) => columnsOf(question, look),
    lines: mapped(rows, ({ record, recordIds, forms }) => ({
      ...record,
      copies: recordIds.length,
      recordIds,
      forms,
    })),
    footer: ({ lines }) => [
      [
        `${thousands(lines.length)} of ${counted(total, "album")} owned more than once (${counted(records, "record")})`,
        nextPage(paging, total),
      ],
      ["Others: the numbers of the other copies", "which could go: rewind cull --why copy"],
    ],
    empty: () => "No album is on the shelf more than once.",
    place: () => ({ paging, total, noun: "album" }),
  };
}

function columnsOf({ filter, sort }: DupesAnswer["question"], look: Look): Column<DupesLine>[] {
  const order = sort === "copies" ? [] : [recordOrders[sort].column];
  const shown = ["artist", "title", "form", "play_count"];
  const { id, artist, title, play_count: plays } = recordColumns(look);
  return [
    id,
    artist,
    title,
    {
      header: "Forms",
      cell: ({ forms }) => formsText(forms),
      flexible: { share: 1, maxWidth: 24, cut: "wrap" },
    },
    ...broughtColumns([...columnsOfFilter(filter), ...order], shown, look),
    plays,
    {
      header: "Others",
      cell: ({ recordIds }) => recordIds.slice(1).join(", "),
      flexible: { share: 1, maxWidth: 30, cut: "wrap" },
    },
  ];
}

/** "LP ×2, CD": a 2×LP is one record of two. */
function formsText(forms: readonly string[]): string {
  return [...new Set(forms)]
    .map((form) => {
      const count = forms.filter((each) => each === form).length;
      return count === 1 ? form : `${form} ×${count}`;
    })
    .join(", ");
}
