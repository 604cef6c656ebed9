// Stored covers: limited in size, and free to disappear at any time.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isPictureKept, keptPicture, openKeeper } from "../../src/images/kept-pictures.ts";
import { tempDirectory } from "../support/temp.ts";

const picture = (letter: string, size = 40): Buffer => Buffer.alloc(size, letter);

test("bytes are there or not, whatever an address is made of", () => {
  const directory = join(tempDirectory(), "covers");
  const keeper = openKeeper(directory);
  expect(existsSync(directory)).toBe(false);
  expect(keptPicture(directory, "../../release/x")).toBeNull();
  expect(keeper.keep("../../release/x", picture("a"))).toBe(true);
  expect(keptPicture(directory, "../../release/x")).toEqual(picture("a"));
  expect([isPictureKept(directory, "../../release/x"), isPictureKept(directory, "release/x")]).toEqual([
    true,
    false,
  ]);
  const [name = ""] = readdirSync(directory);
  expect(name).toMatch(/^[\da-f]{40}$/);
  expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
});

test("never more than so many bytes: those that were kept longest make room, in the next run too", () => {
  const directory = join(tempDirectory(), "covers");
  const names = ["a", "b", "c", "d"];
  const there = (): string[] => names.filter((name) => keptPicture(directory, name) !== null);
  const keeper = openKeeper(directory, 100);
  for (const name of ["a", "b", "c"]) expect(keeper.keep(name, picture(name))).toBe(true);
  expect(there()).toEqual(["b", "c"]);
  expect(keeper.keep("b", picture("b", 50))).toBe(true);
  expect(there()).toEqual(["b", "c"]);
  expect(openKeeper(directory, 100).keep("d", picture("d", 60))).toBe(true);
  expect(there()).toContain("d");
  const bytes = readdirSync(directory).map((name) => statSync(join(directory, name)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100);
  expect(keeper.keep("a", picture("a", 101))).toBe(false);
});

test("what a run that was killed left unfinished is removed, and what is no picture of ours stays", () => {
  const directory = tempDirectory();
  writeFileSync(join(directory, `${"0".repeat(40)}.4711`), "half");
  writeFileSync(join(directory, "holiday.jpg"), "mine");
  openKeeper(directory, 1).keep("a", picture("a"));
  expect(readdirSync(directory)).toEqual(["holiday.jpg"]);
});

test("the directory may go at any moment, and may be no directory at all", () => {
  const directory = join(tempDirectory(), "covers");
  const keeper = openKeeper(directory);
  keeper.keep("a", picture("a"));
  rmSync(directory, { recursive: true });
  expect(keeper.keep("b", picture("b"))).toBe(true);
  expect([isPictureKept(directory, "a"), isPictureKept(directory, "b")]).toEqual([false, true]);
  rmSync(directory, { recursive: true });
  writeFileSync(directory, "a file");
  expect(keeper.keep("c", picture("c"))).toBe(false);
  expect(openKeeper(directory).keep("c", picture("c"))).toBe(false);
  rmSync(directory);
  mkdirSync(directory);
  expect(keeper.keep("c", picture("c"))).toBe(true);
});
