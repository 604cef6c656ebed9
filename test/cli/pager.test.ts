// Output that is longer than a terminal goes through the user's pager.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPager } from "../../src/host/child-processes.ts";
import { runCli, type CliOptions } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

async function runWithPager(argv: readonly string[], options: CliOptions = {}, isShown = true) {
  const calls: [text: string, command: string | null][] = [];
  const result = await runCli(argv, {
    home: await sampleHome(),
    tty: true,
    runPager: (text, command) => {
      calls.push([text, command]);
      return isShown;
    },
    ...options,
  });
  return { ...result, calls };
}

test.each([
  [undefined, null],
  ["less -S", "less -S"],
  [" most ", "most"],
])("with PAGER=%s a whole list is shown by %s", async (pager, command) => {
  const plain = await runWithPager(["xref", "--all", "--no-pager"]);
  expect(plain.calls).toEqual([]);
  const { code, stdout, calls } = await runWithPager(["xref", "--all"], { env: { PAGER: pager } });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(calls).toEqual([[plain.stdout, command]]);
});

test.each<[string, readonly string[], CliOptions]>([
  ["a page", ["xref"], {}],
  ["a pipe", ["xref", "--all"], { tty: false }],
  ["another form", ["xref", "--all", "--as", "csv"], {}],
  ["JSON", ["xref", "--all", "--json"], {}],
  ["an empty PAGER", ["xref", "--all"], { env: { PAGER: "" } }],
  ["PAGER=cat", ["gaps", "-a"], { env: { PAGER: "cat" } }],
  ["a dumb terminal", ["xref", "--all"], { env: { TERM: "dumb" } }],
])("%s is not paged", async (_, argv, options) => {
  const { code, stdout, calls } = await runWithPager(argv, options);
  expect({ code, calls }).toEqual({ code: 0, calls: [] });
  expect(stdout).not.toBe("");
});

test.each([
  ["gaps", "-a"],
  ["dusty", "--all"],
  ["review", "--list", "--all"],
  ["stats", "--by", "genre", "--all"],
])("rewind %s %s is paged", async (...argv) => {
  expect((await runWithPager(argv)).calls).toHaveLength(1);
});

test("without a pager the list is printed", async () => {
  const plain = await runWithPager(["xref", "--all", "--no-pager"]);
  expect((await runWithPager(["xref", "--all"], {}, false)).stdout).toBe(plain.stdout);
});

test("the pager runs in a shell and gets LESS if it is not set; leaving it early is no error", async () => {
  const path = join(createTempDirectory(), "read");
  const env = { ...process.env, LESS: undefined };
  expect(await runPager("one\ntwo\n", `{ echo "$LESS"; cat; } > '${path}'`, { platform: "linux", env })).toBe(
    true,
  );
  expect(readFileSync(path, "utf8")).toBe("FRX\none\ntwo\n");
  expect(
    await runPager("x\n", `echo "$LESS" > '${path}'`, { platform: "linux", env: { ...env, LESS: "S" } }),
  ).toBe(true);
  expect(readFileSync(path, "utf8")).toBe("S\n");
  expect(await runPager("long\n".repeat(200_000), "head -1 >/dev/null", { platform: "linux", env })).toBe(
    true,
  );
  expect(await runPager("x\n", "exit 1", { platform: "linux", env })).toBe(true);
  expect(await runPager("x\n", "exec /nowhere/pager 2>/dev/null", { platform: "linux", env })).toBe(false);
  expect(await runPager("x\n", null, { platform: "linux", env: { PATH: "/nowhere" } })).toBe(false);
});
