// Completion as people meet it: in bash, zsh and fish themselves, with names as a stranger would choose them.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSharedHome } from "../../support/filled-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import { sampleItems } from "../../support/sampling.ts";
import { hasProgram } from "../../support/run-process.ts";
import { installFakeRewind, typeIntoShell } from "../../support/typed-shell.ts";

/** Created if a shell executes one of the names. */
const mark = "was-run";

const names = {
  commands: `n1 $(touch ${mark}) \`touch ${mark}\` end`,
  quotes: `n2 it's "quoted" \\ back\\`,
  breaks: "n3 two\nlines\tand * ? [x] {a,b} ~ #hash",
  history: `n4 !history & | ; touch ${mark} < > %job =cmd`,
  colon: "n5: colon = equals",
  command: `$(touch ${mark})`,
  dash: "-n7 dash",
  scripts: "ünïcode 日本　語",
  listed: "n8:b=c,d",
};

/** The proposal on one line. */
const formatProposal = (name: string): string => name.replace(/[\n\t]+/g, " ");

/** The text before Tab, and the arguments of the resulting command. */
const lines: readonly (readonly [typed: string, args: readonly string[]])[] = [
  ["xr\t--kin\talb\t", ["xref", "--kind", "album"]],
  ["gaps hi\t", ["gaps", "hide"]],
  ["xref --kind=alb\t", ["xref", "--kind=album"]],
  ["help gap\t", ["help", "gaps"]],
  ["links imp\tdecis\t", ["links", "import", "decisions.json"]],
  ["--quiet demo xref --so\tyea\t", ["--quiet", "demo", "xref", "--sort", "year"]],
  ["xref --folder n8:b=\t", ["xref", "--folder", names.listed]],
  ["xref --folder=n8:b\t", ["xref", `--folder=${names.listed}`]],
  ["xref --folder=N8\t", ["xref", `--folder=${names.listed}`]],
  ...(
    [
      ["n1", names.commands],
      ["n2", names.quotes],
      ["n3", names.breaks],
      ["n4", names.history],
      ["n5:\\ co", names.colon],
      ["\\$\\(t", names.command],
      ["-n7", names.dash],
      ["ün", names.scripts],
      ['"n1', names.commands],
      ['"n2', names.quotes],
      ['"n4 !', names.history],
      ['"\\$(t', names.command],
      ["'n1 $", names.commands],
      ["'n2", names.quotes],
      ["'$(t", names.command],
    ] as const
  ).map(([typed, name]) => [`xref --folder ${typed}\t`, ["xref", "--folder", formatProposal(name)]] as const),
];

const typedLines = sampleItems("shells", lines, 12);

const shells = [
  { shell: "bash", command: "bash --noprofile --norc -i", start: "source <(rewind completion bash)" },
  { shell: "zsh", command: "zsh -f -i", start: "source <(rewind completion zsh)" },
  { shell: "fish", command: "fish -N -i", start: "rewind completion fish | source" },
] as const;

const home = createSharedHome({ folders: Object.values(names).map((name, at) => ({ id: at + 1, name })) });

describe.each(shells)("$shell", ({ shell, command, start }) => {
  const isThere = hasProgram(shell, "script");
  if (!isThere)
    process.stderr.write(`NOT TESTED: completion in ${shell}: it is not installed, or script is not\n`);

  test.skipIf(!isThere)("puts a proposal on the line as one word and executes nothing in it", async () => {
    const cwd = createTempDirectory();
    const bin = join(cwd, "bin");
    mkdirSync(bin);
    writeFileSync(join(cwd, "decisions.json"), "");
    const { path, calls } = installFakeRewind(bin);
    const keys = [start, ...typedLines.map(([typed]) => `rewind ${typed}`), "exit"].map(
      (line) => `${line}\n`,
    );
    const screen = await typeIntoShell(command, keys.join(""), { home, path, cwd });
    expect({ calls: calls(), screen }).toEqual({ calls: typedLines.map(([, args]) => args), screen });
    expect(existsSync(join(cwd, mark))).toBe(false);
  });
});
