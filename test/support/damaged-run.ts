// One command line over one damaged cache, and what may never come of it.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Damage } from "./file-damage.ts";
import { getHomeCachePath } from "./filled-cache.ts";
import { createSampleSync } from "./sample-home.ts";
import { runCli, type CliResult } from "./run-cli.ts";

interface DamagedRun {
  readonly damage: Damage;
  readonly argv: readonly string[];
  readonly random: () => number;
  readonly tty: boolean;
}

/** Puts a damaged copy of a cache into a home, runs the line there, and tells what was wrong with how it ended. */
export async function runDamaged(
  soundCache: string,
  home: string,
  { damage, argv, random, tty }: DamagedRun,
): Promise<string | null> {
  const path = getHomeCachePath(home);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(soundCache, path);
  damage.apply(path, random);
  try {
    return findDefect(
      await runCli(argv, {
        home,
        tty,
        // The width breaks no line of an error: they are counted.
        columns: 250,
        stdin: ["y", "n", "1", "u", "q"],
        ...createSampleSync(),
      }),
    );
  } catch (error) {
    return `run() threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** Returns why an ending is a defect, whatever was asked; null for a good one. */
export function findDefect({
  code,
  stdout = "",
  stderr,
}: Pick<CliResult, "code" | "stderr"> & { readonly stdout?: string }): string | null {
  if (![0, 1, 2, 3, 4, 5, 130, 143].includes(code)) return `exit code ${code}`;
  if (/^ {4}at |this is a bug/m.test(stderr)) return stderr.slice(0, 2000);
  // Notices of work in progress are erased before anything else is written.
  const lines = stderr
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\r\u001b[2K").at(-1) ?? "");
  const from = lines.findLastIndex((line) => line.startsWith("rewind: "));
  // rewind have says no with an answer and 1.
  if (code !== 0 && from === -1 && stdout === "") return `exit code ${code} without a word: ${stderr}`;
  if (code !== 0 && from !== -1 && lines.length - from > 3) return `more than three lines: ${stderr}`;
  return null;
}
