// What the hosted service's own clients ask for beside the collection: genres, the tracks of an artist, and search.
import { beforeEach, expect, test, vi } from "vitest";
import type { SearchPage } from "../../../src/queries/documents/hosted-listening-documents.ts";
import { homeOf, record, sitting } from "../../support/filled-cache.ts";
import { servedCache, type Served } from "../../support/served-cache.ts";

const records = [
  record({ artist: "Can", title: "Tago Mago", genres: ["Rock", "Electronic"] }),
  record({ artist: "Miles Davis", title: "Kind Of Blue", genres: ["Jazz"] }),
  record({ artist: "Talk Talk", title: "Laughing Stock", genres: ["Rock"] }),
];
const plays = [
  ...sitting("Can", "Tago Mago", { from: "2024-03-09T10:00:00Z", tracks: 7 }),
  ...sitting("Miles Davis", "Kind Of Blue", { from: "2025-03-10T10:00:00Z", tracks: 5 }),
  ...sitting("Talk Talk", "Laughing Stock", { from: "2025-03-10T12:00:00Z", tracks: 6, count: 8 }),
  ...sitting("Can", "Tago Mago", { from: "2025-12-29T10:00:00Z", tracks: 7, count: 2 }),
  ...sitting("Miles Away", "Blue", { from: "2025-04-10T10:00:00Z", tracks: 2 }),
  ...sitting("D'Angelo", "Voodoo", { from: "2025-03-20T10:00:00Z", tracks: 9 }),
];

const home = homeOf({ records, plays });

let served: Served;
beforeEach(() => {
  served = servedCache(home);
});
const json = async (path: string): Promise<unknown> => served.json(path);
const statusOf = async (path: string): Promise<number> => (await served.ask(path)).status;

test("genres are those of the records that were played, a period each", async () => {
  expect(await json("/v1/listening/genres")).toEqual({
    data: [
      { period: "2024-03", genres: { Electronic: 7, Rock: 7 }, total: 7 },
      { period: "2025-03", genres: { Rock: 8, Jazz: 5 }, total: 13 },
      { period: "2025-12", genres: { Electronic: 2, Rock: 2 }, total: 2 },
    ],
  });
  expect(await json("/v1/listening/genres?group_by=year&limit=1")).toEqual({
    data: [
      { period: "2024", genres: { Electronic: 7, Other: 7 }, total: 7 },
      { period: "2025", genres: { Rock: 10, Other: 7 }, total: 15 },
    ],
  });
  // The week that begins on Monday 29 December 2025 is the first of 2026.
  expect(await json("/v1/listening/genres?group_by=week&from=2025-12-01")).toEqual({
    data: [{ period: "2026-W01", genres: { Electronic: 2, Rock: 2 }, total: 2 }],
  });
});

test("genres of a time, beside those of the year before", async () => {
  const march = { period: "2025-03", genres: { Rock: 8, Jazz: 5 }, total: 13 };
  expect(await json("/v1/listening/genres?date=2025-03-10")).toEqual({ data: [march] });
  expect(await json("/v1/listening/genres?from=2025-03-01&to=2025-03-31&compare_to=previous_year")).toEqual({
    data: [march],
    compare: [{ period: "2024-03", genres: { Electronic: 7, Rock: 7 }, total: 7 }],
  });
  // Without dates there is no year before.
  expect(await json("/v1/listening/genres?compare_to=previous_year")).not.toHaveProperty("compare");
  expect(await statusOf("/v1/listening/genres?compare_to=next_year")).toBe(400);
  expect(await statusOf("/v1/listening/genres?group_by=day")).toBe(400);
  expect(await statusOf("/v1/listening/genres?limit=51")).toBe(400);
});

const nightHome = homeOf({
  records,
  plays: ["2006-10-29T03:15", "2024-02-29T10:30", "2024-02-29T11:30", "2025-03-02T11:30"].flatMap((minute) =>
    sitting("Can", "Tago Mago", { from: `${minute}:00Z`, tracks: 1 }),
  ),
});

test("weeks, months and the year before are those of the time zone", async () => {
  vi.stubEnv("TZ", "Pacific/Auckland");
  const ask = servedCache(nightHome).json;
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

const playsOf = ({ data }: TopTracks): number => data.reduce((sum, { playcount }) => sum + playcount, 0);

const top = async (query: string): Promise<TopTracks> =>
  (await json(`/v1/listening/top/tracks?period=overall&limit=50${query}`)) as TopTracks;

test("the top tracks say of which artist they are, or of none", async () => {
  expect(await top("")).toHaveProperty("artist_id", null);
  const byName = await top("&artist_name=talk+talk");
  expect(byName.artist_id).toEqual(expect.any(Number));
  expect(new Set(byName.data.map(({ detail }) => detail))).toEqual(new Set(["Talk Talk"]));
  expect(await top(`&artist_id=${byName.artist_id}`)).toEqual(byName);
  // A part of a name is the artist played most who has it.
  expect((await top("&artist_name=mile")).data[0]?.detail).toBe("Miles Davis");
  expect(await top("&artist_name=nobody")).toMatchObject({ artist_id: null, data: [] });
  expect(playsOf(await top("&artist_name=can"))).toBe(9);
  expect(playsOf(await top("&artist_name=can&date=2025-12-29"))).toBe(2);
  expect(playsOf(await top("&artist_name=can&from=2024-01-01&to=2024-12-31"))).toBe(7);
  expect(playsOf(await top("&date=2025-03-20"))).toBe(9);
  expect(await statusOf("/v1/listening/top/tracks?artist_id=1&artist_name=can")).toBe(400);
  expect(await statusOf("/v1/listening/top/tracks?artist_id=0")).toBe(400);
});

test("each of the top tracks has its own number and the points of its plays", async () => {
  const { data } = await top("&artist_name=can&include_sparklines=true");
  expect(new Set(data.map(({ id }) => id).filter((id) => id > 0)).size).toBe(data.length);
  const sums = data.map(({ sparkline }) => sparkline.points.reduce((sum, count) => sum + count, 0));
  expect(sums).toEqual(data.map(({ playcount }) => playcount));
});

const search = async (query: string): Promise<SearchPage> =>
  (await json(`/v1/search?${query}`)) as SearchPage;
const namesOf = ({ data }: SearchPage): string[] =>
  data.map(({ entity_type: kind, title, subtitle }) => [kind, title, subtitle].join(" | "));

test("search finds records, artists, albums and tracks by words, exact titles first", async () => {
  const blue = await search("q=blue");
  expect(namesOf(blue).slice(0, 3)).toEqual([
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
  expect(namesOf(await search("q=MILES+dav"))).toContain("artist | Miles Davis | ");
  expect(namesOf(await search("q=track+7"))).toEqual(["track | Track 7 | Can", "track | Track 7 | D'Angelo"]);
  expect(namesOf(await search("q=nowhere"))).toEqual([]);
});

test("search narrows to a domain, pages, and links to what it found", async () => {
  const owned = await search("q=miles+blue&domain=collecting");
  expect(namesOf(owned)).toEqual(["release | Kind Of Blue | Miles Davis"]);
  expect(await json(`/v1/collecting/vinyl/${owned.data[0]?.entity_id}`)).toMatchObject({
    title: "Kind Of Blue",
  });
  const listening = await search("q=miles&domain=listening");
  const artist = listening.data.find(({ title }) => title === "Miles Davis");
  expect(await json(`/v1/listening/artists/${artist?.entity_id}`)).toMatchObject({ name: "Miles Davis" });
  const all = await search("q=miles&limit=100");
  expect(all.pagination.total).toBe(all.data.length);
  const paged = await Promise.all([1, 2, 3, 4].map((page) => search(`q=miles&limit=4&page=${page}`)));
  expect(paged.flatMap(({ data }) => data)).toEqual(all.data.slice(0, 16));
  for (const domain of ["running", "watching", "reading"])
    expect((await search(`q=miles&domain=${domain}`)).data).toEqual([]);
  for (const query of [
    "",
    "q=",
    "q=%20",
    "q=miles&domain=music",
    "q=miles&mode=magic",
    `q=${"a+".repeat(240)}b`,
  ])
    expect([query, await statusOf(`/v1/search?${query}`)]).toEqual([query, query.length > 400 ? 200 : 400]);
});

test("semantic search gives the answer of the words", async () => {
  const plain = await search("q=miles+blue&limit=5");
  expect(plain.data.length).toBeGreaterThan(0);
  for (const query of ["mode=semantic", "mode=hybrid", "mode=semantic&domain=reading"])
    expect(await search(`q=miles+blue&limit=5&${query}`)).toEqual(plain);
});
