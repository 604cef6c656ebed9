// Stored covers: limited in size, and free to disappear at any time.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isCoverCached, readCachedCover, openImageStore } from "../../src/images/cached-covers.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const createImage = (letter: string, size = 40): Buffer => Buffer.alloc(size, letter);

test("stores and finds bytes under any address", () => {
  const directory = join(createTempDirectory(), "covers");
  const keeper = openImageStore(directory);
  expect(existsSync(directory)).toBe(false);
  expect(readCachedCover(directory, "../../release/x")).toBeNull();
  expect(keeper.keep("../../release/x", createImage("a"))).toBe(true);
  expect(readCachedCover(directory, "../../release/x")).toEqual(createImage("a"));
  expect([isCoverCached(directory, "../../release/x"), isCoverCached(directory, "release/x")]).toEqual([
    true,
    false,
  ]);
  const [name = ""] = readdirSync(directory);
  expect(name).toMatch(/^[\da-f]{40}$/);
  expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
});

test("removes the oldest files beyond the size limit, in the next run too", () => {
  const directory = join(createTempDirectory(), "covers");
  const names = ["a", "b", "c", "d"];
  const listCached = (): string[] => names.filter((name) => readCachedCover(directory, name) !== null);
  const keeper = openImageStore(directory, 100);
  for (const name of ["a", "b", "c"]) expect(keeper.keep(name, createImage(name))).toBe(true);
  expect(listCached()).toEqual(["b", "c"]);
  expect(keeper.keep("b", createImage("b", 50))).toBe(true);
  expect(listCached()).toEqual(["b", "c"]);
  expect(openImageStore(directory, 100).keep("d", createImage("d", 60))).toBe(true);
  expect(listCached()).toContain("d");
  const bytes = readdirSync(directory).map((name) => statSync(join(directory, name)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100);
  expect(keeper.keep("a", createImage("a", 101))).toBe(false);
});

test("removes unfinished files of a killed run, and keeps foreign files", () => {
  const directory = createTempDirectory();
  writeFileSync(join(directory, `${"0".repeat(40)}.4711`), "half");
  writeFileSync(join(directory, "holiday.jpg"), "mine");
  openImageStore(directory, 1).keep("a", createImage("a"));
  expect(readdirSync(directory)).toEqual(["holiday.jpg"]);
});

test("works if the directory is removed or is no directory", () => {
  const directory = join(createTempDirectory(), "covers");
  const keeper = openImageStore(directory);
  keeper.keep("a", createImage("a"));
  rmSync(directory, { recursive: true });
  expect(keeper.keep("b", createImage("b"))).toBe(true);
  expect([isCoverCached(directory, "a"), isCoverCached(directory, "b")]).toEqual([false, true]);
  rmSync(directory, { recursive: true });
  writeFileSync(directory, "a file");
  expect(keeper.keep("c", createImage("c"))).toBe(false);
  expect(openImageStore(directory).keep("c", createImage("c"))).toBe(false);
  rmSync(directory);
  mkdirSync(directory);
  expect(keeper.keep("c", createImage("c"))).toBe(true);
});
