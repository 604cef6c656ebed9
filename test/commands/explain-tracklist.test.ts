// The tracklist that a match hangs on, fetched where a person looks at the record.
import Sqlite from "better-sqlite3";
import { beforeEach, expect, test } from "vitest";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { respondWithHtml } from "../support/response-faults.ts";
import { getHomeCachePath, buildRecord, buildAlbumPlays, buildListedTrack } from "../support/filled-cache.ts";
import type { CliOptions, CliResult } from "../support/run-cli.ts";
import { songs } from "../match/scenarios.ts";

let person: CliFixture;
let releaseId: number;

/** One record, loose by its name, whose list is known to Discogs and was not asked for yet. */
beforeEach(async () => {
  person = await createCliFixture({ records: 1, albums: 1, plays: 1, wants: 0 });
  const { discogs, lastfm } = person.worlds;
  const loose = buildRecord({ artist: "Tidewater", title: "Low Water: A Journey Downstream" });
  releaseId = loose.release.id;
  discogs.shelf.records.set([loose]);
  lastfm.listener.plays.set(
    buildAlbumPlays("Tidewater", "Low Water", { from: "2017-07-14T02:40:00Z", tracks: songs.length }).map(
      (play, at) => ({ ...play, track: songs[at] ?? "" }),
    ),
  );
  await person.rewind(["sync"]);
  const database = new Sqlite(getHomeCachePath(person.home));
  const { changes } = database.prepare("UPDATE tracklist SET state = 'wanted', fetched_uts = NULL").run();
  if (changes !== 1) throw new Error("the match hangs on nothing");
  database.close();
  const list = songs.map((title) => buildListedTrack(title));
  discogs.tracklists.set(releaseId, list);
});

const runExplain = (options: CliOptions = {}, flags: readonly string[] = []): Promise<CliResult> =>
  person.rewind(["explain", `r${releaseId}`, ...flags], options);

function countTracklistRequests(): number {
  return person.discogs.requests.filter(({ path }) => path === `/releases/${releaseId}`).length;
}

test("fetches a tracklist once on a terminal and uses it for the match", async () => {
  const before = countTracklistRequests();
  const { code, stdout, stderr } = await runExplain({ tty: true });
  expect(code).toBe(0);
  expect(stderr).toBe("rewind: fetched the tracklist from Discogs, because this match depends on it\n");
  expect(stdout).toMatch(/tracks/);
  expect(countTracklistRequests()).toBe(before + 1);
  const again = await runExplain({ tty: true });
  expect(again).toMatchObject({ code: 0, stdout, stderr: "" });
  expect(countTracklistRequests()).toBe(before + 1);
});

test.each([
  ["in a pipe", {}, []],
  ["with --json", { tty: true }, ["--json"]],
  ["with --offline", { tty: true }, ["--offline"]],
  ["without a token", { tty: true, env: { DISCOGS_TOKEN: "" } }, []],
] as const)("sends no request %s", async (_, options, flags) => {
  const before = person.discogs.requests.length;
  const { code, stderr } = await runExplain(options, flags);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(person.discogs.requests).toHaveLength(before);
});

test("if Discogs is away the cache answers, and only --verbose says so", async () => {
  person.discogs.behaviour.onRequest = () => respondWithHtml(502);
  const offline = await runExplain({ tty: true }, ["--offline"]);
  expect(await runExplain({ tty: true })).toEqual(offline);
  const { code, stderr } = await runExplain({ tty: true }, ["--verbose"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^rewind: could not fetch the tracklist: Discogs/m);
});

test("a record whose match needs no tracklist is not fetched", async () => {
  const database = new Sqlite(getHomeCachePath(person.home));
  database.exec("DELETE FROM tracklist");
  database.close();
  const before = person.discogs.requests.length;
  await runExplain({ tty: true });
  expect(person.discogs.requests).toHaveLength(before);
});
