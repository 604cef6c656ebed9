import type { Context } from "../../context.ts";
import { dupesQuery, type DupesResult, type DupesRow } from "../../queries/albums/dupes.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import type { Field } from "../../output/field.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { describeEmptyList } from "../shared/listing/list-notices.ts";
import { customizeRecordFields, selectRecordColumns } from "../shared/listing/record-fields.ts";
import { wordsArgument } from "../shared/listing/list-options.ts";
import type { TableView } from "../../output/present.ts";

export const declaration: CommandDeclaration = {
  name: "dupes",
  isQuestion: true,
  details: `Lists albums that you own more than once: copies of one release, other pressings, and other formats. Two titles
are the same album if only edition words differ, such as "Remastered". Filters choose which records count: --format Vinyl
lists albums that you own twice on vinyl.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).dupesSchema }],
  arguments: [wordsArgument],
  options: buildQueryOptions(dupesQuery),
  examples: [
    ["rewind dupes", "albums that you own more than once, the most copies first"],
    ["rewind dupes --format Vinyl --kind album", "albums that you own twice on vinyl"],
    ["rewind dupes --all --json | jq '.data[].record_ids'", "the numbers of all copies"],
  ],
  load: async () => runDupes,
};

async function runDupes(context: Context, call: Invocation): Promise<void> {
  await runQuery(context, call, dupesQuery, { fields: dupesFields, table: buildDupesTable });
}

const dupesFields: readonly Field<DupesRow>[] = [
  ...customizeRecordFields<DupesRow>({
    form: {
      header: "Forms",
      cell: ({ forms }) => formatForms(forms),
      flexible: { share: 2, maxWidth: 24, cut: "wrap" },
      dropOrder: undefined,
    },
  }),
  { name: "copies", value: ({ copies }) => copies, numeric: true },
  { name: "record_ids", value: ({ recordIds }) => recordIds.map(String) },
  { name: "forms", value: ({ forms }) => forms },
  {
    name: "others",
    header: "Others",
    value: ({ recordIds }) => recordIds.slice(1).join(", "),
    flexible: { share: 2, maxWidth: 30, cut: "wrap" },
    isOfScreens: true,
  },
];

const defaultColumns = ["id", "artist", "title", "form", "play_count", "others"];

function buildDupesTable({ question, total, records, emptied }: DupesResult): TableView<DupesRow> {
  return {
    ...selectRecordColumns(question, defaultColumns, "play_count"),
    page: { total, noun: "album", about: pluralize(records, "record") },
    footer: () => [["Others: numbers of the other copies", "extra copies to sell: rewind cull --why copy"]],
    empty: () =>
      describeEmptyList("album that you own more than once", emptied(), "You own no album more than once."),
  };
}

/** "LP ×2, CD" */
function formatForms(forms: readonly string[]): string {
  return [...new Set(forms)]
    .map((form) => {
      const count = forms.filter((each) => each === form).length;
      return count === 1 ? form : `${form} ×${count}`;
    })
    .join(", ");
}
