// The requests of the hosted service's own clients beside the collection: genres, the tracks of an artist, and search.
import { beforeEach, expect, test, vi } from "vitest";
import type { SearchPage } from "../../../src/queries/documents/hosted-listening-documents.ts";
import { createSharedHome, buildRecord, buildAlbumPlays } from "../../support/filled-cache.ts";
import { serveCache, type ServedCache } from "../../support/served-cache.ts";

const records = [
  buildRecord({ artist: "Can", title: "Tago Mago", genres: ["Rock", "Electronic"] }),
  buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", genres: ["Jazz"] }),
  buildRecord({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock"] }),
];
const plays = [
  ...buildAlbumPlays("Can", "Tago Mago", { from: "2024-03-09T10:00:00Z", tracks: 7 }),
  ...buildAlbumPlays("Miles Davis", "Kind Of Blue", { from: "2025-03-10T10:00:00Z", tracks: 5 }),
  ...buildAlbumPlays("Talk Talk", "Laughing Stock", { from: "2025-03-10T12:00:00Z", tracks: 6, count: 8 }),
  ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-12-29T10:00:00Z", tracks: 7, count: 2 }),
  ...buildAlbumPlays("Miles Away", "Blue", { from: "2025-04-10T10:00:00Z", tracks: 2 }),
  ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2025-03-20T10:00:00Z", tracks: 9 }),
];

const home = createSharedHome({ records, plays });

let served: ServedCache;
beforeEach(() => {
  served = serveCache(home);
});
const getJson = async (path: string): Promise<unknown> => served.json(path);
const getStatus = async (path: string): Promise<number> => (await served.ask(path)).status;

test("returns the genres of the played records for each period", async () => {
  expect(await getJson("/v1/listening/genres")).toEqual({
    data: [
      { period: "2024-03", genres: { Electronic: 7, Rock: 7 }, total: 7 },
      { period: "2025-03", genres: { Rock: 8, Jazz: 5 }, total: 13 },
      { period: "2025-12", genres: { Electronic: 2, Rock: 2 }, total: 2 },
    ],
  });
  expect(await getJson("/v1/listening/genres?group_by=year&limit=1")).toEqual({
    data: [
      { period: "2024", genres: { Electronic: 7, Other: 7 }, total: 7 },
      { period: "2025", genres: { Rock: 10, Other: 7 }, total: 15 },
    ],
  });
  // The week that begins on Monday 29 December 2025 is the first of 2026.
  expect(await getJson("/v1/listening/genres?group_by=week&from=2025-12-01")).toEqual({
    data: [{ period: "2026-W01", genres: { Electronic: 2, Rock: 2 }, total: 2 }],
  });
});

test("returns the genres of a period beside those of the year before", async () => {
  const march = { period: "2025-03", genres: { Rock: 8, Jazz: 5 }, total: 13 };
  expect(await getJson("/v1/listening/genres?date=2025-03-10")).toEqual({ data: [march] });
  expect(
    await getJson("/v1/listening/genres?from=2025-03-01&to=2025-03-31&compare_to=previous_year"),
  ).toEqual({
    data: [march],
    compare: [{ period: "2024-03", genres: { Electronic: 7, Rock: 7 }, total: 7 }],
  });
  // There is no year before if no dates are given.
  expect(await getJson("/v1/listening/genres?compare_to=previous_year")).not.toHaveProperty("compare");
  expect(await getStatus("/v1/listening/genres?compare_to=next_year")).toBe(400);
  expect(await getStatus("/v1/listening/genres?group_by=day")).toBe(400);
  expect(await getStatus("/v1/listening/genres?limit=51")).toBe(400);
});

const nightHome = createSharedHome({
  records,
  plays: ["2006-10-29T03:15", "2024-02-29T10:30", "2024-02-29T11:30", "2025-03-02T11:30"].flatMap((minute) =>
    buildAlbumPlays("Can", "Tago Mago", { from: `${minute}:00Z`, tracks: 1 }),
  ),
});

test("computes weeks, months and the year before in the time zone", async () => {
  vi.stubEnv("TZ", "Pacific/Auckland");
  const ask = serveCache(nightHome).json;
  const genres = { Electronic: 1, Rock: 1 };
  expect(await ask("/v1/listening/genres?from=2025-03-01&to=2025-03-31&compare_to=previous_year")).toEqual({
    data: [{ period: "2025-03", genres, total: 1 }],
    compare: [{ period: "2024-03", genres, total: 1 }],
  });
  expect(await ask("/v1/listening/genres?group_by=week&from=2025-01-01")).toEqual({
    data: [{ period: "2025-W10", genres, total: 1 }],
  });
  // Newfoundland's clocks went from 00:01 back to 23:01, so an hour of the day before came again.
  vi.stubEnv("TZ", "America/St_Johns");
  expect(await ask("/v1/listening/streaks")).toMatchObject({
    longest: { days: 1, start_date: "2006-10-29", total_scrobbles: 1 },
  });
});

interface TopTracks {
  readonly artist_id: number | null;
  readonly data: readonly {
    readonly id: number;
    readonly detail: string;
    readonly playcount: number;
    readonly sparkline: { readonly points: readonly number[] };
  }[];
}

const sumPlays = ({ data }: TopTracks): number => data.reduce((sum, { playcount }) => sum + playcount, 0);

const getTopTracks = async (query: string): Promise<TopTracks> =>
  (await getJson(`/v1/listening/top/tracks?period=overall&limit=50${query}`)) as TopTracks;

test("the top tracks say of which artist they are, or of none", async () => {
  expect(await getTopTracks("")).toHaveProperty("artist_id", null);
  const byName = await getTopTracks("&artist_name=talk+talk");
  expect(byName.artist_id).toEqual(expect.any(Number));
  expect(new Set(byName.data.map(({ detail }) => detail))).toEqual(new Set(["Talk Talk"]));
  expect(await getTopTracks(`&artist_id=${byName.artist_id}`)).toEqual(byName);
  // A part of a name is the artist played most who has it.
  expect((await getTopTracks("&artist_name=mile")).data[0]?.detail).toBe("Miles Davis");
  expect(await getTopTracks("&artist_name=nobody")).toMatchObject({ artist_id: null, data: [] });
  expect(sumPlays(await getTopTracks("&artist_name=can"))).toBe(9);
  expect(sumPlays(await getTopTracks("&artist_name=can&date=2025-12-29"))).toBe(2);
  expect(sumPlays(await getTopTracks("&artist_name=can&from=2024-01-01&to=2024-12-31"))).toBe(7);
  expect(sumPlays(await getTopTracks("&date=2025-03-20"))).toBe(9);
  // A date counts more than from and to, and both are days that are included.
  expect(sumPlays(await getTopTracks("&date=2025-03-20&from=2024-01-01&to=2024-12-31"))).toBe(9);
  expect(await getStatus("/v1/listening/top/tracks?from=2025-03-20&to=2025-03-20")).toBe(200);
  expect(await getStatus("/v1/listening/top/tracks?from=2025-03-21&to=2025-03-20")).toBe(400);
  expect(await getStatus("/v1/listening/top/tracks?artist_id=1&artist_name=can")).toBe(400);
  expect(await getStatus("/v1/listening/top/tracks?artist_id=0")).toBe(400);
  for (const kind of ["artists", "albums", "tracks"])
    expect(await getStatus(`/v1/listening/top/${kind}?limit=51`)).toBe(400);
});

test("each of the top tracks has its own number and the points of its plays", async () => {
  const { data } = await getTopTracks("&artist_name=can&include_sparklines=true");
  expect(new Set(data.map(({ id }) => id).filter((id) => id > 0)).size).toBe(data.length);
  const sums = data.map(({ sparkline }) => sparkline.points.reduce((sum, count) => sum + count, 0));
  expect(sums).toEqual(data.map(({ playcount }) => playcount));
});

test("explains records by their number alone, not by that of a release", async () => {
  expect(await getStatus("/v1/collecting/explain/1")).toBe(200);
  expect(await getStatus(`/v1/collecting/explain/${records[0]?.release.id}`)).toBe(404);
});

const runSearch = async (query: string): Promise<SearchPage> =>
  (await getJson(`/v1/search?${query}`)) as SearchPage;
const formatNames = ({ data }: SearchPage): string[] =>
  data.map(({ entity_type: kind, title, subtitle }) => [kind, title, subtitle].join(" | "));

test("search finds records, artists, albums and tracks by words, exact titles first", async () => {
  const blue = await runSearch("q=blue");
  expect(formatNames(blue).slice(0, 3)).toEqual([
    "album | Blue | Miles Away",
    "album | Kind Of Blue | Miles Davis",
    "release | Kind Of Blue | Miles Davis",
  ]);
  expect(blue.data[0]).toEqual({
    domain: "listening",
    entity_type: "album",
    entity_id: expect.stringMatching(/^\d+$/),
    title: "Blue",
    subtitle: "Miles Away",
    image_key: null,
    image: null,
    url: "https://www.last.fm/music/Miles+Away/Blue",
    instapaper_url: null,
    instapaper_app_url: null,
    author: null,
    score: 1,
  });
  expect(formatNames(await runSearch("q=MILES+dav"))).toContain("artist | Miles Davis | ");
  expect(formatNames(await runSearch("q=track+7"))).toEqual([
    "track | Track 7 | Can",
    "track | Track 7 | D'Angelo",
  ]);
  expect(formatNames(await runSearch("q=nowhere"))).toEqual([]);
});

test("search narrows to a domain, pages, and links to what it found", async () => {
  const owned = await runSearch("q=miles+blue&domain=collecting");
  expect(formatNames(owned)).toEqual(["release | Kind Of Blue | Miles Davis"]);
  expect(await getJson(`/v1/collecting/vinyl/${owned.data[0]?.entity_id}`)).toMatchObject({
    title: "Kind Of Blue",
  });
  const listening = await runSearch("q=miles&domain=listening");
  const artist = listening.data.find(({ title }) => title === "Miles Davis");
  expect(await getJson(`/v1/listening/artists/${artist?.entity_id}`)).toMatchObject({ name: "Miles Davis" });
  const all = await runSearch("q=miles&limit=100");
  expect(all.pagination.total).toBe(all.data.length);
  const paged = await Promise.all([1, 2, 3, 4].map((page) => runSearch(`q=miles&limit=4&page=${page}`)));
  expect(paged.flatMap(({ data }) => data)).toEqual(all.data.slice(0, 16));
  for (const domain of ["running", "watching", "reading"])
    expect((await runSearch(`q=miles&domain=${domain}`)).data).toEqual([]);
  for (const query of [
    "",
    "q=",
    "q=%20",
    "q=miles&domain=music",
    "q=miles&mode=magic",
    `q=${"a+".repeat(240)}b`,
  ])
    expect([query, await getStatus(`/v1/search?${query}`)]).toEqual([query, query.length > 400 ? 200 : 400]);
});

test("semantic search returns the result of a word search", async () => {
  const plain = await runSearch("q=miles+blue&limit=5");
  expect(plain.data.length).toBeGreaterThan(0);
  for (const query of ["mode=semantic", "mode=hybrid", "mode=semantic&domain=reading"])
    expect(await runSearch(`q=miles+blue&limit=5&${query}`)).toEqual(plain);
});
