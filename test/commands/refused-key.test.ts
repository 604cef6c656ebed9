// A Last.fm key that is refused: nightly syncs, what each message tells to do, and the way to a sync that succeeds.
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import { createCliFixture } from "../support/cli-fixture.ts";
import { respondWithLastfmError } from "../support/response-faults.ts";
import { getRoundCount } from "../support/sampling.ts";

const dayMs = 86_400_000;
const lastfmPlays = 200;

/** A shelf with the plays of Last.fm, which refuses the key from now on. */
async function createRefusedHome() {
  const world = await createCliFixture({ records: 40, albums: 30, plays: lastfmPlays });
  await world.rewind(["sync"]);
  const setRefusal = (isRefused: boolean): void => {
    const { behaviour } = world.lastfm;
    behaviour.onRequest = isRefused
      ? (_, { query }) => respondWithLastfmError(26, 403, `The key ${query["api_key"] ?? ""} is not allowed`)
      : null;
  };
  setRefusal(true);
  return {
    world,
    refuse: setRefusal,
    rewind: async (line: string, tty = false) => world.rewind(line === "" ? [] : line.split(" "), { tty }),
    plays: async () => {
      const { stdout } = await world.rewind(["sources", "--json"]);
      return (JSON.parse(stdout) as SourcesDocument).data[0]?.plays;
    },
  };
}

const refusedMessage =
  "rewind: Last.fm refused the API key. It now accepts only keys of accounts with Last.fm Pro.";

test("rewind now does not ask a service that refused the key, until the settings change", async () => {
  const { world, rewind } = await createRefusedHome();
  await rewind("sync --quiet");
  const { requests } = world.lastfm;
  const before = requests.length;
  const { code, stdout, stderr } = await rewind("now --as line");
  expect({ code, stdout, asked: requests.length - before }).toEqual({ code: 4, stdout: "", asked: 0 });
  expect(stderr.startsWith(refusedMessage)).toBe(true);
  await world.rewind(["now"], { env: { LASTFM_API_KEY: "wrong-secret-value" } });
  expect(requests.length - before).toBe(1);
});

test("nightly syncs ask a refused Last.fm once a day, not after a stop, and again after a resume", async () => {
  const { world, refuse, rewind, plays } = await createRefusedHome();
  const { clock, lastfm } = world;
  const nights = getRoundCount("REWIND_NIGHTS", { few: 12, whole: 50 });
  const askedAt: number[] = [];
  for (let night = 0; night < nights; night += 1) {
    // Twice a night, and never at the same minute.
    for (const hours of [3, 5]) {
      clock.jump(hours * 3_600_000 + night * 1000);
      const before = lastfm.requests.length;
      const { code, stderr } = await rewind("sync --quiet");
      expect(code).toBe(4);
      expect(stderr.startsWith(`${refusedMessage}\nYour ${lastfmPlays} plays until `)).toBe(true);
      askedAt.push(...lastfm.requests.slice(before).map(() => clock.now()));
    }
    clock.jump(16 * 3_600_000);
  }
  expect(askedAt.length).toBeGreaterThan(nights / 2);
  const gaps = askedAt.slice(1).map((atMs, at) => atMs - (askedAt[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(dayMs);

  await rewind("sources stop lastfm");
  const asked = lastfm.requests.length;
  for (let night = 0; night < nights; night += 1) {
    clock.jump(dayMs);
    expect(await rewind("sync --quiet")).toMatchObject({ code: 0, stderr: "" });
  }
  expect(lastfm.requests.length).toBe(asked);
  expect(await plays()).toBe(lastfmPlays);

  const listened = world.worlds.lastfm.listener.plays;
  const names = {
    artist: "Can",
    albumArtist: "Can",
    track: "Vitamin C",
    album: "Ege Bamyasi",
    albumMbid: null,
  };
  const nowUts = Math.floor(clock.now() / 1000);
  listened.add(...[1, 5, nights - 1].map((daysAgo) => ({ ...names, uts: nowUts - daysAgo * 86_400 })));
  refuse(false);
  await rewind("sources resume lastfm");
  expect(await rewind("sync --quiet")).toMatchObject({ code: 0, stderr: "" });
  expect(await plays()).toBe(listened.rows.length);
}, 900_000);

test("changed settings, a sync of Last.fm alone and a person at a terminal ask a refused Last.fm at once", async () => {
  const { world, rewind } = await createRefusedHome();
  await rewind("sync");
  const isLastfmAsked = async (run: () => Promise<unknown>): Promise<boolean> => {
    const before = world.lastfm.requests.length;
    await run();
    return world.lastfm.requests.length > before;
  };
  expect(await isLastfmAsked(() => rewind("sync"))).toBe(false);
  expect(await isLastfmAsked(() => rewind("sync --only plays"))).toBe(false);
  expect(await isLastfmAsked(() => rewind("xref --refresh", true))).toBe(false);
  expect(await isLastfmAsked(() => rewind("sync --only lastfm"))).toBe(true);
  expect(await isLastfmAsked(() => rewind("sync", true))).toBe(true);
  const env = { LASTFM_API_KEY: "wrong-secret-value" };
  expect(await isLastfmAsked(() => world.rewind(["sync"], { env }))).toBe(true);
});

test("doctor repeats the message with the service's own words, and a stopped service is no failure", async () => {
  const { world, rewind } = await createRefusedHome();
  const doctor = await rewind("doctor");
  expect(doctor.code).toBe(4);
  expect(doctor.stdout).toMatch(
    /✗ Last\.fm +Last\.fm refused the API key\. .*its words: The key … is not allowed/,
  );
  expect(doctor.stdout).toContain("rewind sources stop lastfm");
  await rewind("sources stop lastfm");
  const stopped = await rewind("doctor");
  expect(stopped.stdout).toMatch(/✓ Last\.fm +stopped, plays until \d+ \w+ \d{4}/);
  expect(stopped.code).toBe(0);
  expect(world.lastfm.requests.length).toBeGreaterThan(0);
});

test("status, sources, stats and the report say until when a stopped Last.fm is known", async () => {
  const { rewind } = await createRefusedHome();
  await rewind("sources stop lastfm");
  expect((await rewind("status")).stdout).toMatch(/^Plays: Last\.fm 200 until \d+ \w+ \d{4} \(stopped\)$/m);
  expect((await rewind("status")).stdout).toMatch(/^history +200 +stopped/m);
  expect((await rewind("sources")).stdout).toMatch(/^lastfm .* stopped$/m);
  expect(stripVTControlCharacters((await rewind("", true)).stdout)).toMatch(
    /^Last week {4}not known · plays until 9 Oct 2025 \(Last\.fm\) /m,
  );
  for (const line of ["stats", "report --out -"]) {
    expect((await rewind(line)).stdout).toMatch(/Last\.fm, until \d+ \w+ \d{4} \(stopped\)/);
  }
  for (const line of ["xref", "stats", "recap 2000..", "top", "have can", "pick", "report --out -"]) {
    const { code, stderr } = await rewind(line);
    expect({ line, code: line === "have can" ? 0 : code, stderr }).toEqual({ line, code: 0, stderr: "" });
  }
});

/** The commands that a text tells the user to run. */
function parseCommands(text: string): string[] {
  const lines = text.replaceAll("\n", "        ").split(/ {8}|, or now: |, then |; /);
  return lines.flatMap(
    (part) => /\brewind ((?:sync|sources|login|import|config)\b[^.,;)]*)/.exec(part)?.[1]?.trim() ?? [],
  );
}

test("after a refused key, no suggested command suggests a sync again", async () => {
  for (const condition of ["fresh", "waiting"]) {
    const { refuse, rewind } = await createRefusedHome();
    if (condition === "waiting") await rewind("sync");
    const { stderr } = await rewind("sync");
    const commands = parseCommands(stderr.slice(stderr.indexOf("rewind: ") + "rewind: ".length));
    expect(commands).toContain("sources stop lastfm");
    for (const command of commands) {
      const isForSubscribers = command.startsWith("sync");
      if (isForSubscribers) refuse(false);
      const next = await rewind(command);
      refuse(true);
      expect({ command, code: next.code }).toEqual({ command, code: 0 });
      expect(parseCommands(next.stdout + next.stderr)).not.toContain("sync");
    }
  }
});
