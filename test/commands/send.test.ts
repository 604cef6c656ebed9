// rewind send plays: what a server lacks is sent once, whatever happens on the way.
import { EventEmitter } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type SendPlaysDocument, sendPlaysSchema } from "../../src/queries/documents/sync-documents.ts";
import { expectNoSecret } from "../support/cli-fixture.ts";
import { type FakeListenBrainz, startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { buildPlay, fillCache, withHomeCache } from "../support/filled-cache.ts";
import { saveAccount } from "../../src/store/file/cache-facts.ts";
import { buildListen, createListenBrainzData, type StoredListen } from "../support/listenbrainz-data.ts";
import { Listing } from "../support/editable-list.ts";
import { openRefusingAddress } from "../support/refusing-address.ts";
import { createSeededRandom, pickInteger } from "../support/random.ts";
import { cut, lost, respondWith } from "../support/response-faults.ts";
import { type CliOptions, type CliResult, noon, runCli } from "../support/run-cli.ts";
import type { Play } from "../support/service-data.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const random = createSeededRandom(7);
const plays: readonly Play[] = Array.from({ length: 2_300 }, (_, at) => {
  const song = pickInteger(random, 0, 300);
  const artist = `Artist ${song % 40}${song % 7 === 0 ? " feat. A Guest" : ""}`;
  return buildPlay(artist, `Album ${song % 60}`, `Song ${song}`, 1_500_000_000 + at * 900);
});

function toListen({ uts, artist, track, album }: Play, seconds = 0, info: object = {}): StoredListen {
  const names = { artist_name: artist, track_name: track, release_name: album };
  return buildListen(uts + seconds, { ...names, additional_info: { ...info } });
}

/** Two plays of five, by a client that writes seconds, lengths and credits of its own; and plays that only it has. */
const listedBefore: readonly StoredListen[] = [
  ...plays
    .filter((_, at) => at % 5 < 2)
    .map((play, at) =>
      toListen({ ...play, artist: play.artist.replace(" feat. A Guest", "") }, (at % 17) - 8, {
        duration_ms: 200_000 + at,
      }),
    ),
  ...Array.from({ length: 40 }, (_, at) =>
    toListen(buildPlay("Somebody", "Else", `Other ${at}`, 1_500_000_300 + at * 90_000)),
  ),
];

const world = createListenBrainzData();
let server: FakeListenBrainz;
let home: string;
let clock: ReturnType<typeof createVirtualClock>;

beforeEach(async () => {
  clock = createVirtualClock(noon);
  world.listens = new Listing(listedBefore);
  server = await startFakeListenBrainz(world, { clock, limit: null });
  home = createTempDirectory("rewind-home");
  await fillCache(home, { plays });
});

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** The document of --json, checked against its schema. */
function parseDocument({ stdout }: CliResult): SendPlaysDocument {
  const document = JSON.parse(stdout) as SendPlaysDocument;
  expect(ajv.validate(sendPlaysSchema, document)).toBe(true);
  return document;
}

async function rewind(line: string, options: CliOptions = {}): Promise<CliResult> {
  const env = { LISTENBRAINZ_TOKEN: world.token, LISTENBRAINZ_API_URL: server.url };
  const result = await runCli(line.split(" "), {
    home,
    now: clock,
    ...options,
    env: { ...env, ...options.env },
  });
  expectNoSecret([world.token], result, home);
  return result;
}

const send = "send plays --to listenbrainz --yes";

const countSubmissions = (): number => server.requests.filter(({ method }) => method === "POST").length;

/** Each play of ours is listed once, and nothing else came. */
function expectSentOnce(ours: readonly Play[] = plays): void {
  server.store();
  const sent = ours.filter((_, at) => at % 5 >= 2).map((play) => `${play.uts} ${play.artist} ${play.track}`);
  const kept = new Set(listedBefore.map(({ msid, listenedAt }) => `${listenedAt} ${msid}`));
  const came = world.listens.rows.filter(({ msid, listenedAt }) => !kept.has(`${listenedAt} ${msid}`));
  expect(
    came
      .map(({ listenedAt, metadata }) => `${listenedAt} ${metadata.artist_name} ${metadata.track_name}`)
      .toSorted(),
  ).toEqual(sent.toSorted());
  expect(world.listens.rows).toHaveLength(listedBefore.length + came.length);
}

test("sends what ListenBrainz lacks in batches of 1,000, checks it, and sends nothing the next time", async () => {
  const { code, stdout } = await rewind(send);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: [
      "ListenBrainz lists 960 plays of NightOwl. It lacks 1,380 of your 2,300 plays, from 14 Jul 2017 to 7 Aug 2017.",
      "Sent to ListenBrainz: 1,380 plays. All of them are listed there, day by day.",
      "",
    ].join("\n"),
  });
  expect(countSubmissions()).toBe(2);
  expectSentOnce();
  const again = await rewind(send);
  expect(again.stdout).toBe(
    "ListenBrainz lists 2,340 plays of NightOwl. It lacks none of the 2,300 plays that could be sent.\n",
  );
  expect(countSubmissions()).toBe(2);
});

test("sends the rest after an interruption at each request, whatever answers were lost", async () => {
  let code: number | null = null;
  for (let stopAt = 1; code !== 0; stopAt += 1) {
    const signals = new EventEmitter();
    let requests = 0;
    let faults = 0;
    server.behaviour.onRequest = (_, { method }) => {
      requests += 1;
      if (requests === stopAt) signals.emit("SIGINT");
      // Each batch is lost on its way, then stored without an answer.
      if (method !== "POST") return undefined;
      faults += 1;
      return [lost, cut, undefined][faults % 3];
    };
    ({ code } = await rewind(send, { signals }));
    expect([0, 130]).toContain(code);
    expect(stopAt).toBeLessThan(40);
  }
  expectSentOnce();
  server.behaviour.onRequest = null;
  const before = countSubmissions();
  expect((await rewind(send)).code).toBe(0);
  expect(countSubmissions()).toBe(before);
});

test("keeps a play aside that the server refuses, says which, and does not send it again", async () => {
  const [, , refused] = plays;
  server.behaviour.onRequest = (_, { body }) =>
    body.includes(`"listened_at":${refused?.uts ?? 0},`)
      ? respondWith(400, { code: 400, error: "a reason", listened_at: 1, track_metadata: {} })
      : undefined;
  const { code, stdout } = await rewind(send);
  expect(code).toBe(0);
  expect(stdout).toContain("Sent to ListenBrainz: 1,379 plays.");
  expect(stdout).toContain(
    `ListenBrainz refused as invalid: 2017-07-14 03:10  ${refused?.artist}: ${refused?.track}`,
  );
  const before = countSubmissions();
  const again = await rewind(send);
  expect(again.stdout).toContain("Left out: 1 play refused in an earlier run.");
  expect(countSubmissions()).toBe(before);
});

test("gives up if the server refuses one play after another", async () => {
  server.behaviour.onRequest = (_, { method }) =>
    method === "POST" ? respondWith(400, { code: 400, error: "no imports here" }) : undefined;
  const { code, stderr } = await rewind(send);
  expect(code).toBe(3);
  expect(stderr).toContain("ListenBrainz refused 20 plays in a row as invalid");
  expect(countSubmissions()).toBeLessThan(60);
});

test("reports days whose plays the server took and does not list", async () => {
  const day = Math.floor((plays[400]?.uts ?? 0) / 86_400);
  server.behaviour.shouldDrop = ({ listenedAt }) => Math.floor(listenedAt / 86_400) === day;
  const { code, stdout, stderr } = await rewind(send);
  expect(code).toBe(3);
  expect(stdout).toMatch(/2017-07-18: sent \d\d, listed 0\n$/);
  expect(stderr).toMatch(/took 1,380 plays and does not list \d\d of them yet, on 1 day$/m);
  const { days_short: shortDays, sent } = parseDocument(await rewind(`${send} --json`));
  expect(shortDays).toEqual([{ day: "2017-07-18", sent, listed: 0 }]);
  server.behaviour.shouldDrop = () => false;
  expect((await rewind(send)).code).toBe(0);
  expectSentOnce();
});

test("fails if the server does not list a single play of those that it took", async () => {
  const lostUts = plays[402]?.uts;
  server.behaviour.shouldDrop = ({ listenedAt }) => listenedAt === lostUts;
  const { code, stderr } = await rewind(send);
  expect(code).toBe(3);
  expect(stderr).toMatch(/took 1,380 plays and does not list 1 of them yet, on 1 day$/m);
});

test("reads a listing to its end if its latest plays lie in the future", async () => {
  const ahead = [2, 9].map((days) =>
    toListen(buildPlay("Somebody", "Else", `Ahead ${days}`, clock.now() / 1000 + days * 86_400)),
  );
  world.listens = new Listing([...listedBefore, ...ahead]);
  server.behaviour.mostListens = 100;
  const { stdout } = await rewind(send);
  expect(stdout).toMatch(/^ListenBrainz lists 962 plays of NightOwl\. It lacks 1,380 of your 2,300 plays/);
  expect(countSubmissions()).toBe(2);
});

test.each([0, 863])("sends nothing if the server counts 960 plays and lists %i", async (listed) => {
  world.listens = new Listing(listedBefore.slice(0, listed));
  server.behaviour.onRequest = (_, { path }) =>
    path.endsWith("listen-count") ? respondWith(200, { payload: { count: 960 } }) : undefined;
  const { code, stderr } = await rewind(send);
  expect(code).toBe(3);
  expect(stderr).toContain(`ListenBrainz counts 960 plays of NightOwl and lists only ${listed}`);
  expect(stderr).toContain("Nothing was sent.");
  expect(countSubmissions()).toBe(0);
});

test("knows plays again that the server dates three hours off", async () => {
  world.listens = new Listing(plays.map((play) => toListen(play, 3 * 3_600 + (play.uts % 5))));
  const { stdout } = await rewind(send);
  expect(stdout).toContain("It lacks none of the 2,300 plays");
  expect(countSubmissions()).toBe(0);
});

test("leaves out what no server can store, and says so", async () => {
  const twice = buildPlay("Can", "Tago Mago", "Halleluhwah", 1_700_000_000);
  const other = createTempDirectory("rewind-home");
  await fillCache(other, {
    plays: [
      twice,
      twice,
      { ...twice, uts: 1_000_000_000 },
      { ...twice, uts: 0 },
      { ...twice, track: "with a \u0000" },
      { ...twice, track: " " },
      // The first and the last second that ListenBrainz takes, and the one after it.
      { ...twice, uts: 1_033_430_400 },
      { ...twice, uts: noon / 1000 + 3_599 },
      { ...twice, uts: noon / 1000 + 3_600 },
      { ...twice, track: "x".repeat(999), album: "\u{1F3B5}".repeat(500), artist: "\u{1F3B5}".repeat(500) },
    ],
  });
  const days = join(other, "days.csv");
  writeFileSync(days, "artist,track,time\nCan,Vitamin C,2023-05-05\n");
  await rewind(`import ${days}`, { home: other });
  const document = parseDocument(await rewind(`${send} --json`, { home: other }));
  expect(document).toMatchObject({ compared: 4, missing: 4, sent: 4 });
  expect(Object.fromEntries(document.left_out.map(({ rule, plays: count }) => [rule, count]))).toEqual({
    day: 1,
    future: 1,
    invalid: 1,
    nameless: 1,
    old: 1,
    repeat: 1,
    undated: 1,
  });
});

test("asks first, and a dry run sends nothing", async () => {
  const dry = await rewind("send plays --to listenbrainz --dry-run");
  expect(dry.stdout).toMatch(/It lacks 1,380 of your 2,300 plays[^]*Dry run: nothing was sent\.\n$/);
  const no = await rewind("send plays --to listenbrainz", { tty: true, columns: 200, stdin: ["n", "\r"] });
  expect(no.stdout).toContain("Send 1,380 plays to ListenBrainz as NightOwl? (y/N)");
  expect(no.stdout).toContain("Nothing was sent.");
  expect(countSubmissions()).toBe(0);
  const yes = await rewind("send plays --to listenbrainz", { tty: true, columns: 200, stdin: ["y", "\r"] });
  expect(yes.stdout).toContain("Sent to ListenBrainz: 1,380 plays.");
  expect(countSubmissions()).toBe(2);
});

const token = "a-token-of-my-own-server";

test("sends to another server with its own token", async () => {
  world.token = token;
  const options = { env: { REWIND_TARGET_TOKEN: token, LISTENBRAINZ_API_URL: "" } };
  const { code, stdout } = await rewind(`send plays --to ${server.url}1/ --yes`, options);
  expect(code).toBe(0);
  expect(stdout).toContain(`Sent to ${new URL(server.url).host}: 1,380 plays.`);
  expectSentOnce();
  world.token = createListenBrainzData().token;
});

test("asks for the token of another server on a terminal, and shows no letter of it", async () => {
  world.token = token;
  const { stdout } = await rewind(`send plays --to ${server.url} --dry-run`, {
    tty: true,
    columns: 200,
    stdin: [token, "\r"],
    env: { LISTENBRAINZ_TOKEN: "" },
  });
  expect(stdout).toMatch(/Token of 127\.0\.0\.1:\d+:[^]*lists 960 plays of NightOwl/);
  world.token = createListenBrainzData().token;
});

test.each([
  ["--to lastfm", {}, 2, /Last\.fm takes no play that is older than 14 days/],
  ["--to deezer", {}, 2, /unknown value "deezer" for --to/],
  ["--to http://example.org", {}, 2, /must be https or on this machine/],
  ["", {}, 2, /--to is missing/],
  [
    "--to listenbrainz",
    { LISTENBRAINZ_TOKEN: "" },
    4,
    /LISTENBRAINZ_TOKEN is missing[^]*rewind login --scrobble/,
  ],
  ["--to https://music.example.org", {}, 4, /no token of music\.example\.org[^]*REWIND_TARGET_TOKEN/],
])("refuses send plays %s", async (target, env, exitCode, message) => {
  const { code, stdout, stderr } = await rewind(`send plays --yes ${target}`.trim(), { env });
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
  expect(stderr).toMatch(message);
});

test("needs --yes where it can't ask", async () => {
  const { code, stderr } = await rewind("send plays --to listenbrainz");
  expect(code).toBe(2);
  expect(stderr).toContain("rewind cannot ask you here");
  expect(server.requests).toEqual([]);
});

test("says first that the token is missing where it can't ask", async () => {
  const { code, stderr } = await rewind("send plays --to listenbrainz", { env: { LISTENBRAINZ_TOKEN: "" } });
  expect(code).toBe(4);
  expect(stderr).toContain("LISTENBRAINZ_TOKEN is missing");
});

test("says that nothing was sent if the server can't be reached, and names it once", async () => {
  const url = await openRefusingAddress();
  const env = { REWIND_TARGET_TOKEN: token };
  const { code, stderr } = await rewind(`send plays --to ${url} --yes`, { env });
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: `rewind: ${new URL(url).host} can't be reached: connection refused\nNothing was sent. You can run the same again later.\n`,
  });
});

test("refuses a server that lists no plays", async () => {
  server.behaviour.onRequest = (_, { path }) => {
    if (path === "/apis/web/v1/stats") return respondWith(200, { listen_count: 1 });
    return path.includes("/listens") || path.endsWith("listen-count") ? respondWith(404, {}) : undefined;
  };
  const { code, stderr } = await rewind(send);
  expect(code).toBe(2);
  expect(stderr).toMatch(/is the address of a Koito server, which lists no listens for other programs/);
  expect(countSubmissions()).toBe(0);
});

test("refuses a token of another user than the one whose plays the cache has", async () => {
  withHomeCache(home, (database) => saveAccount(database, "listenbrainz", "NightOwl"));
  const name = world.username;
  world.username = "SomebodyElse";
  const { code, stderr } = await rewind(send);
  world.username = name;
  expect(code).toBe(4);
  expect(stderr).toContain("belongs to SomebodyElse, but this cache has the plays of NightOwl");
  withHomeCache(home, (database) => saveAccount(database, "listenbrainz", "nightowl"));
  expect((await rewind(`${send} --dry-run`)).stdout).toContain("It lacks 1,380 of your 2,300 plays");
});
