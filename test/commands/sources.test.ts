// Homes with Discogs and other sources than Last.fm: every question answers, and all answers agree.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { readContract, type ContractDocument } from "../support/contract-schema.ts";
import { startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { answer } from "../support/faults.ts";
import { servedCache } from "../support/served-cache.ts";
import { Listing } from "../support/listing.ts";
import type { CliOptions, CliResult } from "../support/run-cli.ts";
import { syncedWorld } from "../support/turntable.ts";
import type { Play } from "../support/world.ts";

type Run = (argv: readonly string[], options?: CliOptions) => Promise<CliResult>;

const runOf =
  (world: CliWorld): Run =>
  (argv, options) =>
    world.rewind(argv, options);
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
  const sql = async <Row>(statement: string): Promise<Row[]> => json("sql", statement);
  const xref: Pick<ContractDocument, "data"> = await json("xref", "--all");
  const records = xref.data
    .map(({ collection, listening }): [number, number] => [collection.id, listening.play_count])
    .toSorted(([a], [b]) => a - b);
  const bySql = await sql<{ id: number; plays: number }>(
    "SELECT id, play_count AS plays FROM records ORDER BY id",
  );
  expect(bySql.map(({ id, plays }) => [id, plays])).toEqual(records);
  const [{ scrobbles, dated } = { scrobbles: -1, dated: -1 }] = await sql<
    Record<"scrobbles" | "dated", number>
  >("SELECT count(*) AS scrobbles, sum(played_uts > 0) AS dated FROM scrobbles");
  expect(await json("sources")).toMatchObject({ plays: scrobbles });
  expect(await json("stats")).toMatchObject({ history: "complete", scrobbles });
  expect(await json("recap", "2000..")).toMatchObject({ plays: dated });
  const top: { data: { play_count: number }[] } = await json("top", "artists", "--during", "2000..", "--all");
  expect(top.data.reduce((sum, row) => sum + row.play_count, 0)).toBe(dated);
  const report = (await run(["report", "--out", "-"])).stdout.replace(/<[^>]*>/g, " ");
  expect(report).toContain(scrobbles.toLocaleString("en"));
  const served = servedCache(world.home);
  const byHttp = (await served.json("/v1/collecting/cross-reference?limit=100&sort=added")) as typeof xref;
  const playsOf = new Map(records);
  for (const { collection, listening } of byHttp.data)
    expect(listening.play_count).toBe(playsOf.get(collection.id));
  expect(await served.json("/v1/listening/stats")).toMatchObject({ total_scrobbles: scrobbles });
  return { scrobbles, records };
}

async function succeed(run: Run, ...argv: string[]): Promise<CliResult> {
  const { code, stdout, stderr, raised } = await run(argv);
  expect({ argv, code, stderr: code === 0 ? "" : stderr }).toEqual({ argv, code: 0, stderr: "" });
  return { code, stdout, stderr, raised };
}

test("Discogs and ListenBrainz alone", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const env = { ...withoutLastfm, ...(await listenBrainzOf(world, plays)) };
  const run: Run = (argv, options) => world.rewind(argv, { ...options, env: { ...env, ...options?.env } });
  await succeed(run, "sync");
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
  await succeed(run, "import", spotifyFile(world, plays));
  await succeed(run, "sync");
  const answers = await agreedAnswers(world, run);
  expect(answers.scrobbles).toBe(plays.length);
  const status = (await run(["status"])).stdout;
  expect(status).toMatch(/Discogs CrateDigger.*plays of Spotify/);
  expect(status).not.toMatch(/Last\.fm|albums|history/);
  expect((await run(["doctor", "--offline"])).stdout).not.toMatch(/LASTFM_API_KEY/);
  expect((await run(["sources", "remove", "spotify"])).code).toBe(2);
  await succeed(run, "sources", "remove", "spotify", "--yes");
  expect((await run(["xref"])).code).toBe(5);
});

test("Last.fm, ListenBrainz and Spotify: each play counts once, and without the others all is as before", async () => {
  const world = await syncedWorld();
  const plays = datedPlays(world);
  const alone = runOf(world);
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
  expect((await succeed(run, "sync")).stderr).toMatch(/are the same play/);
  const half = plays.filter((_, at) => at % 2 > 0);
  const imported = await succeed(run, "import", spotifyFile(world, [...half, ...missing]));
  expect(imported.stdout).toMatch(
    /Last\.fm [\d,]+ plays, ListenBrainz [\d,]+, Spotify [\d,]+; [\d,]+ are the same play/,
  );
  const all = await agreedAnswers(world, run);
  expect(all.scrobbles).toBe(before.scrobbles + missing.length);
  for (const source of ["spotify", "listenbrainz"]) await succeed(run, "sources", "remove", source, "--yes");
  expect(await agreedAnswers(world, alone)).toEqual(before);
  // With its settings still there, the next sync reads ListenBrainz again.
  await succeed(run, "sync");
  expect((await run(["sources", "--json"])).stdout).toContain('"listenbrainz"');
});

test("while Last.fm hides the history, the larger number counts, never the sum", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  world.worlds.lastfm.listener.hidden = true;
  await succeed(runOf(world), "sync");
  const playsOf = async (): Promise<number> => {
    const { stdout } = await world.rewind(["sql", "SELECT sum(play_count) AS plays FROM albums", "--json"]);
    return (JSON.parse(stdout) as { plays: number }[])[0]?.plays ?? 0;
  };
  const chart = await playsOf();
  await succeed(runOf(world), "import", spotifyFile(world, plays));
  expect(await playsOf()).toBe(chart);
});

test("explain --plays names the sources of each play", async () => {
  const world = await syncedWorld();
  const half = datedPlays(world).filter((_, at) => at % 2 > 0);
  await succeed(runOf(world), "import", spotifyFile(world, half));
  const [best] = readContract((await world.rewind(["xref", "--json"])).stdout).data;
  const { stdout } = await world.rewind(["explain", String(best?.collection.id), "--plays", "--json"]);
  const { data } = JSON.parse(stdout) as { data: { sources: string[] }[] };
  expect(data).toHaveLength(best?.listening.play_count ?? 0);
  expect(new Set(data.map(({ sources }) => sources.join("+")))).toEqual(
    new Set(["lastfm", "lastfm+spotify"]),
  );
});
