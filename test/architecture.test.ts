// What the linter can't see of the source: imports on demand, files without a row, and four patterns.
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { arrows, depths, roomOf } from "../lint/arrows.mjs";
import { doors, rooms } from "../lint/rooms.mjs";
import linter from "../oxlint.config.mjs";

const root = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"));
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const filesWith = (pattern: RegExp): string[] => files.filter((file) => pattern.test(textOf(file)));

/** The folder or file that is the room of a file. `*` in a row stands for one name. */
function placeOf(file: string): string {
  const depth = roomOf(file)?.room.split("/").length ?? 0;
  return file.split("/").slice(0, depth).join("/");
}

function depthInRoom(file: string): number {
  return file.split("/").length - placeOf(file).split("/").length - 1;
}

function mayImport(file: string, specifier: string): boolean {
  const row = roomOf(file);
  if (specifier.startsWith(".")) {
    const other = posix.join(posix.dirname(file), specifier);
    return placeOf(file) === placeOf(other) || row?.knows.includes(roomOf(other)?.room ?? "") === true;
  }
  if (specifier.startsWith("node:")) return row?.node !== false;
  const library = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? "";
  return (doors as Readonly<Record<string, string>>)[library] === file;
}

test("imports on demand follow the rows too", () => {
  const imports = files.flatMap((file) =>
    [...textOf(file).matchAll(/\bimport\(\s*["']([^"']+)["']/g)].map(([, specifier = ""]) => [
      file,
      specifier,
    ]),
  );
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter(([file = "", specifier = ""]) => !mayImport(file, specifier))).toEqual([]);
});

test("every file has a row, no deeper than the linter looks, and every row has a file", () => {
  expect(files.filter((file) => placeOf(file) === "")).toEqual([]);
  expect(files.filter((file) => depthInRoom(file) > Math.max(...depths))).toEqual([]);
  const inUse = new Set(files.map((file) => roomOf(file)?.room));
  expect(rooms.filter(({ room }) => !inUse.has(room))).toEqual([]);
});

test("every path that the linter's configuration names has a file", () => {
  const ofRows = new Set(arrows().flatMap((override) => override.files));
  const overrides: readonly { files: readonly string[]; excludeFiles?: readonly string[] }[] =
    linter.overrides;
  const patterns = overrides
    .flatMap((override) => [...override.files, ...(override.excludeFiles ?? [])])
    .filter((pattern) => !ofRows.has(pattern));
  expect(patterns.length).toBeGreaterThan(0);
  const all = ["src", "test"].flatMap((folder) =>
    readdirSync(join(root, "..", folder), { recursive: true, encoding: "utf8" }).map(
      (name) => `${folder}/${name.replaceAll("\\", "/")}`,
    ),
  );
  const isUnused = (pattern: string): boolean =>
    pattern.endsWith("/**")
      ? !all.some((file) => file.startsWith(pattern.slice(0, -2)))
      : !all.includes(pattern);
  expect(patterns.filter(isUnused)).toEqual([]);
});

test("only a few files of output make a SafeText", () => {
  const making = filesWith(/\btrusted\b|\bas (?:unknown as )?(?:readonly )?SafeText\b|<SafeText/);
  expect(making.length).toBeGreaterThan(0);
  expect(making.filter((file) => !file.startsWith("output/"))).toEqual([]);
});

// A call has no room for 130,000 arguments.
test("no list of rows is spread into arguments", () => {
  const spread = filesWith(
    /(?:Math\.(?:max|min)|\.(?:push|unshift)|String\.from\w+)\(\s*(?:[^"'`{[;]*,\s*)?\.\.\./,
  );
  const ofRows = /^(?:match|output|queries|actions|commands|store)\//;
  expect(spread.filter((file) => ofRows.test(file))).toEqual([]);
});

// A plain object answers "constructor" and "__proto__" with what every object has. The keys of failures.ts are codes of
// the system, which no user types.
test("no table that is looked up by a text is a plain object", () => {
  const table = /^\s*(?:export )?const \w+: (?:Readonly<)?Record<string, .*= \{(?!\};$)/m;
  expect(filesWith(table)).toEqual([]);
});
