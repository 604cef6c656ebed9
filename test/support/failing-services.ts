// Services that fail, for the built program as a process: what each answers, and what a sync without it gives.
import { cpSync } from "node:fs";
import { expect } from "vitest";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import { generous, startDiscogs } from "./discogs-stand-in.ts";
import { answer, cut, type Fault, lastfmError } from "./faults.ts";
import { inventWorld } from "./generate.ts";
import { startLastfm } from "./lastfm-stand-in.ts";
import { listenBrainzOf } from "./other-histories.ts";
import { realToday } from "./real-time.ts";
import { refusingAddress } from "./refusing-address.ts";
import { runCli } from "./run-cli.ts";
import { type ProcessResult, runProcess } from "./run-process.ts";
import { calm, startStandIn } from "./stand-in.ts";
import { tempDirectory } from "./temp.ts";
import { makeShelf, type Play } from "./world.ts";

export type ServiceName = "discogs" | "lastfm" | "listenbrainz";
export type Env = Readonly<Record<string, string>>;

export const serviceNames = ["discogs", "lastfm", "listenbrainz"] as const;
export const titles = { discogs: "Discogs", lastfm: "Last.fm", listenbrainz: "ListenBrainz" } as const;
export const addresses = {
  discogs: "DISCOGS_API_URL",
  lastfm: "LASTFM_API_URL",
  listenbrainz: "LISTENBRAINZ_API_URL",
} as const;

const size = { records: 40, albums: 30, plays: 200 };

/** A play of an album that is owned. `daysAgo` gives each service a play of its own. */
function newPlay(daysAgo: number): Play {
  const [known] = inventWorld(size).lastfm.listener.plays.rows.filter(({ album }) => album !== "");
  if (known === undefined) throw new Error("no play of an album");
  return {
    ...known,
    uts: Math.floor(realToday() / 1000) - daysAgo * 86_400,
    track: `New, ${daysAgo} days ago`,
  };
}

/** Starts the three services. ListenBrainz has half of Last.fm's plays. `hasNews`: each has a row more. */
export async function startThreeServices(hasNews = false): Promise<Env> {
  const { discogs, lastfm } = inventWorld(size);
  const { records } = discogs.shelf;
  discogs.others.push(makeShelf({ username: "Recluse", collectionPublic: false }));
  const { plays } = lastfm.listener;
  const listened = plays.rows.filter(({ uts }, at) => uts > 0 && at % 2 > 0);
  if (hasNews) {
    records.add(...records.rows.slice(0, 1).map((record) => ({ ...record, instanceId: 999_999_999 })));
    plays.add(newPlay(1));
    listened.push(newPlay(2));
  }
  return {
    DISCOGS_TOKEN: discogs.token,
    DISCOGS_API_URL: (await startDiscogs(discogs, { limit: generous })).url,
    LASTFM_API_KEY: lastfm.apiKey,
    LASTFM_USERNAME: lastfm.listener.name,
    LASTFM_API_URL: (await startLastfm(lastfm, { limit: null })).url,
    ...(await listenBrainzOf(listened)),
  };
}

export interface Failure {
  readonly of: ServiceName;
  readonly name: string;
  readonly code: 3 | 4;
  readonly message: RegExp;
  /** What the service answers. */
  readonly fault?: Fault;
  /** Settings that make it fail. */
  readonly env?: () => Env | Promise<Env>;
  /** Its status in the summary, if the code does not tell. */
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
      message: new RegExp(`${titles[of]} can't be reached: `),
      env: async () => ({ [addresses[of]]: await refusingAddress() }),
    },
    {
      of,
      name: "500 for ever",
      code: 3,
      message: new RegExp(`${titles[of]}: .*: answered 500 \\(tried 5 times\\)`),
      fault: answer(500, ""),
    },
    {
      of,
      name: "cut connections",
      code: 3,
      message: new RegExp(`${titles[of]}: .*: the connection was lost .* \\(tried 5 times\\)`),
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
  { of: "lastfm", name: "refused", code: 4, message: lastfmRefused, fault: lastfmError(10) },
  { of: "lastfm", name: "suspended", code: 4, message: lastfmRefused, fault: lastfmError(26) },
  {
    of: "lastfm",
    name: "private",
    code: 4,
    message: /Last\.fm shows this about "NightOwl" only to its owner/,
    fault: lastfmError(17),
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
    fault: answer(401, { code: 401, error: "Invalid token." }),
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

export async function rewind(home: string, env: Env, line: string): Promise<ProcessResult> {
  return runProcess(line.split(" "), { home, env: { ...env, ...quickRetries } });
}

/** A new home, or a copy of this one, after this command line. */
export async function homeAfter(env: Env, line: string, from?: string): Promise<string> {
  const home = tempDirectory("rewind-home");
  if (from !== undefined) cpSync(from, home, { recursive: true });
  expect(await rewind(home, env, line)).toMatchObject({ code: 0 });
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
  const service = await startStandIn({ ...calm, onRequest: () => fault }, () => ({ status: 200, body: {} }));
  return { [addresses[of]]: service.url };
}

const unset = {
  discogs: {},
  lastfm: { LASTFM_API_KEY: "", LASTFM_USERNAME: "" },
  listenbrainz: { LISTENBRAINZ_USERNAME: "" },
} as const;

/** The answers of a home in which this service was never connected. */
export async function answersWithout(of: ServiceName, env: Env): Promise<Answers> {
  // Only Discogs is needed for a sync.
  const line = of === "discogs" ? "sync --only plays" : "sync";
  return readAnswers(await homeAfter({ ...env, ...unset[of] }, line));
}
