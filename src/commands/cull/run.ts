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
import { type Field, fieldsWithin } from "../../output/field.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { joinParts } from "../../output/paragraph.ts";
import type { TableView } from "../../output/present.ts";
import { recordFields, shelfColumns } from "../shared/listing/record-columns.ts";
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

/** The names and their order are a promise to scripts: add new ones at the end. */
const cullFields: readonly Field<CullRow>[] = [
  ...fieldsWithin(recordFields, ({ record }: CullRow) => record),
  { name: "why", value: ({ reasons }) => reasons },
  { name: "copy_of", value: ({ copyOf }) => copyOf, numeric: true },
  { name: "media", value: ({ media }) => media },
  { name: "sleeve", value: ({ sleeve }) => sleeve },
];

function cullTable({ question, rows, total, byReason, wellRated }: CullAnswer): TableView<CullRow> {
  const { paging } = question;
  return {
    columns: (style) =>
      shelfColumns(style, {
        question,
        recordOf: ({ record }) => record,
        own: shownFields,
        names: ["id", "artist", "title", "form", "media", "sleeve", "label", "added_at", "why"],
        before: "added_at",
      }),
    lines: rows,
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
      `No record is an extra copy, rated 1 or 2, or unplayed for a year. ${notListed(wellRated)}`.trimEnd(),
    place: () => ({ paging, total, noun: "record" }),
  };
}

function notListed(wellRated: number): string {
  if (wellRated === 0) return "";
  return `Not listed: ${counted(wellRated, "record")} rated 4 or 5 (--rating 4..)`;
}

function reasonText(reason: CullReason, { copyOf, record }: CullRow): string {
  if (reason === "copy") return copyOf === null ? "" : `copy of ${copyOf}`;
  return reason === "never" ? "never" : `rated ${record.rating}`;
}

const shownFields: readonly Field<CullRow>[] = [
  { name: "form", header: "Form", value: ({ record }) => record.form, dropOrder: 7 },
  { name: "media", header: "Media", value: ({ media }) => media, dropOrder: 6 },
  { name: "sleeve", header: "Sleeve", value: ({ sleeve }) => sleeve, dropOrder: 5 },
  {
    name: "label",
    header: "Label",
    value: ({ record }) => joinParts([record.label ?? "", record.catalogNumber ?? ""], " "),
    flexible: { share: 2, maxWidth: 30, cut: "end" },
    dropOrder: 2,
  },
  {
    name: "why",
    header: "Why",
    value: (row) => row.reasons.map((reason) => reasonText(reason, row)).join(", "),
  },
];
