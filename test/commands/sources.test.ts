// Other sources of plays than Last.fm, beside it or without it.
import { expect, test } from "vitest";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { buildListen, createListenBrainzData } from "../support/listenbrainz-data.ts";
import { respondWith, type Fault } from "../support/response-faults.ts";
import { listDatedPlays, startListenBrainzWith, writeSpotifyFile } from "../support/other-histories.ts";
import type { CliResult } from "../support/run-cli.ts";
import { createTypist, enter } from "../support/scripted-typing.ts";
import type { Play } from "../support/service-data.ts";

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

const respondAsMaloja = (_: number, { path }: { readonly path: string }): Fault =>
  path === "/apis/mlj_1/serverinfo" ? respondWith(200, {}) : respondWith(404, "");

/** Every second play, in a file of Spotify. */
function writeEverySecondPlay({ home }: CliFixture, plays: readonly Play[]): string {
  return writeSpotifyFile(
    home,
    plays.filter((_, at) => at % 2 > 0),
  );
}

test("doctor checks ListenBrainz: the token and its owner, or the kind of another server", async () => {
  const fixture = await createCliFixture();
  const service = createListenBrainzData([
    buildListen(1_600_000_000, { artist_name: "Can", track_name: "Vitamin C" }),
  ]);
  const server = await startFakeListenBrainz(service, { clock: fixture.clock, tellsTime: true });
  const settings = { ...withoutLastfm, LISTENBRAINZ_USERNAME: service.username };
  const readDoctorLine = async (
    env: Record<string, string>,
  ): Promise<{ line: string; code: number | null }> => {
    const { stdout, code } = await fixture.rewind(["doctor"], {
      env: { ...settings, LISTENBRAINZ_API_URL: server.url, ...env },
    });
    return { line: stdout.split("\n").find((each) => /^. ListenBrainz /.test(each)) ?? "", code };
  };
  const host = new URL(server.url).host;
  expect((await readDoctorLine({})).line).toBe(
    `✓ ListenBrainz reachable: ${service.username} · 1 play · server ${host}`,
  );
  expect((await readDoctorLine({ LISTENBRAINZ_TOKEN: service.token })).line).toMatch(/^✓ .* token valid: /);
  const rejected = await readDoctorLine({ LISTENBRAINZ_TOKEN: "another" });
  expect(rejected).toMatchObject({
    code: 4,
    line: expect.stringMatching(/^✗ .*rejected the user token/) as string,
  });
  expect((await readDoctorLine({ LISTENBRAINZ_USERNAME: "nobody" })).line).toMatch(/^✗ .*nobody/);
  server.behaviour.onRequest = respondAsMaloja;
  expect(await readDoctorLine({})).toMatchObject({
    code: 2,
    line: expect.stringMatching(/^✗ .* of a Maloja server, .*rewind import FILE/) as string,
  });
});

test("sync refuses a server that lists no listens, and names the way by a file", async () => {
  const fixture = await createCliFixture();
  const env = await startListenBrainzWith([], { clock: fixture.clock, onRequest: respondAsMaloja });
  const { code, stderr } = await fixture.rewind(["sync"], { env });
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/is the address of a Maloja server[^]*rewind import FILE/) as string,
  });
});

test("needs only a file for plays, and has none after the file is removed", async () => {
  const fixture = await createCliFixture();
  const runCommand = (...argv: string[]): Promise<CliResult> => fixture.rewind(argv, { env: withoutLastfm });
  expect((await runCommand("xref")).code).toBe(5);
  expect((await runCommand("sources", "remove", "spotify", "--yes")).code).toBe(5);
  expect((await runCommand("import", writeSpotifyFile(fixture.home, listDatedPlays(fixture)))).code).toBe(0);
  expect((await runCommand("sync")).code).toBe(0);
  expect((await runCommand("xref")).code).toBe(0);
  const status = (await runCommand("status")).stdout;
  expect(status).toMatch(/^Discogs CrateDigger$[^]*^Plays: Spotify \d+ until /m);
  expect(status).not.toMatch(/Last\.fm|albums|history/);
  expect((await runCommand("doctor", "--offline")).stdout).not.toMatch(/LASTFM_API_KEY/);
  expect((await runCommand("sources", "remove", "spotify")).code).toBe(2);
  expect((await runCommand("sources", "remove", "spotify", "--yes")).code).toBe(0);
  expect(await runCommand("xref")).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("No plays are known yet.") as string,
  });
});

test("sync and import report merged plays, and a sync after a removal reads ListenBrainz again", async () => {
  const fixture = await createCliFixture();
  const plays = listDatedPlays(fixture);
  const listens = plays.filter((_, at) => at % 3 > 0);
  const env = await startListenBrainzWith(listens, { clock: fixture.clock });
  const runCommand = (...argv: string[]): Promise<CliResult> => fixture.rewind(argv, { env });
  expect((await runCommand("sync")).stderr).toMatch(/duplicates: /);
  expect((await runCommand("import", writeEverySecondPlay(fixture, plays))).stdout).toMatch(
    /Last\.fm [\d,]+ plays, ListenBrainz [\d,]+, Spotify [\d,]+; duplicates: [\d,]+/,
  );
  expect((await runCommand("sources", "remove", "listenbrainz", "--yes")).code).toBe(0);
  expect((await runCommand("sources", "--json")).stdout).not.toContain('"listenbrainz"');
  expect((await runCommand("sync")).code).toBe(0);
  expect((await runCommand("sources", "--json")).stdout).toContain('"listenbrainz"');
});

const parseDocument = ({ stdout }: CliResult): Record<string, unknown> =>
  JSON.parse(stdout) as Record<string, unknown>;

test("removing a source deletes only the plays that no other source has", async () => {
  const fixture = await createCliFixture();
  const plays = listDatedPlays(fixture);
  expect((await fixture.rewind(["sync"])).code).toBe(0);
  const { plays: before } = parseDocument(await fixture.rewind(["sources", "--json"]));
  const countRows = async (): Promise<unknown> =>
    parseDocument(await fixture.rewind(["sql", "SELECT count(*) AS n FROM scrobbles", "--as", "ndjson"]))[
      "n"
    ];
  const rows = await countRows();
  // Between the plays of a day, nothing else of the same track was played.
  const file = plays.slice(0, 20).map((play, at) => (at < 15 ? play : { ...play, uts: play.uts - 3 * 3600 }));
  expect((await fixture.rewind(["import", writeSpotifyFile(fixture.home, file)])).code).toBe(0);
  expect(await countRows()).toBe(Number(rows) + 5);
  const typist = createTypist([["Only Spotify has 5 of them. (y/N)", "n", enter]]);
  const declined = await fixture.rewind(["sources", "remove", "spotify"], typist.options);
  expect([declined.stderr, typist.left]).toEqual([expect.stringMatching(/Nothing was removed\.\n$/), []]);
  expect(parseDocument(await fixture.rewind(["sources", "remove", "spotify", "--yes", "--json"]))).toEqual({
    removed: "spotify",
    removed_plays: 20,
    only_here: 5,
    plays: before,
  });
  expect(await countRows()).toBe(rows);
  const shared = writeSpotifyFile(fixture.home, plays.slice(0, 15));
  expect((await fixture.rewind(["import", shared])).code).toBe(0);
  const last = createTypist([["Other sources have all of them. (y/N)", enter]]);
  await fixture.rewind(["sources", "remove", "spotify"], last.options);
  expect(last.left).toEqual([]);
});

test("sync --only listenbrainz asks ListenBrainz alone, and refuses a service that is not connected", async () => {
  const fixture = await createCliFixture();
  const listens = await startListenBrainzWith(listDatedPlays(fixture), { clock: fixture.clock });
  const env = { ...withoutLastfm, ...listens };
  const synced = await fixture.rewind(["sync", "--only", "listenbrainz"], { env });
  expect(synced.code).toBe(0);
  expect([...fixture.discogs.requests, ...fixture.lastfm.requests]).toEqual([]);
  const { stdout } = await fixture.rewind(["sources", "--json"], { env });
  expect(JSON.parse(stdout)).toMatchObject({ data: [{ name: "listenbrainz" }] });
  expect(await fixture.rewind(["sync", "--only", "lastfm"], { env })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(
      "Last.fm is not connected, so --only lastfm has nothing to sync",
    ) as string,
  });
  expect(await fixture.rewind(["sync", "--only", "listenbrainz"])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(
      "ListenBrainz is not connected, so --only listenbrainz has nothing to sync",
    ) as string,
  });
});

test("sync --only plays asks every listening service, and not Discogs", async () => {
  const fixture = await createCliFixture();
  const env = await startListenBrainzWith(listDatedPlays(fixture), { clock: fixture.clock });
  const { code, stderr } = await fixture.rewind(["sync", "--only", "plays"], { env });
  expect(code).toBe(0);
  // The services report in the order in which they answer.
  for (const line of [/^Last\.fm +albums /m, /\bhistory +.* plays/m, /^ListenBrainz .* plays /m]) {
    expect(stderr).toMatch(line);
  }
  expect([fixture.discogs.requests.length, fixture.lastfm.requests.length > 0]).toEqual([0, true]);
});

test("while Last.fm hides the history, counts the larger of two play counts, never their sum", async () => {
  const fixture = await createCliFixture();
  const plays = listDatedPlays(fixture);
  fixture.worlds.lastfm.listener.hidden = true;
  expect((await fixture.rewind(["sync"])).code).toBe(0);
  const sumPlays = async (): Promise<number> => {
    const { stdout } = await fixture.rewind(["sql", "SELECT sum(play_count) AS plays FROM albums", "--json"]);
    return (JSON.parse(stdout) as { plays: number }[])[0]?.plays ?? 0;
  };
  const chart = await sumPlays();
  expect((await fixture.rewind(["import", writeSpotifyFile(fixture.home, plays)])).code).toBe(0);
  expect(await sumPlays()).toBe(chart);
});

test("explain --plays names the sources of each play", async () => {
  const fixture = await createCliFixture();
  const plays = listDatedPlays(fixture);
  expect((await fixture.rewind(["sync"])).code).toBe(0);
  expect((await fixture.rewind(["import", writeEverySecondPlay(fixture, plays)])).code).toBe(0);
  const best = JSON.parse((await fixture.rewind(["xref", "--json"])).stdout) as {
    data: { collection: { id: number }; listening: { play_count: number } }[];
  };
  const [{ collection, listening } = { collection: { id: 0 }, listening: { play_count: 0 } }] = best.data;
  const { stdout } = await fixture.rewind(["explain", String(collection.id), "--plays", "--json"]);
  const { data } = JSON.parse(stdout) as { data: { sources: string[] }[] };
  expect(data).toHaveLength(listening.play_count);
  expect(new Set(data.map(({ sources }) => sources.join("+")))).toEqual(
    new Set(["lastfm", "lastfm+spotify"]),
  );
});

test("a service can be stopped, resumed and removed, and its plays stay until then", async () => {
  const fixture = await createCliFixture();
  const runCommand = (...argv: string[]): Promise<CliResult> => fixture.rewind(["sources", ...argv]);
  await fixture.rewind(["sync"]);
  const readPlayCounts = async () =>
    (JSON.parse((await runCommand("--json")).stdout) as { data: { plays: number }[] }).data[0];
  const before = await readPlayCounts();
  const stopped = await runCommand("stop", "Last.fm");
  expect(stopped).toMatchObject({ code: 0, stderr: "" });
  expect(stopped.stdout).toMatch(
    /^Last\.fm is stopped: syncs do not ask it any more\. Your [\d,]+ plays until \d+ \w+ \d{4} stay\.\n/,
  );
  expect(await readPlayCounts()).toEqual({ ...before, stopped_at: "2026-03-14T12:00:00Z" });
  expect((await runCommand()).stdout).toMatch(/^lastfm .* stopped$/m);
  expect(JSON.parse((await runCommand("stop", "lastfm", "--json")).stdout)).toMatchObject({
    stopped: true,
    changed: false,
  });
  expect((await runCommand("resume", "lastfm")).stdout).toBe(
    "Syncs ask Last.fm again. To fetch its new plays: rewind sync\n",
  );
  expect(await readPlayCounts()).toEqual(before);
  await runCommand("stop", "lastfm");
  expect(await runCommand("remove", "lastfm", "--json", "--yes")).toMatchObject({ code: 0 });
  expect(await readPlayCounts()).toBeUndefined();
  expect((await fixture.rewind(["top"])).stderr).toMatch(/^No plays are known yet/);
});

test("a service without an account can be neither stopped nor resumed", async () => {
  const fixture = await createCliFixture();
  await fixture.rewind(["sync"]);
  for (const word of ["stop", "resume"]) {
    const { code, stderr } = await fixture.rewind(["sources", word, "listenbrainz"]);
    expect([code, stderr]).toEqual([
      2,
      "rewind: ListenBrainz is not connected, so syncs do not ask it\nTo connect it: rewind login\n",
    ]);
  }
  expect((await fixture.rewind(["sources", "stop", "spotify"])).stderr).toBe(
    'rewind: no source "spotify"\nYours: lastfm\n',
  );
});

test("stop suggests the right name, and says that a file needs no stop", async () => {
  const fixture = await createCliFixture();
  await fixture.rewind(["import", writeSpotifyFile(fixture.home, listDatedPlays(fixture))]);
  const unknown = await fixture.rewind(["sources", "stop", "deezer"]);
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Yours: lastfm") as string,
  });
  const file = await fixture.rewind(["sources", "stop", "spotify"]);
  expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining("imported from a file") as string });
});
