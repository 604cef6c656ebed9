// Conventions of command-line tools that hold for every command.
import { expect, test } from "vitest";
import { everyDeclaration, longFlag } from "../support/declarations.ts";
import { runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

test("a table in a pipe has one plain, uncut line for each record", async () => {
  const home = await sampleHome();
  const { stdout } = await runCli(["xref", "--all", "--kind", "any", "--copies"], { home });
  for (const sign of ["\u001b", "─", "…"]) expect(stdout).not.toContain(sign);
  expect(stdout.trimEnd().split("\n")).toHaveLength(64);
});

test("output for programs does not depend on the locale", async () => {
  const home = await sampleHome();
  const env = { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };
  const { stdout } = await runCli(["xref", "--all", "--as", "csv"], { home });
  expect((await runCli(["xref", "--all", "--as", "csv"], { home, env })).stdout).toBe(stdout);
  expect(stdout).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
});

test("no flag takes a secret", async () => {
  const flags = (await everyDeclaration()).flatMap(({ path, declaration: { options = [] } }) =>
    options.map((option) => `${path.join(" ")} ${option.flags}`),
  );
  expect(flags.filter((flag) => /token|secret|password|--(?:api-)?key\b/i.test(flag))).toEqual([]);
});

test("a flag has the same short form and takes a value, or none, in every command", async () => {
  const options = (await everyDeclaration()).flatMap(({ declaration }) => declaration.options ?? []);
  const short = new Map<string, Set<string>>();
  const takes = new Map<string, Set<boolean>>();
  for (const option of options) {
    const letter = /^-\w/.exec(option.flags)?.[0];
    const long = longFlag(option);
    if (letter !== undefined) short.set(letter, (short.get(letter) ?? new Set()).add(long));
    takes.set(long, (takes.get(long) ?? new Set()).add(/[<[]/.test(option.flags)));
  }
  expect([...short].filter(([, longs]) => longs.size > 1)).toEqual([]);
  // `explain --plays` lists plays; `xref --plays 1..10` filters by their number.
  expect([...takes].filter(([, forms]) => forms.size > 1).map(([long]) => long)).toEqual(["--plays"]);
  expect(short.size).toBeLessThan(10);
});
