import type { Context } from "../../context.ts";
import { reportLoneNumber, suggestDuringOption } from "../shared/listing/list-notices.ts";
import { recentQuery, type RecentResult, type RecentRow } from "../../queries/albums/recent-plays.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import type { Field } from "../../output/field.ts";
import { formatTime } from "../../output/format-dates.ts";
import { getDistinctForms } from "../../queries/records/json-rows.ts";
import { artistField, dayField, numberField, titleField, titleWidth } from "../shared/listing/list-fields.ts";
import { wordsArgument } from "../shared/listing/list-options.ts";
import type { TableView } from "../../output/present.ts";
import { hasOnlyPlays } from "../../queries/statistics/readiness.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";

export const declaration: CommandDeclaration = {
  name: "recent",
  isQuestion: true,
  details: `Lists your plays, newest first. # is your record of the album in any pressing; +1 means that you have another
copy. Plays that you logged are marked, unless your history has them too. To list or delete them:
rewind played list`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recentSchema }],
  arguments: [
    { ...wordsArgument, help: "only plays that have all of these words in artist, track or album" },
  ],
  options: buildQueryOptions(recentQuery, { columns: "played_at,track_name" }),
  examples: [
    ["rewind recent", "the last 20 plays"],
    ["rewind recent --during yesterday --all", "every play of yesterday"],
    ["rewind recent --limit 100 --as csv > plays.csv", "write a spreadsheet"],
  ],
  load: async () => runRecent,
};

async function runRecent(context: Context, call: Invocation): Promise<void> {
  reportLoneNumber(context, call.words, "recent");
  await runQuery(context, call, recentQuery, {
    fields: recentFields,
    table: buildRecentTable,
  });
}

/** The names and their order are a promise to scripts: add new ones at the end. */
const recentFields: readonly Field<RecentRow>[] = [
  dayField("played_at", "Day", ({ uts }) => uts),
  artistField("artist_name", ({ artist }) => artist),
  titleField("track_name", ({ track }) => track, {
    header: "Track",
    cell: ({ track, album }) => track ?? album,
    suffix: ({ releaseId }) => (releaseId === null ? "" : " (logged)"),
  }),
  { name: "album_id", value: ({ albumId }) => albumId, numeric: true },
  {
    name: "album_name",
    header: "Album",
    value: ({ album }) => (album === "" ? null : album),
    flexible: titleWidth,
    dropOrder: 1,
  },
  { name: "record_ids", value: ({ records }) => records.map(({ id }) => String(id)) },
  { name: "forms", value: ({ records }) => getDistinctForms(records) },
  {
    name: "time",
    header: "Time",
    value: ({ uts, precisionSeconds }) => (precisionSeconds === daySeconds ? null : formatTime(uts)),
    dropOrder: 2,
    isOfScreens: true,
  },
  {
    ...numberField("record", ({ records: [first] }) => first?.id ?? null),
    suffix: ({ records }) => (records.length > 1 ? ` +${records.length - 1}` : ""),
    isOfScreens: true,
  },
  { name: "logged", value: ({ releaseId }) => releaseId !== null },
  { name: "precision_seconds", value: ({ precisionSeconds }) => precisionSeconds, numeric: true },
];

function buildRecentTable(
  { question: { words, period }, total }: RecentResult,
  { database }: { readonly database: Database },
): TableView<RecentRow> {
  const hasRecords = !hasOnlyPlays(database);
  return {
    names: [
      "played_at",
      "time",
      ...(hasRecords ? ["record"] : []),
      "artist_name",
      "track_name",
      "album_name",
    ],
    page: { total, noun: "play", about: hasRecords ? "#: your record of the album" : "" },
    empty: () => {
      if (words.length > 0) return `No play has these words.${suggestDuringOption(words)}`;
      return period === null ? "No plays yet." : "You played nothing in this time.";
    },
  };
}
