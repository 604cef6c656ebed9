import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { contents, declarationOf, unnamed } from "../../src/program/contents.ts";
import { runCli } from "../support/run-cli.ts";

test("every verb has a folder that declares it under its own name, and every folder is in the table", async () => {
  const entries = [...contents, unnamed];
  const declared = await Promise.all(entries.map(async (entry) => (await declarationOf(entry)).name));
  expect(declared).toEqual(entries.map(({ name }) => name));
  const folders = readdirSync(new URL("../../src/commands", import.meta.url)).filter(
    (name) => name !== "shared",
  );
  expect(folders.toSorted()).toEqual(declared.toSorted());
});

test.each(contents.map((entry) => [entry.name, entry] as const))(
  "rewind %s --help leads to examples, and can be run",
  async (name, entry) => {
    const { examples, load, commands = [] } = await declarationOf(entry);
    expect(examples.length).toBeGreaterThan(0);
    for (const [line] of examples) expect(line).toContain(`rewind ${name}`);
    expect(load !== undefined || commands.length > 0).toBe(true);
    expect(load === undefined ? undefined : typeof (await load())).toBe(load && "function");
    const { code, stdout, stderr } = await runCli(["help", name]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(examples[0]?.[0]);
    // Lines to be copied are never broken; the rest fits a terminal.
    const prose = stdout.split("\n").filter((line) => !line.startsWith("  rewind "));
    expect(prose.filter((line) => line.length > 80)).toEqual([]);
  },
);
