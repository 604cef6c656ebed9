import { describe, expect, test } from "vitest";
import { parseContractDocument } from "../support/contract-schema.ts";
import {
  boxSet,
  cd,
  createSharedHome,
  buildRecord,
  single,
  buildAlbumPlays,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { requireError } from "../support/run-cli.ts";

const filling = {
  folders: [
    { id: 0, name: "All" },
    { id: 1, name: "Uncategorized" },
    { id: 2, name: "Jazz" },
  ],
  records: [
    buildRecord({ artist: "Can", title: "Tago Mago", year: 1971, rating: 5 }),
    buildRecord({ artist: "Can", title: "Landed", year: 1975 }),
    buildRecord({ artist: "Can (2)", title: "Vitamin C", year: 1972, formats: single }),
    buildRecord({ artist: "Miles Davis", title: "Agharta", year: 1976, genres: ["Jazz"], folderId: 2 }),
    buildRecord({
      artist: "Miles Davis",
      title: "The Complete Box",
      year: 1981,
      formats: boxSet,
      genres: ["Jazz"],
    }),
    buildRecord({ artist: "Somebody Unheard", title: "=Formula", year: null }),
  ],
  plays: [
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-08-01T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2020-02-01T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Can", "Future Days", { from: "2025-09-01T20:00:00Z", tracks: 4 }),
    ...buildAlbumPlays("Miles Davis", "Agharta 2", { from: "2019-01-01T20:00:00Z", tracks: 3 }),
    ...buildAlbumPlays("Miles Davis", "Kind Of Blue", { from: "2019-02-01T20:00:00Z", tracks: 5 }),
  ],
};

type Row = Readonly<Record<string, unknown>>;

function createXrefRunner(home: string) {
  const { run, screen } = createCommandRunner("xref", home);
  const runContract = async (...argv: string[]): Promise<ReturnType<typeof parseContractDocument>> =>
    parseContractDocument((await run([...argv, "--json"])).stdout);
  const runRows = async (...argv: string[]): Promise<Row[]> => {
    const { code, stdout, stderr } = await run([...argv, "--as", "ndjson"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row);
  };
  /** Lines of a pipe. */
  const readPipeLines = async (...argv: string[]): Promise<string[]> =>
    (await run(argv)).stdout.trimEnd().split(/\r?\n/);
  return { run, screen, contract: runContract, rows: runRows, lines: readPipeLines };
}

const { run, screen, contract, rows, lines } = createXrefRunner(createSharedHome(filling));

test.each([
  ["--genre jazz --sort title", "Agharta, The Complete Box"],
  ["--genre jazz --kind album", "Agharta"],
  ["--kind box --kind single --sort title", "The Complete Box, Vitamin C"],
  ["--artist can --not-kind single --sort year", "Tago Mago, Landed"],
  ["--folder jazz", "Agharta"],
  ["--folder all --kind single", "Vitamin C"],
  ["--not-folder All", ""],
  ["--during 2020 --spins 2..", ""],
  ["--during 2020 --spins 1", "Tago Mago"],
  ["--during 2020 --last-played 2020", ""],
  ["--during 2020 --last-played 2025", "Tago Mago"],
])("rewind xref %s lists the expected records", async (line, titles) => {
  expect((await rows(...line.split(" "))).map(({ title }) => title).join(", ")).toBe(titles);
});

test("the JSON has its documented fields, and its summary covers the whole collection", async () => {
  const { data, summary, pagination } = await contract("--genre", "Jazz", "--sort", "artist-plays");
  expect(data.map(({ collection }) => collection.title)).toEqual(["Agharta", "The Complete Box"]);
  expect(pagination).toEqual({ page: 1, limit: 20, total: 2, total_pages: 1 });
  expect(summary).toEqual((await contract()).summary);
});

test("--during counts only the plays of its period, in rows and summary", async () => {
  const [ever, lately] = [await contract(), await contract("--during", "1y")];
  expect(ever.data[0]?.listening).toMatchObject({ play_count: 14 });
  expect(lately.data[0]?.listening).toMatchObject({ play_count: 7 });
  expect(lately.data[0]?.listening.last_played).toBe(ever.data[0]?.listening.last_played);
  expect(lately.summary).toMatchObject({ unlistened_count: 5, total_matches: ever.summary.total_matches });
  expect((await contract("--during", "2021")).summary).toMatchObject({ unlistened_count: 6, listen_rate: 0 });
  const neglected = await contract("--during", "2021", "--filter", "unlistened");
  expect(neglected.pagination.total).toBe(6);
  // Never is never, whatever the span.
  expect((await contract("--during", "2021", "--never")).pagination.total).toBe(5);
  // The documented JSON tells the last play of all time: it is filtered by what it tells.
  const { data } = await contract("--during", "2020", "--last-played", "2025");
  expect(data.map(({ listening }) => [listening.play_count, listening.last_played])).toEqual([
    [7, "2025-08-01T20:24:00Z"],
  ]);
  expect(await screen("--during", "2020")).toMatch(/Tago Mago +LP +1971 +7 +1 {2}2020-02-01/);
});

const formatPurchaseDate = (year: number): string => `${year}-01-01T12:00:00+00:00`;

describe("copies of one album on a terminal", () => {
  /** Five albums; the second has three copies, bought years apart, and was never played. */
  const copies = createXrefRunner(
    createSharedHome({
      records: [
        buildRecord({ artist: "Can", title: "Tago Mago", dateAdded: formatPurchaseDate(2021) }),
        buildRecord({ artist: "Neu!", title: "Neu! 2", formats: cd, dateAdded: formatPurchaseDate(2025) }),
        buildRecord({ artist: "Faust", title: "Faust IV", dateAdded: formatPurchaseDate(2024) }),
        buildRecord({ artist: "NEU!", title: "Neu! 2", dateAdded: formatPurchaseDate(2023) }),
        buildRecord({ artist: "Cluster", title: "Zuckerzeit", dateAdded: formatPurchaseDate(2022) }),
        buildRecord({ artist: "Neu!", title: "Neu 2", formats: cd, dateAdded: formatPurchaseDate(2020) }),
        buildRecord({ artist: "Popol Vuh", title: "Affenstunde", dateAdded: formatPurchaseDate(2019) }),
      ],
      plays: buildAlbumPlays("Can", "Tago Mago", { from: "2025-08-01T20:00:00Z", tracks: 7 }),
    }),
  );
  const all = ["Tago Mago", "Neu! 2 ×3", "Faust IV", "Zuckerzeit", "Affenstunde"];
  const readTitles = async (...argv: string[]): Promise<string[]> =>
    ((await copies.screen(...argv)).split("\n\n")[0] ?? "")
      .split("\n")
      .slice(2)
      .map((line) => /(?:Tago Mago|Neu! 2|Faust IV|Zuckerzeit|Affenstunde)(?: ×\d)?/.exec(line)?.[0] ?? line);

  test.each([1, 2, 3, 100])("with %i lines a page, no album is repeated or split", async (limit) => {
    const pages: string[] = [];
    const count = Math.ceil(all.length / limit);
    const buildPageFlags = (page: number): string[] => ["--limit", String(limit), "--page", String(page)];
    for (let page = 1; page <= count; page += 1) pages.push(...(await readTitles(...buildPageFlags(page))));
    expect(pages).toEqual(all);
    expect(await copies.screen(...buildPageFlags(count + 1))).toContain(
      `Page ${count + 1} is past the end: 7 records on `,
    );
  });

  test("the line shows all formats, and the footer counts lines and records", async () => {
    const { stdout } = await copies.run(["--limit", "2"], { tty: true, columns: 120 });
    expect(stdout).toMatch(/Neu! 2 ×3 +CD\+LP /);
    expect(stdout.replace(/\n/g, " ")).toContain(
      "Page 1 of 3 (2 of 5 lines, 7 records) · copies of one album share a line · next: --page 2 or --all",
    );
    expect(await copies.screen("--all")).toContain("7 records · copies of");
  });

  test("JSON, a pipe and --copies list every copy", async () => {
    const { data, pagination } = await copies.contract("--limit", "3");
    expect(data).toHaveLength(3);
    expect(pagination).toEqual({ page: 1, limit: 3, total: 7, total_pages: 3 });
    expect(await copies.lines()).toHaveLength(7);
    expect(await copies.lines("--limit", "3")).toHaveLength(3);
    expect(await readTitles("--copies", "--limit", "3")).toEqual(["Tago Mago", "Neu! 2", "Faust IV"]);
  });
});

test("the spins column needs the history, and without it the footer says so", async () => {
  const early = createXrefRunner(await createFilledHome({ ...filling, history: false }));
  const { stdout } = await early.run([], { tty: true, columns: 120 });
  expect(stdout.split("\n")[0]).not.toContain("Spins");
  expect(stdout).toContain("Spins, Last: not known yet. To fetch your listening history: rewind sync");
  expect((await early.lines("--as", "csv"))[0]).toContain(",spins,");
  const [header, , first] = (await run([], { tty: true, columns: 120 })).stdout.split("\n");
  expect(header).toMatch(/Plays Spins {2}Last/);
  expect(first).toMatch(/Tago Mago +LP +1971 +14 +2 {2}2025-08-01/);
});

test("--never --sort artist-plays shows plays of other albums, near misses and what is not listed", async () => {
  const stdout = await screen("--never", "--kind", "album", "--sort", "artist-plays");
  const [header, , ...found] = stdout.split("\n").map((line) => line.trimEnd());
  expect(header).toMatch(/^ *# +Artist +Title +Form +Year +Others Close {2}Added$/);
  expect(found.slice(0, 3).map((line) => line.replace(/^ *\d+ +/, "").replace(/ {2,}/g, " | "))).toEqual([
    "Can | Landed | LP | 1975 | 18 | 2020-05-01",
    "Miles Davis | Agharta | LP | 1976 | 8 | 3 | 2020-05-01",
    "Somebody Unheard | =Formula | LP | 0 | 2020-05-01",
  ]);
  expect(stdout).toContain("\n3 records\n");
  expect(stdout).toContain("Not listed: 1 box set, 1 single (--kind any)");
  expect(stdout).toContain("Others: plays of the artist's other albums · Close: plays of a possible match");
});

test("--as writes every row unless the user asks for a page", async () => {
  const csv = (await run(["--as", "csv"], { tty: true })).stdout;
  expect(csv.split("\r\n")).toHaveLength(8);
  expect(csv).toMatch(/^id,release_id,master_id,artist,title,year,kind,form,format,label,catalog_number,/);
  expect(await lines("--as", "csv", "--limit", "2")).toHaveLength(3);
  expect((await run(["--as", "csv", "--safe-csv"])).stdout).toContain(",'=Formula,");
  expect(await lines("--as", "tsv")).toHaveLength(7);
  expect(await lines("--as", "markdown")).toHaveLength(8);
  expect((await run(["--as", "json"])).stdout).toBe((await run(["--json"])).stdout);
  expect((await run(["--as", "table"])).stdout).toBe((await run([])).stdout);
});

test.each([
  ["--genre polka", /^rewind: no record carries the genre "polka"\nYours: "Rock", "Jazz"\n/],
  ["--folder Jaz", /^rewind: no folder "Jaz"\. Did you mean "Jazz"\?\nYours: /],
  ["--year seventies", /^rewind: --year takes 1970s, /],
  ["--during last_year", /^rewind: --during takes a span of time, not "last_year"\n/],
  ["--json --as csv", /^rewind: --json and --as csv can't be combined\n/],
  ["--safe-csv", /^rewind: --safe-csv needs --as csv\n/],
  ["--columns ,", /^rewind: unknown value "" for --columns\nAllowed: id, /],
  ["--per-artist 0", /^rewind: --per-artist takes /],
])("rewind xref %s is an error that says what would be right", async (line, message) => {
  const stderr = requireError(await run(line.split(" ")), 2);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(3);
});

test.each([
  ["--genre Jazz --year 1999", "No record fits --genre and --year; 2 without --year.\n"],
  [
    "--not-kind single --year 1972 --artist can",
    "No record fits --artist, --year, and --not-kind; 2 without --year, 1 without --not-kind.\n",
  ],
  ["--year 1999 --rating 5 agharta", "No record fits the words, --year, and --rating.\n"],
])("rewind xref %s lists nothing and succeeds", async (line, sentence) => {
  const { code, stdout } = await run(line.split(" "), { tty: true, columns: 200 });
  expect({ code, sentence: stdout.split("\n\n")[0] }).toEqual({ code: 0, sentence: sentence.trimEnd() });
  expect(await contract(...line.split(" "))).toMatchObject({ data: [], pagination: { total_pages: 0 } });
});

describe("--per-artist", () => {
  const { contract: ask, ...few } = createXrefRunner(
    createSharedHome({
      records: [
        ...["A", "B", "C"].map((title) => buildRecord({ artist: "Can", title })),
        ...["D", "E"].map((title) => buildRecord({ artist: "Neu!", title, genres: ["Jazz"] })),
        buildRecord({ artist: "Faust", title: "F" }),
      ],
      plays: [
        ...buildAlbumPlays("Can", "C", { from: "2026-02-01T20:00:00Z", tracks: 9 }),
        ...buildAlbumPlays("Can", "B", { from: "2026-02-02T20:00:00Z", tracks: 5 }),
        ...buildAlbumPlays("Neu!", "E", { from: "2026-02-03T20:00:00Z", tracks: 7 }),
      ],
    }),
  );

  test.each([
    ["the first of each, in the list's order", "CEF", 3, "1 --sort plays"],
    ["two of each", "CEBDF", 5, "2 --sort plays"],
    ["by title", "ABDEF", 5, "2 --sort title"],
    ["of what the other filters leave", "D", 1, "1 --never --genre Jazz"],
    ["before the pages are made", "B", 5, "2 --limit 1 --page 3"],
    ["within a span", "EB", 2, "1 --during 2026-02-02.. --filter listened"],
  ])("%s", async (_, titles, total, line) => {
    const { data, pagination } = await ask("--per-artist", ...line.split(" "));
    expect(data.map(({ collection }) => collection.title).join("")).toBe(titles);
    expect(pagination.total).toBe(total);
  });

  test("limits tables and other formats", async () => {
    const stdout = await few.screen("--per-artist", "1");
    expect(stdout).toContain("3 records");
    expect(stdout).toContain("More: 3 records by these artists not listed, --per-artist all");
    expect(await few.lines("--per-artist", "1", "--as", "tsv")).toHaveLength(4);
  });
});

describe("--sort artist-plays", () => {
  const joint = ["Can", "Neu!"].map((name) => ({ id: null, name, anv: "", join: "&" }));
  const favourites = createXrefRunner(
    createSharedHome({
      records: [
        buildRecord({ artists: joint, title: "Together" }),
        ...["Alpha", "Beta", "Gamma", "Delta", "Delta"].map((title) => buildRecord({ artist: "Can", title })),
        ...["Epsilon", "Zeta"].map((title) => buildRecord({ artist: "Neu!", title })),
        ...["One", "Two", "Three"].map((title) => buildRecord({ artist: "Various", title })),
      ],
      plays: [
        ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 9 }),
        ...buildAlbumPlays("Neu!", "Neu! 2", { from: "2026-02-02T20:00:00Z", tracks: 5 }),
      ],
    }),
  );
  const sorted = ["--never", "--sort", "artist-plays"];
  const two = "Together Alpha Epsilon One Three Two";

  test.each([
    // Two records per artist, joint credits included.
    ["", two],
    ["--per-artist all", "Together Alpha Beta Delta Gamma Epsilon Zeta One Three Two"],
    ["--per-artist 1", "Together One Three Two"],
    ["--artist can", "Together Alpha Beta Delta Gamma"],
  ])("limits %s on a terminal", async (line, titles) => {
    const stdout = await favourites.screen(...sorted, ...line.split(" ").filter(Boolean));
    const found = [...stdout.matchAll(/^ *\d+ .*?(\w+)(?: ×2)? +LP.*$/gm)].map(([, title]) => title);
    expect(found.join(" ")).toBe(titles);
    expect(stdout.includes("More:")).toBe(/^(?:--per-artist 1)?$/.test(line));
  });

  test("a terminal shows how many more there are by an artist", async () => {
    const stdout = await favourites.screen(...sorted);
    expect(stdout).toContain("6 records");
    expect(stdout).toContain("More: 5 records by these artists not listed, --per-artist all");
    expect(await favourites.screen("--never", "--sort", "title")).toContain("11 records");
  });

  test("JSON, CSV and a pipe list every record", async () => {
    expect((await favourites.contract(...sorted)).pagination.total).toBe(11);
    for (const form of ["csv", "tsv", "ndjson"]) {
      expect(await favourites.screen(...sorted, "--as", form)).toMatch(/(?:(?:Delta|Zeta)[^]*){3}/);
    }
    expect(await favourites.lines(...sorted)).toHaveLength(11);
    const { data, pagination } = await favourites.contract(...sorted, "--per-artist", "2");
    expect(data.map(({ collection }) => collection.title).join(" ")).toBe(two);
    expect(pagination.total).toBe(6);
  });
});

test.each([
  ["--sort plays --filter unlistened", true],
  ["--never", true],
  ["--never --sort artist-plays", false],
  ["--filter listened", false],
])("rewind xref %s suggests a better sort order: %s", async (line, isHinted) => {
  const stdout = await screen(...line.split(" "));
  const hint = "None of these has a play. Favourite artists first: --sort artist-plays";
  expect(stdout.includes(hint)).toBe(isHinted);
});
