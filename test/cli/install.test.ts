// What an installation can lack.
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCommand } from "../support/run-process.ts";
import { tempDirectory } from "../support/temp.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The program as installed, with a better-sqlite3 whose binary is as given. */
function installation(binary: string | null): string {
  const directory = tempDirectory("rewind-install");
  for (const part of ["bin", "dist", "package.json"]) {
    cpSync(join(root, part), join(directory, part), { recursive: true });
  }
  const modules = join(directory, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "better-sqlite3") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const sqlite = join(modules, "better-sqlite3");
  for (const part of ["lib", "package.json"]) {
    cpSync(join(root, "node_modules/better-sqlite3", part), join(sqlite, part), { recursive: true });
  }
  if (binary !== null) {
    mkdirSync(join(sqlite, "build/Release"), { recursive: true });
    writeFileSync(join(sqlite, "build/Release/better_sqlite3.node"), binary);
  }
  return join(directory, "bin/rewind.js");
}

test.each([
  ["no binary", null],
  ["a binary of another system", "not for this machine"],
])("with %s of better-sqlite3, one line names the remedy", async (_, binary) => {
  const program = installation(binary);
  const version = await runCommand(process.execPath, [program, "--version"], {});
  expect(version.code).toBe(0);
  const { code, stdout, stderr } = await runCommand(process.execPath, [program, "demo"], {});
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^rewind: better-sqlite3 has no binary for this Node/);
  expect(stderr).toMatch(/npm rebuild better-sqlite3/);
  expect(stderr.trimEnd().split("\n")).toHaveLength(2);
});
