// Choices are declared once; the help, the errors and the parsers agree with them.
import { expect, test } from "vitest";
import { hasWords } from "../../src/queries/documents/allowed-values.ts";
import { loadDeclarations, getLongFlag, getStdoutFlags } from "../support/declarations.ts";
import { noon, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { sampleItems } from "../support/sampling.ts";

const optionsWithWords = (await loadDeclarations()).flatMap(({ path, declaration }) =>
  (declaration.options ?? []).flatMap((option) =>
    hasWords(option.choices)
      ? [
          {
            line: [...path, getLongFlag(option)].join(" "),
            path,
            out: getStdoutFlags(declaration),
            option,
            choices: option.choices,
          },
        ]
      : [],
  ),
);

test.each(optionsWithWords)(
  "rewind $line accepts the words in its help and refuses all others",
  async (row) => {
    const { path, out, option, choices } = row;
    const home = await sampleHome();
    const flag = getLongFlag(option);
    const help = (await runCli([...path, "--help"], { home, tty: true, columns: 500 })).stdout;
    const own = help.split("\n").find((line) => line.includes(`${flag} <`)) ?? "";
    for (const word of choices.words) expect(own).toContain(word);
    const { code, stderr } = await runCli([...path, flag, "zyzzyva"], { home });
    expect(code).toBe(2);
    expect(stderr).toContain(`unknown value "zyzzyva" for ${flag}`);
    expect(stderr).toContain(`Allowed: ${choices.words.join(", ")}\n`);
    const allowed = [...choices.words, ...(choices.otherWords ?? [])];
    for (const word of sampleItems(row.line, allowed, 1)) {
      const taken = await runCli([...path, flag, word, ...out], { home, now: noon });
      expect(taken.stderr).not.toContain("unknown value");
    }
  },
);

test("the help names the words of an argument with a closed set, unless they are too many", async () => {
  for (const { path, declaration } of await loadDeclarations()) {
    const { stdout } = await runCli([...path, "--help"]);
    for (const { choices } of declaration.arguments ?? []) {
      const words = hasWords(choices) && choices.isUnlisted !== true ? choices.words : [];
      expect(words.filter((word) => !stdout.includes(word))).toEqual([]);
    }
  }
});
