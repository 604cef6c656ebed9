import type { Context } from "../../context.ts";
import { timeHint } from "../shared/listing/list-notes.ts";
import { ask, document, type RecentAnswer, type RecentRow } from "../../queries/albums/recent.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import type { Column, Field } from "../../output/field.ts";
import { localDay, localTime } from "../../output/dates.ts";
import type { TerminalStyle } from "../../output/screen.ts";
import type { TableView } from "../../output/present.ts";
import { formsOf, isoSeconds } from "../../queries/records/contract.ts";
import { artistColumn, numberColumn, titleWidth } from "../shared/listing/list-fields.ts";
import { duringOption, listOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recent",
  isQuestion: true,
  details: `Lists your scrobbles, newest first. # is your record of the album in any pressing; +1 means that you have another
copy. To list the plays that you logged yourself: rewind played --list`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recentSchema }],
  arguments: [
    {
      name: "[words...]",
      help: "only plays that have all of these words in artist, track or album",
      choices: { source: "artist" },
    },
  ],
  options: [duringOption, ...listOptions("played_at,track_name")],
  examples: [
    ["rewind recent", "the last 20 plays"],
    ["rewind recent --during yesterday --all", "every play of yesterday"],
    ["rewind recent --limit 100 --as csv > plays.csv", "write a spreadsheet"],
  ],
  load: async () => runRecent,
};

async function runRecent(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words, paging, nowUts }) => {
    const { during }: { readonly during?: string } = options;
    const span = during === undefined ? null : parseSpan("--during", during, nowUts);
    return {
      ask: (database) => ask(database, { span, words, paging }),
      document,
      fields: recentFields,
      rows: ({ rows }) => rows,
      table: recentTable,
    };
  });
}

/** The names and their order are a promise to scripts: add new ones at the end. */
const recentFields: readonly Field<RecentRow>[] = [
  { name: "played_at", value: ({ uts }) => isoSeconds(uts) },
  { name: "artist_name", value: ({ artist }) => artist },
  { name: "track_name", value: ({ track }) => track },
  { name: "album_id", value: ({ albumId }) => albumId, numeric: true },
  { name: "album_name", value: ({ album }) => (album === "" ? null : album) },
  { name: "record_ids", value: ({ records }) => records.map(({ id }) => String(id)) },
  { name: "forms", value: ({ records }) => formsOf(records) },
];

function recentTable({ question, rows, total }: RecentAnswer): TableView<RecentRow> {
  const { paging, words } = question;
  return {
    columns: columnsOf,
    lines: rows,
    place: () => ({ paging, total, noun: "play", about: "#: your record of the album" }),
    empty: () =>
      words.length > 0 ? `No play has these words.${timeHint(words)}` : "You played nothing in this time.",
  };
}

function columnsOf({ colours }: TerminalStyle): Column<RecentRow>[] {
  return [
    { header: "Day", cell: ({ uts }) => localDay(uts) },
    { header: "Time", cell: ({ uts }) => localTime(uts), dropOrder: 2 },
    {
      ...numberColumn<RecentRow>(colours, ({ records: [first] }) => first?.id ?? ""),
      suffix: ({ records }) => (records.length > 1 ? ` +${records.length - 1}` : ""),
    },
    artistColumn(({ artist }) => artist),
    { header: "Track", cell: ({ track }) => track, flexible: titleWidth, isName: true },
    { header: "Album", cell: ({ album }) => album, flexible: titleWidth, dropOrder: 1 },
  ];
}
