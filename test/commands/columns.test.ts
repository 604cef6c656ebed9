// The columns of a listing: those that its filters and its order go by come with them, and --columns names any.
import { describe, expect, test } from "vitest";
import { allRecordFields } from "../../src/commands/shared/listing/record-fields.ts";
import { toFlag } from "../../src/queries/filters/filter.ts";
import { selectFilters } from "../../src/queries/filters/all-filters.ts";
import { recordOrders, recordSorts } from "../../src/queries/records/record-order.ts";
import { loadDeclarations, getLongFlag } from "../support/declarations.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { sampleItems } from "../support/sampling.ts";

const headers = new Map<string, string>(allRecordFields.map(({ name, header }) => [name, header ?? name]));
const getHeader = (column: string): string => headers.get(column) ?? `no column ${column}`;

async function runXref(args: readonly string[], columns: number): Promise<string> {
  const home = await sampleHome();
  return (await runCli(["xref", ...args], { home, tty: true, columns, env: { NO_COLOR: "1" } })).stdout;
}

describe.each(sampleItems("columns", [60, 120], 1))("at %i columns", (columns) => {
  // The sample lacks original years and prices, and an empty column is the first to leave.
  const empty = new Set<string>(["original-year", "paid", "cost-per-spin", "cost-per-play"]);
  test.each(recordSorts.filter((sort) => !empty.has(sort)))(
    "--sort %s adds the column that it sorts by",
    async (sort) => {
      const [header = "", , first = ""] = (await runXref(["--sort", sort], columns)).split("\n");
      expect(header.split(/ +/).join(" ")).toContain(getHeader(recordOrders[sort].column));
      expect(first).toMatch(/^ *\d+ {2}/);
    },
  );

  /** Two values each, where one would be the same on every line. */
  const values: Readonly<Record<string, readonly string[]>> = {
    kind: ["single", "ep"],
    folder: ["Rock", "Jazz"],
    format: ["Vinyl"],
    genre: ["Rock"],
    style: ["Alternative Rock"],
    label: ["EMI"],
    match: ["fuzzy", "none"],
    year: ["1970s"],
    originalYear: [".."],
    rating: ["4.."],
    plays: ["1.."],
    spins: ["1.."],
    confidence: ["0.5.."],
    added: ["2000.."],
    lastPlayed: ["2000.."],
  };
  const filters = selectFilters("cross-reference").filter(
    ([, { column, isNegation }]) => column !== undefined && isNegation !== true,
  );

  test.each(filters.filter(([name]) => name !== "originalYear"))(
    "the filter %s adds its column",
    async (name, row) => {
      const args = (values[name] ?? []).flatMap((value) => [`--${toFlag(name, row)}`, value]);
      expect(args).not.toEqual([]);
      const [header = ""] = (await runXref(args, columns)).split("\n");
      expect(header.split(/ +/).join(" ")).toContain(getHeader(row.column ?? ""));
    },
  );
});

test("a filter adds no column that would say the same on every line", async () => {
  expect(await runXref(["--folder", "Jazz"], 120)).not.toContain("Folder");
  expect(await runXref(["--kind", "album"], 120)).not.toMatch(/^ *# .* Kind /);
  expect(await runXref(["--not-folder", "Jazz"], 120)).toContain("Folder");
});

// The --columns of rewind import names the columns of a file.
const listings = (await loadDeclarations()).filter(({ declaration: { options = [] } }) =>
  ["--as", "--columns"].every((flag) => options.some((option) => getLongFlag(option) === flag)),
);

describe.each(listings.map(({ path }) => path.join(" ")))("rewind %s --columns", (name) => {
  const also: Readonly<Record<string, readonly string[]>> = {
    stats: ["--by", "genre"],
    sql: ["SELECT id, artist, title FROM records LIMIT 3"],
    pick: ["--seed", "1", "-n", "3"],
    dusty: ["--spins", "1..", "--idle", "1d"],
    have: ["miles"],
  };
  const line = [...name.split(" "), ...(also[name] ?? [])];
  const prepareHome = async (): Promise<string> => {
    const home = await sampleHome();
    if (name === "played list") await runCli(["played", "1", "--on", "yesterday"], { home });
    return home;
  };
  const runListing = async (...args: string[]): ReturnType<typeof runCli> =>
    runCli([...line, ...args], { home: await prepareHome() });
  const readColumnNames = async (): Promise<string[]> =>
    ((await runListing("--as", "csv")).stdout.split("\r\n")[0] ?? "").split(",");

  test("writes these columns in this order, in every format", async () => {
    const names = await readColumnNames();
    const [first = "", second = ""] = [names[2], names[1]];
    const chosen = ["--columns", `${first}, ${second}`];
    expect((await runListing(...chosen, "--as", "csv")).stdout).toMatch(
      new RegExp(`^${first},${second}\r\n`),
    );
    expect((await runListing(...chosen, "--as", "tsv")).stdout).toMatch(new RegExp(`^${first}\t${second}\n`));
    expect((await runListing(...chosen, "--as", "ndjson")).stdout).toMatch(
      new RegExp(`^\\{"${first}":.*,"${second}":`),
    );
    const plain = (await runListing("--columns", first)).stdout.trimEnd().split("\n");
    const csv = (await runListing("--columns", first, "--as", "tsv")).stdout.trimEnd().split("\n").slice(1);
    expect(plain.map((each) => each.trim().replace(/ [×+]\d+$/, ""))).toEqual(csv.map((each) => each.trim()));
    const tty = { home: await prepareHome(), tty: true, columns: 200, env: { NO_COLOR: "1" } };
    const table = (await runCli([...line, ...chosen], tty)).stdout.split("\n");
    expect(table[1]).toMatch(/^─+ {1,2}─+$/);
  });

  test("refuses a name that there is not, with the closest and all of them", async () => {
    const [first = ""] = await readColumnNames();
    const stderr = requireError(await runListing("--columns", `${first}x`), 2);
    expect(stderr).toContain(`unknown value "${first}x" for --columns. Did you mean ${first}?\n`);
    expect(stderr).toContain(`Allowed: ${(await readColumnNames()).join(", ")}\n`);
  });

  test("accepts the example of its help, and headings in any case", async () => {
    const { stdout: help } = await runCli([...name.split(" "), "--help"], { columns: 500 });
    const [, example = ""] =
      /--columns <names>\s+show only these columns \(for\s+example: ([^\s)]+)/.exec(help) ?? [];
    expect((await runListing("--as", "csv", "--columns", example)).stdout.split("\r\n")[0]).toBe(example);
    expect(
      (await runListing("--as", "csv", "--columns", example.toUpperCase())).stdout.split("\r\n")[0],
    ).toBe(example);
  });

  test("accepts each heading of the list on a terminal", async () => {
    const tty = { home: await prepareHome(), tty: true, columns: 500, env: { NO_COLOR: "1" } };
    const { stdout } = await runCli([...line, "--as", "box"], tty);
    const headings = (/^│(.*)│$/m.exec(stdout)?.[1] ?? "").split("│").map((heading) => heading.trim());
    const named = headings.filter((heading) => heading !== "");
    expect(named.length).toBeGreaterThan(1);
    const { code, stderr } = await runListing("--columns", named.join(","));
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("refuses JSON, whose shape is its own", async () => {
    expect((await runListing("--columns", "id", "--json")).stderr).toContain(
      "--columns does not work with --json",
    );
  });
});

test.each([
  ["stats --by genre", "Genre,Records,Played,Plays"],
  ["have miles", "#,Artist,Title,Form,Year,Label,Plays"],
  ["played list", "Day,Time,#,Artist,Title,Note,Entry"],
])("rewind %s accepts the headings that it draws: %s", async (line, headings) => {
  const { code, stderr } = await runCli([...line.split(" "), "--columns", headings], {
    home: await sampleHome(),
  });
  expect([code, stderr.replace(/^No plays logged yet.*\n/, "")]).toEqual([0, ""]);
});

test("says in JSON that it is a page, if no page is named", async () => {
  const home = await sampleHome();
  const readNotice = async (...argv: string[]): Promise<string> => (await runCli(argv, { home })).stderr;
  expect(await readNotice("xref", "--json")).toBe("20 of 64 records; --all for every one\n");
  expect(await readNotice("recent", "--json")).toMatch(/^20 of [\d,]+ plays; --all for every one\n$/);
  for (const page of [["--all"], ["--limit", "20"], ["--page", "2"], ["--quiet"], ["--genre", "Jazz"]]) {
    expect(await readNotice("xref", "--json", ...page)).toBe("");
  }
});
