import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPageUrlBuilder } from "../../src/queries/statistics/readiness.ts";
import { readHostedTop } from "../../src/queries/time/hosted-top.ts";
import { createSharedHome, withHomeCache, buildRecord, buildAlbumPlays } from "../support/filled-cache.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const home = createSharedHome({
  records: [
    buildRecord({ id: 77, artist: "Can", title: "Tago Mago" }),
    buildRecord({ id: 78, artist: "Can", title: "Landed" }),
  ],
  plays: [
    ...buildAlbumPlays("Can", "Future Days", { from: "2025-09-01T20:00:00Z", tracks: 4 }),
    ...buildAlbumPlays("AC/DC $(touch x)", 'Back & "Black"', { from: "2024-09-01T20:00:00Z", tracks: 3 }),
  ],
});

interface Opened extends CliResult {
  readonly pages: readonly string[];
}

/** Runs it on a terminal, with a browser or without one. */
async function runOpen(
  argv: readonly string[],
  surroundings: { tty?: boolean; browser?: boolean } = {},
): Promise<Opened> {
  const { tty = true, browser = true } = surroundings;
  const pages: string[] = [];
  const result = await runCli(["open", ...argv], {
    home,
    tty,
    openPage: (address) => browser && pages.push(address) > 0,
  });
  return { ...result, pages };
}

test("opens a page for each of several numbers", async () => {
  const [{ pages: first }, { pages: second }] = [await runOpen(["1"]), await runOpen(["2"])];
  expect([...first, ...second]).toHaveLength(2);
  expect((await runOpen(["1,2"])).pages).toEqual([...first, ...second]);
  expect((await runOpen(["1,2"], { tty: false })).stdout).toBe(`${[...first, ...second].join("\n")}\n`);
  // Nothing is opened if one of them is unknown.
  expect(await runOpen(["1,99"])).toMatchObject({ code: 2, pages: [] });
});

test.each([
  [["1"], "https://www.discogs.com/release/77"],
  [["landed"], "https://www.discogs.com/release/78"],
  [["r78"], "https://www.discogs.com/release/78"],
  [["a1"], "https://www.last.fm/music/Can/Future+Days"],
  [["a2"], "https://www.last.fm/music/AC%2FDC+%24(touch+x)/Back+%26+%22Black%22"],
])("rewind open %j opens the page of the service", async (argv, address) => {
  const { code, stdout, stderr, pages } = await runOpen(argv);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(pages.map(decodeURI)).toEqual([decodeURI(address)]);
  expect(decodeURI(stderr)).toBe(`Opened: ${decodeURI(address)}\n`);
});

test("shows no Last.fm address for an album that only a file has", async () => {
  const path = join(createTempDirectory("rewind-file"), "pano.jsonl");
  const play = {
    timeMs: Date.UTC(2025, 1, 1),
    artist: "Neu!",
    track: "Hero",
    album: "Neu! 75",
    event: "scrobble",
  };
  writeFileSync(path, `${JSON.stringify(play)}\n`);
  expect(await runCli(["import", path], { home })).toMatchObject({ code: 0 });
  const { pages } = await runOpen(["a3"]);
  expect(pages).toEqual(["https://www.discogs.com/search/?type=master&q=Neu!+Neu!+75"]);
  withHomeCache(home, (database) => {
    const urls = readHostedTop(database, "albums", {
      period: null,
      artist: null,
      paging: { page: 1, limit: 9 },
    }).rows;
    expect(urls.map(({ url }) => new URL(url).hostname)).toEqual([
      "www.last.fm",
      "www.last.fm",
      "www.discogs.com",
    ]);
  });
});

test("shows search addresses instead of Last.fm addresses in a cache without Last.fm", () => {
  withHomeCache(home, (database) => {
    database.exec("SAVEPOINT accounts; DELETE FROM account");
    const addresses = [{}, { album: "Landed" }, { track: "Vitamin C" }].map((names) =>
      createPageUrlBuilder(database)({ artist: "Can", ...names }),
    );
    database.exec("ROLLBACK TO accounts; RELEASE accounts");
    expect(addresses).toEqual([
      "https://www.discogs.com/search/?type=artist&q=Can",
      "https://www.discogs.com/search/?type=master&q=Can+Landed",
      "https://musicbrainz.org/search?type=recording&query=Can+Vitamin+C",
    ]);
  });
});

test("prints the address in a pipe and without a browser", async () => {
  const stdout = "https://www.discogs.com/release/77\n";
  expect(await runOpen(["1"], { tty: false })).toMatchObject({ code: 0, stdout, stderr: "", pages: [] });
  expect(await runOpen(["1"], { browser: false })).toMatchObject({ code: 0, stdout, stderr: "", pages: [] });
});

test("an address outside of the service is not opened", async () => {
  const urls = [
    "https://www.last.fm@example.org/",
    "javascript:alert(1)//www.last.fm",
    "http://www.last.fm/x",
  ];
  for (const url of urls) {
    withHomeCache(home, (database) => database.prepare("UPDATE album SET url = ? WHERE id = 1").run(url));
    expect((await runOpen(["a1"])).pages).toEqual(["https://www.last.fm/music/Can/Future+Days"]);
  }
});

test.each([
  [["can"], '"can" is ambiguous: 2 albums'],
  [["a99"], "no album a99"],
  [["nothing like it"], "nothing like it"],
  [[], "missing required argument"],
])("rewind open %j opens nothing", async (argv, words) => {
  const { code, stderr, pages } = await runOpen(argv, { tty: false });
  expect({ code, pages }).toEqual({ code: 2, pages: [] });
  expect(stderr).toContain(words);
});
