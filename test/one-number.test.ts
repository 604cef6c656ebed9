// One number for one thing: each figure, asked of every screen, document, door and page over three shelves.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { cd, credit, fillCache, playOf, record, single, sitting, want } from "./support/filled-cache.ts";
import { callTool, connectMcp, type Connection } from "./support/mcp-client.ts";
import { noon, runCli, runCliJson, type CliOptions } from "./support/run-cli.ts";
import { sampleSync } from "./support/sample-home.ts";
import { servedCache, type Served } from "./support/served-cache.ts";
import type { Play } from "./support/world.ts";

const zones = { "made by hand": "Pacific/Auckland", demo: "UTC" } as const;
type Shelf = keyof typeof zones;

/** Record numbers from 1 on. Copies, editions, compilations, joint credits, names in other spellings and scripts. */
const made = [
  record({ artist: "Nirvana", title: "Nevermind" }),
  record({ artist: "Nirvana", title: "Nevermind (Remastered)", formats: cd }),
  record({ artist: "Miles Davis", title: "Kind Of Blue" }),
  record({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd }),
  record({ artist: "New Order", title: "Blue Monday", formats: single }),
  record({ artist: "The Bluebells", title: "Sisters" }),
  record({ artists: [credit("Various", { id: 194 })], title: "Blue Note Sampler" }),
  record({ artists: [credit("Various", { id: 194 })], title: "Northern Soul" }),
  record({ artists: [credit("Unknown Artist", { id: 355 })], title: "White Label" }),
  record({
    artists: [credit("Prince", { id: 28795, join: "And" }), credit("The Revolution", { id: 271351 })],
    title: "Parade",
  }),
  record({ artists: [credit("Fela Kuti", { id: 7287, anv: "Olufela Anikulapo" })], title: "Expensive Shit" }),
  record({ artists: [credit("Afro Kings")], title: "First Harvest Songs" }),
  record({ artists: [credit("Afro Kings")], title: "Second Harvest Songs" }),
  record({ artist: "椎名林檎", title: "無罪モラトリアム" }),
  record({ artist: "Led Zeppelin", title: "Led Zeppelin II" }),
  record({ artist: "Sigur Rós", title: "Ágætis Byrjun" }),
  record({ artist: "Low", title: "Long Division" }),
  // Its artist is known before an alias and after it, by another name.
  record({ artists: [credit("Afro Kings")], title: "Never Heard At All" }),
];

const play = (iso: string, artist: string, track: string, album: string): Play =>
  playOf(artist, album, track, Date.parse(iso) / 1000);

const madePlays: readonly Play[] = [
  ...sitting("Nirvana", "Nevermind", { from: "2026-03-10T20:00:00Z" }),
  ...sitting("Nirvana", "Nevermind (Remastered)", { from: "2025-06-10T20:00:00Z" }),
  ...sitting("Nirvana", "Nevermind", { from: "2025-06-11T20:00:00Z" }),
  ...sitting("Miles Davis", "Kind of Blue", { from: "2025-02-01T20:00:00Z", tracks: 5 }),
  ...sitting("Low", "Long Division", { from: "2025-03-01T20:00:00Z" }),
  ...sitting("Shiina Ringo", "Muzai Moratorium", { from: "2025-04-01T20:00:00Z" }),
  ...sitting("Afro Queens", "First Harvest Songs", { from: "2025-04-02T20:00:00Z" }),
  ...sitting("Afro Queens", "Second Harvest Songs", { from: "2025-04-03T20:00:00Z" }),
  play("2025-04-04T20:00:00Z", "Afro Kings", "A Song", "Another Harvest Altogether"),
  // Of today: no part of last week.
  ...sitting("D'Angelo", "Voodoo", { from: "2026-03-14T11:10:00Z", tracks: 6 }),
  // One year in local time, another in UTC.
  ...sitting("Can", "Future Days", { from: "2024-12-31T20:00:00Z", tracks: 4 }),
  ...sitting("Neu!", "Neu! 75", { from: "2025-12-31T20:00:00Z", tracks: 4 }),
  play("2025-07-01T20:00:00Z", "The Beatles", "Help!", "Help!"),
  play("2025-07-01T20:04:00Z", "Beatles", "Help! - Remastered 2009", "Help! (Remastered)"),
  play("2025-07-01T20:08:00Z", "the beatles", "HELP!", ""),
  play("2025-07-02T20:00:00Z", "Some Singer", "Soul One", "Northern Soul"),
  play("2025-07-02T20:04:00Z", "Various", "Soul Two", "Another Sampler"),
  play("2025-07-02T20:08:00Z", "Various Artists", "Soul Three", "A Third Sampler"),
];

async function fill(shelf: Shelf, home: string): Promise<void> {
  const cli = async (argv: string[], options: object = {}): Promise<void> => {
    const { code, stderr } = await runCli(argv, { home, ...options });
    if (code !== 0) throw new Error(stderr);
  };
  if (shelf === "demo") {
    await cli(["sync"], sampleSync());
  } else {
    await fillCache(home, {
      records: made,
      plays: madePlays,
      wants: [want({ artist: "D'Angelo", title: "Voodoo" })],
    });
    // The same album as another copy, with another answer; owned by its name, and credited with nothing.
    await cli(["link", "4", "--none", "--this-copy"]);
    await cli(["link", "17", "--none"]);
    await cli(["link", "14", "--add", "shiina muzai"]);
    await cli(["played", "5", "--on", "2026-03-10"]);
  }
}

/** How a shelf is asked, in each of the ways that there are. */
function asking(home: string) {
  let served: Served | undefined;
  let connection: Connection | undefined;
  const answers = new Map<string, Promise<string>>();
  /** Each question is asked once: many tests read the same answer. */
  const answerTo = (argv: readonly string[], options: CliOptions = {}): Promise<string> => {
    const key = JSON.stringify([argv, options]);
    const answer = answers.get(key) ?? runCli(argv, { home, ...options }).then(({ stdout }) => stdout);
    answers.set(key, answer);
    return answer;
  };
  const json = async (...argv: string[]): Promise<Json> => JSON.parse(await answerTo([...argv, "--json"]));
  return {
    json,
    text: (...argv: string[]) => answerTo(argv, { tty: true, columns: 200, env: { NO_COLOR: "1" } }),
    async tool(name: string, values: Record<string, unknown> = {}) {
      if (connection === undefined) {
        connection = await connectMcp({ home });
      }
      const { document, isError, text } = await callTool(connection, name, values);
      if (isError) throw new Error(text);
      return document as Json;
    },
    async http(path: string) {
      served ??= servedCache(home);
      return (await served.json(path)) as Json;
    },
    async sql(statement: string) {
      const [row = {}] = (await json("sql", statement)) as unknown as Record<string, unknown>[];
      return Object.values(row)[0];
    },
    report: () => answerTo(["report", "--out", "-"]),
    close: async () => connection?.close(),
  };
}

/** What an answer holds is looked up by the names of its keys; a wrong one fails the comparison. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;

const number = (text: string, pattern: RegExp): number =>
  Number((pattern.exec(text)?.[1] ?? "").replaceAll(",", "") || Number.NaN);

/** Figures that are named by where they were asked. */
const oneNumber = {
  asymmetricMatch(figures: Readonly<Record<string, unknown>>): boolean {
    const [first, ...others] = Object.values(figures);
    return !Number.isNaN(first) && others.every((value) => value === first);
  },
  toString: () => "one number",
};

const sum = (rows: readonly Json[], key: string): number =>
  rows.reduce((all: number, row) => all + row[key], 0);

const ids = (rows: readonly Json[], of: (row: Json) => number): number[] =>
  rows.map(of).toSorted((a, b) => a - b);

/** A local day, the given number of days before today. */
function dayBefore(days: number): string {
  const now = new Date(noon);
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, 12);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

const shelves = ["made by hand", "demo"] as const;

describe.each(shelves)("%s", (shelf) => {
  let home: string;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    vi.stubEnv("TZ", zones[shelf]);
    home = mkdtempSync(join(tmpdir(), "rewind-home-"));
    await fill(shelf, home);
    ask = asking(home);
  });
  afterAll(async () => {
    await ask.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  beforeEach(() => void vi.stubEnv("TZ", zones[shelf]));

  test("plays of last week", async () => {
    const glance = await ask.text();
    const week = `${dayBefore(7)}..${dayBefore(1)}`;
    const overHttp = await ask.http(`/v1/listening/stats?from=${dayBefore(7)}&to=${dayBefore(1)}`);
    const [fromUts, toUts] = [7, 0].map((days) => Date.parse(`${dayBefore(days)}T00:00:00`) / 1000);
    expect({
      recap: (await ask.json("recap")).plays,
      "recap --week": (await ask.json("recap", "--week")).plays,
      "recap on a screen": number(await ask.text("recap"), /· ([\d,]+) plays?/),
      "recap over MCP": (await ask.tool("recap")).plays,
      glance: number(glance, /^Last week +(?:(?:no|([\d,]+)) plays?)/m),
      stats: (await ask.json("stats", "--during", week)).scrobbles,
      HTTP: overHttp.total_scrobbles,
      SQL: await ask.sql(
        `SELECT count(*) AS n FROM scrobbles WHERE played_uts >= ${fromUts} AND played_uts < ${toUts}`,
      ),
    }).toEqual(oneNumber);
    expect({
      glance: number(glance, /^Last week .*?, ([\d,]+) albums?/m),
      top: (await ask.json("top", "--during", week)).summary.total,
      HTTP: overHttp.unique_albums,
    }).toEqual(oneNumber);
  });

  test("plays on records you own", async () => {
    const stats = await ask.json("stats");
    const page = await ask.report();
    expect({
      stats: stats.plays.owned,
      "stats on a screen": number(await ask.text("stats"), /records you own +([\d,]+)/),
      "stats over MCP": (await ask.tool("collection_stats")).plays.owned,
      "stats --by": (await ask.json("stats", "--by", "artist")).totals.plays,
      top: (await ask.json("top")).summary.owned_plays,
      "top --owned": (await ask.json("top", "--owned")).summary.plays,
      "top over MCP": (await ask.tool("top")).summary.owned_plays,
      SQL: await ask.sql("SELECT coalesce(sum(play_count), 0) AS n FROM albums WHERE owned"),
      report: number(page, /<dt>plays at home<\/dt>\s*<dd><strong>([\d,]+)/),
    }).toEqual(oneNumber);
    expect({
      stats: stats.plays.not_owned,
      "top --not-owned": (await ask.json("top", "--not-owned")).summary.plays,
      report: number(page, /<dt>plays away<\/dt>\s*<dd><strong>([\d,]+)/),
    }).toEqual(oneNumber);
    const during = ["--during", "2025"];
    expect({
      recap: (await ask.json("recap", "2025")).on_shelf.owned,
      stats: (await ask.json("stats", ...during)).plays.owned,
      "stats --by": (await ask.json("stats", "--by", "genre", ...during)).totals.plays,
      "stats --over": (await ask.json("stats", "--by", "genre", "--over", "year", ...during)).totals.plays,
      top: (await ask.json("top", ...during)).summary.owned_plays,
    }).toEqual(oneNumber);
  });

  test("albums on the shelf", async () => {
    const copies = await ask.json("dupes");
    const records = (await ask.json("stats")).records;
    expect({
      stats: (await ask.json("stats")).albums,
      "stats on a screen": number(await ask.text("stats"), /records of ([\d,]+) albums/),
      "stats over MCP": (await ask.tool("collection_stats")).albums,
      "lines of xref": number(await ask.text("xref", "--limit", "1"), /\(1 of ([\d,]+) lines?/),
      "lines of xref by artist": number(
        await ask.text("xref", "--limit", "1", "--sort", "artist"),
        /\(1 of ([\d,]+) lines?/,
      ),
      dupes: records - (copies.summary.records - copies.summary.total),
      report: number(await ask.report(), /<dt>albums<\/dt>\s*<dd><strong>([\d,]+)/),
    }).toEqual(oneNumber);
  });

  test("copies of an album", async () => {
    const { data } = await ask.json("dupes", "--limit", "5");
    for (const { collection, copies, record_ids: numbers } of data) {
      const words = [...collection.artists, collection.title].join(" ");
      const owned = (await ask.json("have", words)).records;
      const found = (await ask.tool("search_records", { query: words })).data;
      expect({
        dupes: copies,
        explain:
          number(await ask.text("explain", String(collection.id)), /holds for ([\d,]+) copies/) || copies,
        have: owned.filter(({ collection: { id } }: Json) => numbers.includes(id)).length,
        "search over MCP": found.find(({ id }: Json) => numbers.includes(id))?.copies,
      }).toEqual(oneNumber);
    }
  });

  test("records that words find", async () => {
    const typed: Readonly<Record<Shelf, string>> = {
      "made by hand": "blue, nevermind, ransome, led zeppelin 2, muzai, agaetis, the prince, 林檎",
      demo: "blue, the, kind blue",
    };
    for (const words of typed[shelf].split(", ")) {
      const query = encodeURIComponent(words);
      const xref = await ask.json("xref", words, "--all");
      const found = ids(xref.data, ({ collection }) => collection.id);
      const albums: Json[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const { data, pagination } = await ask.tool("search_records", { query: words, page, limit: 50 });
        albums.push(...data);
        pages = pagination.total_pages;
      }
      expect({
        words: found.length,
        "xref on a screen":
          found.length === 0
            ? 0
            : number(await ask.text("xref", words, "--limit", "1"), /([\d,]+) records?\b(?! \()/),
        "search over MCP": albums.reduce((all: number, { copies }: Json) => all + copies, 0),
        "xref over MCP": (await ask.tool("cross_reference", { query: words })).pagination.total,
        HTTP: (await ask.http(`/v1/collecting/cross-reference?q=${query}`)).pagination.total,
        "the collection over HTTP": (await ask.http(`/v1/collecting/vinyl?q=${query}`)).pagination.total,
      }).toEqual(oneNumber);
      const have = await ask.json("have", words);
      expect([words, ids(have.records, ({ collection }) => collection.id)]).toEqual([words, found]);
    }
  });

  test("artists on the shelf", async () => {
    const parts = await ask.json("stats", "--by", "artist", "--all");
    expect({
      stats: parts.data.length,
      "stats over MCP": (await ask.tool("collection_stats", { by: "artist" })).pagination.total,
      HTTP: (await ask.http("/v1/collecting/stats")).data.unique_artists,
    }).toEqual(oneNumber);
  });

  test("records by Various", async () => {
    const parts = (await ask.json("stats", "--by", "artist", "--all")).data;
    const artists = (await ask.json("top", "artists", "--all")).data;
    const own = (name: RegExp): number =>
      artists.find(({ artist_name: artist }: Json) => name.test(artist))?.owned_records;
    const records = parts.find(({ value }: Json) => value === "Various")?.records;
    const isPlayed = artists.some(({ artist_name: artist }: Json) => /^various/i.test(artist));
    expect({
      stats: records,
      SQL:
        records === undefined
          ? undefined
          : await ask.sql("SELECT count(*) AS n FROM records WHERE artist = 'Various'"),
      top: isPlayed ? own(/^various/i) : records,
    }).toEqual(oneNumber);
    expect(artists.filter(({ artist_name: artist }: Json) => /^various/i.test(artist)).length).toBeLessThan(
      2,
    );
  });

  test("different artists, albums and tracks", async () => {
    for (const [query, during] of [
      ["", []],
      ["?from=2025-01-01&to=2025-12-31", ["--during", "2025"]],
    ] as const) {
      const stats = await ask.http(`/v1/listening/stats${query}`);
      const period = query === "" ? "?period=overall" : query;
      for (const what of ["artists", "albums", "tracks"] as const) {
        expect({
          [`stats over HTTP: ${what}${query}`]: stats[`unique_${what}`],
          top: (await ask.json("top", what, ...during)).summary.total,
          "top on a screen": number(
            await ask.text("top", what, ...during, "--limit", "1"),
            new RegExp(`([\\d,]+) ${what}\\b`),
          ),
          "top over MCP": (await ask.tool("top", { what, ...(query === "" ? {} : { during: "2025" }) }))
            .summary.total,
          "top over HTTP": (await ask.http(`/v1/listening/top/${what}${period}`)).pagination.total,
          ...(query === "" && what !== "tracks"
            ? { "list over HTTP": (await ask.http(`/v1/listening/${what}`)).pagination.total }
            : {}),
        }).toEqual(oneNumber);
      }
    }
  });

  test("a year: its plays, its albums, its days", async () => {
    const year = await ask.http("/v1/listening/year/2025");
    const listed = (await ask.http("/v1/listening/years")).data.find((each: Json) => each.year === 2025);
    const trend = async (metric: string): Promise<readonly Json[]> =>
      (await ask.http(`/v1/listening/trends?metric=${metric}&from=2025-01-01&to=2025-12-31`)).data;
    const recap = await ask.json("recap", "2025");
    expect({
      recap: recap.plays,
      stats: (await ask.json("stats", "--during", "2025")).scrobbles,
      "months of the recap": sum(recap.months, "plays"),
      "year over HTTP": year.total_scrobbles,
      "years over HTTP": listed.total_scrobbles,
      "trend over HTTP": sum(await trend("scrobbles"), "value"),
      "calendar over HTTP": (await ask.http("/v1/listening/calendar?year=2025")).total,
      "history over HTTP": (await ask.http("/v1/listening/history?from=2025-01-01&to=2025-12-31")).pagination
        .total,
    }).toEqual(oneNumber);
    expect({
      top: (await ask.json("top", "--during", "2025")).summary.total,
      "year over HTTP": year.unique_albums,
      "years over HTTP": listed.unique_albums,
    }).toEqual(oneNumber);
    const months = (await ask.tool("plays_by_month", { months: 12 })).data;
    const told = new Map<string, number>(months.map(({ month, plays }: Json) => [month, plays]));
    const trends = (await trend("scrobbles")).filter(({ period }) => told.has(period));
    expect(trends.map(({ period, value }) => [period, value])).toEqual(
      trends.map(({ period }) => [period, told.get(period)]),
    );
    expect({
      recap: (await ask.json("recap", "2000..")).longest_row.days,
      "streaks over HTTP": (await ask.http("/v1/listening/streaks")).longest.days,
    }).toEqual(oneNumber);
  });

  test("usual days of a month in progress", async () => {
    const text = await ask.text("recap", "this-month");
    const today = new Date(noon).getDate();
    expect(text).toMatch(new RegExp(`^1 Mar 2026 to ${today} Mar 2026 · .* \\(usual: `));
    expect((await ask.json("recap", "this-month")).usual_plays).toBe(
      (await ask.json("recap", `2026-03-01..${dayBefore(0)}`)).usual_plays,
    );
  });
});

test("records that an alias changed", async () => {
  vi.stubEnv("TZ", "UTC");
  const home = mkdtempSync(join(tmpdir(), "rewind-home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  await fill("made by hand", home);
  // Asked again each time.
  const json = async (...argv: string[]): Promise<Json> => runCliJson([...argv, "--json"], { home });
  const matches = async (): Promise<string[]> =>
    Promise.all(
      made.map(async (_, at) => {
        const { decision, credited } = await json("explain", String(at + 1));
        return JSON.stringify([decision.match_type, credited.map(({ id }: Json) => id)]);
      }),
    );
  const before = await matches();
  const added = await json("alias", "Afro Kings", "Afro Queens");
  const after = await matches();
  const seen = after.filter((match, at) => match !== before[at]).length;
  const removed = await json("alias", "remove", "Afro Kings");
  expect({ seen, added: added.records_changed, removed: removed.records_changed }).toEqual(oneNumber);
});
