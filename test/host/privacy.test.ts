import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, linkSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { closeToOthers, exposureOf, keepPrivate } from "../../src/host/privacy.ts";
import { tempDirectory } from "../support/temp.ts";

const uid = process.geteuid?.() ?? -1;
const linux = { platform: "linux", uid } as const;
const stranger = { platform: "linux", uid: uid + 1 } as const;

function fileOf(mode: number, directoryMode = 0o755): string {
  const directory = join(tempDirectory(), "rewind");
  mkdirSync(directory);
  const path = join(directory, "config.json");
  writeFileSync(path, "{}");
  chmodSync(path, mode);
  chmodSync(directory, directoryMode);
  return path;
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("who can write the directory can replace what is in it", () => {
  const path = fileOf(0o600, 0o777);
  expect(keepPrivate({ path, isNamed: false }, linux)?.outcome).toBe("mended");
  expect(modeOf(dirname(path))).toBe("700");
  expect(keepPrivate({ path: fileOf(0o600, 0o777), isNamed: false }, stranger)?.outcome).toBe("unsafe");
  expect(keepPrivate({ path: fileOf(0o600, 0o1777), isNamed: false }, stranger)).toBeNull();
});

test.each([
  [0o666, "unsafe"],
  [0o644, "exposed"],
] as const)("another's with mode %o is %s, and left as it is", (mode, outcome) => {
  const path = fileOf(mode);
  expect(keepPrivate({ path, isNamed: false }, stranger)).toMatchObject({
    outcome,
    text: expect.stringContaining("belongs to another user"),
  });
  expect([modeOf(path), modeOf(dirname(path))]).toEqual([mode.toString(8), "755"]);
});

test.runIf(existsSync("/proc/self/status"))("reports that chmod has no effect there", () => {
  // A regular file of ours on a file system that keeps its modes.
  expect(keepPrivate({ path: "/proc/self/status", isNamed: false }, linux)).toEqual({
    outcome: "exposed",
    text: "can be read by others, and chmod has no effect there",
  });
});

test("changes no mode through a link or a second name, nor that of a directory or a pipe in the place of a file", () => {
  const target = fileOf(0o644);
  const directory = join(tempDirectory(), "rewind");
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
    expect(exposureOf({ path, isNamed: false }, linux)).toEqual(access);
    const text = "is a link to a file that can be read by others; replace the link with a file of your own";
    expect(keepPrivate({ path, isNamed: false }, linux)).toEqual(access && { outcome: "exposed", text });
    closeToOthers(path, 0o600);
    expect(modeOf(path)).toBe(mode);
  }
  const linkedDirectory = join(tempDirectory(), "link");
  symlinkSync(dirname(target), linkedDirectory);
  closeToOthers(linkedDirectory, 0o700);
  expect(modeOf(dirname(target))).toBe("755");
});
