import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, linkSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { restrictAccess, findExposure, makePrivate } from "../../src/host/privacy.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const uid = process.geteuid?.() ?? -1;
const linux = { platform: "linux", uid } as const;
const stranger = { platform: "linux", uid: uid + 1 } as const;

function createFileWithMode(mode: number, directoryMode = 0o755): string {
  const directory = join(createTempDirectory(), "rewind");
  mkdirSync(directory);
  const path = join(directory, "config.json");
  writeFileSync(path, "{}");
  chmodSync(path, mode);
  chmodSync(directory, directoryMode);
  return path;
}

const readMode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("treats a file as exposed if others can write its directory", () => {
  const path = createFileWithMode(0o600, 0o777);
  expect(makePrivate({ path, isUserChosen: false }, linux)?.outcome).toBe("mended");
  expect(readMode(dirname(path))).toBe("700");
  expect(
    makePrivate({ path: createFileWithMode(0o600, 0o777), isUserChosen: false }, stranger)?.outcome,
  ).toBe("unsafe");
  expect(makePrivate({ path: createFileWithMode(0o600, 0o1777), isUserChosen: false }, stranger)).toBeNull();
});

test.each([
  [0o666, "unsafe"],
  [0o644, "exposed"],
] as const)("leaves another user's file with mode %o as it is: %s", (mode, outcome) => {
  const path = createFileWithMode(mode);
  expect(makePrivate({ path, isUserChosen: false }, stranger)).toMatchObject({
    outcome,
    text: expect.stringContaining("belongs to another user"),
  });
  expect([readMode(path), readMode(dirname(path))]).toEqual([mode.toString(8), "755"]);
});

test.runIf(existsSync("/proc/self/status"))("reports that chmod has no effect there", () => {
  // A regular file of ours on a file system that keeps its modes.
  expect(makePrivate({ path: "/proc/self/status", isUserChosen: false }, linux)).toEqual({
    outcome: "exposed",
    text: "can be read by others, and chmod has no effect there",
  });
});

test("changes no mode through a link or a second name, nor that of a directory or a pipe in the place of a file", () => {
  const target = createFileWithMode(0o644);
  const directory = join(createTempDirectory(), "rewind");
  mkdirSync(directory, { mode: 0o700 });
  const [link, folder, pipe] = ["config.json", "rewind.decisions.1", "keys.json"].map((name) =>
    join(directory, name),
  ) as [string, string, string];
  symlinkSync(target, link);
  const secondName = join(directory, "rewind.db");
  linkSync(target, secondName);
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  execFileSync("mkfifo", ["-m", "644", pipe]);
  for (const [path, mode, access] of [
    [link, "644", { kind: "link", access: "read" }],
    [secondName, "644", { kind: "link", access: "read" }],
    [folder, "755", null],
    [pipe, "644", null],
  ] as const) {
    expect(findExposure({ path, isUserChosen: false }, linux)).toEqual(access);
    const text = "is a link to a file that can be read by others; replace the link with a file of your own";
    expect(makePrivate({ path, isUserChosen: false }, linux)).toEqual(access && { outcome: "exposed", text });
    restrictAccess(path, 0o600);
    expect(readMode(path)).toBe(mode);
  }
  const linkedDirectory = join(createTempDirectory(), "link");
  symlinkSync(dirname(target), linkedDirectory);
  restrictAccess(linkedDirectory, 0o700);
  expect(readMode(dirname(target))).toBe("755");
});
