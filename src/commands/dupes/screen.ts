// What is owned more than once, as a table and as the columns of the other forms.
import type { Field } from "../../output/listing.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { Look, TableView } from "../../output/present.ts";
import type { Column } from "../../output/table.ts";
import type { DupesAnswer, DupesRow } from "../../queries/dupes.ts";
import { recordColumns, recordFields, type RecordLine } from "../shared/record-columns.ts";

/** These names and their order are promised; more may follow them. */
export const dupesFields: readonly Field<DupesRow>[] = [
  ...recordFields.map((field): Field<DupesRow> => ({ ...field, value: ({ record }) => field.value(record) })),
  { name: "copies", value: ({ recordIds }) => recordIds.length, numeric: true },
  { name: "record_ids", value: ({ recordIds }) => recordIds.map(String) },
  { name: "forms", value: ({ forms }) => forms },
];

interface DupesLine extends RecordLine {
  readonly recordIds: readonly number[];
  readonly forms: readonly string[];
}

export function dupesTable({ question, rows, total, records }: DupesAnswer): TableView<DupesLine> {
  const { paging } = question;
  const isLast = paging === null || paging.page * paging.limit >= total;
  return {
    columns: columnsOf,
    lines: rows.map(({ record, recordIds, forms }) => ({
      ...record,
      copies: recordIds.length,
      recordIds,
      forms,
    })),
    footer: (lines) => [
      [
        `${thousands(lines.length)} of ${counted(total, "album")} owned more than once (${counted(records, "record")})`,
        isLast ? "" : `next: --page ${paging.page + 1} or --all`,
      ],
      ["Others: the numbers of the other copies", "which could go: rewind cull --why copy"],
    ],
    empty: () => "No album is on the shelf more than once.",
    place: () => ({ paging, total, noun: "album" }),
  };
}

function columnsOf(look: Look): Column<DupesLine>[] {
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
