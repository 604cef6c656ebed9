// Reads a made history as rewind import does, up to the cache.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFiles } from "../../src/sync/imports/import-files.ts";
import type { ColumnNames } from "../../src/sources/files/play-columns.ts";
import { createTempDirectory } from "./temp-directories.ts";

interface Options {
  readonly zone?: string;
  readonly columns?: ColumnNames;
  readonly encoding?: string;
}

/** Files by name, in a folder of their own. */
export function writeFiles(files: Readonly<Record<string, string | Buffer>>): string[] {
  const folder = createTempDirectory("rewind-history");
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

export async function readHistoryFiles(
  paths: readonly string[],
  { zone, columns = {}, encoding }: Options = {},
) {
  const { stage, files, otherFiles } = await readFiles(paths, {
    zone,
    columns,
    encoding,
    nowMs: Date.UTC(2026, 2, 14, 12),
    onProgress: () => {},
  });
  try {
    const sources = stage.sources();
    const plays = Object.fromEntries(
      sources.map((source) => [source, [...stage.plays(source)].map(({ play }) => play)]),
    );
    const leftOut = Object.fromEntries(
      sources.map((source) => [source, Object.fromEntries(stage.leftOut(source))]),
    );
    return { formats: files.map(({ format }) => format.name), otherFiles, plays, leftOut };
  } finally {
    stage.close();
  }
}

/** The history in one file of any name. */
export async function readHistoryContent(content: string | Buffer, options: Options = {}) {
  return readHistoryFiles(writeFiles({ "history.bin": content }), options);
}
