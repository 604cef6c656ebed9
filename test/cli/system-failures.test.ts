// Errors of the system become messages: full disks, missing directories, exhausted memory.
import { createReadStream, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findDefect } from "../support/damaged-run.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { hasTerminals, runOnTerminal, runProcess, runShell } from "../support/run-process.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const lines = ["--version", "xref --help", "xref", "xref --json --all", "sql --schema"];

test.each(lines)("rewind %s reports that the output goes to a full disk", async (line) => {
  const home = await sampleHome();
  const { code, stderr } = await runShell(`"$NODE" "$REWIND" ${line} > /dev/full`, { home });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^rewind: can't write the output: no space left on device\n/);
  expect(findDefect({ code: 1, stderr })).toBeNull();
});

test("succeeds if notices can't be written", async () => {
  const home = await sampleHome();
  const asked = await runShell(`"$NODE" "$REWIND" xref 2> /dev/full`, { home });
  expect(asked).toMatchObject({ code: 0, signal: null });
  expect(await runShell(`"$NODE" "$REWIND" xerf 2> /dev/full`, { home })).toMatchObject({
    code: 2,
    signal: null,
  });
});

test.skipIf(!hasTerminals)("prints an error on a terminal of 30 columns without a stack trace", async () => {
  const line = 'stty cols 30; "$NODE" "$REWIND" xref; "$NODE" "$REWIND" --db "" xref';
  const { code, stdout } = await runOnTerminal(line, { home: await sampleHome() });
  expect(code).toBe(2);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`rewind: "" can't be the path of the cache`);
  expect(stdout).not.toMatch(/^ {4}at /m);
});

test.each(["", " ", ":memory:", " a.db", "a.db ", "a.db\n"])("--db %j is refused", async (path) => {
  for (const argv of [
    ["--db", path, "xref"],
    ["sync", "--db", path],
  ]) {
    const { code, stdout, stderr } = await runCli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${JSON.stringify(path)} can't be the path of the cache`);
    expect(findDefect({ code, stderr })).toBeNull();
  }
});

test("reports what is in place of the cache, if it is no file", async () => {
  const directory = createTempDirectory();
  mkdirSync(join(directory, "inside"));
  symlinkSync("round", join(directory, "round"));
  const paths = [
    directory,
    join(directory, "round"),
    "/dev/null",
    "/dev/full",
    "/dev/zero",
    "x".repeat(5000),
  ];
  for (const path of paths) {
    for (const argv of [["xref"], ["status"], ["sync"]]) {
      const { code, stderr } = await runCli(["--db", path, ...argv], {
        env: {
          DISCOGS_TOKEN: "x",
          LASTFM_API_KEY: "y",
          LASTFM_USERNAME: "z",
          DISCOGS_API_URL: "http://127.0.0.1:1",
        },
      });
      expect({ path, argv, fault: findDefect({ code, stderr }) }).toEqual({
        path,
        argv,
        fault: null,
      });
    }
  }
});

test.each(["/nonexistent", "/dev/null"])(
  "reports that the demo can't make a directory with TMPDIR=%s",
  async (directory) => {
    expect(requireError(await runProcess(["demo"], { env: { TMPDIR: directory } }), 1)).toMatch(
      /^rewind: can't make a directory .*: (?:no such file|not a directory).*\nSet TMPDIR/,
    );
  },
);

test("a file without end is not read to its end", async () => {
  const home = await sampleHome();
  for (const file of ["/dev/zero", home]) {
    expect(requireError(await runCli(["links", "import", file], { home }), 2)).toMatch(
      /is too large for a decisions file|can't read .*: (?:it is a pipe or a device|illegal operation on a directory)/,
    );
  }
  const piped = await runCli(["links", "import", "-"], { home, stdin: createReadStream("/dev/zero") });
  expect(piped.code).toBe(2);
  expect(piped.stderr).toContain("stdin is too large for a decisions file");
});

test("refuses SQL values that are too large for an answer", async () => {
  const home = await sampleHome();
  for (const [value = "", ...form] of [
    ["zeroblob(2e9)"],
    ["zeroblob(1e8)", "--as", "csv"],
    ["printf('%.*c', 20000000, 'x')", "--json"],
  ]) {
    const { code, stdout, stderr } = await runCli(["sql", `SELECT ${value}`, ...form], { home });
    expect({ value, code, stdout }).toEqual({ value, code: 2, stdout: "" });
    expect(stderr).toMatch(/^rewind: SQL: .*(?:too large to show|too big)/);
  }
});

const numbers = Array.from({ length: 1500 }, (_, at) => String(at));

test.each([
  ["link", [...numbers, "--none"]],
  ["link", ["17", "--add", numbers.join(" ")]],
  ["gaps hide", numbers],
  ["xref", numbers.flatMap((number) => ["--artist", number])],
  ["alias", numbers],
])("rewind %s accepts more words than any name has", async (command, words) => {
  const home = await sampleHome();
  const { code, stderr } = await runCli([...command.split(" "), ...words], { home });
  expect([0, 2]).toContain(code);
  expect(findDefect({ code, stderr })).toBeNull();
  expect(stderr.length).toBeLessThan(5000);
});

test("prints no line breaks from the input in its messages", async () => {
  const home = await sampleHome();
  const { code, stderr } = await runCli(["explain", "no\nsuch\nrecord\nanywhere"], { home });
  expect({ code, lines: stderr.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 2 });
});
