import { beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { cacheIn, fillCache, record, sitting, want } from "../support/filled-cache.ts";
import { runCli, runCliJson, type CliOptions } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";
import type { Play } from "../support/world.ts";

const box = [{ name: "Box Set", quantity: 1, text: "", descriptions: ["Compilation"] }];

interface GapsDocument {
  readonly data: readonly {
    readonly album: {
      readonly id: number;
      readonly album_name: string;
      readonly artist_name: string;
      readonly play_count: number;
      readonly last_played: string | null;
    };
    readonly kind: string;
    readonly editions: number;
    readonly tracks: number | null;
    readonly plays_last_12_months: number | null;
    readonly wanted: boolean;
    readonly owned_by_artist: number;
    readonly box_by_artist: boolean;
  }[];
  readonly summary: { readonly total: number; readonly wanted: number; readonly plays: number };
  readonly pagination: { readonly total: number; readonly total_pages: number };
}

const plays: Play[] = [
  ...sitting("Sufjan Stevens", "Illinois", { from: "2026-02-27T20:00:00Z", tracks: 22, count: 30 }),
  ...sitting("Sufjan Stevens", "Illinois (Special Anniversary Blowout Edition)", {
    from: "2019-01-01T20:00:00Z",
    tracks: 20,
  }),
  ...sitting("David Bowie", "Hunky Dory", { from: "2025-10-05T20:00:00Z", tracks: 11, count: 22 }),
  ...sitting("David Bowie", "Low", { from: "2018-10-05T20:00:00Z", tracks: 11 }),
  ...sitting("Neu!", "Neu! 75", { from: "2025-11-05T20:00:00Z", tracks: 6, count: 12 }),
  // One song on a playlist.
  ...sitting("Gotye", "Making Mirrors", { from: "2012-05-05T20:00:00Z", tracks: 1, count: 40 }),
  ...sitting("Various Artists", "Pop Ambient 2003", { from: "2025-12-05T20:00:00Z", tracks: 10 }),
  ...sitting("Unknown Artist", "Unknown Album", { from: "2010-12-05T20:00:00Z", tracks: 10, count: 30 }),
  ...sitting("Can", "Tago Mago (Remastered)", { from: "2025-12-24T20:00:00Z", tracks: 7, count: 14 }),
];

const shelf = [
  record({ artist: "Can", title: "Tago Mago" }),
  record({ artist: "David Bowie", title: "Five Years 1969 - 1973", formats: box }),
  record({ artist: "David Bowie", title: "Heathen" }),
];
const wants = [want({ artist: "Neu!", title: "Neu! 75 (Remaster)" })];

let home: string;

beforeEach(async () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  home = tempDirectory();
  await fillCache(home, { records: shelf, wants, plays });
});

const gaps = (argv: readonly string[] = [], options: CliOptions = {}): ReturnType<typeof runCli> =>
  runCli(["gaps", ...argv], { home, env: { NO_COLOR: "1" }, ...options });

const gapsJson = async (...argv: string[]): Promise<GapsDocument> =>
  (await runCliJson(["gaps", "--json", ...argv], { home })) as GapsDocument;

const titlesOf = ({ data }: GapsDocument): string[] => data.map(({ album }) => album.album_name);

test("editions are counted together; owned albums and playlist songs are left out", async () => {
  const document = await gapsJson();
  expect(titlesOf(document)).toEqual(["Illinois", "Hunky Dory", "Neu! 75", "Low", "Pop Ambient 2003"]);
  expect(document.summary).toEqual({ total: 5, wanted: 1, plays: 50 + 22 + 12 + 11 + 10 });
  expect(document.pagination).toEqual({ page: 1, limit: 20, total: 5, total_pages: 1 });
  expect(document.data[0]).toEqual({
    album: {
      id: expect.any(Number),
      album_name: "Illinois",
      artist_name: "Sufjan Stevens",
      play_count: 50,
      last_played: "2026-02-27T21:56:00Z",
      url: "https://www.last.fm/music/Sufjan+Stevens/Illinois",
    },
    kind: "album",
    editions: 2,
    tracks: 22,
    plays_last_12_months: 30,
    wanted: false,
    owned_by_artist: 0,
    box_by_artist: false,
  });
  expect(document.data[1]).toMatchObject({ owned_by_artist: 2, box_by_artist: true });
  expect(document.data[2]).toMatchObject({ wanted: true });
});

test("filters by ranges and words, and sorts", async () => {
  expect(titlesOf(await gapsJson("--tracks", "1..", "--plays", "40"))).toEqual(["Making Mirrors"]);
  expect(titlesOf(await gapsJson("bowie"))).toEqual(["Hunky Dory", "Low"]);
  expect(titlesOf(await gapsJson("--artist", "neu", "--artist", "sufjan"))).toEqual(["Illinois", "Neu! 75"]);
  expect(titlesOf(await gapsJson("--sort", "title", "--limit", "2"))).toEqual(["Hunky Dory", "Illinois"]);
  expect(titlesOf(await gapsJson("--sort", "recent", "--reverse", "--limit", "1"))).toEqual(["Low"]);
  expect(titlesOf(await gapsJson("--last-played", "..1y"))).toEqual(["Low"]);
  expect(titlesOf(await gapsJson("--page", "2", "--limit", "3"))).toEqual(["Low", "Pop Ambient 2003"]);
});

/** Singles and EPs by name, and songs by themselves. */
async function singlesHome(): Promise<string> {
  const singles = tempDirectory();
  await fillCache(singles, {
    records: shelf,
    plays: [
      ...plays,
      ...sitting("New Order", "Confusion - Single", { from: "2025-01-05T20:00:00Z", tracks: 5, count: 40 }),
      ...sitting("Slowdive", "Morningrise (EP)", { from: "2025-02-05T20:00:00Z", tracks: 3, count: 36 }),
      ...sitting("Ride", "Nowhere (Single)", { from: "2025-03-05T20:00:00Z", tracks: 4, count: 18 }),
      ...sitting("Ride", "Nowhere", { from: "2025-03-06T20:00:00Z", tracks: 9, count: 9 }),
    ],
  });
  return singles;
}

test("singles are left out unless the user asks for them", async () => {
  const singles = await singlesHome();
  const kindsOf = async (...argv: string[]): Promise<string[]> => {
    const { data } = (await runCliJson(["gaps", "--json", ...argv], { home: singles })) as GapsDocument;
    return data.map(({ kind, album }) => `${kind}: ${album.album_name}`);
  };
  // An album that some of its plays call a single is an album.
  const albums = [
    "album: Illinois",
    "album: Nowhere (Single)",
    "album: Hunky Dory",
    "album: Neu! 75",
    "album: Low",
    "album: Pop Ambient 2003",
  ];
  expect(await kindsOf()).toEqual(albums);
  expect(await kindsOf("--kind", "album")).toEqual(albums);
  expect(await kindsOf("--kind", "ep")).toEqual(["ep: Morningrise (EP)"]);
  expect(await kindsOf("--kind", "single")).toEqual(["single: Confusion - Single", "single: Making Mirrors"]);
  expect(await kindsOf("--kind", "single", "--tracks", "4..")).toEqual(["single: Confusion - Single"]);
  expect((await kindsOf("--kind", "any")).toSorted()).toEqual(
    [...albums, "ep: Morningrise (EP)", "single: Confusion - Single", "single: Making Mirrors"].toSorted(),
  );
  // Whoever asks for what few tracks were heard of asks for singles.
  expect(await kindsOf("--tracks", "1..")).toEqual(await kindsOf("--kind", "any"));
  const refused = await runCli(["gaps", "--kind", "box"], { home: singles });
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("Allowed: album, ep, single, any");
});

test("CSV and JSON use the same names", async () => {
  const [csvNames = ""] = (await gaps(["--as", "csv"])).stdout.split("\r\n");
  const [row] = (await gapsJson()).data;
  const { album, ...others } = row ?? {};
  expect(csvNames.split(",").toSorted()).toEqual(
    [...Object.keys(album ?? {}), ...Object.keys(others)].toSorted(),
  );
});

test("without the history a single is recognised by its name", async () => {
  const other = tempDirectory();
  await fillCache(other, {
    plays: [
      ...sitting("New Order", "Confusion - Single", { from: "2025-01-05T20:00:00Z", count: 40 }),
      ...sitting("Gotye", "Making Mirrors", { from: "2012-05-05T20:00:00Z", tracks: 1, count: 40 }),
    ],
    history: false,
  });
  const document = (await runCliJson(["gaps", "--json"], { home: other })) as GapsDocument;
  expect(titlesOf(document)).toEqual(["Making Mirrors"]);
});

test("--during counts plays and the last play of that time", async () => {
  const document = await gapsJson("--during", "2019", "--plays", "1..");
  expect(document.data.map(({ album }) => [album.album_name, album.play_count])).toEqual([
    ["Illinois (Special Anniversary Blowout Edition)", 20],
  ]);
  expect(document.data[0]?.album.last_played).toMatch(/^2019-/);
  const late = await gapsJson("--during", "2019", "--plays", "1..", "--last-played", "2026");
  expect(titlesOf(late)).toEqual([]);
});

test("an album linked to a box is no longer listed", async () => {
  const database = openDatabase(cacheIn(home), { mode: "write" });
  database?.exec(`
    INSERT INTO credit SELECT record.id, album.id, 'user', 1 FROM record JOIN release ON release.id = release_id, album
    WHERE release.kind = 'box' AND album.title = 'Hunky Dory'`);
  database?.close();
  expect(titlesOf(await gapsJson("bowie"))).toEqual(["Low"]);
});

test("hide hides all editions, --hidden lists them, unhide works by any of them", async () => {
  const { data } = await gapsJson("--limit", "1");
  const edition = openDatabase(cacheIn(home), { mode: "read" });
  const other = edition
    ?.prepare<[number], number>("SELECT id FROM album WHERE artist = 'Sufjan Stevens' AND id <> ?")
    .pluck()
    .get(data[0]?.album.id ?? 0);
  edition?.close();
  const hidden = await gaps(["hide", `a${data[0]?.album.id}`]);
  expect(hidden).toMatchObject({ code: 0, stdout: "Hidden: Sufjan Stevens · Illinois\n" });
  expect(titlesOf(await gapsJson())).not.toContain("Illinois");
  expect((await gaps(["hide", `a${other}`])).stdout).toMatch(/^Already hidden: Sufjan Stevens/);
  expect(titlesOf(await gapsJson("--hidden"))).toEqual(["Illinois"]);
  expect((await gaps(["unhide", `a${other}`])).stdout).toMatch(/^Shown again: Sufjan Stevens/);
  expect(titlesOf(await gapsJson())).toContain("Illinois");
  expect((await gaps(["unhide", `a${other}`])).stdout).toMatch(/^Was not hidden/);
  const unknown = await gaps(["hide", "a99999"]);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toContain("no album a99999");
});

async function hiding(...argv: string[]): Promise<unknown> {
  return runCliJson(["gaps", ...argv, "--json"], { home });
}

test("hides several albums at once, and the JSON says what changed", async () => {
  const { data } = await gapsJson("--limit", "2");
  const ids = data.map(({ album }) => `a${album.id}`);
  const told = (change: object): object => ({
    albums: data.map(({ album: { id, album_name, artist_name } }) => ({
      id,
      album_name,
      artist_name,
      ...change,
    })),
  });
  expect(await hiding("hide", ...ids)).toEqual(told({ hidden: true, changed: true }));
  expect(await hiding("hide", ids.join(","))).toEqual(told({ hidden: true, changed: false }));
  expect(await hiding("unhide", ...ids)).toEqual(told({ hidden: false, changed: true }));
});

test("the footer explains the marks and what to type next", async () => {
  const { stdout } = await gaps([], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^id +Artist +Album +Plays Tracks 12 mo +Last +Own +Want$/m);
  expect(stdout).toMatch(/David Bowie +Hunky Dory +22 +11 +22 +2025-10-05 +2▣/);
  expect(stdout).toMatch(/Neu! 75 +12 +6 +12 +2025-11-05 +★/);
  expect(stdout).toContain("10+ plays on 4+ tracks, not owned in any pressing");
  expect(stdout).toMatch(/In the box #(\d+)\? rewind link \1 --add a\d+/);
});

test("an empty list says how many plays the most played album has", async () => {
  const { code, stdout } = await gaps(["--plays", "5000.."], { tty: true });
  expect(code).toBe(0);
  expect(stdout).toBe(
    "No album that you do not own has 5,000 plays or more; the most is 50 (Sufjan\nStevens · Illinois).\n",
  );
});

test("without the history track counts are null and leave out no album", async () => {
  const other = tempDirectory();
  await fillCache(other, { records: shelf, wants, plays, history: false });
  const document = (await runCliJson(["gaps", "--json"], { home: other })) as GapsDocument;
  expect(titlesOf(document)).toContain("Making Mirrors");
  for (const gap of document.data) expect(gap).toMatchObject({ tracks: null, plays_last_12_months: null });
  const { stdout } = await runCli(["gaps"], { home: other, tty: true, columns: 100 });
  expect(stdout).not.toMatch(/Tracks 12 mo/);
  expect(stdout).toContain("Tracks, 12 mo: not known yet");
  expect(await runCli(["gaps", "--during", "1y"], { home: other })).toMatchObject({
    code: 5,
    stdout: "",
  });
  expect(await runCli(["gaps", "--tracks", "4.."], { home: other })).toMatchObject({ code: 5 });
});
