// The door to the browser, with a stand-in for one: a script that tells what it was given.
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPage, listOpenCommands } from "../../src/host/child-processes.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const address = "https://www.discogs.com/release/1?a=$(touch x)&b='\"";

test("passes any address as one argument to the first browser that starts", async () => {
  const directory = createTempDirectory();
  const [path, pipe] = [join(directory, "browser"), join(directory, "given")];
  execFileSync("mkfifo", [pipe]);
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$#" "$@" > ${pipe}\n`);
  chmodSync(path, 0o700);
  const env = { BROWSER: `/nowhere/browser: ${path}  --new-window `, DISPLAY: ":0" };
  const given = readFile(pipe, "utf8");
  expect(await openPage(address, { platform: "linux", env })).toBe(true);
  expect(await given).toBe(`2\n--new-window\n${new URL(address).href}\n`);
});

test.each([
  ["no desktop", {}, address],
  ["a browser that isn't there", { BROWSER: "/nowhere/browser" }, address],
  ["a BROWSER of blanks", { BROWSER: " " }, address],
  ["a BROWSER of colons and blanks", { BROWSER: " : \t:" }, address],
  ["no address", { BROWSER: "/bin/true" }, "--help"],
])("opens nothing: %s", async (_, env, given) => {
  expect(await openPage(given, { platform: "linux", env })).toBe(false);
});

test.each([
  ["https://www.discogs.com/release/1", true],
  ["file:///home/digger/rewind-report.html", true],
  ["http://127.0.0.1:8787/session?once=abc", false],
  ["http://[::1]:8787/", false],
  ["file://evil/share/x.html", false],
  ["http://127.0.0.1.evil.org/", false],
  ["http://evil.org/", false],
  ["rewind-report.html", false],
  ["ms-calculator:", false],
  ["http://www.discogs.com/", false],
  ["javascript:alert(1)", false],
  ["https:\\\\", false],
])("tells if %s can be opened: %s", (page, isOpened) => {
  const openers = listOpenCommands(page, { platform: "darwin", env: {} });
  expect(openers).toEqual(isOpened ? [["open", page]] : []);
});
