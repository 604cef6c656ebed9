// A play that a program sent, a logged play and a recognised one stay apart in the data, and count once on every screen.
import { expect, test } from "vitest";
import { mergeSubmittedPlays, storeSubmittedPlays } from "../../src/actions/sources/submit-listens.ts";
import { toSourcePlay } from "../../src/sources/files/file-format.ts";
import { saveLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import { transact, type Database } from "../../src/store/file/database.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import { buildListedTrack, buildRecord, fillCache, withHomeCache } from "../support/filled-cache.ts";
import { buildLoggedPlay } from "../support/logged-plays.ts";
import { noon, requireError, runCli, runCliJson } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const record = buildRecord({ artist: "The Amber Kettles", title: "Shoals" });
const titles = ["Low Tide", "Dune", "Reed", "Sandbar"];
const startIso = "2026-03-10T20:00:00Z";
const startUts = Date.parse(startIso) / 1000;

/** The sitting as a program reports it, some seconds early or late. */
function submitSitting(database: Database, client: string, lateSeconds: number): void {
  const plays = titles.map((title, at) =>
    toSourcePlay({
      startUts: startUts + at * 240 + lateSeconds,
      artist: "The Amber Kettles",
      album: "Shoals",
      title,
      client,
    }),
  );
  storeSubmittedPlays(database, plays, noon / 1000);
  mergeSubmittedPlays(database);
}

/** A home without any listening service, whose only record was played once, logged by hand and by a recogniser. */
async function createHome(): Promise<string> {
  const home = createTempDirectory();
  await fillCache(home, { records: [record], lastfmUser: null });
  withHomeCache(home, (database) =>
    transact(database, () => {
      const tracks = titles.map((title) => buildListedTrack(title, { durationSeconds: 240 }));
      saveTracklist(database, record.release.id, tracks, 1);
      saveLoggedPlays(database, [
        buildLoggedPlay({ releaseId: record.release.id, from: startIso, source: "recogniser" }),
      ]);
    }),
  );
  return home;
}

async function readFigures(home: string) {
  const readJson = (...argv: string[]): Promise<unknown> => runCliJson([...argv, "--json"], { home });
  const [{ play_count: plays, spins, logged_plays: logged } = {}] = (await readJson(
    "sql",
    "SELECT play_count, spins, logged_plays FROM records",
  )) as Record<string, unknown>[];
  const recent = (await readJson("recent")) as { readonly data: readonly { readonly logged: boolean }[] };
  return { plays, spins, logged, recent: recent.data.map((row) => row.logged) };
}

test("counts a sitting once that was logged, and that two programs sent as well", async () => {
  const home = await createHome();
  expect(await readFigures(home)).toMatchObject({ plays: 0, logged: 1, recent: [true] });
  withHomeCache(home, (database) => {
    submitSitting(database, "server", 0);
    submitSitting(database, "phone", 5);
  });
  expect(await readFigures(home)).toEqual({
    plays: 4,
    spins: 1,
    logged: 1,
    recent: [false, false, false, false],
  });
  const sources = await runCliJson(["sources", "--json"], { home });
  expect(sources).toMatchObject({ data: [{ name: "direct", kind: "client", plays: 4 }], plays: 4 });

  const removed = await runCli(["sources", "remove", "direct", "--yes"], { home });
  expect(removed.stdout).toBe(
    "Removed 4 plays that programs sent to rewind. Only the programs that sent them can bring them back.\n",
  );
  expect(await readFigures(home)).toMatchObject({ plays: 0, logged: 1, recent: [true] });
});

test("calls the plays of programs by one name, and refuses to stop them like a service", async () => {
  const home = await createHome();
  withHomeCache(home, (database) => submitSitting(database, "server", 0));
  expect((await runCli(["sources"], { home })).stdout).toMatch(/^direct +sent to rewind +4 /m);
  expect((await runCli(["status"], { home })).stdout).toContain("Plays: sent to rewind 4 until 10 Mar 2026");
  expect(requireError(await runCli(["sources", "stop", "direct"], { home }), 2)).toBe(
    "rewind: programs send these plays to rewind, so syncs never ask for them\n" +
      "To refuse a program: rewind keys revoke NUMBER        To remove its plays: rewind sources remove direct\n",
  );
});

test("a command merges plays that the server stored and did not merge", async () => {
  const home = await createHome();
  withHomeCache(home, (database) =>
    storeSubmittedPlays(
      database,
      [
        toSourcePlay({
          startUts,
          artist: "The Amber Kettles",
          album: "Shoals",
          title: "Low Tide",
          client: "x",
        }),
      ],
      noon / 1000,
    ),
  );
  expect(await readFigures(home)).toMatchObject({ plays: 1, recent: [false] });
});
