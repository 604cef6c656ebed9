import { readFileSync, writeFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { beforeEach, expect, test, vi } from "vitest";
import { widthOf } from "../../src/output/width.ts";
import { ask } from "../../src/queries/albums/have.ts";
import { cacheIn, fillCache, record, sitting, want, inCache, openCache } from "../support/filled-cache.ts";
import { inventRecords, inventTitles } from "../support/generate.ts";
import { typedFrom } from "../support/have-queries.ts";
import { pick, seeded } from "../support/random.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const cd = [{ name: "CD", quantity: 1, text: "", descriptions: ["Album"] }];

const records = [
  record({ artist: "Miles Davis", title: "Kind Of Blue", dateAdded: "2012-05-12T10:00:00-07:00" }),
  record({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, year: 1997 }),
  record({ artist: "Joni Mitchell", title: "Blue" }),
  record({ artist: "New Order", title: "Blue Monday" }),
  record({ artist: "D'Angelo", title: "Brown Sugar", year: 2015 }),
  record({ artist: "Led Zeppelin", title: "Led Zeppelin II" }),
  record({ artist: "Sigur Rós", title: "Ágætis Byrjun" }),
  record({ artist: "椎名林檎", title: "無罪モラトリアム" }),
  record({
    title: "Expensive Shit",
    artists: [{ id: 1, name: "Fela Kuti", anv: "Fela Ransome Kuti", join: "" }],
  }),
  record({ artist: "Godspeed You! Black Emperor", title: "Yanqui U.X.O." }),
];
const plays = [
  ...sitting("Miles Davis", "Kind of Blue", { from: "2026-01-15T20:00:00Z", tracks: 5 }),
  ...sitting("D'Angelo", "Voodoo", { from: "2026-03-12T20:00:00Z", tracks: 13 }),
];
const wants = [want({ artist: "D'Angelo", title: "Voodoo" }), want({ artist: "Can", title: "Future Days" })];

let home: string;

beforeEach(async () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  home = tempDirectory();
  await fillCache(home, { records, wants, plays });
});

const have = (
  words: string,
  options: CliOptions & { flags?: readonly string[] } = {},
): ReturnType<typeof runCli> => {
  const { flags = [], ...rest } = options;
  return runCli(["have", ...flags, ...words.split(" ")], { home, env: { NO_COLOR: "1" }, ...rest });
};

const titlesOf = async (words: string): Promise<{ code: number; titles: string[]; meant: string[] }> => {
  const { code, stdout } = await have(words, { flags: ["--json"] });
  const { records: found, did_you_mean: meant } = JSON.parse(stdout) as {
    records: { collection: { title: string } }[];
    did_you_mean: string[];
  };
  return { code, titles: found.map(({ collection }) => collection.title), meant };
};

test("an owned record: yes, its copies, exit 0", async () => {
  const { code, stdout, stderr } = await have("kind of blue");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`YES, 2 copies · Miles Davis · Kind Of Blue · 5 plays, 1 spin, last 15 Jan 2026
  1  LP    1975  Island ILPS 9135  folder Uncategorized  added 2012-05-12
  2  CD    1997  Island ILPS 9135  folder Uncategorized  added 2020-05-01
`);
});

test("a missing record: its plays, the want, other records by the artist, exit 1 without an error", async () => {
  const { code, stdout, stderr } = await have("voodoo");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(
    /^NO record called "voodoo" · you play it: a\d+ D'Angelo · Voodoo, 13 plays, last 12 Mar 2026\n/,
  );
  expect(stdout).toContain(
    "★ on your wantlist since 29 Nov 2024 · by D'Angelo you own 1: Brown Sugar (LP, 2015)",
  );
  expect(await have("future days")).toMatchObject({ code: 1 });
  expect((await have("future days")).stdout).toContain("you want it: Can · Future Days");
  expect(await have("zyzzyva")).toMatchObject({
    code: 1,
    stdout: 'NO record called "zyzzyva"\n',
    stderr: "",
  });
});

test.each<[words: string, titles: string[]]>([
  ["blue davis of kind", ["Kind Of Blue", "Kind Of Blue"]],
  ["BLUE", ["Blue", "Kind Of Blue", "Kind Of Blue", "Blue Monday"]],
  ["kind of blue (legacy edition)", ["Kind Of Blue", "Kind Of Blue"]],
  ["led zeppelin 2", ["Led Zeppelin II"]],
  ["agaetis byrjun", ["Ágætis Byrjun"]],
  ["林檎", ["無罪モラトリアム"]],
  ["fela kuti expensive", ["Expensive Shit"]],
  ["fela ransome", ["Expensive Shit"]],
  ["the new order blue monday", ["Blue Monday"]],
  ["yanqui uxo", ["Yanqui U.X.O."]],
])("found, exact titles first: %s", async (words, titles) => {
  expect(await titlesOf(words)).toEqual({ code: 0, titles, meant: [] });
});

test.each<[words: string, titles: string[], meant: string]>([
  ["kind of bleu", ["Kind Of Blue", "Kind Of Blue"], "kind of blue"],
  ["mitchel blue", ["Blue"], "mitchell blue"],
  ["kindof blue", ["Kind Of Blue", "Kind Of Blue"], "kind of blue"],
  ["black emperor yan qui", ["Yanqui U.X.O."], "black emperor yanqui"],
  ["expensiv", ["Expensive Shit"], "expensive"],
])("one slip is forgiven: %s", async (words, titles, meant) => {
  expect(await titlesOf(words)).toEqual({ code: 0, titles, meant: [meant] });
  expect((await have(words)).stdout).toMatch(new RegExp(`^Did you mean "${meant}"\\?\nYES`));
});

test.each([
  ["numbers are no slips", "led zeppelin iii"],
  ["nor is what another name is called", "kind of black"],
  ["two slips are too many", "knid of bleu"],
  ["parts of words are no words", "kin of blu"],
])("%s", async (_, words) => {
  expect((await titlesOf(words)).code).toBe(1);
});

test("a typo in one short word is only suggested", async () => {
  expect(await titlesOf("bleu")).toMatchObject({ code: 1, meant: ["blue"] });
  expect((await have("bleu")).stdout).toMatch(/^NO record called "bleu".*\nDid you mean "blue"\?\n/);
});

test("an album by another name is owned if a record is credited with it", async () => {
  inCache(home, (database) => {
    database.exec(`INSERT INTO credit SELECT record.id, album.id, 'user', 1 FROM record, album
      WHERE record.id = 1 AND album.title = 'Voodoo'`);
  });
  const { code, stdout } = await have("voodoo");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^YES · Miles Davis · Kind Of Blue · .* · credited with a\d+ Voodoo$/m);
});

test("finds 200 names as people type them, and none of 200 others", async () => {
  const random = seeded(13);
  const titles = inventTitles(400, 31);
  const large = tempDirectory();
  const shelf = inventRecords(titles.slice(0, 300), 300, 32);
  await fillCache(large, {
    records: shelf,
    folders: [
      { id: 1, name: "A" },
      { id: 20, name: "B" },
      { id: 30, name: "C" },
    ],
  });
  const database = openCache(cacheIn(large), "read");
  const lost: string[] = [];
  for (let at = 0; at < 200; at += 1) {
    const { release } = pick(random, shelf);
    const artist = release.artists[0]?.name.replace(/ \(\d+\)$/, "") ?? "";
    const typed = typedFrom({ artist, title: release.title }, random);
    const { ownedAlbums } = ask(database, { text: typed });
    if (!ownedAlbums.flat().some(({ record: found }) => found.releaseId === release.id)) lost.push(typed);
  }
  const held = new Set(shelf.map(({ release }) => release.title));
  const wrong = Array.from({ length: 200 }, (_, at) => titles[300 + (at % 100)])
    .flatMap((title, at) => (title === undefined || held.has(title.title) ? [] : [{ ...title, at }]))
    .map(({ artist, title, at }) => (at < 100 ? `${artist} ${title}` : `${title} ${artist}`))
    .filter((text) => ask(database, { text }).isOwned);
  database.close();
  expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
});

test("writes every format, and fits every width", async () => {
  const csv = await have("blue", { flags: ["--as", "csv"] });
  expect(csv.stdout).toMatch(/^side,id,release_id,artist,title,year,form,/);
  expect(csv.stdout.trimEnd().split("\r\n")).toHaveLength(5);
  expect((await have("voodoo", { flags: ["--as", "ndjson", "--columns", "side,title"] })).stdout).toBe(
    '{"side":"wanted","title":"Voodoo"}\n{"side":"played","title":"Voodoo"}\n',
  );
  for (const columns of [60, 80, 100, 200]) {
    for (const words of ["kind of blue", "blue", "voodoo", "bleu"]) {
      const { stdout } = await have(words, { tty: true, columns });
      for (const line of stdout.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }
  }
  const dumb = await have("voodoo", { tty: true, env: { TERM: "dumb", NO_COLOR: "1" } });
  expect(dumb.stdout).toMatch(/^[\x20-\x7e\n]*$/);
});

test("refuses no words, and fails before the first sync", async () => {
  expect(await have("")).toMatchObject({ code: 2, stdout: "" });
  expect(await runCli(["have", "blue"])).toMatchObject({ code: 5, stdout: "" });
  const document = await runCliJson(["have", "--json", "--", "blue"], { home });
  expect(document).toMatchObject({
    owned: true,
    records: [{ exact: true }, {}, {}, {}],
    wanted: [],
    played: [{}],
  });
});

test("a no does not check the cache for damage", async () => {
  const other = tempDirectory();
  await fillCache(other, { records: [record({ artist: "Can", title: "Tago Mago" })], plays: [] });
  const path = cacheIn(other);
  const database = new Sqlite(path);
  const [root, size] = ["SELECT rootpage FROM sqlite_schema WHERE name = 'proposal'", "PRAGMA page_size"].map(
    (sql) => Number(database.prepare(sql).pluck().get()),
  ) as [number, number];
  database.pragma("journal_mode = DELETE");
  database.close();
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xff, (root - 1) * size, root * size));
  expect(await runCli(["have", "voodoo"], { home: other })).toMatchObject({ code: 1, stderr: "" });
});
