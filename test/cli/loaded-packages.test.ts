// Start-up time is what is loaded: no clock, but a list, so that the test is the same on every machine.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exportFormats, type SamplePlay, buildSpotifyZip } from "../support/export-formats.ts";
import { runProcess } from "../support/run-process.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const recorder = fileURLToPath(new URL("../support/loaded-packages.mjs", import.meta.url));
/** Chunks that only a sync or a rematch needs. */
const syncOnlyChunks = new Set(["connect", "session", "match", "progress"]);
/** The package's compiled code: the rest of it, and the parser of command lines, are in chunks of ours. */
const sqlite = ["better-sqlite3"];

interface Loaded {
  /** Loaded before the first line on a terminal. */
  readonly atFirstLine: Omit<Loaded, "atFirstLine"> | null;
  readonly packages: string[];
  /** Files of dist/. */
  readonly chunks: string[];
}

async function readLoaded(argv: readonly string[], home: string): Promise<Loaded & { stdout: string }> {
  const path = join(createTempDirectory(), "loaded.json");
  const { code, stdout, stderr } = await runProcess(argv, {
    home,
    env: { LOADED_PACKAGES: path },
    nodeFlags: ["--import", recorder],
  });
  // A page of JSON says that it is one.
  expect({ code, stderr: stderr.replace(/^.*; --all for every one\n/, "") }).toEqual({ code: 0, stderr: "" });
  return { ...(JSON.parse(readFileSync(path, "utf8")) as Loaded), stdout };
}

async function readPackages(argv: readonly string[], home: string): Promise<string[]> {
  return (await readLoaded(argv, home)).packages;
}

test.each([
  ["--version", []],
  ["--help", []],
  ["xref --json", sqlite],
  ["xref --filter unlistened --json", sqlite],
  ["xref", sqlite],
])("rewind %s loads no package but SQLite", async (line, packages) => {
  expect(await readPackages(line.split(" "), await sampleHome())).toEqual(packages);
});

test("a reading command loads few chunks, and none that fetch or match", async () => {
  const home = await sampleHome();
  expect((await readLoaded(["--version"], home)).chunks).toEqual(["main"]);
  const { chunks } = await readLoaded(["xref", "--json"], home);
  expect(chunks).toEqual(["main", "program", "store", "xref"]);
  const questions = [["xref"], ["stats"], ["gaps"], ["dusty"], ["pick"], ["status"]].map(async (argv) => {
    const loaded = await readLoaded(argv, home);
    return {
      argv,
      count: loaded.chunks.length,
      heavy: loaded.chunks.filter((name) => syncOnlyChunks.has(name)),
    };
  });
  for (const { argv, count, heavy: found } of await Promise.all(questions)) {
    expect({ argv, found }).toEqual({ argv, found: [] });
    expect(count).toBeLessThanOrEqual(12);
  }
});

test("a sync on a terminal prints its first line before it loads what fetches or draws", async () => {
  const path = join(createTempDirectory(), "loaded.json");
  const { code, stderr } = await runProcess(["sync", "--only", "discogs"], {
    // A token that no request can carry: nothing is asked.
    env: {
      LOADED_PACKAGES: path,
      FIRST_LINE: "",
      DISCOGS_TOKEN: "t\u00f6ken",
      LASTFM_API_KEY: "key",
      LASTFM_USERNAME: "owl",
    },
    nodeFlags: ["--import", recorder],
  });
  expect({ code, stderr }).toMatchObject({ code: 4 });
  expect(stderr).toMatch(/^Checking your accounts/);
  const { packages, chunks, atFirstLine } = JSON.parse(readFileSync(path, "utf8")) as Loaded;
  expect(packages).toEqual(expect.arrayContaining(["undici", "ora", "better-sqlite3"]));
  for (const name of ["undici", "ora", "fastest-levenshtein"])
    expect(atFirstLine?.packages).not.toContain(name);
  expect(atFirstLine?.chunks.filter((name) => syncOnlyChunks.has(name))).toEqual([]);
  expect(chunks).toContain("connect");
});

const plays: readonly SamplePlay[] = [1, 2, 3].map((at) => ({
  startUts: 1_700_000_000 + at * 600,
  artist: "Can",
  album: "Tago Mago",
  title: `Track ${at}`,
  seconds: 200,
}));

const readParsers = async (file: string): Promise<string[]> =>
  (await readPackages(["import", file, "--json"], createTempDirectory())).filter((name) =>
    ["csv-parse", "yauzl", "ora"].includes(name),
  );

test("parsers are loaded for the files that need them", async () => {
  const folder = createTempDirectory();
  const [json, csv, zip] = ["a", "b", "c"].map((name) => join(folder, name)) as [string, string, string];
  const buildExport = (format: string) =>
    exportFormats.find((each) => each.format === format)?.text(plays) ?? "";
  writeFileSync(json, buildExport("spotify-history"));
  writeFileSync(csv, buildExport("lastfm-csv"));
  writeFileSync(zip, buildSpotifyZip(plays));
  expect(await readParsers(json)).toEqual([]);
  expect(await readParsers(csv)).toEqual(["csv-parse"]);
  expect(await readParsers(zip)).toEqual(["yauzl"]);
});
