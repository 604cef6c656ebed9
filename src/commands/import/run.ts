import type { Context } from "../../context.ts";
import { NotReadyError } from "../../model/errors.ts";
import { linesText, printable, type SafeText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { bytesText } from "../../output/numbers.ts";
import { showProgress } from "../../output/progress.ts";
import type { Database } from "../../store/file/database.ts";
import {
  addToCache,
  countAll,
  readFiles,
  type ImportedSource,
  type ReadFiles,
  type ReadProgress,
} from "../../sync/imports/import-files.ts";
import type { Call } from "../shared/declaration.ts";
import { importDocument, importLines } from "./import-report.ts";

interface ImportFlags {
  readonly dryRun?: true;
  readonly zone?: string;
  readonly encoding?: string;
  readonly json?: true;
}

export async function runImport(context: Context, { arguments: [paths], options }: Call): Promise<void> {
  const { dryRun: isDryRun = false, zone, encoding, json } = options as ImportFlags;
  const nowMs = context.clock.now();
  const read = await withProgress(context, (onProgress) =>
    readFiles(paths as readonly string[], {
      zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      encoding,
      nowMs,
      onProgress,
    }),
  );
  try {
    const sources = await add(context, read, { isDryRun, nowUts: Math.floor(nowMs / 1000) });
    const report = { ...read, sources, isDryRun };
    if (json === true) await writeJson(context, importDocument(report));
    else await context.write(linesText(importLines(report, context.screen)));
  } finally {
    read.stage.close();
  }
}

async function add(
  context: Context,
  { stage }: ReadFiles,
  { isDryRun, nowUts }: { readonly isDryRun: boolean; readonly nowUts: number },
): Promise<ImportedSource[]> {
  const database = isDryRun ? await existingCache(context) : await context.writableStore();
  return database === null ? countAll(stage) : addToCache(database, stage, { isDryRun, nowUts });
}

/** null if there is no cache yet: a dry run makes none. */
async function existingCache(context: Context): Promise<Database | null> {
  try {
    return await context.store();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

async function withProgress<Value>(
  context: Context,
  work: (onProgress: (progress: ReadProgress) => void) => Promise<Value>,
): Promise<Value> {
  let lines: readonly SafeText[] = [printable("Looking at the files")];
  const display =
    context.errorScreen.isTerminal && context.options.quiet !== true
      ? await showProgress(context.stderr, context.errorScreen, () => lines)
      : undefined;
  try {
    return await work(({ file, bytes, allBytes }) => {
      const name = file.split(/[/\\]/).at(-1) ?? file;
      lines = [printable(`Reading ${bytesText(bytes)} of ${bytesText(allBytes)}: ${name.slice(0, 40)}`)];
    });
  } finally {
    display?.stop();
  }
}
