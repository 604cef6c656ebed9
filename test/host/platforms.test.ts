// Linux, macOS and Windows, each by what the process would say that it runs on: no such machine is there to try it on.
import { EventEmitter } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { listOpenCommands, isProgramFound } from "../../src/host/child-processes.ts";
import { getSavedQueriesPath } from "../../src/commands/shared/access/saved-queries.ts";
import { isClosedPipe } from "../../src/output/stream.ts";
import {
  getCachePath,
  getCompileCachePath,
  getCoversPath,
  getKeysPath,
  getSettingsPath,
  formatPath,
} from "../../src/host/paths.ts";
import { createProcessSignals } from "../../src/host/process.ts";
import { getHomeCachePath, writeCacheFile } from "../support/filled-cache.ts";
import {
  key,
  createLoggedInUser,
  createNewUser,
  getSettingsFile,
  buildSavedSettings,
  readStoredSettings,
  token,
} from "../support/new-user.ts";
import { sampleHome } from "../support/sample-home.ts";

const profile = "C:\\Users\\Ada";
const [roaming, local] = [`${profile}\\AppData\\Roaming`, `${profile}\\AppData\\Local`];
const appData = { APPDATA: roaming, LOCALAPPDATA: local };
const ada = ["/home/ada/.config", "/home/ada/.local/share", "/home/ada/.cache"] as const;
const customDirectories = {
  XDG_CONFIG_HOME: "D:\\settings",
  XDG_DATA_HOME: "\\\\files\\data",
  XDG_CACHE_HOME: "E:\\",
};

/** The directories of the settings, of the cache and of compiled code. */
type Directories = readonly [settings: string, cache: string, compiled: string];

test.each<[NodeJS.Platform, string, Readonly<Record<string, string>>, Directories]>([
  ["linux", "a home", { HOME: "/home/ada" }, ada],
  ["linux", "what Windows sets, in a shell that took it over", { HOME: "/home/ada", ...appData }, ada],
  // XDG: a path that isn't absolute counts as unset.
  ["linux", "places without a root", { HOME: "/home/ada", XDG_DATA_HOME: "data", XDG_CONFIG_HOME: "" }, ada],
  [
    "darwin",
    "a home: as on Linux, nothing in ~/Library",
    { HOME: "/Users/ada" },
    ["/Users/ada/.config", "/Users/ada/.local/share", "/Users/ada/.cache"],
  ],
  ["win32", "a profile", { USERPROFILE: profile, ...appData }, [roaming, local, ""]],
  [
    "win32",
    "a service, which has a profile and nothing else",
    { USERPROFILE: profile },
    [roaming, local, ""],
  ],
  [
    "win32",
    "places that depend on where one stands: they count as unset",
    { USERPROFILE: profile, ...appData, XDG_CONFIG_HOME: "C:config", XDG_DATA_HOME: "data" },
    [roaming, local, ""],
  ],
  [
    "win32",
    "places of one's own choice",
    { ...appData, ...customDirectories },
    ["D:\\settings", "\\\\files\\data", "E:"],
  ],
])("finds settings, cache and compiled code on %s, %s", (on, _, env, [settings, cache, compiled]) => {
  const slash = on === "win32" ? "\\" : "/";
  const joinBelow = (directory: string, ...names: string[]): string =>
    [directory, "rewind", ...names].join(slash);
  expect(getSettingsPath(env, on)).toBe(joinBelow(settings, "config.json"));
  expect(getCachePath(env, on)).toBe(joinBelow(cache, "rewind.db"));
  expect(getCompileCachePath(env, on)).toBe(
    compiled === "" ? joinBelow(cache, "cache") : joinBelow(compiled),
  );
  // The file lies beside the settings.
  expect(getSavedQueriesPath({ env, platform: on })).toBe(joinBelow(settings, "saved.json"));
  expect(getKeysPath(getSettingsPath(env, on))).toBe(joinBelow(settings, "keys.json"));
});

test("REWIND_DB names the cache; covers lie with what can be made again", () => {
  const env = { HOME: "/home/a", REWIND_DB: "other.db" };
  expect(getCachePath(env, "linux")).toBe("other.db");
  expect(getCoversPath(env, "linux")).toBe("/home/a/.cache/rewind/covers");
  expect(getCoversPath({ ...env, XDG_CACHE_HOME: "/fast" }, "darwin")).toBe("/fast/rewind/covers");
});

test("a path is shown with ~ only where it lies in the home directory, and whole in Windows' shells", () => {
  expect(formatPath("/home/a/x.db", { HOME: "/home/a" })).toBe("~/x.db");
  expect(formatPath("/home/abc/x.db", { HOME: "/home/a" })).toBe("/home/abc/x.db");
  const env = { HOME: profile, USERPROFILE: profile };
  expect(formatPath(`${profile}\\x.db`, env)).toBe(`${profile}\\x.db`);
});

describe("a page in the browser", () => {
  const hostile = "https://www.discogs.com/release/1?a=%PATH%&b=|calc&c='\"`$(touch x)& calc.exe ^ -1,2";
  const onWindows = { platform: "win32", env: { BROWSER: "evil" } } as const;

  test.each([
    ["win32", onWindows.env, [["rundll32", "url.dll,FileProtocolHandler"]]],
    ["darwin", {}, [["open"]]],
    ["darwin", { BROWSER: "lynx:firefox -P me" }, [["lynx"], ["firefox", "-P", "me"], ["open"]]],
    ["linux", { DISPLAY: ":0" }, [["xdg-open"]]],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, [["xdg-open"]]],
    ["linux", {}, []],
    ["linux", { WSL_DISTRO_NAME: "Debian" }, [["wslview"], ["explorer.exe"]]],
  ] as const)("is opened on %s with %j", (platform, env, openers) => {
    const address = "https://www.discogs.com/release/1";
    expect(listOpenCommands(address, { platform, env })).toEqual(openers.map((words) => [...words, address]));
  });

  test("gets an address without blanks, quotes or a shell, on any system", () => {
    for (const surroundings of [onWindows, { platform: "darwin", env: {} } as const]) {
      const [words = []] = listOpenCommands(hostile, surroundings);
      expect(words).not.toContain("cmd");
      expect(words.at(-1)).toMatch(/^https:\/\/www\.discogs\.com\/release\/1\?[^\s"]+$/);
    }
  });
});

/** Creates an error like Node's. */
function createSystemError(code: string, syscall = "write"): Error {
  return Object.assign(new Error(`${code}: said so, ${syscall}`), { code, syscall });
}

test.each([
  ["EPIPE", "write", true],
  ["EOF", "write", true],
  ["EOF", "read", false],
  ["ENOSPC", "write", false],
] as const)("tells if a pipe is closed by the error of each system: %s of %s", (code, syscall, is) => {
  expect(isClosedPipe(createSystemError(code, syscall))).toBe(is);
});

test.each([
  ["linux", 0, true],
  ["linux", 1, true],
  ["linux", 126, false],
  ["linux", 127, false],
  ["win32", 0, true],
  ["win32", 1, false],
  ["win32", 9009, false],
] as const)("tells if a pager on %s that ends with %d has shown the text: %j", (platform, code, is) => {
  expect(isProgramFound(code, platform)).toBe(is);
});

function createFakeProcess(platform: NodeJS.Platform) {
  const done: unknown[] = [];
  const fake = Object.assign(new EventEmitter(), {
    platform,
    pid: 42,
    kill: (pid: number, signal: string) => done.push(["kill", pid, signal]),
    exit: (code: number) => done.push(["exit", code]),
  });
  return { signals: createProcessSignals(fake as unknown as NodeJS.Process), done };
}

test.each([
  ["linux", "SIGINT", ["kill", 42, "SIGINT"]],
  // Windows' kill() ends a process at once, whatever the signal, and with 1.
  ["win32", "SIGINT", ["exit", 130]],
  ["win32", "SIGTERM", ["exit", 143]],
  ["win32", "SIGHUP", ["exit", 129]],
] as const)("sends a signal to itself on %s: %s", (platform, signal, expected) => {
  const { signals, done } = createFakeProcess(platform);
  signals.raise(signal);
  expect(done).toEqual([expected]);
});

/** Byte by byte: no letter may be torn by where a pipe cuts. */
const streamBytes = (bytes: Buffer): Readable => Readable.from([...bytes].map((byte) => Buffer.of(byte)));

/** The bytes that a shell would pipe. */
test.each<[string, (text: string) => Buffer]>([
  ["as it is", (text) => Buffer.from(text)],
  ["with a mark at its start", (text) => Buffer.from(`\ufeff${text}`)],
  ["as PowerShell 5 writes files, UTF-16", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["as UTF-16 without a mark", (text) => Buffer.from(text, "utf16le")],
  ["as UTF-16, the other way round", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["with lines of Windows", (text) => Buffer.from(`${text.replaceAll("\n", "\r\n")}\r\n`)],
])("reads input that comes in %s from a pipe and from a file", async (_, encode) => {
  const person = await createNewUser();
  const given = JSON.stringify({ ...buildSavedSettings(person), shelf_field: "Gefäß" }, null, 2);
  const piped = await person.rewind(["login", "--stdin"], { stdin: streamBytes(encode(given)) });
  expect(piped).toMatchObject({ code: 0, stderr: expect.stringContaining("Saved in ") });
  expect(readStoredSettings(person.home)).toMatchObject({ discogs_token: token, shelf_field: "Gefäß" });
  expect(piped.stdout + piped.stderr).not.toContain(key);
  writeFileSync(getSettingsFile(person.home), encode(JSON.stringify({ shelf_field: "Kästen" })));
  expect((await person.rewind(["config", "get", "shelf_field"])).stdout).toBe("Kästen\n");
});

/** Everything in it is open to others. */
async function createOpenHome() {
  const person = await createLoggedInUser();
  writeCacheFile(getHomeCachePath(person.home), readFileSync(getHomeCachePath(await sampleHome())));
  for (const path of [getSettingsFile(person.home), getHomeCachePath(person.home)]) {
    chmodSync(path, 0o666);
    chmodSync(dirname(path), 0o777);
  }
  return person;
}

describe("modes of files on Windows, which has access lists instead:", () => {
  test("no command warns of them, or names a chmod", async () => {
    const person = await createOpenHome();
    for (const argv of [["xref"], ["config"], ["status"], ["config", "set", "refresh", "6h"]]) {
      const { code, stderr } = await person.rewind(argv, { platform: "win32" });
      expect({ argv, code, stderr }).toEqual({ argv, code: 0, stderr: "" });
    }
  });

  test("doctor says what it can't check, and login claims nothing of it", async () => {
    const person = await createOpenHome();
    const { stdout } = await person.rewind(["doctor", "--offline"], { platform: "win32" });
    expect(stdout).toMatch(/^✓ settings .*who else can read it is not checked on Windows/m);
    expect(stdout).not.toMatch(/chmod|0600|readable by you alone/);
    const stdin = JSON.stringify({ ...buildSavedSettings(person), contact: "me@example.org" });
    const { code, stderr } = await person.rewind(["login", "--stdin"], { platform: "win32", stdin });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("Saved in ") });
    expect(stderr).not.toMatch(/readable by you alone|0600/);
  });
});
