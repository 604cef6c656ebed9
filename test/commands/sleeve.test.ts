// The sleeve beside pick, explain and have: only on a terminal that shows it, and only where there is one.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { openKeeper } from "../../src/images/kept-pictures.ts";
import { previewOf } from "../../src/images/cover-preview.ts";
import { widthOf } from "../../src/output/width.ts";
import { keepReleases } from "../../src/store/shelf/musicbrainz-answers.ts";
import { keepPicture } from "../../src/store/shelf/stored-pictures.ts";
import { cacheIn, homeOf, openCache, record, sitting } from "../support/filled-cache.ts";
import { cover } from "../support/picture-hosts.ts";
import { runCli, type CliOptions, type CliResult } from "../support/run-cli.ts";

const mbid = "aaaaaaaa-1111-4111-8111-111111111111";
const address = `release/${mbid}`;
const home = homeOf({
  records: [
    record({ id: 77, artist: "Can", title: "Tago Mago" }),
    record({ id: 78, artist: "Neu!", title: "Neu! 75" }),
  ],
  plays: sitting("Can", "Tago Mago", { from: "2025-09-01T20:00:00Z", tracks: 7 }),
});
const covers = join(home, "cache", "rewind", "covers");

beforeAll(() => {
  const database = openCache(cacheIn(home));
  const style = previewOf(cover(1));
  if (style === null) throw new Error("no cover");
  const release = { mbid, title: "", barcode: null, country: null };
  keepReleases(database, [77], new Map([[77, [release]]]), 1);
  keepPicture(database, { source: "archive", address }, style, 1);
  database.close();
});

const trueColour = { TERM: "xterm-256color", COLORTERM: "truecolor" };

function rewind(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runCli(argv, { home, tty: true, columns: 100, env: trueColour, ...options });
}

const commands = [
  ["pick", "tago"],
  ["explain", "tago"],
  ["have", "tago mago"],
] as const;
const bare = stripVTControlCharacters;
/** Shows escape characters as ␛. */
const told = (text: string): string => text.replaceAll("\u001b", "␛");
const hasPicture = (text: string): boolean => /[▀▄]|␛_G|␛\]1337/.test(told(text));
const words = (text: string): string[] =>
  bare(text).replace(/[▀▄]/g, " ").split(/\s+/).filter(Boolean).toSorted();

test.each(commands)(
  "rewind %s %s shows the sleeve beside the text, at most 12 lines high",
  async (...argv) => {
    const { code, stdout } = await rewind([...argv, ...(argv[0] === "pick" ? ["--seed", "1"] : [])]);
    expect(code).toBe(0);
    const lines = bare(stdout).split("\n");
    const drawn = lines.filter((line) => line.includes("▀"));
    expect(drawn).toHaveLength(12);
    expect(drawn.every((line) => /^ *▀{24}(?: {2}|$)/.test(line))).toBe(true);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
    expect(drawn.join("\n")).toContain("Tago Mago");
  },
);

test.each(commands)("rewind %s %s prints the same text without a sleeve", async (...argv) => {
  const seed = argv[0] === "pick" ? ["--seed", "1"] : [];
  const plain = await rewind([...argv, ...seed, "--no-images"]);
  expect(hasPicture(plain.stdout)).toBe(false);
  expect(words((await rewind([...argv, ...seed])).stdout)).toEqual(words(plain.stdout));
});

test.each([
  ["in a pipe", { tty: false }, []],
  ["with NO_COLOR", { env: { ...trueColour, NO_COLOR: "1" } }, []],
  ["with --no-color", {}, ["--no-color"]],
  ["as JSON", {}, ["--json"]],
  ["on a narrow terminal", { columns: 71 }, []],
  ["with 256 colours", { env: { TERM: "xterm-256color" } }, []],
  ["on a dumb terminal", { env: { ...trueColour, TERM: "dumb" } }, []],
  ["without UTF-8", { env: { ...trueColour, LANG: "C" } }, []],
] as const)("%s there is none", async (_, options, flags) => {
  const { code, stdout } = await rewind(["explain", "tago", ...flags], options);
  expect({ code, has: hasPicture(stdout) }).toEqual({ code: 0, has: false });
});

test("a record without a cover, several records and a frame have none", async () => {
  for (const argv of [
    ["explain", "neu"],
    ["have", "neu 75"],
    ["pick", "-n", "2"],
  ]) {
    expect({ argv, has: hasPicture((await rewind(argv)).stdout) }).toEqual({ argv, has: false });
  }
  expect(hasPicture((await rewind(["pick", "tago", "--as", "box"])).stdout)).toBe(false);
});

test("iTerm2 and kitty show the stored picture, or else half blocks from its hash", async () => {
  const iterm = { env: { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app", COLORTERM: "truecolor" } };
  const kitty = { env: { TERM: "xterm-kitty", COLORTERM: "truecolor" } };
  for (const options of [iterm, kitty])
    expect(bare((await rewind(["explain", "tago"], options)).stdout)).toMatch(/▀{24}/);
  const roughly = (await rewind(["explain", "tago"])).stdout;

  openKeeper(covers).keep(address, cover(1));
  expect((await rewind(["explain", "tago"])).stdout).not.toBe(roughly);
  const file = cover(1).toString("base64");
  expect((await rewind(["explain", "tago"], iterm)).stdout).toContain(
    `width=24;height=12;preserveAspectRatio=1:${file}`,
  );
  const shown = (await rewind(["pick", "tago", "--seed", "1"], kitty)).stdout;
  expect(told(shown)).toMatch(/\n{12}␛\[12A␛7␛_Ga=T,f=32,s=24,v=24,c=24,r=12,q=2,C=1,m=0;/);
  expect(shown).not.toMatch(/▀/);

  // Something else lies there now.
  for (const other of [Buffer.from("\u001b]0;rubbish"), Buffer.alloc(0), cover(1).subarray(0, 80)]) {
    openKeeper(covers).keep(address, other);
    expect((await rewind(["explain", "tago"])).stdout).toBe(roughly);
    expect(bare((await rewind(["explain", "tago"], kitty)).stdout)).toMatch(/▀{24}/);
  }
  rmSync(covers, { recursive: true });
  expect(bare((await rewind(["explain", "tago"], iterm)).stdout)).toMatch(/▀{24}/);
});
