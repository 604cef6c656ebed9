// The gate for all that comes in: every method of both clients, with answers of any wrong shape, and with every number
// and time at its extremes. A method that is new can't be left out: the table has to name it, or nothing compiles.
import { expect, onTestFinished, test } from "vitest";
import { RewindError } from "../../src/model/errors.ts";
import type { Service } from "../../src/model/model.ts";
import { createCaller, type ClientKind } from "../../src/sources/transport/calls.ts";
import { discogsClient } from "../../src/sources/discogs/discogs-client.ts";
import {
  discogsFacts,
  lastfmFacts,
  listenbrainzFacts,
  musicbrainzFacts,
} from "../../src/sources/services/service-facts.ts";
import { openTransport, type HttpAnswer, type Transport } from "../../src/sources/transport/http.ts";
import { lastfmClient } from "../../src/sources/lastfm/lastfm-client.ts";
import { listenbrainzClient } from "../../src/sources/listenbrainz/listenbrainz-client.ts";
import { musicbrainzClient } from "../../src/sources/musicbrainz/musicbrainz-client.ts";
import { Pacer } from "../../src/sources/transport/pacing.ts";
import type { CallOptions } from "../../src/sources/services/remote-service.ts";
import type { CollectionService, MusicBrainz } from "../../src/sources/services/service-clients.ts";
import type {
  ListeningService,
  ListenService,
  ListenWriting,
  Scrobbling,
} from "../../src/sources/services/listening-service.ts";
import { virtualClock } from "../support/clock.ts";
import { connectToStandIns } from "./clients.ts";
import { generous } from "../support/discogs-stand-in.ts";
import { inventWorld } from "../support/generate.ts";
import { listen, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { inventMusicBrainz } from "../support/musicbrainz-world.ts";
import { scrobbleDesk } from "../support/scrobble-desk.ts";

type Calls<Client> = {
  readonly [
    Method in keyof Client as Client[Method] extends (...given: never[]) => Promise<unknown> ? Method : never
  ]: (client: Client, options: CallOptions) => Promise<unknown>;
};

const discogsCalls: Calls<CollectionService> = {
  identity: (discogs, options) => discogs.identity(options),
  profile: (discogs, options) => discogs.profile("CrateDigger", options),
  collectionPage: (discogs, options) => discogs.collectionPage("CrateDigger", 1, "oldest-first", options),
  wantsPage: (discogs, options) => discogs.wantsPage("CrateDigger", 1, options),
  folders: (discogs, options) => discogs.folders("CrateDigger", options),
  customFields: (discogs, options) => discogs.customFields("CrateDigger", options),
  collectionValue: (discogs, options) => discogs.collectionValue("CrateDigger", options),
  tracklist: (discogs, options) => discogs.tracklist(100_000, options),
  master: (discogs, options) => discogs.master(someMaster, options),
};

const lastfmCalls: Calls<ListeningService> = {
  user: (lastfm, options) => lastfm.user("NightOwl", options),
  albumsPage: (lastfm, options) => lastfm.albumsPage("NightOwl", 1, 1000, options),
  trackSeconds: (lastfm, options) => {
    const [play] = world.lastfm.listener.plays.rows;
    if (play === undefined) throw new Error("no track to ask about");
    return lastfm.trackSeconds({ artist: play.artist, title: play.track }, options);
  },
  scrobblesPage: (lastfm, options) => lastfm.scrobblesPage("NightOwl", { page: 1, limit: 1000 }, options),
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

const scrobblingCalls: Calls<Scrobbling> = {
  requestToken: (scrobbling, options) => scrobbling.requestToken(options),
  session: (scrobbling, options) => scrobbling.session(allowedToken, options),
  owner: (scrobbling, options) => scrobbling.owner(options),
  scrobble: (scrobbling, options) => scrobbling.scrobble([sentPlay], options),
};

const listenbrainzCalls: Calls<ListenService> = {
  newestListens: (listenbrainz, options) => listenbrainz.newestListens("NightOwl", 10, options),
  listensAfter: (listenbrainz, options) =>
    listenbrainz.listensAfter("NightOwl", sentPlay.uts - 100, 10, options),
  listenCount: (listenbrainz, options) => listenbrainz.listenCount("NightOwl", options),
};

const writingCalls: Calls<ListenWriting> = {
  owner: (writing, options) => writing.owner(options),
  scrobble: (writing, options) => writing.scrobble([sentPlay], options),
  deleteListen: (writing, options) =>
    writing.deleteListen({ listenedUts: sentPlay.uts, msid: someMsid }, options).then(() => null),
};

const musicbrainzCalls: Calls<MusicBrainz> = {
  releases: (musicbrainz, options) => musicbrainz.releases([...known.releases.keys()], options),
  groups: (musicbrainz, options) => musicbrainz.groups([...known.groups.keys()], options),
  identity: (musicbrainz, options) => musicbrainz.identity(someMbid, options),
  tracks: (musicbrainz, options) => musicbrainz.tracks(someMbid, options),
};

interface Clients {
  readonly discogs: CollectionService;
  readonly lastfm: ListeningService;
  readonly listenbrainz: ListenService;
  readonly musicbrainz: MusicBrainz;
}

type Row = readonly [string, (clients: Clients) => Promise<unknown>];

function rowsOf<Client>(
  name: string,
  calls: Calls<Client>,
  clientOf: (clients: Clients) => Client | null,
): Row[] {
  type Call = (client: Client, options: CallOptions) => Promise<unknown>;
  return Object.entries<Call>(calls).map(([method, call]) => [
    `${name}.${method}`,
    (clients) => {
      const client = clientOf(clients);
      if (client === null) throw new Error("nothing to write with");
      return call(client, { attempts: 1 });
    },
  ]);
}

const methods: readonly Row[] = [
  ...rowsOf("discogs", discogsCalls, ({ discogs }) => discogs),
  ...rowsOf("lastfm", lastfmCalls, ({ lastfm }) => lastfm),
  ...rowsOf("lastfm.scrobbling", scrobblingCalls, ({ lastfm }) => lastfm.scrobbling),
  ...rowsOf("listenbrainz", listenbrainzCalls, ({ listenbrainz }) => listenbrainz),
  ...rowsOf("listenbrainz.writing", writingCalls, ({ listenbrainz }) => listenbrainz.writing),
  ...rowsOf("musicbrainz", musicbrainzCalls, ({ musicbrainz }) => musicbrainz),
];

const latestUts = nowMs / 1000 + 86_400;
const bounds = () => ({ nowMs, isLoopback: false });

/** All clients over one transport, as fast as they can. */
function clientsOver(transport: Transport, urls: Partial<Readonly<Record<keyof Clients, string>>> = {}) {
  const clock = virtualClock();
  const open = <Client>(
    kind: ClientKind<Client>,
    service: Service,
    { url = "http://127.0.0.1/", secret }: { readonly url: string | undefined; readonly secret: string },
  ): Client =>
    kind.open({
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
          allowance: {
            waitMs: () => 0,
            soonestMs: () => 0,
            sent: () => undefined,
            answered: () => undefined,
            throttled: () => undefined,
          },
        }),
      }),
      baseUrl: new URL(url),
      secret,
      signing,
      bounds,
    });
  const { discogs, lastfm } = world;
  return {
    discogs: open(discogsClient, discogsFacts, { url: urls.discogs, secret: discogs.token }),
    lastfm: open(lastfmClient, lastfmFacts, { url: urls.lastfm, secret: lastfm.apiKey }),
    listenbrainz: open(listenbrainzClient, listenbrainzFacts, {
      url: urls.listenbrainz,
      secret: listens.token,
    }),
    musicbrainz: open(musicbrainzClient, musicbrainzFacts, { url: urls.musicbrainz, secret: "" }),
  };
}

function clientsGiven(body: string): Clients {
  const headers = { "content-type": "application/json" };
  const answer: HttpAnswer = { status: 200, headers, body, bytes: Buffer.from(body) };
  return clientsOver({ send: () => Promise.resolve(answer), close: () => Promise.resolve() });
}

const world = inventWorld({ records: 8, wants: 4, plays: 12, albums: 6 });
const known = inventMusicBrainz(world.discogs.shelf.records.rows);
const listens = makeListenBrainzWorld([
  listen(sentPlay.uts - 90, { artist_name: "A", track_name: "D" }),
  listen(sentPlay.uts - 30, {
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
const someMsid = listens.listens.rows[0]?.msid ?? "";
const [someMaster = 0] = [...world.discogs.masters.keys()];
const someMbid = [...known.releases.values()].flat()[0]?.mbid ?? "";

/** What a method asks for and gets where nothing is wrong. */
async function rightAnswer(
  call: (clients: Clients) => Promise<unknown>,
): Promise<{ body: unknown; result: unknown }> {
  const desk = scrobbleDesk(world.lastfm, { secret: signing.sharedSecret, nowMs: () => nowMs });
  desk.sessions.set(session, world.lastfm.listener.name);
  desk.tokens.set(allowedToken, world.lastfm.listener.name);
  const { discogs, lastfm, listenbrainz, musicbrainz } = await connectToStandIns(
    { ...world, listenbrainz: listens, musicbrainz: known, startMs: nowMs },
    {},
    {
      discogs: { limit: generous },
      lastfm: { limit: null, desk },
      listenbrainz: { limit: null },
      musicbrainz: { leastGapMs: 0 },
    },
  );
  const transport = openTransport({ userAgent: "test/1", env: {} });
  onTestFinished(() => transport.close());
  let body = "";
  const result = await call(
    clientsOver(
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

type Way = readonly (string | number)[];

interface Leaf {
  readonly way: Way;
  readonly value: unknown;
}

/** Every place of a document; of each list its last row stands for all. */
function placesOf(value: unknown, way: Way = []): Leaf[] {
  const own = way.length === 0 ? [] : [{ way, value }];
  if (Array.isArray(value)) {
    return value.length === 0 ? own : [...own, ...placesOf(value.at(-1), [...way, value.length - 1])];
  }
  if (typeof value !== "object" || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...way, key]))];
}

function replaced(body: unknown, way: Way, value: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return value;
  const copy = Array.isArray(body) ? [...(body as unknown[])] : { ...(body as object) };
  Object.assign(copy, { [key]: replaced((body as Record<string | number, unknown>)[key], rest, value) });
  return copy;
}

/** The first thing in a result that is beyond all bounds; null where there is none. */
function unboundedIn(value: unknown, key = ""): string | null {
  if (value === null || typeof value === "boolean") return null;
  if (typeof value === "number") {
    const most = /uts$/i.test(key) ? latestUts : Number.MAX_SAFE_INTEGER;
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
    const found = unboundedIn(child, Array.isArray(value) ? key : name);
    if (found !== null) return found;
  }
  return null;
}

function rowsIn(result: unknown): number | null {
  const page = (result ?? {}) as { readonly rows?: unknown; readonly listens?: unknown };
  const rows = page.rows ?? page.listens ?? result;
  return Array.isArray(rows) ? rows.length : null;
}

const marker = "never-to-be-shown";

/** What came of a call: its result, or how it failed; "broken: …" for what no call may do. */
async function outcomeOf(
  call: (clients: Clients) => Promise<unknown>,
  body: string,
): Promise<{ readonly result: unknown } | { readonly failure: string }> {
  let result: unknown;
  try {
    result = await call(clientsGiven(body));
  } catch (error) {
    if (!(error instanceof RewindError)) return { failure: `broken: ${String(error)}` };
    const told = `${error.message} ${error.hint}`;
    if (told.includes(marker)) return { failure: `broken: shows the body: ${told}` };
    if (told.length > 400) return { failure: `broken: a message of ${told.length} characters` };
    return { failure: error.message };
  }
  const unbounded = unboundedIn(result);
  return unbounded === null ? { result } : { failure: `broken: ${unbounded}` };
}

const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** In place of a whole body. */
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
  ["200 000 levels beside it", (right) => right.replace(/\}$/, `,"more":${nested(200_000)}}`)],
  [
    "half a million empty objects beside it",
    (right) => right.replace(/\}$/, `,"more":[${"{},".repeat(500_000)}{}]}`),
  ],
  ["a key of a million letters", `{"${"x".repeat(1_000_000)}":1}`],
];

/** In place of a field. */
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

/** What a listing is read by, and what a row is known by: nothing stands in for these. */
const keys =
  /^(?:pagination|\w+\.@attr)\.|^\w+\.\d+\.(?:id|instance_id|basic_information\.id)$|\.field_id$|^scrobbles\.scrobble\.(?:timestamp|ignoredMessage\.code)$|^id$|^user\.playcount$|^payload\.count$/;

test.each(methods)("%s: a wrong body is neither accepted nor reported as our bug", async (_, call) => {
  const { body } = await rightAnswer(call);
  const right = JSON.stringify(body);
  const wrongs: string[] = [];
  for (const [kind, wrong] of wrongBodies) {
    const outcome = await outcomeOf(call, typeof wrong === "string" ? wrong : wrong(right));
    if ("result" in outcome) wrongs.push(`${kind}: taken`);
    else if (outcome.failure.startsWith("broken")) wrongs.push(`${kind}: ${outcome.failure}`);
  }
  expect(wrongs).toEqual([]);
});

test.each(methods)(
  "%s: a field of another type counts as unknown, or the error names it",
  async (_, call) => {
    const { body, result } = await rightAnswer(call);
    const wrongs: string[] = [];
    for (const { way } of placesOf(body)) {
      for (const value of wrongValues) {
        const outcome = await outcomeOf(call, JSON.stringify(replaced(body, way, value)));
        const at = `${way.join(".")} = ${JSON.stringify(value).slice(0, 40)}`;
        if ("result" in outcome) {
          // A list that is gone altogether may be an empty one; a row is never lost from its middle.
          const isRow = typeof way.at(-1) === "number" && way.length <= 3;
          if (isRow && rowsIn(outcome.result) !== rowsIn(result)) wrongs.push(`${at}: a row is lost`);
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
  const { body, result } = await rightAnswer(call);
  const leaves = placesOf(body).filter(isNumeric);
  const areTexts = [
    "lastfm.scrobbling.requestToken",
    "discogs.collectionValue",
    "listenbrainz.writing.scrobble",
    "listenbrainz.writing.deleteListen",
  ].includes(method);
  expect(leaves.length > 0).toBe(!areTexts);
  const wrongs: string[] = [];
  for (const { way, value: was } of leaves) {
    const path = way.join(".");
    const isTime = typeof was === "string" && was.includes("T");
    for (const value of extremes) {
      if (!isTime && typeof value === "string" && value.includes("T")) continue;
      const outcome = await outcomeOf(call, JSON.stringify(replaced(body, way, value)));
      const at = `${path} = ${String(value).slice(0, 40)}`;
      if ("result" in outcome) {
        if (rowsIn(outcome.result) !== rowsIn(result)) wrongs.push(`${at}: a row is lost`);
      } else if (!keys.test(path) || outcome.failure.startsWith("broken")) {
        wrongs.push(`${at}: ${outcome.failure}`);
      }
    }
  }
  expect(wrongs).toEqual([]);
});
