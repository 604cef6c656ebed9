// What a change of the house changes for its users: every command of two builds over the same caches, byte for byte.
//   REWIND_BASELINE=../other-checkout REWIND_FILL=/tmp/caches npx vitest … in the older checkout, then here with REWIND_CACHES=/tmp/caches:
//   REWIND_BASELINE=../other-checkout npx vitest run --config test/trials/vitest.config.ts compare-outputs
// Differences go to the file that REWIND_DIFFERENCES names. A difference that is meant is listed in the note of the change.
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { memoryServices } from "../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../src/demo/sample.ts";
import { sync } from "../../src/sync/sync.ts";
import { openDatabase } from "../../src/store/open.ts";
import { generateCache } from "../support/generated-cache.ts";
import { tempDirectory } from "../support/temp.ts";

const baseline = process.env["REWIND_BASELINE"];
const differences = process.env["REWIND_DIFFERENCES"];
/** Pipes and widths of terminals. */
const widths = (process.env["REWIND_WIDTHS"] ?? "0,60,80,120")
  .split(",")
  .map((width) => Number(width) || null);
/** Only the command lines that this matches. */
const only = new RegExp(process.env["REWIND_ONLY"] ?? "");
const here = fileURLToPath(new URL("../..", import.meta.url));
const preload = fileURLToPath(new URL("../support/fixed-process.mjs", import.meta.url));
const nowMs = Date.UTC(2026, 2, 14, 12);

const filters = [
  "--filter unlistened",
  "--filter listened --sort added",
  "--never --kind album --sort artist-plays",
  "--genre Jazz",
  "--not-genre Rock",
  "--year 1970s --rating 4..",
  "--match fuzzy",
  "--match none --kind any",
  "--plays ..5 --reverse",
  "--spins 1..",
  "--during 1y",
  "--during 1y --filter unlistened",
  "--added 1y",
  "--last-played 1y",
  "--confidence .5..1",
  "of",
];
const sorts = ["added", "artist", "title", "year", "rating", "last-played", "confidence", "spins"];
const dimensions = [
  "genre",
  "style",
  "label",
  "folder",
  "form",
  "format",
  "decade",
  "kind",
  "added",
  "artist",
];
const forms = ["csv", "tsv", "ndjson", "markdown", "json"];

/** Every command that reads, with what is to be told of it; %n is a record, %a an album. */
const lines: readonly string[] = [
  "xref",
  "xref --copies",
  "xref --page 2",
  "xref --page 9999",
  "xref --all --json",
  "xref --limit 3 --json",
  ...filters.map((filter) => `xref ${filter}`),
  ...filters.map((filter) => `xref ${filter} --json`),
  ...sorts.map((sort) => `xref --sort ${sort} --limit 30`),
  ...forms.map((form) => `xref --as ${form}`),
  "xref --as csv --safe-csv",
  "stats",
  "stats --json",
  "stats --during 1y",
  "stats --during 1y --json",
  ...dimensions.map((dimension) => `stats --by ${dimension}`),
  ...dimensions.map((dimension) => `stats --by ${dimension} --during 1y`),
  ...forms.map((form) => `stats --by genre --as ${form}`),
  ...forms.map((form) => `stats --by genre --over year --as ${form}`),
  "gaps",
  "gaps --json",
  "gaps --plays 1.. --tracks 1..",
  "gaps --during 1y --plays 1.. --tracks 1..",
  "gaps --sort recent --plays 1.. --tracks 1..",
  "gaps --page 99",
  "gaps --plays 5000..",
  "gaps --hidden",
  ...forms.map((form) => `gaps --plays 1.. --tracks 1.. --as ${form}`),
  "dusty",
  "dupes",
  "cull",
  "dusty --spins 1.. --idle 30d",
  "dusty --spins 1.. --idle 30d --json",
  "dusty --spins 1.. --idle 30d --sort artist",
  ...forms.map((form) => `dusty --spins 1.. --idle 30d --as ${form}`),
  "pick --seed 3",
  "pick --seed 3 --json",
  "pick -n 5 --seed 7",
  ...forms.map((form) => `pick -n 3 --seed 5 --as ${form}`),
  ...[1, 2, 3, 5, 8, 13, 21, 34, 55].flatMap((id) => [`explain ${id}`, `explain ${id} --json`]),
  "explain a1",
  "explain of",
  "explain nothing like it",
  "explain --all --json",
  "review --list",
  "review --json",
  "review --changed",
  "links",
  "links --json",
  "links export",
  "alias",
  "alias --json",
  "alias --suggest",
  "sql --schema",
  ...forms.map((form) => `sql SELECT%20*%20FROM%20records%20LIMIT%2020 --as ${form}`),
  "sql SELECT%20artist,count(*)%20FROM%20records%20GROUP%20BY%201%20ORDER%20BY%202%20DESC,1%20LIMIT%209",
  "sql SELECT%20nonsense",
  ...["", "albums", "artists", "tracks"].flatMap((what) =>
    [`top ${what}`, `top ${what} --json`].map((line) => line.trim()),
  ),
  "top --during 1y --not-owned",
  ...forms.map((form) => `top tracks --as ${form}`),
  ...["", "2025", "2025-11", "2025-W40"].flatMap((span) => [`recap ${span}`, `recap ${span} --json`]),
  "recap 2025 --as markdown",
  "have nevermind",
  "have of --json",
  "have nothing like it",
  "played --list",
  "played --list --json",
  ...forms.map((form) => `played --list --as ${form}`),
  "pick --snoozed",
  "open 5",
  "save --list",
  "config",
  "config --json",
  "keys list",
  "completion bash",
  "demo --help",
  "",
  "status",
  "status --json",
  "xref --sort plas",
  "xref --limit 0",
  "xref --genre polka",
  "nonsense",
  ...[
    "",
    "xref",
    "stats",
    "gaps",
    "dusty",
    "pick",
    "explain",
    "review",
    "link",
    "links",
    "alias",
    "sql",
    "top",
    "recap",
    "have",
    "dupes",
    "cull",
    "played",
    "save",
    "open",
    "keys",
    "config",
    "doctor",
    "login",
    "serve",
    "mcp",
  ].map((name) => `help ${name}`.trim()),
  "help sync",
  "help demo",
  "--help",
  "--version",
];

interface Told {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function tell(root: string, home: string, line: string, columns: number | null): Promise<Told> {
  const argv = line.split(" ").filter((word) => word !== "");
  const child = spawn(
    process.execPath,
    ["--import", preload, join(root, "bin/rewind.js"), ...argv.map((word) => word.replaceAll("%20", " "))],
    {
      env: {
        PATH: process.env["PATH"] ?? "",
        LANG: "C.UTF-8",
        TZ: "UTC",
        HOME: home,
        XDG_CONFIG_HOME: join(home, "config"),
        XDG_DATA_HOME: join(home, "data"),
        XDG_CACHE_HOME: join(home, "cache"),
        REWIND_TEST_NOW: String(nowMs),
        ...(columns === null ? {} : { REWIND_TEST_COLUMNS: String(columns), TERM: "xterm-256color" }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
  const text = (name: "stdout" | "stderr"): string =>
    Buffer.concat(chunks[name]).toString().replaceAll(home, "HOME").replaceAll(root, "ROOT");
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      done({ code, stdout: text("stdout"), stderr: text("stderr") });
    });
  });
}

async function fillSample(directory: string): Promise<void> {
  const database = openDatabase(join(directory, "rewind.db"), { mode: "write" });
  if (database === undefined) throw new Error("a cache that is written is made");
  await sync({
    database,
    services: memoryServices(sampleListings(nowMs)),
    accounts: sampleAccounts,
    full: false,
    only: null,
    history: true,
    clock: { now: () => nowMs },
    signal: new AbortController().signal,
  });
  database.close();
}

async function fillGenerated(directory: string): Promise<void> {
  const { database } = await generateCache(directory, {
    records: 3000,
    albums: 2500,
    plays: 30_000,
    wants: 90,
  });
  database.close();
}

/** Where the caches of both builds are filled by the older of the two: the newer has to read what is there. */
test.skipIf(baseline === undefined || process.env["REWIND_FILL"] === undefined)(
  "the caches are filled",
  { timeout: 600_000 },
  async () => {
    const target = resolve(process.env["REWIND_FILL"] ?? "");
    for (const [name, fill] of [
      ["sample", fillSample],
      ["generated", fillGenerated],
    ] as const) {
      const directory = join(target, name, "data", "rewind");
      mkdirSync(directory, { recursive: true });
      await fill(directory);
    }
    expect(existsSync(join(target, "sample/data/rewind/rewind.db"))).toBe(true);
  },
);

test.skipIf(baseline === undefined || process.env["REWIND_FILL"] !== undefined)(
  "every output is the same",
  { timeout: 1_800_000 },
  async () => {
    const before = resolve(baseline ?? "");
    const caches = resolve(process.env["REWIND_CACHES"] ?? join(before, "test/trials/caches"));
    const jobs = ["sample", "generated"].flatMap((cache) =>
      lines
        .filter((line) => only.test(line))
        .flatMap((line) => widths.map((columns) => ({ cache, line, columns }))),
    );
    const told: string[] = [];
    if (differences !== undefined) writeFileSync(differences, "");
    const work = async (): Promise<void> => {
      // A home for each build and worker: some commands remember.
      const homes = [before, here].map((root) => ({ root, home: tempDirectory("rewind-compare") }));
      for (;;) {
        const job = jobs.shift();
        if (job === undefined) return;
        const answers = await Promise.all(
          homes.map(async ({ root, home }) => {
            rmSync(join(home, "data"), { recursive: true, force: true });
            cpSync(join(caches, job.cache, "data"), join(home, "data"), { recursive: true });
            return tell(root, home, job.line, job.columns);
          }),
        );
        const [old, now] = answers.map((answer) => JSON.stringify(answer, null, 1));
        if (old === now) continue;
        const name = `== ${job.cache}, ${job.columns === null ? "piped" : `${job.columns} columns`}: rewind ${job.line}`;
        const difference = [
          name,
          ...answers.map(({ code, stdout, stderr }) => `-- exit ${code}\n${stdout}\n-- stderr\n${stderr}`),
        ].join("\n");
        told.push(difference);
        // As they come: who stops the trial has those that were found until then.
        if (differences !== undefined) appendFileSync(differences, `${difference}\n\n`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    expect(told.map((text) => text.slice(0, text.indexOf("\n")))).toEqual([]);
  },
);
