import { expect, test } from "vitest";
import type { DustyDocument } from "../../src/queries/documents/album-documents.ts";
import { createSharedHome, buildRecord, buildAlbumPlays } from "../support/filled-cache.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import type { Play } from "../support/service-data.ts";

/** `count` evenings with one album, a week apart, the last on a day. */
function buildWeeklySessions(artist: string, album: string, count: number, lastDay: string): Play[] {
  const last = Date.parse(`${lastDay}T19:00:00Z`);
  return Array.from({ length: count }, (_, at) =>
    buildAlbumPlays(artist, album, { from: new Date(last - at * 7 * 86_400_000).toISOString(), tracks: 8 }),
  ).flat();
}

const home = createSharedHome({
  records: [
    buildRecord({ artist: "Mercury Rev", title: "Deserter's Songs" }),
    buildRecord({ artist: "Lambchop", title: "Nixon", genres: ["Country"] }),
    buildRecord({ artist: "Lambchop", title: "Nixon", genres: ["Country"] }),
    buildRecord({ artist: "Cocteau Twins", title: "Treasure" }),
    buildRecord({ artist: "Massive Attack", title: "Mezzanine" }),
    buildRecord({ artist: "Slowdive", title: "Souvlaki" }),
  ],
  plays: [
    ...buildWeeklySessions("Mercury Rev", "Deserter's Songs", 9, "2016-12-11"),
    ...buildWeeklySessions("Lambchop", "Nixon", 6, "2017-10-02"),
    // Loved and awake.
    ...buildWeeklySessions("Cocteau Twins", "Treasure", 8, "2026-02-02"),
    // Asleep and little loved.
    ...buildWeeklySessions("Massive Attack", "Mezzanine", 2, "2019-02-23"),
    // One song last week wakes no record.
    ...buildWeeklySessions("Slowdive", "Souvlaki", 5, "2021-08-11"),
    ...buildAlbumPlays("Slowdive", "Souvlaki", { from: "2026-03-07T10:00:00Z", tracks: 1 }),
  ],
});
const { json, screen } = createCommandRunner<DustyDocument>("dusty", home);

test("lists albums without a spin for a year, longest first, copies once", async () => {
  const last_played = "2026-03-07T10:00:00Z";
  expect(await json()).toMatchObject({
    data: [
      { collection: { title: "Deserter's Songs" }, copies: 1, spins: 9, last_spin: "2016-12-11T19:00:00Z" },
      { collection: { title: "Nixon" }, copies: 2, spins: 6, last_spin: "2017-10-02T19:00:00Z" },
      { collection: { title: "Souvlaki" }, copies: 1, spins: 5, listening: { last_played } },
    ],
    summary: { total: 3 },
    pagination: { page: 1, limit: 20, total: 3, total_pages: 1 },
  });
});

test.each([
  ["--spins 1..4", ["Mezzanine"]],
  ["--idle 9y", ["Deserter's Songs"]],
  ["--idle 1w", ["Deserter's Songs", "Nixon", "Souvlaki", "Treasure"]],
  ["--genre country", ["Nixon"]],
  ["--sort spins --reverse", ["Souvlaki", "Nixon", "Deserter's Songs"]],
  ["--reverse --limit 1", ["Souvlaki"]],
  ["--limit 2 --page 2", ["Souvlaki"]],
])("rewind dusty %s lists the expected albums", async (line, titles) => {
  const { data } = await json(...line.split(" "));
  expect(data.map(({ collection }) => collection.title)).toEqual(titles);
});

test("the table shows spins, the last spin, and how long ago it was", async () => {
  const stdout = await screen();
  expect(stdout).toMatch(/^ *# +Artist +Title +Form +Spins +Last spin +Asleep +Last play$/m);
  expect(stdout).toMatch(/Lambchop +Nixon ×2 +LP +6 +2017-10-02 +8 y 5 mo$/m);
  // One song was played later.
  expect(stdout).toMatch(/Souvlaki +LP +5 +2021-08-11 +4 y 7 mo +2026-03-07$/m);
  expect(await screen("--genre", "country")).not.toContain("Last play");
  expect(stdout).toContain("3 albums · with 5+ spins, none in the last 12 months");
  expect(await screen("--spins", "500..")).toBe("No album with 500+ spins, none in the last 12 months.\n");
});
