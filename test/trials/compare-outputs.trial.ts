// What a change of the house changes for its users: every command of two builds over the same caches. The older build
// fills them, since the newer has to read what is there:
//   REWIND_BASELINE=../older REWIND_FILL=../caches npx vitest run --config test/trials/vitest.config.ts compare-outputs
//   REWIND_BASELINE=../older REWIND_CACHES=../caches REWIND_DIFFERENCES=../differences.txt npx vitest … compare-outputs
// Where the two builds have different formats of the cache, REWIND_NEWER_CACHES names caches that the newer one filled.
// With REWIND_COMPARE=content, what programs read is compared instead of bytes: each row, column and key of before has to
// be there with its value, and keys may have joined them. REWIND_BUILD names another newer build than this checkout.
// A difference that is meant is listed in the note of the change.
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type * as memory from "../../src/demo/memory-services.ts";
import type * as sample from "../../src/demo/sample.ts";
import type * as opening from "../../src/store/open.ts";
import type * as syncing from "../../src/sync/sync.ts";
import type * as generated from "../support/generated-cache.ts";
import { tempDirectory } from "../support/temp.ts";
import { changesOf, contentOf, type ContentChange } from "../support/told-content.ts";
import { decisions, isForPrograms, isWriting, lines } from "./output-lines.ts";

const baseline = process.env["REWIND_BASELINE"];
const differences = process.env["REWIND_DIFFERENCES"];
const isOfContent = process.env["REWIND_COMPARE"] === "content";
/** Pipes and widths of terminals. */
const widths = (process.env["REWIND_WIDTHS"] ?? "0,60,80,120")
  .split(",")
  .map((width) => Number(width) || null);
/** Only the command lines that this matches. */
const only = new RegExp(process.env["REWIND_ONLY"] ?? "");
const here = resolve(process.env["REWIND_BUILD"] ?? fileURLToPath(new URL("../..", import.meta.url)));
const preload = fileURLToPath(new URL("../support/fixed-process.mjs", import.meta.url));
const nowMs = Date.UTC(2026, 2, 14, 12);
const cacheNames = ["sample", "generated"] as const;

/** Words of a line that have had another name: [of today, of before]. A build that refuses the one is asked with the other. */
const renamedWords = [["--last-played", "--played"]] as const;
/** Keys and columns of before, by their names of today. */
const renamedKeys: Readonly<Record<string, string>> = {
  album_title: "album_name",
  album: "album_name",
  artist: "artist_name",
};

interface Told {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function tell(root: string, home: string, line: string, columns: number | null = null): Promise<Told> {
  const argv = line.split(" ").filter((word) => word !== "");
  const child = spawn(
    process.execPath,
    ["--import", preload, join(root, "bin/rewind.js"), ...argv.map(decodeURIComponent)],
    {
      cwd: home,
      env: {
        PATH: process.env["PATH"] ?? "",
        LANG: "C.UTF-8",
        TZ: "UTC",
        PAGER: "cat",
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
  // Where it ran, and the number that each note is given, are others each time.
  const text = (name: "stdout" | "stderr"): string => {
    const told = Buffer.concat(chunks[name]).toString().replaceAll(home, "HOME").replaceAll(root, "ROOT");
    return isWriting(line) ? told.replaceAll(/[\da-f]{8}-[\da-f]{4}-4[\da-f-]{22}/g, "UUID") : told;
  };
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      done({ code, stdout: text("stdout"), stderr: text("stderr") });
    });
  });
}

/** By the sources of the older build themselves, wherever they had their files. */
async function fill(root: string, name: (typeof cacheNames)[number], directory: string): Promise<void> {
  const from = async (path: string): Promise<unknown> => import(join(root, path));
  if (name === "generated") {
    const { generateCache } = (await from("test/support/generated-cache.ts")) as typeof generated;
    const size = { records: 3000, albums: 4000, plays: 30_000, wants: 90 };
    (await generateCache(directory, size)).database.close();
    return;
  }
  const store = existsSync(join(root, "src/store/open.ts"))
    ? "src/store/open.ts"
    : "src/store/file/database.ts";
  const { openDatabase } = (await from(store)) as typeof opening;
  const { sync } = (await from("src/sync/sync.ts")) as typeof syncing;
  const { memoryServices } = (await from("src/demo/memory-services.ts")) as typeof memory;
  const { sampleAccounts, sampleListings } = (await from("src/demo/sample.ts")) as typeof sample;
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

async function decide(root: string, home: string): Promise<void> {
  const gaps = await tell(root, home, "gaps --plays 1.. --tracks 1.. --json");
  const { data } = JSON.parse(gaps.stdout) as { data: { album: { id: number } }[] };
  for (const line of decisions) {
    const { code, stderr } = await tell(root, home, line.replace("%gap", `a${data[1]?.album.id}`));
    if (code !== 0) process.stdout.write(`not decided: ${line}: ${stderr.split("\n")[0]}\n`);
  }
}

test.skipIf(baseline === undefined || process.env["REWIND_FILL"] === undefined)(
  "the caches are filled",
  { timeout: 600_000 },
  async () => {
    const root = resolve(baseline ?? "");
    for (const name of cacheNames) {
      const home = join(resolve(process.env["REWIND_FILL"] ?? ""), name);
      const directory = join(home, "data", "rewind");
      mkdirSync(directory, { recursive: true });
      await fill(root, name, directory);
      await decide(root, home);
      expect(existsSync(join(directory, "rewind.db"))).toBe(true);
    }
  },
);

interface Job {
  readonly cache: string;
  readonly line: string;
  readonly columns: number | null;
  /** A cache as the older build left it, which the newer opens for the first time. */
  readonly isFirst?: true;
}

interface Build {
  readonly root: string;
  /** By the cache's name: opened once, so that what a newer build has to say of an older cache is said. */
  readonly homes: ReadonlyMap<string, string>;
}

async function open(root: string, caches: string): Promise<Build> {
  const homes = new Map<string, string>();
  for (const cache of cacheNames) {
    const home = tempDirectory("rewind-compare");
    cpSync(join(caches, cache), home, { recursive: true });
    await tell(root, home, "xref --json");
    homes.set(cache, home);
  }
  return { root, homes };
}

async function ask(
  { root, homes }: Build,
  { cache, line, columns, isFirst }: Job,
  caches: string,
): Promise<Told> {
  const opened = homes.get(cache) ?? "";
  if (isFirst !== true && !isWriting(line)) return tell(root, opened, line, columns);
  const home = tempDirectory("rewind-compare");
  try {
    cpSync(isFirst === true ? join(caches, cache) : opened, home, { recursive: true });
    return await tell(root, home, line, columns);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** With the words of its own time, where it doesn't know those of today. */
async function askInItsWords(build: Build, job: Job, caches: string): Promise<Told> {
  const told = await ask(build, job, caches);
  if (told.code !== 2) return told;
  const line = renamedWords.reduce((text, [now, before]) => text.replaceAll(now, before), job.line);
  return line === job.line ? told : ask(build, { ...job, line }, caches);
}

/** What the older build had no such command, flag or word for. */
function isNew(before: Told, now: Told): boolean {
  const isUnknown = ({ stderr }: Told): boolean => /unknown (command|option)/.test(stderr);
  return before.code === 2 && (now.code !== 2 || (isUnknown(before) && !isUnknown(now)));
}

/** Keys that have come in since, by their paths. */
const newKeys = new Set<string>();

function differenceOf(line: string, before: Told, now: Told): string | undefined {
  if (isOfContent) {
    const changes = contentChanges(line, before, now);
    return changes.length === 0 ? undefined : changes.join("\n");
  }
  if (JSON.stringify(before) === JSON.stringify(now)) return undefined;
  return [before, now]
    .map(({ code, stdout, stderr }) => `-- exit ${code}\n${stdout}\n-- stderr\n${stderr}`)
    .join("\n");
}

function contentChanges(line: string, before: Told, now: Told): string[] {
  if (before.code !== now.code) return [`exit ${before.code} → ${now.code}`];
  const alike = new Map<string, ContentChange[]>();
  for (const change of changesOf(contentOf(line, before.stdout), contentOf(line, now.stdout), renamedKeys)) {
    const kind = `${change.what} ${change.path}`;
    if (change.what === "key") newKeys.add(change.path);
    else alike.set(kind, [...(alike.get(kind) ?? []), change]);
  }
  return [...alike].map(([kind, each]) => {
    const examples = each.slice(0, 12).map(({ text }) => `    ${text}`);
    return [`${kind} (${each.length})`, ...examples].join("\n");
  });
}

test.skipIf(baseline === undefined || process.env["REWIND_FILL"] !== undefined)(
  "every output is the same",
  { timeout: 3_600_000 },
  async () => {
    const caches = resolve(process.env["REWIND_CACHES"] ?? "");
    const before = await open(resolve(baseline ?? ""), caches);
    const newerCaches = resolve(process.env["REWIND_NEWER_CACHES"] ?? caches);
    const now = await open(here, newerCaches);
    const jobs = cacheNames.flatMap((cache): Job[] => [
      { cache, line: "xref --json", columns: null, isFirst: true },
      ...lines
        .filter((line) => only.test(line) && (isForPrograms(line) || !isOfContent))
        .flatMap((line) =>
          (isForPrograms(line) ? [null] : widths).map((columns) => ({ cache, line, columns })),
        ),
    ]);
    const changed: string[] = [];
    const unknown = new Set<string>();
    let [compared, equal] = [0, 0];
    if (differences !== undefined) writeFileSync(differences, "");
    for (const job of jobs) {
      const [old, young] = await Promise.all([
        askInItsWords(before, job, caches),
        askInItsWords(now, job, newerCaches),
      ]);
      if (isNew(old, young)) {
        unknown.add(job.line);
        continue;
      }
      compared += 1;
      const difference = differenceOf(job.line, old, young);
      if (difference === undefined) {
        equal += 1;
        continue;
      }
      const where = job.columns === null ? "piped" : `${job.columns} columns`;
      const name = `== ${job.cache}, ${job.isFirst === true ? "first opening" : where}: rewind ${job.line}`;
      changed.push(name);
      // As they come: who stops the trial has those that were found until then.
      if (differences !== undefined) appendFileSync(differences, `${name}\n${difference}\n\n`);
    }
    const told = [
      `${compared} outputs, ${equal} equal, ${changed.length} different`,
      `not known before: ${[...unknown].join(" · ")}`,
      ...(isOfContent ? [`keys that came in: ${[...newKeys].join(" · ")}`] : []),
    ].join("\n");
    if (differences !== undefined) appendFileSync(differences, `${told}\n`);
    process.stdout.write(`${told}\n`);
    expect(changed).toEqual([]);
  },
);
