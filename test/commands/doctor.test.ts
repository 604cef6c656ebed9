// Homes that came to harm: each is named, with what to do about it, and mended where a program can.
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { respondWithHtml } from "../support/response-faults.ts";
import { getHomeCachePath, withHomeCache, writeCacheFile } from "../support/filled-cache.ts";
import {
  key,
  createLoggedInUser,
  getSettingsFile,
  saveSettings,
  buildSavedSettings,
  token,
  type TestUser,
} from "../support/new-user.ts";
import { openRefusingAddress } from "../support/refusing-address.ts";
import { noon, type CliOptions, type CliResult } from "../support/run-cli.ts";

/** Synced once, by the first test. */
let cache: Buffer | undefined;

/** A cache with a decision, an alias and a hidden album. */
async function readSyncedCache(): Promise<Buffer> {
  const person = await createLoggedInUser();
  const { code, stderr } = await person.rewind(["sync", "--quiet"]);
  if (code !== 0) throw new Error(stderr);
  withHomeCache(person.home, (database) =>
    database.exec(`INSERT INTO decision VALUES (4242, 0, 'none', 1770000000);
      INSERT INTO alias VALUES ('Someone', 'Somebody');
      INSERT INTO hidden_album VALUES ('Somebody', 'Something', 1770000000);
      PRAGMA journal_mode = DELETE`),
  );
  return readFileSync(getHomeCachePath(person.home));
}

/** Settings and a cache that nothing is wrong with. */
async function createHealthyUser(): Promise<TestUser> {
  const person = await createLoggedInUser();
  cache ??= await readSyncedCache();
  writeCacheFile(getHomeCachePath(person.home), cache);
  return person;
}

async function runDoctor(
  person: TestUser,
  flags: readonly string[] = [],
  options: CliOptions = {},
): Promise<CliResult> {
  const result = await person.rewind(["doctor", ...flags], options);
  for (const secret of [token, key]) expect(result.stdout + result.stderr).not.toContain(secret);
  return result;
}

/** Each file with its mode and what is in it. What SQLite keeps beside a file comes and goes with its readers. */
function readFileStates(home: string): string[] {
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .filter((name) => !/-(?:wal|shm)$/.test(name))
    .map((name) => {
      const path = join(home, name);
      const { mode } = statSync(path);
      const content = statSync(path).isFile() ? readFileSync(path).toString("base64") : "";
      return `${name} ${mode.toString(8)} ${createHash("sha256").update(content).digest("hex")}`;
    })
    .toSorted((a, b) => a.localeCompare(b));
}

const createSqlDamage =
  (sql: string) =>
  ({ home }: TestUser): void =>
    withHomeCache(home, (database) => void database.exec(`PRAGMA foreign_keys = OFF; ${sql}`));
const createSettingsChange =
  (change: Readonly<Record<string, string>>) =>
  (person: TestUser): void =>
    saveSettings(person.home, JSON.stringify({ ...buildSavedSettings(person), ...change }));

function writeSiblingFile(path: string, name: string, mode: number): void {
  const other = join(dirname(path), name);
  writeFileSync(other, name.endsWith(".json") ? "{}" : "");
  chmodSync(other, mode);
}

interface BrokenHome {
  readonly harm: (person: TestUser) => void | CliOptions | Promise<CliOptions>;
  readonly message: RegExp;
  /** 1 if missing. */
  readonly code?: number;
  /** The output of --fix. Missing if only a person can repair it. */
  readonly fixed?: RegExp;
}

const brokenHomes: Readonly<Record<string, BrokenHome>> = {
  "settings that others can read": {
    harm: ({ home }) => chmodSync(getSettingsFile(home), 0o644),
    message: /^✗ settings .*can be read or changed by others +chmod 600/m,
    fixed: /^✓ settings .*readable by you alone.*\(closed to others\)/m,
  },
  "settings that are no JSON": {
    harm: ({ home }) => saveSettings(home, `{ "discogs_token": "${token}", oops`),
    // One sentence a line, and the path as the other checks show it.
    message:
      /^✗ settings +the settings file ~\/\S+ is not valid JSON with one object\n +It should look like: .*\n +Fix it, or move it away and run: rewind login$/m,
    code: 2,
  },
  "settings with another word": {
    harm: createSettingsChange({ musicbrainz: "perhaps" }),
    message: /^✗ settings .*musicbrainz must be on or off +rewind config unset musicbrainz/m,
    code: 2,
  },
  "no settings": {
    harm: ({ home }) => rmSync(getSettingsFile(home)),
    message: /^✗ settings +rewind is not connected yet: DISCOGS_TOKEN is missing +rewind login/m,
    code: 4,
  },
  "a field of the collection that there is not": {
    harm: createSettingsChange({ played_field: "Last spun" }),
    message:
      /^! fields .*played_field names "Last spun", and the collection has no such field +it has Media, Sleeve, Notes; rewind config set played_field NAME/m,
    code: 0,
  },
  "a secret for the name of a field": {
    harm: createSettingsChange({ shelf_field: "key 0123456789abcdef0123456789abcdef" }),
    message:
      /^✗ settings +shelf_field can't be right\. That looks like a Last\.fm key +rewind config unset shelf_field$/m,
    code: 2,
  },
  "a field with entries that are no days": {
    harm: (person) => {
      createSettingsChange({ played_field: "Notes" })(person);
      createSqlDamage(`DELETE FROM record_field;
        INSERT INTO record_field SELECT id, 3, iif(id = 1, '2026-01-01, then soon', 'soon') FROM record`)(
        person,
      );
    },
    message:
      /^! fields .*played_field: Notes, 1 day; \d+ entries are not dates: #2 "soon" .* +correct it on Discogs/m,
    code: 0,
  },
  "a cache that others can read": {
    harm: ({ home }) => chmodSync(getHomeCachePath(home), 0o644),
    message: /^✗ cache .*can be read or changed by others/m,
    fixed: /^✓ cache .*\(closed to others\)/m,
  },
  "keys of programs that others can read": {
    harm: ({ home }) => writeSiblingFile(getSettingsFile(home), "keys.json", 0o644),
    message: /^✗ files .*keys\.json can be read or changed by others +chmod 600 /m,
    fixed: /^✓ files +keys\.json: readable by you alone \(closed to others\)$/m,
  },
  "what lies beside the cache open to others": {
    harm: ({ home }) => {
      for (const name of ["rewind.db.lock", "rewind.decisions.json", "rewind.decisions.2.json"]) {
        writeSiblingFile(getHomeCachePath(home), name, 0o666);
      }
      writeSiblingFile(getHomeCachePath(home), "rewind.damaged-2026-01-01.db", 0o640);
      writeSiblingFile(getHomeCachePath(home), "letters.txt", 0o644);
    },
    message:
      /^✗ files .*rewind\.damaged-2026-01-01\.db can be read .*\n✗ files .*rewind\.db\.lock can be read/m,
    fixed: /^✓ files +.*: readable by you alone \(closed to others\)$/m,
  },
  "a cache with a page of rubbish": {
    harm: ({ home }) => {
      const bytes = readFileSync(getHomeCachePath(home));
      bytes.fill(0xff, 4096 * 20, 4096 * 30);
      writeFileSync(getHomeCachePath(home), bytes);
    },
    message: /^✗ cache .*is damaged: .* +rewind doctor --fix sets it aside/m,
    fixed: /^✓ cache .*\(set aside as rewind\.damaged-2026-03-14\.db; .*(?:decisions|own data)/m,
  },
  "a cache with a header of rubbish": {
    harm: ({ home }) => {
      const bytes = readFileSync(getHomeCachePath(home));
      bytes.fill(0x58, 0, 100);
      writeFileSync(getHomeCachePath(home), bytes);
      writeFileSync(join(dirname(getHomeCachePath(home)), "rewind.decisions.json"), decisions, {
        mode: 0o600,
      });
    },
    message: /^✗ cache .*is damaged: it can't be read/m,
    fixed: /^✓ cache .*restored from rewind\.decisions\.json \(1 decision, 1 alias\)/m,
  },
  "a cache with records of no release": {
    harm: createSqlDamage("DELETE FROM release WHERE id IN (SELECT release_id FROM record LIMIT 3)"),
    message: /^✗ cache .*is damaged: a row of \w+ belongs to no release/m,
    fixed: /^✓ cache .*4 rows of your own data saved\. Next: rewind sync\)/m,
  },
  "a cache of a newer rewind": {
    harm: createSqlDamage("PRAGMA user_version = 9999"),
    message: /^✗ cache .*made by a newer rewind \(format 9999, .* +Update rewind/m,
  },
  "matches by other rules": {
    harm: createSqlDamage("UPDATE fact SET value = '1' WHERE name = 'match rules'"),
    message: /^! matches +by the rules of another version/m,
    code: 0,
    fixed: /^✓ matches +by the rules of this version \(rematched: /m,
  },
  "a directory in place of the cache": {
    harm: ({ home }) => {
      rmSync(getHomeCachePath(home));
      mkdirSync(getHomeCachePath(home));
    },
    message: /^✗ cache .*it is a directory, or part of its path is a file +Choose another place/m,
  },
  "a file in place of the cache's directory": {
    harm: ({ home }) => {
      rmSync(dirname(getHomeCachePath(home)), { recursive: true });
      writeFileSync(dirname(getHomeCachePath(home)), "");
    },
    message: /^✗ cache .*it is a directory, or part of its path is a file +Choose another place/m,
  },
  "no cache yet": {
    harm: ({ home }) => rmSync(getHomeCachePath(home)),
    message: /^! cache +none yet .* +rewind sync/m,
    code: 0,
  },
  "a token that ended": {
    harm: createSettingsChange({ discogs_token: "x".repeat(40) }),
    message: /^✗ Discogs +Discogs rejected the token .*rewind login/m,
    code: 4,
  },
  "a name that nobody has": {
    harm: createSettingsChange({ lastfm_username: "NihgtOwl" }),
    message: /^✗ Last\.fm +Last\.fm has no user "NihgtOwl"/m,
    code: 4,
  },
  "hidden listening": {
    harm: ({ worlds }) => void Object.assign(worlds.lastfm.listener, { hidden: true }),
    message: /^! Last\.fm +key valid: NightOwl .* history hidden .*settings\/privacy/m,
    code: 0,
  },
  "no way to Discogs": {
    harm: async () => ({ env: { DISCOGS_API_URL: await openRefusingAddress() } }),
    message: /^✗ Discogs +Discogs can't be reached: .*connection refused +Check the network/m,
    code: 3,
  },
  "a name that no server knows": {
    // The name is too long: no server is asked for it, whatever network there is.
    harm: () => ({ env: { LASTFM_API_URL: `https://${"x".repeat(64)}.invalid/` } }),
    message: /^✗ Last\.fm +Last\.fm can't be reached: x+\.invalid: .* +DNS: check/m,
    code: 3,
  },
  "something in between that speaks no TLS": {
    harm: ({ discogs }) => ({ env: { DISCOGS_API_URL: discogs.url.replace("http:", "https:") } }),
    message:
      /^✗ Discogs +Discogs can't be reached: .*its certificate is not accepted.* +TLS: a proxy or virus scanner/m,
    code: 3,
  },
  "a proxy that is away": {
    harm: async () => ({
      env: { HTTPS_PROXY: await openRefusingAddress(), LASTFM_API_URL: "https://nowhere.invalid/" },
    }),
    message: /^✗ Last\.fm +Last\.fm can't be reached: the proxy can't be reached.* +Check HTTPS_PROXY/m,
    code: 3,
  },
  "MusicBrainz is away, which nothing depends on": {
    harm: ({ musicbrainz, ...person }) => {
      musicbrainz.behaviour.onRequest = () => respondWithHtml(500);
      createSettingsChange({ musicbrainz: "on" })({ musicbrainz, ...person });
    },
    message: /^! MusicBrainz /m,
    code: 0,
  },
  "a clock that is wrong": {
    harm: () => ({ now: createVirtualClock(noon - 660_000) }),
    message: /^✗ clock +11 min 0 s behind that of (?:Discogs|Last\.fm) +Set the clock/m,
  },
  "a sync of long ago": {
    harm: createSqlDamage("UPDATE publication SET published_uts = published_uts - 10 * 86400"),
    message: /^! sync +last complete 10 days ago +rewind sync/m,
    code: 0,
  },
  "a cache of other accounts": {
    harm: createSqlDamage("UPDATE account SET username = 'SomebodyElse' WHERE service = 'discogs'"),
    message: /^✗ accounts .*belongs to SomebodyElse on Discogs, not to CrateDigger/m,
    code: 4,
  },
};

const decisions = JSON.stringify({
  version: 2,
  decisions: [{ release_id: 7, mode: "none", decided_at: "2026-01-01T00:00:00Z" }],
  aliases: [{ name: "One", same_as: "Other" }],
});

test("a healthy installation has no warnings", async () => {
  const { code, stdout, stderr } = await runDoctor(await createHealthyUser());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/\n\nNothing is wrong\n$/);
  expect(stdout.split("\n").filter((line) => /^[!✗]/.test(line))).toEqual([]);
  for (const label of "Node SQLite settings cache contents matches sync disk clock".split(" ")) {
    expect(stdout).toMatch(new RegExp(`^✓ ${label} `, "m"));
  }
});

/** Leaves out free space and clock differences, which vary between two runs. */
const stripChangingLines = (told: string): string => told.replaceAll(/^. (?:disk|clock) .*\n/gm, "");

test.each(Object.entries(brokenHomes))(
  "names %s and the remedy, changes nothing, and repairs it with --fix if a program can",
  async (_, { harm, message: told, code = 1, fixed }) => {
    const person = await createHealthyUser();
    const options = (await harm(person)) ?? {};
    const before = readFileStates(person.home);
    const result = await runDoctor(person, [], options);
    expect(result.stdout).toMatch(told);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(code === 0 ? /^$/ : /^rewind: \d+ failures?/);
    expect(readFileStates(person.home)).toEqual(before);
    if (fixed === undefined && code !== 2) return;
    const fix = ["--fix", "--offline"];
    const repaired = await runDoctor(person, fix, options);
    expect(repaired.stdout).toMatch(fixed ?? told);
    const state = readFileStates(person.home);
    expect(fixed !== undefined || state.join() === before.join()).toBe(true);
    const after = await runDoctor(person, ["--offline"], options);
    const isWrong = fixed === undefined;
    expect([after.code, /^✗ /m.test(after.stdout)]).toEqual([isWrong ? code : 0, isWrong]);
    // A second repair finds nothing to do, and does nothing.
    const again = await runDoctor(person, fix, options);
    expect(stripChangingLines(again.stdout)).toBe(stripChangingLines(after.stdout));
    expect(readFileStates(person.home)).toEqual(state);
  },
);

function readRecordNumbers(path: string): unknown[] {
  const database = new Sqlite(path, { readonly: true });
  const numbers = database.prepare("SELECT instance_id, id FROM record ORDER BY id").raw().all();
  database.close();
  return numbers;
}

test("a damaged cache is renamed, and the new cache has the decisions", async () => {
  const person = await createHealthyUser();
  createSqlDamage("DROP TABLE match")(person);
  const damaged = readFileSync(getHomeCachePath(person.home));
  await runDoctor(person, ["--fix"]);
  const aside = join(dirname(getHomeCachePath(person.home)), "rewind.damaged-2026-03-14.db");
  expect(readFileSync(aside).equals(damaged)).toBe(true);
  const fresh = new Sqlite(getHomeCachePath(person.home), { readonly: true });
  const held = ["decision", "alias", "hidden_album"].map((table) =>
    fresh.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
  fresh.close();
  expect(held).toEqual([1, 1, 1]);
  expect((statSync(getHomeCachePath(person.home)).mode & 0o777).toString(8)).toBe("600");
  createSqlDamage("DROP TABLE match")(person);
  const again = await runDoctor(person, ["--fix"]);
  expect(again.stdout).toContain("rewind.damaged-2026-03-14-2.db");
  expect((await person.rewind(["sync", "--quiet"])).code).toBe(0);
  expect(readRecordNumbers(getHomeCachePath(person.home))).toEqual(readRecordNumbers(aside));
  expect((await runDoctor(person)).stdout).toContain("Nothing is wrong");
});

test("--fix changes nothing during a sync", async () => {
  const person = await createHealthyUser();
  createSqlDamage("DROP TABLE match")(person);
  const lock = lockSync(getHomeCachePath(person.home));
  try {
    const { code, stdout } = await runDoctor(person, ["--fix", "--offline"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✗ cache .*table match is missing \(not fixed: another sync of this cache is running/m,
    );
  } finally {
    lock.release();
  }
});

test("an unreadable file named by the user is not moved", async () => {
  const person = await createHealthyUser();
  const path = join(person.home, "letters.txt");
  writeFileSync(path, "Dear Sir or Madam,\n".repeat(400), { mode: 0o600 });
  const { code, stdout } = await runDoctor(person, ["--fix", "--db", path]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ cache .*is not a rewind cache: it is not a SQLite file +.*Move it away/m);
  expect(readdirSync(person.home).map((name) => basename(name))).toContain("letters.txt");
});

test("--offline sends no request", async () => {
  const person = await createHealthyUser();
  const { code, stdout } = await runDoctor(person, ["--offline"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^- services +not asked: --offline was given$/m);
  expect([...person.discogs.requests, ...person.lastfm.requests]).toEqual([]);
});

test("prefers exit code 4 over 3 and 3 over 1 if several checks fail", async () => {
  const person = await createHealthyUser();
  chmodSync(getHomeCachePath(person.home), 0o644);
  person.lastfm.behaviour.onRequest = () => respondWithHtml(500);
  expect((await runDoctor(person)).code).toBe(3);
  createSettingsChange({ discogs_token: "x".repeat(40) })(person);
  expect((await runDoctor(person)).code).toBe(4);
});

test("--json has the same findings", async () => {
  const person = await createHealthyUser();
  chmodSync(getHomeCachePath(person.home), 0o644);
  const { code, stdout } = await runDoctor(person, ["--json", "--offline"]);
  expect(code).toBe(1);
  const { checks, summary } = JSON.parse(stdout) as { checks: Record<string, unknown>[]; summary: unknown };
  expect(summary).toEqual({ failures: 1, warnings: 0 });
  expect(checks).toContainEqual({
    check: "cache",
    status: "failure",
    message: expect.stringMatching(/can be read or changed by others/),
    remedy: expect.stringMatching(/^chmod 600 /),
    fixable: true,
    fixed: null,
  });
  const fixed = JSON.parse(
    (await runDoctor(person, ["--json", "--offline", "--fix"])).stdout,
  ) as typeof checks;
  expect(fixed).toMatchObject({ summary: { failures: 0 } });
  expect(existsSync(getHomeCachePath(person.home))).toBe(true);
});
