// Whoever can write where Node keeps compiled code can run code as us.
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensurePrivateDirectory } from "../../src/host/compile-cache.ts";
import { runProcess } from "../support/run-process.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const uid = process.geteuid?.() ?? -1;

function getDirectory(home: string, host: Partial<Parameters<typeof ensurePrivateDirectory>[1]> = {}) {
  return ensurePrivateDirectory(join(home, "cache/rewind"), {
    env: {},
    platform: "linux",
    geteuid: () => uid,
    ...host,
  });
}

test("creates a private directory with its parents, and finds it again", () => {
  const home = createTempDirectory();
  const path = getDirectory(home);
  expect(path).toBe(join(home, "cache/rewind"));
  expect(statSync(join(home, "cache")).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, "cache/rewind")).mode & 0o777).toBe(0o700);
  expect(getDirectory(home)).toBe(path);
});

const createCacheDirectory = (home: string, mode = 0o755): string => {
  mkdirSync(join(home, "cache"));
  chmodSync(join(home, "cache"), mode);
  return join(home, "cache/rewind");
};
const createOwnDirectory = (home: string, mode: number): void => {
  mkdirSync(createCacheDirectory(home));
  chmodSync(join(home, "cache/rewind"), mode);
};

test.each<[string, (home: string) => void]>([
  ["it can be read", (home) => createOwnDirectory(home, 0o755)],
  ["it can be written", (home) => createOwnDirectory(home, 0o777)],
  ["what holds it can be written", (home) => void createCacheDirectory(home, 0o777)],
  [
    "what holds that can be written by a group",
    (home) => (createCacheDirectory(home), chmodSync(home, 0o770)),
  ],
  [
    "it is a link",
    (home) => {
      mkdirSync(join(home, "elsewhere"), { mode: 0o700 });
      symlinkSync(join(home, "elsewhere"), createCacheDirectory(home));
    },
  ],
  ["it is a file", (home) => writeFileSync(createCacheDirectory(home), "", { mode: 0o600 })],
  ["its home is a file", (home) => writeFileSync(join(home, "cache"), "")],
])("uses none that another user could write into: %s", (_, make) => {
  const home = createTempDirectory();
  make(home);
  expect(getDirectory(home)).toBeNull();
});

test("uses none owned by another user, but accepts a sticky shared directory as its parent", () => {
  const first = createTempDirectory();
  createOwnDirectory(first, 0o700);
  expect(getDirectory(first, { geteuid: () => uid + 1 })).toBeNull();
  const shared = createTempDirectory();
  createCacheDirectory(shared, 0o1777);
  expect(getDirectory(shared)).not.toBeNull();
});

test("the program writes nothing into the temporary directory", async () => {
  const [home, temporary] = [createTempDirectory(), createTempDirectory()];
  const { code } = await runProcess(["--help"], { home, env: { TMPDIR: temporary } });
  expect(code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
  const own = join(home, "cache/rewind");
  // Node 20 has no such cache, and makes no directory for it.
  const modes = existsSync(own) ? [statSync(own).mode & 0o777] : [];
  expect(modes).toEqual("enableCompileCache" in module ? [0o700] : []);
});
