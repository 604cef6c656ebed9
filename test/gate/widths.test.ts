// No screen runs over, and none loses the number that the next command needs: every command that is declared, on
// terminals of every width, over the sample and over a cache of odd texts. New commands enter unasked.
import { describe, expect, test } from "vitest";
import { widthOf } from "../../src/output/width.ts";
import { declaredCommands, type Declared } from "../support/declarations.ts";
import { runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { examplesOf } from "./command-lines.ts";
import { hostileHome } from "./hostile-cache.ts";
import { sampled } from "../support/sample.ts";

const widths = sampled("widths", [48, 60, 80, 100, 120, 200], 1, 2);

/** What it shows on a terminal, without colours and links. */
async function shown(home: string, argv: readonly string[], columns: number): Promise<string> {
  const { stdout } = await runCli(argv, { home, tty: true, columns, env: { NO_COLOR: "1" } });
  return stdout;
}

// oxlint-disable-next-line no-control-regex
const steering = /\u001b\[[\d;?]*[a-zA-Z]/g;

/** A command or an address on a line of its own stays whole: broken in two it couldn't be copied. */
const tooWide = (text: string, columns: number): string[] =>
  text
    .replace(steering, "")
    .split("\n")
    .filter(
      (line) => widthOf(line) > columns && !/^(?: *(?:rewind |\(?https?:)|Usage: | {2}ssh )/.test(line),
    );

/** Screens: sentences and tables of ours, no file to be kept and no value for a script. */
const isScreen = ({ path }: Declared): boolean =>
  !/^(?:sync|demo|links export|links import|config get|config path|completion|save|report)$/.test(path);

const declared = await declaredCommands();
const has = ({ flags }: Declared, option: string): boolean => flags.some((each) => each.includes(option));
/** rewind pick tells of each record in lines of its own. */
const listings = declared.filter(
  (command) => has(command, "--limit <") && has(command, "--as <") && command.path !== "pick",
);

/** Further lines of a listing whose columns are brought or chosen. */
const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
  xref: [[], ["--sort", "artist-plays", "--never"], ["--during", "1y"], ["--limit", "100"]],
  gaps: [[], ["--plays", "1..", "--tracks", "1..", "--limit", "100"], ["--during", "1y"]],
  dusty: [[], ["--spins", "1..", "--idle", "1d", "--limit", "100"]],
  played: [["--list"]],
};

describe.each(widths)("at %i columns", (columns) => {
  test.each(listings)("$path of the sample is no wider, and every line has its number", async ({ path }) => {
    const home = await sampleHome();
    const faults: unknown[] = [];
    for (const more of lines[path] ?? [[]]) {
      const argv = [path, ...more];
      const text = await shown(home, argv, columns);
      expect(text).not.toBe("");
      faults.push(...tooWide(text, columns).map((line) => ({ argv, line })));
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
      // What the foot tells to type is about what stands above.
      const [table = "", foot = ""] = text.split("\n\n");
      for (const [typed, id = ""] of foot.matchAll(/rewind [^·\n]*?\b(a\d+)\b/g)) {
        if (!new RegExp(`\\b${id}\\b`).test(table)) faults.push({ argv, typed });
      }
    }
    expect(faults).toEqual([]);
  });

  test("every help is no wider", async () => {
    const home = await sampleHome();
    const faults: unknown[] = [];
    for (const { path } of declared) {
      const argv = [...path.split(" ").filter(Boolean), "--help"];
      faults.push(...tooWide(await shown(home, argv, columns), columns).map((wide) => ({ path, wide })));
    }
    expect(faults).toEqual([]);
  });

  test.each(declared.filter((command) => has(command, "--as <")))("$path framed", async (command) => {
    const { home, renew } = await hostileHome();
    const faults: unknown[] = [];
    for (const { argv } of sampled(`${command.path} framed`, examplesOf(command), 1)) {
      const line = [...command.path.split(" "), ...argv, "--as", "box"];
      for (const tty of [true, false]) {
        const { stdout } = await runCli(line, { home, tty, columns, env: { NO_COLOR: "1" } });
        renew();
        const framed = stdout.split("\n").filter((each) => /^[┌├└│]/.test(each));
        const text = tty ? stdout : framed.join("\n");
        faults.push(...tooWide(text, tty ? columns : 100).map((wide) => ({ line, wide })));
        if (new Set(framed.map(widthOf)).size > 1) faults.push({ line, framed });
      }
    }
    expect(faults).toEqual([]);
  });

  test.each(declared.filter(isScreen))("$path of odd texts is no wider", async (command) => {
    const { home, renew } = await hostileHome();
    const faults: unknown[] = [];
    for (const { argv, stdin, env } of sampled(`${command.path} odd`, examplesOf(command), 2)) {
      // A dialogue repeats what is typed.
      if (stdin !== undefined) continue;
      const line = [...command.path.split(" "), ...argv];
      const { stdout } = await runCli(line, { home, tty: true, columns, env: { NO_COLOR: "1", ...env } });
      renew();
      faults.push(...tooWide(stdout, columns).map((wide) => ({ line, wide })));
    }
    expect(faults).toEqual([]);
  });
});
