import { existsSync, readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { widthOf } from "../../src/output/width.ts";
import { views } from "../../src/store/sql-views.ts";
import { openForAsking } from "../../src/store/open-cache.ts";
import { cacheIn, fillCache, record, sitting, want } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

let home: string;

beforeEach(async () => {
  home = tempDirectory();
  await fillCache(home, {
    records: [
      record({
        artist: "Can",
        title: "Tago Mago",
        rating: 4,
        folderId: 7,
        fieldValues: [{ fieldId: 4, value: "C4" }],
        dateAdded: "2020-05-01T10:00:00-07:00",
      }),
      record({ artist: "Faust", title: "So Far" }),
    ],
    wants: [want({ artist: "Neu!", title: "Neu!" })],
    plays: [
      ...sitting("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 7 }),
      ...sitting("Can", "Future Days", { from: "2026-01-01T20:00:00Z", tracks: 4 }),
    ],
    folders: [{ id: 7, name: "Krautrock" }],
    customFields: [{ id: 4, name: "Shelf", position: 1 }],
  });
});

const sql = (
  statement: string,
  argv: readonly string[] = [],
  options: CliOptions = {},
): ReturnType<typeof runCli> =>
  runCli(["sql", statement, ...argv], { home, env: { NO_COLOR: "1" }, ...options });

test("--json prints an array of objects", async () => {
  const rows = await runCliJson(
    [
      "sql",
      "SELECT artist, title, folder, fields, added_at, play_count, spins, last_played FROM records",
      "--json",
    ],
    { home },
  );
  expect(rows).toEqual([
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
  const database = openForAsking(cacheIn(home));
  for (const view of views) {
    const columns = database
      .prepare(`SELECT * FROM ${view.name}`)
      .columns()
      .map(({ name }) => name);
    expect({ [view.name]: view.columns.map(({ name }) => name) }).toEqual({ [view.name]: columns });
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
    "albums",
    "SELECT title, play_count, owned FROM albums ORDER BY play_count DESC",
    [
      { title: "Tago Mago", play_count: 7, owned: 1 },
      { title: "Future Days", play_count: 4, owned: 0 },
    ],
  ],
  [
    "scrobbles",
    "SELECT count(*) AS n, min(played_at) AS first FROM scrobbles WHERE album_id IS NOT NULL",
    [{ n: 11, first: "2026-01-01T20:00:00Z" }],
  ],
  [
    "matches",
    "SELECT match_type, album_name FROM matches ORDER BY record_id",
    [
      { match_type: "exact", album_name: "Tago Mago" },
      { match_type: "none", album_name: null },
    ],
  ],
  ["wants", "SELECT artist, kind, form FROM wants", [{ artist: "Neu!", kind: "album", form: "LP" }]],
  ["a folded text", "SELECT fold('Björk') AS name", [{ name: "bjork" }]],
  ["nothing, folded", "SELECT fold(NULL) AS name", [{ name: null }]],
  [
    "numbers beyond those that JSON's readers keep",
    "SELECT 9007199254740991 AS a, -9007199254740991 AS b, 9007199254740993 AS c, -9223372036854775808 AS d, 1.5 AS e",
    [
      {
        a: 9007199254740991,
        b: -9007199254740991,
        c: "9007199254740993",
        d: "-9223372036854775808",
        e: 1.5,
      },
    ],
  ],
  ["two columns of one name", "SELECT 1 AS a, 2 AS a, x'00ff' AS b", [{ a: 1, a_2: 2, b: "x'00ff'" }]],
  ["nothing", "SELECT 1 AS a WHERE false", []],
])("%s", async (_, statement, expected) => {
  expect(await runCliJson(["sql", statement, "--json"], { home })).toEqual(expected);
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
  const path = cacheIn(home);
  const before = readFileSync(path);
  const { code, stdout, stderr } = await sql(statement, ["--json"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("rewind sql only runs statements that read");
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync("copy.db")).toBe(false);
});

test.each([
  ["SELECT nope FROM records", "no such column: nope"],
  ["SELECT 1; SELECT 2", "more than one statement"],
  ["/* nothing */", "no statement"],
  ["SELECT ?", "a parameter has no value here"],
  ["SELEC 1", "syntax error"],
  ["SELECT json(artist) FROM records", "malformed JSON"],
  ["SELECT load_extension('x')", "not authorized"],
])("%s is an error in SQLite's words", async (statement, words) => {
  for (const form of [["--json"], ["--as", "csv"], []]) {
    const { code, stdout, stderr } = await sql(statement, form);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
    expect(stderr).toContain("rewind sql --schema");
  }
});

test("a statement is read from stdin, but not from a terminal", async () => {
  const statement = "SELECT count(*) AS records FROM records\n";
  for (const argv of [["sql"], ["sql", "-"]]) {
    const { code, stdout } = await runCli([...argv, "--json"], { home, stdin: statement });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\[\n?\{"records":2\}\n?\]\n$/),
    });
  }
  for (const options of [{ stdin: "" }, { tty: true }]) {
    const { code, stderr } = await runCli(["sql"], { home, ...options });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no statement given"),
    });
  }
});

test("pragmas that only read work", async () => {
  const { stdout } = await sql("PRAGMA table_info(records)", ["--as", "tsv"]);
  expect(stdout).toContain("\tartist\t");
});

test("forms: CSV, Markdown, a bare table in a pipe, one that fits on a terminal", async () => {
  const statement = "SELECT id, artist, title FROM records ORDER BY id";
  expect((await sql(statement, ["--as", "csv"])).stdout).toBe(
    "id,artist,title\r\n1,Can,Tago Mago\r\n2,Faust,So Far\r\n",
  );
  expect((await sql(statement, ["--as", "markdown"])).stdout).toContain("| 1 | Can | Tago Mago |");
  expect((await sql(statement)).stdout).toBe("1  Can    Tago Mago\n2  Faust  So Far\n");
  for (const columns of [60, 80, 200]) {
    const { stdout } = await sql("SELECT * FROM records", [], { tty: true, columns });
    for (const line of stdout.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    expect(stdout).toContain("2 rows · not all columns fit · everything: --as csv");
  }
});

test("a terminal shows the first thousand rows and says so", async () => {
  const numbers =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n";
  const { stdout } = await sql(numbers, [], { tty: true });
  expect(stdout).toContain("The first 1,000 rows");
  expect(stdout).not.toContain("1001");
  expect((await sql(numbers)).stdout.trimEnd().split("\n")).toHaveLength(1500);
});

test("without a statement, or a cache, it says what to do", async () => {
  const none = await runCli(["sql"], { home });
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(await runCli(["sql", "SELECT 1"])).toMatchObject({ code: 5, stdout: "" });
});

test("whole numbers are whole in every form", async () => {
  const statement = "SELECT 9007199254740993 AS n, -9223372036854775808 AS m, 'x' AS t";
  const [n, m] = ["9007199254740993", "-9223372036854775808"];
  expect((await sql(statement)).stdout).toBe(`${n} ${m}  x\n`);
  expect((await sql(statement, [], { tty: true })).stdout).toContain(`${n} ${m}  x\n`);
  expect((await sql(statement, ["--as", "csv", "--safe-csv"])).stdout).toBe(`n,m,t\r\n${n},${m},x\r\n`);
  expect((await sql(statement, ["--as", "tsv"])).stdout).toBe(`n\tm\tt\n${n}\t${m}\tx\n`);
  expect((await sql(statement, ["--as", "markdown"])).stdout).toContain(`| ${n} | ${m} | x |`);
  expect((await sql(statement, ["--as", "ndjson"])).stdout).toBe(`{"n":"${n}","m":"${m}","t":"x"}\n`);
});
