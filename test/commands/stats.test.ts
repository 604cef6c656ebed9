import { beforeEach, expect, test, vi } from "vitest";
import { dimensionNames, dimensions } from "../../src/queries/statistics/stats-by-dimension.ts";
import {
  createSharedHome,
  buildRecord,
  single,
  buildAlbumPlays,
  withHomeCache,
} from "../support/filled-cache.ts";
import { generatePlays, generateRecords, generateTitles } from "../support/generated-data.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { noon, runCli, runCliJson } from "../support/run-cli.ts";

const home = createSharedHome({
  records: [
    buildRecord({
      artist: "Talk Talk",
      title: "Laughing Stock",
      genres: ["Rock", "Jazz"],
      year: 1991,
      folderId: 2,
    }),
    buildRecord({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock"], year: 2016 }),
    buildRecord({ artist: "Talk Talk", title: "It's My Life", formats: single, year: 1984 }),
    buildRecord({ artist: "Nobody Known", title: "Lost", year: null, genres: [] }),
  ],
  plays: [
    ...buildAlbumPlays("Talk Talk", "Laughing Stock", { from: "2026-02-01T20:00:00Z", tracks: 6 }),
    ...buildAlbumPlays("Talk Talk", "Spirit Of Eden", { from: "2024-06-01T20:00:00Z", tracks: 6, count: 9 }),
    ...buildAlbumPlays("Talk Talk", "", { from: "2025-12-31T23:30:00Z", tracks: 3 }),
  ],
  folders: [{ id: 2, name: "Jazz" }],
  nowMs: noon - 7_200_000,
});

interface Part {
  readonly value: string | null;
  readonly records: number;
  readonly scrobbled: number;
  readonly plays: number;
}
interface ByDocument {
  readonly data: readonly Part[];
  readonly totals: Omit<Part, "value">;
}
const { run, json, screen } = createCommandRunner<ByDocument>("stats", home);

beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));

test("the JSON has its documented fields, and its sums agree", async () => {
  const document = await json();
  expect(document).toEqual({
    records: 4,
    albums: 3,
    scrobbled: 2,
    logged_only: 0,
    spun: 2,
    never_artist_known: 1,
    never_artist_unknown: 1,
    match_types: { exact: 2, fuzzy: 0, artist_only: 1, none: 1 },
    by_kind: [
      { kind: "album", records: 3, scrobbled: 2, plays: 6 },
      { kind: "single", records: 1, scrobbled: 0, plays: 0 },
    ],
    by_decade: [
      { decade: "1980s", records: 1, scrobbled: 0, plays: 0 },
      { decade: "1990s", records: 1, scrobbled: 1, plays: 6 },
      { decade: "2010s", records: 1, scrobbled: 1, plays: 6 },
      { decade: null, records: 1, scrobbled: 0, plays: 0 },
    ],
    plays: { owned: 6, not_owned: 9, no_album_tag: 3 },
    sources: [{ name: "lastfm", plays: 18, shared: 0 }],
    scrobbles: 18,
    unlinked_scrobbles: 0,
    stray_plays: 0,
    first_scrobble: "2024-06-01T20:00:00Z",
    plays_by_month: expect.any(Array),
    collection_values: expect.any(Array),
    during: null,
    synced_at: "2026-03-14T10:00:00Z",
    history: "complete",
  });
  const { plays_by_month: months } = document as unknown as { plays_by_month: { plays: number }[] };
  expect(months).toHaveLength(24);
  expect(months.filter((month) => month.plays > 0)).toEqual([
    { month: "2024-06", plays: 9 },
    // 23:30 in London is the new year in Berlin.
    { month: "2026-01", plays: 3 },
    { month: "2026-02", plays: 6 },
  ]);
});

test("counts every scrobble of a period once", async () => {
  expect(await json("--during", "2025..")).toMatchObject({
    scrobbled: 2,
    plays: { owned: 6, not_owned: 0, no_album_tag: 3 },
    scrobbles: 9,
    plays_by_month: null,
    collection_values: expect.any(Array),
    during: { from: "2024-12-31T23:00:00Z", to: null },
  });
  expect(await json("--during", "2024")).toMatchObject({
    scrobbled: 0,
    never_artist_known: 3,
    never_artist_unknown: 1,
    plays: { owned: 0, not_owned: 9, no_album_tag: 0 },
  });
});

test("shows totals, bars on one scale, and where the plays go", async () => {
  const stdout = await screen();
  for (const line of [
    /^4 records of 3 albums +18 plays since 1 Jun 2024 · synced 2 h ago$/m,
    /^Records {2}Matched +Played {2}Never played$/m,
    /^ +4 +3 {2}2 \(50\.0%\) +2$/m,
    /^With a spin +2 +50\.0% +half an album in one sitting$/m,
    /^Never, artist unknown +1 +25\.0% +rewind xref --never --match none$/m,
    /^ {2}Albums +3 +2 +66\.7% {2}█{16}$/m,
    /^ {2}Singles +1 +0 +0\.0% +services file them under albums$/m,
    /^ {2}records you own +6 +33\.3% {2}█{8}$/m,
    /^Plays a month, Mar 2024 to Feb 2026 {3}/m,
  ])
    expect(stdout).toMatch(line);
  // A span does not count what --never lists.
  expect(await screen("2024")).toMatch(/^Not, artist unknown +1 +25\.0%$/m);
  const narrow = (await run([], { tty: true, columns: 80 })).stdout;
  expect(narrow).toMatch(/^With a spin +2 +50\.0% +half an album in one sitting$/m);
  expect(narrow).toMatch(/^Never, artist known +1 +25\.0% {3}rewind xref --never --match artist$/m);
  const narrower = (await run([], { tty: true, columns: 70 })).stdout;
  expect(narrower).toMatch(/^Never, artist known: rewind xref --never --match artist$/m);
  expect(narrow).toMatch(/^Plays a month, Mar 2024 to Feb 2026\n\S+ {3}\d+ in year 1, \d+ in year 2$/m);
  expect((await run([], { tty: true, columns: 40 })).stdout).toMatch(
    /^Records +4\nMatched +3\nPlayed +2 \(50\.0%\)\nNever played +2$/m,
  );
  const ascii = await run([], { tty: true, columns: 100, env: { LANG: "C" } });
  expect(ascii.stdout).toMatch(/^[\x20-\x7e\n]*$/);
  expect(ascii.stdout).toMatch(/^ {2}Albums +3 +2 +66\.7% {2}#{16}$/m);
});

test("the footer says that a record is in two rows; a pipe gets the rows alone", async () => {
  const stdout = await screen("--by", "genre");
  expect(stdout).toMatch(/^ {2}Rock +3 +2 +6 +66\.7%/m);
  expect(stdout).toMatch(/^ {2}no genre +1 +0 +0 +0\.0%$/m);
  expect(stdout).toContain("Records in several rows count in each. In all: 4 records, 6 plays");
  const csv = await run(["--by", "genre", "--as", "csv"]);
  expect(csv.stdout).toBe("genre,records,scrobbled,plays\r\nRock,3,2,6\r\nJazz,1,1,6\r\n,1,0,0\r\n");
  const piped = await run(["--by", "kind"]);
  expect(piped.stdout).toMatch(/^ {2}album +3 +2 +6[^\n]*\n[^\n]*\n$/);
});

/** A record can have several of these. */
const multiValueDimensions: ReadonlySet<string> = new Set(["genre", "style", "label", "format", "artist"]);

test("a dimension with one value per record adds up to the totals", async () => {
  const titles = generateTitles(200, 21);
  const large = await createFilledHome({
    records: generateRecords(titles.slice(0, 150), 200, 22),
    plays: generatePlays(titles, 1_500, 23),
    folders: [
      { id: 1, name: "Uncategorized" },
      { id: 20, name: "Singles" },
    ],
  });
  const ask = createCommandRunner<ByDocument>("stats", large);
  const xref = (await runCliJson(["xref", "--json"], { home: large })) as {
    summary: { total_matches: number; unlistened_count: number };
  };
  const whole = (await ask.json()) as unknown as Record<string, number> & {
    match_types: Record<string, number>;
  };
  const { unlistened_count: never } = xref.summary;
  expect(whole).toMatchObject({ records: 200, scrobbled: 200 - never });
  expect(whole.match_types["none"]).toBe(200 - xref.summary.total_matches);
  expect((whole["never_artist_known"] ?? 0) + (whole["never_artist_unknown"] ?? 0)).toBe(never);
  const help = (await runCli(["stats", "--help"])).stdout.replace(/\s+/g, " ");
  expect(help).toContain(dimensionNames.join(", "));
  for (const by of dimensionNames) {
    const { data, totals } = await ask.json("--by", by);
    const sumParts = (of: (part: Part) => number): number =>
      data.reduce((total, part) => total + of(part), 0);
    const found = {
      records: sumParts((part) => part.records),
      scrobbled: sumParts((part) => part.scrobbled),
    };
    const isMany = multiValueDimensions.has(by) && found.records >= 200;
    expect({ by, ...(isMany ? totals : found) }).toMatchObject({ by, records: 200, scrobbled: 200 - never });
    expect({ by, ...totals }).toMatchObject({ by, records: 200, scrobbled: 200 - never });
    expect(sumParts((part) => part.plays)).toBeGreaterThanOrEqual(totals.plays);
    expect(new Set(data.map(({ value }) => value)).size).toBe(data.length);
    const stdout = await ask.screen("--by", by);
    expect(stdout).toMatch(new RegExp(`^.* +${dimensions[by].heading} +records`, "m"));
    expect(stdout.includes(dimensions[by].none)).toBe(data.some(({ value }) => value === null));
  }
});

test("handles an empty shelf and a missing history", async () => {
  const empty = createCommandRunner("stats", await createFilledHome({ history: false }));
  expect(await empty.run([], { tty: true })).toMatchObject({ code: 0 });
  expect(await empty.json()).toMatchObject({
    records: 0,
    plays: { owned: 0, not_owned: 0, no_album_tag: null },
    unlinked_scrobbles: null,
    stray_plays: null,
    plays_by_month: null,
    collection_values: expect.any(Array),
    history: "incomplete",
  });
});

test.each(["--as csv", "--limit 5", "--sort never", "--over year"])(
  "rewind stats %s is refused without --by",
  async (line) => {
    expect(await run(line.split(" "))).toMatchObject({ code: 2, stdout: "" });
  },
);

test.each([
  ["artist", "Talk Talk, Nobody Known"],
  ["artist --sort never", "Nobody Known, Talk Talk"],
  ["artist --sort plays --reverse", "Nobody Known, Talk Talk"],
  // Rows without a value stay last.
  ["genre --reverse", "Jazz, Rock, "],
])("rewind stats --by %s lists the expected rows", async (line, values) => {
  expect((await json("--by", ...line.split(" "))).data.map(({ value }) => value).join(", ")).toBe(values);
});

test('the column "never" comes with its order', async () => {
  const stdout = await screen("--by", "artist", "--sort", "never");
  expect(stdout).toMatch(/^ +Artist +records +played +never +plays +share$/m);
  expect(stdout).toMatch(/^ +Nobody Known +1 +0 +1 +0 +0\.0%$/m);
});

test("with colour headings are bold and rules are dim", async () => {
  const options = { home, tty: true, columns: 100, env: { FORCE_COLOR: "1" } };
  const { stdout } = await runCli(["stats"], options);
  for (const heading of ["By kind", "By pressing", "Where your plays go"]) {
    expect(stdout).toContain(`\u001b[1m${heading}`);
  }
  expect((await runCli(["stats", "--by", "genre"], options)).stdout).toContain("\u001b[1m  Genre");
  expect((await runCli(["xref"], options)).stdout).toContain("\n\u001b[2m─");
});

test("says that chart and history differ by one play", async () => {
  const records = [buildRecord({ artist: "Can", title: "Tago Mago" })];
  const plays = buildAlbumPlays("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z" });
  const differing = await createFilledHome({ records, plays });
  withHomeCache(differing, (database) => database.exec("UPDATE album SET play_count = play_count + 1"));
  const { stdout } = await runCli(["stats"], { home: differing, tty: true, columns: 100 });
  expect(stdout).toMatch(/Last\.fm's album chart and listening history differ by 1 play(?!s)/);
});
