// Other sources of plays than Last.fm, beside it or without it.
import { expect, test } from "vitest";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { answer, type Fault } from "../support/faults.ts";
import { datedPlays, listenBrainzOf, spotifyFile } from "../support/other-histories.ts";
import type { CliResult } from "../support/run-cli.ts";
import type { Play } from "../support/world.ts";

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

const asMaloja = (_: number, { path }: { readonly path: string }): Fault =>
  path === "/apis/mlj_1/serverinfo" ? answer(200, {}) : answer(404, "");

/** Every second play, in a file of Spotify. */
function everySecond({ home }: CliWorld, plays: readonly Play[]): string {
  return spotifyFile(
    home,
    plays.filter((_, at) => at % 2 > 0),
  );
}

test("doctor checks ListenBrainz: the token and its owner, or the kind of another server", async () => {
  const world = await cliWorld();
  const service = makeListenBrainzWorld([
    listen(1_600_000_000, { artist_name: "Can", track_name: "Vitamin C" }),
  ]);
  const server = await startListenBrainz(service, { clock: world.clock, tellsTime: true });
  const settings = { ...withoutLastfm, LISTENBRAINZ_USERNAME: service.username };
  const lineOf = async (env: Record<string, string>): Promise<{ line: string; code: number | null }> => {
    const { stdout, code } = await world.rewind(["doctor"], {
      env: { ...settings, LISTENBRAINZ_API_URL: server.url, ...env },
    });
    return { line: stdout.split("\n").find((each) => /^. ListenBrainz /.test(each)) ?? "", code };
  };
  const host = new URL(server.url).host;
  expect((await lineOf({})).line).toBe(
    `✓ ListenBrainz reachable: ${service.username} · 1 play · server ${host}`,
  );
  expect((await lineOf({ LISTENBRAINZ_TOKEN: service.token })).line).toMatch(/^✓ .* token valid: /);
  const rejected = await lineOf({ LISTENBRAINZ_TOKEN: "another" });
  expect(rejected).toMatchObject({
    code: 4,
    line: expect.stringMatching(/^✗ .*rejected the user token/) as string,
  });
  expect((await lineOf({ LISTENBRAINZ_USERNAME: "nobody" })).line).toMatch(/^✗ .*nobody/);
  server.behaviour.onRequest = asMaloja;
  expect(await lineOf({})).toMatchObject({
    code: 2,
    line: expect.stringMatching(/^✗ .* of a Maloja server, .*rewind import FILE/) as string,
  });
});

test("sync refuses a server that lists no listens, and names the way by a file", async () => {
  const world = await cliWorld();
  const env = await listenBrainzOf([], { clock: world.clock, onRequest: asMaloja });
  const { code, stderr } = await world.rewind(["sync"], { env });
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/is the address of a Maloja server[^]*rewind import FILE/) as string,
  });
});

test("a file is enough for plays; without it there are none", async () => {
  const world = await cliWorld();
  const run = (...argv: string[]): Promise<CliResult> => world.rewind(argv, { env: withoutLastfm });
  expect((await run("xref")).code).toBe(5);
  expect((await run("sources", "remove", "spotify", "--yes")).code).toBe(5);
  expect((await run("import", spotifyFile(world.home, datedPlays(world)))).code).toBe(0);
  expect((await run("sync")).code).toBe(0);
  expect((await run("xref")).code).toBe(0);
  const status = (await run("status")).stdout;
  expect(status).toMatch(/^Discogs CrateDigger$[^]*^Plays: Spotify \d+ until /m);
  expect(status).not.toMatch(/Last\.fm|albums|history/);
  expect((await run("doctor", "--offline")).stdout).not.toMatch(/LASTFM_API_KEY/);
  expect((await run("sources", "remove", "spotify")).code).toBe(2);
  expect((await run("sources", "remove", "spotify", "--yes")).code).toBe(0);
  expect(await run("xref")).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("No plays are known yet.") as string,
  });
});

test("sync and import say what was joined; a sync after the removal reads ListenBrainz again", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const listens = plays.filter((_, at) => at % 3 > 0);
  const env = await listenBrainzOf(listens, { clock: world.clock });
  const run = (...argv: string[]): Promise<CliResult> => world.rewind(argv, { env });
  expect((await run("sync")).stderr).toMatch(/duplicates: /);
  expect((await run("import", everySecond(world, plays))).stdout).toMatch(
    /Last\.fm [\d,]+ plays, ListenBrainz [\d,]+, Spotify [\d,]+; duplicates: [\d,]+/,
  );
  expect((await run("sources", "remove", "listenbrainz", "--yes")).code).toBe(0);
  expect((await run("sources", "--json")).stdout).not.toContain('"listenbrainz"');
  expect((await run("sync")).code).toBe(0);
  expect((await run("sources", "--json")).stdout).toContain('"listenbrainz"');
});

test("sync --only listenbrainz asks ListenBrainz alone, and refuses a service that is not connected", async () => {
  const world = await cliWorld();
  const listens = await listenBrainzOf(datedPlays(world), { clock: world.clock });
  const env = { ...withoutLastfm, ...listens };
  const synced = await world.rewind(["sync", "--only", "listenbrainz"], { env });
  expect(synced.code).toBe(0);
  expect([...world.discogs.requests, ...world.lastfm.requests]).toEqual([]);
  const { stdout } = await world.rewind(["sources", "--json"], { env });
  expect(JSON.parse(stdout)).toMatchObject({ data: [{ name: "listenbrainz" }] });
  expect(await world.rewind(["sync", "--only", "lastfm"], { env })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("--only lastfm asks a service that is not connected") as string,
  });
  expect(await world.rewind(["sync", "--only", "listenbrainz"])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("--only listenbrainz asks a service that is not connected") as string,
  });
});

test("sync --only plays asks every listening service, and not Discogs", async () => {
  const world = await cliWorld();
  const env = await listenBrainzOf(datedPlays(world), { clock: world.clock });
  const { code, stderr } = await world.rewind(["sync", "--only", "plays"], { env });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Last\.fm +albums .*\n +history .*\nListenBrainz .* plays /m);
  expect([world.discogs.requests.length, world.lastfm.requests.length > 0]).toEqual([0, true]);
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
  expect((await world.rewind(["import", spotifyFile(world.home, plays)])).code).toBe(0);
  expect(await playsOf()).toBe(chart);
});

test("explain --plays names the sources of each play", async () => {
  const world = await cliWorld();
  const plays = datedPlays(world);
  expect((await world.rewind(["sync"])).code).toBe(0);
  expect((await world.rewind(["import", everySecond(world, plays)])).code).toBe(0);
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

test("a service can be stopped, resumed and removed, and its plays stay until then", async () => {
  const world = await cliWorld();
  const run = (...argv: string[]): Promise<CliResult> => world.rewind(["sources", ...argv]);
  await world.rewind(["sync"]);
  const listed = async () =>
    (JSON.parse((await run("--json")).stdout) as { data: { plays: number }[] }).data[0];
  const before = await listed();
  const stopped = await run("stop", "Last.fm");
  expect(stopped).toMatchObject({ code: 0, stderr: "" });
  expect(stopped.stdout).toMatch(
    /^Last\.fm is stopped: syncs do not ask it any more\. Your [\d,]+ plays until \d+ \w+ \d{4} stay\.\n/,
  );
  expect(await listed()).toEqual({ ...before, stopped_at: "2026-03-14T12:00:00Z" });
  expect((await run()).stdout).toMatch(/^lastfm .* stopped$/m);
  expect(JSON.parse((await run("stop", "lastfm", "--json")).stdout)).toMatchObject({
    stopped: true,
    changed: false,
  });
  expect((await run("resume", "lastfm")).stdout).toBe(
    "Syncs ask Last.fm again. To fetch its new plays: rewind sync\n",
  );
  expect(await listed()).toEqual(before);
  await run("stop", "lastfm");
  expect(await run("remove", "lastfm", "--json", "--yes")).toMatchObject({ code: 0 });
  expect(await listed()).toBeUndefined();
  expect((await world.rewind(["top"])).stderr).toMatch(/^No plays are known yet/);
});

test("stop says which name would be right, and that a file is never asked", async () => {
  const world = await cliWorld();
  await world.rewind(["import", spotifyFile(world.home, datedPlays(world))]);
  const unknown = await world.rewind(["sources", "stop", "deezer"]);
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("lastfm, listenbrainz") as string,
  });
  const file = await world.rewind(["sources", "stop", "spotify"]);
  expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining("imported from a file") as string });
});
