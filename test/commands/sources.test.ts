// Homes with Discogs and other sources than Last.fm: every question answers, and all answers agree.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { answer } from "../support/faults.ts";
import { servedCache } from "../support/served-cache.ts";
import { Listing } from "../support/listing.ts";
import type { CliOptions, CliResult } from "../support/run-cli.ts";
import type { Play } from "../support/world.ts";

type Run = (argv: readonly string[], options?: CliOptions) => Promise<CliResult>;

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

function datedPlays(world: CliWorld): Play[] {
  const seen = new Set<string>();
  return world.worlds.lastfm.listener.plays.rows.filter((play) => {
    const key = JSON.stringify([play.uts, play.artist, play.track]);
    const isNew = play.uts > 0 && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** ListenBrainz with these plays; returns its settings. */
async function listenBrainzOf(world: CliWorld, plays: readonly Play[]): Promise<Record<string, string>> {
  const listens = plays.map(({ uts, artist, track, album }) =>
    listen(uts, { artist_name: artist, track_name: track, ...(album === "" ? {} : { release_name: album }) }),
  );
  const service = makeListenBrainzWorld({ listens: new Listing(listens) });
  const server = await startListenBrainz(service, { clock: world.clock });
  onTestFinished(() => server.close());
  return { LISTENBRAINZ_USERNAME: service.username, LISTENBRAINZ_API_URL: server.url };
}

/** An extended history with these plays. */
function spotifyFile(world: CliWorld, plays: readonly Play[]): string {
  const path = join(world.home, "Streaming_History_Audio_2020.json");
  const rows = plays.map(({ uts, albumArtist, artist, track, album }, at) => ({
    ts: new Date((uts + 200) * 1000).toISOString().replace(".000Z", "Z"),
    ms_played: 200_000,
    master_metadata_track_name: track,
    master_metadata_album_artist_name: albumArtist === "" ? artist : albumArtist,
    master_metadata_album_album_name: album,
    spotify_track_uri: `spotify:track:${at}`,
    reason_start: "trackdone",
    reason_end: "trackdone",
    skipped: false,
    offline: false,
    offline_timestamp: uts,
    incognito_mode: false,
  }));
  writeFileSync(path, JSON.stringify(rows));
  return path;
}

test("doctor checks ListenBrainz: the token and its owner, or the kind of another server", async () => {
  const world = await cliWorld();
  const service = makeListenBrainzWorld({
    listens: new Listing([listen(1_600_000_000, { artist_name: "Can", track_name: "Vitamin C" })]),
  });
  const server = await startListenBrainz(service, { clock: world.clock, tellsTime: true });
  onTestFinished(() => server.close());
  const settings = { ...withoutLastfm, LISTENBRAINZ_USERNAME: service.username };
  const lineOf = async (env: Record<string, string>): Promise<{ line: string; code: number | null }> => {
    const { stdout, code } = await world.rewind(["doctor"], {
      env: { ...settings, LISTENBRAINZ_API_URL: server.url, ...env },
    });
    return { line: stdout.split("\n").find((each) => /^. ListenBrainz /.test(each)) ?? "", code };
  };
  const host = new URL(server.url).host;
  expect((await lineOf({})).line).toBe(
    `✓ ListenBrainz reachable: ${service.username} · 1 listen · server ${host}`,
  );
  expect((await lineOf({ LISTENBRAINZ_TOKEN: service.token })).line).toMatch(/^✓ .* token valid: /);
  const rejected = await lineOf({ LISTENBRAINZ_TOKEN: "another" });
  expect(rejected).toMatchObject({
    code: 4,
    line: expect.stringMatching(/^✗ .*rejected the user token/) as string,
  });
  expect((await lineOf({ LISTENBRAINZ_USERNAME: "nobody" })).line).toMatch(/^✗ .*nobody/);
  server.behaviour.onRequest = (_, { path }) =>
    path === "/apis/mlj_1/serverinfo" ? answer(200, {}) : answer(404, "");
  expect(await lineOf({})).toMatchObject({
    code: 2,
    line: expect.stringMatching(/^✗ .* is a Maloja server, .*rewind import FILE/) as string,
  });
});

interface Answers {
  readonly scrobbles: number;
  readonly records: readonly [id: number, plays: number][];
}

/** Asks every question; expects that their figures agree. */
async function agreedAnswers(world: CliWorld, run: Run): Promise<Answers> {
  const json = async (...argv: string[]): Promise<never> => {
    const { code, stdout, stderr } = await run([...argv, "--json"]);
    expect({ argv, code, stderr: code === 0 ? "" : stderr }).toEqual({ argv, code: 0, stderr: "" });
    return JSON.parse(stdout) as never;
  };
  const xref: { data: { collection: { id: number }; listening: { play_count: number } }[] } = await json(
    "xref",
    "--all",
  );
  const records = xref.data
    .map(({ collection, listening }): [number, number] => [collection.id, listening.play_count])
    .toSorted(([a], [b]) => a - b);
  const bySql: { id: number; plays: number }[] = await json(
    "sql",
    "SELECT id, play_count AS plays FROM records ORDER BY id",
  );
  expect(bySql.map(({ id, plays }) => [id, plays])).toEqual(records);
  const [{ scrobbles } = { scrobbles: -1 }]: { scrobbles: number }[] = await json(
    "sql",
    "SELECT count(*) AS scrobbles FROM scrobbles",
  );
  const { plays }: { plays: number } = await json("sources");
  expect(plays).toBe(scrobbles);
  const stats: { history: string; scrobbles: number } = await json("stats");
  expect(stats).toMatchObject({ history: "complete", scrobbles });
  const [{ dated } = { dated: -1 }]: { dated: number }[] = await json(
    "sql",
    "SELECT count(*) AS dated FROM scrobbles WHERE played_uts > 0",
  );
  const recap: { plays: number } = await json("recap", "2000..");
  expect(recap.plays).toBe(dated);
  const top: { data: { play_count: number }[] } = await json("top", "artists", "--during", "2000..", "--all");
  expect(top.data.reduce((sum, row) => sum + row.play_count, 0)).toBe(dated);
  const page = join(world.home, "shelf.html");
  expect((await run(["report", "--out", page])).code).toBe(0);
  const report = readFileSync(page, "utf8").replace(/<[^>]*>/g, " ");
  expect(report).toContain(scrobbles.toLocaleString("en"));
  const served = servedCache(world.home);
  const byHttp = (await served.json("/v1/collecting/cross-reference?limit=100&sort=added")) as typeof xref;
  for (const { collection, listening } of byHttp.data) {
    expect([collection.id, listening.play_count]).toEqual(records.find(([id]) => id === collection.id));
  }
  expect(await served.json("/v1/listening/stats")).toMatchObject({ total_scrobbles: scrobbles });
  return { scrobbles, records };
}

test("Discogs and ListenBrainz alone", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const env = { ...withoutLastfm, ...(await listenBrainzOf(world, plays)) };
  const run: Run = (argv, options) => world.rewind(argv, { ...options, env: { ...env, ...options?.env } });
  const synced = await run(["sync"]);
  expect({ code: synced.code, stderr: synced.code === 0 ? "" : synced.stderr }).toEqual({
    code: 0,
    stderr: "",
  });
  const answers = await agreedAnswers(world, run);
  expect(answers.scrobbles).toBe(plays.length);
  expect(answers.records.some(([, count]) => count > 0)).toBe(true);
});

test("Discogs and a file of Spotify alone: the file comes first, then a sync reads the records", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const run: Run = (argv, options) =>
    world.rewind(argv, { ...options, env: { ...withoutLastfm, ...options?.env } });
  expect((await run(["xref"])).code).toBe(5);
  const imported = await run(["import", spotifyFile(world, plays)]);
  expect(imported.code).toBe(0);
  const synced = await run(["sync"]);
  expect({ code: synced.code, stderr: synced.code === 0 ? "" : synced.stderr }).toEqual({
    code: 0,
    stderr: "",
  });
  const answers = await agreedAnswers(world, run);
  expect(answers.scrobbles).toBe(plays.length);
  const status = (await run(["status"])).stdout;
  expect(status).toMatch(/Discogs CrateDigger.*plays of Spotify/);
  expect(status).not.toMatch(/Last\.fm|albums|history/);
  expect((await run(["doctor", "--offline"])).stdout).not.toMatch(/LASTFM_API_KEY/);
  expect((await run(["sources", "remove", "spotify"])).code).toBe(2);
  expect((await run(["sources", "remove", "spotify", "--yes"])).code).toBe(0);
  expect((await run(["xref"])).code).toBe(5);
});

test("Last.fm, ListenBrainz and Spotify: each play counts once, and without the others all is as before", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  expect((await world.rewind(["sync"])).code).toBe(0);
  const alone: Run = async (argv, options) => world.rewind(argv, options);
  const before = await agreedAnswers(world, alone);
  const env = await listenBrainzOf(
    world,
    plays.filter((_, at) => at % 3 > 0),
  );
  const run: Run = (argv, options) => world.rewind(argv, { ...options, env: { ...env, ...options?.env } });
  const lastUts = Math.max(...plays.map(({ uts }) => uts));
  // The album is in Last.fm's chart; these plays are not.
  const [known] = plays.filter(({ album }) => album !== "");
  const missing = [1, 2, 3].map((nth) => ({ ...(known as Play), uts: lastUts - nth * 40_000 }));
  const synced = await run(["sync"]);
  expect(synced.stderr).toMatch(/are the same play/);
  const imported = await run([
    "import",
    spotifyFile(world, [...plays.filter((_, at) => at % 2 > 0), ...missing]),
  ]);
  expect(imported.stdout).toMatch(
    /Last\.fm [\d,]+ plays, ListenBrainz [\d,]+, Spotify [\d,]+; [\d,]+ are the same play/,
  );
  const all = await agreedAnswers(world, run);
  expect(all.scrobbles).toBe(before.scrobbles + missing.length);
  expect((await run(["sources", "remove", "spotify", "--yes"])).code).toBe(0);
  expect((await run(["sources", "remove", "listenbrainz", "--yes"])).code).toBe(0);
  expect(await agreedAnswers(world, alone)).toEqual(before);
  // With its settings still there, the next sync reads ListenBrainz again.
  expect((await run(["sync"])).code).toBe(0);
  expect((await run(["sources", "--json"])).stdout).toContain('"listenbrainz"');
  expect(await agreedAnswers(world, alone)).toEqual(before);
});

test("while Last.fm hides the history, the larger number counts, never the sum", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  world.worlds.lastfm.listener.hidden = true;
  expect((await world.rewind(["sync"])).code).toBe(0);
  const playsOf = async (): Promise<number> => {
    const { stdout } = await world.rewind(["sql", "SELECT sum(play_count) AS plays FROM albums", "--json"]);
    return (JSON.parse(stdout) as { plays: number }[])[0]?.plays ?? 0;
  };
  const chart = await playsOf();
  expect((await world.rewind(["import", spotifyFile(world, plays)])).code).toBe(0);
  expect(await playsOf()).toBe(chart);
});

test("explain --plays names the sources of each play", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  expect((await world.rewind(["sync"])).code).toBe(0);
  expect(
    (
      await world.rewind([
        "import",
        spotifyFile(
          world,
          plays.filter((_, at) => at % 2 > 0),
        ),
      ])
    ).code,
  ).toBe(0);
  const best = JSON.parse((await world.rewind(["xref", "--json"])).stdout) as {
    data: { collection: { id: number }; listening: { play_count: number } }[];
  };
  const [{ collection, listening } = { collection: { id: 0 }, listening: { play_count: 0 } }] = best.data;
  const { stdout } = await world.rewind(["explain", String(collection.id), "--plays", "--json"]);
  const { data } = JSON.parse(stdout) as { data: { sources: string[] }[] };
  expect(data).toHaveLength(listening.play_count);
  expect(new Set(data.map(({ sources }) => sources.join("+")))).toEqual(
    new Set(["lastfm", "lastfm+spotify"]),
  );
});
