// A service that fails stops no other: each service, each failure, in each situation.
import { expect, test } from "vitest";
import type { ExitCode } from "../../src/model/errors.ts";
import type { SourcesDocument, SummaryDocument } from "../../src/queries/documents/sync-documents.ts";
import { cliWorld } from "../support/cli-world.ts";
import { answer, cut, type Fault, lastfmError } from "../support/faults.ts";
import { startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { datedPlays, spotifyFile } from "../support/other-histories.ts";
import { refusingAddress } from "../support/refusing-address.ts";
import { sampled } from "../support/sample.ts";

type Name = "discogs" | "lastfm" | "listenbrainz";

/** A Discogs, a Last.fm and a ListenBrainz. Half of the listens are scrobbles, too. */
async function home() {
  const world = await cliWorld({ records: 40, albums: 30, plays: 200 });
  const plays = datedPlays(world);
  const listens = plays.filter((_, at) => at % 2 > 0);
  const service = makeListenBrainzWorld(
    listens.map(({ uts, artist, track, album }) =>
      listen(uts, {
        artist_name: artist,
        track_name: track,
        ...(album === "" ? {} : { release_name: album }),
      }),
    ),
  );
  const listenbrainz = await startListenBrainz(service, { limit: null, clock: world.clock });
  const ownEnv: Record<string, string> = {
    LISTENBRAINZ_USERNAME: service.username,
    LISTENBRAINZ_API_URL: listenbrainz.url,
  };
  const servers = { discogs: world.discogs, lastfm: world.lastfm, listenbrainz };
  const rewind = async (line: string, env: Record<string, string> = {}) =>
    world.rewind(line.split(" "), { env: { ...ownEnv, ...env } });
  const json = async (line: string) => JSON.parse((await rewind(`${line} --json`)).stdout) as unknown;
  return {
    world,
    plays,
    servers,
    rewind,
    json,
    /** The answers of the cache, without times of reading. */
    answers: async () => {
      const sources = (await json("sources")) as SourcesDocument;
      return {
        sources: sources.data.map(({ name, plays: count, last }) => ({ name, count, last })),
        plays: sources.plays,
        records: await json("xref --all"),
      };
    },
  };
}

type Home = Awaited<ReturnType<typeof home>>;

interface Failure {
  readonly of: Name;
  readonly name: string;
  readonly code: 3 | 4;
  /** What the service answers, or settings that lead elsewhere. */
  readonly fault?: Fault;
  readonly env?: () => Promise<Record<string, string>>;
}

const addresses = {
  discogs: "DISCOGS_API_URL",
  lastfm: "LASTFM_API_URL",
  listenbrainz: "LISTENBRAINZ_API_URL",
} as const;

const failures: readonly Failure[] = [
  ...(["discogs", "lastfm", "listenbrainz"] as const).flatMap((of): Failure[] => [
    { of, name: "down", code: 3, env: async () => ({ [addresses[of]]: await refusingAddress() }) },
    { of, name: "500 for ever", code: 3, fault: answer(500, "") },
    { of, name: "cut connections", code: 3, fault: cut },
  ]),
  { of: "discogs", name: "refused", code: 4, env: async () => ({ DISCOGS_TOKEN: "wrong-secret-value" }) },
  { of: "discogs", name: "an unknown user", code: 4, env: async () => ({ DISCOGS_USERNAME: "nobody-here" }) },
  { of: "lastfm", name: "refused", code: 4, fault: lastfmError(10) },
  { of: "lastfm", name: "suspended", code: 4, fault: lastfmError(26) },
  { of: "lastfm", name: "private", code: 4, fault: lastfmError(17) },
  { of: "lastfm", name: "an unknown user", code: 4, env: async () => ({ LASTFM_USERNAME: "nobody-here" }) },
  {
    of: "listenbrainz",
    name: "refused",
    code: 4,
    fault: answer(401, { code: 401, error: "Invalid token." }),
  },
  {
    of: "listenbrainz",
    name: "an unknown user",
    code: 4,
    env: async () => ({ LISTENBRAINZ_USERNAME: "nobody-here" }),
  },
];

const titles = { discogs: "Discogs", lastfm: "Last.fm", listenbrainz: "ListenBrainz" } as const;

/** Syncs while the service fails, and checks what every failing sync must give. */
async function failingSync({ servers, rewind }: Home, failure: Failure, line = "sync --json") {
  const { of, code, fault = null } = failure;
  const env = (await failure.env?.()) ?? {};
  servers[of].behaviour.onRequest = fault && (() => fault);
  const result = await rewind(line, env);
  servers[of].behaviour.onRequest = null;
  expect({ code: result.code, stderr: result.stderr }).toMatchObject({ code });
  const end = result.stderr.slice(result.stderr.lastIndexOf("\nrewind: ") + 1);
  expect(end).toMatch(new RegExp(`^rewind: .*(${titles[of]}|nobody-here)`));
  expect(end.trimEnd().split("\n").length).toBeLessThanOrEqual(3);
  const summary = JSON.parse(result.stdout) as SummaryDocument;
  expect(summary.services.find(({ name }) => name === of)).toMatchObject({
    status: code === 4 ? "refused" : "failed",
    message: expect.any(String) as string,
  });
  return { code: result.code, end, summary };
}

const withoutService = {
  lastfm: { LASTFM_API_KEY: "", LASTFM_USERNAME: "" },
  listenbrainz: { LISTENBRAINZ_USERNAME: "", LISTENBRAINZ_API_URL: "" },
} as const;

async function firstSync(failure: Failure): Promise<ExitCode> {
  const { of } = failure;
  const failing = await home();
  const { code, end, summary } = await failingSync(failing, failure);
  expect(end).toMatch(of === "discogs" ? /No records are known yet/ : /No plays of .* are known yet/);
  const others = summary.services.filter(({ name }) => name !== of);
  expect(others.map(({ status }) => status)).toEqual(["done", "done"]);
  const never = await home();
  if (of === "discogs") {
    await never.rewind("sync --only plays");
    expect(await failing.json("sources")).toMatchObject({ plays: failing.plays.length });
    expect((await failing.rewind("xref")).code).toBe(5);
    return code;
  }
  expect((await never.rewind("sync", withoutService[of])).code).toBe(0);
  expect(await failing.answers()).toEqual(await never.answers());
  return code;
}

async function laterSync(failure: Failure): Promise<ExitCode> {
  const failing = await home();
  await failing.rewind("sync");
  const before = await failing.answers();
  const { code, end } = await failingSync(failing, failure);
  expect(end).toMatch(
    failure.of === "discogs" ? /Records as of \d/ : /Your \d+ plays until \d+ \w+ \d+ stay\./,
  );
  expect(await failing.answers()).toEqual(before);
  // A refused account is asked again at once by a sync of it alone.
  expect(await failing.rewind(`sync --only ${failure.of}`)).toMatchObject({ code: 0 });
  expect(await failing.answers()).toEqual(before);
  return code;
}

async function syncOfIt(failure: Failure): Promise<ExitCode> {
  const failing = await home();
  await failing.rewind("sync");
  const before = await failing.answers();
  const others = (["discogs", "lastfm", "listenbrainz"] as const).filter((name) => name !== failure.of);
  const countRequests = () => others.map((name) => failing.servers[name].requests.length);
  const asked = countRequests();
  const { code } = await failingSync(failing, failure, `sync --only ${failure.of} --json`);
  expect(countRequests()).toEqual(asked);
  expect(await failing.answers()).toEqual(before);
  return code;
}

const situations = { "the first sync": firstSync, "a later sync": laterSync, "a sync of it alone": syncOfIt };

const cases = failures.flatMap((failure) =>
  Object.entries(situations).map(
    ([situation, check]) => [`${titles[failure.of]}, ${failure.name}`, situation, failure, check] as const,
  ),
);

test.each(sampled("independent services", cases, 8))(
  "%s: in %s the others are published, and the last lines say what is missing",
  async (_, __, failure, check) => {
    expect(await check(failure)).toBe(failure.code);
  },
);

test("a half set Last.fm is named and not asked", async () => {
  const { world } = await home();
  const { code, stderr } = await world.rewind(["sync"], { env: { LASTFM_USERNAME: "" } });
  expect(code).toBe(0);
  expect(stderr).toContain("rewind: Last.fm is not asked, because LASTFM_USERNAME is not set.");
  expect(world.lastfm.requests).toEqual([]);
  await world.rewind(["sources", "stop", "lastfm"]);
  expect((await world.rewind(["sync"], { env: { LASTFM_USERNAME: "" } })).stderr).not.toContain(
    "Last.fm is not asked",
  );
});

test("somebody with files only may sync the plays: there is nothing to ask", async () => {
  const { world, plays } = await home();
  await world.rewind(["import", spotifyFile(world.home, plays)], { env: withoutService.lastfm });
  const { code } = await world.rewind(["sync", "--only", "plays"], { env: withoutService.lastfm });
  expect(code).toBe(0);
  expect(world.lastfm.requests.length + world.discogs.requests.length).toBe(0);
});
