// Answers in the shape of the hosted service's API add up, whichever way a client of that service asks.
import { expect, test } from "vitest";
import { sampleHome } from "../../support/sample-home.ts";
import { serveCache } from "../../support/served-cache.ts";

/** Fields are looked up by their documented names. A missing one fails the comparison. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;
type Query = Readonly<Record<string, string | number>>;

async function createHostedClient() {
  const { json } = serveCache(await sampleHome());
  const getJson = async (path: string, query: Query = {}): Promise<Json> => {
    const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return json(`/v1${path}?${words.join("&")}`);
  };
  return {
    get: getJson,
    list: async (path: string, query?: Query): Promise<Json[]> => (await getJson(path, query)).data,
    /** The rows of all pages. */
    async all(path: string, query: Query): Promise<Json[]> {
      const { data, pagination } = await getJson(path, { ...query, page: 1 });
      const rows = [...data];
      for (let page = 2; page <= pagination.total_pages; page += 1)
        rows.push(...(await getJson(path, { ...query, page })).data);
      expect(rows).toHaveLength(pagination.total);
      return rows;
    },
  };
}

const sumNumbers = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

test("the collection adds up by records, formats and artists", async () => {
  const hosted = await createHostedClient();
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
  // The stats are wrapped, as they are sent and not as they are described.
  const { data: stats } = await hosted.get("/collecting/stats");
  expect(stats.total_items).toBe(items.length);
  expect(sumNumbers(Object.values(stats.by_format))).toBe(items.length);
  expect(sumNumbers((await hosted.list("/collecting/formats")).map(({ count }) => count))).toBe(items.length);
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
  expect([sumNumbers(counts), Math.max(...counts)]).toEqual([total, most.count]);
});

test("the listening history adds up by days, artists and albums", async () => {
  const hosted = await createHostedClient();
  const stats = await hosted.get("/listening/stats");
  const history = await hosted.all("/listening/history", { limit: 200 });
  expect(history).toHaveLength(stats.total_scrobbles);
  expect(await hosted.list("/listening/recent", { limit: 5 })).toEqual(history.slice(0, 5));
  expect(new Set(history.map(({ artist }) => artist.id)).size).toBe(stats.unique_artists);
  const years = await hosted.list("/listening/years");
  expect(sumNumbers(years.map((year) => year.total_scrobbles))).toBe(stats.total_scrobbles);
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
