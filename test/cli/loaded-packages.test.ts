// Start-up time is what is loaded: no clock, but a list, so that the test is the same on every machine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProcess } from "../support/run-process.ts";
import { sampleHome } from "../support/sample-home.ts";
import { tempDirectory } from "../support/temp.ts";

const recorder = fileURLToPath(new URL("../support/loaded-packages.mjs", import.meta.url));
const sqlite = ["better-sqlite3", "bindings", "file-uri-to-path"];

async function packagesOf(argv: readonly string[], home: string): Promise<string[]> {
  const path = join(tempDirectory(), "loaded.json");
  const { code, stderr } = await runProcess(argv, {
    home,
    env: { LOADED_PACKAGES: path },
    nodeFlags: ["--import", recorder],
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(readFileSync(path, "utf8")) as string[];
}

test("--version loads nothing, --help the command line parser alone", async () => {
  const home = tempDirectory();
  expect(await packagesOf(["--version"], home)).toEqual([]);
  expect(await packagesOf(["--help"], home)).toEqual(["commander"]);
});

test("answers for programs load SQLite besides, and nothing that draws or fetches", async () => {
  const home = await sampleHome();
  expect(await packagesOf(["xref", "--json"], home)).toEqual([...sqlite, "commander"].toSorted());
  expect(await packagesOf(["xref", "--filter", "unlistened", "--json"], home)).toEqual(
    [...sqlite, "commander"].toSorted(),
  );
});

test("the table in a pipe loads no more than that", async () => {
  expect(await packagesOf(["xref"], await sampleHome())).toEqual([...sqlite, "commander"].toSorted());
});
