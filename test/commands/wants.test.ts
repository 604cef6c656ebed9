import { expect, test } from "vitest";
import type { WantsDocument } from "../../src/queries/documents/album-documents.ts";
import {
  cd,
  createSharedHome,
  buildRecord,
  single,
  buildAlbumPlays,
  buildWant,
  withHomeCache,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";

const owned = buildRecord({ artist: "Can", title: "Tago Mago", year: 1971 });
const wants = [
  // The release that is on the shelf.
  { release: owned.release, rating: 0, dateAdded: "2024-01-01T10:00:00Z", notes: "" },
  buildWant({ artist: "Miles Davis", title: "Kind Of Blue (Legacy Edition)", year: 2009 }),
  // Another name, but the same album on Discogs.
  buildWant({ artist: "Kalinov Most", title: "Darza", masterId: 4711 }),
  // A single is no pressing of the album.
  buildWant({ artist: "Donovan", title: "The Hurdy Gurdy Man", year: 1968 }),
  buildWant({ artist: "D'Angelo", title: "Voodoo", year: 2000 }),
];
const home = createSharedHome({
  records: [
    owned,
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, year: 1997 }),
    buildRecord({ artist: "Калинов Мост", title: "Дарза", masterId: 4711 }),
    buildRecord({ artist: "Donovan", title: "The Hurdy Gurdy Man", formats: single }),
  ],
  wants,
  plays: [
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-03-10T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Miles Davis", "Kind of Blue", { from: "2025-04-10T20:00:00Z", tracks: 5 }),
    ...buildAlbumPlays("Miles Davis", "Kind of Blue (Legacy Edition)", {
      from: "2025-05-10T20:00:00Z",
      tracks: 8,
    }),
    ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2026-03-01T20:00:00Z", tracks: 13, count: 26 }),
  ],
});
const { json, screen } = createCommandRunner<WantsDocument>("wants", home);

test("lists wants by plays, and whether you own that pressing or another", async () => {
  const { data, summary, pagination } = await json();
  expect(
    data.map((row) => [row.title, row.play_count, row.owned, row.owned_outright, row.record_ids.join()]),
  ).toEqual([
    ["Voodoo", 26, false, false, ""],
    ["Kind Of Blue (Legacy Edition)", 13, true, false, "2"],
    ["Tago Mago", 7, true, true, "1"],
    ["Darza", 0, true, false, "3"],
    ["The Hurdy Gurdy Man", 0, false, false, ""],
  ]);
  expect(data[1]).toEqual({
    release_id: wants[1]?.release.id,
    artist: "Miles Davis",
    title: "Kind Of Blue (Legacy Edition)",
    form: "LP",
    year: 2009,
    added_at: "2024-11-29T18:00:00Z",
    play_count: 13,
    last_played: "2025-05-10T20:28:00Z",
    owned: true,
    owned_outright: false,
    record_ids: [2],
    forms: ["CD"],
  });
  expect(summary).toEqual({ total: 5, owned: 3, owned_outright: 1 });
  expect(pagination).toEqual({ page: 1, limit: 20, total: 5, total_pages: 1 });
});

test.each([
  ["miles", "Kind Of Blue (Legacy Edition)"],
  ["miles davs", "Kind Of Blue (Legacy Edition)"],
  ["darza kalinov", "Darza"],
  ["--owned", "Kind Of Blue (Legacy Edition), Tago Mago, Darza"],
  ["--not-owned", "Voodoo, The Hurdy Gurdy Man"],
  ["--sort title --limit 2", "Darza, The Hurdy Gurdy Man"],
  ["--sort title --reverse --limit 1", "Voodoo"],
  ["--sort added --reverse --limit 1", "Tago Mago"],
  ["--sort year --limit 1", "The Hurdy Gurdy Man"],
  ["--sort last-played --limit 1", "Voodoo"],
  ["--page 2 --limit 3", "Darza, The Hurdy Gurdy Man"],
])("rewind wants %s lists the expected releases", async (line, titles) => {
  expect((await json(...line.split(" "))).data.map(({ title }) => title).join(", ")).toBe(titles);
});

test("another master of a name that you own is not owned, and has none of its plays", async () => {
  const gabriel = { artist: "Peter Gabriel", title: "Peter Gabriel" };
  const shelf = await createFilledHome({
    records: [buildRecord({ ...gabriel, masterId: 1977 })],
    wants: [buildWant({ ...gabriel, masterId: 1982 }), buildWant({ ...gabriel, masterId: 1977, year: 1985 })],
    plays: buildAlbumPlays("Peter Gabriel", "Peter Gabriel", { from: "2025-03-10T20:00:00Z", tracks: 7 }),
  });
  const { data } = await createCommandRunner<WantsDocument>("wants", shelf).json("--sort", "year");
  expect(data.map((row) => [row.year, row.play_count, row.record_ids.length])).toEqual([
    [1975, 0, 0],
    [1985, 7, 1],
  ]);
});

test("the table names your record; an empty answer is a sentence", async () => {
  const stdout = await screen();
  expect(stdout).toMatch(/^id +Artist +Title +Form +Year Plays +Last +Own$/m);
  expect(stdout).toMatch(/^r\d+ +Can +Tago Mago +LP +1971 +7 +2025-03-10 +this #1$/m);
  expect(stdout).toMatch(/Legacy Edition\) +LP +2009 +13 +2025-05-10 +CD #2$/m);
  expect(stdout).toContain("5 wants");
  expect(await screen("nobody")).toBe("No want fits these words.\n");
  expect(await screen("nobody", "--not-owned")).toBe("No want fits these words and --not-owned.\n");
  const emptyHome = await createFilledHome({ records: [owned] });
  const empty = createCommandRunner("wants", emptyHome);
  expect(await empty.screen()).toBe("Your wantlist is empty.\n");
  expect(await empty.screen("--owned")).toBe("No want fits --owned.\n");
  withHomeCache(emptyHome, (database) => database.exec("DELETE FROM publication WHERE step = 'wantlist'"));
  expect(await empty.screen()).toBe("Your wantlist is not synced yet. Run: rewind sync\n");
});
