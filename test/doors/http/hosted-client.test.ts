// A client that was written for the hosted service works against one's own cache by changing nothing but the base URL.
import { expect, onTestFinished, test } from "vitest";
import { memoryServices } from "../../../src/demo/memory-services.ts";
import { sampleAccounts, sampleListings } from "../../../src/demo/demo-sample.ts";
import { noon } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { newKey, serving } from "../../support/serving.ts";

/** Fields are looked up by their documented names. A missing one fails the comparison. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;
type Query = Readonly<Record<string, string | number>>;

class HostedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type HostedClient = ReturnType<typeof hostedClient>;

/** Written from the service's published documents alone. It takes a base URL and a key, as such clients do. */
function hostedClient(baseUrl: string, apiKey: string) {
  const send = async (method: string, path: string, query: Query = {}, body?: object): Promise<Json> => {
    const url = new URL(`/v1${path}`, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const answer = await fetch(url, {
      method,
      headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const document: Json = await answer.json();
    if (answer.ok) return document;
    if (typeof document.error !== "string" || document.status !== answer.status)
      throw new Error("no envelope");
    throw new HostedError(document.status, document.error);
  };
  const get = (path: string, query?: Query): Promise<Json> => send("GET", path, query);
  return {
    send,
    get,
    list: async (path: string, query?: Query): Promise<Json[]> => (await get(path, query)).data,
    /** The rows of all pages. */
    async all(path: string, query: Query): Promise<Json[]> {
      const { data, pagination } = await get(path, { ...query, page: 1 });
      const rows = [...data];
      for (let page = 2; page <= pagination.total_pages; page += 1)
        rows.push(...(await get(path, { ...query, page })).data);
      expect(rows).toHaveLength(pagination.total);
      return rows;
    },
  };
}

async function client(): Promise<{ readonly hosted: HostedClient; readonly address: string }> {
  const home = await sampleHome();
  const key = await newKey(home, "--admin");
  const services = memoryServices(sampleListings(noon));
  const { address, stop } = await serving([], { home, services, accounts: sampleAccounts });
  onTestFinished(async () => {
    await stop();
  });
  return { hosted: hostedClient(address, key), address };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

test("the collection adds up, from whichever side it is asked", async () => {
  const { hosted } = await client();
  const matches = await hosted.all("/collecting/cross-reference", { limit: 10 });
  const items = await hosted.all("/collecting/vinyl", { limit: 25, sort: "title", order: "asc" });
  expect(new Set(matches.map(({ collection }) => collection.id))).toEqual(new Set(items.map(({ id }) => id)));
  const { summary } = await hosted.get("/collecting/cross-reference", { filter: "unlistened" });
  expect(summary.unlistened_count).toBe(matches.filter(({ listening }) => listening.play_count === 0).length);
  expect(summary.total_matches).toBe(
    matches.filter(({ listening }) => listening.match_type !== "none").length,
  );
  const [first] = items;
  const whole = await hosted.get(`/collecting/vinyl/${first.id}`);
  expect(whole).toMatchObject({ ...first });
  expect(Array.isArray(JSON.parse(whole.format_detail))).toBe(true);
  expect(whole.image?.url ?? "https://").toMatch(/^https:/);
  // As it is sent, not as it is described: wrapped.
  const { data: stats } = await hosted.get("/collecting/stats");
  expect(stats.total_items).toBe(items.length);
  expect(sum(Object.values(stats.by_format))).toBe(items.length);
  expect(sum((await hosted.list("/collecting/formats")).map(({ count }) => count))).toBe(items.length);
  expect((await hosted.list("/collecting/genres")).length).toBeGreaterThan(1);
  const artists = await hosted.list("/collecting/artists", { limit: 3 });
  expect(artists.map((artist) => artist.release_count > 0)).toEqual([true, true, true]);
  expect((await hosted.get("/collecting/wantlist")).pagination.total).toBe(stats.wantlist_count);
  const [newest] = await hosted.list("/collecting/recent", { limit: 1 });
  expect(newest.date_added).toBe(
    items.map((item) => item.date_added).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0],
  );
  const { total, days, max_day: most } = await hosted.get("/collecting/calendar", { year: 2015 });
  const counts = days.map(({ count }: { count: number }) => count);
  expect([sum(counts), Math.max(...counts)]).toEqual([total, most.count]);
});

test("the listening adds up as well", async () => {
  const { hosted } = await client();
  const stats = await hosted.get("/listening/stats");
  const history = await hosted.all("/listening/history", { limit: 200 });
  expect(history).toHaveLength(stats.total_scrobbles);
  expect(await hosted.list("/listening/recent", { limit: 5 })).toEqual(history.slice(0, 5));
  expect(new Set(history.map(({ artist }) => artist.id)).size).toBe(stats.unique_artists);
  const years = await hosted.list("/listening/years");
  expect(sum(years.map((year) => year.total_scrobbles))).toBe(stats.total_scrobbles);
  const [{ year, total_scrobbles: scrobbles }] = years as [Json];
  expect((await hosted.get(`/listening/year/${year}`)).total_scrobbles).toBe(scrobbles);
  expect((await hosted.get("/listening/calendar", { year })).total).toBe(scrobbles);
  for (const what of ["artists", "albums", "tracks"]) {
    const { period, data } = await hosted.get(`/listening/top/${what}`, { period: "overall", limit: 5 });
    const ranked = data as { rank: number; playcount: number }[];
    expect([what, period, ranked.map(({ rank }) => rank)]).toEqual([what, "overall", [1, 2, 3, 4, 5]]);
    expect(ranked).toEqual(ranked.toSorted((a, b) => b.playcount - a.playcount));
  }
  const [favourite] = await hosted.all("/listening/artists", { limit: 50 });
  expect(await hosted.get(`/listening/artists/${favourite.id}`)).toMatchObject({
    id: favourite.id,
    name: favourite.name,
  });
  const [{ id, name, playcount }] = (await hosted.list("/listening/albums", { sort: "playcount" })) as [Json];
  const album = await hosted.get(`/listening/albums/${id}`);
  expect(album).toMatchObject({ id, name, playcount });
  expect(album.tracks.length).toBeGreaterThan(0);
  expect(await hosted.list("/listening/albums", { search: name, artist: album.artist.name })).toContainEqual(
    expect.objectContaining({ id }),
  );
  const months = await hosted.list("/listening/trends", { metric: "scrobbles" });
  expect(months.every(({ period }) => /^\d{4}-\d\d$/.test(period))).toBe(true);
  const { current, longest } = await hosted.get("/listening/streaks");
  expect(longest.days).toBeGreaterThanOrEqual(current.days);
  expect(await hosted.list("/listening/recent/albums", { limit: 3 })).toHaveLength(3);
  expect(await hosted.get("/listening/now-playing")).toMatchObject({ is_playing: false });
});

test("keys, syncs and failures are those that it knows", async () => {
  const { hosted, address } = await client();
  expect(await hosted.get("/health")).toMatchObject({ status: "ok" });
  expect(Object.keys((await hosted.get("/openapi.json")).paths)).toContain("/v1/collecting/cross-reference");
  const made = await hosted.send("POST", "/admin/keys", {}, { name: "dashboard", scope: "read" });
  const { id, key, key_hint: hint } = made;
  expect(key.endsWith(hint)).toBe(true);
  expect(await hosted.list("/admin/keys")).toContainEqual(
    expect.objectContaining({ id, name: "dashboard", scope: "read", is_active: true }),
  );
  const reading = hostedClient(address, key);
  const listing = "/collecting/cross-reference";
  expect(await reading.list(listing)).toHaveLength(20);
  expect(await hosted.send("POST", "/admin/sync/collecting")).toMatchObject({ status: "completed" });
  expect(await hosted.send("POST", "/admin/sync/listening", {}, { type: "scrobbles" })).toMatchObject({
    status: "completed",
    items_synced: 0,
  });
  const { domains } = await hosted.get("/health/sync");
  expect([domains.collecting.status, domains.listening.status]).toEqual(["completed", "completed"]);
  expect(domains.collecting.items_synced).toBe(64);
  expect(await hosted.send("DELETE", `/admin/keys/${id}`)).toMatchObject({ id });
  await expect(reading.get(listing)).rejects.toMatchObject({ status: 401 });
});
