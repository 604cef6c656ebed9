// Runs every command of two builds over the same shelves and compares what they print, byte for byte:
//   REWIND_BASELINE=../older npx vitest run --config test/stress/vitest.config.ts compare-outputs
// Both checkouts have to be built. Each fills its own caches by its own test/support/, so they may have different formats
// and different folders. Other variables:
//   REWIND_DIFFERENCES=differences.txt   every difference, as it is found
//   REWIND_CACHES=sample,empty           only these caches
//   REWIND_WIDTHS=0,60,120               widths of the terminal; 0 is a pipe
//   REWIND_ONLY='^xref'                  only the command lines that match
// The note of a change lists each difference that is meant.
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type * as hostile from "../smoke/hostile-cache.ts";
import type * as filled from "../support/filled-cache.ts";
import type * as generated from "../support/generated-cache.ts";
import type * as sample from "../support/sample-home.ts";
import { runCommand } from "../support/run-process.ts";
import { decisions, listOutputLines, type OutputLine } from "./output-lines.ts";

const baseline = process.env["REWIND_BASELINE"];
const differences = process.env["REWIND_DIFFERENCES"];
const widths = (process.env["REWIND_WIDTHS"] ?? "0,80").split(",").map((width) => Number(width) || null);
const only = new RegExp(process.env["REWIND_ONLY"] ?? "");
const here = fileURLToPath(new URL("../..", import.meta.url));
const preload = fileURLToPath(new URL("../support/fixed-process.mjs", import.meta.url));
const nowMs = Date.UTC(2026, 2, 14, 12);

async function runRewind(root: string, home: string, argv: readonly string[], columns: number | null = null) {
  const line = ["--import", preload, join(root, "bin/rewind.js"), ...argv];
  const { code, stdout, stderr } = await runCommand(process.execPath, line, {
    home,
    cwd: home,
    env: {
      TZ: "UTC",
      PAGER: "cat",
      REWIND_TEST_NOW: String(nowMs),
      ...(columns === null ? {} : { REWIND_TEST_COLUMNS: String(columns), TERM: "xterm-256color" }),
    },
  });
  // The directory and the UUIDs of notes differ in each run.
  const [out = "", err = ""] = [stdout, stderr].map((text) =>
    text
      .replaceAll(home, "HOME")
      .replaceAll(root, "ROOT/")
      .replaceAll("ROOT//", "ROOT/")
      .replaceAll(/[\da-f]{8}-[\da-f]{4}-4[\da-f-]{22}/g, "UUID"),
  );
  return { code, stdout: out, stderr: err };
}

/** Fills the cache of a home by the test support of the build that will read it. */
type Fill = (root: string, home: string) => Promise<void>;

const caches: Readonly<Record<string, Fill>> = {
  sample: async (root, home) => {
    const { sampleHome } = (await import(join(root, "test/support/sample-home.ts"))) as typeof sample;
    cpSync(await sampleHome(nowMs), home, { recursive: true });
  },
  generated: async (root, home) => {
    const path = join(root, "test/support/generated-cache.ts");
    const { generateCache } = (await import(path)) as typeof generated;
    const directory = join(home, "data/rewind");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const size = { records: 3_000, albums: 4_000, plays: 90_000, wants: 90 };
    (await generateCache(directory, size)).database.close();
  },
  hostile: async (root, home) => {
    const { hostileHome } = (await import(join(root, "test/smoke/hostile-cache.ts"))) as typeof hostile;
    cpSync((await hostileHome()).home, home, { recursive: true });
  },
  empty: async (root, home) => {
    const { fillCache } = (await import(join(root, "test/support/filled-cache.ts"))) as typeof filled;
    await fillCache(home, { nowMs });
  },
};
const cacheNames = (process.env["REWIND_CACHES"] ?? Object.keys(caches).join(",")).split(",");

async function addDecisions(root: string, home: string): Promise<void> {
  const gaps = await runRewind(root, home, ["gaps", "--plays", "1..", "--tracks", "1..", "--json"]);
  const { data } = JSON.parse(gaps.stdout) as { data: { album: { id: number } }[] };
  for (const argv of decisions)
    await runRewind(
      root,
      home,
      argv.map((word) => (word === "%gap" ? `a${data[1]?.album.id}` : word)),
    );
}

/** The homes of one build, by the names of their caches. */
type Homes = ReadonlyMap<string, string>;

async function fillAll(root: string, directory: string): Promise<Homes> {
  const homes = new Map<string, string>();
  for (const name of cacheNames) {
    const home = join(directory, name);
    mkdirSync(home, { recursive: true });
    await caches[name]?.(root, home);
    await addDecisions(root, home);
    homes.set(name, home);
  }
  return homes;
}

interface Job {
  readonly cache: string;
  readonly line: OutputLine;
  readonly columns: number | null;
}

async function runJob(
  root: string,
  homes: Homes,
  { cache, line, columns }: Job,
): ReturnType<typeof runRewind> {
  const home = homes.get(cache) ?? "";
  if (!line.isWriting) return runRewind(root, home, line.argv, columns);
  const copy = mkdtempSync(join(dirname(home), "copy-"));
  try {
    cpSync(home, copy, { recursive: true });
    return await runRewind(root, copy, line.argv, columns);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

test.skipIf(baseline === undefined)(
  "prints the same output in both builds",
  { timeout: 7_200_000 },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "rewind-compare-"));
    const older = resolve(baseline ?? "");
    try {
      // Names of one length: a path that is a character longer wraps a message elsewhere.
      const before = await fillAll(older, join(directory, "old"));
      const now = await fillAll(here, join(directory, "new"));
      const lines = (await listOutputLines()).filter(({ argv }) => only.test(argv.join(" ")));
      const jobs = cacheNames.flatMap((cache) =>
        lines.flatMap((line) =>
          (line.isForPrograms ? [null] : widths).map((columns): Job => ({ cache, line, columns })),
        ),
      );
      const changed: string[] = [];
      if (differences !== undefined) writeFileSync(differences, "");
      const compareJob = async (job: Job): Promise<void> => {
        const [old, young] = await Promise.all([runJob(older, before, job), runJob(here, now, job)]);
        if (JSON.stringify(old) === JSON.stringify(young)) return;
        const where = job.columns === null ? "piped" : `${job.columns} columns`;
        const name = `== ${job.cache}, ${where}: rewind ${job.line.argv.join(" ")}`;
        changed.push(name);
        const outputs = [old, young].map(
          ({ code, stdout, stderr }) => `-- exit ${code}\n${stdout}\n-- stderr\n${stderr}`,
        );
        if (differences !== undefined) appendFileSync(differences, `${name}\n${outputs.join("\n")}\n\n`);
      };
      const waiting = jobs.values();
      await Promise.all(
        Array.from({ length: availableParallelism() }, async () => {
          for (const job of waiting) await compareJob(job);
        }),
      );
      process.stdout.write(`${jobs.length} outputs, ${changed.length} different\n`);
      expect(changed).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
