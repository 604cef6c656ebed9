// Reads files into a stage, then adds what is new to the cache. Nothing reaches the cache before all files are read.
import type { SourceName, SourcePlay } from "../../model/listening-sources.ts";
import { daySeconds, dayStartOf } from "../../model/times.ts";
import { fileFormats } from "../../sources/files/all-formats.ts";
import { decodeHead, readHead } from "../../sources/files/file-text.ts";
import { openInputs } from "../../sources/files/input-files.ts";
import { copySeconds, type LeftOutRule } from "../../sources/files/play-rules.ts";
import { type FileFormat, UnreadableFile } from "../../sources/files/file-format.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import {
  knownDayFinder,
  knownPlayFinder,
  sourceImport,
  noteSourceRead,
  removeSourcePlays,
} from "../../store/plays/source-plays.ts";
import { mergeSources } from "../merging/merge-sources.ts";
import { createStage, type Stage, type StagedPlay } from "./staged-plays.ts";

interface ReadOptions {
  readonly zone: string;
  /** undefined: what the first bytes of each file say. */
  readonly encoding: string | undefined;
  readonly nowMs: number;
  readonly onProgress: (progress: ReadProgress) => void;
}

export interface ReadProgress {
  readonly file: string;
  readonly bytes: number;
  readonly allBytes: number;
}

export interface ReadFiles {
  readonly stage: Stage;
  readonly files: readonly { readonly name: string; readonly format: FileFormat }[];
  /** Files in a folder or a zip without listening history. */
  readonly otherFiles: number;
}

/** Throws UnreadableFile. The caller closes the stage. */
export async function readFiles(
  paths: readonly string[],
  { zone, encoding: userEncoding, nowMs, onProgress }: ReadOptions,
): Promise<ReadFiles> {
  const inputs = await openInputs(paths);
  const stage = createStage();
  try {
    const exports = [];
    for (const file of inputs.files) {
      const { encoding, head } = decodeHead(await readHead(file), userEncoding);
      const format = fileFormats.find(({ detect }) => detect(head));
      if (format === undefined && file.isNamed) throw unknownFile(file.name, head);
      if (format !== undefined) exports.push({ file, format, encoding, head });
    }
    if (exports.length === 0) throw unknownFile(paths.join(", "));
    const allBytes = exports.reduce((sum, { file }) => sum + file.bytes, 0);
    let bytes = 0;
    for (const [at, { file, format, encoding, head }] of exports.entries()) {
      const onBytes = (count: number): void => {
        bytes += count;
        onProgress({ file: file.name, bytes, allBytes });
      };
      await format.read({ ...file, encoding, head, zone, nowMs, onBytes }, stage.sink(format.source, at));
    }
    stage.settle();
    return {
      stage,
      files: exports.map(({ file: { name }, format }) => ({ name, format })),
      otherFiles: inputs.files.length - exports.length,
    };
  } catch (error) {
    stage.close();
    throw error;
  } finally {
    inputs.close();
  }
}

function unknownFile(name: string, head = ""): UnreadableFile {
  const hint = /"decisions"\s*:/.test(head)
    ? "These are decisions. Run: rewind links import FILE"
    : "It reads Spotify, Apple Music, ListenBrainz, Maloja, Koito, Pano Scrobbler, Libre.fm, .scrobbler.log\nand dumps of Last.fm: rewind import --help";
  return new UnreadableFile(name, null, "this is not a listening history that rewind can read", hint);
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
  let imported: ImportedSource[] = [];
  try {
    transact(database, () => {
      imported = stage.sources().map((name) => {
        const source: SourceName = { name, kind: "file" };
        const result = summed(stage, name, (plays) => addPlays(database, source, plays));
        noteSourceRead(database, source, nowUts);
        return result;
      });
      if (isDryRun) throw new DryRun();
      mergeSources(database);
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
    summed(stage, name, (plays) => {
      let count = 0;
      for (const _ of plays) count += 1;
      return count;
    }),
  );
}

/** Passes the plays of a source on, and sums them up on the way. */
function summed(stage: Stage, name: string, add: (plays: Iterable<StagedPlay>) => number): ImportedSource {
  let plays = 0;
  let days = 0;
  let first: SourcePlay | null = null;
  let last: SourcePlay | null = null;
  let nextDayUts = 0;
  function* tapped(): Iterable<StagedPlay> {
    for (const stagedPlay of stage.plays(name)) {
      const { play } = stagedPlay;
      plays += 1;
      // Plays whose time is unknown come first.
      if (play.startUts > 0) {
        first ??= play;
        last = play;
        if (play.startUts >= nextDayUts) {
          days += 1;
          nextDayUts = dayStartOf(play.startUts, 1);
        }
      }
      yield stagedPlay;
    }
  }
  const newPlays = add(tapped());
  const leftOut = stage.leftOut(name);
  const rows = [...leftOut.values()].reduce((sum, count) => sum + count, plays);
  return { name, rows, plays, added: newPlays, days, first, last, leftOut };
}

const batchSize = 5_000;

/** Equal plays must come in one batch: it ends where a second ends. */
function addPlays(database: Database, source: SourceName, plays: Iterable<StagedPlay>): number {
  const findKnown = knownPlayFinder(database, source);
  const knownDay = knownDayFinder(database, source);
  let newPlays = 0;
  let batch: SourcePlay[] = [];
  const flush = (): void => {
    newPlays += sourceImport(database, source)(batch);
    batch = [];
  };
  for (const { play: read, playedMs } of plays) {
    const play = read.precisionSeconds === daySeconds ? { ...read, startUts: knownDay(read.startUts) } : read;
    const { startUts, artist, sourceKey } = play;
    if (batch.length >= batchSize && batch.at(-1)?.startUts !== startUts) flush();
    // Plays without a time, or with a day alone, are counted by their names.
    const isDated = startUts > 0 && play.precisionSeconds < daySeconds;
    // Two exports may date a play a second apart.
    const seconds = playedMs === null ? 1 : Math.max(1, Math.min(copySeconds, playedMs / 1000 - 1));
    const knownPlay = isDated ? findKnown(play, seconds) : undefined;
    if (knownPlay !== undefined) {
      const isArtistNew = knownPlay.artist === "" && artist !== "" && sourceKey !== null;
      if (!isArtistNew) continue;
      removeSourcePlays(database, source, [{ startUts: knownPlay.startUts, sourceKey }]);
      newPlays -= 1;
    }
    batch.push(play);
  }
  flush();
  return newPlays;
}
