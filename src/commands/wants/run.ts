import type { Context } from "../../context.ts";
import {
  ask,
  document,
  formsOf,
  wantOrders,
  type WantRow,
  type WantsAnswer,
  type WantSort,
} from "../../queries/albums/wants.ts";
import type { Call } from "../shared/declaration.ts";
import { isOwnedOf, runListing } from "../shared/listing/run-listing.ts";
import type { Column, Field } from "../../output/field.ts";
import { linked, type Look } from "../../output/look.ts";
import { localDay } from "../../output/dates.ts";
import { thousands } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import { artistColumn, titleColumn } from "../shared/listing/name-columns.ts";
import { nextPage, shownInWords } from "../shared/listing/page-footer.ts";

export async function runWants(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words, paging, isReversed }) => {
    const { sort = "plays" }: { readonly sort?: WantSort } = options;
    const isOwned = isOwnedOf(call);
    return {
      ask: (database) => ask(database, { words, isOwned, sort, reverse: isReversed, paging }),
      document,
      fields: wantFields,
      rows: ({ rows }) => rows,
      table: wantsTable,
    };
  });
}

/** These names and their order are promised; more may follow them. */
const wantFields: readonly Field<WantRow>[] = [
  {
    name: "release_id",
    value: ({ releaseId }) => releaseId,
    numeric: true,
    column: ({ colours }) => ({
      header: "id",
      cell: ({ releaseId }) => `r${releaseId}`,
      isKey: true,
      paint: (cell) => colours.dim(cell),
    }),
  },
  { name: "artist", value: ({ artist }) => artist, column: () => artistColumn(({ artist }) => artist) },
  {
    name: "title",
    value: ({ title }) => title,
    column: ({ screen }) => ({
      ...titleColumn<WantRow>(({ title }) => title),
      paint: (cell, { releaseId }) => linked(cell, `https://www.discogs.com/release/${releaseId}`, screen),
    }),
  },
  {
    name: "form",
    value: ({ form }) => form,
    column: () => ({ header: "Form", cell: ({ form }) => form, dropOrder: 2 }),
  },
  {
    name: "year",
    value: ({ year }) => year,
    numeric: true,
    column: () => ({ header: "Year", cell: ({ year }) => year ?? "", numeric: true, dropOrder: 1 }),
  },
  {
    name: "added_at",
    value: ({ addedUts }) => isoSeconds(addedUts),
    column: () => ({
      header: "Added",
      cell: ({ addedUts }) => localDay(addedUts),
    }),
  },
  {
    name: "play_count",
    value: ({ plays }) => plays,
    numeric: true,
    column: () => ({ header: "Plays", cell: ({ plays }) => plays, numeric: true }),
  },
  {
    name: "last_played",
    value: ({ lastPlayedUts }) => isoSeconds(lastPlayedUts),
    column: () => ({
      header: "Last",
      cell: ({ lastPlayedUts }) => localDay(lastPlayedUts),
      dropOrder: 3,
    }),
  },
  {
    name: "owned",
    value: ({ records }) => records.length > 0,
    column: () => ({ header: "Own", cell: ownText }),
  },
  { name: "owned_outright", value: ({ isOwnedOutright }) => isOwnedOutright },
  { name: "record_ids", value: ({ records }) => records.map(({ id }) => String(id)) },
  { name: "forms", value: formsOf },
];

/** "this #12", "LP #7 +1" */
function ownText({ records, isOwnedOutright }: WantRow): string {
  const [first] = records;
  if (first === undefined) return "";
  const more = records.length > 1 ? ` +${records.length - 1}` : "";
  return `${isOwnedOutright ? "this" : first.form} #${first.id}${more}`.trim();
}

function wantsTable(answer: WantsAnswer): TableView<WantRow> {
  const { question, rows, total, owned, ownedOutright, isPrivate } = answer;
  const { paging, words, isOwned } = question;
  return {
    columns: (look) => columnsOf(question, look),
    lines: rows,
    footer: ({ lines }) => [
      [shownInWords(paging, { shown: lines.length, total, noun: "want" }), nextPage(paging, total)],
      owned === 0
        ? []
        : [
            `You own ${thousands(owned - ownedOutright)} in another pressing, ${thousands(ownedOutright)} outright (this)`,
            isOwned === null ? "to buy: --not-owned" : "",
          ],
    ],
    empty: () => {
      if (words.length > 0 || isOwned !== null) return "No want fits.";
      return isPrivate
        ? "Your wantlist is private: only a token of your own account can read it."
        : "Your wantlist is empty.";
    },
    place: () => ({ paging, total, noun: "want" }),
  };
}

function columnsOf({ sort }: WantsAnswer["question"], look: Look): Column<WantRow>[] {
  const names = ["release_id", "artist", "title", "form", "year", "play_count", "last_played", "owned"];
  const { column: brought } = wantOrders[sort];
  return wantFields.flatMap((field) => {
    if (!names.includes(field.name) && field.name !== brought) return [];
    const column = field.column?.(look);
    if (column === undefined) return [];
    const { dropOrder: _, ...stays } = column;
    return [field.name === brought ? stays : column];
  });
}
