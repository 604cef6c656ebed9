// The plays logged from the turntable, in every answer that has plays.
import { beforeEach, expect, test } from "vitest";
import { transact } from "../../src/store/file/database.ts";
import { saveLoggedPlays, type LoggedPlay } from "../../src/store/decisions/logged-plays.ts";
import type { ContractDocument } from "../support/contract-schema.ts";
import { fillCache, buildRecord, buildAlbumPlays, withHomeCache } from "../support/filled-cache.ts";
import { buildLoggedPlay } from "../support/logged-plays.ts";
import { createSeededRandom } from "../support/random.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const names = ["Low", "Can", "Neu!", "Faust", "Cluster", "Harmonia", "Popol Vuh", "Ash Ra Tempel"];
const records = [
  ...names.map((artist) => buildRecord({ artist, title: "First" })),
  buildRecord({ artist: "Low", title: "First (Remastered)" }),
  buildRecord({ artist: "Nobody Knows", title: "Unknown" }),
];
const plays = [
  ...buildAlbumPlays("Low", "First", { from: "2019-05-01T20:00:00Z" }),
  ...buildAlbumPlays("Can", "First", { from: "2024-05-01T20:00:00Z" }),
  ...buildAlbumPlays("Neu!", "First", { from: "2024-06-01T20:00:00Z", count: 2 }),
  ...buildAlbumPlays("Faust", "Another", { from: "2024-07-01T20:00:00Z" }),
];

let home: string;

beforeEach(async () => {
  home = createTempDirectory();
  await fillCache(home, { records, plays });
});

function logPlays(...noted: readonly LoggedPlay[]): void {
  withHomeCache(home, (database) => transact(database, () => saveLoggedPlays(database, noted)));
}

const getReleaseId = (artist: string): number =>
  records.find(({ release }) => release.artists[0]?.name === artist)?.release.id ?? 0;

const runJson = async (...argv: readonly string[]): Promise<ContractDocument> =>
  (await runCliJson([...argv, "--json"], { home })) as ContractDocument;
const runRewind = async (...argv: readonly string[]): Promise<string> =>
  (await runCli(argv, { home })).stdout;

/** First artists of the answer, with a figure each. */
const readPlayedArtists = async (span: string): Promise<string> =>
  (await runJson("xref", "--filter", "listened", "--during", span, "--sort", "artist")).data
    .map(({ collection, listening }) => `${String(collection["artists"])} ${listening.play_count}`)
    .join(", ");

async function expectAgreement(unlistened: number): Promise<void> {
  const rate = Math.round(((records.length - unlistened) / records.length) * 10_000) / 10_000;
  const summary = { listen_rate: rate, unlistened_count: unlistened };
  for (const argv of [
    ["xref"],
    ["xref", "--page", "2", "--limit", "3"],
    ["xref", "--filter", "listened"],
    ["xref", "--never"],
    ["xref", "low"],
  ]) {
    expect({ argv, summary: (await runJson(...argv)).summary }).toMatchObject({ argv, summary });
  }
  expect((await runJson("xref", "--filter", "unlistened")).pagination.total).toBe(unlistened);
  expect((await runJson("xref", "--filter", "listened")).pagination.total).toBe(records.length - unlistened);
  expect((await runJson("xref", "--never")).pagination.total).toBe(unlistened);
  const sql = "SELECT count(*) AS n FROM records WHERE play_count = 0 AND logged_plays = 0";
  expect(await runCliJson(["sql", sql, "--json"], { home })).toEqual([{ n: unlistened }]);
  const stats = (await runCliJson(["stats", "--json"], { home })) as Record<string, number>;
  expect(stats["scrobbled"]).toBe(records.length - unlistened);
  expect((stats["never_artist_known"] ?? 0) + (stats["never_artist_unknown"] ?? 0)).toBe(unlistened);
  const parts = (await runCliJson(["stats", "--by", "kind", "--json"], { home })) as {
    totals: { scrobbled: number };
  };
  expect(parts.totals.scrobbled).toBe(records.length - unlistened);
  expect((await runJson("cull", "--why", "never")).pagination.total).toBe(unlistened);
}

test("unlistened, summary and listen_rate agree in every interface, with and without logged plays", async () => {
  const never = new Set(["Faust", "Cluster", "Harmonia", "Popol Vuh", "Ash Ra Tempel", "Nobody Knows"]);
  await expectAgreement(never.size);
  const random = createSeededRandom(13);
  const noted = [...names, "Nobody Knows"].filter(() => random() < 0.5);
  logPlays(
    ...noted.map((artist) =>
      buildLoggedPlay({ releaseId: getReleaseId(artist), from: "2026-03-01T20:00:00Z" }),
    ),
    buildLoggedPlay({ releaseId: getReleaseId("Nobody Knows"), from: "2026-03-02T20:00:00Z" }),
    buildLoggedPlay({ releaseId: 1, from: "2026-03-02T20:00:00Z", comment: "sold since" }),
  );
  for (const artist of [...noted, "Nobody Knows"]) never.delete(artist);
  expect(never.size).toBeLessThan(5);
  await expectAgreement(never.size);
});

test("counts a logged play as the last play, and not as a scrobble", async () => {
  logPlays(buildLoggedPlay({ releaseId: getReleaseId("Cluster"), from: "2026-03-01T20:00:00Z" }));
  const { data } = await runJson("xref", "cluster");
  expect(data[0]?.listening).toMatchObject({ play_count: 0, last_played: "2026-03-01T20:00:00Z" });
});

test("counts only the plays logged within a period", async () => {
  logPlays(
    buildLoggedPlay({ releaseId: getReleaseId("Cluster"), from: "2025-03-01T20:00:00Z" }),
    buildLoggedPlay({ releaseId: getReleaseId("Can"), from: "2025-04-01T20:00:00Z" }),
  );
  expect(await readPlayedArtists("2025")).toBe("Can 0, Cluster 0");
  expect(await readPlayedArtists("2025-03")).toBe("Cluster 0");
  expect(await readPlayedArtists("2024")).toBe("Can 10, Neu! 2");
  const spun = ["--during", "2025", "--spins", "1..", "--as", "csv", "--columns", "artist,spins"];
  expect(await runRewind("xref", ...spun)).toBe("artist,spins\r\nCan,1\r\nCluster,1\r\n");
});

test("does not list an album as dusty if a play of one of its pressings was logged", async () => {
  const { pagination } = await runJson("dusty", "--spins", "1..", "--idle", "1y", "low");
  expect(pagination.total).toBe(1);
  const reissue = records.find(({ release }) => release.title === "First (Remastered)");
  logPlays(buildLoggedPlay({ releaseId: reissue?.release.id ?? 0, from: "2026-03-01T20:00:00Z" }));
  expect((await runJson("dusty", "--spins", "1..", "--idle", "1y", "low")).pagination.total).toBe(0);
});

test("pick, the SQL view, explain and stats count a logged play", async () => {
  logPlays(
    buildLoggedPlay({ releaseId: getReleaseId("Cluster"), from: "2026-03-01T20:00:00Z", comment: "side B" }),
  );
  expect(await runRewind("pick", "cluster", "--seed", "1")).not.toContain("ever played");
  const listed = await runRewind("sql", "SELECT artist, title, played_at, note FROM logged_plays");
  expect(listed.split(/\s+/).join(" ")).toContain("Cluster First 2026-03-01T20:00:00Z side B");
  const explanation = await runRewind("explain", "cluster");
  expect(explanation).toContain("You logged 1 play of it, the last on 1 Mar 2026.");
  expect(explanation).toContain("LOGGED ONLY · ");
  expect(explanation).not.toContain("NEVER PLAYED");
  expect(await runRewind("stats")).toMatch(/^Only logged +1 /m);
});
