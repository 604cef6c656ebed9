// The stand-ins keep the services' rules, seen by a client that does not know ours.
import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { startDiscogs } from "./discogs-stand-in.ts";
import { html } from "./faults.ts";
import { inventWorld } from "./generate.ts";
import { startLastfm } from "./lastfm-stand-in.ts";

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface LastfmBody {
  readonly error?: number;
  readonly recenttracks?: {
    readonly track: { readonly length?: number };
    readonly "@attr": { readonly totalPages: string };
  };
}

/** A bare GET: no header but those given. */
function get(url: string, headers: Record<string, string> = { "user-agent": "someone/1" }): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

const { discogs: discogsWorld, lastfm: lastfmWorld } = inventWorld({ records: 130, wants: 5, plays: 400 });
const owner = { "user-agent": "someone/1", authorization: `Discogs token=${discogsWorld.token}` };
const releases = "/users/CRATEDIGGER/collection/folders/0/releases";

async function discogs() {
  const standIn = await startDiscogs(discogsWorld);
  onTestFinished(() => standIn.close());
  return standIn;
}

async function lastfm() {
  const standIn = await startLastfm(lastfmWorld);
  onTestFinished(() => standIn.close());
  const ask = async (query: string): Promise<[number, LastfmBody]> => {
    const { status, body } = await get(`${standIn.url}?format=json&api_key=${lastfmWorld.apiKey}&${query}`);
    return [status, JSON.parse(body)];
  };
  return { standIn, ask };
}

test("Discogs turns away who doesn't say who he is, and who holds a wrong token", async () => {
  const { url } = await discogs();
  expect(await get(`${url}${releases}`, {})).toMatchObject({ status: 403, body: "" });
  expect(await get(`${url}/oauth/identity`)).toMatchObject({ status: 401 });
  const wrong = { ...owner, authorization: "Discogs token=wrong" };
  expect((await get(`${url}${releases}`, wrong)).body).toContain("Invalid consumer token");
});

test("Discogs counts 25 requests a minute without a token, 60 with one, and says no more than that", async () => {
  const { url } = await discogs();
  for (let n = 1; n <= 25; n += 1) {
    const { status, headers } = await get(`${url}/users/cratedigger`);
    expect([status, headers["x-discogs-ratelimit-remaining"]]).toEqual([200, String(25 - n)]);
  }
  const refused = await get(`${url}/users/cratedigger`);
  expect(refused.status).toBe(429);
  expect(refused.headers).not.toHaveProperty("retry-after");
  expect((await get(`${url}/users/cratedigger`, owner)).headers["x-discogs-ratelimit-remaining"]).toBe("33");
});

test("Discogs' pages: 100 at most, with their neighbours' addresses, and an end", async () => {
  const { url } = await discogs();
  const pages = [1, 2].map(async (page) => {
    const { body } = await get(`${url}${releases}?per_page=500&page=${page}`, owner);
    const { pagination, releases: rows } = JSON.parse(body);
    return [
      pagination.per_page,
      pagination.items,
      pagination.pages,
      rows.length,
      Object.keys(pagination.urls),
    ];
  });
  expect(await Promise.all(pages)).toEqual([
    [100, 130, 2, 100, ["next", "last"]],
    [100, 130, 2, 30, ["first", "prev"]],
  ]);
  const past = await get(`${url}${releases}?per_page=100&page=3`, owner);
  expect([past.status, past.body]).toEqual([404, '{"message":"Page 3 is outside of valid range [1, 2]."}']);
});

test("Discogs shows others one folder, no folder ids, no wants", async () => {
  const { url } = await discogs();
  expect(JSON.parse((await get(`${url}/users/cratedigger/collection/folders`)).body).folders).toHaveLength(1);
  expect((await get(`${url}${releases}`)).body).not.toContain("folder_id");
  expect((await get(`${url}/users/cratedigger/wants`)).status).toBe(403);
});

test("Last.fm keeps its bounds, whatever else is wrong", async () => {
  const { standIn, ask } = await lastfm();
  const told = [
    await ask("method=user.getTopAlbums&user=nightowl&limit=1001"),
    await ask("method=user.getRecentTracks&user=nightowl&page=0"),
    await ask("method=user.getInfo&user=nobody"),
    await ask("method=user.unknown&user=nightowl"),
  ].map(([status, body]) => [status, body.error]);
  expect(told).toEqual([
    [400, 6],
    [400, 6],
    [404, 6],
    [400, 3],
  ]);
  const { status, body } = await get(
    `${standIn.url}?format=json&api_key=wrong&method=user.getInfo&user=nightowl`,
  );
  expect([status, JSON.parse(body).error]).toEqual([403, 10]);
});

test("Last.fm lists what plays this minute on every page and in every window, beyond the limit", async () => {
  const { ask } = await lastfm();
  lastfmWorld.listener.nowPlaying = { artist: "A", track: "Now", album: "" };
  onTestFinished(() => {
    lastfmWorld.listener.nowPlaying = null;
  });
  const lengths = ["&page=1", "&page=3", "&to=1000000000&from=1"].map(async (window) => {
    const [, { recenttracks }] = await ask(`method=user.getRecentTracks&user=nightowl&limit=2${window}`);
    return [recenttracks?.track.length ?? "alone", recenttracks?.["@attr"].totalPages];
  });
  expect(await Promise.all(lengths)).toEqual([
    [3, "200"],
    [3, "200"],
    ["alone", "0"],
  ]);
});

test("a change while a list is read shows on the next page, and the log knows all", async () => {
  const { discogs: world } = inventWorld({ records: 130 });
  const standIn = await startDiscogs(world, { chaos: { seed: 1, rate: 1, faults: [html(503)] } });
  onTestFinished(() => standIn.close());
  expect((await get(`${standIn.url}${releases}`, owner)).status).toBe(503);
  standIn.behaviour.chaos = null;
  standIn.behaviour.onRequest = (n) => {
    if (n === 3) world.shelf.records.remove((_, at) => at < 5);
  };
  const items = [];
  for (let n = 2; n <= 3; n += 1) {
    items.push(JSON.parse((await get(`${standIn.url}${releases}`, owner)).body).pagination.items);
  }
  expect(items).toEqual([130, 125]);
  expect(standIn.requests.map(({ n, method, status }) => [n, method, status])).toEqual([
    [1, "GET", 503],
    [2, "GET", 200],
    [3, "GET", 200],
  ]);
});
