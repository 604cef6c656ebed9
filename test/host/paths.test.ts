import { expect, test } from "vitest";
import { cachePath, coversPath, settingsPath, shortPath } from "../../src/host/paths.ts";

test.each([
  [
    { HOME: "/home/a" },
    "linux",
    "/home/a/.local/share/rewind/rewind.db",
    "/home/a/.config/rewind/config.json",
  ],
  [
    { HOME: "/home/a", XDG_DATA_HOME: "/data", XDG_CONFIG_HOME: "/config" },
    "darwin",
    "/data/rewind/rewind.db",
    "/config/rewind/config.json",
  ],
  // XDG: a path that isn't absolute counts as unset.
  [
    { HOME: "/home/a", XDG_DATA_HOME: "data", XDG_CONFIG_HOME: "" },
    "linux",
    "/home/a/.local/share/rewind/rewind.db",
    "/home/a/.config/rewind/config.json",
  ],
  [{ HOME: "/home/a", REWIND_DB: "other.db" }, "linux", "other.db", "/home/a/.config/rewind/config.json"],
] as const)("%j on %s", (env, platform, cache, settings) => {
  expect(cachePath(env, platform)).toBe(cache);
  expect(settingsPath(env, platform)).toBe(settings);
});

test("covers lie with what can be made again, not with the cache", () => {
  expect(coversPath({ HOME: "/home/a" }, "linux")).toBe("/home/a/.cache/rewind/covers");
  expect(coversPath({ HOME: "/home/a", XDG_CACHE_HOME: "/fast" }, "darwin")).toBe("/fast/rewind/covers");
});

test("a path is shown with ~ only where it lies in the home directory", () => {
  expect(shortPath("/home/a/x.db", { HOME: "/home/a" })).toBe("~/x.db");
  expect(shortPath("/home/abc/x.db", { HOME: "/home/a" })).toBe("/home/abc/x.db");
});
