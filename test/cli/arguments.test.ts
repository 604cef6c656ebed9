import { expect, test } from "vitest";
import { parseContractDocument } from "../support/contract-schema.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

test("--version prints one line", async () => {
  expect(await runCli(["--version"])).toMatchObject({ code: 0, stdout: "0.0.0-test\n", stderr: "" });
  expect(await runCli(["-V"])).toMatchObject({ code: 0, stdout: "0.0.0-test\n", stderr: "" });
});

test.each([
  [["-h"], /^Usage: rewind [^]*\n\nStart +demo .*\n +login .*\n +sync /],
  [["help"], /^Usage: rewind /],
  [["xref", "-h"], /^Usage: rewind xref [^]*\nExamples:\n/],
  [
    ["help", "gaps", "hide"],
    /^Usage: rewind gaps hide (?![^]*--sort)[^]*options of every command: rewind --help\n/,
  ],
  [
    ["gaps", "hide", "--help"],
    /^Usage: rewind gaps hide (?![^]*--sort)[^]*options of every command: rewind --help\n/,
  ],
])("rewind %j shows help", async (argv, help) => {
  const { code, stdout, stderr } = await runCli(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(help);
});

test("global options work anywhere on the command line", async () => {
  const home = await sampleHome();
  const db = `${home}/data/rewind/rewind.db`;
  for (const argv of [
    ["--db", db, "gaps", "hide", "a1", "--quiet"],
    ["gaps", "--db", db, "hide", "--quiet", "a1"],
    ["gaps", "hide", "a1", "--db", db, "-q"],
  ]) {
    expect(await runCli(argv)).toMatchObject({ code: 0, stderr: "" });
  }
});

test.each([
  [["gaps", "hide", "a1", "--sort", "plays"], /unknown option "--sort"\nHelp: rewind gaps hide --help/],
  [["links", "import"], /missing required argument "file"\nHelp: rewind links import --help/],
  [["have"], /missing required argument "words"\nFor example: rewind have .+\nHelp: rewind have --help/],
  [
    ["help", "gaps", "hid"],
    /unknown command "hid"\. Did you mean rewind gaps hide\?\nHelp: rewind gaps --help/,
  ],
  [["help", "xref", "this"], /unknown command "this"\nHelp: rewind xref --help/],
  [["xref", "--sort"], /argument missing\nHelp: rewind xref --help/],
  [["nonsense"], /unknown command "nonsense"/],
  [["help", "xerf"], /unknown command "xerf"\. Did you mean xref\?/],
  [["xref", "--flter", "all"], /unknown option "--flter"\. Did you mean --filter\?/],
  [
    ["xref", "--sort", "plas"],
    /unknown value "plas" for --sort\. Did you mean plays\?\nAllowed: plays, added/,
  ],
  [["xref", "--filter", "unplayed"], /unknown value "unplayed" for --filter\. Did you mean unlistened\?/],
  [["xref", "--limit", "all"], /--limit takes a whole number from 1 to 100\nFor every row: --all/],
  [["xref", "--filter", "UNLISTENED"], /unknown value "UNLISTENED" for --filter\. Did you mean unlistened\?/],
  [["xref", "--limit", "0"], /--limit takes a whole number from 1 to 100, not "0"/],
  [["xref", "--limit", "101"], /--limit takes a whole number from 1 to 100, not "101"/],
  [["xref", "--limit=-1"], /--limit takes a whole number from 1 to 100, not "-1"/],
  [["xref", "--page", "0"], /--page takes a whole number of at least 1, not "0"/],
  [["sync", "--only", "spotify"], /unknown value "spotify" for --only/],
])("rewind %j is refused before anything is opened", async (argv, message) => {
  const stderr = requireError(await runCli(argv, { env: { REWIND_DB: "/dev/null/nowhere.db" } }), 2);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^rewind: /);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(3);
});

test("a page past the end is empty and not an error", async () => {
  const home = await sampleHome();
  const json = await runCli(["xref", "--page", "9999", "--json"], { home });
  expect({ code: json.code, stderr: json.stderr }).toEqual({ code: 0, stderr: "" });
  const { data, pagination } = parseContractDocument(json.stdout);
  expect(data).toEqual([]);
  expect(pagination).toEqual({ page: 9999, limit: 20, total: 64, total_pages: 4 });
  const table = await runCli(["xref", "--page", "9999"], { home, tty: true });
  expect(table.code).toBe(0);
  expect(table.stdout).toMatch(/^Page 9,999 is past the end: 64 records on 4 pages\.\n\n.*Matched/);
});
