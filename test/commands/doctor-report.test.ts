// rewind doctor --report by the built program, with secrets and names planted wherever one could come from.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeLastError, readLastError } from "../../src/host/last-error.ts";
import { getHomeCachePath, writeCacheFile } from "../support/filled-cache.ts";
import type { ReportDocument } from "../../src/queries/documents/installation-documents.ts";
import { createCliFixture } from "../support/cli-fixture.ts";
import { saveSettings } from "../support/new-user.ts";
import { getRealTimeMs } from "../support/real-time.ts";
import { runCli } from "../support/run-cli.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { runProcess, type ProcessResult } from "../support/run-process.ts";

const plantedSecrets = {
  contact: "planted-contact@example.org",
  price_field: "Planted field name",
  lastfm_shared_secret: "abcdefabcdefabcdefabcdefabcdef12",
  lastfm_session_key: "PlantedSessionKeyPlantedSessionK",
  listenbrainz_token: "3f0c3a3e-8c5a-4d66-9d0b-planted00000",
};

async function createPlantedFixture() {
  const fixture = await createCliFixture({ records: 40, albums: 30, plays: 200 });
  const env = { ...fixture.env, HTTPS_PROXY: "", NODE_EXTRA_CA_CERTS: "" };
  /** A process is needed only for what fails: its frames come from the built program. */
  const runRewind = async (
    ...argv: readonly string[]
  ): Promise<Pick<ProcessResult, "code" | "stdout" | "stderr">> =>
    argv[0] === "doctor"
      ? runCli(argv, { home: fixture.home, env, now: getRealTimeMs() })
      : runProcess(argv, { home: fixture.home, env });
  const { shelf } = fixture.worlds.discogs;
  const names = [
    ...Object.values(plantedSecrets),
    fixture.worlds.discogs.token,
    fixture.worlds.lastfm.apiKey,
    fixture.worlds.lastfm.listener.name,
    shelf.username,
    fixture.home,
    ...shelf.records.rows.map(({ release }) => release.title),
    ...shelf.records.rows.flatMap(({ release }) => release.artists.map(({ name }) => name)),
    ...fixture.worlds.lastfm.listener.plays.rows.flatMap(({ artist, track, album }) => [
      artist,
      track,
      album,
    ]),
  ].filter((name) => name.length >= 5);
  return { ...fixture, rewind: runRewind, names };
}

function expectNone(names: readonly string[], text: string): void {
  const folded = text.toLowerCase();
  expect(names.filter((name) => folded.includes(name.toLowerCase()))).toEqual([]);
  expect(text).not.toMatch(/https?:|\/home|\/tmp/);
}

test("the report has versions, counts, timings and the last error, and nothing private", async () => {
  const { rewind, home, names, worlds } = await createPlantedFixture();
  expect(await rewind("sync")).toMatchObject({ code: 0 });
  saveSettings(home, JSON.stringify(plantedSecrets));
  const title = worlds.discogs.shelf.records.rows[0]?.release.title ?? "";
  const failures: readonly (readonly [string[], number])[] = [
    [["explain", "nothing", "like", title], 2],
    [["xref", "--db", join(home, title)], 5],
    [["xref", "--limit", title], 2],
    [["import", join(home, `${title}.json`)], 2],
  ];
  for (const [argv, exit_code] of failures) {
    expect(await rewind(...argv)).toMatchObject({ code: exit_code });
    const { code, stdout } = await rewind("doctor", "--report", "--offline", "--json");
    expect(code).toBe(0);
    expectNone(names, stdout);
    const report = JSON.parse(stdout) as ReportDocument;
    expect(report.last_error).toMatchObject({ command: argv[0], exit_code });
    expect(report.last_error?.frames[0]).toMatch(/src\/[\w/-]+\.ts:\d+:\d+$/);
    expect(report.settings).toContainEqual({ name: "contact", source: "file" });
    expect(report.settings).toContainEqual({ name: "discogs_token", source: "environment" });
    expect(report.cache?.counts.records).toBe(40);
    expect(Object.values(report.cache?.matches ?? {}).reduce((sum, count) => sum + count)).toBe(40);
    expect(report.checks.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["sqlite", "cache", "fields"]),
    );
    expect(report.last_sync?.ms).toBeGreaterThan(0);
  }
  const text = await rewind("doctor", "--report");
  expect(text).toMatchObject({ code: 0, stderr: "" });
  expectNone(names, text.stdout);
  expect(text.stdout).toMatch(/^- checks: .*collection ok \d+/m);
  expectNone(names, readFileSync(getErrorPath(home), "utf8"));
  expect(statSync(getErrorPath(home)).mode & 0o777).toBe(0o600);
  saveSettings(home, JSON.stringify({ ...plantedSecrets, covers: "unheard of" }));
  expect((await rewind("doctor", "--report", "--offline")).stdout).toMatch(/^- settings: .*contact file/m);
});

const getErrorPath = (home: string): string => join(home, "cache", "rewind", "last-error.json");

test("broken settings and a damaged cache are reported without their content", async () => {
  const { rewind, home, names } = await createPlantedFixture();
  saveSettings(home, `{ "${plantedSecrets.contact}": "${plantedSecrets.listenbrainz_token}"`);
  writeCacheFile(getHomeCachePath(home), `SQLite format 3\0${plantedSecrets.contact.repeat(500)}`);
  expect(await rewind("xref")).toMatchObject({ code: 2 });
  const { code, stdout } = await rewind("doctor", "--report");
  expect(code).toBe(0);
  expectNone(names, stdout);
  expect(stdout).toContain("settings failure");
  expect(stdout).toContain("cache failure");
  expect(stdout).toMatch(/^- last error: .*command xref, exit_code 2/m);
});

test("a message that looks like a stack is not kept", async () => {
  const host = { env: { XDG_CACHE_HOME: createTempDirectory() }, platform: process.platform };
  const message = `no such artist\n    at Planted.Artist (src/planted/name.ts:1:2)\n    at src/x.ts:3:4`;
  const error = Object.assign(new TypeError(message), { code: "planted code" });
  error.stack = `${error.stack ?? ""}\n    at Real.name (src/commands/real.ts:5:6)`;
  writeLastError(error, { version: "1.0.0", command: "xref", exit_code: 1 }, 0, {
    ...host,
    geteuid: () => process.geteuid?.() ?? 0,
  });
  expect(readLastError(host)).toEqual({
    at: "1970-01-01T00:00:00Z",
    version: "1.0.0",
    kind: "TypeError",
    code: null,
    command: "xref",
    exit_code: 1,
    frames: ["Real.name src/commands/real.ts:5:6"],
  });
});
