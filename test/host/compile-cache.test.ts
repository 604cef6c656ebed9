// Whoever can write where Node keeps compiled code can run code as us.
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { privateDirectory } from "../../src/host/compile-cache.ts";
import { runProcess } from "../support/run-process.ts";
import { tempDirectory } from "../support/temp.ts";

const uid = process.geteuid?.() ?? -1;

function directoryIn(home: string, host: Partial<Parameters<typeof privateDirectory>[1]> = {}) {
  return privateDirectory(join(home, "cache/rewind"), {
    env: {},
    platform: "linux",
    geteuid: () => uid,
    ...host,
  });
}

test("it is made for us alone, with what leads to it, and found again", () => {
  const home = tempDirectory();
  const path = directoryIn(home);
  expect(path).toBe(join(home, "cache/rewind"));
  expect(statSync(join(home, "cache")).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, "cache/rewind")).mode & 0o777).toBe(0o700);
  expect(directoryIn(home)).toBe(path);
});

const cacheOf = (home: string, mode = 0o755): string => {
  mkdirSync(join(home, "cache"));
  chmodSync(join(home, "cache"), mode);
  return join(home, "cache/rewind");
};
const ownOf = (home: string, mode: number): void => {
  mkdirSync(cacheOf(home));
  chmodSync(join(home, "cache/rewind"), mode);
};

test.each<[string, (home: string) => void]>([
  ["it can be read", (home) => ownOf(home, 0o755)],
  ["it can be written", (home) => ownOf(home, 0o777)],
  ["what holds it can be written", (home) => void cacheOf(home, 0o777)],
  ["what holds that can be written by a group", (home) => (cacheOf(home), chmodSync(home, 0o770))],
  [
    "it is a link",
    (home) => {
      mkdirSync(join(home, "elsewhere"), { mode: 0o700 });
      symlinkSync(join(home, "elsewhere"), cacheOf(home));
    },
  ],
  ["it is a file", (home) => writeFileSync(cacheOf(home), "", { mode: 0o600 })],
  ["its home is a file", (home) => writeFileSync(join(home, "cache"), "")],
])("there is none where another user could put something into it: %s", (_, make) => {
  const home = tempDirectory();
  make(home);
  expect(directoryIn(home)).toBeNull();
});

test("there is none that was there first, of another user; a shared place that keeps names for their owners is as good as any", () => {
  const first = tempDirectory();
  ownOf(first, 0o700);
  expect(directoryIn(first, { geteuid: () => uid + 1 })).toBeNull();
  const shared = tempDirectory();
  cacheOf(shared, 0o1777);
  expect(directoryIn(shared)).not.toBeNull();
});

test("the program writes nothing into the temporary directory", async () => {
  const [home, temporary] = [tempDirectory(), tempDirectory()];
  const { code } = await runProcess(["--help"], { home, env: { TMPDIR: temporary } });
  expect(code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
  const own = join(home, "cache/rewind");
  // Node 20 has no such cache, and makes no directory for it.
  const modes = existsSync(own) ? [statSync(own).mode & 0o777] : [];
  expect(modes).toEqual("enableCompileCache" in module ? [0o700] : []);
});
