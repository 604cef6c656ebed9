// Every action, called as a function, in a terminal, by an assistant and over HTTP: the same result, and the same cache after it.
import { beforeEach, expect, test } from "vitest";
import type { ActionAccess } from "../../src/actions/action-access.ts";
import { addAlias } from "../../src/actions/aliases.ts";
import { linkRecords, type LinkRequest } from "../../src/actions/link-records.ts";
import { logPlay } from "../../src/actions/logged/log-play.ts";
import { parsePlayTime, parsePart } from "../../src/actions/logged/parse-play-time.ts";
import { undoPlay } from "../../src/actions/logged/undo-play.ts";
import { processLines } from "../../src/actions/recognised/recognised-lines.ts";
import { isAmbiguous, createAmbiguityError } from "../../src/actions/resolve-target.ts";
import { RewindError } from "../../src/model/errors.ts";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { readLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import { readStoredDecisions, readAliases } from "../../src/store/decisions/user-decisions.ts";
import { transact, type Database } from "../../src/store/file/database.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import {
  getHomeCachePath,
  withHomeCache,
  buildListedTrack,
  openCache,
  buildRecord,
  buildAlbumPlays,
} from "../support/filled-cache.ts";
import { callTool, connectMcp } from "../support/mcp-client.ts";
import { createFilledHome } from "../support/command-runner.ts";
import { noon, runCli } from "../support/run-cli.ts";
import { createApiKey, startServer } from "../support/start-server.ts";

const hejira = buildRecord({ artist: "Joni Mitchell", title: "Hejira", year: 1976 });
const blue = buildRecord({ artist: "Joni Mitchell", title: "Blue", year: 1971 });
const blueAgain = buildRecord({ artist: "Joni Mitchell", title: "Blue", year: 2007 });
const records = [hejira, blue, blueAgain];
const plays = [
  ...buildAlbumPlays("Joni Mitchell", "Hejira", { from: "2019-02-01T20:00:00Z" }),
  ...buildAlbumPlays("J. Mitchell", "Travelogue", { from: "2019-03-01T20:00:00Z" }),
  ...buildAlbumPlays("Joni M. Orchestra", "Travelogue", { from: "2019-04-01T20:00:00Z" }),
];

/** The result of an action: its kind, or the first line of its error. */
type Outcome = string;
type Interface = "function" | "terminal" | "assistant" | "HTTP";
type Runs = Partial<Record<Interface, (home: string) => Promise<Outcome>>>;

interface Case {
  readonly action: string;
  readonly runs: Runs;
  readonly outcome: RegExp;
  /** The rows that the cache has afterwards. */
  readonly after: Record<string, number>;
}

const getErrorLine = (text: string): Outcome => text.split("\n")[0]?.replace("rewind: ", "") ?? "";

async function callFunction(
  home: string,
  act: (access: ActionAccess) => object | Promise<object>,
): Promise<Outcome> {
  const database = openCache(getHomeCachePath(home));
  defineFunctions(database);
  const access: ActionAccess = {
    database,
    nowUts: noon / 1000,
    nowMs: () => noon,
    connect: () => Promise.reject(new Error("nothing is asked of a service")),
    interruptible: () => new AbortController().signal,
    settings: () => null,
  };
  try {
    const result = await act(access);
    if (isAmbiguous(result)) return createAmbiguityError(result).message;
    return "kind" in result && result.kind === "overlaps" ? "already logged" : "done";
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
    return error.message;
  } finally {
    database.close();
  }
}

const runInTerminal =
  (...argv: readonly string[]) =>
  async (home: string): Promise<Outcome> => {
    const { code, stderr } = await runCli(argv, { home });
    return code === 0 ? "done" : getErrorLine(stderr);
  };

const runAsTool =
  (tool: string, values: Readonly<Record<string, unknown>>) =>
  async (home: string): Promise<Outcome> => {
    const connection = await connectMcp({ home, now: noon }, ["--write"]);
    const { isError, text } = await callTool(connection, tool, values);
    await connection.close();
    return isError ? getErrorLine(text) : "done";
  };

const buildLogRuns = (text: string, on: string): Runs => ({
  function: (home) =>
    callFunction(home, (access) =>
      logPlay(access, {
        record: text,
        playTime: parsePlayTime({ on }, access.nowUts),
        part: parsePart({}),
        comment: "",
        allowsOverlap: false,
        isDryRun: false,
        tracks: "if known",
        fetchesLengths: false,
      }),
    ),
  terminal: runInTerminal("played", text, "--on", on),
  assistant: runAsTool("log_play", { record: text, on }),
});

const buildLinkRuns = (
  text: string,
  change: Omit<LinkRequest, "records">,
  ...flags: readonly string[]
): Runs => ({
  function: (home) => callFunction(home, (access) => linkRecords(access, { records: [text], ...change })),
  terminal: runInTerminal("link", text, ...flags),
  assistant: runAsTool("link_record", { record: text, ...change }),
});

const buildAliasRuns = (name: string, sameAs: string): Runs => ({
  function: (home) => callFunction(home, ({ database }) => addAlias(database, { name, sameAs })),
  terminal: runInTerminal("alias", name, sameAs),
});

const undo: Runs = {
  function: (home) => callFunction(home, (access) => undoPlay(access, null)),
  terminal: runInTerminal("played", "undo"),
};

const buildHearRuns = (title: string, time: string): Runs => {
  const track = { artist: "Joni Mitchell", title, at: `2026-03-14T${time}:00Z` };
  return {
    function: (home) =>
      callFunction(home, ({ database, nowUts }) => processLines(database, [JSON.stringify(track)], nowUts)),
    terminal: async (home) => {
      const { code } = await runCli(["played", "import", "-"], { home, stdin: `${JSON.stringify(track)}\n` });
      return code === 0 ? "done" : "refused";
    },
    assistant: runAsTool("log_heard_track", track),
    HTTP: async (home) => {
      const key = await createApiKey(home, "--write");
      const { address, stop } = await startServer([], { home });
      const headers = { authorization: `Bearer ${key}` };
      const { status } = await fetch(`${address}/v1/played`, {
        method: "POST",
        headers,
        body: JSON.stringify(track),
      });
      await stop();
      return status === 200 ? "done" : String(status);
    },
  };
};

const emptyCounts = { plays: 0, decisions: 0, aliases: 0 };

const cases: readonly Case[] = [
  {
    action: "log a play",
    runs: buildLogRuns("hejira", "yesterday"),
    outcome: /^done$/,
    after: { ...emptyCounts, plays: 1 },
  },
  {
    action: "log one of two pressings",
    runs: buildLogRuns("blue", "yesterday"),
    outcome: /2 pressings/,
    after: emptyCounts,
  },
  {
    action: "log nothing known",
    runs: buildLogRuns("tapestry", "yesterday"),
    outcome: /no record has/,
    after: emptyCounts,
  },
  {
    action: "log tomorrow",
    runs: buildLogRuns("hejira", "2026-03-15"),
    outcome: /^2026-03-15 is in the future/,
    after: emptyCounts,
  },
  {
    action: "link to none",
    runs: buildLinkRuns("hejira", { none: true }, "--none"),
    outcome: /^done$/,
    after: { ...emptyCounts, decisions: 1 },
  },
  {
    action: "link both pressings",
    runs: buildLinkRuns("blue", { none: true }, "--none"),
    outcome: /^done$/,
    after: { ...emptyCounts, decisions: 2 },
  },
  {
    action: "link with a typo",
    runs: buildLinkRuns("hejirra", { none: true }, "--none"),
    outcome: /read as/,
    after: emptyCounts,
  },
  {
    action: "link nothing known",
    runs: buildLinkRuns("tapestry", { none: true }, "--none"),
    outcome: /no record has/,
    after: emptyCounts,
  },
  {
    action: "link to one of two albums",
    runs: buildLinkRuns("hejira", { add: ["travelogue"] }, "--add", "travelogue"),
    outcome: /is ambiguous: 2 albums fit/,
    after: emptyCounts,
  },
  {
    action: "link without a change",
    runs: buildLinkRuns("hejira", {}),
    outcome: /^no decision given/,
    after: emptyCounts,
  },
  {
    action: "link with two changes",
    runs: buildLinkRuns("hejira", { none: true, only: ["a1"] }, "--none", "--only", "a1"),
    outcome: /can't be combined|contradict each other/,
    after: emptyCounts,
  },
  {
    action: "clear nothing",
    runs: buildLinkRuns("hejira", { clear: true }, "--clear"),
    outcome: /^done$/,
    after: emptyCounts,
  },
  {
    action: "alias two names",
    runs: buildAliasRuns("J. Mitchell", "Joni Mitchell"),
    outcome: /^done$/,
    after: { ...emptyCounts, aliases: 1 },
  },
  {
    action: "alias a part of a name",
    runs: buildAliasRuns("rchestra", "Joni Mitchell"),
    outcome: /only a part of this name/,
    after: emptyCounts,
  },
  {
    action: "alias an unknown name",
    runs: buildAliasRuns("Carole King", "Joni Mitchell"),
    outcome: /no record or album is by/,
    after: emptyCounts,
  },
  { action: "undo nothing", runs: undo, outcome: /^there is no logged play to undo/, after: emptyCounts },
  { action: "hear one track", runs: buildHearRuns("Amelia", "09:05"), outcome: /^done$/, after: emptyCounts },
];

function countRows(database: Database): Record<string, number> {
  return {
    plays: readLoggedPlays(database).length,
    decisions: readStoredDecisions(database).length,
    aliases: readAliases(database).length,
  };
}

let home: string;

beforeEach(async () => {
  home = await createFilledHome({ records, plays });
  withHomeCache(home, (database) =>
    transact(database, () =>
      saveTracklist(
        database,
        hejira.release.id,
        ["Coyote", "Amelia"].map((title, at) =>
          buildListedTrack(title, { position: `A${at + 1}`, durationSeconds: 300 }),
        ),
        1,
      ),
    ),
  );
});

const rows = cases.flatMap(({ runs, ...rest }) =>
  Object.entries(runs).map(([name, run]) => ({ ...rest, name, run })),
);

test.each(rows)("gives the expected outcome of $action by $name", async ({ run, outcome, after }) => {
  expect(await run(home)).toMatch(outcome);
  expect(withHomeCache(home, countRows)).toEqual(after);
});

test.each(Object.entries(buildLogRuns("hejira", "yesterday")))(
  "refuses an overlapping play by %s",
  async (_, run) => {
    expect(await run(home)).toBe("done");
    expect(await run(home)).toMatch(/already logged/);
    expect(withHomeCache(home, countRows)).toEqual({ ...emptyCounts, plays: 1 });
  },
);

test.each(Object.entries(undo))("undoes the newest play by %s", async (_, run) => {
  await buildLogRuns("hejira", "yesterday").function?.(home);
  expect(await run(home)).toBe("done");
  expect(withHomeCache(home, countRows)).toEqual(emptyCounts);
});

test.each(Object.entries(buildHearRuns("Coyote", "09:00")))(
  "logs a play from two heard tracks by %s",
  async (_, run) => {
    await buildHearRuns("Amelia", "09:05").function?.(home);
    expect(await run(home)).toBe("done");
    expect(withHomeCache(home, countRows)).toEqual({ ...emptyCounts, plays: 1 });
  },
);
