// The evidence: names of tracks, formats, titles by nobody, and what a review asks of the rest.
import { expect, test } from "vitest";
import type { ExplanationDocument, ReviewDocument } from "../../src/queries/documents/match-documents.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { createSmallCollection, type CollectionParts } from "../support/small-collection.ts";

async function createCollectionRunner(parts: Partial<CollectionParts>) {
  const { home } = await createSmallCollection(parts);
  return {
    home,
    explained: (record: number) =>
      createCommandRunner<ExplanationDocument>("explain", home).json(String(record)),
    /** The kind of each question and its record, the most at stake first. */
    doubts: async () =>
      (await createCommandRunner<ReviewDocument>("review", home).json()).items.map(
        ({ kind, record_ids, commands }) => `${kind} ${record_ids.join("+")}: ${commands[0] ?? ""}`,
      ),
  };
}

const single = { descriptions: ['7"', "Single"] };
const tracks = Array.from({ length: 11 }, (_, at) => `Song ${"ABCDEFGHIJK".charAt(at)}`);
const buildDonovanAlbum = (title: string): { artist: string; title: string } => ({
  artist: "Donovan",
  title,
});
const hurdy = buildDonovanAlbum("The Hurdy Gurdy Man");

test("treats a 7 inch single neither as a copy of the LP nor as matched with its plays", async () => {
  const { home, explained } = await createCollectionRunner({
    records: [
      { release: 1, ...hurdy },
      { release: 2, ...hurdy, format: single },
      { release: 3, ...hurdy },
    ],
    albums: [{ ...hurdy, plays: 159, tracks }],
  });
  expect(await createCommandRunner("cull", home).json()).toMatchObject({
    data: [
      { collection: { id: 2 }, copy_of: null },
      { collection: { id: 3 }, copy_of: 1 },
    ],
  });
  expect(await createCommandRunner("dupes", home).json()).toMatchObject({ data: [{ record_ids: [1, 3] }] });
  const reason = "the album: you heard 11 different tracks, more than the single has";
  expect(await explained(2)).toMatchObject({
    decision: { match_type: "artist_only" },
    credited: [],
    rejected: [{ album_name: "The Hurdy Gurdy Man", reason }],
  });
  expect((await createCommandRunner("explain", home).run(["2"])).stdout).not.toContain("copies");
});

test("reviews the album that a single is not matched with, and an uncertain match if nothing tells them apart", async () => {
  const { explained, doubts } = await createCollectionRunner({
    records: [hurdy, buildDonovanAlbum("Mellow Yellow"), buildDonovanAlbum("Catch The Wind")].map(
      (each, at) => ({
        release: at + 1,
        ...each,
        format: single,
      }),
    ),
    albums: [
      { ...hurdy, plays: 159, tracks },
      { ...buildDonovanAlbum("Mellow Yellow"), plays: 20, tracks: ["Mellow Yellow"] },
      { ...buildDonovanAlbum("Catch The Wind - Single"), plays: 10, tracks: ["Catch The Wind"] },
    ],
  });
  expect(await doubts()).toEqual(["near 1: rewind link 1 --add a1", "fuzzy 2: rewind link 2 --add a2"]);
  expect((await explained(2)).decision).toMatchObject({ match_type: "fuzzy", rule: "single-or-album" });
  expect((await explained(3)).decision.match_confidence).toBeGreaterThanOrEqual(0.9);
});

test("reviews nothing that a veto decides, and sorts by plays times uncertainty", async () => {
  const skinny = "Lift Your Skinny Fists Like Antennas";
  const pairs = [
    ["Popol Vuh", "Garden Wire 2", "Garden Wire 3", 90],
    ["Cluster", "Zuckerzeit", "Zuckerzeit Live", 80],
    ["Talk Talk", "Zuma Road", "Zuma Road: Stories", 60],
    ["Harmonia", "Musik Von Harmonia", "Musik Von Harmonia MMXI", 70],
    ["Godspeed", `${skinny} To Heaven`, skinny, 250],
  ] as const;
  const { doubts } = await createCollectionRunner({
    records: pairs.map(([artist, title], at) => ({ release: at + 1, artist, title })),
    albums: pairs.map(([artist, , title, plays]) => ({ artist, title, plays })),
  });
  expect(await doubts()).toEqual([expect.stringMatching(/^fuzzy 5:/), expect.stringMatching(/^near 3:/)]);
});
