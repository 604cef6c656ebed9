import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { markup, escapeMarkup } from "../../../src/output/markup.ts";
import {
  createSharedHome,
  buildRecord,
  buildAlbumPlays,
  buildWant,
  fillCache,
} from "../../support/filled-cache.ts";
import { generatePlays, generateRecords, generateTitles } from "../../support/generated-data.ts";
import { runCli, runCliJson, type CliOptions } from "../../support/run-cli.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import {
  countElements,
  parseEntries,
  parseNumbers,
  findSection,
  parseTables,
  decodeHtmlText,
} from "./parse-page.ts";

const now = Date.UTC(2026, 2, 14, 12);
const titles = generateTitles(90, 31);
const years = Array.from({ length: 8 }, (_, at) => [
  ...buildAlbumPlays("Talk Talk", "Laughing Stock", {
    from: `${2018 + at}-02-0${at + 1}T20:00:00Z`,
    tracks: 6,
  }),
  ...buildAlbumPlays("Can", "Future Days", {
    from: `${2018 + at}-12-31T23:30:00Z`,
    tracks: 4,
    count: at + 2,
  }),
  ...buildAlbumPlays("D'Angelo", "Voodoo", { from: `${2018 + at}-07-01T10:00:00Z`, tracks: 5 }),
]);
const knownRecords = [
  buildRecord({
    artist: "Talk Talk",
    title: "Laughing Stock",
    genres: ["Rock", "Jazz"],
    year: 2016,
    dateAdded: "2019-01-02T10:00:00-07:00",
  }),
  buildRecord({ artist: "Talk Talk", title: "The Party's Over", genres: ["Rock"], year: 1982 }),
  buildRecord({
    artist: "Can",
    title: "Future Days",
    genres: ["Rock"],
    year: 1973,
    dateAdded: "2018-12-20T10:00:00-07:00",
  }),
];

let page: string;

beforeAll(() => void vi.stubEnv("TZ", "Europe/Berlin"));
const homeDirectory = createSharedHome({
  records: [...knownRecords, ...generateRecords(titles.slice(0, 60), 90, 32)],
  plays: [...years.flat(), ...generatePlays(titles, 1_500, 33)],
  wants: [buildWant({ artist: "D'Angelo", title: "Voodoo" })],
  folders: [
    { id: 1, name: "Uncategorized" },
    { id: 20, name: "Singles" },
  ],
});
beforeAll(async () => {
  // Logged and never scrobbled: played all the same.
  await runCli(["played", "2", "--on", "2026-03-01"], { home: homeDirectory });
  page = (await runReport(["--out", "-"])).stdout;
});
beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Berlin");
});

const runReport = (argv: readonly string[], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["report", ...argv], { home: homeDirectory, ...options });

async function querySql(statement: string): Promise<Record<string, unknown>[]> {
  return (await runCliJson(["sql", statement, "--json"], { home: homeDirectory })) as Record<
    string,
    unknown
  >[];
}

function toRowKey(row: { period?: unknown; genre?: unknown }): string {
  return `${String(row.period)} ${String(row.genre)}`;
}

describe("the numbers below each plot agree with SQL", () => {
  test("for days", async () => {
    const counted = await querySql(
      "SELECT date(played_uts, 'unixepoch', 'localtime') AS day, count(*) AS plays FROM scrobbles WHERE played_uts > 0 GROUP BY day",
    );
    const found = [...parseTables(page)]
      .filter(([title]) => /^\d{4}$/.test(title))
      .flatMap(([year, { rows }]) =>
        [...rows.values()].flatMap((cells, month) =>
          parseNumbers(cells).map((plays, day) => ({
            day: `${year}-${String(month + 1).padStart(2, "0")}-${String(day + 1).padStart(2, "0")}`,
            plays,
          })),
        ),
      );
    const played = found.filter(({ plays }) => plays > 0).toSorted((a, b) => (a.day < b.day ? -1 : 1));
    expect(played.length).toBeGreaterThan(20);
    expect(played).toEqual(counted);
  });

  test("for genres over time", async () => {
    const { header, rows } = parseTables(page).get("Genres over time") ?? {
      header: [],
      rows: new Map(),
    };
    const counted = await querySql(`
      SELECT strftime('%Y', uts, 'unixepoch', 'localtime') || '-Q' || ((strftime('%m', uts, 'unixepoch', 'localtime') + 2) / 3) AS period,
        genre, count(*) AS plays
      FROM (SELECT DISTINCT genre.value AS genre, matches.album_id AS album_id
        FROM records JOIN matches ON record_id = records.id, json_each(genres) AS genre WHERE album_id IS NOT NULL) AS owned
      JOIN (SELECT played_uts AS uts, album_id FROM scrobbles WHERE played_uts > 0) USING (album_id) GROUP BY period, genre`);
    const found = [...rows].flatMap(([period, cells]) =>
      parseNumbers(cells).map((plays, at) => ({ period, genre: header[at + 1], plays })),
    );
    const ofNamed = found.filter(
      ({ plays, genre }) => plays > 0 && !/^\d+ others?$|^no genre$/.test(genre ?? ""),
    );
    const named = new Set(ofNamed.map(({ genre }) => genre));
    expect(named.size).toBeGreaterThan(3);
    expect(ofNamed.toSorted((a, b) => (toRowKey(a) < toRowKey(b) ? -1 : 1))).toEqual(
      counted
        .filter(({ genre }) => named.has(String(genre)))
        .toSorted((a, b) => (toRowKey(a) < toRowKey(b) ? -1 : 1)),
    );
  });

  test("for decades of pressings", async () => {
    const { rows } = parseTables(page).get("By the decade of the pressing") ?? { rows: new Map() };
    const counted = await querySql(`
      WITH member AS (SELECT id, coalesce((year / 10 * 10) || 's', 'no year') AS decade, play_count + logged_plays > 0 AS played FROM records)
      SELECT decade, count(*) AS records, sum(played) AS played, coalesce((SELECT sum(play_count) FROM albums WHERE id IN
          (SELECT album_id FROM matches JOIN member AS other ON other.id = record_id WHERE other.decade = member.decade)), 0) AS plays
      FROM member GROUP BY decade`);
    expect(Object.fromEntries([...rows].map(([name, cells]) => [name, parseNumbers(cells)]))).toEqual(
      Object.fromEntries(
        counted.map((row) => [row["decade"], [row["records"], row["played"], row["plays"]]]),
      ),
    );
  });

  test("for purchases and first plays", async () => {
    const { header, rows } = parseTables(page).get("When purchases were first played") ?? {
      header: [],
      rows: new Map(),
    };
    expect(header).toEqual([
      "Year",
      "Records",
      "played before it was bought",
      "within a month",
      "within a year",
      "later",
      "not yet",
    ]);
    const counted = await querySql(`
      WITH plays AS (
        SELECT record_id AS id, played_uts FROM matches JOIN scrobbles USING (album_id) WHERE played_uts > 0
        UNION ALL SELECT records.id, played_uts FROM logged_plays JOIN records USING (release_id)),
      first AS (SELECT records.id, added_uts, (min(played_uts) - added_uts) / 86400.0 AS days
        FROM records LEFT JOIN plays USING (id) WHERE added_uts IS NOT NULL GROUP BY records.id)
      SELECT strftime('%Y', added_uts, 'unixepoch', 'localtime') AS year, count(*) AS records, sum(days < 0) AS before,
        sum(days BETWEEN 0 AND 30) AS month, sum(days > 30 AND days <= 365) AS year_after, sum(days > 365) AS later, sum(days IS NULL) AS never
      FROM first GROUP BY year ORDER BY year`);
    expect([...rows].map(([name, cells]) => [name, ...parseNumbers(cells)])).toEqual(
      counted.map((row) => Object.values(row).map((value) => value ?? 0)),
    );
    expect(parseNumbers(rows.get("2019") ?? []).length).toBe(6);
  });
});

test("lists the entries of the commands that the sections come from", async () => {
  const options = { home: homeDirectory };
  const gaps = (await runCliJson(["gaps", "--json", "--limit", "24"], options)) as {
    data: { album: { album_name: string; artist_name: string; play_count: number } }[];
  };
  expect(parseEntries(findSection(page, "gaps"))).toEqual(
    gaps.data.map(({ album }) => [
      album.album_name,
      album.artist_name,
      album.play_count.toLocaleString("en"),
    ]),
  );
  const { stdout: never } = await runCli(
    ["xref", "--never", "--kind", "album", "--sort", "artist-plays", "--as", "ndjson", "--all"],
    options,
  );
  const loved = parseEntries(findSection(page, "never"));
  expect(loved.length).toBeGreaterThan(0);
  for (const [title, artist, plays] of loved) {
    const rows = never
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toContainEqual(
      expect.objectContaining({ title, artist, artist_plays: Number(plays.replaceAll(",", "")) }),
    );
  }
  const top = (await runCliJson(["top", "--during", "2020", "--json", "--limit", "5"], options)) as {
    data: { album_name: string; play_count: number }[];
  };
  const [, ofYear = ""] = /<article>\s*<h3>2020<\/h3>(.*?)<\/article>/s.exec(page) ?? [];
  expect(parseEntries(ofYear).map(([title, , plays]) => [title, Number(plays)])).toEqual(
    top.data.map((row) => [row.album_name, row.play_count]),
  );
  const stats = (await runCliJson(["stats", "--json"], options)) as { records: number; scrobbled: number };
  expect(decodeHtmlText(findSection(page, "glance")).replaceAll(/\s+/g, " ")).toContain(
    `${stats.records} records: ${stats.scrobbled} have been played`,
  );
});

test("lists two records per artist that were never played", async () => {
  const home = createTempDirectory();
  const records = ["Alpha", "Beta", "Gamma", "Delta"].map((title) => buildRecord({ artist: "Can", title }));
  await fillCache(home, {
    records,
    plays: buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-01T20:00:00Z" }),
  });
  const section = findSection((await runReport(["--out", "-"], { home })).stdout, "never");
  expect(parseEntries(section).map(([title]) => title)).toEqual(["Alpha", "Beta"]);
  expect(decodeHtmlText(section)).toContain("2 albums of 4 without a play");
  expect(decodeHtmlText(section)).toContain("at most 2 by one artist");
  expect(section).toContain("LP, 1975");
  const all = (await runReport(["--out", "-", "--per-artist", "all"], { home })).stdout;
  expect(parseEntries(findSection(all, "never"))).toHaveLength(4);
});

/** How many records the tiles of a wall stand for. */
function countRecordsOnTiles(wall: string, level = "\\d"): number {
  const tiles = [...wall.matchAll(new RegExp(`<li class="l${level} .*?</li>`, "gs"))].map(([tile]) => tile);
  return tiles.reduce((sum, tile) => sum + Number(/ ×(\d+)<\/b>/.exec(tile)?.[1] ?? 1), 0);
}

test("shows every record on the wall, copies of an album on one tile, in three elements each", async () => {
  const wall = findSection(page, "wall");
  const links = [...wall.matchAll(/href="https:\/\/www\.discogs\.com\/release\/\d+"/g)].length;
  expect(links).toBeLessThan(93);
  expect(countRecordsOnTiles(wall)).toBe(93);
  expect(decodeHtmlText(wall)).toContain("93 records, copies of one album on one tile.");
  expect(countRecordsOnTiles(wall, "0")).toBe(
    (await querySql("SELECT count(*) AS n FROM records WHERE play_count + logged_plays = 0"))[0]?.["n"],
  );
  expect(countElements(wall)).toBeLessThanOrEqual(93 * 3 + 10);
  // The rest grows with the years, whatever the shelf: a square and a cell for each day, and what was played most.
  const yearCount = [...parseTables(page).keys()].filter((title) => /^\d{4}$/.test(title)).length;
  expect(countElements(page) - countElements(wall)).toBeLessThan(2_500 + 1_260 * yearCount);
  // 3 000 records in 3 MB.
  expect(wall.length / 93).toBeLessThan(300);
});

test("applies and names filters and groups", async () => {
  const { stdout } = await runReport([
    "--out",
    "-",
    "--genre",
    "Jazz",
    "--group",
    "artist",
    "--wall",
    "dimmed",
  ]);
  const wall = findSection(stdout, "wall");
  const listed = (await runCliJson(["xref", "--genre", "Jazz", "--json"], { home: homeDirectory })) as {
    pagination: { total: number };
  };
  expect(countRecordsOnTiles(wall)).toBe(listed.pagination.total);
  expect(wall).toContain('class="wall dimmed"');
  expect(stdout).toContain("The filters genre Jazz apply to the wall");
  const none = await runReport(["--out", "-", "--added", "1990"]);
  expect(none.code).toBe(0);
  expect(none.stdout).toContain("No record fits these filters.");
});

test("tells the story of a year, in parts that have contents, with the records that were played", async () => {
  const { stdout, code } = await runReport(["--out", "-", "--year", "2020", "--covers"]);
  expect(code).toBe(0);
  expect(stdout).toContain('<h1 dir="auto">CrateDigger’s 2020</h1>');
  expect([...stdout.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id)).toEqual([
    "glance",
    "record",
    "days",
    "top",
    "genres",
    "wall",
    "purchases",
  ]);
  const played = (await runCliJson(["xref", "--during", "2020", "--filter", "listened", "--json"], {
    home: homeDirectory,
  })) as { pagination: { total: number } };
  expect(countRecordsOnTiles(findSection(stdout, "wall"))).toBe(played.pagination.total);
  expect([...parseTables(stdout).keys()].filter((title) => /^\d{4}$/.test(title))).toEqual(["2020"]);
  expect(stdout).toBe((await runReport(["--out", "-", "--during", "2020", "--covers"])).stdout);
  expect(await runReport(["--out", "-", "--year", "last"])).toMatchObject({ code: 2, stdout: "" });
});

test("shows the 100 most played records of a year at most, and has a column for each day of a month", async () => {
  const home = createTempDirectory();
  const many = generateTitles(150, 34);
  await fillCache(home, {
    records: generateRecords(many, 150, 35),
    plays: many.flatMap(({ artist, title }, at) =>
      buildAlbumPlays(artist, title, {
        from: new Date(Date.UTC(2025, 0, 1, at * 48)).toISOString(),
        tracks: 3,
      }),
    ),
  });
  const { stdout } = await runReport(["--out", "-", "--year", "2025"], { home });
  expect(Buffer.byteLength(stdout)).toBeLessThan(400_000);
  expect(decodeHtmlText(findSection(stdout, "wall"))).toContain("100 albums that you played most.");
  const month = (await runReport(["--out", "-", "--during", "2025-02"], { home })).stdout;
  expect(parseTables(month).get("Plays each day")?.rows.size).toBe(28);
});

test.each([
  ["2020-06", "CrateDigger’s Jun 2020"],
  ["2020-06-01..2020-07-15", "CrateDigger’s plays, 1 Jun 2020 to 15 Jul 2020"],
  ["2020-06-01", "CrateDigger’s plays, 1 Jun 2020"],
  ["..2019", "CrateDigger’s plays, until 31 Dec 2019"],
])("has a title of its own for the plays of %s", async (period, title) => {
  const { stdout } = await runReport(["--out", "-", "--during", period]);
  expect(decodeHtmlText(/<h1.*<\/h1>/.exec(stdout)?.[0] ?? "")).toBe(title);
});

test("tells the date and the plays of each day", () => {
  const [, calendar = ""] = /<figure id="days-2020">(.*?)<\/figure>/s.exec(page) ?? [];
  const squares = [...calendar.matchAll(/<rect class="h\d" x="\d+" y="\d"><title>(.*?)<\/title>/g)];
  expect(squares).toHaveLength(366);
  expect(squares[0]?.[1]).toMatch(/^1 Jan 2020: (?:no plays|\d+ plays?)$/);
});

test("has a sentence in place of a plot of genres if no record has one", async () => {
  const home = createTempDirectory();
  await fillCache(home, {
    records: [buildRecord({ artist: "Can", title: "Tago Mago", genres: [], year: null })],
    plays: buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-01T20:00:00Z" }),
  });
  const { stdout } = await runReport(["--out", "-"], { home });
  expect(findSection(stdout, "genres")).not.toContain("<svg");
  expect(findSection(stdout, "genres")).toContain("None of the records that you played has a genre.");
  expect(findSection(stdout, "decades")).toContain("No record has the year of its pressing.");
});

test("writes names as text, whatever markup they contain", async () => {
  const home = createTempDirectory();
  const loud = `</style></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;`;
  const plays = buildAlbumPlays(loud, loud, { from: "2025-02-01T20:00:00Z", tracks: 12 });
  await fillCache(home, {
    records: [
      buildRecord({ artist: loud, title: loud, genres: [loud] }),
      buildRecord({ artist: "ع\u202eש", title: "x".repeat(10_000) }),
    ],
    plays,
  });
  const { stdout } = await runReport(["--out", "-", "--group", "genre"], { home });
  expect(stdout).not.toMatch(/<(?:script|img)|<\/style>[^]*<\/style>|alert\(1\)>/);
  expect(stdout).not.toContain("\u202e");
  expect(stdout).toContain("&lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(stdout).toContain("&quot;&#39;&amp;amp;");
});

test("escapes text in a template", () => {
  expect(markup`<b title="${escapeMarkup('"<')}">${1}${[escapeMarkup("&"), markup`<i></i>`]}</b>`).toBe(
    '<b title="&quot;&lt;">1&amp;<i></i></b>',
  );
  const name: string = "Can";
  // @ts-expect-error A name that nobody escaped.
  expect(markup`${name}`).toBe("Can");
});

test("shows what is known without the listening history, and says what is missing", async () => {
  const home = createTempDirectory();
  await fillCache(home, { records: knownRecords, plays: years.flat(), history: false });
  const { code, stdout } = await runReport(["--out", "-"], { home });
  expect(code).toBe(0);
  expect(stdout).toContain("The listening history is not complete yet");
  expect([...stdout.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id)).toEqual([
    "glance",
    "decades",
    "wall",
    "never",
    "gaps",
  ]);
  expect(await runReport(["--out", "-", "--during", "2020"], { home })).toMatchObject({
    code: 5,
    stdout: "",
  });
  const empty = createTempDirectory();
  await fillCache(empty, { nowMs: now });
  expect(await runReport(["--out", "-"], { home: empty })).toMatchObject({ code: 0 });
  expect(await runReport([], { home: createTempDirectory() })).toMatchObject({ code: 5 });
});

describe("the file", () => {
  test("is complete, opened on request, and overwrites only such a page", async () => {
    const directory = createTempDirectory();
    const out = join(directory, "shelf 1.html");
    const opened: string[] = [];
    const recordPage = (address: string): boolean => opened.push(address) > 0;
    const first = await runReport(["--out", out, "--open"], { openPage: recordPage });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Wrote .*shelf 1\.html: 93 records, [\d.]+ kB\n$/);
    expect(opened).toEqual([pathToFileURL(out).href]);
    expect(readFileSync(out, "utf8")).toBe(page);
    writeFileSync(out, readFileSync(out, "utf8").replace("93", "94"));
    const again = await runReport(["--out", out, "--open"]);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain(`No browser here: ${pathToFileURL(out).href}\n`);
    expect(readFileSync(out, "utf8")).toBe(page);

    const letter = join(directory, "letter.html");
    const [mark = ""] = /<meta name="generator"[^>]*>/.exec(page) ?? [];
    for (const letterText of [
      "Dear Sir,",
      `<!-- A report has ${mark} -->`,
      `<!doctype html>\n<p>${mark}</p>`,
    ]) {
      writeFileSync(letter, letterText);
      const refused = await runReport(["--out", letter]);
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toContain("rewind did not write it");
      expect(readFileSync(letter, "utf8")).toBe(letterText);
    }
  });

  test("writes through no link that somebody planted beside its place", async () => {
    const directory = createTempDirectory();
    const [out, victim] = [join(directory, "shelf.html"), join(directory, "victim")];
    writeFileSync(victim, "precious");
    symlinkSync(victim, `${out}.${process.pid}.part`);
    expect(await runReport(["--out", out])).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(victim, "utf8")).toBe("precious");
  });

  test("leaves nothing behind where it can't be written", async () => {
    const directory = createTempDirectory();
    const missing = join(directory, "missing", "page.html");
    expect(await runReport(["--out", missing])).toMatchObject({ code: 1, stdout: "" });
    mkdirSync(join(directory, "folder.html"));
    expect((await runReport(["--out", join(directory, "folder.html")])).code).toBe(2);
    expect(await runReport(["--out", "a\0b"])).toMatchObject({ code: 2, stdout: "" });
    const out = join(directory, "early.html");
    expect((await runReport(["--out", out], { home: createTempDirectory() })).code).toBe(5);
    expect(existsSync(out)).toBe(false);
    expect((await runReport(["--out", "-", "--open"])).code).toBe(2);
  });
});
