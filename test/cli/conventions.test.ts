// Conventions of command-line tools that hold for every command; and no two flags that contradict each other are taken,
// nor a value that no record has: by what the tables declare.
import { expect, test } from "vitest";
import type { OptionDeclaration } from "../../src/commands/shared/command-declaration.ts";
import { globalOptions } from "../../src/commands/command-table.ts";
import { loadDeclarations, getLongFlag } from "../support/declarations.ts";
import { runCli } from "../support/run-cli.ts";
import { sampleItems } from "../support/sampling.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const declaredCommands = await loadDeclarations();

/** The error of a command line that is refused before anything is opened. */
async function readRefusal(argv: readonly string[]): Promise<string> {
  const result = await runCli(argv, { env: { REWIND_DB: "/dev/null/nowhere.db" } });
  expect({ argv, code: result.code, stdout: result.stdout }).toEqual({ argv, code: 2, stdout: "" });
  const lines = result.stderr.trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.length).toBeLessThanOrEqual(3);
  return result.stderr;
}

test("two options that contradict each other are refused", async () => {
  expect(await readRefusal(["--quiet", "xref", "--verbose"])).toMatch(/^rewind: .* contradict each other/);
});

test.each([
  [["xref", "--never", "--match", "none"]],
  [["xref", "--never", "--plays", "0..3"]],
  [["xref", "--filter", "unlistened", "--match", "exact", "--during", "1y"]],
  [["xref", "--match", "fuzzy", "--confidence", "..0.9"]],
  [["xref", "--kind", "any", "--not-kind", "album"]],
  [["xref", "--all", "--json"]],
])("rewind %j is accepted", async (argv) => {
  const { code, stderr } = await runCli(argv, { home: await sampleHome() });
  // An empty list says why on stderr.
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^(?:No .* fits .*\n)?$/)]);
});

/** A valid value. */
const getValidValue = ({ choices }: OptionDeclaration): string =>
  choices !== undefined && "words" in choices ? (choices.words[0] ?? "1") : "1";

test("every option is refused together with each option it excludes", async () => {
  let tried = 0;
  for (const { path, declaration } of declaredCommands) {
    const options = declaration.options ?? [];
    for (const { excludes = [], ...option } of options) {
      for (const name of excludes) {
        const other = options.find((each) => getLongFlag(each) === `--${name}`);
        expect({ path, name, isThere: other !== undefined }).toEqual({ path, name, isThere: true });
        const given = [option, other ?? option].flatMap((each) =>
          each.flags.includes("<") ? [getLongFlag(each), getValidValue(each)] : [getLongFlag(each)],
        );
        expect(await readRefusal([...path, ...given])).toMatch(/contradict each other/);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(15);
  for (const { flags, excludes = [] } of globalOptions) {
    for (const name of excludes)
      expect(await readRefusal(["xref", flags, `--${name}`])).toMatch(/contradict each other/);
  }
});

/** How the last line of an error says what to do. */
const lastLinePattern =
  /^(?:Try|Allowed|Help|Did you mean|Run|Back from today|Dates|Give|Commands|To \w+|Leave|Filter|For example)\b/;
/** Commands that would ask a service or a person, or wait for clients. */
const longRunningCommands = ["sync", "login", "serve", "mcp"];
const wrongValues = ["", "nonsense", "-1", "0", "1e9", "99999999999999999999", "..", "5..2"];

test("every refused value gets three short lines, and the last one says what to type", async () => {
  let refused = 0;
  const home = createTempDirectory();
  // Shared options behave the same in every command.
  const seen = new Set<string>();
  for (const { path, declaration } of declaredCommands) {
    if (declaration.load === undefined || longRunningCommands.includes(path[0] ?? "")) continue;
    for (const option of (declaration.options ?? []).filter(({ flags }) => flags.includes("<"))) {
      if (seen.has(option.flags)) continue;
      seen.add(option.flags);
      for (const value of sampleItems(option.flags, wrongValues, 3)) {
        const argv = [...path, `${getLongFlag(option)}=${value}`];
        const { code, stderr } = await runCli(argv, { home, env: { REWIND_DB: "/dev/null/nowhere.db" } });
        if (code !== 2) continue;
        refused += 1;
        const lines = stderr
          .trimEnd()
          .split("\n")
          .filter((line) => !/ is called --.* now$/.test(line));
        expect({ argv, first: lines[0] }).toEqual({ argv, first: expect.stringMatching(/^rewind: [^.]/) });
        expect({ argv, count: lines.length >= 2 && lines.length <= 3 }).toEqual({ argv, count: true });
        expect({ argv, long: lines.filter((line) => line.length > 160) }).toEqual({ argv, long: [] });
        expect({ argv, last: lines.at(-1) }).toEqual({ argv, last: expect.stringMatching(lastLinePattern) });
      }
    }
  }
  expect(refused).toBeGreaterThan(40);
});

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
  const flags = declaredCommands.flatMap(({ path, declaration: { options = [] } }) =>
    options.map((option) => `${path.join(" ")} ${option.flags}`),
  );
  expect(flags.filter((flag) => /token|secret|password|--(?:api-)?key\b/i.test(flag))).toEqual([]);
});

test("help texts leave choices, examples and defaults to the declaration", () => {
  const described = declaredCommands.flatMap(
    ({ path, declaration: { options = [], arguments: taken = [] } }) =>
      [...options, ...taken].map(({ help }) => [path.join(" "), help] as const),
  );
  expect(described.length).toBeGreaterThan(200);
  expect(
    described.filter(([, help]) => help === "" || /one of:|for example|\(.*default|default:/.test(help)),
  ).toEqual([]);
});

test("a flag has the same placeholder in every command", () => {
  const placeholders = new Map<string, Set<string>>();
  for (const { declaration } of declaredCommands) {
    for (const option of declaration.options ?? []) {
      const [placeholder] = /[<[].*[>\]]/.exec(option.flags) ?? [];
      if (placeholder === undefined) continue;
      const flag = getLongFlag(option);
      placeholders.set(flag, (placeholders.get(flag) ?? new Set()).add(placeholder));
    }
  }
  expect(placeholders.size).toBeGreaterThan(40);
  const differing = [...placeholders].filter(([, each]) => each.size > 1).map(([flag]) => flag);
  // Each of these flags takes different things in different commands.
  expect(differing.toSorted()).toEqual(["--not", "--only", "--tracks", "--year"]);
});

test("a flag has the same short form and takes a value, or none, in every command", async () => {
  const options = declaredCommands.flatMap(({ declaration }) => declaration.options ?? []);
  const short = new Map<string, Set<string>>();
  const takes = new Map<string, Set<boolean>>();
  for (const option of options) {
    const letter = /^-\w/.exec(option.flags)?.[0];
    const long = getLongFlag(option);
    if (letter !== undefined) short.set(letter, (short.get(letter) ?? new Set()).add(long));
    takes.set(long, (takes.get(long) ?? new Set()).add(/[<[]/.test(option.flags)));
  }
  expect([...short].filter(([, longs]) => longs.size > 1)).toEqual([]);
  // `explain --plays` lists plays; `xref --plays 1..10` filters by their number.
  expect([...takes].filter(([, forms]) => forms.size > 1).map(([long]) => long)).toEqual(["--plays"]);
  expect(short.size).toBeLessThan(10);
});
