// Linux, macOS and Windows, each by what the process would say that it runs on: no such machine is there to try it on.
import { EventEmitter } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { pageOpeners, wasShown } from "../../src/host/other-programs.ts";
import { savedPath } from "../../src/commands/shared/opening/saved-questions.ts";
import { isClosedPipe } from "../../src/output/stream.ts";
import {
  cachePath,
  compileCachePath,
  coversPath,
  keysPath,
  settingsPath,
  shortPath,
} from "../../src/host/paths.ts";
import { processSignals } from "../../src/host/process.ts";
import { cacheIn, putCache } from "../support/filled-cache.ts";
import { key, loggedIn, newcomer, pathIn, saved, storedIn, token } from "../support/newcomer.ts";
import { sampleHome } from "../support/sample-home.ts";

const profile = "C:\\Users\\Ada";
const [roaming, local] = [`${profile}\\AppData\\Roaming`, `${profile}\\AppData\\Local`];
const appData = { APPDATA: roaming, LOCALAPPDATA: local };
const ada = ["/home/ada/.config", "/home/ada/.local/share", "/home/ada/.cache"] as const;
const ownPlaces = {
  XDG_CONFIG_HOME: "D:\\settings",
  XDG_DATA_HOME: "\\\\files\\data",
  XDG_CACHE_HOME: "E:\\",
};

/** The directories of the settings, of the cache and of compiled code. */
type Places = readonly [settings: string, cache: string, compiled: string];

test.each<[NodeJS.Platform, string, Readonly<Record<string, string>>, Places]>([
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
    { ...appData, ...ownPlaces },
    ["D:\\settings", "\\\\files\\data", "E:"],
  ],
])("%s, %s: settings, cache and compiled code", (on, _, env, [settings, cache, compiled]) => {
  const slash = on === "win32" ? "\\" : "/";
  const within = (directory: string, ...names: string[]): string =>
    [directory, "rewind", ...names].join(slash);
  expect(settingsPath(env, on)).toBe(within(settings, "config.json"));
  expect(cachePath(env, on)).toBe(within(cache, "rewind.db"));
  expect(compileCachePath(env, on)).toBe(compiled === "" ? within(cache, "cache") : within(compiled));
  // What lies beside the settings.
  expect(savedPath({ env, platform: on })).toBe(within(settings, "saved.json"));
  expect(keysPath(settingsPath(env, on))).toBe(within(settings, "keys.json"));
});

test("REWIND_DB names the cache; covers lie with what can be made again", () => {
  const env = { HOME: "/home/a", REWIND_DB: "other.db" };
  expect(cachePath(env, "linux")).toBe("other.db");
  expect(coversPath(env, "linux")).toBe("/home/a/.cache/rewind/covers");
  expect(coversPath({ ...env, XDG_CACHE_HOME: "/fast" }, "darwin")).toBe("/fast/rewind/covers");
});

test("a path is shown with ~ only where it lies in the home directory, and whole in Windows' shells", () => {
  expect(shortPath("/home/a/x.db", { HOME: "/home/a" })).toBe("~/x.db");
  expect(shortPath("/home/abc/x.db", { HOME: "/home/a" })).toBe("/home/abc/x.db");
  const env = { HOME: profile, USERPROFILE: profile };
  expect(shortPath(`${profile}\\x.db`, env)).toBe(`${profile}\\x.db`);
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
  ] as const)("on %s with %j", (platform, env, openers) => {
    const address = "https://www.discogs.com/release/1";
    expect(pageOpeners(address, { platform, env })).toEqual(openers.map((words) => [...words, address]));
  });

  test("is one word of a web address, on whatever system: no shell, no blank, no quote", () => {
    for (const surroundings of [onWindows, { platform: "darwin", env: {} } as const]) {
      const [words = []] = pageOpeners(hostile, surroundings);
      expect(words).not.toContain("cmd");
      expect(words.at(-1)).toMatch(/^https:\/\/www\.discogs\.com\/release\/1\?[^\s"]+$/);
    }
  });
});

/** As Node tells it. */
function failure(code: string, syscall = "write"): Error {
  return Object.assign(new Error(`${code}: said so, ${syscall}`), { code, syscall });
}

test.each([
  ["EPIPE", "write", true],
  ["EOF", "write", true],
  ["EOF", "read", false],
  ["ENOSPC", "write", false],
] as const)("a reader that left, by the name that each system has for it: %s of %s", (code, syscall, is) => {
  expect(isClosedPipe(failure(code, syscall))).toBe(is);
});

test.each([
  ["linux", 0, true],
  ["linux", 1, true],
  ["linux", 126, false],
  ["linux", 127, false],
  ["win32", 0, true],
  ["win32", 1, false],
  ["win32", 9009, false],
] as const)("a pager on %s that ends with %d has shown the text: %j", (platform, code, is) => {
  expect(wasShown(code, platform)).toBe(is);
});

function fakeProcess(platform: NodeJS.Platform) {
  const done: unknown[] = [];
  const fake = Object.assign(new EventEmitter(), {
    platform,
    pid: 42,
    kill: (pid: number, signal: string) => done.push(["kill", pid, signal]),
    exit: (code: number) => done.push(["exit", code]),
  });
  return { signals: processSignals(fake as unknown as NodeJS.Process), done };
}

test.each([
  ["linux", "SIGINT", ["kill", 42, "SIGINT"]],
  // There kill() ends a process at once, whatever the signal, and with 1.
  ["win32", "SIGINT", ["exit", 130]],
  ["win32", "SIGTERM", ["exit", 143]],
  ["win32", "SIGHUP", ["exit", 129]],
] as const)("a signal that the program sends to itself on %s: %s", (platform, signal, expected) => {
  const { signals, done } = fakeProcess(platform);
  signals.raise(signal);
  expect(done).toEqual([expected]);
});

/** Byte by byte: no letter may be torn by where a pipe cuts. */
const inBytes = (bytes: Buffer): Readable => Readable.from([...bytes].map((byte) => Buffer.of(byte)));

/** As a shell would pipe it. */
test.each<[string, (text: string) => Buffer]>([
  ["as it is", (text) => Buffer.from(text)],
  ["with a mark at its start", (text) => Buffer.from(`\ufeff${text}`)],
  ["as PowerShell 5 writes files, UTF-16", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["as UTF-16 without a mark", (text) => Buffer.from(text, "utf16le")],
  ["as UTF-16, the other way round", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["with lines of Windows", (text) => Buffer.from(`${text.replaceAll("\n", "\r\n")}\r\n`)],
])("what comes in %s is read from a pipe and from a file", async (_, encode) => {
  const person = await newcomer();
  const given = JSON.stringify({ ...saved(person), shelf_field: "Gefäß" }, null, 2);
  const piped = await person.rewind(["login", "--stdin"], { stdin: inBytes(encode(given)) });
  expect(piped).toMatchObject({ code: 0, stderr: expect.stringContaining("Saved in ") });
  expect(storedIn(person.home)).toMatchObject({ discogs_token: token, shelf_field: "Gefäß" });
  expect(piped.stdout + piped.stderr).not.toContain(key);
  writeFileSync(pathIn(person.home), encode(JSON.stringify({ shelf_field: "Kästen" })));
  expect((await person.rewind(["config", "get", "shelf_field"])).stdout).toBe("Kästen\n");
});

/** Everything in it is open to others. */
async function openHome() {
  const person = await loggedIn();
  putCache(cacheIn(person.home), readFileSync(cacheIn(await sampleHome())));
  for (const path of [pathIn(person.home), cacheIn(person.home)]) {
    chmodSync(path, 0o666);
    chmodSync(dirname(path), 0o777);
  }
  return person;
}

describe("modes of files on Windows, which has access lists instead:", () => {
  test("no command warns of them, or names a chmod", async () => {
    const person = await openHome();
    for (const argv of [["xref"], ["config"], ["status"], ["config", "set", "refresh", "6h"]]) {
      const { code, stderr } = await person.rewind(argv, { platform: "win32" });
      expect({ argv, code, stderr }).toEqual({ argv, code: 0, stderr: "" });
    }
  });

  test("doctor says what it can't check, and login claims nothing of it", async () => {
    const person = await openHome();
    const { stdout } = await person.rewind(["doctor", "--offline"], { platform: "win32" });
    expect(stdout).toMatch(/^✓ settings .*who else can read it is not checked on Windows/m);
    expect(stdout).not.toMatch(/chmod|0600|readable by you alone/);
    const stdin = JSON.stringify({ ...saved(person), contact: "me@example.org" });
    const { code, stderr } = await person.rewind(["login", "--stdin"], { platform: "win32", stdin });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("Saved in ") });
    expect(stderr).not.toMatch(/readable by you alone|0600/);
  });
});
