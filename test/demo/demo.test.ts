import { EventEmitter } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildSampleListings } from "../../src/demo/demo-sample.ts";
import type * as filling from "../../src/commands/demo/fill-sample-cache.ts";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { listCommandLines, loadDeclarations } from "../support/declarations.ts";
import { copyOrMakeCache } from "../support/filled-cache.ts";
import { ctrlC, createTypist } from "../support/scripted-typing.ts";
import { requireError, runCli, type CliOptions } from "../support/run-cli.ts";
import { sampleItems } from "../support/sampling.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { splitCommandLine, wrongCommandLines } from "../support/wrong-command-lines.ts";

const now = Date.UTC(2026, 2, 14, 12);
let temporary = "";

// The first run syncs the sample; the others begin with a copy of its cache. held-open.test.ts and the built program sync
// it each time.
vi.mock("../../src/commands/demo/fill-sample-cache.ts", async (original) => {
  const { fillSampleCache } = await original<typeof filling>();
  const fillOrCopy: typeof fillSampleCache = (context, host, path, listings) =>
    copyOrMakeCache(path, `demo ${context.clock.now()}`, () =>
      fillSampleCache(context, host, path, listings),
    );
  return { fillSampleCache: fillOrCopy };
});

// The sample's cache lies in the system's temporary directory: here in one of its own.
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "rewind-tmp-"));
  vi.stubEnv("TMPDIR", temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

function runDemo(argv: readonly string[], options: CliOptions = {}) {
  return runCli(["demo", ...argv], { now, ...options });
}

function listLeftFiles(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith("rewind-demo"));
}

test.each([[["played", "8,9", "--on", "yesterday"]], [["pick", "--not", "8"]], [["alias", "Prince", "Can"]]])(
  "%j offers no undo, since the next command has a new sample",
  async (argv) => {
    const { code, stdout } = await runDemo(argv);
    expect(code).toBe(0);
    expect(stdout).toContain(" The demo forgets this.\n");
    expect(stdout).not.toContain("Undo:");
  },
);

test("lists the sample, and leaves no file behind", async () => {
  const home = createTempDirectory();
  const { code, stdout, stderr } = await runDemo([], { home });
  expect(code).toBe(0);
  // A showcase: with header, summary and footer in a pipe, too.
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^ # {2}Artist +Title +Form +Year +Plays/);
  expect(lines[2]).toContain("Radiohead");
  expect(lines).toContain("Records  Matched      Played  Never played");
  expect(stdout).toMatch(/^ {5}64 {7}59 {2}46 \(71\.9%\) {12}18$/m);
  expect(stdout).toContain("Page 1 of 4");
  expect(stderr).toContain("nothing is fetched");
  expect(readdirSync(home)).toEqual([]);
  expect(listLeftFiles()).toEqual([]);
});

test("runs any reading command with its options", async () => {
  const { code, stdout, stderr } = await runDemo(["xref", "--sort", "plays", "--limit", "100", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { data, pagination } = parseContractDocument(stdout);
  expect(pagination).toEqual({ page: 1, limit: 100, total: 64, total_pages: 1 });
  const types = new Set(data.map(({ listening }) => listening["match_type"]));
  expect(types).toEqual(new Set(["artist_only", "exact", "fuzzy", "none"]));
});

test.each([["--limit", "8"], ["-n", "3", "--sort", "added"], ["--json"]])(
  "runs xref if only its options are given: %j",
  async (...argv) => {
    const { code, stdout } = await runDemo(argv);
    expect(code).toBe(0);
    expect(stdout).toBe((await runDemo(["xref", ...argv])).stdout);
  },
);

test.each(["SIGINT", "SIGTERM", "SIGHUP"])("leaves no file behind after %s", async (signal) => {
  const signals = new EventEmitter();
  let remaining: string[] | undefined;
  const { raised } = await runDemo([], {
    signals,
    onOutput: (text) => {
      if (remaining !== undefined || !text.includes("A sample of")) return;
      expect(listLeftFiles()).toHaveLength(1);
      signals.emit(signal);
      remaining = listLeftFiles();
    },
  });
  expect({ raised, remaining }).toEqual({ raised: signal, remaining: [] });
  expect(signals.eventNames()).toEqual([]);
});

test("leaves nothing to do to a signal while a statement runs, which blocks the thread", async () => {
  const signals = new EventEmitter();
  let state: object | undefined;
  const { code, stdout } = await runDemo(["sql", "SELECT count(*) AS n FROM records", "--json"], {
    signals,
    onOutput: () => {
      state ??= { listeners: signals.eventNames(), files: listLeftFiles() };
    },
  });
  expect({ code, stdout, state }).toEqual({
    code: 0,
    stdout: '[\n{"n":64}\n]\n',
    state: { listeners: [], files: [] },
  });
});

test("reads no setting, no cache and no file of the user", async () => {
  const { code, stderr } = await runDemo(["xref", "--json", "--all"], {
    home: "/dev/null/nowhere",
    env: { REWIND_DB: "/dev/null/rewind.db", DISCOGS_API_URL: "http://example.invalid" },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each([
  [{}, "rewind demo played 58"],
  [{ npm_lifecycle_event: "demo" }, "npm run demo -- played 58"],
])("hints name commands of the sample", async (env, command) => {
  const { stdout } = await runDemo(["explain", "58"], { tty: true, columns: 100, env });
  expect(stdout).not.toMatch(/\brewind (?!demo )[a-z]/);
  const note = await runDemo(["pick", "5"], { env });
  expect(note.stderr).toContain(command.replace("played 58", "pick -n 5"));
});

/** Commands about the user's own files and accounts, and those that print a script, a page or a schema. */
const others = new Set(
  "config demo doctor help import keys login logout mcp save send sync completion report sql".split(" "),
);
const isOfSample = (name = ""): boolean => !others.has(name);
const names = (await loadDeclarations()).flatMap(({ path: [name = ""] }) => name).filter(isOfSample);
const hint = new RegExp(String.raw`\brewind (?:${[...new Set(names)].join("|")})\b`);
const lines = (await listCommandLines()).filter((line) => isOfSample(line[0]) && !line.includes("--json"));

test.each(["recap", "recap year", "stats", "review", "review --list"])(
  "rewind demo %s names commands of the sample",
  async (line) => {
    for (const options of [{}, { tty: { stdout: true, stderr: true }, columns: 80 }]) {
      const { stdout } = await runDemo(line.split(" "), options);
      expect(stdout).toContain("rewind demo ");
      expect(stdout).not.toMatch(hint);
    }
  },
);

test.each(
  sampleItems(
    "demo hints",
    lines.map((line) => [line.join(" "), line] as const),
    12,
    40,
  ),
)("hints of rewind demo %s name commands of the sample", async (_, line) => {
  for (const options of [{}, { tty: { stdout: true, stderr: true }, columns: 80 }]) {
    const { stdout, stderr } = await runDemo(line, options);
    expect(stdout + stderr).not.toMatch(hint);
  }
});

test.each([
  "top --by artist",
  "recap --year 2025",
  "recent --artist Can",
  ...sampleItems(
    "demo errors",
    wrongCommandLines.map(([line]) => line),
    4,
    12,
  ),
])("errors of rewind demo %s name commands of the sample", async (line) => {
  const { stderr } = await runDemo(splitCommandLine(line));
  expect(stderr).not.toMatch(hint);
});

test.each(["gaps hide voodoo", "sources stop lastfm", "pick --snooze 1", "link 1 --none"])(
  "rewind demo %s says that the demo forgets it, and names no command that undoes it",
  async (line) => {
    const { code, stdout, stderr } = await runDemo(line.split(" "));
    expect(code).toBe(0);
    expect(stdout + stderr).toContain("The demo forgets this.");
    expect(stdout + stderr).not.toMatch(/unhide|resume|--unsnooze|--clear/);
  },
);

test("hints about the user's own accounts stay as they are", async () => {
  const { stderr } = await runDemo([]);
  expect(stderr).toContain("With your own records: rewind login");
  expect(stderr).toContain("rewind demo stats");
});

test("passes global flags to the command", async () => {
  const { stdout } = await runDemo(["xref", "--no-color"], {
    tty: true,
    columns: 100,
    env: { TERM: "xterm" },
  });
  expect(stdout).not.toContain("\u001b");
  const coloured = await runDemo(["xref"], { tty: true, columns: 100, env: { TERM: "xterm" } });
  expect(coloured.stdout).toContain("\u001b");
});

test.each([
  [["demo"], 2, "rewind demo can't run itself"],
  [["nonsense"], 2, 'unknown command "nonsense"'],
  [["xref", "--sort", "plas"], 2, "Did you mean plays?"],
  [["login"], 2, "rewind demo has no accounts"],
  [
    ["send", "plays", "--to", "listenbrainz"],
    2,
    "To send your own plays: rewind send plays --to listenbrainz",
  ],
  [["save", "never", "xref", "--never"], 2, "rewind demo saves no questions"],
  [["doctor"], 2, "rewind demo has no settings or cache to check"],
  [["--db", "elsewhere.db"], 2, "--db can't be used with rewind demo"],
])("rewind demo %j fails with %i", async (argv, expected, message) => {
  expect(requireError(await runDemo(argv), expected)).toContain(message);
  expect(listLeftFiles()).toEqual([]);
});

test("--help describes the demo, and after a command that command", async () => {
  expect((await runDemo(["--help"])).stdout).toMatch(/^Usage: rewind demo/);
  expect((await runDemo(["xref", "--help"])).stdout).toMatch(/^Usage: rewind xref/);
});

function buildHeardLine(title: string, minute: number): string {
  const at = now / 1000 - 3600 + minute * 60;
  return `${JSON.stringify({ artist: "Joni Mitchell", title, at })}\n`;
}

test("a recogniser can be tried out: the sample's records have tracklists", async () => {
  const { code, stdout } = await runDemo(["played", "import", "-"], {
    stdin: buildHeardLine("Amelia", 0) + buildHeardLine("A Strange Boy", 9),
  });
  expect(code).toBe(0);
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(answers).toMatchObject([
    { state: "logged", record: "Joni Mitchell · Hejira", position: "A2" },
    { state: "logged", record: "Joni Mitchell · Hejira", position: "A4" },
  ]);
});

test("names as many plays as the figures of the sample, with thousands set apart", async () => {
  const showcase = await runDemo([]);
  const [, plays = ""] = /and ([\d,]+) plays/.exec(showcase.stderr) ?? [];
  expect((await runDemo(["stats"], { tty: true })).stdout).toContain(`${plays} plays since`);
  expect((await runDemo(["sources"], { tty: true })).stdout).toContain(" 2,504 ");
  const { stdout: status } = await runDemo(["status"], { tty: true });
  expect(status).toContain(" 2,504 ");
  // The cache is gone when the command ends.
  expect(status).not.toContain("rewind.db");
});

test("lists the sources of the sample, which share most of their plays", async () => {
  const { stdout } = await runDemo(["sources", "--json"]);
  const { data, plays } = JSON.parse(stdout) as SourcesDocument;
  expect(data.map(({ name }) => name)).toEqual(["lastfm", "listenbrainz", "spotify"]);
  for (const { shared, plays: own } of data) expect([shared > 0, shared < own]).toEqual([true, true]);
  expect(plays).toBe(buildSampleListings(now).plays);
});

test("counts the plays of the sample in its chart, with none in the future", () => {
  const { albums, scrobbles, records, wants } = buildSampleListings(now);
  const tagged = scrobbles.filter(({ album }) => album !== "");
  expect(albums.reduce((sum, { playCount }) => sum + playCount, 0)).toBe(tagged.length);
  expect(Math.max(...scrobbles.map(({ uts }) => uts))).toBeLessThan(now / 1000);
  expect(new Set(records.map(({ instanceId }) => instanceId)).size).toBe(records.length);
  // Two copies of one pressing share a release.
  expect(new Set(records.map(({ release }) => release.id)).size).toBe(records.length - 1);
  const owned = new Set(records.map(({ release }) => release.id));
  expect(wants.filter(({ release }) => owned.has(release.id))).toEqual([]);
  expect(scrobbles.filter(({ track }) => track === "" || track.includes("~"))).toEqual([]);
});

test("shows prices of the sample", async () => {
  const line = [
    "xref",
    "--sort",
    "cost-per-play",
    "--limit",
    "1",
    "--as",
    "ndjson",
    "--columns",
    "currency,paid",
  ];
  const { stdout } = await runDemo(line);
  expect(JSON.parse(stdout)).toEqual({ currency: "EUR", paid: expect.any(Number) as number });
});

test("Ctrl-C in demo review says that nothing is stored, and names the demo's command", async () => {
  const { options } = createTypist([["q  quit", ctrlC]]);
  const { stdout, stderr } = await runCli(["demo", "review"], { ...options, env: { NO_COLOR: "1" } });
  expect(stderr).toBe(
    "rewind: interrupted\nThe demo stores no answers. To start again: rewind demo review\n",
  );
  expect(stdout).toMatch(/0 answered, \d+ left \(rewind demo review\)\.\n$/);
});
