import { setFlagsFromString } from "node:v8";
import type { Context } from "../../context.ts";
import { NotReadyError } from "../../model/errors.ts";
import { linesText, printable } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import { bytesText } from "../../output/number-text.ts";
import { showProgress } from "../../output/progress.ts";
import type { Database } from "../../store/file/database.ts";
import { addToCache, countAll, readFiles, type ReadProgress } from "../../sync/imports/import-files.ts";
import { ask as askSources } from "../../queries/shelf/sources.ts";
import { joinedText } from "../../output/source-text.ts";
import type { Call } from "../shared/declaration.ts";
import { importDocument, importLines } from "./import-report.ts";

interface ImportFlags {
  readonly dryRun?: true;
  readonly zone?: string;
  readonly encoding?: string;
  readonly json?: true;
}

export async function runImport(context: Context, { arguments: [paths], options }: Call): Promise<void> {
  const { dryRun: isDryRun = false, zone: chosenZone, encoding, json } = options as ImportFlags;
  const zone = chosenZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const nowMs = context.clock.now();
  // Without it, V8 lets garbage pile up: a history of 350 MB would take 300 MB of memory in place of 160.
  setFlagsFromString("--optimize-for-size");
  const read = await withProgress(context, "Looking at the files", (show) =>
    readFiles(paths as readonly string[], {
      zone,
      encoding,
      nowMs,
      onProgress: (progress) => show(progressText(progress)),
    }),
  );
  try {
    const database = isDryRun ? await existingCache(context) : await context.writableStore();
    const sources = await withProgress(context, "Adding the plays", async () =>
      database === null
        ? countAll(read.stage)
        : addToCache(database, read.stage, { isDryRun, nowUts: Math.floor(nowMs / 1000) }),
    );
    const report = { ...read, sources, isDryRun, zone };
    if (json === true) await writeJson(context, importDocument(report));
    else await context.write(linesText(importLines(report, context.screen)));
    const mergedText = database === null || isDryRun ? null : joinedText(askSources(database));
    if (mergedText !== null && json !== true)
      await context.write(linesText(sentence(mergedText, context.screen)));
  } finally {
    read.stage.close();
  }
}

/** null if there is no cache yet: a dry run does not create one. */
async function existingCache(context: Context): Promise<Database | null> {
  try {
    return await context.store();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

function progressText({ file, bytes, allBytes }: ReadProgress): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return `Reading ${bytesText(bytes)} of ${bytesText(allBytes)}: ${name.slice(0, 40)}`;
}

async function withProgress<Value>(
  context: Context,
  start: string,
  work: (show: (text: string) => void) => Promise<Value>,
): Promise<Value> {
  const { errorScreen, options, stderr } = context;
  let text = start;
  const display =
    errorScreen.isTerminal && options.quiet !== true
      ? await showProgress(stderr, errorScreen, () => [printable(text)])
      : undefined;
  try {
    return await work((next) => {
      text = next;
    });
  } finally {
    display?.stop();
  }
}
