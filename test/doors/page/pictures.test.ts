import { beforeAll, expect, onTestFinished, test } from "vitest";
import { coversPath } from "../../../src/host/paths.ts";
import { createPictures } from "../../../src/doors/page/parts/pictures.ts";
import { tinyBitmap } from "../../../src/images/thumbhash.ts";
import { previewOf } from "../../../src/images/cover-preview.ts";
import { cacheIn, homeOf, openCache } from "../../support/filled-cache.ts";
import { inventRecords, inventTitles } from "../../support/generate.ts";
import { painted, png, sleeve } from "../../support/pictures.ts";
import { homeEnv, runCli } from "../../support/run-cli.ts";
import { coverShelf } from "./covered-shelf.ts";

let counts: ReturnType<typeof coverShelf>;

/** Copies of an album share a tile. */
function onePerAlbum(records: ReturnType<typeof inventRecords>): ReturnType<typeof inventRecords> {
  return [...new Map(records.map((each) => [each.release.title, each])).values()];
}

const home = homeOf({
  records: onePerAlbum(inventRecords(inventTitles(40, 51), 80, 52)),
  folders: [
    { id: 1, name: "Uncategorized" },
    { id: 20, name: "Singles" },
  ],
});
beforeAll(() => {
  counts = coverShelf(home);
});

const images = (page: string, type: string): number =>
  page.split(`src="data:image/${type};base64,`).length - 1;

test("a tile is a blur of the cover's hash, a sleeve of words where none is known", async () => {
  const { stdout } = await runCli(["report", "--out", "-"], { home });
  expect(counts.known).toBeGreaterThan(10);
  expect(images(stdout, "bmp")).toBe(counts.known);
  expect(images(stdout, "png")).toBe(0);
  // What 3 000 of them take leaves half of the 3 MB for the rest.
  expect(
    Math.max(...[...stdout.matchAll(/<li class="l.*?<\/li>/gs)].map(([tile]) => tile.length)),
  ).toBeLessThan(700);
});

test("with --covers it is the cover itself, where its bytes are kept; they may be gone", async () => {
  const { stdout } = await runCli(["report", "--out", "-", "--covers"], { home });
  expect(images(stdout, "png")).toBe(counts.kept);
  expect(images(stdout, "bmp")).toBe(counts.known - counts.kept);
  const elsewhere = { XDG_CACHE_HOME: `${home}/elsewhere` };
  const without = await runCli(["report", "--out", `${home}/page.html`, "--covers"], {
    home,
    env: elsewhere,
  });
  expect(without.stdout).toContain("no covers on this machine");
});

test("covers stop where the page would be too large for a browser, and are counted", () => {
  const database = openCache(cacheIn(home), "read");
  onTestFinished(() => {
    database.close();
  });
  const recordIds = database.prepare<[], number>("SELECT id FROM record ORDER BY id").pluck().all();
  const directory = coversPath(homeEnv(home), "linux");
  const all = createPictures(database, { recordIds, directory });
  const sizes = recordIds
    .map((id) => all.of(id))
    .filter((address) => address?.startsWith("data:image/png"))
    .map((address) => address?.length ?? 0);
  expect(all.counts).toEqual({ embedded: counts.kept, leftOut: 0 });
  const most = sizes.slice(0, 3).reduce((sum, size) => sum + size, 0);
  const some = createPictures(database, { recordIds, directory, most });
  const addresses = recordIds.map((id) => some.of(id) ?? "");
  const letters = addresses.filter((address) => address.startsWith("data:image/png")).join("").length;
  expect(letters).toBeLessThanOrEqual(most);
  expect(some.counts.embedded).toBeGreaterThanOrEqual(3);
  expect(some.counts.embedded + some.counts.leftOut).toBe(counts.kept);
  // A blur takes the place of each that is left out.
  expect(addresses.filter((address) => address !== "")).toHaveLength(counts.known);
});

test("a bitmap of a few pixels has the colours of its hash, in its own proportions", () => {
  for (const [width, height] of [
    [40, 40],
    [60, 30],
    [10, 90],
  ] as const) {
    const thumbhash = previewOf(png(sleeve(width, height, width)))?.thumbhash ?? "";
    const address = tinyBitmap(thumbhash) ?? "";
    const bytes = Buffer.from(address.replace("data:image/bmp;base64,", ""), "base64");
    expect(bytes.readUInt32LE(2)).toBe(bytes.length);
    const [wide, high] = [bytes.readInt32LE(18), bytes.readInt32LE(22)];
    expect(Math.max(wide, high)).toBe(6);
    expect(Math.sign(wide - high)).toBe(Math.sign(width - height));
    expect(address.length).toBeLessThan(300);
  }
  const flat = previewOf(png(painted(20, 20, () => [200, 100, 50])))?.thumbhash ?? "";
  const bytes = Buffer.from((tinyBitmap(flat) ?? "").split(",")[1] ?? "", "base64");
  const [blue = 0, green = 0, red = 0] = bytes.subarray(54);
  for (const [part, level] of [
    [red, 200],
    [green, 100],
    [blue, 50],
  ] as const) {
    expect(Math.abs(part - level)).toBeLessThan(16);
  }
  expect(tinyBitmap("no hash")).toBeNull();
});
