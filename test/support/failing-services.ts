// Services that fail, for the built program as a process: what each answers, and what a sync without it gives.
import { cpSync } from "node:fs";
import { expect } from "vitest";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import { generousLimit, startFakeDiscogs } from "./fake-discogs.ts";
import { respondWith, cut, type Fault, respondWithLastfmError } from "./response-faults.ts";
import { generateServiceData } from "./generated-data.ts";
import { startFakeLastfm } from "./fake-lastfm.ts";
import { startListenBrainzWith } from "./other-histories.ts";
import { getRealTimeMs } from "./real-time.ts";
import { openRefusingAddress } from "./refusing-address.ts";
import { runCli } from "./run-cli.ts";
import { type ProcessResult, runProcess } from "./run-process.ts";
import { calmBehaviour, startFakeService } from "./fake-service.ts";
import { createTempDirectory } from "./temp-directories.ts";
import { createDiscogsAccount, type Play } from "./service-data.ts";

export type ServiceName = "discogs" | "lastfm" | "listenbrainz";
export type Env = Readonly<Record<string, string>>;

export const serviceNames = ["discogs", "lastfm", "listenbrainz"] as const;
export const serviceTitles = { discogs: "Discogs", lastfm: "Last.fm", listenbrainz: "ListenBrainz" } as const;
export const urlVariables = {
  discogs: "DISCOGS_API_URL",
  lastfm: "LASTFM_API_URL",
  listenbrainz: "LISTENBRAINZ_API_URL",
} as const;

const size = { records: 40, albums: 30, plays: 200 };

/** A play of an album that is owned. `daysAgo` gives each service a play of its own. */
function buildRecentPlay(daysAgo: number): Play {
  const [known] = generateServiceData(size).lastfm.listener.plays.rows.filter(({ album }) => album !== "");
  if (known === undefined) throw new Error("no play of an album");
  return {
    ...known,
    uts: Math.floor(getRealTimeMs() / 1000) - daysAgo * 86_400,
    track: `New, ${daysAgo} days ago`,
  };
}

/** Starts the three services. ListenBrainz has half of Last.fm's plays. `hasNews`: each has a row more. */
export async function startThreeServices(hasNews = false): Promise<Env> {
  const { discogs, lastfm } = generateServiceData(size);
  const { records } = discogs.shelf;
  discogs.others.push(createDiscogsAccount({ username: "Recluse", collectionPublic: false }));
  const { plays } = lastfm.listener;
  const listened = plays.rows.filter(({ uts }, at) => uts > 0 && at % 2 > 0);
  if (hasNews) {
    records.add(...records.rows.slice(0, 1).map((record) => ({ ...record, instanceId: 999_999_999 })));
    plays.add(buildRecentPlay(1));
    listened.push(buildRecentPlay(2));
  }
  return {
    DISCOGS_TOKEN: discogs.token,
    DISCOGS_API_URL: (await startFakeDiscogs(discogs, { limit: generousLimit })).url,
    LASTFM_API_KEY: lastfm.apiKey,
    LASTFM_USERNAME: lastfm.listener.name,
    LASTFM_API_URL: (await startFakeLastfm(lastfm, { limit: null })).url,
    ...(await startListenBrainzWith(listened)),
  };
}

export interface Failure {
  readonly of: ServiceName;
  readonly name: string;
  readonly code: 3 | 4;
  readonly message: RegExp;
  /** The service's answer. */
  readonly fault?: Fault;
  /** Settings that make it fail. */
  readonly env?: () => Env | Promise<Env>;
  /** The status in the summary, if the code does not tell. */
  readonly status?: "failed";
}

const lastfmRefused =
  /Last\.fm refused the API key\. It now accepts only keys of accounts with Last\.fm Pro\./;

export const failures: readonly Failure[] = [
  ...serviceNames.flatMap((of): Failure[] => [
    {
      of,
      name: "down",
      code: 3,
      message: new RegExp(`${serviceTitles[of]} can't be reached: `),
      env: async () => ({ [urlVariables[of]]: await openRefusingAddress() }),
    },
    {
      of,
      name: "500 for ever",
      code: 3,
      message: new RegExp(`${serviceTitles[of]}: .*: answered 500 \\(tried 5 times\\)`),
      fault: respondWith(500, ""),
    },
    {
      of,
      name: "cut connections",
      code: 3,
      message: new RegExp(`${serviceTitles[of]}: .*: the connection was lost .* \\(tried 5 times\\)`),
      fault: cut,
    },
  ]),
  {
    of: "discogs",
    name: "refused",
    code: 4,
    message: /Discogs rejected the token/,
    env: () => ({ DISCOGS_TOKEN: "wrong-secret-value" }),
  },
  {
    of: "discogs",
    name: "an unknown user",
    code: 4,
    message: /Discogs has no user "nobody-here"/,
    env: () => ({ DISCOGS_USERNAME: "nobody-here" }),
  },
  {
    of: "discogs",
    name: "private",
    code: 4,
    // Once there is a cache, it belongs to somebody else.
    message: /collection of "Recluse" is private|this cache belongs to CrateDigger on Discogs/,
    status: "failed",
    env: () => ({ DISCOGS_USERNAME: "Recluse" }),
  },
  { of: "lastfm", name: "refused", code: 4, message: lastfmRefused, fault: respondWithLastfmError(10) },
  { of: "lastfm", name: "suspended", code: 4, message: lastfmRefused, fault: respondWithLastfmError(26) },
  {
    of: "lastfm",
    name: "private",
    code: 4,
    message: /Last\.fm shows this about "NightOwl" only to its owner/,
    fault: respondWithLastfmError(17),
  },
  {
    of: "lastfm",
    name: "an unknown user",
    code: 4,
    message: /Last\.fm has no user "nobody-here"/,
    env: () => ({ LASTFM_USERNAME: "nobody-here" }),
  },
  {
    of: "listenbrainz",
    name: "refused",
    code: 4,
    message: /ListenBrainz rejected the user token/,
    fault: respondWith(401, { code: 401, error: "Invalid token." }),
  },
  {
    of: "listenbrainz",
    name: "an unknown user",
    code: 4,
    message: /ListenBrainz has no user "nobody-here"/,
    env: () => ({ LISTENBRAINZ_USERNAME: "nobody-here" }),
  },
];

/** The process, and those that it starts, wait a hundredth of the time before they try again. */
export const quickRetries: Env = {
  NODE_OPTIONS: `--import ${new URL("short-waits.mjs", import.meta.url).href}`,
};

export async function runRewind(home: string, env: Env, line: string): Promise<ProcessResult> {
  return runProcess(line.split(" "), { home, env: { ...env, ...quickRetries } });
}

/** A new home, or a copy of this one, after this command line. */
export async function createHomeAfter(env: Env, line: string, from?: string): Promise<string> {
  const home = createTempDirectory("rewind-home");
  if (from !== undefined) cpSync(from, home, { recursive: true });
  expect(await runRewind(home, env, line)).toMatchObject({ code: 0 });
  return home;
}

/** The answers of a cache, without times of reading. */
export async function readAnswers(home: string) {
  const sources = JSON.parse((await runCli(["sources", "--json"], { home })).stdout) as SourcesDocument;
  const { code, stdout } = await runCli(["xref", "--all", "--json"], { home });
  return {
    sources: sources.data.map(({ name, plays, last }) => ({ name, plays, last })),
    plays: sources.plays,
    records: code === 0 ? (JSON.parse(stdout) as unknown) : code,
  };
}

export type Answers = Awaited<ReturnType<typeof readAnswers>>;

export async function makeSettings({ of, fault, env }: Failure): Promise<Env> {
  if (env !== undefined) return env();
  const service = await startFakeService({ ...calmBehaviour, onRequest: () => fault }, () => ({
    status: 200,
    body: {},
  }));
  return { [urlVariables[of]]: service.url };
}

const emptySettings = {
  discogs: {},
  lastfm: { LASTFM_API_KEY: "", LASTFM_USERNAME: "" },
  listenbrainz: { LISTENBRAINZ_USERNAME: "" },
} as const;

/** The answers of a home in which this service was never connected. */
export async function readAnswersWithout(of: ServiceName, env: Env): Promise<Answers> {
  // A sync needs Discogs alone.
  const line = of === "discogs" ? "sync --only plays" : "sync";
  return readAnswers(await createHomeAfter({ ...env, ...emptySettings[of] }, line));
}
