// Files that are not as they should be: each is explained, none is harmed.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { getSettingsFile, saveSettings } from "../support/new-user.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { copyProgramTo, packageDirectory } from "../support/installed-copy.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { runCommand, type ProcessOptions, type ProcessResult } from "../support/run-process.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const smallSize = { records: 20, albums: 15, plays: 100 };
const readMode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

async function writeTextFile(path: string): Promise<void> {
  await writeFile(path, "Kind Of Blue\nA Love Supreme\n".repeat(100));
}

async function createForeignDatabase(path: string): Promise<void> {
  const database = new Sqlite(path);
  database.exec("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')");
  database.close();
}

async function createNewerCache(path: string): Promise<void> {
  writeFileSync(path, readFileSync(getHomeCachePath(await sampleHome())));
  const database = new Sqlite(path);
  database.pragma("journal_mode = DELETE");
  database.pragma("user_version = 999");
  database.close();
}

/** The header is whole, what follows is not. */
async function createDamagedCache(path: string): Promise<void> {
  const bytes = readFileSync(getHomeCachePath(await sampleHome()));
  writeFileSync(path, bytes.fill(0xa5, 4096));
}

test.each([
  ["a text file", writeTextFile, /is not a SQLite file/],
  ["another program's database", createForeignDatabase, /another program's SQLite file/],
  ["the cache of a newer rewind", createNewerCache, /made by a newer rewind[\s\S]*Update rewind/],
  ["a damaged cache", createDamagedCache, /is damaged/],
])("%s in place of the cache is explained and not changed", async (_, make, message) => {
  const person = await createCliFixture(smallSize);
  const path = join(person.home, "some.db");
  await make(path);
  const before = readFileSync(path);
  for (const words of [["xref"], ["xref", "--json"], ["stats"], ["sync"]]) {
    const { code, stdout, stderr } = await person.rewind([...words, "--db", path]);
    expect({ words, code, stdout }).toEqual({ words, code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/was not changed/);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(readFileSync(path).equals(before)).toBe(true);
  }
});

test("an empty file counts as a new cache", async () => {
  const person = await createCliFixture(smallSize);
  const path = join(person.home, "empty.db");
  writeFileSync(path, "");
  const runForExitCode = async (word: string): Promise<number> =>
    (await person.rewind([word, "--db", path])).code;
  expect([await runForExitCode("xref"), await runForExitCode("sync"), await runForExitCode("xref")]).toEqual([
    5, 0, 0,
  ]);
});

test("a sync creates only the cache and its directory, readable by their owner alone, whatever the umask", async () => {
  const person = await createCliFixture(smallSize);
  const named = join(person.home, "named.db");
  const before = process.umask(0);
  try {
    expect((await person.rewind(["sync"])).code).toBe(0);
    expect((await person.rewind(["sync", "--db", named])).code).toBe(0);
  } finally {
    process.umask(before);
  }
  const path = getHomeCachePath(person.home);
  const files = readdirSync(person.home);
  expect(files.filter((name) => !name.startsWith("named.db"))).toEqual(["data"]);
  for (const file of [
    path,
    ...files.filter((name) => name !== "data").map((name) => join(person.home, name)),
  ])
    expect([file, readMode(file)]).toEqual([file, "600"]);
  expect(readMode(dirname(path))).toBe("700");
});

function writeSettings(home: string, mode: number): string {
  saveSettings(home, JSON.stringify({ discogs_token: "x", lastfm_api_key: "y" }));
  chmodSync(getSettingsFile(home), mode);
  return getSettingsFile(home);
}

describe("makes files private that others can read, with one notice", () => {
  test("makes the settings file private", async () => {
    const home = createTempDirectory();
    const path = writeSettings(home, 0o644);
    chmodSync(dirname(path), 0o755);
    const { stderr } = await runCli(["sync"], { home });
    expect(stderr.split("\n")[0]).toBe(
      "rewind: the settings file ~/config/rewind/config.json could be read by others; now only you can (0600)",
    );
    expect([readMode(path), readMode(dirname(path))]).toEqual(["600", "700"]);
    expect((await runCli(["sync"], { home })).stderr).not.toContain("by others");
  });

  test("makes the cache private", async () => {
    const home = await sampleHome();
    const path = getHomeCachePath(home);
    chmodSync(path, 0o666);
    chmodSync(dirname(path), 0o755);
    const { code, stdout, stderr } = await runCli(["xref", "--json", "--all"], { home });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        "rewind: the cache ~/data/rewind/rewind.db could be changed by others; now only you can (0600)\n",
    });
    expect(parseContractDocument(stdout).pagination.total).toBe(64);
    expect([readMode(path), readMode(dirname(path))]).toEqual(["600", "700"]);
    expect((await runCli(["xref", "--json", "--all"], { home })).stderr).toBe("");
  });

  test.each([
    ["--db", (path: string) => [["--db", path], {}] as const],
    ["REWIND_DB", (path: string) => [[], { REWIND_DB: path }] as const],
  ])("only prints a notice for a cache named by %s", async (_, name) => {
    const home = await sampleHome();
    const path = join(home, "named.db");
    writeFileSync(path, readFileSync(getHomeCachePath(home)));
    chmodSync(path, 0o644);
    const [words, env] = name(path);
    const { code, stderr } = await runCli(["xref", "--json", "--all", ...words], { home, env });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^rewind: the cache ~\/named\.db can be read by others; .*chmod 600 .*\n$/);
    expect(readMode(path)).toBe("644");
    expect((await runCli(["xref", "--json", "--all", "--quiet", ...words], { home, env })).stderr).toBe("");
  });

  test("gives no advice about the mode of a file that is no cache", async () => {
    const home = await sampleHome();
    const path = join(home, "page.html");
    writeFileSync(path, "<p>Not a cache.</p>".repeat(400));
    chmodSync(path, 0o644);
    for (const [words, env] of [
      [["--db", path], {}],
      [[], { REWIND_DB: path }],
    ] as const) {
      for (const line of [["xref"], ["doctor", "--offline"], ["doctor", "--fix", "--offline"]]) {
        const { code, stdout, stderr } = await runCli([...line, ...words], { home, env });
        expect(code).not.toBe(0);
        expect(stdout + stderr).toContain("is not a rewind cache");
        expect(stdout + stderr).not.toMatch(/chmod 600|by others/);
      }
    }
    expect(readMode(path)).toBe("644");
  });

  // Root alone can give files away.
  test.runIf(process.geteuid?.() === 0)(
    "a file that another user owns and others can change is not used",
    async () => {
      const home = await sampleHome();
      const path = writeSettings(home, 0o666);
      chownSync(path, 65_534, 65_534);
      const settled = await runCli(["sync"], { home });
      expect({ code: settled.code, stdout: settled.stdout }).toEqual({ code: 2, stdout: "" });
      expect(settled.stderr).toMatch(
        /^rewind: the settings file .* belongs to another user and can be changed by others\nrewind did not use it/,
      );
      chmodSync(getHomeCachePath(home), 0o666);
      chownSync(getHomeCachePath(home), 65_534, 65_534);
      const asked = await runCli(["xref", "--json", "--all"], { home });
      expect({ code: asked.code, stdout: asked.stdout }).toEqual({ code: 1, stdout: "" });
      expect(asked.stderr).toMatch(
        /^rewind: the cache .* belongs to another user and can be changed by others/,
      );
      expect(readMode(getHomeCachePath(home))).toBe("666");
    },
  );
});

describe("as an ordinary user", () => {
  // Root may read and write everything, so it runs the program as another user.
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;
  const as = uid === undefined ? {} : { uid };
  let copy = "";
  let program = "";
  let node = process.execPath;

  /** The clone may be private to root, and so may be the place where Node is installed. */
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "rewind-copy-"));
    program = copyProgramTo(copy);
    for (const library of ["better-sqlite3", "undici"]) {
      const place = join("node_modules", library);
      cpSync(join(packageDirectory, place), join(copy, place), { recursive: true, dereference: true });
    }
    if (uid !== undefined && spawnSync(node, ["--version"], { uid, gid: uid }).status !== 0) {
      node = join(copy, basename(node));
      cpSync(process.execPath, node, { dereference: true });
    }
    giveToOtherUser(copy);
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));

  function giveToOtherUser(path: string): void {
    if (uid === undefined) return;
    for (const name of ["", ...readdirSync(path, { recursive: true, encoding: "utf8" })]) {
      chownSync(join(path, name), uid, uid);
    }
  }

  function runAsOtherUser(argv: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
    return runCommand(node, [program, ...argv], { ...options, ...as, cwd: copy });
  }

  test("a cache on a read-only disk still answers", async () => {
    const home = await sampleHome();
    const path = getHomeCachePath(home);
    giveToOtherUser(home);
    chmodSync(path, 0o400);
    chmodSync(dirname(path), 0o500);
    try {
      const { code, stdout, stderr } = await runAsOtherUser(["xref", "--json", "--all"], { home });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(parseContractDocument(stdout).pagination.total).toBe(64);
    } finally {
      chmodSync(dirname(path), 0o700);
    }
  });

  test("a sync into a read-only directory says so", async () => {
    const home = createTempDirectory();
    const directory = join(home, "data");
    mkdirSync(directory);
    giveToOtherUser(home);
    chmodSync(directory, 0o500);
    try {
      const env = { DISCOGS_TOKEN: "x", LASTFM_API_KEY: "y", LASTFM_USERNAME: "z" };
      const stderr = requireError(await runAsOtherUser(["sync"], { home, env }), 1);
      expect(stderr).toMatch(/^rewind: .*(permission|read-only|can't be)/);
      expect(stderr).not.toMatch(/^ {4}at /m);
    } finally {
      chmodSync(directory, 0o700);
    }
  });

  test("reports settings that it has no permission to read", async () => {
    const home = createTempDirectory();
    mkdirSync(join(home, "config/rewind"), { recursive: true });
    writeFileSync(join(home, "config/rewind/config.json"), "{}");
    giveToOtherUser(home);
    chmodSync(join(home, "config/rewind/config.json"), 0o000);
    expect(requireError(await runAsOtherUser(["sync"], { home }), 2)).toMatch(
      /settings file .*config\.json can't be read/,
    );
  });
});
