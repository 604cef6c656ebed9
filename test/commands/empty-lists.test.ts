// Lists that a filter leaves empty, of every command that takes filters.
import { expect, test } from "vitest";
import { loadDeclarations, getLongFlag, getStdoutFlags } from "../support/declarations.ts";
import { sampleHome } from "../support/sample-home.ts";
import { runCli } from "../support/run-cli.ts";

const lists = (await loadDeclarations())
  .filter(
    ({ declaration }) =>
      declaration.isQuestion === true &&
      getStdoutFlags(declaration).length === 0 &&
      declaration.options?.some((option) => getLongFlag(option) === "--artist") === true,
  )
  .map(({ path }) => path.join(" "));

test.each(lists)("rewind %s says which filter fits nothing, on a terminal and in a pipe", async (name) => {
  const home = await sampleHome();
  await runCli(["played", "1", "--on", "yesterday"], { home });
  const argv = [...(name === "top" ? ["top", "albums"] : name.split(" ")), "--artist", "zzyzx"];
  const onTerminal = await runCli(argv, { home, tty: true, columns: 200, env: { NO_COLOR: "1" } });
  expect(onTerminal.stdout).toMatch(/^No .* fits --artist; \d+ without it\.(\n| Not listed)/);
  const inPipe = await runCli(argv, { home });
  expect([inPipe.stdout, inPipe.code]).toEqual(["", 0]);
  expect(inPipe.stderr).toMatch(/^No .* fits --artist; \d+ without it\./);
  const quiet = await runCli([...argv, "--quiet"], { home });
  expect([quiet.stdout, quiet.stderr]).toEqual(["", ""]);
});

const byGenre = (await loadDeclarations())
  .filter(
    ({ declaration }) =>
      declaration.isQuestion === true &&
      ["--genre", "--columns"].every((flag) =>
        declaration.options?.some((option) => getLongFlag(option) === flag),
      ),
  )
  .map(({ path }) => path.join(" "));

test.each([
  ...byGenre.map((name) => [name, "jazz", "For the genre: --genre Jazz"]),
  ["xref", "vinyl", "For the format: --format Vinyl"],
  ["xref", "white album", "No record fits the words.\n"],
  ["xref", "hip hop", 'For the genre: --genre "Hip Hop"'],
  ["xref", "1970s", "For the year: --year 1970s"],
  ["dusty", "70s", "For the year: --year 70s"],
  ["xref", "zyzzyva 1971", "For the year: --year 1971"],
  ["gaps", "hidden", "For the option: --hidden"],
  ["wants", "owned", "For the option: --owned"],
  ["pick", "snoozed", "For the option: --snoozed"],
])("rewind %s %s names the option that the words mean", async (name, words, hint) => {
  const { code, stderr } = await runCli(`${name} ${words}`.split(" "), { home: await sampleHome() });
  expect([code, stderr]).toEqual([0, expect.stringContaining(hint)]);
});
