// The cover beside pick, explain and have: only on a terminal that shows it, and only where there is one.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { openImageStore } from "../../src/images/cached-covers.ts";
import { buildCoverPreview } from "../../src/images/cover-preview.ts";
import { measureWidth } from "../../src/output/width.ts";
import { saveReleases } from "../../src/store/shelf/musicbrainz-cache.ts";
import { saveCover } from "../../src/store/shelf/stored-covers.ts";
import {
  getHomeCachePath,
  createSharedHome,
  openCache,
  buildRecord,
  buildAlbumPlays,
} from "../support/filled-cache.ts";
import { getCover } from "../support/fake-cover-hosts.ts";
import { runCli, type CliOptions, type CliResult } from "../support/run-cli.ts";

const mbid = "aaaaaaaa-1111-4111-8111-111111111111";
const address = `release/${mbid}`;
const home = createSharedHome({
  records: [
    buildRecord({ id: 77, artist: "Can", title: "Tago Mago" }),
    buildRecord({ id: 78, artist: "Neu!", title: "Neu! 75" }),
  ],
  plays: buildAlbumPlays("Can", "Tago Mago", { from: "2025-09-01T20:00:00Z", tracks: 7 }),
});
const covers = join(home, "cache", "rewind", "covers");

beforeAll(() => {
  const database = openCache(getHomeCachePath(home));
  const style = buildCoverPreview(getCover(1));
  if (style === null) throw new Error("no cover");
  const release = { mbid, title: "", barcode: null, country: null };
  saveReleases(database, [77], new Map([[77, [release]]]), 1);
  saveCover(database, { source: "archive", address }, style, 1);
  database.close();
});

const trueColour = { TERM: "xterm-256color", COLORTERM: "truecolor" };

function runRewind(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runCli(argv, { home, tty: true, columns: 100, env: trueColour, ...options });
}

const commands = [
  ["pick", "tago"],
  ["explain", "tago"],
  ["have", "tago mago"],
] as const;
const stripEscapes = stripVTControlCharacters;
/** Shows escape characters as ␛. */
const showEscapes = (text: string): string => text.replaceAll("\u001b", "␛");
const hasCover = (text: string): boolean => /[▀▄]|␛_G|␛\]1337/.test(showEscapes(text));
const splitWords = (text: string): string[] =>
  stripEscapes(text).replace(/[▀▄]/g, " ").split(/\s+/).filter(Boolean).toSorted();

test.each(commands)(
  "rewind %s %s shows the cover beside the text, at most 12 lines high",
  async (...argv) => {
    const { code, stdout } = await runRewind([...argv, ...(argv[0] === "pick" ? ["--seed", "1"] : [])]);
    expect(code).toBe(0);
    const lines = stripEscapes(stdout).split("\n");
    const drawn = lines.filter((line) => line.includes("▀"));
    expect(drawn).toHaveLength(12);
    expect(drawn.every((line) => /^ *▀{24}(?: {2}|$)/.test(line))).toBe(true);
    expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(100);
    expect(drawn.join("\n")).toContain("Tago Mago");
  },
);

test.each(commands)("rewind %s %s prints the same text without a cover", async (...argv) => {
  const seed = argv[0] === "pick" ? ["--seed", "1"] : [];
  const plain = await runRewind([...argv, ...seed, "--no-images"]);
  expect(hasCover(plain.stdout)).toBe(false);
  expect(splitWords((await runRewind([...argv, ...seed])).stdout)).toEqual(splitWords(plain.stdout));
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
] as const)("shows no cover %s", async (_, options, flags) => {
  const { code, stdout } = await runRewind(["explain", "tago", ...flags], options);
  expect({ code, has: hasCover(stdout) }).toEqual({ code: 0, has: false });
});

test("shows no cover for a record without one, for several records and in a frame", async () => {
  for (const argv of [
    ["explain", "neu"],
    ["have", "neu 75"],
    ["pick", "-n", "2"],
  ]) {
    expect({ argv, has: hasCover((await runRewind(argv)).stdout) }).toEqual({ argv, has: false });
  }
  expect(hasCover((await runRewind(["pick", "tago", "--as", "box"])).stdout)).toBe(false);
});

test("shows the cached cover in iTerm2 and kitty, or else half blocks from its hash", async () => {
  const iterm = { env: { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app", COLORTERM: "truecolor" } };
  const kitty = { env: { TERM: "xterm-kitty", COLORTERM: "truecolor" } };
  for (const options of [iterm, kitty])
    expect(stripEscapes((await runRewind(["explain", "tago"], options)).stdout)).toMatch(/▀{24}/);
  const roughly = (await runRewind(["explain", "tago"])).stdout;

  openImageStore(covers).keep(address, getCover(1));
  expect((await runRewind(["explain", "tago"])).stdout).not.toBe(roughly);
  const file = getCover(1).toString("base64");
  expect((await runRewind(["explain", "tago"], iterm)).stdout).toContain(
    `width=24;height=12;preserveAspectRatio=1:${file}`,
  );
  const shown = (await runRewind(["pick", "tago", "--seed", "1"], kitty)).stdout;
  expect(showEscapes(shown)).toMatch(/\n{12}␛\[12A␛7␛_Ga=T,f=32,s=24,v=24,c=24,r=12,q=2,C=1,m=0;/);
  expect(shown).not.toMatch(/▀/);

  // Something else lies there now.
  for (const other of [Buffer.from("\u001b]0;rubbish"), Buffer.alloc(0), getCover(1).subarray(0, 80)]) {
    openImageStore(covers).keep(address, other);
    expect((await runRewind(["explain", "tago"])).stdout).toBe(roughly);
    expect(stripEscapes((await runRewind(["explain", "tago"], kitty)).stdout)).toMatch(/▀{24}/);
  }
  rmSync(covers, { recursive: true });
  expect(stripEscapes((await runRewind(["explain", "tago"], iterm)).stdout)).toMatch(/▀{24}/);
});
