// Every action, called as a function, in a terminal, by an assistant and over HTTP: the same result, and the same cache after it.
import { beforeEach, expect, test } from "vitest";
import type { ActionAccess } from "../../src/actions/action-access.ts";
import { addAlias } from "../../src/actions/aliases.ts";
import { linkRecords, type LinkRequest } from "../../src/actions/link-records.ts";
import { logPlay } from "../../src/actions/logged/log-play.ts";
import { parseMoment, parsePart } from "../../src/actions/logged/parse-moment.ts";
import { undoPlay } from "../../src/actions/logged/undo-play.ts";
import { answerLines } from "../../src/actions/recognised/recognised-lines.ts";
import { isAmbiguous, reportChoice } from "../../src/actions/resolve-target.ts";
import { RewindError } from "../../src/model/errors.ts";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { listNotedPlays } from "../../src/store/decisions/noted-plays.ts";
import { listDecisions, readAliases } from "../../src/store/decisions/user-decisions.ts";
import { transact, type Database } from "../../src/store/file/database.ts";
import { keepTracklist } from "../../src/store/shelf/tracklists.ts";
import { cacheIn, inCache, listedTrack, openCache, record, sitting } from "../support/filled-cache.ts";
import { callTool, connectMcp } from "../support/mcp-client.ts";
import { filledHome } from "../support/question.ts";
import { noon, runCli } from "../support/run-cli.ts";
import { newKey, serving } from "../support/serving.ts";

const hejira = record({ artist: "Joni Mitchell", title: "Hejira", year: 1976 });
const blue = record({ artist: "Joni Mitchell", title: "Blue", year: 1971 });
const blueAgain = record({ artist: "Joni Mitchell", title: "Blue", year: 2007 });
const records = [hejira, blue, blueAgain];
const plays = [
  ...sitting("Joni Mitchell", "Hejira", { from: "2019-02-01T20:00:00Z" }),
  ...sitting("J. Mitchell", "Travelogue", { from: "2019-03-01T20:00:00Z" }),
  ...sitting("Joni M. Orchestra", "Travelogue", { from: "2019-04-01T20:00:00Z" }),
];

/** What came of an action: its kind, or the first line of its error. */
type Outcome = string;
type Interface = "function" | "terminal" | "assistant" | "HTTP";
type Runs = Partial<Record<Interface, (home: string) => Promise<Outcome>>>;

interface Case {
  readonly action: string;
  readonly runs: Runs;
  readonly outcome: RegExp;
  /** What the cache holds afterwards. */
  readonly after: Record<string, number>;
}

const refusal = (text: string): Outcome => text.split("\n")[0]?.replace("rewind: ", "") ?? "";

async function callFunction(
  home: string,
  act: (access: ActionAccess) => object | Promise<object>,
): Promise<Outcome> {
  const database = openCache(cacheIn(home));
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
    if (isAmbiguous(result)) return reportChoice(result).message;
    return "kind" in result && result.kind === "overlaps" ? "already logged" : "done";
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
    return error.message;
  } finally {
    database.close();
  }
}

const terminal =
  (...argv: readonly string[]) =>
  async (home: string): Promise<Outcome> => {
    const { code, stderr } = await runCli(argv, { home });
    return code === 0 ? "done" : refusal(stderr);
  };

const assistant =
  (tool: string, values: Readonly<Record<string, unknown>>) =>
  async (home: string): Promise<Outcome> => {
    const connection = await connectMcp({ home, now: noon }, ["--write"]);
    const { isError, text } = await callTool(connection, tool, values);
    await connection.close();
    return isError ? refusal(text) : "done";
  };

const log = (text: string, on: string): Runs => ({
  function: (home) =>
    callFunction(home, (access) =>
      logPlay(access, {
        record: text,
        moment: parseMoment({ on }, access.nowUts),
        part: parsePart({}),
        comment: "",
        allowsOverlap: false,
        isDryRun: false,
        tracks: "if known",
        fetchesLengths: false,
      }),
    ),
  terminal: terminal("played", text, "--on", on),
  assistant: assistant("note_played", { record: text, on }),
});

const link = (text: string, change: Omit<LinkRequest, "records">, ...flags: readonly string[]): Runs => ({
  function: (home) => callFunction(home, (access) => linkRecords(access, { records: [text], ...change })),
  terminal: terminal("link", text, ...flags),
  assistant: assistant("settle_match", { record: text, ...change }),
});

const alias = (name: string, sameAs: string): Runs => ({
  function: (home) => callFunction(home, ({ database }) => addAlias(database, { name, sameAs })),
  terminal: terminal("alias", name, sameAs),
});

const undo: Runs = {
  function: (home) => callFunction(home, (access) => undoPlay(access, null)),
  terminal: terminal("played", "--undo"),
};

const hear = (title: string, time: string): Runs => {
  const track = { artist: "Joni Mitchell", title, at: `2026-03-14T${time}:00Z` };
  return {
    function: (home) =>
      callFunction(home, ({ database, nowUts }) => answerLines(database, [JSON.stringify(track)], nowUts)),
    terminal: async (home) => {
      const { code } = await runCli(["played", "--from", "-"], { home, stdin: `${JSON.stringify(track)}\n` });
      return code === 0 ? "done" : "refused";
    },
    assistant: assistant("log_heard_track", track),
    HTTP: async (home) => {
      const key = await newKey(home, "--write");
      const { address, stop } = await serving([], { home });
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

const none = { plays: 0, decisions: 0, aliases: 0 };

const cases: readonly Case[] = [
  { action: "log a play", runs: log("hejira", "yesterday"), outcome: /^done$/, after: { ...none, plays: 1 } },
  { action: "log one of two pressings", runs: log("blue", "yesterday"), outcome: /2 pressings/, after: none },
  { action: "log nothing known", runs: log("tapestry", "yesterday"), outcome: /no record has/, after: none },
  {
    action: "log tomorrow",
    runs: log("hejira", "2026-03-15"),
    outcome: /^2026-03-15 is in the future/,
    after: none,
  },
  {
    action: "link to none",
    runs: link("hejira", { none: true }, "--none"),
    outcome: /^done$/,
    after: { ...none, decisions: 1 },
  },
  {
    action: "link both pressings",
    runs: link("blue", { none: true }, "--none"),
    outcome: /^done$/,
    after: { ...none, decisions: 2 },
  },
  {
    action: "link with a typo",
    runs: link("hejirra", { none: true }, "--none"),
    outcome: /read as/,
    after: none,
  },
  {
    action: "link nothing known",
    runs: link("tapestry", { none: true }, "--none"),
    outcome: /no record has/,
    after: none,
  },
  {
    action: "link to one of two albums",
    runs: link("hejira", { add: ["travelogue"] }, "--add", "travelogue"),
    outcome: /is ambiguous: 2 albums fit/,
    after: none,
  },
  { action: "link without a change", runs: link("hejira", {}), outcome: /^no decision given/, after: none },
  {
    action: "link with two changes",
    runs: link("hejira", { none: true, only: ["a1"] }, "--none", "--only", "a1"),
    outcome: /can't be combined|contradict each other/,
    after: none,
  },
  {
    action: "clear nothing",
    runs: link("hejira", { clear: true }, "--clear"),
    outcome: /^done$/,
    after: none,
  },
  {
    action: "alias two names",
    runs: alias("J. Mitchell", "Joni Mitchell"),
    outcome: /^done$/,
    after: { ...none, aliases: 1 },
  },
  {
    action: "alias a part of a name",
    runs: alias("rchestra", "Joni Mitchell"),
    outcome: /only a part of this name/,
    after: none,
  },
  {
    action: "alias an unknown name",
    runs: alias("Carole King", "Joni Mitchell"),
    outcome: /no record or album is by/,
    after: none,
  },
  { action: "undo nothing", runs: undo, outcome: /^there is no logged play to undo/, after: none },
  { action: "hear one track", runs: hear("Amelia", "09:05"), outcome: /^done$/, after: none },
];

function count(database: Database): Record<string, number> {
  return {
    plays: listNotedPlays(database).length,
    decisions: listDecisions(database).length,
    aliases: readAliases(database).length,
  };
}

let home: string;

beforeEach(async () => {
  home = await filledHome({ records, plays });
  inCache(home, (database) =>
    transact(database, () =>
      keepTracklist(
        database,
        hejira.release.id,
        ["Coyote", "Amelia"].map((title, at) =>
          listedTrack(title, { position: `A${at + 1}`, durationSeconds: 300 }),
        ),
        1,
      ),
    ),
  );
});

const rows = cases.flatMap(({ runs, ...rest }) =>
  Object.entries(runs).map(([name, run]) => ({ ...rest, name, run })),
);

test.each(rows)("$action by $name", async ({ run, outcome, after }) => {
  expect(await run(home)).toMatch(outcome);
  expect(inCache(home, count)).toEqual(after);
});

test.each(Object.entries(log("hejira", "yesterday")))(
  "an overlapping play is not logged by %s",
  async (_, run) => {
    expect(await run(home)).toBe("done");
    expect(await run(home)).toMatch(/already logged/);
    expect(inCache(home, count)).toEqual({ ...none, plays: 1 });
  },
);

test.each(Object.entries(undo))("the newest play is undone by %s", async (_, run) => {
  await log("hejira", "yesterday").function?.(home);
  expect(await run(home)).toBe("done");
  expect(inCache(home, count)).toEqual(none);
});

test.each(Object.entries(hear("Coyote", "09:00")))("two heard tracks become a play by %s", async (_, run) => {
  await hear("Amelia", "09:05").function?.(home);
  expect(await run(home)).toBe("done");
  expect(inCache(home, count)).toEqual({ ...none, plays: 1 });
});
