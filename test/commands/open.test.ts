import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pagesOf } from "../../src/queries/figures/readiness.ts";
import { topOf } from "../../src/queries/time/scrobble-charts.ts";
import { homeOf, inCache, record, sitting } from "../support/filled-cache.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const home = homeOf({
  records: [
    record({ id: 77, artist: "Can", title: "Tago Mago" }),
    record({ id: 78, artist: "Can", title: "Landed" }),
  ],
  plays: [
    ...sitting("Can", "Future Days", { from: "2025-09-01T20:00:00Z", tracks: 4 }),
    ...sitting("AC/DC $(touch x)", 'Back & "Black"', { from: "2024-09-01T20:00:00Z", tracks: 3 }),
  ],
});

interface Opened extends CliResult {
  readonly pages: readonly string[];
}

/** On a terminal with a browser, or without one. */
async function open(
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

test("several numbers open several pages", async () => {
  const [{ pages: first }, { pages: second }] = [await open(["1"]), await open(["2"])];
  expect([...first, ...second]).toHaveLength(2);
  expect((await open(["1,2"])).pages).toEqual([...first, ...second]);
  expect((await open(["1,2"], { tty: false })).stdout).toBe(`${[...first, ...second].join("\n")}\n`);
  // Nothing is opened if one of them is unknown.
  expect(await open(["1,99"])).toMatchObject({ code: 2, pages: [] });
});

test.each([
  [["1"], "https://www.discogs.com/release/77"],
  [["landed"], "https://www.discogs.com/release/78"],
  [["r78"], "https://www.discogs.com/release/78"],
  [["a1"], "https://www.last.fm/music/Can/Future+Days"],
  [["a2"], "https://www.last.fm/music/AC%2FDC+%24(touch+x)/Back+%26+%22Black%22"],
])("rewind open %j opens the page of the service", async (argv, address) => {
  const { code, stdout, stderr, pages } = await open(argv);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(pages.map(decodeURI)).toEqual([decodeURI(address)]);
  expect(decodeURI(stderr)).toBe(`Opened: ${decodeURI(address)}\n`);
});

test("an album that only a file has gets no address at Last.fm, on the screen and in JSON", async () => {
  const path = join(tempDirectory("rewind-file"), "pano.jsonl");
  const play = {
    timeMs: Date.UTC(2025, 1, 1),
    artist: "Neu!",
    track: "Hero",
    album: "Neu! 75",
    event: "scrobble",
  };
  writeFileSync(path, `${JSON.stringify(play)}\n`);
  expect(await runCli(["import", path], { home })).toMatchObject({ code: 0 });
  const { pages } = await open(["a3"]);
  expect(pages).toEqual(["https://www.discogs.com/search/?type=master&q=Neu!+Neu!+75"]);
  inCache(home, (database) => {
    const urls = topOf(database, "albums", { span: null, artist: null, paging: { page: 1, limit: 9 } }).rows;
    expect(urls.map(({ url }) => new URL(url).hostname)).toEqual([
      "www.last.fm",
      "www.last.fm",
      "www.discogs.com",
    ]);
  });
});

test("a cache without Last.fm has addresses of searches, none at Last.fm", () => {
  inCache(home, (database) => {
    database.exec("SAVEPOINT accounts; DELETE FROM account");
    const addresses = [{}, { album: "Landed" }, { track: "Vitamin C" }].map((names) =>
      pagesOf(database)({ artist: "Can", ...names }),
    );
    database.exec("ROLLBACK TO accounts; RELEASE accounts");
    expect(addresses).toEqual([
      "https://www.discogs.com/search/?type=artist&q=Can",
      "https://www.discogs.com/search/?type=master&q=Can+Landed",
      "https://musicbrainz.org/search?type=recording&query=Can+Vitamin+C",
    ]);
  });
});

test("in a pipe, and without a browser, the address is printed", async () => {
  const stdout = "https://www.discogs.com/release/77\n";
  expect(await open(["1"], { tty: false })).toMatchObject({ code: 0, stdout, stderr: "", pages: [] });
  expect(await open(["1"], { browser: false })).toMatchObject({ code: 0, stdout, stderr: "", pages: [] });
});

test("an address outside of the service is not opened", async () => {
  const urls = [
    "https://www.last.fm@example.org/",
    "javascript:alert(1)//www.last.fm",
    "http://www.last.fm/x",
  ];
  for (const url of urls) {
    inCache(home, (database) => database.prepare("UPDATE album SET url = ? WHERE id = 1").run(url));
    expect((await open(["a1"])).pages).toEqual(["https://www.last.fm/music/Can/Future+Days"]);
  }
});

test.each([
  [["can"], '"can" is ambiguous: 2 albums'],
  [["a99"], "no album a99"],
  [["nothing like it"], "nothing like it"],
  [[], "missing required argument"],
])("rewind open %j opens nothing", async (argv, words) => {
  const { code, stderr, pages } = await open(argv, { tty: false });
  expect({ code, pages }).toEqual({ code: 2, pages: [] });
  expect(stderr).toContain(words);
});
