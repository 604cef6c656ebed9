import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { views } from "../../src/store/sql-views.ts";
import { openForQueries } from "../../src/store/open-cache.ts";
import {
  getHomeCachePath,
  createSharedHome,
  buildRecord,
  buildAlbumPlays,
  buildWant,
} from "../support/filled-cache.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { requireError, runCli, runCliJson } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

const home = createSharedHome({
  records: [
    buildRecord({
      artist: "Can",
      title: "Tago Mago",
      rating: 4,
      folderId: 7,
      fieldValues: [{ fieldId: 4, value: "C4" }],
      dateAdded: "2020-05-01T10:00:00-07:00",
    }),
    buildRecord({ artist: "Faust", title: "So Far" }),
  ],
  wants: [buildWant({ artist: "Neu!", title: "Neu!" })],
  plays: [
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Can", "Future Days", { from: "2026-01-01T20:00:00Z", tracks: 4 }),
  ],
  folders: [{ id: 7, name: "Krautrock" }],
  customFields: [{ id: 4, name: "Shelf", position: 1 }],
});
const { run, json } = createCommandRunner<unknown>("sql", home);

test("--json prints an array of objects", async () => {
  const columns = "artist, title, folder, fields, added_at, play_count, spins, last_played";
  expect(await json(`SELECT ${columns} FROM records`)).toEqual([
    {
      artist: "Can",
      title: "Tago Mago",
      folder: "Krautrock",
      fields: '{"Shelf":"C4"}',
      added_at: "2020-05-01T17:00:00Z",
      play_count: 7,
      spins: 1,
      last_played: "2026-02-01T20:24:00Z",
    },
    expect.objectContaining({ artist: "Faust", play_count: 0, spins: null, last_played: null }),
  ]);
});

test("every column of the views is documented", async () => {
  const database = openForQueries(getHomeCachePath(home));
  for (const view of views) {
    const columns = database.prepare(`SELECT * FROM ${view.name}`).columns();
    expect({ [view.name]: view.columns.map(({ name }) => name) }).toEqual({
      [view.name]: columns.map(({ name }) => name),
    });
    for (const { meaning } of view.columns) expect(meaning).not.toBe("");
  }
  database.close();
  const { stdout } = await runCli(["sql", "--schema"]);
  for (const view of views) expect(stdout).toContain(`${view.name}: `);
  const rows = (await runCliJson(["sql", "--schema", "--json"])) as unknown[];
  expect(rows).toHaveLength(views.reduce((sum, { columns }) => sum + columns.length, 0));
});

test.each([
  [
    "SELECT title, play_count, owned FROM albums ORDER BY play_count DESC",
    [
      { title: "Tago Mago", play_count: 7, owned: 1 },
      { title: "Future Days", play_count: 4, owned: 0 },
    ],
  ],
  [
    "SELECT count(*) AS n, min(played_at) AS first FROM scrobbles WHERE album_id IS NOT NULL",
    [{ n: 11, first: "2026-01-01T20:00:00Z" }],
  ],
  [
    "SELECT match_type, album_name FROM matches ORDER BY record_id",
    [
      { match_type: "exact", album_name: "Tago Mago" },
      { match_type: "none", album_name: null },
    ],
  ],
  ["SELECT artist, kind, form FROM wants", [{ artist: "Neu!", kind: "album", form: "LP" }]],
  ["SELECT fold('Björk') AS name, fold(NULL) AS none", [{ name: "bjork", none: null }]],
  // Numbers beyond those that readers of JSON keep are texts.
  ["SELECT 9007199254740991 AS a, -9007199254740991 AS b", [{ a: 9007199254740991, b: -9007199254740991 }]],
  ["SELECT 9007199254740993 AS c, 1.5 AS e", [{ c: "9007199254740993", e: 1.5 }]],
  ["SELECT 1 AS a, 2 AS a, x'00ff' AS b", [{ a: 1, a_2: 2, b: "x'00ff'" }]],
  ["SELECT 1 AS a WHERE false", []],
])("%s", async (statement, expected) => {
  expect(await json(statement)).toEqual(expected);
});

test.each([
  "DELETE FROM record",
  "INSERT INTO proposal VALUES ('a', 'b', 1) RETURNING *",
  "WITH x AS (SELECT 1) UPDATE record SET rating = 1 RETURNING *",
  "ATTACH 'other.db' AS other",
  "VACUUM INTO 'copy.db'",
  "CREATE TEMP TABLE t (a)",
  "PRAGMA journal_mode = DELETE",
  "PRAGMA query_only = 0",
  "/* a */ -- b\n PRAGMA user_version(9)",
  "PRAGMA wal_checkpoint",
  "PRAGMA optimize",
  "BEGIN",
  "REINDEX",
])("%s is refused, and the cache is unchanged", async (statement) => {
  const path = getHomeCachePath(home);
  const before = readFileSync(path);
  const stderr = requireError(await run([statement, "--json"]), 2);
  expect(stderr).toContain("rewind sql only runs statements that read");
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync("copy.db")).toBe(false);
});

test.each([
  ["SELECT nope FROM records", "no such column: nope"],
  ["SELECT 1; SELECT 2", "more than one statement"],
  ["/* nothing */", "no statement"],
  ["SELECT ?", "Too few parameter values"],
  ["SELEC 1", "syntax error"],
  ["SELECT json(artist) FROM records", "malformed JSON"],
  ["SELECT load_extension('x')", "not authorized"],
])("reports SQLite's own error for %s", async (statement, words) => {
  for (const form of [["--json"], ["--as", "csv"], []]) {
    const stderr = requireError(await run([statement, ...form]), 2);
    expect(stderr).toContain(words);
    expect(stderr).toContain("rewind sql --schema");
  }
});

test("a statement is read from stdin, but not from a terminal", async () => {
  const stdin = "SELECT count(*) AS records FROM records\n";
  for (const argv of [[], ["-"]]) {
    expect(JSON.parse((await run([...argv, "--json"], { stdin })).stdout)).toEqual([{ records: 2 }]);
  }
  for (const options of [{ stdin: "" }, { tty: true }]) {
    const { code, stderr } = await run([], options);
    expect({ code, isTold: stderr.includes("no statement given") }).toEqual({ code: 2, isTold: true });
  }
});

test("writes CSV, Markdown, a bare table in a pipe, and rows of several lines on a terminal", async () => {
  const runFormat = async (...argv: string[]): Promise<string> =>
    (await run(["SELECT id, artist, title FROM records ORDER BY id", ...argv])).stdout;
  expect(await runFormat("--as", "csv")).toBe("id,artist,title\r\n1,Can,Tago Mago\r\n2,Faust,So Far\r\n");
  expect(await runFormat("--as", "markdown")).toContain("| 1 | Can | Tago Mago |");
  expect(await runFormat()).toBe("1  Can    Tago Mago\n2  Faust  So Far\n");
  const { stdout } = await run(["SELECT * FROM records"], { tty: true });
  expect(stdout).toContain("artist Can  title Tago Mago");
  expect((await run(["SELECT * FROM pragma_table_info('records')", "--as", "tsv"])).stdout).toContain(
    "\tartist\t",
  );
});

test("a terminal shows the first thousand rows and says so", async () => {
  const numbers =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n";
  const { stdout } = await run([numbers], { tty: true });
  expect(stdout).toContain("The first 1,000 rows");
  expect(stdout).not.toContain("1001");
  expect((await run([numbers])).stdout.trimEnd().split("\n")).toHaveLength(1500);
});

test("writes whole numbers without loss in every format", async () => {
  const [n, m] = ["9007199254740993", "-9223372036854775808"];
  const runFormat = async (form: string, options = {}): Promise<string> =>
    (await run([`SELECT ${n} AS n, ${m} AS m, 'x' AS t`, ...form.split(" ").filter(Boolean)], options))
      .stdout;
  expect(await runFormat("")).toBe(`${n} ${m}  x\n`);
  expect(await runFormat("", { tty: true })).toContain(`${n} ${m}  x\n`);
  expect(await runFormat("--as csv --safe-csv")).toBe(`n,m,t\r\n${n},${m},x\r\n`);
  expect(await runFormat("--as tsv")).toBe(`n\tm\tt\n${n}\t${m}\tx\n`);
  expect(await runFormat("--as markdown")).toContain(`| ${n} | ${m} | x |`);
  expect(await runFormat("--as ndjson")).toBe(`{"n":"${n}","m":"${m}","t":"x"}\n`);
});

test("SQL counts the songs of the plays as rewind top tracks does", async () => {
  const sample = await sampleHome();
  const sql = "SELECT count(DISTINCT song_id) AS songs FROM scrobbles";
  const [row] = JSON.parse((await runCli(["sql", sql, "--json"], { home: sample })).stdout) as [
    { songs: number },
  ];
  const { pagination } = JSON.parse(
    (await runCli(["top", "tracks", "--json", "--limit", "1"], { home: sample })).stdout,
  ) as { pagination: { total: number } };
  expect(row.songs).toBe(pagination.total);
});
