import type { Context } from "../../context.ts";
import { escapeJson } from "../../output/json.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { writeListing } from "../../output/row-formats.ts";
import { createChunkWriter } from "../../output/stream.ts";
import { buildPeriodSql, parsePlayPeriod } from "../../queries/conditions/period.ts";
import { requireHistory } from "../../queries/statistics/readiness.ts";
import { exportColumns, renderExportLine } from "../../sources/files/rewind-export.ts";
import { limitPageCache, withSnapshot } from "../../store/file/database.ts";
import { rawSql } from "../../store/file/sql.ts";
import { readHistoryPlays } from "../../store/plays/history-plays.ts";
import {
  declareCommand,
  declareOptions,
  type CommandDeclaration,
  type Invocation,
} from "../shared/command-declaration.ts";
import { buildAsOption, duringOption } from "../shared/listing/list-options.ts";

const exportFormats = ["ndjson", "csv"] as const;

const exportOptions = declareOptions(buildAsOption(exportFormats), {
  ...duringOption,
  help: "export only plays in this period",
});

export const declaration: CommandDeclaration = {
  name: "export",
  examples: [["rewind export plays > plays.jsonl", "save your listening history in a file"]],
  commands: [
    declareCommand({
      name: "plays",
      summary: "print your whole listening history, each play once",
      isQuestion: true,
      details: `Prints the plays of all sources, the oldest first, as the exports of ListenBrainz do: one JSON object a line.
additional_info also has how well the time is known, and what each source says. rewind import reads the file, also in
another home, and counts the same.
Plays that you logged and no source has are not in it: they are decisions, which rewind links export prints.`,
      options: exportOptions,
      examples: [
        ["rewind export plays > plays.jsonl", "save your listening history in a file"],
        ["rewind export plays --as csv > plays.csv", "the same for a spreadsheet"],
        ["rewind export plays --during 2024 > 2024.jsonl", "only the plays of a year"],
      ],
      load: async () => runExportPlays,
    }),
  ],
};

async function runExportPlays(
  context: Context,
  { options }: Invocation<typeof exportOptions>,
): Promise<void> {
  const { as, during } = options;
  const nowUts = Math.floor(context.clock.now() / 1000);
  const period = during === undefined ? null : parsePlayPeriod("--during", during, nowUts);
  const database = await context.openCache();
  requireHistory(database, "Single plays");
  let playCount = 0;
  await withSnapshot(database, async () => {
    // Tracks and albums are looked up in no order.
    limitPageCache(database, 16);
    const plays = countPlays();
    if (as === "csv") return writeListing(context, exportColumns, plays, { as });
    const chunks = createChunkWriter(context);
    for (const play of plays) {
      const isWritten = chunks.add(escapeJson(`${renderExportLine(play)}\n`));
      if (isWritten !== undefined) await isWritten;
    }
    await chunks.end();
  });
  if (!context.screen.isTerminal) context.note(`Exported: ${pluralize(playCount, "play")}.`);

  function* countPlays() {
    for (const play of readHistoryPlays(database, buildPeriodSql(rawSql("uts"), period))) {
      playCount += 1;
      yield play;
    }
  }
}
