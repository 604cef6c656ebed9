// The built program reads every shape of an exported file, and loads the parsers of CSV and zip only for those.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FileImportDocument } from "../../src/queries/documents/import-documents.ts";
import { exportShapes, type MadePlay, spotifyZip } from "../support/exported-files.ts";
import { runProcess } from "../support/run-process.ts";
import { tempDirectory } from "../support/temp.ts";

const recorder = fileURLToPath(new URL("../support/loaded-packages.mjs", import.meta.url));

const plays: readonly MadePlay[] = [1, 2, 3].map((at) => ({
  startUts: 1_700_000_000 + at * 600,
  artist: "Can",
  album: "Tago Mago",
  title: `Track ${at}`,
  seconds: 200,
}));

async function imported(...argv: readonly string[]): Promise<FileImportDocument & { packages: string[] }> {
  const path = join(tempDirectory(), "loaded.json");
  const { code, stdout, stderr } = await runProcess(["import", ...argv, "--json"], {
    env: { LOADED_PACKAGES: path },
    nodeFlags: ["--import", recorder],
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { packages } = JSON.parse(readFileSync(path, "utf8")) as { packages: string[] };
  return { ...(JSON.parse(stdout) as FileImportDocument), packages };
}

test("a folder with a file of every shape", async () => {
  const folder = join(tempDirectory(), "histories");
  mkdirSync(folder);
  for (const [at, { text }] of exportShapes.entries()) {
    writeFileSync(join(folder, String(at).padStart(2, "0")), text(plays));
  }
  const { files, sources } = await imported(folder);
  expect(files.map(({ format }) => format)).toEqual(exportShapes.map(({ format }) => format));
  // Beside the history of Apple Music, the daily totals are no plays.
  const names = new Set(exportShapes.map(({ source }) => source));
  names.delete("apple-daily");
  expect(sources.map(({ name, added }) => [name, added])).toEqual(
    [...names].toSorted().map((name) => [name, 3]),
  );
});

const parsersFor = async (file: string): Promise<string[]> =>
  (await imported(file)).packages.filter((name) => ["csv-parse", "yauzl", "ora"].includes(name));

test("parsers are loaded for the files that need them", async () => {
  const folder = tempDirectory();
  const [json, csv, zip] = ["a", "b", "c"].map((name) => join(folder, name)) as [string, string, string];
  const shape = (format: string) => exportShapes.find((each) => each.format === format)?.text(plays) ?? "";
  writeFileSync(json, shape("spotify-history"));
  writeFileSync(csv, shape("lastfm-csv"));
  writeFileSync(zip, spotifyZip(plays));
  expect(await parsersFor(json)).toEqual([]);
  expect(await parsersFor(csv)).toEqual(["csv-parse"]);
  expect(await parsersFor(zip)).toEqual(["yauzl"]);
});
