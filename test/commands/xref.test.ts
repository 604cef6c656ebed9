import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readContract } from "../support/contract-schema.ts";
import { fillCache, record, sitting, type Filling } from "../support/filled-cache.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const single = [{ name: "Vinyl", quantity: 1, text: "", descriptions: ['7"', "Single"] }];
const boxed = [{ name: "Box Set", quantity: 1, text: "", descriptions: ["Compilation"] }];

function shelf(): Filling {
  return {
    folders: [
      { id: 0, name: "All" },
      { id: 1, name: "Uncategorized" },
      { id: 2, name: "Jazz" },
    ],
    records: [
      record({ artist: "Can", title: "Tago Mago", year: 1971, rating: 5 }),
      record({ artist: "Can", title: "Landed", year: 1975 }),
      record({ artist: "Can (2)", title: "Vitamin C", year: 1972, formats: single }),
      record({ artist: "Miles Davis", title: "Agharta", year: 1976, genres: ["Jazz"], folderId: 2 }),
      record({
        artist: "Miles Davis",
        title: "The Complete Box",
        year: 1981,
        formats: boxed,
        genres: ["Jazz"],
      }),
      record({ artist: "Somebody Unheard", title: "=Formula", year: null }),
    ],
    plays: [
      ...sitting("Can", "Tago Mago", { from: "2025-08-01T20:00:00Z", tracks: 7 }),
      ...sitting("Can", "Tago Mago", { from: "2020-02-01T20:00:00Z", tracks: 7 }),
      ...sitting("Can", "Future Days", { from: "2025-09-01T20:00:00Z", tracks: 4 }),
      ...sitting("Miles Davis", "Agharta 2", { from: "2019-01-01T20:00:00Z", tracks: 3 }),
      ...sitting("Miles Davis", "Kind Of Blue", { from: "2019-02-01T20:00:00Z", tracks: 5 }),
    ],
  };
}

let home: string;

beforeEach(() => {
  home = tempDirectory("rewind-home");
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function xref(
  args: readonly string[],
  options: { tty?: boolean; columns?: number } = {},
): Promise<CliResult> {
  return runCli(["xref", ...args], { home, env: { NO_COLOR: "1" }, ...options });
}

async function contract(...args: string[]): Promise<ReturnType<typeof readContract>> {
  return readContract((await xref([...args, "--json"])).stdout);
}

/** Titles of a `--as ndjson` run. */
async function titles(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await xref([...args, "--as", "ndjson"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { title: string }).title);
}

test("repeating a filter widens it, another filter narrows it, --not-… excludes", async () => {
  await fillCache(home, shelf());
  expect(await titles("--genre", "jazz", "--sort", "title")).toEqual(["Agharta", "The Complete Box"]);
  expect(await titles("--genre", "jazz", "--kind", "album")).toEqual(["Agharta"]);
  expect(await titles("--kind", "box", "--kind", "single", "--sort", "title")).toEqual([
    "The Complete Box",
    "Vitamin C",
  ]);
  expect(await titles("--artist", "can", "--not-kind", "single", "--sort", "year")).toEqual([
    "Tago Mago",
    "Landed",
  ]);
  expect(await titles("--folder", "jazz")).toEqual(["Agharta"]);
  expect(await titles("--folder", "all")).toHaveLength(shelf().records?.length ?? 0);
  expect(await titles("--not-folder", "All")).toEqual([]);
});

test("the JSON has its documented fields, and its summary covers the whole collection", async () => {
  await fillCache(home, shelf());
  const { stdout } = await xref(["--genre", "Jazz", "--sort", "artist-plays", "--json"]);
  const { data, summary, pagination } = readContract(stdout);
  expect(data.map(({ collection }) => collection.title)).toEqual(["Agharta", "The Complete Box"]);
  expect(pagination).toEqual({ page: 1, limit: 20, total: 2, total_pages: 1 });
  expect(summary).toEqual(readContract((await xref(["--json"])).stdout).summary);
});

test("--during counts only the plays of its span, in rows and summary", async () => {
  await fillCache(home, shelf());
  const ever = await contract();
  const lately = await contract("--during", "1y");
  expect(ever.data[0]?.listening).toMatchObject({ play_count: 14 });
  expect(lately.data[0]?.listening).toMatchObject({ play_count: 7 });
  expect(lately.data[0]?.listening.last_played).toBe(ever.data[0]?.listening.last_played);
  expect(lately.summary).toMatchObject({ unlistened_count: 5, total_matches: ever.summary.total_matches });
  expect((await contract("--during", "2021")).summary).toMatchObject({ unlistened_count: 6, listen_rate: 0 });
  const neglected = await contract("--during", "2021", "--filter", "unlistened");
  expect(neglected.pagination.total).toBe(6);
  // Never is never, whatever the span.
  expect((await contract("--during", "2021", "--never")).pagination.total).toBe(5);
});

/** Of the lines on a terminal. */
async function titlesOn(...args: string[]): Promise<string[]> {
  const { stdout } = await xref(args, { tty: true, columns: 100 });
  return (
    stdout
      .split("\n\n")[0]
      ?.split("\n")
      .slice(2)
      .map(
        (line) => /(?:Tago Mago|Neu! 2|Faust IV|Zuckerzeit|Affenstunde)(?: ×\d)?/.exec(line)?.[0] ?? line,
      ) ?? []
  );
}

describe("copies of one album share a line on a terminal", () => {
  const cd = [{ name: "CD", quantity: 1, text: "", descriptions: ["Album"] }];
  /** Five albums; the second has three copies, bought years apart, and was never played. */
  const copies = (): Filling => ({
    records: [
      record({ artist: "Can", title: "Tago Mago", dateAdded: "2021-01-01T12:00:00+00:00" }),
      record({ artist: "Neu!", title: "Neu! 2", formats: cd, dateAdded: "2024-01-01T12:00:00+00:00" }),
      record({ artist: "Faust", title: "Faust IV", dateAdded: "2023-01-01T12:00:00+00:00" }),
      record({ artist: "NEU!", title: "Neu! 2", dateAdded: "2022-06-01T12:00:00+00:00" }),
      record({ artist: "Cluster", title: "Zuckerzeit", dateAdded: "2022-01-01T12:00:00+00:00" }),
      record({ artist: "Neu!", title: "Neu 2", formats: cd, dateAdded: "2020-01-01T12:00:00+00:00" }),
      record({ artist: "Popol Vuh", title: "Affenstunde", dateAdded: "2019-01-01T12:00:00+00:00" }),
    ],
    plays: sitting("Can", "Tago Mago", { from: "2025-08-01T20:00:00Z", tracks: 7 }),
  });
  const all = ["Tago Mago", "Neu! 2 ×3", "Faust IV", "Zuckerzeit", "Affenstunde"];

  test.each([1, 2, 3, 4, 5, 100])("with %i lines a page, no album is repeated or split", async (limit) => {
    await fillCache(home, copies());
    const pages: string[] = [];
    for (let page = 1; page <= Math.ceil(all.length / limit); page += 1) {
      pages.push(...(await titlesOn("--limit", String(limit), "--page", String(page))));
    }
    expect(pages).toEqual(all);
    const past = String(Math.ceil(all.length / limit) + 1);
    const { stdout } = await xref(["--limit", String(limit), "--page", past], { tty: true });
    expect(stdout).toContain(`Page ${past} is past the end: 7 records on `);
  });

  test("the line shows all formats, and the footer counts lines and records", async () => {
    await fillCache(home, copies());
    const { stdout } = await xref(["--limit", "2"], { tty: true, columns: 120 });
    expect(stdout).toMatch(/Neu! 2 ×3 +CD\+LP /);
    expect(stdout.replace(/\n/g, " ")).toContain(
      "Page 1 of 3 (2 of 5 lines, 4 of 7 records; copies of one album share a line) · next: --page 2 or --all",
    );
    expect((await xref(["--all"], { tty: true, columns: 120 })).stdout).toContain(
      "5 lines, 7 records · copies of",
    );
  });

  test("JSON, a pipe and --copies list every copy", async () => {
    await fillCache(home, copies());
    const { data, pagination } = await contract("--limit", "3");
    expect(data).toHaveLength(3);
    expect(pagination).toEqual({ page: 1, limit: 3, total: 7, total_pages: 3 });
    expect((await xref([])).stdout.trimEnd().split("\n")).toHaveLength(7);
    expect((await xref(["--limit", "3"])).stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(await titlesOn("--copies", "--limit", "3")).toEqual(["Tago Mago", "Neu! 2", "Faust IV"]);
  });
});

describe("--during limits plays, spins and last plays to the span", () => {
  type Line = Readonly<Record<string, unknown>>;
  const tago = async (...args: string[]): Promise<Line | undefined> => {
    const { stdout } = await xref([...args, "--as", "ndjson"]);
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line)
      .find(({ title }) => title === "Tago Mago");
  };

  test("in the columns of every format except the documented JSON", async () => {
    await fillCache(home, shelf());
    expect(await tago()).toMatchObject({ play_count: 14, spins: 2, last_played: "2025-08-01T20:24:00Z" });
    expect(await tago("--during", "2020")).toMatchObject({
      play_count: 7,
      spins: 1,
      last_played: "2020-02-01T20:24:00Z",
    });
    expect(await tago("--during", "2021")).toMatchObject({ play_count: 0, spins: 0, last_played: null });
    for (const form of ["csv", "tsv"]) {
      expect((await xref(["--during", "2020", "--as", form])).stdout).toContain("2020-02-01T20:24:00Z");
    }
    const table = (await xref(["--during", "2020"], { tty: true, columns: 120 })).stdout;
    expect(table).toMatch(/Tago Mago +LP +1971 +7 +1 {2}2020-02-01/);
    const { data } = await contract("--during", "2020");
    expect(data[0]?.listening).toMatchObject({ play_count: 7, last_played: "2025-08-01T20:24:00Z" });
  });

  test("in filters and sort orders", async () => {
    await fillCache(home, shelf());
    expect(await titles("--during", "2020", "--spins", "2..")).toEqual([]);
    expect(await titles("--during", "2020", "--spins", "1")).toEqual(["Tago Mago"]);
    expect(await titles("--during", "2020", "--last-played", "2020")).toEqual(["Tago Mago"]);
    expect(await titles("--during", "2020", "--last-played", "2025")).toEqual([]);
    expect((await titles("--during", "2019", "--sort", "last-played"))[0]).toBe(
      (await titles("--during", "2019", "--sort", "plays"))[0],
    );
    // The documented JSON tells the last play of all time: it is filtered by what it tells.
    expect((await contract("--during", "2020", "--last-played", "2025")).data).toHaveLength(1);
    expect((await xref(["--help"])).stdout.replace(/\s+/g, " ")).toContain(
      "--never and last_played in JSON still cover all time",
    );
  });
});

describe("what needs the listening history", () => {
  test("without it the spins column is missing, and the footer says why", async () => {
    await fillCache(home, { ...shelf(), history: false });
    const { stdout } = await xref([], { tty: true, columns: 120 });
    expect(stdout.split("\n")[0]).not.toContain("Spins");
    expect(stdout).toContain("Spins, Last: not known yet. To fetch your listening history: rewind sync");
    const csv = (await xref(["--as", "csv"])).stdout.split("\r\n");
    expect(csv[0]).toContain(",spins,");
  });

  test("with it the spins column is shown", async () => {
    await fillCache(home, shelf());
    const [header, , first] = (await xref([], { tty: true, columns: 120 })).stdout.split("\n");
    expect(header).toMatch(/Plays Spins {2}Last/);
    expect(first).toMatch(/Tago Mago +LP +1971 +14 +2 {2}2025-08-01/);
  });
});

test("--never --sort artist-plays shows plays of other albums, near misses and what is not listed", async () => {
  await fillCache(home, shelf());
  const args = ["--never", "--kind", "album", "--sort", "artist-plays"];
  const { stdout } = await xref(args, { tty: true, columns: 100 });
  const lines = stdout.split("\n").map((line) => line.trimEnd());
  expect(lines[0]).toMatch(/^ *# +Artist +Title +Form +Year +Others Close {2}Added$/);
  expect(lines.slice(2, 5).map((line) => line.replace(/^ *\d+ +/, "").replace(/ {2,}/g, " | "))).toEqual([
    "Can | Landed | LP | 1975 | 18 | 2020-05-01",
    "Miles Davis | Agharta | LP | 1976 | 8 | 3 | 2020-05-01",
    "Somebody Unheard | =Formula | LP | 0 | 2020-05-01",
  ]);
  expect(stdout).toContain("\n3 records found\n");
  expect(stdout).toContain("Not listed: 1 single, 1 box set (--kind any)");
  expect(stdout).toContain("Others: plays of the artist's other albums · Close: plays of a possible match");
});

test("kinds that do not fit on a line become one number", async () => {
  await fillCache(home, shelf());
  const { stdout } = await xref(["--kind", "album"], { tty: true, columns: 42 });
  expect(stdout).toContain("Not listed: 2 of other kinds (--kind any)\n");
});

test("--as writes every row unless the user asks for a page", async () => {
  await fillCache(home, shelf());
  const csv = (await xref(["--as", "csv"], { tty: true })).stdout;
  expect(csv.split("\r\n")).toHaveLength(8);
  expect(csv).toMatch(/^id,release_id,master_id,artist,title,year,kind,form,format,label,catalog_number,/);
  expect((await xref(["--as", "csv", "--limit", "2"])).stdout.split("\r\n")).toHaveLength(4);
  expect((await xref(["--as", "csv", "--safe-csv"])).stdout).toContain(",'=Formula,");
  expect((await xref(["--as", "tsv"])).stdout.split("\n")).toHaveLength(8);
  expect((await xref(["--as", "markdown"])).stdout.split("\n")).toHaveLength(9);
  expect((await xref(["--as", "json"])).stdout).toBe((await xref(["--json"])).stdout);
  expect((await xref(["--as", "table"])).stdout).toBe((await xref([])).stdout);
});

test.each([
  [["--genre", "polka"], /^rewind: no record carries the genre "polka"\nYours: "Rock", "Jazz"\n/],
  [["--folder", "Jaz"], /^rewind: no folder "Jaz"\. Did you mean "Jazz"\?\nYours: /],
  [["--year", "seventies"], /^rewind: --year takes 1970s, /],
  [["--during", "last year"], /^rewind: --during takes a span of time, not "last year"\n/],
  [["--json", "--as", "csv"], /^rewind: --json and --as csv can't be combined\n/],
  [["--safe-csv"], /^rewind: --safe-csv needs --as csv\n/],
])("%j is an error that says what would be right", async (args, message) => {
  await fillCache(home, shelf());
  const { code, stdout, stderr } = await xref(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(3);
});

test("a filter that fits nothing gives an empty answer", async () => {
  await fillCache(home, shelf());
  const { code, stdout } = await xref(["--genre", "Jazz", "--year", "1999"], { tty: true });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "No record fits --genre and --year together; 2 without --year.\n",
  });
  const told = async (...args: string[]): Promise<string> => (await xref(args, { tty: true })).stdout;
  expect(await told("--not-kind", "single", "--year", "1972", "--artist", "can")).toBe(
    "No record fits --artist, --not-kind and --year together; 2 without --year, 1\nwithout --not-kind.\n",
  );
  expect(await told("--year", "1999", "--rating", "5", "agharta")).toBe(
    "No record fits the words, --year and --rating together, nor without any one of\nthem.\n",
  );
  expect(await told("--genre", "Jazz", "--year", "1976")).toMatch(/^1 record found/m);
  const json = await xref(["--genre", "Jazz", "--year", "1999", "--json"]);
  expect(readContract(json.stdout)).toMatchObject({ data: [], pagination: { total: 0, total_pages: 0 } });
});

describe("--per-artist", () => {
  const heard = [
    ...sitting("Can", "C", { from: "2026-02-01T20:00:00Z", tracks: 9 }),
    ...sitting("Can", "B", { from: "2026-02-02T20:00:00Z", tracks: 5 }),
    ...sitting("Neu!", "E", { from: "2026-02-03T20:00:00Z", tracks: 7 }),
  ];
  const owned = [
    ...["A", "B", "C"].map((title) => record({ artist: "Can", title })),
    ...["D", "E"].map((title) => record({ artist: "Neu!", title, genres: ["Jazz"] })),
    record({ artist: "Faust", title: "F" }),
  ];

  beforeEach(() => fillCache(home, { records: owned, plays: heard }));

  test.each<readonly [string, string, number, readonly string[]]>([
    ["the first of each, in the list's order", "CEF", 3, ["--per-artist", "1", "--sort", "plays"]],
    ["two of each", "CEBDF", 5, ["--per-artist", "2", "--sort", "plays"]],
    ["by title", "ABDEF", 5, ["--per-artist", "2", "--sort", "title"]],
    ["the other way round", "FEDCB", 5, ["--per-artist", "2", "--sort", "title", "--reverse"]],
    ["of what the other filters leave", "D", 1, ["--per-artist", "1", "--never", "--genre", "Jazz"]],
    ["before the pages are made", "B", 5, ["--per-artist", "2", "--limit", "1", "--page", "3"]],
    ["within a span", "EB", 2, ["--per-artist", "1", "--during", "2026-02-02..", "--filter", "listened"]],
    ["more than there are", "ABCDEF", 6, ["--per-artist", "9", "--sort", "title"]],
  ])("%s", async (_, expected, total, argv) => {
    const { data, pagination } = readContract((await xref([...argv, "--json"])).stdout);
    expect(data.map(({ collection }) => collection.title).join("")).toBe(expected);
    expect(pagination.total).toBe(total);
  });

  test("limits tables and other formats, and refuses a bad number", async () => {
    const { stdout } = await xref(["--per-artist", "1"], { tty: true, columns: 100 });
    expect(stdout).toContain("3 records found");
    expect(stdout).toMatch(/Can +C .* 2$/m);
    expect(stdout).toContain("More: 3 records by these artists not listed, --per-artist all");
    expect((await xref(["--per-artist", "1", "--as", "tsv"])).stdout.trimEnd().split("\n")).toHaveLength(4);
    expect(await xref(["--per-artist", "0"])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("--sort artist-plays", () => {
  const joint = [
    { id: null, name: "Can", anv: "", join: "&" },
    { id: null, name: "Neu!", anv: "", join: "" },
  ];
  const owned = [
    record({ artists: joint, title: "Together" }),
    ...["Alpha", "Beta", "Gamma", "Delta"].map((title) => record({ artist: "Can", title })),
    record({ artist: "Can", title: "Delta" }),
    ...["Epsilon", "Zeta"].map((title) => record({ artist: "Neu!", title })),
    ...["One", "Two", "Three"].map((title) => record({ artist: "Various", title })),
  ];
  const heard = [
    ...sitting("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 9 }),
    ...sitting("Neu!", "Neu! 2", { from: "2026-02-02T20:00:00Z", tracks: 5 }),
  ];
  const sorted = ["--never", "--sort", "artist-plays"];
  const shown = async (...argv: string[]): Promise<string[]> => {
    const { stdout } = await xref([...sorted, ...argv], { tty: true, columns: 100 });
    return [...stdout.matchAll(/^ *\d+ .*?(\w+)(?: ×2)? +LP.*$/gm)].map(([, title = ""]) => title);
  };
  const all = ["Together", "Alpha", "Beta", "Delta", "Gamma", "Epsilon", "Zeta", "One", "Three", "Two"];

  beforeEach(() => fillCache(home, { records: owned, plays: heard }));

  test("a terminal shows two records per artist, joint credits included, and how many more there are", async () => {
    expect(await shown()).toEqual(["Together", "Alpha", "Epsilon", "One", "Three", "Two"]);
    const { stdout } = await xref(sorted, { tty: true, columns: 100 });
    const lines = stdout.split("\n").map((line) => line.trimEnd().replace(/ {2,}/g, " | "));
    expect(lines[0]).toMatch(/\| More$/);
    expect(lines[2]).toMatch(/Together \| .*2020-05-01$/);
    expect(lines[3]).toMatch(/Can \| Alpha \| .*2020-05-01 \| 4$/);
    expect(lines[4]).toMatch(/Neu! \| Epsilon \| .*2020-05-01 \| 1$/);
    expect(stdout).toContain("6 records found");
    expect(stdout).toContain("More: 5 records by these artists not listed, --per-artist all");
  });

  test("--per-artist and --artist change that", async () => {
    expect(await shown("--per-artist", "all")).toEqual(all);
    expect(await shown("--per-artist", "1")).toEqual(["Together", "One", "Three", "Two"]);
    expect(await shown("--artist", "can")).toEqual(["Together", "Alpha", "Beta", "Delta", "Gamma"]);
    expect((await xref(["--never", "--sort", "title"], { tty: true })).stdout).toContain("11 records");
    const { stdout } = await xref([...sorted, "--per-artist", "all"], { tty: true, columns: 100 });
    expect(stdout).not.toContain("More");
  });

  test("JSON, CSV and a pipe list every record", async () => {
    expect(readContract((await xref([...sorted, "--json"])).stdout).pagination.total).toBe(11);
    for (const form of ["csv", "tsv", "ndjson"]) {
      const { stdout } = await xref([...sorted, "--as", form], { tty: true });
      expect(stdout.match(/Delta|Zeta/g)).toHaveLength(3);
    }
    expect((await xref(sorted)).stdout.trimEnd().split("\n")).toHaveLength(11);
    const two = readContract((await xref([...sorted, "--json", "--per-artist", "2"])).stdout);
    expect(two.data.map(({ collection }) => collection.title)).toEqual([
      "Together",
      "Alpha",
      "Epsilon",
      "One",
      "Three",
      "Two",
    ]);
    expect(two.pagination.total).toBe(6);
  });
});

test("a list of records without plays suggests a better sort order", async () => {
  await fillCache(home, shelf());
  const hint = "None of these has a play. Favourite artists first: --sort artist-plays";
  const shown = async (...argv: string[]): Promise<boolean> =>
    (await xref(argv, { tty: true, columns: 100 })).stdout.includes(hint);
  expect(await shown("--sort", "plays", "--filter", "unlistened")).toBe(true);
  expect(await shown("--never")).toBe(true);
  expect(await shown("--never", "--sort", "artist-plays")).toBe(false);
  expect(await shown("--filter", "listened")).toBe(false);
});
