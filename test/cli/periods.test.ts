// Every option and argument that takes a period takes the same words.
import { expect, test } from "vitest";
import { getLongFlag, getStdoutFlags, loadDeclarations } from "../support/declarations.ts";
import { runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

const takesPeriod = ({ choices }: { readonly choices?: object }): boolean =>
  choices !== undefined && "source" in choices && choices.source === "span";

const commandLines = (await loadDeclarations()).flatMap(({ path, declaration }) => {
  const argv = [...path, ...getStdoutFlags(declaration)];
  return [
    ...(declaration.arguments ?? []).filter(takesPeriod).map(() => argv),
    ...(declaration.options ?? []).filter(takesPeriod).map((option) => [...argv, getLongFlag(option)]),
  ];
});

test("every option and argument that takes a period takes the same words", async () => {
  const home = await sampleHome();
  for (const argv of commandLines) {
    for (const word of ["last-week", "week", "last month", "2025-Q1", "november"]) {
      const { code, stderr } = await runCli([...argv, word], { home });
      expect({ argv, word, code, error: code === 0 ? "" : stderr }).toMatchObject({ code: 0 });
    }
  }
});
