// The gate for all that comes in: every method of both clients, with answers of any wrong shape, and with every number
// and time at its extremes. A method that is new can't be left out: the table has to name it, or nothing compiles.
import { toSourcePlay } from "../../src/sources/files/file-format.ts";
import { expect, onTestFinished, test } from "vitest";
import { RewindError } from "../../src/model/errors.ts";
import type { Service } from "../../src/model/model.ts";
import { createCaller, type ClientFactory } from "../../src/sources/transport/caller.ts";
import { discogsClient } from "../../src/sources/discogs/discogs-client.ts";
import {
  discogsFacts,
  lastfmFacts,
  listenbrainzFacts,
  musicbrainzFacts,
} from "../../src/sources/services/service-facts.ts";
import { openTransport, type HttpResponse, type Transport } from "../../src/sources/transport/http.ts";
import { lastfmClient } from "../../src/sources/lastfm/lastfm-client.ts";
import { listenbrainzClient } from "../../src/sources/listenbrainz/listenbrainz-client.ts";
import { musicbrainzClient } from "../../src/sources/musicbrainz/musicbrainz-client.ts";
import { Pacer } from "../../src/sources/transport/pacer.ts";
import type { CallOptions } from "../../src/sources/services/remote-service.ts";
import type { CollectionService, MusicBrainz } from "../../src/sources/services/service-clients.ts";
import type {
  ListeningService,
  ListenService,
  ListenWriter,
  Scrobbler,
} from "../../src/sources/services/listening-service.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { connectToFakes } from "./connected-clients.ts";
import { generousLimit } from "../support/fake-discogs.ts";
import { generateServiceData } from "../support/generated-data.ts";
import { buildListen, createListenBrainzData } from "../support/listenbrainz-data.ts";
import { generateMusicBrainzData } from "../support/musicbrainz-data.ts";
import { createFakeScrobbler } from "../support/fake-scrobbler.ts";

type Calls<Client> = {
  readonly [
    Method in keyof Client as Client[Method] extends (...given: never[]) => Promise<unknown> ? Method : never
  ]: (client: Client, options: CallOptions) => Promise<unknown>;
};

const discogsCalls: Calls<CollectionService> = {
  fetchIdentity: (discogs, options) => discogs.fetchIdentity(options),
  fetchProfile: (discogs, options) => discogs.fetchProfile("CrateDigger", options),
  fetchCollectionPage: (discogs, options) =>
    discogs.fetchCollectionPage("CrateDigger", 1, "oldest-first", options),
  fetchWantsPage: (discogs, options) => discogs.fetchWantsPage("CrateDigger", 1, options),
  fetchFolders: (discogs, options) => discogs.fetchFolders("CrateDigger", options),
  fetchCustomFields: (discogs, options) => discogs.fetchCustomFields("CrateDigger", options),
  fetchCollectionValue: (discogs, options) => discogs.fetchCollectionValue("CrateDigger", options),
  fetchTracklist: (discogs, options) => discogs.fetchTracklist(100_000, options),
  fetchMaster: (discogs, options) => discogs.fetchMaster(someMaster, options),
};

const lastfmCalls: Calls<ListeningService> = {
  fetchUser: (lastfm, options) => lastfm.fetchUser("NightOwl", options),
  fetchAlbumPage: (lastfm, options) => lastfm.fetchAlbumPage("NightOwl", 1, 1000, options),
  fetchPlayingNow: (lastfm, options) => lastfm.fetchPlayingNow("NightOwl", options),
  fetchTrackSeconds: (lastfm, options) => {
    const [play] = serviceData.lastfm.listener.plays.rows;
    if (play === undefined) throw new Error("no track to ask about");
    return lastfm.fetchTrackSeconds({ artist: play.artist, title: play.track }, options);
  },
  fetchScrobblePage: (lastfm, options) =>
    lastfm.fetchScrobblePage("NightOwl", { page: 1, limit: 1000 }, options),
};

const nowMs = Date.UTC(2026, 2, 12);
const session = "session-of-the-gate";
const signing = { sharedSecret: "shared0secret0shared0secret00000", session };
const allowedToken = "allowed-token";
const sentPlay = {
  artist: "A",
  title: "B",
  uts: nowMs / 1000 - 600,
  album: "C",
  albumArtist: "",
  durationSeconds: 99,
};

const scrobblingCalls: Calls<Scrobbler> = {
  requestToken: (scrobbling, options) => scrobbling.requestToken(options),
  requestSession: (scrobbling, options) => scrobbling.requestSession(allowedToken, options),
  fetchOwner: (scrobbling, options) => scrobbling.fetchOwner(options),
  scrobble: (scrobbling, options) => scrobbling.scrobble([sentPlay], options),
};

const listenbrainzCalls: Calls<ListenService> = {
  fetchNewestListens: (listenbrainz, options) => listenbrainz.fetchNewestListens("NightOwl", 10, options),
  fetchListensAfter: (listenbrainz, options) =>
    listenbrainz.fetchListensAfter("NightOwl", sentPlay.uts - 100, 10, options),
  fetchListenCount: (listenbrainz, options) => listenbrainz.fetchListenCount("NightOwl", options),
  fetchPlayingNow: (listenbrainz, options) => listenbrainz.fetchPlayingNow("NightOwl", options),
};

const writingCalls: Calls<ListenWriter> = {
  fetchOwner: (writing, options) => writing.fetchOwner(options),
  scrobble: (writing, options) => writing.scrobble([sentPlay], options),
  importPlays: (writing, options) =>
    writing.importPlays([toSourcePlay({ artist: "A", title: "B", startUts: sentPlay.uts })], options),
  deleteListen: (writing, options) =>
    writing.deleteListen({ listenedUts: sentPlay.uts, msid: knownMsid }, options).then(() => null),
};

const musicbrainzCalls: Calls<MusicBrainz> = {
  fetchReleases: (musicbrainz, options) => musicbrainz.fetchReleases([...known.releases.keys()], options),
  fetchGroups: (musicbrainz, options) => musicbrainz.fetchGroups([...known.groups.keys()], options),
  fetchIdentity: (musicbrainz, options) => musicbrainz.fetchIdentity(knownMbid, options),
  fetchTracks: (musicbrainz, options) => musicbrainz.fetchTracks(knownMbid, options),
};

interface Clients {
  readonly discogs: CollectionService;
  readonly lastfm: ListeningService;
  readonly listenbrainz: ListenService;
  readonly musicbrainz: MusicBrainz;
}

type Row = readonly [string, (clients: Clients) => Promise<unknown>];

function buildMethodRows<Client>(
  name: string,
  calls: Calls<Client>,
  getClient: (clients: Clients) => Client | null,
): Row[] {
  type ClientCall = (client: Client, options: CallOptions) => Promise<unknown>;
  return Object.entries<ClientCall>(calls).map(([method, call]) => [
    `${name}.${method}`,
    (clients) => {
      const client = getClient(clients);
      if (client === null) throw new Error("nothing to write with");
      return call(client, { attempts: 1 });
    },
  ]);
}

const methods: readonly Row[] = [
  ...buildMethodRows("discogs", discogsCalls, ({ discogs }) => discogs),
  ...buildMethodRows("lastfm", lastfmCalls, ({ lastfm }) => lastfm),
  ...buildMethodRows("lastfm.scrobbling", scrobblingCalls, ({ lastfm }) => lastfm.scrobbler),
  ...buildMethodRows("listenbrainz", listenbrainzCalls, ({ listenbrainz }) => listenbrainz),
  ...buildMethodRows("listenbrainz.writing", writingCalls, ({ listenbrainz }) => listenbrainz.writer),
  ...buildMethodRows("musicbrainz", musicbrainzCalls, ({ musicbrainz }) => musicbrainz),
];

const latestUts = nowMs / 1000 + 86_400;
const createBounds = () => ({ nowMs, isLoopback: false });

/** All clients over one transport, as fast as they can. */
function createClients(transport: Transport, urls: Partial<Readonly<Record<keyof Clients, string>>> = {}) {
  const clock = createVirtualClock();
  const openClient = <Client>(
    kind: ClientFactory<Client>,
    service: Service,
    { url = "http://127.0.0.1/", secret }: { readonly url: string | undefined; readonly secret: string },
  ): Client =>
    kind.createClient({
      serviceName: "a service",
      caller: createCaller({
        service,
        transport,
        random: () => 0,
        secrets: [],
        pacer: new Pacer({
          service,
          clock,
          random: () => 0,
          throttledWaitMs: 1,
          rateLimit: {
            computeWaitMs: () => 0,
            soonestMs: () => 0,
            onSent: () => undefined,
            onAnswered: () => undefined,
            onThrottled: () => undefined,
          },
        }),
      }),
      baseUrl: new URL(url),
      secret,
      signing,
      getBounds: createBounds,
    });
  const { discogs, lastfm } = serviceData;
  return {
    discogs: openClient(discogsClient, discogsFacts, { url: urls.discogs, secret: discogs.token }),
    lastfm: openClient(lastfmClient, lastfmFacts, { url: urls.lastfm, secret: lastfm.apiKey }),
    listenbrainz: openClient(listenbrainzClient, listenbrainzFacts, {
      url: urls.listenbrainz,
      secret: listens.token,
    }),
    musicbrainz: openClient(musicbrainzClient, musicbrainzFacts, { url: urls.musicbrainz, secret: "" }),
  };
}

function createClientsWithBody(body: string): Clients {
  const headers = { "content-type": "application/json" };
  const answer: HttpResponse = { status: 200, headers, body, bytes: Buffer.from(body) };
  return createClients({ send: () => Promise.resolve(answer), close: () => Promise.resolve() });
}

const serviceData = generateServiceData({ records: 8, wants: 4, plays: 12, albums: 6 });
const known = generateMusicBrainzData(serviceData.discogs.shelf.records.rows);
const listens = createListenBrainzData([
  buildListen(sentPlay.uts - 90, { artist_name: "A", track_name: "D" }),
  buildListen(sentPlay.uts - 30, {
    artist_name: "A",
    track_name: "B",
    release_name: "C",
    additional_info: {
      duration_ms: 99_000,
      ms_played: 80_000,
      origin_url: "https://open.spotify.com/track/x",
      release_artist_name: "A",
      release_mbid: "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
    },
    mbid_mapping: { recording_mbid: "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9" },
  }),
]);
const knownMsid = listens.listens.rows[0]?.msid ?? "";
const [someMaster = 0] = [...serviceData.discogs.masters.keys()];
const knownMbid = [...known.releases.values()].flat()[0]?.mbid ?? "";

/** Records what a method asks for and gets if nothing is wrong. */
async function recordRightAnswer(
  call: (clients: Clients) => Promise<unknown>,
): Promise<{ body: unknown; result: unknown }> {
  const desk = createFakeScrobbler(serviceData.lastfm, { secret: signing.sharedSecret, nowMs: () => nowMs });
  desk.sessions.set(session, serviceData.lastfm.listener.name);
  desk.tokens.set(allowedToken, serviceData.lastfm.listener.name);
  const { discogs, lastfm, listenbrainz, musicbrainz } = await connectToFakes(
    { ...serviceData, listenbrainz: listens, musicbrainz: known, startMs: nowMs },
    {},
    {
      discogs: { limit: generousLimit },
      lastfm: { limit: null, scrobbler: desk },
      listenbrainz: { limit: null },
      musicbrainz: { minGapMs: 0 },
    },
  );
  const transport = openTransport({ userAgent: "test/1", env: {} });
  onTestFinished(() => transport.close());
  let body = "";
  const result = await call(
    createClients(
      {
        send: async (...given) => {
          const answer = await transport.send(...given);
          ({ body } = answer);
          return answer;
        },
        close: () => transport.close(),
      },
      {
        discogs: `${discogs.url}/`,
        lastfm: lastfm.url,
        listenbrainz: listenbrainz.url,
        musicbrainz: `${musicbrainz.url}/`,
      },
    ),
  );
  return { body: JSON.parse(body), result };
}

type JsonPath = readonly (string | number)[];

interface Leaf {
  readonly way: JsonPath;
  readonly value: unknown;
}

/** Every place of a document; of each list its last row stands for all. */
function listLeaves(value: unknown, way: JsonPath = []): Leaf[] {
  const own = way.length === 0 ? [] : [{ way, value }];
  if (Array.isArray(value)) {
    return value.length === 0 ? own : [...own, ...listLeaves(value.at(-1), [...way, value.length - 1])];
  }
  if (typeof value !== "object" || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, child]) => listLeaves(child, [...way, key]))];
}

function replaceAt(body: unknown, way: JsonPath, value: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return value;
  const copy = Array.isArray(body) ? [...(body as unknown[])] : { ...(body as object) };
  Object.assign(copy, { [key]: replaceAt((body as Record<string | number, unknown>)[key], rest, value) });
  return copy;
}

/** The first thing in a result that is beyond all bounds; null where there is none. */
function findUnbounded(value: unknown, key = ""): string | null {
  if (value === null || typeof value === "boolean") return null;
  if (typeof value === "number") {
    // ListenBrainz may list plays of the future, and a walk continues from them. Their own times are bounded.
    const isPageBound = /^(?:listened|latest|oldest)Uts$/.test(key);
    const most = /uts$/i.test(key) && !isPageBound ? latestUts : Number.MAX_SAFE_INTEGER;
    return Number.isSafeInteger(value) && value >= 0 && value <= most ? null : `${key}: ${value}`;
  }
  if (typeof value === "string") {
    if (value.length > 10_000) return `${key}: ${value.length} characters`;
    if (key === "dateAdded" && !(Date.parse(value) <= latestUts * 1000)) return `${key}: ${value}`;
    if (/url$/i.test(key) && !/^https:\/\/(?:[\w-]+\.)*(?:discogs\.com|last\.fm)\//.test(value)) {
      return `${key}: ${value}`;
    }
    return null;
  }
  if (typeof value !== "object") return `${key}: ${typeof value}`;
  for (const [name, child] of Object.entries(value)) {
    const found = findUnbounded(child, Array.isArray(value) ? key : name);
    if (found !== null) return found;
  }
  return null;
}

function countRows(result: unknown): number | null {
  const page = (result ?? {}) as { readonly rows?: unknown; readonly listens?: unknown };
  const rows = page.rows ?? page.listens ?? result;
  return Array.isArray(rows) ? rows.length : null;
}

const marker = "never-to-be-shown";

/** Returns the result of a call, or how it failed; "broken: …" for what no call may do. */
async function runWithBody(
  call: (clients: Clients) => Promise<unknown>,
  body: string,
): Promise<{ readonly result: unknown } | { readonly failure: string }> {
  let result: unknown;
  try {
    result = await call(createClientsWithBody(body));
  } catch (error) {
    if (!(error instanceof RewindError)) return { failure: `broken: ${String(error)}` };
    const told = `${error.message} ${error.hint}`;
    if (told.includes(marker)) return { failure: `broken: shows the body: ${told}` };
    if (told.length > 400) return { failure: `broken: a message of ${told.length} characters` };
    return { failure: error.message };
  }
  const unbounded = findUnbounded(result);
  return unbounded === null ? { result } : { failure: `broken: ${unbounded}` };
}

const buildNestedArrays = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** Bodies in place of the right one. */
const wrongBodies: readonly (readonly [string, string | ((right: string) => string)])[] = [
  ["nothing", ""],
  ["null", "null"],
  ["a number", "42"],
  ["text", JSON.stringify(marker)],
  ["an empty list", "[]"],
  ["an empty object", "{}"],
  ["another object", `{"${marker}":"${marker}"}`],
  ["an error of no kind", `{"error":{"${marker}":1},"message":["${marker}"]}`],
  ["an error beyond numbers", `{"error":1e300,"message":"${marker}"}`],
  [
    "names that every object has",
    '{"__proto__":{"rows":[]},"constructor":1,"toString":1,"hasOwnProperty":1}',
  ],
  ["a web page", `<!DOCTYPE html><title>${marker}</title>`],
  ["text that is no JSON", marker],
  ["half of it", (right) => right.slice(0, right.length / 2)],
  ["more than it", (right) => `${right}${marker}`],
  ["it twice", (right) => right + right],
  ["it in an object", (right) => `{"data":${right}}`],
  ["it as text", (right) => JSON.stringify(right)],
  ["NUL and no more", "\u0000".repeat(1000)],
  ["200 000 levels beside it", (right) => right.replace(/\}$/, `,"more":${buildNestedArrays(200_000)}}`)],
  [
    "half a million empty objects beside it",
    (right) => right.replace(/\}$/, `,"more":[${"{},".repeat(500_000)}{}]}`),
  ],
  ["a key of a million letters", `{"${"x".repeat(1_000_000)}":1}`],
];

/** Values in place of a field. */
const wrongValues: readonly unknown[] = [
  null,
  true,
  false,
  marker,
  "",
  "\ud800",
  "constructor",
  "__proto__",
  marker.repeat(10_000),
  [],
  [[]],
  [marker],
  [null],
  {},
  { [marker]: marker },
  { "#text": { [marker]: 1 } },
  Array.from({ length: 3_000 }, () => ({})),
];

const numbers = [-1, 0, 1.5, 2 ** 31, 2 ** 53, 8.64e12, 8.64e15, 1e300, -1e300, Number.MIN_VALUE];
const extremes: readonly unknown[] = [
  ...numbers,
  ...numbers.map(String),
  "9".repeat(400),
  "-0",
  "1e400",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "+275760-09-13T00:00:01Z",
  "2026-03-14T00:00:00-07:00",
];

/** The keys that listings and rows are read by: nothing replaces these. */
const keys =
  /^(?:pagination|\w+\.@attr)\.|^\w+\.\d+\.(?:id|instance_id|basic_information\.id)$|\.field_id$|^scrobbles\.scrobble\.(?:timestamp|ignoredMessage\.code)$|^id$|^user\.playcount$|^payload\.count$/;

test.each(methods)("%s: a wrong body is neither accepted nor reported as our bug", async (_, call) => {
  const { body } = await recordRightAnswer(call);
  const right = JSON.stringify(body);
  const wrongs: string[] = [];
  for (const [kind, wrong] of wrongBodies) {
    const outcome = await runWithBody(call, typeof wrong === "string" ? wrong : wrong(right));
    if ("result" in outcome) wrongs.push(`${kind}: taken`);
    else if (outcome.failure.startsWith("broken")) wrongs.push(`${kind}: ${outcome.failure}`);
  }
  expect(wrongs).toEqual([]);
});

test.each(methods)(
  "%s: a field of another type counts as unknown, or the error names it",
  async (_, call) => {
    const { body, result } = await recordRightAnswer(call);
    const wrongs: string[] = [];
    for (const { way } of listLeaves(body)) {
      for (const value of wrongValues) {
        const outcome = await runWithBody(call, JSON.stringify(replaceAt(body, way, value)));
        const at = `${way.join(".")} = ${JSON.stringify(value).slice(0, 40)}`;
        if ("result" in outcome) {
          // A list that is gone altogether may be an empty one; a row is never lost from its middle.
          const isRow = typeof way.at(-1) === "number" && way.length <= 3;
          if (isRow && countRows(outcome.result) !== countRows(result)) wrongs.push(`${at}: a row is lost`);
        } else if (outcome.failure.startsWith("broken")) wrongs.push(`${at}: ${outcome.failure}`);
      }
    }
    expect(wrongs).toEqual([]);
  },
);

function isNumeric({ value }: Leaf): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d+$|^\d{4}-\d\d-\d\dT/.test(value));
}

test.each(methods)("%s: an extreme number or time does not lose its row", async (method, call) => {
  const { body, result } = await recordRightAnswer(call);
  const leaves = listLeaves(body).filter(isNumeric);
  const areTexts = [
    "lastfm.scrobbling.requestToken",
    "discogs.fetchCollectionValue",
    "listenbrainz.writing.scrobble",
    "listenbrainz.writing.importPlays",
    "listenbrainz.writing.deleteListen",
  ].includes(method);
  expect(leaves.length > 0).toBe(!areTexts);
  const wrongs: string[] = [];
  for (const { way, value: was } of leaves) {
    const path = way.join(".");
    const isTime = typeof was === "string" && was.includes("T");
    for (const value of extremes) {
      if (!isTime && typeof value === "string" && value.includes("T")) continue;
      const outcome = await runWithBody(call, JSON.stringify(replaceAt(body, way, value)));
      const at = `${path} = ${String(value).slice(0, 40)}`;
      if ("result" in outcome) {
        if (countRows(outcome.result) !== countRows(result)) wrongs.push(`${at}: a row is lost`);
      } else if (!keys.test(path) || outcome.failure.startsWith("broken")) {
        wrongs.push(`${at}: ${outcome.failure}`);
      }
    }
  }
  expect(wrongs).toEqual([]);
});
