import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { getPlayingNowPath, savePlayingNow } from "../../src/host/playing-now-file.ts";
import type { PlayingNow } from "../../src/model/playing-now.ts";
import type { NowDocument } from "../../src/queries/documents/play-documents.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import { startFakeLastfm } from "../support/fake-lastfm.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import {
  buildAlbumPlays,
  buildArtistCredit,
  buildListedTrack,
  buildPlay,
  buildRecord,
  cd,
  fillCache,
  getHomeCachePath,
  withHomeCache,
} from "../support/filled-cache.ts";
import { createListenBrainzData, type ListenMetadata } from "../support/listenbrainz-data.ts";
import { callTool, connectMcp } from "../support/mcp-client.ts";
import { hang, respondWithHtml, respondWithLastfmError } from "../support/response-faults.ts";
import { noon, runCli, type CliOptions } from "../support/run-cli.ts";
import { runProcess } from "../support/run-process.ts";
import { createLastfmAccount, createLastfmData, type LastfmAccount } from "../support/service-data.ts";
import { createApiKey, startServer } from "../support/start-server.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const nowUts = noon / 1000;
const hejira = buildRecord({
  artist: "Joni Mitchell",
  title: "Hejira",
  year: 1976,
  folderId: 3,
  labels: [{ id: 1, name: "Asylum", catalogNumber: "7E-1087" }],
  fieldValues: [{ fieldId: 4, value: "C4" }],
});
const hits = buildRecord({ artist: "Joni Mitchell", title: "Hits", formats: cd });
const neverPlayed = buildRecord({ artist: "Can", title: "Tago Mago (Remastered)" });
const filling = {
  folders: [{ id: 3, name: "Folk" }],
  customFields: [{ id: 4, name: "Shelf", position: 1 }],
  records: [hejira, hits, neverPlayed],
  plays: [
    ...buildAlbumPlays("Joni Mitchell", "Hejira", { from: "2023-11-03T20:00:00Z", tracks: 9 }),
    buildPlay("Joni Mitchell", "Hejira", "Amelia", nowUts - 86_400),
    buildPlay("Low", "Hey What", "Days Like These", nowUts - 90_000),
  ],
};

async function createHome(): Promise<string> {
  const home = createTempDirectory("rewind-home");
  await fillCache(home, filling);
  withHomeCache(home, (database) => {
    const tracks = [
      buildListedTrack("Big Yellow Taxi", { position: "1" }),
      buildListedTrack("Helpless", { position: "2", artists: [buildArtistCredit("Neil Young")] }),
    ];
    saveTracklist(database, hits.release.id, tracks, nowUts);
  });
  return home;
}

const amelia: PlayingNow = {
  artist: "Joni Mitchell",
  title: "Amelia",
  album: "Hejira",
  lengthSeconds: 361,
  startedUts: nowUts - 30,
  client: "Navidrome",
};

function saveReport(home: string, parts: Partial<PlayingNow> = {}): void {
  savePlayingNow(getPlayingNowPath(getHomeCachePath(home)), { ...amelia, ...parts });
}

const shelfField = { REWIND_SHELF_FIELD: "shelf", NO_COLOR: "1" };

const run = (home: string, argv: readonly string[] = [], options: CliOptions = {}) =>
  runCli(["now", ...argv], { home, ...options, env: { ...shelfField, ...options.env } });

/** Stand-ins of both listening services, and the settings that lead to them. */
async function startServices({
  listenbrainz = null,
  lastfm = null,
}: {
  readonly listenbrainz?: ListenMetadata | null;
  readonly lastfm?: LastfmAccount["nowPlaying"];
} = {}) {
  const clock = createVirtualClock(noon);
  const listens = { ...createListenBrainzData(), nowPlaying: listenbrainz };
  const world = createLastfmData({ listener: createLastfmAccount({ nowPlaying: lastfm }) });
  const services = {
    listenbrainz: await startFakeListenBrainz(listens, { clock }),
    lastfm: await startFakeLastfm(world, { clock }),
  };
  return {
    ...services,
    clock,
    countRequests: () => [services.listenbrainz.requests.length, services.lastfm.requests.length],
    env: {
      DISCOGS_TOKEN: "token",
      LASTFM_API_KEY: world.apiKey,
      LASTFM_USERNAME: world.listener.name,
      LASTFM_API_URL: services.lastfm.url,
      LISTENBRAINZ_USERNAME: listens.username,
      LISTENBRAINZ_API_URL: services.listenbrainz.url,
    } as Record<string, string>,
  };
}

const onListenBrainz = {
  artist_name: "Low",
  track_name: "Days Like These",
  release_name: "Hey What",
  additional_info: { media_player: "Pano Scrobbler", duration_ms: 240_000 },
};
const onLastfm = { artist: "Joni Mitchell", track: "Amelia", album: "Hejira" };

test("shows the reported track and its record: number, form, place and last spin", async () => {
  const home = await createHome();
  saveReport(home);
  const piped = await run(home);
  expect(piped).toMatchObject({ code: 0, stderr: "" });
  expect(piped.stdout).toBe(`
  Joni Mitchell
  Amelia                                                                                   Navidrome
  Hejira

  Your record: Hejira                                                                             #1
  LP · Asylum 7E-1087 · 1976 · folder Folk · shelf C4
  10 plays · 1 spin · last spin 3 Nov 2023

  Its plays: rewind explain 1
`);
  for (const columns of [80, 200]) {
    const { stdout } = await run(home, [], { tty: true, columns });
    expect(stdout).toContain("  LP · Asylum 7E-1087 · 1976 · folder Folk · shelf C4\n");
    expect(stdout.split("\n").filter((line) => line.length > Math.min(columns, 102))).toEqual([]);
  }
});

test("prints one short line for a status bar, and nothing while nothing is playing", async () => {
  const home = await createHome();
  expect(await run(home, ["--as", "line"])).toMatchObject({ code: 1, stdout: "", stderr: "" });
  saveReport(home);
  expect(await run(home, ["--as", "line"], { tty: true, columns: 40 })).toMatchObject({
    code: 0,
    stdout: "Joni Mitchell · Amelia · #1 LP, folder Folk, shelf C4 · last spin 3 Nov 2023\n",
    stderr: "",
  });
  saveReport(home, { artist: "Nobody", title: `${"long ".repeat(20)}\u001b[31m`, album: null });
  expect((await run(home, ["--as", "line"])).stdout).toBe(`Nobody · ${"long ".repeat(8).trim()}…\n`);
});

test.each([
  ["a release that was never played", { artist: "Can", title: "Mushroom", album: "Tago Mago" }, 3, "album"],
  ["a song on another record", { title: "Big Yellow Taxi", album: "Ladies of the Canyon" }, 2, "track"],
  [
    "a song by another artist on a record",
    { artist: "Neil Young", title: "Helpless", album: null },
    2,
    "track",
  ],
  ["a song without an album tag, played from a record before", { album: null }, 1, "track"],
  ["an album that is not owned", { artist: "Low", title: "Disappearing", album: "Hey What" }, null, null],
])("finds the record of %s", async (_, parts, record, foundBy) => {
  const home = await createHome();
  saveReport(home, parts);
  const { code, stdout } = await run(home, ["--json"]);
  const document = JSON.parse(stdout) as NowDocument;
  expect(code).toBe(0);
  expect(document.record?.collection.id ?? null).toBe(record);
  expect(document.record?.found_by ?? null).toBe(foundBy);
  expect(document.record_ids).toEqual(record === null ? [] : [record]);
  const { stdout: shown } = await run(home);
  expect(shown.includes("  Not on your shelf.\n")).toBe(record === null);
});

test("asks ListenBrainz, and Last.fm only if nothing is playing there", async () => {
  const home = await createHome();
  const both = await startServices({ listenbrainz: onListenBrainz, lastfm: onLastfm });
  expect(JSON.parse((await run(home, ["--json"], { env: both.env })).stdout)).toMatchObject({
    track: { name: "Days Like These", length_seconds: 240 },
    source: "listenbrainz",
    client: "Pano Scrobbler",
  });
  expect(both.countRequests()).toEqual([1, 0]);
  const one = await startServices({ lastfm: onLastfm });
  expect(JSON.parse((await run(home, ["--json"], { env: one.env })).stdout)).toMatchObject({
    track: { name: "Amelia", album: { name: "Hejira" }, length_seconds: null },
    source: "lastfm",
    client: null,
    record: { collection: { id: 1 } },
    unanswered: [],
  });
  expect(one.countRequests()).toEqual([1, 1]);
  saveReport(home, { title: "Coyote" });
  expect((await run(home, ["--as", "line"], { env: both.env })).stdout).toContain("Coyote");
  expect(both.countRequests()).toEqual([1, 0]);
});

test("shows the first track that a client reports to a home without a cache", async () => {
  const home = createTempDirectory("rewind-home");
  saveReport(home);
  const { code, stdout, stderr } = await run(home);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /Joni Mitchell\n.*Amelia.*Navidrome\n.*Hejira\n\n.*Your records are not known yet\./,
  );
});

test("exits with 1 if nothing is playing, and asks no service that is stopped or not connected", async () => {
  const home = await createHome();
  const silent = await startServices();
  const { env } = silent;
  const nothing = { code: 1, stdout: "Nothing is playing.\n", stderr: "" };
  expect(await run(home, [], { env })).toMatchObject(nothing);
  expect(silent.countRequests()).toEqual([1, 1]);
  expect(JSON.parse((await run(home, ["--json"], { env })).stdout)).toMatchObject({
    is_playing: false,
    track: null,
    record: null,
  });
  for (const name of ["lastfm", "listenbrainz"]) {
    expect((await runCli(["sources", "stop", name], { home, env })).code).toBe(0);
  }
  const noneAsked = "Nothing is playing. No listening service was asked. To connect one: rewind login\n";
  expect(await run(home, [], { env })).toMatchObject({ ...nothing, stdout: noneAsked });
  expect(await run(home)).toMatchObject({ ...nothing, stdout: noneAsked });
  expect(silent.countRequests()).toEqual([2, 2]);
});

test("notes a service that fails, and asks the next one", async () => {
  const home = await createHome();
  const { env, listenbrainz, lastfm, clock } = await startServices({ lastfm: onLastfm });
  listenbrainz.behaviour.onRequest = () => hang;
  const { code, stdout, stderr } = await run(home, ["--json"], { env, now: clock });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: "rewind: ListenBrainz: the track that is playing: no complete answer within 5 s\n",
  });
  expect(JSON.parse(stdout)).toMatchObject({ source: "lastfm", unanswered: ["listenbrainz"] });
  lastfm.behaviour.onRequest = () => respondWithLastfmError(10, 403);
  listenbrainz.behaviour.onRequest = () => respondWithHtml(502);
  const failed = await run(home, ["--as", "line"], { env });
  expect(failed).toMatchObject({ code: 4, stdout: "" });
  expect(failed.stderr).toContain("rewind: Last.fm ");
  lastfm.behaviour.onRequest = () => respondWithHtml(502);
  const unavailable = await run(home, [], { env });
  expect(unavailable).toMatchObject({ code: 3, stdout: "" });
  expect(unavailable.stderr).toMatch(/\nCheck your network, or try again later\.\n$/);
  lastfm.behaviour.onRequest = () => respondWithLastfmError(10, 403);
  listenbrainz.behaviour.onRequest = null;
  expect(await run(home, ["--as", "line"], { env })).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^rewind: Last\.fm .*\n$/) as string,
  });
});

test("says the same over HTTP and to an assistant, and asks the services once in five seconds", async () => {
  const home = await createHome();
  const { env, clock, countRequests, listenbrainz } = await startServices({ lastfm: onLastfm });
  listenbrainz.behaviour.onRequest = () => respondWithHtml(502);
  const options = { home, now: clock, env: { ...env, ...shelfField } };
  const expected = JSON.parse((await runCli(["now", "--json"], options)).stdout) as NowDocument;
  expect(expected).toMatchObject({ record: { shelf: "C4" }, unanswered: ["listenbrainz"] });

  const headers = { authorization: `Bearer ${await createApiKey(home)}` };
  const server = await startServer([], options);
  const ask = async (): Promise<unknown> =>
    (await fetch(`${server.address}/v1/listening/now-playing`, { headers })).json();
  expect([await ask(), await ask()]).toEqual([expected, expected]);
  expect(countRequests()).toEqual([2, 2]);
  await clock.sleep(5_000);
  expect(await ask()).toEqual(expected);
  expect(countRequests()).toEqual([3, 3]);
  const { stderr } = await server.stop();
  expect(stderr.match(/^rewind: ListenBrainz: /gm)).toHaveLength(2);

  const assistant = await connectMcp(options);
  const answer = await callTool(assistant, "now_playing");
  expect(answer.document).toEqual(expected);
  expect(answer.text).toBe(`"Joni Mitchell" · "Amelia", from "Hejira".
#1 "Joni Mitchell" · "Hejira": 10 plays
ListenBrainz did not answer.`);
  await assistant.close();
});

test("the built program asks the services and prints a line", async () => {
  const home = await createHome();
  const { env, countRequests } = await startServices({ lastfm: onLastfm });
  const { code, stdout, stderr } = await runProcess(["now", "--as", "line"], {
    home,
    env: { ...env, ...shelfField },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe("Joni Mitchell · Amelia · #1 LP, folder Folk, shelf C4 · last spin 3 Nov 2023\n");
  expect(countRequests()).toEqual([1, 1]);
});

test("ignores a damaged report", async () => {
  const home = await createHome();
  writeFileSync(getPlayingNowPath(getHomeCachePath(home)), "{");
  expect(await run(home)).toMatchObject({ code: 1, stderr: "" });
});
