// --refresh: every listing takes it, syncs before it answers, and answers whatever becomes of that.
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { type CliFixture, createCliFixture } from "../support/cli-fixture.ts";
import { loadDeclarations } from "../support/declarations.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { requireError, noon, runCli } from "../support/run-cli.ts";
import { sampleItems } from "../support/sampling.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createSyncedFixture } from "../support/scrobbling-fixture.ts";

const declared = await loadDeclarations();
const listFlags = ({ declaration }: (typeof declared)[number]): string[] =>
  (declaration.options ?? []).map(({ flags }) => flags);
const listings = declared.filter((each) => listFlags(each).includes("--refresh"));
/** The arguments that list commands need. */
const requiredArguments: Readonly<Record<string, readonly string[]>> = {
  report: ["--out", "-"],
  have: ["nevermind"],
  sql: ["SELECT count(*) FROM records"],
  stats: ["--by", "kind"],
  pick: ["--seed", "1"],
};
const listCommandLines = listings.map(({ path }) => [...path, ...(requiredArguments[path.join(" ")] ?? [])]);

const countRequests = ({ discogs, lastfm }: CliFixture): number =>
  discogs.requests.length + lastfm.requests.length;
const hour = 60 * 60 * 1000;

test("every list command has --refresh", () => {
  // rewind now asks the services itself; an export and logged plays are of what is in the cache.
  const answering = declared.filter(
    (each) =>
      each.declaration.isQuestion === true &&
      !["now", "export", "played"].includes(each.path[0] ?? "") &&
      listFlags(each).some((flags) => flags.startsWith("--as ")),
  );
  expect(answering.filter((each) => !listings.includes(each)).map(({ path }) => path)).toEqual([]);
  // --refresh exists only for commands that read.
  expect(listings.filter(({ declaration }) => declaration.isQuestion !== true)).toEqual([]);
  expect(listings.length).toBeGreaterThan(7);
});

test("--refresh syncs first; if the sync fails, the cache answers", async () => {
  const fixture = await createSyncedFixture();
  for (const line of sampleItems("refresh", listCommandLines, 4)) {
    const before = countRequests(fixture);
    const old = await fixture.rewind(line);
    expect({ line, requests: countRequests(fixture) - before }).toEqual({ line, requests: 0 });
    const fresh = await fixture.rewind([...line, "--refresh"]);
    expect({ line, hasAsked: countRequests(fixture) > before }).toEqual({ line, hasAsked: true });
    expect({ line, ...fresh }).toEqual({ line, ...old });
    const failed = await fixture.rewind([...line, "--refresh"], {
      env: { DISCOGS_TOKEN: "wrong-secret-value" },
    });
    expect({ line, ...failed, stderr: "" }).toEqual({ line, ...old, stderr: "" });
    // An empty list says why on stderr.
    expect(failed.stderr.replace(old.stderr, "")).toMatch(
      /^rewind: not refreshed, this answer uses data from .* ago: Discogs rejected the token[^\n]*\n$/,
    );
  }
});

test("--refresh does not wait for a running sync", async () => {
  const fixture = await createSyncedFixture();
  const lock = lockSync(getHomeCachePath(fixture.home));
  const { code, stderr } = await fixture.rewind(["xref", "--refresh"]);
  lock.release();
  expect(code).toBe(0);
  expect(stderr).toMatch(/^rewind: not refreshed, [^\n]*: another sync of this cache is running[^\n]*\n$/);
});

test("the setting refresh limits how old an answer may be", async () => {
  const fixture = await createCliFixture();
  await fixture.rewind(["sync", "--quiet"], { now: noon });
  const isRequestSent = async (afterMs: number, refresh: string): Promise<boolean> => {
    const before = countRequests(fixture);
    await fixture.rewind(["xref", "--refresh"], { now: noon + afterMs, env: { REWIND_REFRESH: refresh } });
    return countRequests(fixture) > before;
  };
  expect(await isRequestSent(5 * hour, "6h")).toBe(false);
  expect(await isRequestSent(7 * hour, "6h")).toBe(true);
  expect(await isRequestSent(8 * hour, "2d")).toBe(false);
  expect(await isRequestSent(8 * hour, "")).toBe(true);
  expect(
    requireError(await fixture.rewind(["xref", "--refresh"], { env: { REWIND_REFRESH: "soon" } }), 2),
  ).toContain("must be a time like 30min, 6h or 2d");
});

test("before the first sync --refresh behaves like rewind sync", async () => {
  const fixture = await createCliFixture();
  const wrong = await fixture.rewind(["xref", "--refresh"], { env: { DISCOGS_TOKEN: "wrong-secret-value" } });
  expect(wrong).toMatchObject({ code: 4, stdout: "" });
  const { code, stdout } = await fixture.rewind(["xref", "--refresh"]);
  expect(code).toBe(0);
  expect(stdout.split("\n").length).toBeGreaterThan(100);
});

test("on a terminal --refresh shows a notice and erases it; Ctrl-C ends the command", async () => {
  const fixture = await createSyncedFixture();
  const { stderr } = await fixture.rewind(["xref", "--refresh"], { tty: true });
  expect(stderr).toBe("Refreshing\r\u001b[2K");
  const signals = new EventEmitter();
  fixture.discogs.behaviour.onRequest = () => {
    signals.emit("SIGINT");
  };
  expect(await fixture.rewind(["xref", "--refresh"], { signals })).toMatchObject({ code: 130, stdout: "" });
});

test("--refresh syncs the cache that --db names", async () => {
  const fixture = await createCliFixture();
  const db = `${fixture.home}/other.db`;
  await fixture.rewind(["--db", db, "sync", "--quiet"]);
  const before = countRequests(fixture);
  const { code, stderr } = await fixture.rewind(["xref", "--refresh", "--db", db]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(countRequests(fixture)).toBeGreaterThan(before);
  expect(await fixture.rewind(["xref"])).toMatchObject({ code: 5 });
});

test.each([
  ["xref"],
  ["gaps"],
  ["dusty"],
  ["dupes"],
  ["wants"],
  ["recent"],
  ["cull"],
  ["pick", "-n", "2"],
  ["stats"],
  ["stats", "--by", "kind"],
  ["xref", "--never", "--sort", "artist-plays"],
])("the footer of rewind %s %s %s %s says how old the answer is", async (...argv) => {
  const home = await sampleHome();
  const { stdout } = await runCli(argv, { home, tty: true, columns: 120, now: noon + 5 * hour });
  expect(stdout).toContain("synced 5 h ago");
});
