// The program as it is built and shipped: every command, every flag of sync, and everything that runs beside the program
// has to work from dist/. Other tests run the source. The tables below are held against what the program declares.
import type { SummaryDocument } from "../../src/queries/documents/sync-documents.ts";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { declaration as syncDeclaration } from "../../src/commands/sync/run.ts";
import { getPlayingNowPath, savePlayingNow } from "../../src/host/playing-now-file.ts";
import { steps } from "../../src/model/sync-steps.ts";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { listRunnableCommands, getLongFlag } from "../support/declarations.ts";
import { getHomeCachePath, copyOrMakeCache } from "../support/filled-cache.ts";
import { getCover } from "../support/fake-cover-hosts.ts";
import { listDatedPlays, startListenBrainzWith } from "../support/other-histories.ts";
import { startMcpProcess } from "../support/mcp-client.ts";
import {
  hasProgram,
  hasTerminals,
  runOnTerminal,
  runProcess,
  type ProcessOptions,
  type ProcessResult,
} from "../support/run-process.ts";
import { getRealTimeMs, waitRealTime } from "../support/real-time.ts";
import { sampleItems } from "../support/sampling.ts";
import { allowScrobbling } from "../support/scrobbling-fixture.ts";
import { createApiKey } from "../support/start-server.ts";
import { createListenBrainzData } from "../support/listenbrainz-data.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const rewindItself = '"$NODE" "$REWIND"';
const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** A few records: the services' real limits hold, because the process has a real clock. */
async function createSmallFixture(): Promise<CliFixture> {
  const fixture = await createCliFixture({ records: 4, albums: 4, plays: 60, wants: 2 });
  for (const service of [
    fixture.discogs,
    fixture.lastfm,
    fixture.musicbrainz,
    fixture.archive,
    fixture.images,
  ]) {
    service.behaviour.clock = null;
  }
  const { releases, groups } = fixture.musicbrainzWorld;
  for (const { mbid } of [...releases.values()].flat())
    fixture.pictures.archive.set(`release/${mbid}`, getCover(1));
  for (const { mbid } of [...groups.values()].flat()) {
    fixture.pictures.archive.set(`release-group/${mbid}`, getCover(2));
  }
  return fixture;
}

function runRewind(
  { home, env }: CliFixture,
  argv: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  return runProcess(argv, { home, cwd: home, ...options, env: { ...env, ...options.env } });
}

function expectSuccess({ code, stderr }: ProcessResult): void {
  expect({ code, stderr }).toEqual({ code: 0, stderr });
  expect(stderr).not.toMatch(/this is a bug|^ {4}at /m);
}

/** A world with a synced cache. */
async function createSyncedSmallFixture(): Promise<CliFixture> {
  const fixture = await createSmallFixture();
  await copyOrMakeCache(getHomeCachePath(fixture.home), "built", async () =>
    expectSuccess(await runRewind(fixture, ["sync"])),
  );
  return fixture;
}

interface Example {
  readonly argv?: readonly string[];
  /** Command lines that have to run before. */
  readonly before?: readonly (readonly string[])[];
  readonly stdin?: (fixture: CliFixture) => string;
  /** Runs a command that ends only when it is stopped. */
  readonly run?: (fixture: CliFixture) => Promise<ProcessResult>;
}

/** `rewind alias` with two artists of the shelf. */
async function runAlias(fixture: CliFixture, verb: "add" | "remove"): Promise<ProcessResult> {
  const listed = await fixture.rewind([
    "sql",
    "SELECT DISTINCT artist FROM records ORDER BY artist LIMIT 2",
    "--json",
  ]);
  const [one = "", other = ""] = (JSON.parse(listed.stdout) as { artist: string }[]).map(
    ({ artist }) => artist,
  );
  return runRewind(fixture, ["alias", verb, one, ...(verb === "add" ? [other] : [])]);
}

/** The arguments that commands need to succeed. A command that is missing here runs without any. */
const examplesByCommand: Readonly<Record<string, Example>> = {
  "gaps hide": { argv: ["a1"] },
  "gaps unhide": { argv: ["a1"], before: [["gaps", "hide", "a1"]] },
  have: { argv: ["of"] },
  played: { argv: ["1"] },
  "played undo": { before: [["played", "1"]] },
  "played send": {
    run: (fixture) =>
      runRewind(fixture, ["played", "send"], { env: allowScrobbling(fixture, getRealTimeMs).env }),
  },
  "played import": { argv: ["-"], stdin: () => '{"artist":"Can","title":"Spoon"}\n' },
  explain: { argv: ["1"] },
  open: { argv: ["1"] },
  link: { argv: ["1", "--none"] },
  import: { argv: [fileURLToPath(new URL("../smoke/hostile-history.json", import.meta.url))] },
  "sources stop": { argv: ["lastfm"] },
  "sources resume": { argv: ["lastfm"], before: [["sources", "stop", "lastfm"]] },
  "sources remove": {
    argv: ["lastfm-file", "--yes"],
    before: [["import", fileURLToPath(new URL("../smoke/hostile-history.json", import.meta.url))]],
  },
  "send plays": { run: sendToListenBrainz },
  "links import": { argv: ["-"], stdin: () => '{"version":2,"decisions":[]}' },
  "alias add": { run: (fixture) => runAlias(fixture, "add") },
  "alias remove": {
    async run(fixture) {
      await runAlias(fixture, "add");
      return runAlias(fixture, "remove");
    },
  },
  sql: { argv: ["SELECT count(*) FROM records"] },
  login: {
    argv: ["--stdin"],
    stdin: ({ env }) =>
      JSON.stringify({
        discogs_token: env["DISCOGS_TOKEN"],
        lastfm_api_key: env["LASTFM_API_KEY"],
        lastfm_username: env["LASTFM_USERNAME"],
      }),
  },
  "config get": { argv: ["contact"], before: [["config", "set", "contact", "me@example.org"]] },
  "config set": { argv: ["contact", "me@example.org"] },
  "config unset": { argv: ["contact"] },
  "keys create": { argv: ["--name", "phone"] },
  "keys revoke": { argv: ["phone"], before: [["keys", "create", "--name", "phone"]] },
  completion: { argv: ["bash"] },
  serve: { run: serveAndSync },
  now: {
    run(fixture) {
      const startedUts = Math.floor(getRealTimeMs() / 1000);
      savePlayingNow(getPlayingNowPath(getHomeCachePath(fixture.home)), {
        artist: "Can",
        title: "Spoon",
        album: null,
        lengthSeconds: null,
        startedUts,
        client: null,
      });
      return runRewind(fixture, ["now"]);
    },
  },
  __complete: {
    async run(fixture) {
      const result = await runRewind(fixture, ["__complete", "fish", "rewind", "sy"]);
      expect(result.stdout).toMatch(/^words\nsync\t/);
      return result;
    },
  },
  __page: {
    run: (fixture) => {
      const finding = { words: "", filter: "all", sort: "plays" };
      const request = {
        cachePath: getHomeCachePath(fixture.home),
        finding,
        version: "0",
        nowUts: 1_773_000_000,
      };
      return runRewind(fixture, ["__page"], { stdin: JSON.stringify(request) });
    },
  },
  __sql: {
    run: (fixture) =>
      runRewind(fixture, ["__sql", getHomeCachePath(fixture.home), "1", "20", "60000"], {
        stdin: "SELECT 42",
      }),
  },
};

/** Starts the server, asks it one question with an admin key, and stops it. */
async function serveAndAsk(
  fixture: CliFixture,
  ask: (address: string, key: string) => Promise<Response>,
): Promise<ProcessResult> {
  const key = await createApiKey(fixture.home, "--admin");
  let answered: Promise<number> | undefined;
  const result = await runRewind(fixture, ["serve", "--port", "0"], {
    onOutput: (text, _, child) => {
      const [, address] = /^Listening on ([^ ]+)\/v1/m.exec(text) ?? [];
      if (address === undefined) return;
      answered = ask(address, key)
        .then(async (answer) => (await answer.text(), answer.status))
        .finally(() => child.kill("SIGTERM"));
    },
  });
  expect(await answered).toBe(200);
  return result;
}

async function sendToListenBrainz(fixture: CliFixture): Promise<ProcessResult> {
  const env = await startListenBrainzWith(listDatedPlays(fixture).slice(1));
  const line = ["send", "plays", "--to", "listenbrainz", "--yes"];
  const token = createListenBrainzData().token;
  const result = await runRewind(fixture, line, { env: { ...env, LISTENBRAINZ_TOKEN: token } });
  expect(result.stdout).toContain("Sent to ListenBrainz: 1 play. All of them are listed there, day by day.");
  return result;
}

/** The server runs a sync in a process of its own. */
function serveAndSync(fixture: CliFixture): Promise<ProcessResult> {
  return serveAndAsk(fixture, (address, key) =>
    fetch(`${address}/v1/admin/sync/collecting`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
    }),
  );
}

function serveAndFetchPage(fixture: CliFixture): Promise<ProcessResult> {
  return serveAndAsk(fixture, async (address, key) => {
    const headers = { authorization: `Bearer ${key}` };
    const listed = await fetch(`${address}/v1/collecting/cross-reference`, { headers });
    expect(await listed.json()).toMatchObject({ pagination: { total: 4 } });
    const countListens = async (): Promise<number> => {
      const counted = await fetch(`${address}/1/user/ann/listen-count`, { headers });
      return ((await counted.json()) as { payload: { count: number } }).payload.count;
    };
    const before = await countListens();
    const listen = { listened_at: 1_773_000_000, track_metadata: { artist_name: "Iva", track_name: "Dune" } };
    const submitted = await fetch(`${address}/1/submit-listens`, {
      method: "POST",
      headers,
      body: JSON.stringify({ listen_type: "single", payload: [listen] }),
    });
    expect(await submitted.json()).toEqual({ status: "ok" });
    // The server merges it by itself.
    while ((await countListens()) === before) await waitRealTime(20);
    const body = new URLSearchParams({ key });
    const entered = await fetch(`${address}/session`, { method: "POST", body, redirect: "manual" });
    const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    return fetch(`${address}${entered.headers.get("location") ?? ""}`, { headers: { cookie } });
  });
}

/** Entries of shells and of `rewind mcp`, which no help names. */
const hiddenCommands = [...readFileSync(join(source, "main.ts"), "utf8").matchAll(/\b(__\w+): /g)].map(
  ([, name = ""]) => name,
);
const commands = [...(await listRunnableCommands()).map(({ path }) => path), ...hiddenCommands];

test.each(sampleItems("built", commands, 20))("rewind %s succeeds in the built program", async (path) => {
  const { argv = [], before = [], stdin, run } = examplesByCommand[path] ?? {};
  const fixture = await createSyncedSmallFixture();
  for (const line of before) expect((await fixture.rewind(line)).code).toBe(0);
  const line = [...path.split(" ").filter(Boolean), ...argv];
  const options = stdin === undefined ? {} : { stdin: stdin(fixture) };
  expectSuccess(await (run?.(fixture) ?? runRewind(fixture, line, options)));
});

test("every example belongs to a declared command", () => {
  expect(Object.keys(examplesByCommand).filter((path) => !commands.includes(path))).toEqual([]);
});

/** Flags that do something only together with others. */
const companionFlags: Readonly<Record<string, readonly string[]>> = {
  "--accept-removals": ["--full"],
  "--covers": ["--musicbrainz"],
};

const syncFlags = (syncDeclaration.options ?? []).flatMap((option) => {
  const words = option.choices && "words" in option.choices ? option.choices.words : [];
  const flag = getLongFlag(option);
  return words.length === 0 ? [flag] : words.map((word) => `${flag} ${word}`);
});

test.each(sampleItems("built sync", syncFlags, 4))(
  "rewind sync %s succeeds in the built program",
  async (given) => {
    const [flag = "", ...value] = given.split(" ");
    const fixture = await createSmallFixture();
    const form = flag === "--json" || flag === "--events" ? [] : ["--json"];
    const env = value[0] === "listenbrainz" ? await startListenBrainzWith(listDatedPlays(fixture)) : {};
    const argv = ["sync", flag, ...value, ...(companionFlags[flag] ?? []), ...form];
    const result = await runRewind(fixture, argv, { env });
    expectSuccess(result);
    const { stdout } = result;
    const last = flag === "--events" ? (stdout.trim().split("\n").at(-1) ?? "") : stdout;
    const summary = JSON.parse(last) as SummaryDocument;
    expect(summary.complete).toBe(true);
    // A flag that is named like a step runs that step, which has to bring something.
    const own = steps.filter(({ name }) => flag === `--${name}`).map(({ name }) => name);
    const done = summary.steps.filter(({ status, rows }) => status === "done" && rows > 0);
    expect(done.map(({ name }) => name)).toEqual(expect.arrayContaining(own));
  },
);

/** Lets `rewind mcp` answer a question in SQL, for which it starts a process. */
async function querySqlTool({ home }: CliFixture, argv: readonly string[]): Promise<void> {
  const client = await startMcpProcess(argv, home);
  const sql = "SELECT 41 + 1 AS answer";
  const { isError, content } = await client.callTool({ name: "query_sql", arguments: { sql } });
  expect({ isError: isError === true, content }).toEqual({ isError: false, content });
  expect(JSON.stringify(content)).toContain("42");
}

/** Runs a command on a terminal with a shell line as browser or pager. Returns what that line wrote. */
async function captureLaunchedInput(
  variable: "BROWSER" | "PAGER",
  line: string,
  { home, env }: CliFixture,
  argv: readonly string[],
): Promise<string> {
  const directory = createTempDirectory();
  const [script, pipe] = [join(directory, "script"), join(directory, "given")];
  execFileSync("mkfifo", [pipe]);
  writeFileSync(script, `#!/bin/sh\n${line} > '${pipe}'\n`, { mode: 0o700 });
  const given = readFile(pipe, "utf8");
  expectSuccess(
    await runOnTerminal([rewindItself, ...argv].join(" "), { home, env: { ...env, [variable]: script } }),
  );
  return given;
}

interface HelperProcess {
  /** Files of src/. */
  readonly of: readonly string[];
  readonly run: (fixture: CliFixture) => Promise<unknown>;
  readonly isOnTerminal?: true;
}

/** Every file that starts a worker or a process, or is one, with a run that needs it. */
const helperProcesses: readonly HelperProcess[] = [
  {
    of: ["images/decoder.ts", "images/worker.ts"],
    async run(fixture) {
      expectSuccess(await runRewind(fixture, ["sync", "--covers", "--musicbrainz", "--only", "discogs"]));
      const { stdout } = await fixture.rewind(["xref", "--json"]);
      expect(stdout).toContain('"thumbhash":"');
    },
  },
  {
    of: ["main.ts", "host/child-processes.ts", "commands/mcp/sql-process.ts"],
    run: (fixture) => querySqlTool(fixture, ["mcp"]),
  },
  { of: ["commands/demo/run.ts"], run: (fixture) => querySqlTool(fixture, ["demo", "mcp"]) },
  { of: ["commands/shared/access/background-sync.ts"], run: serveAndSync },
  {
    of: [
      "commands/shared/access/child-runner.ts",
      "commands/serve/query-thread.ts",
      "commands/serve/play-writer.ts",
    ],
    run: serveAndFetchPage,
  },
  {
    of: ["host/child-processes.ts"],
    isOnTerminal: true,
    async run(fixture) {
      const given = await captureLaunchedInput("BROWSER", 'echo "$@"', fixture, ["open", "1"]);
      expect(given).toMatch(/^https:\/\/www\.discogs\.com\/release\/\d+\n$/);
    },
  },
  {
    of: ["host/child-processes.ts"],
    isOnTerminal: true,
    async run(fixture) {
      expect(await captureLaunchedInput("PAGER", "cat", fixture, ["xref", "--all"])).toContain("4 records");
    },
  },
];

for (const { of, run, isOnTerminal = false } of helperProcesses) {
  test.skipIf(isOnTerminal && !hasProgram("script", "mkfifo"))(
    `starts the worker or process of ${of.join(", ")}`,
    async () => {
      expect.hasAssertions();
      await run(await createSyncedSmallFixture());
    },
  );
}

test("every file that starts a worker or a process is tested", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      file.endsWith(".ts") &&
      /"node:(?:child_process|worker_threads|cluster)"|\bstartProgram\(/.test(
        readFileSync(join(source, file), "utf8"),
      ),
  );
  expect(files.toSorted()).toEqual([...new Set(helperProcesses.flatMap(({ of }) => of))].toSorted());
});

test.skipIf(!hasTerminals)("rewind shows the glance on a terminal", async () => {
  const { home, env } = await createSyncedSmallFixture();
  const shown = await runOnTerminal(rewindItself, { home, env });
  expectSuccess(shown);
  expect(shown.stdout).toContain("4 records");
});
