// What the built program takes for evidence: names of tracks, formats, titles by nobody, and what a review asks.
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { smallShelf, type ShelfParts } from "../support/small-shelf.ts";

interface Verdict {
  readonly decision: { readonly match_type: string; readonly match_confidence: number };
  readonly credited: readonly { readonly id: number; readonly album_name: string }[];
  readonly rejected: readonly { readonly album_name: string; readonly reason: string }[];
}

interface Review {
  readonly doubts: readonly {
    readonly kind: string;
    readonly record_ids: readonly number[];
    readonly candidates: readonly { readonly album_name: string }[];
    readonly commands: readonly string[];
  }[];
}

interface Program {
  readonly json: (...argv: string[]) => Promise<unknown>;
  readonly text: (...argv: string[]) => Promise<string>;
}

async function programOver(parts: Partial<ShelfParts>): Promise<Program> {
  const { home } = await smallShelf(parts);
  const text = async (...argv: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCli(argv, { home });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  return { text, json: async (...argv) => JSON.parse(await text(...argv, "--json")) as unknown };
}

const single = { descriptions: ['7"', "Single"] };
const lp = { descriptions: ["LP", "Album"] };
const elevenTracks = [
  "The Hurdy Gurdy Man",
  "Peregrine",
  "The Entertaining Of A Shy Girl",
  "As I Recall It",
  "Get Thy Bearings",
  "Hi It's Been A Long Time",
  "West Indian Lady",
  "Jennifer Juniper",
  "The River Song",
  "Tangier",
  "A Sunny Day",
];

test("albums that share only names such as Track 1 are two, whatever number tells them apart", async () => {
  const tracks = Array.from({ length: 9 }, (_, at) => `Track ${String(at + 1).padStart(2, "0")}`);
  const { json } = await programOver({
    records: [{ release: 1, artist: "John Carpenter", title: "Lost Themes" }],
    albums: [
      { artist: "John Carpenter", title: "Lost Themes", plays: 40, tracks },
      { artist: "John Carpenter", title: "Lost Themes II", plays: 30, tracks },
      { artist: "John Carpenter", title: "Lost Themes Again", plays: 20, tracks },
    ],
  });
  const { credited } = (await json("explain", "1")) as Verdict;
  expect(credited.map(({ album_name }) => album_name)).toEqual(["Lost Themes"]);
});

test("a 7 inch single is neither a copy of the LP nor credited with its plays", async () => {
  const { json, text } = await programOver({
    records: [
      { release: 1, artist: "Donovan", title: "The Hurdy Gurdy Man", format: lp },
      { release: 2, artist: "Donovan", title: "The Hurdy Gurdy Man", format: single },
      { release: 3, artist: "Donovan", title: "The Hurdy Gurdy Man", format: lp },
    ],
    albums: [{ artist: "Donovan", title: "The Hurdy Gurdy Man", plays: 159, tracks: elevenTracks }],
  });
  const { data } = (await json("cull")) as {
    data: { collection: { id: number }; copy_of: number | null }[];
  };
  expect(data.map(({ collection, copy_of }) => [collection.id, copy_of])).toEqual([
    [2, null],
    [3, 1],
  ]);
  expect(await json("dupes")).toMatchObject({ data: [{ record_ids: [1, 3] }] });
  expect(await json("explain", "2")).toMatchObject({
    decision: { match_type: "artist_only" },
    credited: [],
    rejected: [
      {
        album_name: "The Hurdy Gurdy Man",
        reason: "the album: you heard 11 different tracks, more than the single has",
      },
    ],
  });
  expect(await text("explain", "2")).not.toContain("copies");
});

test("the album that a single is not credited with is asked about, and one with nothing to tell them is doubtful", async () => {
  const { json } = await programOver({
    records: [
      { release: 1, artist: "Donovan", title: "The Hurdy Gurdy Man", format: single },
      { release: 2, artist: "Donovan", title: "Mellow Yellow", format: single },
      { release: 3, artist: "Donovan", title: "Catch The Wind", format: single },
    ],
    albums: [
      { artist: "Donovan", title: "The Hurdy Gurdy Man", plays: 159, tracks: elevenTracks },
      { artist: "Donovan", title: "Mellow Yellow", plays: 20, tracks: ["Mellow Yellow"] },
      { artist: "Donovan", title: "Catch The Wind - Single", plays: 10, tracks: ["Catch The Wind"] },
    ],
  });
  const { doubts } = (await json("review")) as Review;
  expect(doubts.map(({ kind, record_ids, commands }) => [kind, ...record_ids, commands[0]])).toEqual([
    ["near", 1, "rewind link 1 --add a1"],
    ["fuzzy", 2, "rewind link 2 --add a2"],
  ]);
  const { decision } = (await json("explain", "2")) as Verdict;
  expect(decision).toMatchObject({ match_type: "fuzzy", rule: "single-or-album" });
  const named = (await json("explain", "3")) as Verdict;
  expect(named.decision.match_confidence).toBeGreaterThanOrEqual(0.9);
});

test("equal titles by nobody are matched if they are long enough, and asked about if not", async () => {
  const { json } = await programOver({
    records: [
      { release: 1, artist: "Unknown Artist", title: "Songs From A Closed Mill" },
      { release: 2, artist: "No Artist", title: "Test Pressing" },
      { release: 3, artist: "Unknown Artist", title: "Nothing Like It At All" },
    ],
    albums: [
      { artist: "Unknown Artist", title: "Songs From A Closed Mill", plays: 30 },
      { artist: "Unknown Artist", title: "Test Pressing", plays: 20 },
      { artist: "Test", title: "Another Album", plays: 10 },
    ],
  });
  const { decision, credited } = (await json("explain", "1")) as Verdict;
  expect(decision).toMatchObject({ match_type: "fuzzy" });
  expect(credited.map(({ album_name }) => album_name)).toEqual(["Songs From A Closed Mill"]);
  const { doubts } = (await json("review")) as Review;
  expect(doubts.map(({ kind, record_ids }) => [kind, ...record_ids])).toEqual([
    ["fuzzy", 1],
    ["near", 2],
  ]);
});

test("a review asks nothing that a veto decides, and first what has most plays at stake times doubt", async () => {
  const { json } = await programOver({
    records: [
      { release: 1, artist: "Popol Vuh", title: "Garden Wire 2" },
      { release: 2, artist: "Cluster", title: "Zuckerzeit" },
      { release: 3, artist: "Talk Talk", title: "Zuma Road" },
      { release: 4, artist: "Harmonia", title: "Musik Von Harmonia" },
      { release: 5, artist: "Godspeed", title: "Lift Your Skinny Fists Like Antennas To Heaven" },
    ],
    albums: [
      { artist: "Popol Vuh", title: "Garden Wire 3", plays: 90 },
      { artist: "Cluster", title: "Zuckerzeit Live", plays: 80 },
      { artist: "Harmonia", title: "Musik Von Harmonia MMXI", plays: 70 },
      { artist: "Talk Talk", title: "Zuma Road Stories", plays: 60 },
      { artist: "Godspeed", title: "Lift Your Skinny Fists Like Antennas", plays: 250 },
    ],
  });
  const { doubts } = (await json("review")) as Review;
  expect(doubts.map(({ kind, record_ids }) => [kind, ...record_ids])).toEqual([
    ["fuzzy", 5],
    ["near", 3],
  ]);
});
