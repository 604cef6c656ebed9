// One number for one thing: each figure, asked of every screen, document, door and page over three shelves.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { formatArtistAndTitle } from "../src/model/names.ts";
import {
  cd,
  buildArtistCredit,
  fillCache,
  buildPlay,
  buildRecord,
  single,
  buildAlbumPlays,
  buildWant,
} from "./support/filled-cache.ts";
import { callTool, connectMcp, type Connection } from "./support/mcp-client.ts";
import { noon, runCli, runCliJson, type CliOptions } from "./support/run-cli.ts";
import { createSampleSync } from "./support/sample-home.ts";
import { serveCache, type ServedCache } from "./support/served-cache.ts";
import type { Play } from "./support/service-data.ts";

const zones = { "made by hand": "Pacific/Auckland", demo: "UTC" } as const;
type CollectionName = keyof typeof zones;

/** Record numbers from 1 on. Copies, editions, compilations, joint credits, names in other spellings and scripts. */
const handMadeRecords = [
  buildRecord({ artist: "Nirvana", title: "Nevermind" }),
  buildRecord({ artist: "Nirvana", title: "Nevermind (Remastered)", formats: cd }),
  buildRecord({ artist: "Miles Davis", title: "Kind Of Blue" }),
  buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd }),
  buildRecord({ artist: "New Order", title: "Blue Monday", formats: single }),
  buildRecord({ artist: "The Bluebells", title: "Sisters" }),
  buildRecord({ artists: [buildArtistCredit("Various", { id: 194 })], title: "Blue Note Sampler" }),
  buildRecord({ artists: [buildArtistCredit("Various", { id: 194 })], title: "Northern Soul" }),
  buildRecord({ artists: [buildArtistCredit("Unknown Artist", { id: 355 })], title: "White Label" }),
  buildRecord({
    artists: [
      buildArtistCredit("Prince", { id: 28795, join: "And" }),
      buildArtistCredit("The Revolution", { id: 271351 }),
    ],
    title: "Parade",
  }),
  buildRecord({
    artists: [buildArtistCredit("Fela Kuti", { id: 7287, anv: "Olufela Anikulapo" })],
    title: "Expensive Shit",
  }),
  buildRecord({ artists: [buildArtistCredit("Afro Kings")], title: "First Harvest Songs" }),
  buildRecord({ artists: [buildArtistCredit("Afro Kings")], title: "Second Harvest Songs" }),
  buildRecord({ artist: "椎名林檎", title: "無罪モラトリアム" }),
  buildRecord({ artist: "Led Zeppelin", title: "Led Zeppelin II" }),
  buildRecord({ artist: "Sigur Rós", title: "Ágætis Byrjun" }),
  buildRecord({ artist: "Low", title: "Long Division" }),
  buildRecord({ artists: [buildArtistCredit("Various", { id: 194 })], title: "Summer Street Songs" }),
  // The record's artist is known before an alias and after it, by another name.
  buildRecord({ artists: [buildArtistCredit("Afro Kings")], title: "Never Heard At All" }),
];

const buildPlayAt = (iso: string, artist: string, track: string, album: string): Play =>
  buildPlay(artist, album, track, Date.parse(iso) / 1000);

const handMadePlays: readonly Play[] = [
  ...buildAlbumPlays("Nirvana", "Nevermind", { from: "2026-03-10T20:00:00Z" }),
  ...buildAlbumPlays("Nirvana", "Nevermind (Remastered)", { from: "2025-06-10T20:00:00Z" }),
  ...buildAlbumPlays("Nirvana", "Nevermind", { from: "2025-06-11T20:00:00Z" }),
  ...buildAlbumPlays("Miles Davis", "Kind of Blue", { from: "2025-02-01T20:00:00Z", tracks: 5 }),
  ...buildAlbumPlays("Low", "Long Division", { from: "2025-03-01T20:00:00Z" }),
  ...buildAlbumPlays("Shiina Ringo", "Muzai Moratorium", { from: "2025-04-01T20:00:00Z" }),
  ...buildAlbumPlays("Afro Queens", "First Harvest Songs", { from: "2025-04-02T20:00:00Z" }),
  ...buildAlbumPlays("Afro Queens", "Second Harvest Songs", { from: "2025-04-03T20:00:00Z" }),
  buildPlayAt("2025-04-04T20:00:00Z", "Afro Kings", "A Song", "Another Harvest Altogether"),
  // Plays of today are no part of last week.
  ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2026-03-14T11:10:00Z", tracks: 6 }),
  // One year in local time, another in UTC.
  ...buildAlbumPlays("Can", "Future Days", { from: "2024-12-31T20:00:00Z", tracks: 4 }),
  ...buildAlbumPlays("Neu!", "Neu! 75", { from: "2025-12-31T20:00:00Z", tracks: 4 }),
  // A compilation is played under its singers as well, each of them at another time.
  ...buildAlbumPlays("Various Artists", "Summer Street Songs", { from: "2025-08-01T20:00:00Z", tracks: 9 }),
  ...buildAlbumPlays("Anna Vole", "Summer Street Songs", { from: "2025-09-01T20:00:00Z", count: 24 }),
  ...buildAlbumPlays("Ben Roe", "Summer Street Songs", { from: "2026-03-08T20:00:00Z", count: 12 }),
  buildPlayAt("2025-07-01T20:00:00Z", "The Beatles", "Help!", "Help!"),
  buildPlayAt("2025-07-01T20:04:00Z", "Beatles", "Help! - Remastered 2009", "Help! (Remastered)"),
  buildPlayAt("2025-07-01T20:08:00Z", "the beatles", "HELP!", ""),
  buildPlayAt("2025-07-02T20:00:00Z", "Some Singer", "Soul One", "Northern Soul"),
  buildPlayAt("2025-07-02T20:04:00Z", "Various", "Soul Two", "Another Sampler"),
  buildPlayAt("2025-07-02T20:08:00Z", "Various Artists", "Soul Three", "A Third Sampler"),
];

async function fillShelf(shelf: CollectionName, home: string): Promise<void> {
  const cli = async (argv: string[], options: object = {}): Promise<void> => {
    const { code, stderr } = await runCli(argv, { home, ...options });
    if (code !== 0) throw new Error(stderr);
  };
  if (shelf === "demo") {
    await cli(["sync"], createSampleSync());
  } else {
    await fillCache(home, {
      records: handMadeRecords,
      plays: handMadePlays,
      wants: [buildWant({ artist: "D'Angelo", title: "Voodoo" })],
    });
    // The same album as another copy, with another answer; credited with nothing, and so not owned.
    await cli(["link", "4", "--none", "--this-copy"]);
    await cli(["link", "17", "--none"]);
    await cli(["link", "14", "--add", "shiina muzai"]);
    await cli(["played", "5", "--on", "2026-03-10"]);
  }
}

/** Asks a shelf in all the ways that there are. */
function createAsker(home: string) {
  let served: ServedCache | undefined;
  let connection: Connection | undefined;
  const answers = new Map<string, Promise<string>>();
  /** Each question is asked once: many tests read the same answer. */
  const readAnswer = (argv: readonly string[], options: CliOptions = {}): Promise<string> => {
    const key = JSON.stringify([argv, options]);
    const answer = answers.get(key) ?? runCli(argv, { home, ...options }).then(({ stdout }) => stdout);
    answers.set(key, answer);
    return answer;
  };
  const readJson = async (...argv: string[]): Promise<Json> =>
    JSON.parse(await readAnswer([...argv, "--json"]));
  return {
    json: readJson,
    text: (...argv: string[]) => readAnswer(argv, { tty: true, columns: 200, env: { NO_COLOR: "1" } }),
    async tool(name: string, values: Record<string, unknown> = {}) {
      if (connection === undefined) {
        connection = await connectMcp({ home });
      }
      const { document, isError, text } = await callTool(connection, name, values);
      if (isError) throw new Error(text);
      return document as Json;
    },
    async http(path: string) {
      served ??= serveCache(home);
      return (await served.json(path)) as Json;
    },
    async sql(statement: string) {
      const [row = {}] = (await readJson("sql", statement)) as unknown as Record<string, unknown>[];
      return Object.values(row)[0];
    },
    report: () => readAnswer(["report", "--out", "-"]),
    close: async () => connection?.close(),
  };
}

/** The values of an answer are looked up by key names, so a wrong name fails the comparison. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;

const parseNumber = (text: string, pattern: RegExp): number =>
  Number((pattern.exec(text)?.[1] ?? "").replaceAll(",", "") || Number.NaN);

/** Figures that are named by where they were asked. */
const equalNumbers = {
  asymmetricMatch(figures: Readonly<Record<string, unknown>>): boolean {
    const [first, ...others] = Object.values(figures);
    return !Number.isNaN(first) && others.every((value) => value === first);
  },
  toString: () => "one number",
};

const sumBy = (rows: readonly Json[], key: string): number =>
  rows.reduce((all: number, row) => all + row[key], 0);

const sortIds = (rows: readonly Json[], of: (row: Json) => number): number[] =>
  rows.map(of).toSorted((a, b) => a - b);

/** A local day, the given number of days before today. */
function formatDayBefore(days: number): string {
  const now = new Date(noon);
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, 12);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

const shelves = ["made by hand", "demo"] as const;

describe.each(shelves)("in the collection %s", (shelf) => {
  let home: string;
  let ask: ReturnType<typeof createAsker>;

  beforeAll(async () => {
    vi.stubEnv("TZ", zones[shelf]);
    home = mkdtempSync(join(tmpdir(), "rewind-home-"));
    await fillShelf(shelf, home);
    ask = createAsker(home);
  });
  afterAll(async () => {
    await ask.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  beforeEach(() => void vi.stubEnv("TZ", zones[shelf]));

  test("counts the plays of last week the same everywhere", async () => {
    const glance = await ask.text();
    const week = `${formatDayBefore(7)}..${formatDayBefore(1)}`;
    const overHttp = await ask.http(
      `/v1/listening/stats?from=${formatDayBefore(7)}&to=${formatDayBefore(1)}`,
    );
    const [fromUts, toUts] = [7, 0].map((days) => Date.parse(`${formatDayBefore(days)}T00:00:00`) / 1000);
    expect({
      recap: (await ask.json("recap")).plays,
      "recap --week": (await ask.json("recap", "--week")).plays,
      "recap on a screen": parseNumber(await ask.text("recap"), /· ([\d,]+) plays?/),
      "recap over MCP": (await ask.tool("recap")).plays,
      glance: parseNumber(glance, /^Last week +(?:(?:no|([\d,]+)) plays?)/m),
      stats: (await ask.json("stats", "--during", week)).scrobbles,
      HTTP: overHttp.total_scrobbles,
      SQL: await ask.sql(
        `SELECT count(*) AS n FROM scrobbles WHERE played_uts >= ${fromUts} AND played_uts < ${toUts}`,
      ),
    }).toEqual(equalNumbers);
    expect({
      glance: parseNumber(glance, /^Last week .*?, ([\d,]+) albums?/m),
      top: (await ask.json("top", "--during", week)).summary.total,
      HTTP: overHttp.unique_albums,
    }).toEqual(equalNumbers);
  });

  test("counts plays on owned records the same everywhere", async () => {
    const stats = await ask.json("stats");
    const page = await ask.report();
    expect({
      stats: stats.plays.owned,
      "stats on a screen": parseNumber(await ask.text("stats"), /records you own +([\d,]+)/),
      "stats over MCP": (await ask.tool("collection_stats")).plays.owned,
      "stats --by": (await ask.json("stats", "--by", "artist")).totals.plays,
      top: (await ask.json("top")).summary.owned_plays,
      "top tracks": (await ask.json("top", "tracks")).summary.owned_plays,
      "top --owned": (await ask.json("top", "--owned")).summary.plays,
      "top over MCP": (await ask.tool("top")).summary.owned_plays,
      SQL: await ask.sql("SELECT coalesce(sum(play_count), 0) AS n FROM albums WHERE owned"),
      report: parseNumber(page, /<dt>plays at home<\/dt>\s*<dd><strong>([\d,]+)/),
    }).toEqual(equalNumbers);
    expect({
      stats: stats.plays.not_owned,
      "top --not-owned": (await ask.json("top", "--not-owned")).summary.plays,
      report: parseNumber(page, /<dt>plays away<\/dt>\s*<dd><strong>([\d,]+)/),
    }).toEqual(equalNumbers);
    const during = ["--during", "2025"];
    expect({
      recap: (await ask.json("recap", "2025")).on_shelf.owned,
      stats: (await ask.json("stats", ...during)).plays.owned,
      "stats --by": (await ask.json("stats", "--by", "genre", ...during)).totals.plays,
      "stats --over": (await ask.json("stats", "--by", "genre", "--over", "year", ...during)).totals.plays,
      top: (await ask.json("top", ...during)).summary.owned_plays,
      "top tracks": (await ask.json("top", "tracks", ...during)).summary.owned_plays,
    }).toEqual(equalNumbers);
  });

  test("counts albums of the collection the same everywhere", async () => {
    const copies = await ask.json("dupes");
    const records = (await ask.json("stats")).records;
    expect({
      stats: (await ask.json("stats")).albums,
      "stats on a screen": parseNumber(await ask.text("stats"), /records of ([\d,]+) albums/),
      "stats over MCP": (await ask.tool("collection_stats")).albums,
      "lines of xref": parseNumber(await ask.text("xref", "--limit", "1"), /\(1 of ([\d,]+) lines?/),
      "lines of xref by artist": parseNumber(
        await ask.text("xref", "--limit", "1", "--sort", "artist"),
        /\(1 of ([\d,]+) lines?/,
      ),
      dupes: records - (copies.summary.records - copies.summary.total),
      report: parseNumber(await ask.report(), /<dt>albums<\/dt>\s*<dd><strong>([\d,]+)/),
    }).toEqual(equalNumbers);
  });

  test("counts copies of an album the same everywhere", async () => {
    const { data } = await ask.json("dupes", "--limit", "5");
    for (const { collection, copies, record_ids: numbers } of data) {
      const words = [...collection.artists, collection.title].join(" ");
      const owned = (await ask.json("have", words)).records;
      const found = (await ask.tool("search_records", { query: words })).data;
      expect({
        dupes: copies,
        explain:
          parseNumber(await ask.text("explain", String(collection.id)), /holds for ([\d,]+) copies/) ||
          copies,
        have: owned.filter(({ collection: { id } }: Json) => numbers.includes(id)).length,
        "search over MCP": found.find(({ id }: Json) => numbers.includes(id))?.copies,
      }).toEqual(equalNumbers);
    }
  });

  test("finds the same records by words everywhere", async () => {
    const typed: Readonly<Record<CollectionName, string>> = {
      "made by hand": "blue, nevermind, ransome, led zeppelin 2, muzai, agaetis, the prince, 林檎",
      demo: "blue, the, kind blue",
    };
    for (const words of typed[shelf].split(", ")) {
      const query = encodeURIComponent(words);
      const xref = await ask.json("xref", words, "--all");
      const found = sortIds(xref.data, ({ collection }) => collection.id);
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
            : parseNumber(await ask.text("xref", words, "--limit", "1"), /([\d,]+) records?\b(?! \()/),
        "search over MCP": albums.reduce((all: number, { copies }: Json) => all + copies, 0),
        "xref over MCP": (await ask.tool("cross_reference", { query: words })).pagination.total,
        HTTP: (await ask.http(`/v1/collecting/cross-reference?q=${query}`)).pagination.total,
        "the collection over HTTP": (await ask.http(`/v1/collecting/vinyl?q=${query}`)).pagination.total,
      }).toEqual(equalNumbers);
      const have = await ask.json("have", words);
      expect([words, sortIds(have.records, ({ collection }) => collection.id)]).toEqual([words, found]);
    }
  });

  test("counts artists of the collection the same everywhere", async () => {
    const parts = await ask.json("stats", "--by", "artist", "--all");
    expect({
      stats: parts.data.length,
      "stats over MCP": (await ask.tool("collection_stats", { by: "artist" })).pagination.total,
      HTTP: (await ask.http("/v1/collecting/stats")).data.unique_artists,
    }).toEqual(equalNumbers);
  });

  test("counts records by Various the same everywhere", async () => {
    const parts = (await ask.json("stats", "--by", "artist", "--all")).data;
    const artists = (await ask.json("top", "artists", "--all")).data;
    const countOwnPlays = (name: RegExp): number =>
      artists.find(({ artist_name: artist }: Json) => name.test(artist))?.owned_records;
    const records = parts.find(({ value }: Json) => value === "Various")?.records;
    const isPlayed = artists.some(({ artist_name: artist }: Json) => /^various/i.test(artist));
    expect({
      stats: records,
      SQL:
        records === undefined
          ? undefined
          : await ask.sql("SELECT count(*) AS n FROM records WHERE artist = 'Various'"),
      top: isPlayed ? countOwnPlays(/^various/i) : records,
    }).toEqual(equalNumbers);
    expect(artists.filter(({ artist_name: artist }: Json) => /^various/i.test(artist)).length).toBeLessThan(
      2,
    );
  });

  test("counts different artists, albums and tracks the same everywhere", async () => {
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
          "top on a screen": parseNumber(
            await ask.text("top", what, ...during, "--limit", "1"),
            new RegExp(`([\\d,]+) ${what}\\b`),
          ),
          "top over MCP": (await ask.tool("top", { what, ...(query === "" ? {} : { during: "2025" }) }))
            .summary.total,
          "top over HTTP": (await ask.http(`/v1/listening/top/${what}${period}`)).pagination.total,
          ...(query === "" && what !== "tracks"
            ? { "list over HTTP": (await ask.http(`/v1/listening/${what}`)).pagination.total }
            : {}),
        }).toEqual(equalNumbers);
      }
    }
  });

  test("names an album the same in every period and everywhere", async () => {
    const all = (await ask.json("top", "--all")).data;
    const names = new Set<string>(
      all.map((row: Json) => formatArtistAndTitle({ artist: row.artist_name, title: row.album_name })),
    );
    expect([...names].filter((name) => name.endsWith("Summer Street Songs"))).toEqual(
      shelf === "demo" ? [] : ["Various Artists · Summer Street Songs"],
    );
    const recent: readonly Json[] = (await ask.http("/v1/listening/recent/albums?limit=20")).data;
    const answers: Record<string, readonly Json[]> = {
      "albums over HTTP": (await ask.http("/v1/listening/albums?limit=100")).data,
      "recent albums over HTTP": recent.map(({ album, artist }) => ({ ...album, artist })),
    };
    expect(new Set(recent.map(({ album, artist }) => `${artist.name} · ${album.name}`)).size).toBe(
      recent.length,
    );
    for (const [from, to] of [
      ["2025-01-01", "2025-12-31"],
      ["2025-08-01", "2025-08-31"],
      ["2025-09-01", "2025-09-30"],
      [formatDayBefore(7), formatDayBefore(1)],
    ]) {
      const [during, query] = [`${from}..${to}`, `from=${from}&to=${to}&limit=50`];
      Object.assign(answers, {
        [`top ${during}`]: (await ask.json("top", "--during", during, "--all")).data,
        [`top over MCP ${during}`]: (await ask.tool("top", { during, limit: 50 })).data,
        [`top over HTTP ${during}`]: (await ask.http(`/v1/listening/top?during=${during}&limit=100`)).data,
        [`hosted top ${during}`]: (await ask.http(`/v1/listening/top/albums?${query}`)).data,
        [`recap ${during}`]: (await ask.json("recap", during)).top_albums,
        [`recap over MCP ${during}`]: (await ask.tool("recap", { during })).top_albums,
        [`gaps ${during}`]: (await ask.json("gaps", "--during", during, "--plays", "1..", "--all")).data.map(
          ({ album }: Json) => album,
        ),
      });
    }
    answers.glance = [(await ask.json()).last_week.most_played_album];
    const others = Object.entries(answers).flatMap(([source, rows]) =>
      rows
        .map((row) =>
          formatArtistAndTitle({
            artist: row.detail ?? row.artist?.name ?? row.artist_name,
            title: row.album_name ?? row.name,
          }),
        )
        .filter((name) => !names.has(name))
        .map((name) => `${source}: ${name}`),
    );
    expect(others).toEqual([]);
  });

  test("counts plays, albums and days of a year the same everywhere", async () => {
    const year = await ask.http("/v1/listening/year/2025");
    const listed = (await ask.http("/v1/listening/years")).data.find((each: Json) => each.year === 2025);
    const readTrend = async (metric: string): Promise<readonly Json[]> =>
      (await ask.http(`/v1/listening/trends?metric=${metric}&from=2025-01-01&to=2025-12-31`)).data;
    const recap = await ask.json("recap", "2025");
    expect({
      recap: recap.plays,
      stats: (await ask.json("stats", "--during", "2025")).scrobbles,
      "months of the recap": sumBy(recap.months, "plays"),
      "year over HTTP": year.total_scrobbles,
      "years over HTTP": listed.total_scrobbles,
      "trend over HTTP": sumBy(await readTrend("scrobbles"), "value"),
      "calendar over HTTP": (await ask.http("/v1/listening/calendar?year=2025")).total,
      "history over HTTP": (await ask.http("/v1/listening/history?from=2025-01-01&to=2025-12-31")).pagination
        .total,
    }).toEqual(equalNumbers);
    expect({
      top: (await ask.json("top", "--during", "2025")).summary.total,
      "year over HTTP": year.unique_albums,
      "years over HTTP": listed.unique_albums,
    }).toEqual(equalNumbers);
    const months = (await ask.tool("plays_by_month", { months: 12 })).data;
    const message = new Map<string, number>(months.map(({ month, plays }: Json) => [month, plays]));
    const trends = (await readTrend("scrobbles")).filter(({ period }) => message.has(period));
    expect(trends.map(({ period, value }) => [period, value])).toEqual(
      trends.map(({ period }) => [period, message.get(period)]),
    );
    expect({
      recap: (await ask.json("recap", "2000..")).longest_row.days,
      "streaks over HTTP": (await ask.http("/v1/listening/streaks")).longest.days,
    }).toEqual(equalNumbers);
  });

  test("averages the days of a month in progress the same everywhere", async () => {
    const text = await ask.text("recap", "this-month");
    const today = new Date(noon).getDate();
    expect(text).toMatch(new RegExp(`^1 Mar 2026 to ${today} Mar 2026 · .* \\(usual: `));
    expect((await ask.json("recap", "this-month")).usual_plays).toBe(
      (await ask.json("recap", `2026-03-01..${formatDayBefore(0)}`)).usual_plays,
    );
  });
});

test("counts the records that an alias changed", async () => {
  vi.stubEnv("TZ", "UTC");
  const home = mkdtempSync(join(tmpdir(), "rewind-home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  await fillShelf("made by hand", home);
  // Asked again each time.
  const readJson = async (...argv: string[]): Promise<Json> => runCliJson([...argv, "--json"], { home });
  const readMatches = async (): Promise<string[]> =>
    Promise.all(
      handMadeRecords.map(async (_, at) => {
        const { decision, credited } = await readJson("explain", String(at + 1));
        return JSON.stringify([decision.match_type, credited.map(({ id }: Json) => id)]);
      }),
    );
  const before = await readMatches();
  const added = await readJson("alias", "Afro Kings", "Afro Queens");
  const after = await readMatches();
  const seen = after.filter((match, at) => match !== before[at]).length;
  const removed = await readJson("alias", "remove", "Afro Kings");
  expect({ seen, added: added.records_changed, removed: removed.records_changed }).toEqual(equalNumbers);
});
