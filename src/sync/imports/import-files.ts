// Reads files into a stage, then adds what is new to the cache. Nothing reaches the cache before all files are read.
import type { SourceName, SourcePlay } from "../../model/listening-sources.ts";
import { computeDayStartAt } from "../../model/times.ts";
import {
  detectFormat,
  isListOfPlays,
  isServiceExport,
  unrecognisedFile,
  explainRefusal,
} from "../../sources/files/all-formats.ts";
import { decodeHead } from "../../sources/files/file-text.ts";
import { createBudget } from "../../sources/files/import-budget.ts";
import { listFiles, openFiles } from "../../sources/files/input-files.ts";
import type { LeftOutRule } from "../../sources/files/play-rules.ts";
import { UnreadableFile } from "../../sources/files/file-format.ts";
import type { ColumnNames } from "../../sources/files/play-columns.ts";
import { type Database, limitPageCache, transact } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import { markSourceRead } from "../../store/plays/source-plays.ts";
import { refreshUnmatchedSongs } from "../matching/unmatched-songs.ts";
import { mergeSources } from "../merging/merge-sources.ts";
import { type ImportedPlay, importPlays } from "./import-plays.ts";
import { createStage, type Stage, type StagedFile } from "./staged-plays.ts";

interface ReadOptions {
  /** undefined: this machine's for devices, UTC for tables. */
  readonly zone: string | undefined;
  readonly columns?: ColumnNames;
  /** undefined: what the first bytes of each file say. */
  readonly encoding: string | undefined;
  readonly nowMs: number;
  readonly onProgress: (progress: ReadProgress) => void;
}

export interface ReadProgress {
  readonly file: string;
  /** The size on the disk, packed in a zip. */
  readonly bytes: number;
  readonly allBytes: number;
}

export interface ReadFiles {
  readonly stage: Stage;
  readonly files: readonly StagedFile[];
  /** Files in a folder or a zip without listening history. */
  readonly otherFiles: number;
}

/** Throws UnreadableFile. The caller closes the stage. */
export async function readFiles(
  paths: readonly string[],
  { zone, columns = {}, encoding: userEncoding, nowMs, onProgress }: ReadOptions,
): Promise<ReadFiles> {
  const budget = createBudget();
  const onDisk = await listFiles(paths, budget);
  const allBytes = onDisk.reduce((sum, { bytes }) => sum + bytes, 0);
  const stage = createStage(budget);
  const files: StagedFile[] = [];
  let otherFiles = 0;
  let bytes = 0;
  try {
    for await (const { head: headBytes, isNamedByUser, diskShare, ...file } of openFiles(onDisk, budget)) {
      const { encoding, head } = decodeHead(headBytes, userEncoding);
      const format = detectFormat(head, columns);
      const refusal = explainRefusal(head, format, columns);
      if (isNamedByUser && refusal !== null)
        throw new UnreadableFile(file.name, null, refusal.why, refusal.hint);
      if (format === null) {
        otherFiles += 1;
        continue;
      }
      const onBytes = (count: number): void => {
        budget.addText(count);
        bytes += count * diskShare;
        onProgress({ file: file.name, bytes, allBytes });
      };
      const zones = {
        zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        tableZone: zone ?? "UTC",
      };
      const sink = stage.sink(format, file.name);
      // A table that the user did not name may be about something else.
      const isGuess = !isNamedByUser && isListOfPlays(format);
      try {
        await format.read({ ...file, ...zones, encoding, head, nowMs, onBytes }, sink);
        const read = sink.finish();
        if (!isServiceExport(format)) requireReadableRows(read);
        files.push(read);
      } catch (error) {
        if (!isGuess || !(error instanceof UnreadableFile) || sink.hasPlays()) throw error;
        otherFiles += 1;
      }
    }
    // One of a service's many files may have nothing but tracks that vanished.
    const [first] = files;
    if (first !== undefined && files.every(({ missingFacts }) => missingFacts !== null)) {
      requireReadableRows(first);
    }
    if (first === undefined) {
      const { why, hint } = unrecognisedFile;
      throw new UnreadableFile(paths.join(", "), null, why, hint);
    }
    stage.finish();
    return { stage, files, otherFiles };
  } catch (error) {
    stage.close();
    throw error;
  }
}

function requireReadableRows({ name, missingFacts }: StagedFile): void {
  if (missingFacts === null) return;
  throw new UnreadableFile(name, null, `none of its rows has ${missingFacts}, so none can be read`);
}

export interface ImportedSource {
  readonly name: string;
  /** Each row of the files is a play or was left out. */
  readonly rows: number;
  readonly plays: number;
  readonly added: number;
  /** Days of the user's own zone with plays. */
  readonly days: number;
  readonly first: SourcePlay | null;
  readonly last: SourcePlay | null;
  readonly leftOut: ReadonlyMap<LeftOutRule, number>;
}

class DryRun extends Error {}

/** Adds what was read to the cache in one transaction. A dry run finds out what would be new and changes nothing. */
export function addToCache(
  database: Database,
  stage: Stage,
  { isDryRun, nowUts }: { readonly isDryRun: boolean; readonly nowUts: number },
): ImportedSource[] {
  const lock = lockSync(database.name);
  limitPageCache(database);
  let imported: ImportedSource[] = [];
  try {
    transact(database, () => {
      imported = stage.sources().map((name) => {
        const source: SourceName = { name, kind: "file" };
        const result = summarisePlays(stage, name, (plays) => importPlays(database, source, plays));
        markSourceRead(database, source, nowUts);
        return result;
      });
      if (isDryRun) throw new DryRun();
      mergeSources(database);
      refreshUnmatchedSongs(database);
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  } finally {
    lock.release();
  }
  return imported;
}

/** The result of a dry run without a cache: all plays are new. */
export function countAll(stage: Stage): ImportedSource[] {
  return stage.sources().map((name) =>
    summarisePlays(stage, name, (plays) => {
      let count = 0;
      for (const _ of plays) count += 1;
      return count;
    }),
  );
}

/** Passes the plays of a source on, and sums them up on the way. */
function summarisePlays(
  stage: Stage,
  name: string,
  add: (plays: Iterable<ImportedPlay>) => number,
): ImportedSource {
  let plays = 0;
  let days = 0;
  let first: SourcePlay | null = null;
  let last: SourcePlay | null = null;
  let nextDayUts = 0;
  function* tapPlays(): Iterable<ImportedPlay> {
    for (const importedPlay of stage.plays(name)) {
      const { play } = importedPlay;
      plays += 1;
      // Plays whose time is unknown come first.
      if (play.startUts > 0) {
        first ??= play;
        last = play;
        if (play.startUts >= nextDayUts) {
          days += 1;
          nextDayUts = computeDayStartAt(play.startUts, 1);
        }
      }
      yield importedPlay;
    }
  }
  const newPlays = add(tapPlays());
  const leftOut = stage.leftOut(name);
  const rows = [...leftOut.values()].reduce((sum, count) => sum + count, plays);
  return { name, rows, plays, added: newPlays, days, first, last, leftOut };
}
