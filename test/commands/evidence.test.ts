// What is taken for evidence: names of tracks, formats, titles by nobody, and what a review asks of the rest.
import { expect, test } from "vitest";
import type { ExplanationDocument, ReviewDocument } from "../../src/queries/documents/match-documents.ts";
import { questionOf } from "../support/question.ts";
import { smallShelf, type ShelfParts } from "../support/small-shelf.ts";

async function shelfOf(parts: Partial<ShelfParts>) {
  const { home } = await smallShelf(parts);
  return {
    home,
    explained: (record: number) => questionOf<ExplanationDocument>("explain", home).json(String(record)),
    /** The kind of each question and its record, the most at stake first. */
    doubts: async () =>
      (await questionOf<ReviewDocument>("review", home).json()).doubts.map(
        ({ kind, record_ids, commands }) => `${kind} ${record_ids.join("+")}: ${commands[0] ?? ""}`,
      ),
  };
}

const single = { descriptions: ['7"', "Single"] };
const tracks = Array.from({ length: 11 }, (_, at) => `Song ${"ABCDEFGHIJK".charAt(at)}`);
const donovan = (title: string): { artist: string; title: string } => ({ artist: "Donovan", title });
const hurdy = donovan("The Hurdy Gurdy Man");

test("a 7 inch single is neither a copy of the LP nor credited with its plays", async () => {
  const { home, explained } = await shelfOf({
    records: [
      { release: 1, ...hurdy },
      { release: 2, ...hurdy, format: single },
      { release: 3, ...hurdy },
    ],
    albums: [{ ...hurdy, plays: 159, tracks }],
  });
  expect(await questionOf("cull", home).json()).toMatchObject({
    data: [
      { collection: { id: 2 }, copy_of: null },
      { collection: { id: 3 }, copy_of: 1 },
    ],
  });
  expect(await questionOf("dupes", home).json()).toMatchObject({ data: [{ record_ids: [1, 3] }] });
  const reason = "the album: you heard 11 different tracks, more than the single has";
  expect(await explained(2)).toMatchObject({
    decision: { match_type: "artist_only" },
    credited: [],
    rejected: [{ album_name: "The Hurdy Gurdy Man", reason }],
  });
  expect((await questionOf("explain", home).run(["2"])).stdout).not.toContain("copies");
});

test("the album that a single is not credited with is asked about, and one with nothing to tell them is doubtful", async () => {
  const { explained, doubts } = await shelfOf({
    records: [hurdy, donovan("Mellow Yellow"), donovan("Catch The Wind")].map((each, at) => ({
      release: at + 1,
      ...each,
      format: single,
    })),
    albums: [
      { ...hurdy, plays: 159, tracks },
      { ...donovan("Mellow Yellow"), plays: 20, tracks: ["Mellow Yellow"] },
      { ...donovan("Catch The Wind - Single"), plays: 10, tracks: ["Catch The Wind"] },
    ],
  });
  expect(await doubts()).toEqual(["near 1: rewind link 1 --add a1", "fuzzy 2: rewind link 2 --add a2"]);
  expect((await explained(2)).decision).toMatchObject({ match_type: "fuzzy", rule: "single-or-album" });
  expect((await explained(3)).decision.match_confidence).toBeGreaterThanOrEqual(0.9);
});

test("a review asks nothing that a veto decides, and first what has most plays at stake times doubt", async () => {
  const skinny = "Lift Your Skinny Fists Like Antennas";
  const pairs = [
    ["Popol Vuh", "Garden Wire 2", "Garden Wire 3", 90],
    ["Cluster", "Zuckerzeit", "Zuckerzeit Live", 80],
    ["Talk Talk", "Zuma Road", "Zuma Road Stories", 60],
    ["Harmonia", "Musik Von Harmonia", "Musik Von Harmonia MMXI", 70],
    ["Godspeed", `${skinny} To Heaven`, skinny, 250],
  ] as const;
  const { doubts } = await shelfOf({
    records: pairs.map(([artist, title], at) => ({ release: at + 1, artist, title })),
    albums: pairs.map(([artist, , title, plays]) => ({ artist, title, plays })),
  });
  expect(await doubts()).toEqual([expect.stringMatching(/^fuzzy 5:/), expect.stringMatching(/^near 3:/)]);
});
