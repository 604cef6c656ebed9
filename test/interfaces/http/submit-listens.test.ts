// The calls that scrobblers make: under every address that people paste, with every form of key, and nothing beyond them.
import { beforeEach, expect, test } from "vitest";
import { serveCache, type ServedCache } from "../../support/served-cache.ts";
import { getHomeCachePath, withCache } from "../../support/filled-cache.ts";
import { mergeSubmittedPlays } from "../../../src/actions/sources/submit-listens.ts";
import { Problem } from "../../../src/interfaces/http/problem.ts";
import { createSourceImporter } from "../../../src/store/plays/source-plays.ts";
import { createListenbrainz } from "../../../src/sources/listenbrainz/listenbrainz-client.ts";
import { toSourcePlay } from "../../../src/sources/files/file-format.ts";
import { noon } from "../../support/run-cli.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

const noonUts = noon / 1000;
const bases = ["", "/", "/1", "/1/", "/apis/listenbrainz", "/apis/listenbrainz/1/"];
/** A client appends its call to the address of the server, with a 1 or without, and with a slash or without. */
const joints = ["/1/", "1/", "/"];

const addresses = bases.flatMap((base) =>
  joints.filter((joint) => base.endsWith("/") || joint.startsWith("/")).map((joint) => base + joint),
);

let home: string;
let served: ServedCache;
/** A key that may write. */
let write: string;

function serve(...[path, options]: Parameters<typeof serveCache>): void {
  served = serveCache(path, options);
  write = served.keys.create({ name: "", kind: "write", nowUts: 1 }).token;
}

beforeEach(() => {
  home = createTempDirectory();
  serve(home);
});

const buildBody = (listenedUts: number, more: object = {}): string =>
  JSON.stringify({
    listen_type: "single",
    payload: [
      {
        listened_at: listenedUts,
        track_metadata: { artist_name: "The Amber Kettles", track_name: "Low Tide", ...more },
      },
    ],
  });

function submit(
  body: string,
  headers: Record<string, string> = {},
  address = "/1/submit-listens",
): Promise<Response> {
  return served.ask(address, {
    method: "POST",
    body: Buffer.from(body),
    headers: { authorization: `Token ${write}`, ...headers },
  });
}

function countStored(): number {
  return withCache(getHomeCachePath(home), (database) => {
    mergeSubmittedPlays(database);
    return database.prepare<[], number>("SELECT count(*) FROM scrobble").pluck().get() ?? 0;
  });
}

async function readAnswer(answer: Response): Promise<unknown> {
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  return [answer.status, await answer.json()];
}

test("answers all calls at every address that people paste, and stores a play once that is sent to all", async () => {
  const headers = { authorization: `Token ${write}` };
  for (const address of addresses) {
    const ask = async (call: string): Promise<unknown> => [
      address,
      await readAnswer(await served.ask(address + call, { headers })),
    ];
    const posted = await submit(buildBody(noonUts), {}, `${address}submit-listens`);
    expect([address, await readAnswer(posted)]).toEqual([address, [200, { status: "ok" }]]);
    expect(countStored()).toBe(1);
    expect(await ask("validate-token")).toMatchObject([address, [200, { valid: true }]]);
    expect(await ask("user/Ann%20Lee/playing-now")).toMatchObject([
      address,
      [200, { payload: { count: 0, user_id: "Ann Lee" } }],
    ]);
    expect(await ask("user/ann/listens")).toMatchObject([address, [200, { payload: { count: 1 } }]]);
    expect(await ask("user/ann/listen-count")).toEqual([address, [200, { payload: { count: 1 } }]]);
  }
});

test.each([
  "/1/1/1/submit-listens",
  "/2/submit-listens",
  "/listenbrainz/1/submit-listens",
  "/1/delete-listen",
  "/1/latest-import",
  "/1/playing-now/delete",
  "/1/user/ann",
  "/1/user/ann/stats",
  "/1/user/%E0%A4%A/listens",
  "/1/stats/user/ann/artists",
])("has nothing at %s", async (path) => {
  for (const method of ["GET", "POST"]) {
    const answer = await served.ask(path, { method });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([404, null]);
  }
});

test("accepts a key after the words Token and Bearer in any case", async () => {
  for (const scheme of ["Token", "token", "TOKEN", "Bearer", "bearer"]) {
    const answer = await submit(buildBody(noonUts), { authorization: `${scheme} ${write}` });
    expect([scheme, answer.status]).toEqual([scheme, 200]);
  }
});

test.each<readonly [string, () => string, string]>([
  ["no header", () => "", "You need to provide an Authorization header."],
  ["a key alone", () => write, "Provided Authorization header is invalid."],
  ["an unknown key", () => "Token rw_write_abc", "Invalid authorization token."],
  ["a key that only reads", () => `Token ${served.live}`, "Invalid authorization token."],
])("refuses %s with 401, and stores nothing", async (_, toHeader, error) => {
  const answer = await submit(buildBody(noonUts), { authorization: toHeader() });
  expect(await readAnswer(answer)).toEqual([401, { code: 401, error }]);
  expect(countStored()).toBe(0);
});

test.each<readonly [string, Record<string, string>]>([
  ["no content type", {}],
  ["text", { "content-type": "text/plain" }],
  ["JSON with a character set", { "content-type": "application/json; charset=utf-8" }],
  ["a form", { "content-type": "application/x-www-form-urlencoded" }],
])("takes a body that is called %s", async (_, headers) => {
  expect((await submit(buildBody(noonUts), headers)).status).toBe(200);
  expect(countStored()).toBe(1);
});

test("refuses a body that is too large with 400, and stores nothing", async () => {
  const filler = "x".repeat(10_240_001);
  // A client that names the length is refused before it sends the body.
  const named = { "content-length": String(filler.length) };
  for (const [body, headers] of [
    ["", named],
    [filler, {}],
  ] as const) {
    const answer = await submit(body, headers);
    expect(await readAnswer(answer)).toMatchObject([400, { error: /Payload too large/ }]);
    expect(answer.headers.get("connection")).toBe("close");
  }
  expect(countStored()).toBe(0);
});

test("the log names the listen that was refused, without its content", async () => {
  const refusal = new Problem(400, "field track_metadata.track_name is empty.", {}, "listen 2 of 3: …");
  serve(createTempDirectory(), {
    findListenRoute: () => ({ methods: "POST", handle: () => Promise.reject(refusal) }),
  });
  expect(await readAnswer(await submit(buildBody(noonUts)))).toEqual([
    400,
    { code: 400, error: "field track_metadata.track_name is empty." },
  ]);
  expect(served.lines).toMatchObject([{ status: 400, remark: "listen 2 of 3: …" }]);
});

test("says whether a token may submit, in the header or the address, and asks for one", async () => {
  const validate = async (query: string, authorization = ""): Promise<unknown> =>
    readAnswer(await served.ask(`/1/validate-token${query}`, { headers: { authorization } }));
  const valid = { code: 200, message: "Token valid.", valid: true, user_name: "CrateDigger" };
  const invalid = { code: 200, message: "Token invalid.", valid: false };
  expect(await validate("", `token ${write}`)).toEqual([200, valid]);
  expect(await validate(`?token=${served.admin}`)).toEqual([200, valid]);
  expect(await validate(`?token=${served.live}`)).toEqual([200, invalid]);
  expect(await validate("", "Token nonsense")).toEqual([200, invalid]);
  expect(await validate("")).toMatchObject([400, { code: 400 }]);
  expect(JSON.stringify(served.lines)).not.toContain(served.admin);
});

test("answers a browser's preflight on these routes for any origin, and never allows cookies", async () => {
  const preflight = {
    method: "OPTIONS",
    headers: {
      origin: "chrome-extension://abc",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  };
  const answer = await served.ask("/apis/listenbrainz/1/submit-listens", preflight);
  expect(answer.status).toBe(204);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-allow-methods")).toBe("POST, OPTIONS");
  expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
  expect(answer.headers.get("access-control-allow-headers")).toBe("Authorization, Content-Type");
  const posted = await submit(buildBody(noonUts), { origin: "chrome-extension://abc" });
  const other = await served.ask("/v1/collecting/cross-reference", preflight);
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
  for (const { headers } of [answer, posted]) {
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
  }
});

test("takes no session for a key", async () => {
  const answer = await submit(buildBody(noonUts), { authorization: "", cookie: `rewind=${write}` });
  expect(answer.status).toBe(401);
});

test("refuses another method with 405 in the form of these calls", async () => {
  const answer = await served.ask("/1/submit-listens");
  expect(await readAnswer(answer)).toMatchObject([405, { code: 405 }]);
  expect(answer.headers.get("allow")).toContain("POST");
});

test("limits submissions only if a limit was set, and says with ListenBrainz' header when it ends", async () => {
  serve(home, { rateLimit: 1 });
  for (let nth = 1; nth <= 3; nth += 1) expect((await submit(buildBody(noonUts + nth))).status).toBe(200);
  const key = { authorization: `Token ${write}` };
  expect((await served.ask("/1/user/a/listen-count", { headers: key })).status).toBe(200);
  expect((await served.ask("/1/user/a/listen-count", { headers: key })).status).toBe(429);

  serve(home, { submissionLimit: 1 });
  expect((await submit(buildBody(noonUts))).status).toBe(200);
  const refused = await submit(buildBody(noonUts));
  expect(await readAnswer(refused)).toMatchObject([429, { code: 429 }]);
  expect(refused.headers.get("x-ratelimit-reset-in")).toBe("60");
});

test("shows what plays now, and stores it nowhere", async () => {
  const track = { artist_name: "Iva", track_name: "Dune", additional_info: { duration_ms: 200_000 } };
  const body = JSON.stringify({ listen_type: "playing_now", payload: [{ track_metadata: track }] });
  expect((await submit(body)).status).toBe(200);
  expect(countStored()).toBe(0);
  expect(await served.json("/1/user/ann/playing-now")).toEqual({
    payload: {
      count: 1,
      user_id: "ann",
      playing_now: true,
      listens: [{ playing_now: true, user_name: "ann", track_metadata: track }],
    },
  });
});

interface ListensDocument {
  readonly payload: {
    readonly count: number;
    readonly listens: readonly { readonly listened_at: number; readonly recording_msid: string }[];
    readonly latest_listen_ts: number;
    readonly oldest_listen_ts: number;
  };
}

/** Plays of an import, a minute apart, two of them in one second. */
function importPlays(count: number): void {
  withCache(getHomeCachePath(home), (database) => {
    const plays = Array.from({ length: count }, (_, at) =>
      toSourcePlay({
        startUts: noonUts + Math.max(1, at) * 60,
        artist: "Iva",
        album: "Shoals",
        title: `Song ${at}`,
      }),
    );
    createSourceImporter(database, { name: "spotify", kind: "file" })(plays);
    mergeSubmittedPlays(database);
  });
}

test("lists plays newest first between two exclusive times, the oldest ones after min_ts", async () => {
  importPlays(40);
  const list = async (query: string): Promise<readonly number[]> => {
    const { payload } = (await served.json(`/1/user/ann/listens${query}`)) as ListensDocument;
    expect(payload).toMatchObject({
      count: payload.listens.length,
      oldest_listen_ts: noonUts + 60,
      latest_listen_ts: noonUts + 39 * 60,
    });
    return payload.listens.map(({ listened_at }) => (listened_at - noonUts) / 60);
  };
  expect(await list("")).toHaveLength(25);
  expect(await list("?count=3")).toEqual([39, 38, 37]);
  expect(await list("?count=%2B2")).toEqual([39, 38]);
  expect(await list(`?count=2&max_ts=${noonUts + 37 * 60}`)).toEqual([36, 35]);
  expect(await list(`?count=3&min_ts=${noonUts + 59}`)).toEqual([2, 1, 1]);
  expect(await list(`?count=9&min_ts=${noonUts + 60}&max_ts=${noonUts + 240}`)).toEqual([3, 2]);
  expect(await list(`?min_ts=0&count=5000`)).toHaveLength(40);
  expect(await list("?count=0")).toEqual([]);
});

test.each([
  ["?count=-1", /positive/],
  ["?count=many", /count/],
  ["?min_ts=x", /min_ts/],
  ["?min_ts=5&max_ts=5", /max_ts should be greater/],
])("refuses listens%s", async (query, error) => {
  const headers = { authorization: `Token ${served.live}` };
  expect(await readAnswer(await served.ask(`/1/user/ann/listens${query}`, { headers }))).toEqual([
    400,
    { code: 400, error: expect.stringMatching(error) as string },
  ]);
});

test("lists nothing before the first play", async () => {
  expect(await served.json("/1/user/ann/listens")).toEqual({
    payload: { count: 0, listens: [], latest_listen_ts: 0, oldest_listen_ts: 0, user_id: "ann" },
  });
});

test("lists each play once with all that its sources know, in a form that rewind reads", async () => {
  const recording = "c0ffee00-1234-4abc-8def-0123456789ab";
  const info = {
    duration_ms: 200_000,
    recording_mbid: recording,
    artist_mbids: [recording],
    tags: ["a, b", "c"],
    submission_client: "phone",
  };
  await submit(buildBody(noonUts, { release_name: "Shoals", additional_info: info }));
  await submit(buildBody(noonUts + 4, { additional_info: { submission_client: "server" } }));
  countStored();
  const { payload } = (await served.json("/1/user/ann/listens")) as ListensDocument;
  expect(payload.listens).toMatchObject([
    {
      listened_at: noonUts,
      track_metadata: {
        artist_name: "The Amber Kettles",
        track_name: "Low Tide",
        release_name: "Shoals",
        additional_info: info,
      },
    },
  ]);
  const [answer] = await readWithClient();
  expect(answer).toMatchObject({
    listenedUts: noonUts,
    msid: payload.listens[0]?.recording_msid,
    play: {
      title: "Low Tide",
      durationSeconds: 200,
      recordingMbid: recording,
      artistMbids: [recording],
      tags: ["a, b", "c"],
    },
  });
});

test("says that the time of a play is known to the minute", async () => {
  withCache(getHomeCachePath(home), (database) => {
    const play = toSourcePlay({ startUts: noonUts, precisionSeconds: 60, artist: "Iva", title: "Dune" });
    createSourceImporter(database, { name: "file-minutes", kind: "file" })([play]);
    mergeSubmittedPlays(database);
  });
  const [listen] = await readWithClient();
  expect(listen?.play).toMatchObject({ startUts: noonUts, precisionSeconds: 60 });
});

/** Reads the listens as `rewind sync` reads those of ListenBrainz. */
async function readWithClient() {
  const client = createListenbrainz({
    baseUrl: new URL("http://localhost/"),
    secret: served.live,
    getBounds: () => ({ nowMs: noon, isLoopback: true }),
    caller: {
      call: async (_: unknown, { url, headers, interpret }: CallRequest) => {
        const answer = await served.ask(url.pathname + url.search, { headers });
        const body = await answer.text();
        return interpret({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
      },
    },
  } as unknown as Parameters<typeof createListenbrainz>[0]);
  const { listens } = await client.fetchNewestListens("ann", 10);
  return listens;
}

interface CallRequest {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly interpret: (answer: unknown) => unknown;
}
