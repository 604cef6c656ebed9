// What could go, as a table and as the columns of the other forms.
import type { Field } from "../../output/listing.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { Look, TableView } from "../../output/present.ts";
import type { Column } from "../../output/table.ts";
import type { CullAnswer, CullReason, CullRow } from "../../queries/cull.ts";
import type { Grades } from "../../queries/grade.ts";
import { recordColumns, recordFields, type RecordLine } from "../shared/record-columns.ts";

/** These names and their order are promised; more may follow them. */
export const cullFields: readonly Field<CullRow>[] = [
  ...recordFields.map((field): Field<CullRow> => ({ ...field, value: ({ record }) => field.value(record) })),
  { name: "why", value: ({ reasons }) => reasons },
  { name: "copy_of", value: ({ copyOf }) => copyOf, numeric: true },
  { name: "media", value: ({ media }) => media },
  { name: "sleeve", value: ({ sleeve }) => sleeve },
];

interface CullLine extends RecordLine, Grades {
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly why: string;
}

export function cullTable({ question, rows, total, byReason }: CullAnswer): TableView<CullLine> {
  const { paging } = question;
  const isLast = paging === null || paging.page * paging.limit >= total;
  return {
    columns: columnsOf,
    lines: rows.map((row) => ({
      ...row.record,
      media: row.media,
      sleeve: row.sleeve,
      why: row.reasons.map((reason) => wordsFor(reason, row)).join(", "),
    })),
    footer: (lines) => [
      [
        `${thousands(lines.length)} of ${counted(total, "record")}`,
        isLast ? "" : `next: --page ${paging.page + 1} or --all`,
      ],
      [
        counted(byReason.copy, "extra copy", "extra copies"),
        `${thousands(byReason.never)} never scrobbled`,
        `${thousands(byReason.rating)} rated 1 or 2`,
        "--why copy, never, rating",
      ],
    ],
    empty: () => "No record is an extra copy, never scrobbled or rated low.",
    place: () => ({ paging, total, noun: "record" }),
  };
}

function wordsFor(reason: CullReason, { copyOf, record }: CullRow): string {
  if (reason === "copy") return copyOf === null ? "" : `copy of ${copyOf}`;
  return reason === "never" ? "never" : `rated ${record.rating}`;
}

function columnsOf(look: Look): Column<CullLine>[] {
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
    { ...added, dropOrder: 3 },
    { header: "Why", cell: ({ why }) => why },
  ];
}
