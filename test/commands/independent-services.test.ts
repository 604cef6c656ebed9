// A service that fails stops no other, on the built program: each service, each failure, in each situation.
import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import type { SummaryDocument } from "../../src/queries/documents/sync-documents.ts";
import { createCliFixture } from "../support/cli-fixture.ts";
import {
  urlVariables,
  type Answers,
  readAnswers,
  type Env,
  type Failure,
  failures,
  createHomeAfter,
  runRewind,
  type ServiceName,
  serviceNames,
  makeSettings,
  startThreeServices,
  serviceTitles,
  readAnswersWithout,
} from "../support/failing-services.ts";
import { listDatedPlays, writeSpotifyFile } from "../support/other-histories.ts";
import { openRefusingAddress } from "../support/refusing-address.ts";
import { sampleItems } from "../support/sampling.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const remedies = {
  3: () => /^(Check your network connection|Try again later).* rewind sync continues where it stopped\.$/,
  4: (of: ServiceName) =>
    of === "discogs"
      ? /rewind (login|sync)|make the collection public/
      : new RegExp(`rewind sources stop ${of}$`),
} as const;

interface Situation {
  readonly line: (of: ServiceName) => string;
  readonly env: (of: ServiceName) => Env;
  /** The home before; null: an empty one. */
  readonly before: string | null;
  /** The expected answers from the cache afterwards. */
  readonly expected: (of: ServiceName) => Promise<Answers>;
  /** The second line of the message. */
  readonly cachedMessage: (of: ServiceName) => RegExp;
  /** How the other services end. */
  readonly others: "done" | "skipped";
}

const buildNothingCachedPattern = (of: ServiceName): RegExp =>
  of === "discogs"
    ? /^No records are known yet\.$/
    : new RegExp(`^No plays of ${serviceTitles[of]} are known yet\\.$`);

const cachedTexts = {
  discogs: /^Records as of \d+ \w+ \d{4}\.$/,
  lastfm: /^Your 200 plays until 9 Oct 2025 stay\.$/,
  listenbrainz: /^Your 100 plays until 9 Oct 2025 stay\.$/,
} as const;

async function prepareFirstSync(): Promise<Situation> {
  const env = await startThreeServices();
  return {
    line: () => "sync --json",
    env: () => env,
    before: null,
    expected: async (of) => readAnswersWithout(of, env),
    cachedMessage: buildNothingCachedPattern,
    others: "done",
  };
}

async function prepareLaterSync(): Promise<Situation> {
  const oldEnv = await startThreeServices();
  const env = await startThreeServices(true);
  const before = await createHomeAfter(oldEnv, "sync");
  return {
    line: () => "sync --json",
    env: () => env,
    before,
    expected: async (of) => {
      const withoutNews = { ...env, [urlVariables[of]]: oldEnv[urlVariables[of]] ?? "" };
      return readAnswers(await createHomeAfter(withoutNews, "sync", before));
    },
    cachedMessage: (of) => cachedTexts[of],
    others: "done",
  };
}

async function prepareSingleSync(): Promise<Situation> {
  const env = await startThreeServices();
  const before = await createHomeAfter(env, "sync");
  // A sync that asks another service fails there as well.
  const unasked = await openRefusingAddress();
  return {
    line: (of) => `sync --only ${of} --json`,
    env: (of) => ({
      ...env,
      ...Object.fromEntries(Object.values(urlVariables).map((address) => [address, unasked])),
      [urlVariables[of]]: env[urlVariables[of]] ?? "",
    }),
    before,
    expected: async () => readAnswers(before),
    cachedMessage: (of) => cachedTexts[of],
    others: "skipped",
  };
}

const situations = {
  "the first sync": prepareFirstSync,
  "a later sync with news": prepareLaterSync,
  "a sync of it alone": prepareSingleSync,
} as const;
type SituationName = keyof typeof situations;

/** Returns the outcome of a failing sync, and the expected one. */
async function compareOutcomes(
  failure: Failure,
  { line, env, before, cachedMessage, others }: Situation,
  expected: Answers,
) {
  const { of, code, message } = failure;
  const home = createTempDirectory("rewind-home");
  if (before !== null) cpSync(before, home, { recursive: true });
  const result = await runRewind(home, { ...env(of), ...(await makeSettings(failure)) }, line(of));
  const { services } = JSON.parse(result.stdout) as SummaryDocument;
  const failed = failure.status ?? (code === 4 ? "refused" : "failed");
  return [
    {
      code: result.code,
      lines: result.stderr.trimEnd().split("\n").slice(-3),
      statuses: Object.fromEntries(services.map(({ name, status }) => [name, status])),
      answers: await readAnswers(home),
    },
    {
      code,
      lines: [message, cachedMessage(of), remedies[code](of)].map(
        (text) => expect.stringMatching(text) as string,
      ),
      statuses: Object.fromEntries(serviceNames.map((name) => [name, name === of ? failed : others])),
      answers: expected,
    },
  ];
}

const cases = Object.keys(situations).flatMap((situation) =>
  failures.map((failure) => ({ situation, failure })),
);
const selectedCases = sampleItems("independent services", cases, 8, 15);

test.each(Object.keys(situations) as SituationName[])(
  "publishes the other services in %s, and says what is missing, since when, and what to do",
  async (name) => {
    const rows = selectedCases.flatMap(({ situation, failure }) => (situation === name ? [failure] : []));
    const situation = await situations[name]();
    const expected = new Map<ServiceName, Promise<Answers>>();
    const pairs: Record<string, Awaited<ReturnType<typeof compareOutcomes>>> = {};
    const checkFailure = async (failure: Failure): Promise<void> => {
      const answers = expected.get(failure.of) ?? situation.expected(failure.of);
      expected.set(failure.of, answers);
      pairs[`${serviceTitles[failure.of]}, ${failure.name}`] = await compareOutcomes(
        failure,
        situation,
        await answers,
      );
    };
    // Two processes at a time.
    for (let at = 0; at < rows.length; at += 2) await Promise.all(rows.slice(at, at + 2).map(checkFailure));
    const columns = [0, 1].map((at) =>
      Object.entries(pairs).map(([label, pair]) => ({ label, ...pair[at] })),
    );
    expect(columns[0]).toEqual(columns[1]);
  },
);

test("names a half configured Last.fm and sends it no request", async () => {
  const fixture = await createCliFixture({ records: 40, albums: 30, plays: 200 });
  const { code, stderr } = await fixture.rewind(["sync"], { env: { LASTFM_USERNAME: "" } });
  expect(code).toBe(0);
  expect(stderr).toContain("rewind: Last.fm is not asked, because LASTFM_USERNAME is not set.");
  expect(fixture.lastfm.requests).toEqual([]);
  await fixture.rewind(["sources", "stop", "lastfm"]);
  expect((await fixture.rewind(["sync"], { env: { LASTFM_USERNAME: "" } })).stderr).not.toContain(
    "Last.fm is not asked",
  );
  expect((await fixture.rewind(["doctor"], { env: { LASTFM_USERNAME: "" } })).stdout).not.toContain(
    "Last.fm is not asked",
  );
});

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

test("syncs plays without requests for a user with files only", async () => {
  const fixture = await createCliFixture({ records: 40, albums: 30, plays: 200 });
  const path = writeSpotifyFile(fixture.home, listDatedPlays(fixture));
  await fixture.rewind(["import", path], { env: withoutLastfm });
  const { code } = await fixture.rewind(["sync", "--only", "plays"], { env: withoutLastfm });
  expect(code).toBe(0);
  expect(fixture.lastfm.requests.length + fixture.discogs.requests.length).toBe(0);
});
