import { beforeAll, expect, onTestFinished, test } from "vitest";
import { getCoversPath } from "../../../src/host/paths.ts";
import { createPageCovers } from "../../../src/interfaces/page/parts/page-covers.ts";
import { toBitmapUrl } from "../../../src/images/thumbhash.ts";
import { buildCoverPreview } from "../../../src/images/cover-preview.ts";
import {
  buildAlbumPlays,
  buildRecord,
  createSharedHome,
  fillCache,
  getHomeCachePath,
  openCache,
} from "../../support/filled-cache.ts";
import { generateRecords, generateTitles } from "../../support/generated-data.ts";
import { paintPixels, encodePng, paintCover } from "../../support/test-images.ts";
import { buildHomeEnv, runCli } from "../../support/run-cli.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import { addCovers } from "./cover-fixture.ts";
import { findSection } from "./parse-page.ts";

let counts: ReturnType<typeof addCovers>;

/** Copies of an album share a tile. */
function filterOnePerAlbum(records: ReturnType<typeof generateRecords>): ReturnType<typeof generateRecords> {
  return [...new Map(records.map((each) => [each.release.title, each])).values()];
}

const home = createSharedHome({
  records: filterOnePerAlbum(generateRecords(generateTitles(40, 51), 80, 52)),
  folders: [
    { id: 1, name: "Uncategorized" },
    { id: 20, name: "Singles" },
  ],
});
beforeAll(() => {
  counts = addCovers(home);
});

const countImages = (page: string, type: string): number =>
  page.split(`src="data:image/${type};base64,`).length - 1;

test("shows a tile as a blur from the cover's hash, or as a drawn cover if none is known", async () => {
  const { stdout } = await runCli(["report", "--out", "-"], { home });
  expect(counts.known).toBeGreaterThan(10);
  expect(countImages(stdout, "bmp")).toBe(counts.known);
  expect(countImages(stdout, "png")).toBe(0);
  // The previews of 3 000 covers leave half of the 3 MB for the rest.
  expect(
    Math.max(...[...stdout.matchAll(/<li class="l.*?<\/li>/gs)].map(([tile]) => tile.length)),
  ).toBeLessThan(700);
});

test("embeds cached covers with --covers, even if some are gone", async () => {
  const { stdout } = await runCli(["report", "--out", "-", "--covers"], { home });
  expect(countImages(stdout, "png")).toBe(counts.kept);
  expect(countImages(stdout, "bmp")).toBe(counts.known - counts.kept);
  const elsewhere = { XDG_CACHE_HOME: `${home}/elsewhere` };
  const without = await runCli(["report", "--out", `${home}/page.html`, "--covers"], {
    home,
    env: elsewhere,
  });
  expect(without.stdout).toContain("no covers on this machine");
});

test("shows the cover of the record of the year, also without --covers", async () => {
  const story = createTempDirectory("rewind-home");
  const coverUrl = "https://i.discogs.com/tago-mago.jpg";
  await fillCache(story, {
    records: [buildRecord({ artist: "Can", title: "Tago Mago", coverUrl })],
    plays: buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-01T20:00:00Z" }),
  });
  const report = ["report", "--out", "-", "--year", "2025"];
  expect((await runCli(report, { home: story })).stdout).toMatch(
    /<a class="sleeve n\d" .*><b dir="auto">Tago Mago<\/b>Can<\/a>/,
  );
  addCovers(story);
  const { stdout } = await runCli(report, { home: story });
  expect(findSection(stdout, "record")).toContain('src="data:image/png;base64,');
  expect([countImages(stdout, "png"), countImages(stdout, "bmp")]).toEqual([1, 1]);
});

test("stops embedding and counts covers if the page would be too large", () => {
  const database = openCache(getHomeCachePath(home), "read");
  onTestFinished(() => {
    database.close();
  });
  const recordIds = database.prepare<[], number>("SELECT id FROM record ORDER BY id").pluck().all();
  const directory = getCoversPath(buildHomeEnv(home), "linux");
  const all = createPageCovers(database, { recordIds, directory });
  const sizes = recordIds
    .map((id) => all.getCover(id))
    .filter((address) => address?.startsWith("data:image/png"))
    .map((address) => address?.length ?? 0);
  expect(all.counts).toEqual({ embedded: counts.kept, leftOut: 0 });
  const maxBytes = sizes.slice(0, 3).reduce((sum, size) => sum + size, 0);
  const some = createPageCovers(database, { recordIds, directory, maxBytes });
  const addresses = recordIds.map((id) => some.getCover(id) ?? "");
  const letters = addresses.filter((address) => address.startsWith("data:image/png")).join("").length;
  expect(letters).toBeLessThanOrEqual(maxBytes);
  expect(some.counts.embedded).toBeGreaterThanOrEqual(3);
  expect(some.counts.embedded + some.counts.leftOut).toBe(counts.kept);
  // A blur takes the place of each that is left out.
  expect(addresses.filter((address) => address !== "")).toHaveLength(counts.known);
});

test("draws a bitmap with the colours and proportions of its hash", () => {
  for (const [width, height] of [
    [40, 40],
    [60, 30],
    [10, 90],
  ] as const) {
    const thumbhash = buildCoverPreview(encodePng(paintCover(width, height, width)))?.thumbhash ?? "";
    const address = toBitmapUrl(thumbhash) ?? "";
    const bytes = Buffer.from(address.replace("data:image/bmp;base64,", ""), "base64");
    expect(bytes.readUInt32LE(2)).toBe(bytes.length);
    const [wide, high] = [bytes.readInt32LE(18), bytes.readInt32LE(22)];
    expect(Math.max(wide, high)).toBe(6);
    expect(Math.sign(wide - high)).toBe(Math.sign(width - height));
    expect(address.length).toBeLessThan(300);
  }
  const flat = buildCoverPreview(encodePng(paintPixels(20, 20, () => [200, 100, 50])))?.thumbhash ?? "";
  const bytes = Buffer.from((toBitmapUrl(flat) ?? "").split(",")[1] ?? "", "base64");
  const [blue = 0, green = 0, red = 0] = bytes.subarray(54);
  for (const [part, level] of [
    [red, 200],
    [green, 100],
    [blue, 50],
  ] as const) {
    expect(Math.abs(part - level)).toBeLessThan(16);
  }
  expect(toBitmapUrl("no hash")).toBeNull();
});
