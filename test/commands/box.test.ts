// --as box, and the setting for it.
import { describe, expect, test } from "vitest";
import { runCli, type CliOptions } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

async function runBoxed(argv: readonly string[], options: CliOptions = {}): Promise<string> {
  const env = { NO_COLOR: "1", ...options.env };
  const { code, stdout, stderr } = await runCli(argv, { home: await sampleHome(), ...options, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const listings = [
  ["xref"],
  ["sql", "SELECT artist, title, play_count FROM records"],
  ["stats", "--by", "genre"],
];

describe.each(listings)("rewind %s", (...line) => {
  test("frames the list if the setting says so, unless --as table is given", async () => {
    const env = { REWIND_TABLE: "box" };
    for (const tty of [true, false]) {
      expect(await runBoxed(line, { env, tty })).toBe(await runBoxed([...line, "--as", "box"], { tty }));
      expect(await runBoxed([...line, "--as", "table"], { env, tty })).toBe(await runBoxed(line, { tty }));
    }
  });
});

test("shows pages of 20 on a terminal", async () => {
  const text = await runBoxed(["xref", "--as", "box"], { tty: true, columns: 120 });
  expect(text).toContain("Page 1 of 4 (20 of 62 lines,");
  expect(text.split("\n").filter((line) => /^│ +\d+ │/.test(line))).toHaveLength(20);
  expect(await runBoxed(["xref", "--as", "json", "--all"], { env: { REWIND_TABLE: "box" } })).toBe(
    await runBoxed(["xref", "--json", "--all"]),
  );
});

test("does not cut titles", async () => {
  const text = await runBoxed(["xref", "--as", "box", "--limit", "5"], { tty: true, columns: 80 });
  expect(text).not.toContain("…");
  expect(text.replace(/[│\n ]+/g, " ")).toMatch(/Music Has The Right/);
});
