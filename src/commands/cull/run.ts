import type { Context } from "../../context.ts";
import { cullQuery, type CullResult, type CullReason, type CullRow } from "../../queries/albums/cull.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import type { Field } from "../../output/field.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import { formatLabel } from "../shared/listing/list-fields.ts";
import { describeEmptyList } from "../shared/listing/list-notices.ts";
import { customizeRecordFields, selectRecordColumns } from "../shared/listing/record-fields.ts";
import { wordsArgument } from "../shared/listing/list-options.ts";
import type { TableView } from "../../output/present.ts";

export const declaration: CommandDeclaration = {
  name: "cull",
  isQuestion: true,
  details: `Lists records that you could sell, with the reasons: extra copies, never played, rated 1 or 2. Of several
copies it keeps the one with the higher rating, then the better grade, then the earlier date added. Records rated 4 or 5
appear only if you ask for a rating (--rating 4..). A record is listed for having no plays alone only after a year on the
shelf; logged plays count as plays. Grades come from your collection's custom fields.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).cullSchema }],
  arguments: [wordsArgument],
  options: buildQueryOptions(cullQuery),
  examples: [
    ["rewind cull", "records that you could sell, most reasons first"],
    ["rewind cull --why copy", "extra copies only"],
    ["rewind cull --why copy --rating 0..", "extra copies of any rating"],
    ["rewind cull --why never --added ..5y --as csv > cull.csv", "write a spreadsheet"],
  ],
  load: async () => runCull,
};

async function runCull(context: Context, call: Invocation): Promise<void> {
  await runQuery(context, call, cullQuery, { fields: cullFields, table: buildCullTable });
}

const cullFields: readonly Field<CullRow>[] = [
  ...customizeRecordFields<CullRow>({
    form: { dropOrder: 7 },
    label: { cell: formatLabel, flexible: { share: 2, maxWidth: 30, cut: "end" }, dropOrder: 2 },
  }),
  {
    name: "why",
    header: "Why",
    value: ({ reasons }) => reasons,
    cell: (row) => row.reasons.map((reason) => describeReason(reason, row)).join(", "),
  },
  { name: "copy_of", value: ({ copyOf }) => copyOf, numeric: true },
  { name: "media", header: "Media", value: ({ media }) => media, dropOrder: 6 },
  { name: "sleeve", header: "Sleeve", value: ({ sleeve }) => sleeve, dropOrder: 5 },
];

const defaultColumns = ["id", "artist", "title", "form", "media", "sleeve", "label", "added_at", "why"];

function buildCullTable({ question, total, byReason, wellRated, emptied }: CullResult): TableView<CullRow> {
  return {
    ...selectRecordColumns(question, defaultColumns, "added_at"),
    page: { total, noun: "record" },
    footer: () => [
      [
        pluralize(byReason.copy, "extra copy", "extra copies"),
        `${formatNumber(byReason.never)} never played`,
        `${formatNumber(byReason.rating)} rated 1 or 2`,
        "--why copy, never, rating",
      ],
      [describeUnlisted(wellRated)],
    ],
    empty: () => {
      const sentence = describeEmptyList(
        "record that you could sell",
        emptied(),
        "No record is an extra copy, rated 1 or 2, or unplayed for a year.",
      );
      return `${sentence} ${describeUnlisted(wellRated)}`.trimEnd();
    },
  };
}

function describeUnlisted(wellRated: number): string {
  if (wellRated === 0) return "";
  return `Not listed: ${pluralize(wellRated, "record")} rated 4 or 5 (--rating 4..)`;
}

function describeReason(reason: CullReason, { copyOf, rating }: CullRow): string {
  if (reason === "copy") return copyOf === null ? "" : `copy of ${copyOf}`;
  return reason === "never" ? "never" : `rated ${rating}`;
}
