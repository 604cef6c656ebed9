// No screen runs over, and none loses the number that the next command needs: every command that is declared, on
// terminals of every width, over the sample and over a cache of odd texts. New commands enter unasked.
import { describe, expect, test } from "vitest";
import { measureWidth } from "../../src/output/width.ts";
import { listRunnableCommands, type RunnableCommand } from "../support/declarations.ts";
import { runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { getExamples } from "./command-lines.ts";
import { hostileHome } from "./hostile-cache.ts";
import { sampleItems } from "../support/sampling.ts";

const widths = sampleItems("widths", [48, 60, 80, 100, 120, 200], 1, 2);

/** Reads its output on a terminal, without colours and links. */
async function readShown(home: string, argv: readonly string[], columns: number): Promise<string> {
  const { stdout } = await runCli(argv, { home, tty: true, columns, env: { NO_COLOR: "1" } });
  return stdout;
}

// oxlint-disable-next-line no-control-regex
const controlPattern = /\u001b\[[\d;?]*[a-zA-Z]/g;

/** A command or an address on a line of its own stays whole: broken in two it couldn't be copied. */
const listTooWideLines = (text: string, columns: number): string[] =>
  text
    .replace(controlPattern, "")
    .split("\n")
    .filter((line) => measureWidth(line) > columns && !/^(?: *(?:rewind |\(?https?:)| {2}ssh )/.test(line));

/** Screens: sentences and tables of ours, no file to be kept and no value for a script. */
const isScreen = ({ path }: RunnableCommand): boolean =>
  !/^(?:sync|demo|links export|links import|export plays|config get|config path|completion|save|report|card)$/.test(
    path,
  );

const commands = await listRunnableCommands();
const hasOption = ({ flags }: RunnableCommand, option: string): boolean =>
  flags.some((each) => each.includes(option));
/** rewind pick tells of each record in lines of its own. */
const listings = commands.filter(
  (command) => hasOption(command, "--limit <") && hasOption(command, "--as <") && command.path !== "pick",
);

/** Further lines of a listing whose columns are brought or chosen. */
const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
  xref: [[], ["--sort", "artist-plays", "--never"], ["--during", "1y"], ["--limit", "100"]],
  gaps: [[], ["--plays", "1..", "--tracks", "1..", "--limit", "100"], ["--during", "1y"]],
  dusty: [[], ["--spins", "1..", "--idle", "1d", "--limit", "100"]],
};

describe.each(widths)("at %i columns", (columns) => {
  test.each(listings)("$path of the sample fits, and every line has its number", async ({ path }) => {
    const home = await sampleHome();
    const faults: unknown[] = [];
    for (const more of lines[path] ?? [[]]) {
      const argv = [...path.split(" "), ...more];
      const text = await readShown(home, argv, columns);
      expect(text).not.toBe("");
      faults.push(...listTooWideLines(text, columns).map((line) => ({ argv, line })));
      const { stdout } = await runCli([...argv, "--as", "ndjson", "--limit", "100"], { home });
      const ids = stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { id?: number }).id);
      const isAlbum = path === "gaps";
      const found = new Set(
        [...text.matchAll(isAlbum ? /^a(\d+) /gm : /^ *(\d+)  \S/gm)].map(([, id]) => Number(id)),
      );
      if (ids.length > 0 && ids.every((id) => id !== undefined)) {
        if (found.size === 0 || found.size < Math.min(15, ids.length * 0.8)) faults.push({ argv, text });
        for (const id of found) if (!ids.includes(id)) faults.push({ argv, id });
      }
      // The command in the foot is about the table above it.
      const [table = "", foot = ""] = text.split("\n\n");
      for (const [typed, id = ""] of foot.matchAll(/rewind [^·\n]*?\b(a\d+)\b/g)) {
        if (!new RegExp(`\\b${id}\\b`).test(table)) faults.push({ argv, typed });
      }
    }
    expect(faults).toEqual([]);
  });

  test("every help fits", async () => {
    const home = await sampleHome();
    const faults: unknown[] = [];
    for (const { path } of commands) {
      const argv = [...path.split(" ").filter(Boolean), "--help"];
      faults.push(
        ...listTooWideLines(await readShown(home, argv, columns), columns).map((wide) => ({ path, wide })),
      );
    }
    expect(faults).toEqual([]);
  });

  test.each(commands.filter((command) => hasOption(command, "--as <")))(
    "$path fits in a frame",
    async (command) => {
      const { home, renew } = await hostileHome();
      const faults: unknown[] = [];
      for (const { argv } of sampleItems(`${command.path} framed`, getExamples(command), 1, 8)) {
        const line = [...command.path.split(" "), ...argv, "--as", "box"];
        for (const tty of [true, false]) {
          const { stdout } = await runCli(line, { home, tty, columns, env: { NO_COLOR: "1" } });
          renew();
          const framed = stdout.split("\n").filter((each) => /^[┌├└│]/.test(each));
          const text = tty ? stdout : framed.join("\n");
          faults.push(...listTooWideLines(text, tty ? columns : 100).map((wide) => ({ line, wide })));
          if (new Set(framed.map(measureWidth)).size > 1) faults.push({ line, framed });
        }
      }
      expect(faults).toEqual([]);
    },
  );

  test.each(commands.filter(isScreen))("$path of hostile texts fits", async (command) => {
    const { home, renew } = await hostileHome();
    const faults: unknown[] = [];
    for (const { argv, stdin, env } of sampleItems(`${command.path} odd`, getExamples(command), 2, 8)) {
      // A dialogue repeats what is typed.
      if (stdin !== undefined) continue;
      const line = [...command.path.split(" "), ...argv];
      const { stdout } = await runCli(line, { home, tty: true, columns, env: { NO_COLOR: "1", ...env } });
      renew();
      faults.push(...listTooWideLines(stdout, columns).map((wide) => ({ line, wide })));
    }
    expect(faults).toEqual([]);
  });
});
