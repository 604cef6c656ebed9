// rewind sources check on a terminal, in a pipe and as JSON, and the line of doctor.
import { expect, onTestFinished, test } from "vitest";
import { cacheTools } from "../../src/interfaces/mcp/tools/cache.ts";
import type { ToolContext } from "../../src/interfaces/mcp/tools/tool.ts";
import { daySeconds } from "../../src/model/times.ts";
import type { Database } from "../../src/store/file/database.ts";
import { markSourceRead, createSourceImporter } from "../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../src/sync/merging/merge-sources.ts";
import { buildDays, firstDay, listDays } from "../support/daily-listener.ts";
import { getHomeCachePath, openCache, withHomeCache } from "../support/filled-cache.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const plain = { NO_COLOR: "1" };
const spotify = { name: "spotify", kind: "file" } as const;
const listenbrainz = { name: "listenbrainz", kind: "service" } as const;

/** 120 days of two sources. Spotify lacks four days, both lack three, and ListenBrainz has nothing of the last ten. */
function createHome(): string {
  const home = createTempDirectory("rewind-home");
  const days = [...listDays(firstDay, 76), ...listDays(firstDay + 79, 41)];
  withHomeCache(home, (database) => {
    createSourceImporter(
      database,
      spotify,
    )(buildDays(days.filter((day) => day < firstDay + 40 || day > firstDay + 43)));
    createSourceImporter(database, listenbrainz)(buildDays(days.filter((day) => day < firstDay + 110)));
    markSourceRead(database, listenbrainz, (firstDay + 120) * daySeconds);
    mergeSources(database);
  });
  return home;
}

test("shows the holes with their remedies at 80 and at 200 columns, and each in a line in a pipe", async () => {
  const home = createHome();
  const run = (columns?: number): Promise<CliResult> =>
    runCli(["sources", "check"], {
      home,
      env: plain,
      ...(columns === undefined ? {} : { tty: true, columns }),
    });
  const remedies = [
    "ListenBrainz: check that your player sends plays to ListenBrainz; if you left it: rewind sources stop listenbrainz",
    "All sources: import the history of the player that you used: rewind import FILE",
    "Spotify: import a newer or more complete export of Spotify: rewind import FILE",
  ];
  const wide = await run(200);
  expect(wide.stdout).toBe(
    [
      "Kind      Source        From        To          Days  Played elsewhere",
      "────────  ────────────  ──────────  ──────────  ────  ────────────────",
      "certain   ListenBrainz  2019-04-21  now           10  Spotify 50",
      "probable  all           2019-03-18  2019-03-20     3",
      "certain   Spotify       2019-02-10  2019-02-13     4  ListenBrainz 20",
      "",
      "2 certain: another source has the plays · 1 probable: you play nearly every day",
      ...remedies,
      "",
    ].join("\n"),
  );
  const narrow = await run(80);
  expect(narrow.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(narrow.stdout.replaceAll(/\s+/g, " ")).toBe(wide.stdout.replaceAll(/\s+/g, " "));
  expect((await run()).stdout).toBe(
    [
      "certain   ListenBrainz  2019-04-21  now         10  Spotify 50",
      "probable  all           2019-03-18  2019-03-20   3",
      "certain   Spotify       2019-02-10  2019-02-13   4  ListenBrainz 20",
      "",
    ].join("\n"),
  );
});

test("prints the holes as JSON", async () => {
  const { stdout } = await runCli(["sources", "check", "--json"], { home: createHome() });
  expect(JSON.parse(stdout)).toEqual({
    data: [
      {
        kind: "certain",
        source: "listenbrainz",
        first_day: "2019-04-21",
        last_day: null,
        days: 10,
        others: [{ name: "spotify", plays: 50 }],
        remedy:
          "check that your player sends plays to ListenBrainz; if you left it: rewind sources stop listenbrainz",
      },
      {
        kind: "probable",
        source: null,
        first_day: "2019-03-18",
        last_day: "2019-03-20",
        days: 3,
        others: [],
        remedy: "import the history of the player that you used: rewind import FILE",
      },
      {
        kind: "certain",
        source: "spotify",
        first_day: "2019-02-10",
        last_day: "2019-02-13",
        days: 4,
        others: [{ name: "listenbrainz", plays: 20 }],
        remedy: "import a newer or more complete export of Spotify: rewind import FILE",
      },
    ],
    summary: { certain: 2, probable: 1 },
  });
});

test("tells an assistant each hole in a line", async () => {
  const database = openCache(getHomeCachePath(createHome()));
  onTestFinished(() => void database.close());
  const [tool] = cacheTools.filter(({ name }) => name === "source_holes");
  const shelf = {
    read: (work: (state: { readonly database: Database }) => unknown) => work({ database }),
  } as unknown as ToolContext;
  expect((await tool?.answer({}, shelf, new AbortController().signal))?.lines).toEqual([
    "2 certain, 1 probable.",
    'certain, "ListenBrainz": 2019-04-21 to now, 50 plays elsewhere',
    "probable, all: 2019-03-18 to 2019-03-20, 0 plays elsewhere",
    'certain, "Spotify": 2019-02-10 to 2019-02-13, 20 plays elsewhere',
  ]);
});

test("says how to add plays if there are none, and that nothing is missing if so", async () => {
  const home = createTempDirectory("rewind-home");
  withHomeCache(home, () => {});
  expect(await runCli(["sources", "check"], { home, tty: true })).toMatchObject({
    code: 0,
    stdout: "No plays yet. To add some: rewind login, then rewind sync, or:\nrewind import FILE\n",
  });
  withHomeCache(home, (database) => {
    createSourceImporter(database, spotify)(buildDays(listDays(firstDay, 30)));
    mergeSources(database);
  });
  expect((await runCli(["sources", "check"], { home, tty: true })).stdout).toBe(
    "No holes found. Sources: Spotify.\n",
  );
});

async function readDoctorLine(home: string, now: number): Promise<string | undefined> {
  const { stdout } = await runCli(["doctor", "--offline"], { home, now, env: plain, tty: true });
  return stdout.split("\n").find((line) => /^. history /.test(line));
}

test("doctor counts the holes, and warns only of one in the last month", async () => {
  const home = createHome();
  const endMs = (firstDay + 120) * daySeconds * 1000;
  expect(await readDoctorLine(home, endMs)).toBe(
    "! history      2 certain holes, 1 probable hole   rewind sources check",
  );
  expect(await readDoctorLine(home, endMs + 60 * daySeconds * 1000)).toBe(
    "✓ history      2 certain holes, 1 probable hole: rewind sources check",
  );
});
