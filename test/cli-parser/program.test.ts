import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import {
  commandEntries,
  globalOptions,
  loadDeclaration,
  defaultCommand,
} from "../../src/commands/command-table.ts";
import { buildJsonSchema } from "../../src/cli/help-text.ts";
import { loadDeclarations } from "../support/declarations.ts";
import { requireError, runCli, runCliJson } from "../support/run-cli.ts";

test("every command has a folder of its name, and every folder is in the command table", async () => {
  const entries = [...commandEntries, defaultCommand];
  const declared = await Promise.all(entries.map(async (entry) => (await loadDeclaration(entry)).name));
  expect(declared).toEqual(entries.map(({ name }) => name));
  const folders = readdirSync(new URL("../../src/commands", import.meta.url)).filter(
    (name) => !["shared", "command-table.ts"].includes(name),
  );
  expect(folders.toSorted()).toEqual(declared.toSorted());
});

test.each(commandEntries.map((entry) => [entry.name, entry] as const))(
  "rewind %s --help leads to examples, and can be run",
  async (name, entry) => {
    const { examples, load, commands = [] } = await loadDeclaration(entry);
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

test("rewind --help has at most 54 lines, one for each command and each option of every command", async () => {
  const { stdout } = await runCli(["--help"], { tty: true, columns: 80 });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(54);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  for (const { name, summary } of commandEntries) {
    expect(lines.filter((line) => new RegExp(` ${name} +${summary}$`).test(line))).toHaveLength(1);
  }
});

test("options of every command are named once, in rewind --help", async () => {
  const { stdout } = await runCli(["--help"]);
  const texts = globalOptions.map(({ flags, help }) => `${flags} ${help}`);
  expect(texts.filter((text) => !stdout.replace(/ +/g, " ").includes(text))).toEqual([]);
  const naming: string[] = [];
  for (const { path } of declared)
    if ((await runCli([...path, "--help"])).stdout.includes("--no-pager")) naming.push(path.join(" "));
  expect(naming).toEqual([]);
});

const declared = (await loadDeclarations()).map((each) => ({ ...each, line: each.path.join(" ") }));

test.each(declared)(
  "the details of rewind $line take at most 80 words",
  ({ declaration: { details = "" } }) => {
    const prose = details.split("\n").filter((line) => !line.startsWith("  "));
    expect(prose.join(" ").split(/\s+/).length).toBeLessThanOrEqual(80);
  },
);

test.each(declared)(
  "the help of rewind $line names choices, examples and defaults only in parentheses",
  ({ declaration: { options = [], arguments: given = [] } }) => {
    const helps = [...options.filter(({ flags }) => flags.includes("<")), ...given].map(({ help }) => help);
    expect(helps.filter((help) => /\b(?:such as|one of|defaults?)\b/.test(help))).toEqual([]);
  },
);

test.each(declared.filter(({ declaration }) => declaration.json !== undefined))(
  "rewind help $line --json prints the JSON Schema of its document",
  async ({ path, line, declaration }) => {
    const forms = (await declaration.json?.()) ?? [];
    const schema = await runCliJson(["help", ...path, "--json"]);
    expect(schema).toEqual(buildJsonSchema(`rewind ${line} --json`, forms));
    const { stdout } = await runCli(["help", ...path]);
    expect(stdout).toContain(`rewind help ${line} --json`);
  },
);

test("rewind help --json prints the JSON Schema of rewind alone", async () => {
  expect(await runCliJson(["help", "--json"])).toMatchObject({
    title: "rewind --json",
    properties: { on_this_day: { type: "object" } },
  });
});

test("rewind help logout --json is refused", async () => {
  expect(requireError(await runCli(["help", "logout", "--json"]), 2)).toMatch(
    /rewind logout has no fixed JSON fields/,
  );
});
