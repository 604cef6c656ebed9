import { expect, test } from "vitest";
import { cd, createSharedHome, buildRecord, buildAlbumPlays } from "../support/filled-cache.ts";
import { createCommandRunner } from "../support/command-runner.ts";

const kind = buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", genres: ["Jazz"] });

const home = createSharedHome({
  records: [
    buildRecord({ artist: "Nirvana", title: "Nevermind (Remastered)", formats: cd }),
    kind,
    buildRecord({ artist: "Can", title: "Tago Mago" }),
    // The same release once more, and another form of the album.
    { ...kind, instanceId: 95_000 },
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, genres: ["Jazz"] }),
    buildRecord({ artist: "Nirvana", title: "Nevermind" }),
    buildRecord({ artist: "Various", title: "Nevermind" }),
    // Two albums of one name.
    { ...buildRecord({ artist: "Weezer", title: "Weezer", masterId: 94 }), instanceId: 96_000 },
    { ...buildRecord({ artist: "Weezer", title: "Weezer", masterId: 101 }), instanceId: 97_000 },
  ],
  plays: buildAlbumPlays("Nirvana", "Nevermind", { from: "2026-02-01T20:00:00Z" }),
});
interface Dupes {
  readonly data: readonly { readonly record_ids: readonly number[] }[];
}
const { json, screen } = createCommandRunner<Dupes>("dupes", home);

test("lists copies and other formats of an album, most copies first", async () => {
  const copies = { copies: 3, record_ids: [1, 4, 7], forms: ["LP", "CD", "LP"] };
  expect(await json()).toMatchObject({
    data: [
      { collection: { id: 1, title: "Kind Of Blue" }, listening: { play_count: 0 }, ...copies },
      { collection: { id: 2 }, listening: { play_count: 10 }, copies: 2, forms: ["CD", "LP"] },
    ],
    summary: { total: 2, records: 5 },
    pagination: { page: 1, limit: 20, total: 2, total_pages: 1 },
  });
});

test.each([
  ["--format Vinyl", "1+7"],
  ["--genre jazz", "1+4+7"],
  ["nevermind", "2+5"],
  ["--sort plays", "2+5 1+4+7"],
  ["--reverse", "2+5 1+4+7"],
  ["--limit 1 --page 2", "2+5"],
  ["can", ""],
])("rewind dupes %s lists the expected copies", async (line, ids) => {
  const { data } = await json(...line.split(" "));
  expect(data.map(({ record_ids }) => record_ids.join("+")).join(" ")).toBe(ids);
});

test("two masters on Discogs are two albums, though they have one title", async () => {
  expect((await json("weezer")).data).toEqual([]);
});

test("the table shows formats and record numbers", async () => {
  const stdout = await screen();
  expect(stdout).toMatch(/^ *# +Artist +Title +Forms +Plays +Others$/m);
  expect(stdout).toMatch(/^1 +Miles Davis +Kind Of Blue ×3 +LP ×2, CD +0 +4, 7$/m);
  expect(stdout).toContain("2 albums · 5 records");
});

test("an empty list names the filter, and how many albums there are without it", async () => {
  expect(await screen("--year", "1901")).toBe(
    "No album that you own more than once fits --year; 2 without it.\n",
  );
  expect(await screen("can")).toBe("No album that you own more than once fits the words.\n");
});
