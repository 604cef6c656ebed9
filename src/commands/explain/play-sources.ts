// `explain --plays`: the plays of a record, with their sources.
import type { Context } from "../../context.ts";
import { sourceTitle } from "../../model/source-names.ts";
import type { Column } from "../../output/field.ts";
import { localDay, localTime } from "../../output/dates.ts";
import { counted } from "../../output/number-text.ts";
import { present } from "../../output/present.ts";
import { ask, document, type RecordPlay } from "../../queries/explain/record-plays.ts";
import type { Database } from "../../store/file/database.ts";

export async function explainPlays(
  context: Context,
  database: Database,
  recordId: number,
  asJson: boolean,
): Promise<void> {
  const plays = ask(database, recordId);
  await present(
    context,
    { as: asJson ? "json" : "table" },
    {
      document: () => document(recordId, plays),
      table: () => ({
        columns: () => columns,
        lines: plays,
        footer: () => [[counted(plays.length, "play")]],
        empty: () => "No plays of this record are known one by one.",
      }),
    },
  );
}

const columns: readonly Column<RecordPlay>[] = [
  { header: "Played", cell: timeText },
  {
    header: "Artist",
    cell: ({ artist }) => artist,
    dropOrder: 1,
    flexible: { share: 1, maxWidth: 30, cut: "end" },
  },
  { header: "Track", cell: ({ track }) => track, flexible: { share: 2, maxWidth: 50, cut: "end" } },
  { header: "Sources", cell: ({ sources }) => sources.map(sourceTitle).join(", ") },
];

function timeText({ uts, precisionSeconds }: RecordPlay): string {
  if (uts === 0) return "";
  // The day of a file must not become the day before in another zone.
  if (precisionSeconds === 86_400) return new Date(uts * 1000).toISOString().slice(0, 10);
  return `${localDay(uts)} ${localTime(uts)}`;
}
