import type { Context } from "../../context.ts";
import { wantOrders, wantsQuery, type WantRow, type WantsResult } from "../../queries/albums/wants.ts";
import { reportLoneNumber } from "../shared/listing/list-notices.ts";
import { getDistinctForms } from "../../queries/records/json-rows.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import {
  artistField,
  countField,
  dayField,
  idField,
  buildRecordUrl,
  titleField,
} from "../shared/listing/list-fields.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import type { Field } from "../../output/field.ts";
import { renderLink } from "../../output/terminal.ts";
import { formatNumber } from "../../output/format-numbers.ts";
import { wordsArgument } from "../shared/listing/list-options.ts";
import type { TableView } from "../../output/present.ts";

export const declaration: CommandDeclaration = {
  name: "wants",
  isQuestion: true,
  details: `Lists your Discogs wantlist with the plays of each album, all editions together. Own shows your records of the
same album by format and number; "this" is a copy of the very release that you want. To change the wantlist, edit it on
Discogs, then run rewind sync.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).wantsSchema }],
  arguments: [{ ...wordsArgument, help: "only wants that have all of these words in artist or title" }],
  options: buildQueryOptions(wantsQuery, { columns: "release_id,artist,title" }),
  examples: [
    ["rewind wants --not-owned", "what to buy next, most played first"],
    ["rewind wants --owned", "what you could remove from the wantlist"],
    ["rewind wants --all --as csv > wants.csv", "write a spreadsheet"],
  ],
  load: async () => runWants,
};

async function runWants(context: Context, call: Invocation): Promise<void> {
  reportLoneNumber(context, call.words, "wants");
  await runQuery(context, call, wantsQuery, { fields: wantFields, table: buildWantsTable });
}

const wantFields: readonly Field<WantRow>[] = [
  idField("release_id", "r", ({ releaseId }) => releaseId),
  artistField("artist", ({ artist }) => artist),
  titleField("title", ({ title }) => title, {
    paint: (cell, { releaseId }, { screen }) => renderLink(cell, buildRecordUrl(releaseId), screen),
  }),
  { name: "form", value: ({ form }) => form, header: "Form", dropOrder: 2 },
  countField("year", "Year", ({ year }) => year, 1),
  dayField("added_at", "Added", ({ addedUts }) => addedUts),
  countField("play_count", "Plays", ({ plays }) => plays),
  dayField("last_played", "Last", ({ lastPlayedUts }) => lastPlayedUts, 3),
  { name: "owned", value: ({ records }) => records.length > 0, header: "Own", cell: formatOwned },
  { name: "owned_outright", value: ({ isOwnedOutright }) => isOwnedOutright },
  { name: "record_ids", value: ({ records }) => records.map(({ id }) => String(id)) },
  { name: "forms", value: ({ records }) => getDistinctForms(records) },
];

/** "this #12", "LP #7 +1" */
function formatOwned({ records, isOwnedOutright }: WantRow): string {
  const [first] = records;
  if (first === undefined) return "";
  const more = records.length > 1 ? ` +${records.length - 1}` : "";
  return `${isOwnedOutright ? "this" : first.form} #${first.id}${more}`.trim();
}

function buildWantsTable(answer: WantsResult): TableView<WantRow> {
  const { question, total, owned: ownedWants, ownedOutright, isPrivate, isSynced } = answer;
  const { words, isOwned, sort } = question;
  const requested = wantOrders[sort].column;
  const added = requested === "added_at" ? [requested] : [];
  return {
    names: ["release_id", "artist", "title", "form", "year", ...added, "play_count", "last_played", "owned"],
    requested: [requested],
    page: { total, noun: "want" },
    footer: () => [
      [
        ownedWants === 0
          ? ""
          : `You own ${formatNumber(ownedWants)}, of these ${formatNumber(ownedOutright)} in this very pressing`,
      ],
    ],
    empty: () => {
      const filters = [
        ...(words.length > 0 ? ["these words"] : []),
        ...(isOwned === null ? [] : [isOwned ? "--owned" : "--not-owned"]),
      ];
      if (filters.length > 0) return `No want fits ${filters.join(" and ")}.`;
      if (!isSynced) return "Your wantlist is not synced yet. Run: rewind sync";
      return isPrivate
        ? "Your wantlist is private. To read it, rewind needs a token of your own Discogs account."
        : "Your wantlist is empty.";
    },
  };
}
