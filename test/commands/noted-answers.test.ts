// What was noted of the turntable, in every answer that tells what is played.
import { beforeEach, expect, test } from "vitest";
import { transact } from "../../src/store/file/database.ts";
import { writeNotedPlays, type NotedPlay } from "../../src/store/decisions/noted-plays.ts";
import type { ContractDocument } from "../support/contract-schema.ts";
import { fillCache, record, sitting, inCache } from "../support/filled-cache.ts";
import { notedPlay } from "../support/noted.ts";
import { seeded } from "../support/random.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const names = ["Low", "Can", "Neu!", "Faust", "Cluster", "Harmonia", "Popol Vuh", "Ash Ra Tempel"];
const records = [
  ...names.map((artist) => record({ artist, title: "First" })),
  record({ artist: "Low", title: "First (Remastered)" }),
  record({ artist: "Nobody Knows", title: "Unknown" }),
];
const plays = [
  ...sitting("Low", "First", { from: "2019-05-01T20:00:00Z" }),
  ...sitting("Can", "First", { from: "2024-05-01T20:00:00Z" }),
  ...sitting("Neu!", "First", { from: "2024-06-01T20:00:00Z", count: 2 }),
  ...sitting("Faust", "Another", { from: "2024-07-01T20:00:00Z" }),
];

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, { records, plays });
});

function note(...noted: readonly NotedPlay[]): void {
  inCache(home, (database) => transact(database, () => writeNotedPlays(database, noted)));
}

const releaseOf = (artist: string): number =>
  records.find(({ release }) => release.artists[0]?.name === artist)?.release.id ?? 0;

const ask = async (...argv: readonly string[]): Promise<ContractDocument> =>
  (await runCliJson([...argv, "--json"], { home })) as ContractDocument;
const rewind = async (...argv: readonly string[]): Promise<string> => (await runCli(argv, { home })).stdout;

/** First artists of the answer, with a figure each. */
const played = async (span: string): Promise<string> =>
  (await ask("xref", "--filter", "listened", "--during", span, "--sort", "artist")).data
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
    expect({ argv, summary: (await ask(...argv)).summary }).toMatchObject({ argv, summary });
  }
  expect((await ask("xref", "--filter", "unlistened")).pagination.total).toBe(unlistened);
  expect((await ask("xref", "--filter", "listened")).pagination.total).toBe(records.length - unlistened);
  expect((await ask("xref", "--never")).pagination.total).toBe(unlistened);
  const sql = "SELECT count(*) AS n FROM records WHERE play_count = 0 AND noted_plays = 0";
  expect(await runCliJson(["sql", sql, "--json"], { home })).toEqual([{ n: unlistened }]);
  const stats = (await runCliJson(["stats", "--json"], { home })) as Record<string, number>;
  expect(stats["scrobbled"]).toBe(records.length - unlistened);
  expect((stats["never_artist_known"] ?? 0) + (stats["never_artist_unknown"] ?? 0)).toBe(unlistened);
  const parts = (await runCliJson(["stats", "--by", "kind", "--json"], { home })) as {
    totals: { scrobbled: number };
  };
  expect(parts.totals.scrobbled).toBe(records.length - unlistened);
  expect((await ask("cull", "--why", "never")).pagination.total).toBe(unlistened);
}

test("unlistened, summary and listen_rate agree everywhere, with noted plays and without", async () => {
  const never = new Set(["Faust", "Cluster", "Harmonia", "Popol Vuh", "Ash Ra Tempel", "Nobody Knows"]);
  await expectAgreement(never.size);
  const random = seeded(13);
  const noted = [...names, "Nobody Knows"].filter(() => random() < 0.5);
  note(
    ...noted.map((artist) => notedPlay({ releaseId: releaseOf(artist), from: "2026-03-01T20:00:00Z" })),
    notedPlay({ releaseId: releaseOf("Nobody Knows"), from: "2026-03-02T20:00:00Z" }),
    notedPlay({ releaseId: 1, from: "2026-03-02T20:00:00Z", note: "sold since" }),
  );
  for (const artist of [...noted, "Nobody Knows"]) never.delete(artist);
  expect(never.size).toBeLessThan(5);
  await expectAgreement(never.size);
});

test("a noted play is the last one, and no scrobble", async () => {
  note(notedPlay({ releaseId: releaseOf("Cluster"), from: "2026-03-01T20:00:00Z" }));
  const { data } = await ask("xref", "cluster");
  expect(data[0]?.listening).toMatchObject({ play_count: 0, last_played: "2026-03-01T20:00:00Z" });
});

test("within a span, what was noted in it counts, and nothing else", async () => {
  note(
    notedPlay({ releaseId: releaseOf("Cluster"), from: "2025-03-01T20:00:00Z" }),
    notedPlay({ releaseId: releaseOf("Can"), from: "2025-04-01T20:00:00Z" }),
  );
  expect(await played("2025")).toBe("Can 0, Cluster 0");
  expect(await played("2025-03")).toBe("Cluster 0");
  expect(await played("2024")).toBe("Can 10, Neu! 2");
  const spun = ["--during", "2025", "--spins", "1..", "--as", "csv", "--columns", "artist,spins"];
  expect(await rewind("xref", ...spun)).toBe("artist,spins\r\nCan,1\r\nCluster,1\r\n");
});

test("an album is awake when one of its pressings was noted", async () => {
  const { pagination } = await ask("dusty", "--spins", "1..", "--idle", "1y", "low");
  expect(pagination.total).toBe(1);
  const reissue = records.find(({ release }) => release.title === "First (Remastered)");
  note(notedPlay({ releaseId: reissue?.release.id ?? 0, from: "2026-03-01T20:00:00Z" }));
  expect((await ask("dusty", "--spins", "1..", "--idle", "1y", "low")).pagination.total).toBe(0);
});

test("pick, the view, explain and stats tell a noted play from none", async () => {
  note(notedPlay({ releaseId: releaseOf("Cluster"), from: "2026-03-01T20:00:00Z", note: "side B" }));
  expect(await rewind("pick", "cluster", "--seed", "1")).not.toContain("ever played");
  const listed = await rewind("sql", "SELECT artist, title, played_at, note FROM noted_plays");
  expect(listed.split(/\s+/).join(" ")).toContain("Cluster First 2026-03-01T20:00:00Z side B");
  expect(await rewind("explain", "cluster")).toContain("You logged 1 play of it, the last on 1 Mar 2026.");
  expect(await rewind("stats")).toMatch(/^Only logged +1 /m);
});
