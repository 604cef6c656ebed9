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
import { cliWorld } from "../support/cli-world.ts";
import { readContract } from "../support/contract-schema.ts";
import { pathIn, save } from "../support/newcomer.ts";
import { cacheIn } from "../support/filled-cache.ts";
import { copyProgramTo, packageDirectory } from "../support/installed-copy.ts";
import { errorOf, runCli } from "../support/run-cli.ts";
import { runCommand, type ProcessOptions, type ProcessResult } from "../support/run-process.ts";
import { sampleHome } from "../support/sample-home.ts";
import { tempDirectory } from "../support/temp.ts";

const few = { records: 20, albums: 15, plays: 100 };
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

async function textFile(path: string): Promise<void> {
  await writeFile(path, "Kind Of Blue\nA Love Supreme\n".repeat(100));
}

async function foreignDatabase(path: string): Promise<void> {
  const database = new Sqlite(path);
  database.exec("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')");
  database.close();
}

async function newerCache(path: string): Promise<void> {
  writeFileSync(path, readFileSync(cacheIn(await sampleHome())));
  const database = new Sqlite(path);
  database.pragma("journal_mode = DELETE");
  database.pragma("user_version = 999");
  database.close();
}

/** The header is whole, what follows is not. */
async function damagedCache(path: string): Promise<void> {
  const bytes = readFileSync(cacheIn(await sampleHome()));
  writeFileSync(path, bytes.fill(0xa5, 4096));
}

test.each([
  ["a text file", textFile, /is not a SQLite file/],
  ["another program's database", foreignDatabase, /another program's SQLite file/],
  ["the cache of a newer rewind", newerCache, /made by a newer rewind[\s\S]*Update rewind/],
  ["a damaged cache", damagedCache, /is damaged/],
])("%s in place of the cache is explained and not changed", async (_, make, message) => {
  const person = await cliWorld(few);
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
  const person = await cliWorld(few);
  const path = join(person.home, "empty.db");
  writeFileSync(path, "");
  const codeOf = async (word: string): Promise<number> => (await person.rewind([word, "--db", path])).code;
  expect([await codeOf("xref"), await codeOf("sync"), await codeOf("xref")]).toEqual([5, 0, 0]);
});

test("a sync creates only the cache and its directory, readable by their owner alone, whatever the umask", async () => {
  const person = await cliWorld(few);
  const named = join(person.home, "named.db");
  const before = process.umask(0);
  try {
    expect((await person.rewind(["sync"])).code).toBe(0);
    expect((await person.rewind(["sync", "--db", named])).code).toBe(0);
  } finally {
    process.umask(before);
  }
  const path = cacheIn(person.home);
  const files = readdirSync(person.home);
  expect(files.filter((name) => !name.startsWith("named.db"))).toEqual(["data"]);
  for (const file of [
    path,
    ...files.filter((name) => name !== "data").map((name) => join(person.home, name)),
  ])
    expect([file, modeOf(file)]).toEqual([file, "600"]);
  expect(modeOf(dirname(path))).toBe("700");
});

function settingsIn(home: string, mode: number): string {
  save(home, JSON.stringify({ discogs_token: "x", lastfm_api_key: "y" }));
  chmodSync(pathIn(home), mode);
  return pathIn(home);
}

describe("files that others can read become private, with one note", () => {
  test("the settings file", async () => {
    const home = tempDirectory();
    const path = settingsIn(home, 0o644);
    chmodSync(dirname(path), 0o755);
    const { stderr } = await runCli(["sync"], { home });
    expect(stderr.split("\n")[0]).toBe(
      "rewind: the settings file ~/config/rewind/config.json could be read by others; now only you can (0600)",
    );
    expect([modeOf(path), modeOf(dirname(path))]).toEqual(["600", "700"]);
    expect((await runCli(["sync"], { home })).stderr).not.toContain("by others");
  });

  test("the cache", async () => {
    const home = await sampleHome();
    const path = cacheIn(home);
    chmodSync(path, 0o666);
    chmodSync(dirname(path), 0o755);
    const { code, stdout, stderr } = await runCli(["xref", "--json", "--all"], { home });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        "rewind: the cache ~/data/rewind/rewind.db could be changed by others; now only you can (0600)\n",
    });
    expect(readContract(stdout).pagination.total).toBe(64);
    expect([modeOf(path), modeOf(dirname(path))]).toEqual(["600", "700"]);
    expect((await runCli(["xref", "--json", "--all"], { home })).stderr).toBe("");
  });

  test.each([
    ["--db", (path: string) => [["--db", path], {}] as const],
    ["REWIND_DB", (path: string) => [[], { REWIND_DB: path }] as const],
  ])("a cache named by %s only gets a note", async (_, name) => {
    const home = await sampleHome();
    const path = join(home, "named.db");
    writeFileSync(path, readFileSync(cacheIn(home)));
    chmodSync(path, 0o644);
    const [words, env] = name(path);
    const { code, stderr } = await runCli(["xref", "--json", "--all", ...words], { home, env });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^rewind: the cache ~\/named\.db can be read by others; .*chmod 600 .*\n$/);
    expect(modeOf(path)).toBe("644");
    expect((await runCli(["xref", "--json", "--all", "--quiet", ...words], { home, env })).stderr).toBe("");
  });

  // Only root can give files away.
  test.runIf(process.geteuid?.() === 0)(
    "a file that another user owns and others can change is not used",
    async () => {
      const home = await sampleHome();
      const path = settingsIn(home, 0o666);
      chownSync(path, 65_534, 65_534);
      const settled = await runCli(["sync"], { home });
      expect({ code: settled.code, stdout: settled.stdout }).toEqual({ code: 2, stdout: "" });
      expect(settled.stderr).toMatch(
        /^rewind: the settings file .* belongs to another user and can be changed by others\nrewind did not use it/,
      );
      chmodSync(cacheIn(home), 0o666);
      chownSync(cacheIn(home), 65_534, 65_534);
      const asked = await runCli(["xref", "--json", "--all"], { home });
      expect({ code: asked.code, stdout: asked.stdout }).toEqual({ code: 1, stdout: "" });
      expect(asked.stderr).toMatch(
        /^rewind: the cache .* belongs to another user and can be changed by others/,
      );
      expect(modeOf(cacheIn(home))).toBe("666");
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
    handOver(copy);
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));

  function handOver(path: string): void {
    if (uid === undefined) return;
    for (const name of ["", ...readdirSync(path, { recursive: true, encoding: "utf8" })]) {
      chownSync(join(path, name), uid, uid);
    }
  }

  function rewind(argv: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
    return runCommand(node, [program, ...argv], { ...options, ...as, cwd: copy });
  }

  test("a cache on a read-only disk still answers", async () => {
    const home = await sampleHome();
    const path = cacheIn(home);
    handOver(home);
    chmodSync(path, 0o400);
    chmodSync(dirname(path), 0o500);
    try {
      const { code, stdout, stderr } = await rewind(["xref", "--json", "--all"], { home });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(readContract(stdout).pagination.total).toBe(64);
    } finally {
      chmodSync(dirname(path), 0o700);
    }
  });

  test("a sync into a read-only directory says so", async () => {
    const home = tempDirectory();
    const directory = join(home, "data");
    mkdirSync(directory);
    handOver(home);
    chmodSync(directory, 0o500);
    try {
      const env = { DISCOGS_TOKEN: "x", LASTFM_API_KEY: "y", LASTFM_USERNAME: "z" };
      const stderr = errorOf(await rewind(["sync"], { home, env }), 1);
      expect(stderr).toMatch(/^rewind: .*(permission|read-only|can't be)/);
      expect(stderr).not.toMatch(/^ {4}at /m);
    } finally {
      chmodSync(directory, 0o700);
    }
  });

  test("settings without read permission", async () => {
    const home = tempDirectory();
    mkdirSync(join(home, "config/rewind"), { recursive: true });
    writeFileSync(join(home, "config/rewind/config.json"), "{}");
    handOver(home);
    chmodSync(join(home, "config/rewind/config.json"), 0o000);
    expect(errorOf(await rewind(["sync"], { home }), 2)).toMatch(
      /settings file .*config\.json can't be read/,
    );
  });
});
