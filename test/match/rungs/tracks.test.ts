// What tracks add to names, each rule with its near-misses first. All albums here are invented.
import { describe, expect, test } from "vitest";
import { createMatcher, type MatchedRelease } from "../../../src/match/matcher.ts";
import { isGenericTrack, trackKey } from "../../../src/match/titles/track-title.ts";
import { type KnownRow, listed, matcherOf, release, rows, songs } from "../scenarios.ts";

/** The first songs, or those between two places. */
const some = (from: number, to: number): string[] => songs.slice(from, to);
/** Songs that nobody else has. */
const others = (count: number): string[] => Array.from({ length: count }, (_, at) => `Something Else ${at}`);

const idsOf = (given: readonly KnownRow[], of: MatchedRelease): number[] =>
  matcherOf(given)
    .match(of)
    .credited.map(({ album }) => album.id)
    .toSorted((a, b) => a - b);

describe("rows that share what was heard", () => {
  const plain = { title: "Low Water", heard: some(0, 8) };
  const record = release("Tidewater", "Low Water", ["LP", "Album"]);

  test.each<[string, KnownRow]>([
    ["fewer than three shared", { title: "Low Water Tide Over", heard: some(0, 2) }],
    ["three shared of many", { title: "Low Water Tide Over", heard: [...some(0, 3), ...others(6)] }],
    ["names that aren't near", { title: "Another Name Altogether", heard: some(0, 8) }],
    ["demos", { title: "Low Water: The Demos", heard: some(0, 8) }],
    ["instrumentals", { title: "Low Water (Instrumentals)", heard: some(0, 8) }],
    ["a collection", { title: "Low Water And Other Hits", heard: some(0, 8) }],
    ["the single of the title", { title: "Low Water - Single", heard: some(0, 3) }],
    ["two albums on one disc", { title: "Low Water / High Ground", heard: some(0, 8) }],
    ["two albums joined by a plus", { title: "Low Water + High Ground", heard: some(0, 8) }],
    ["half of the smaller one", { title: "Low Water Tide Over", heard: [...some(0, 3), ...others(3)] }],
    ["another artist's", { artist: "Tidemark", title: "Low Water Go Deo", heard: some(0, 8) }],
  ])("are two albums with %s", (_, other) => {
    expect(idsOf([plain, other], record)).toEqual([1]);
  });

  test.each<[string, KnownRow]>([
    ["more words", { title: "Low Water Go Deo", heard: [...some(0, 8), ...others(3)] }],
    ["fewer of them heard", { title: "Low Water: Sea Press", heard: some(2, 5) }],
    [
      "versions named behind a dash",
      { title: "Low Water Tide Over", heard: some(0, 4).map((t) => `${t} - 2011 Remaster`) },
    ],
  ])("are one album with %s", (_, other) => {
    const match = matcherOf([plain, other]).match(record);
    expect(match).toMatchObject({ type: "exact", rule: "title" });
    expect(match.credited.map(({ album, rule }) => [album.id, rule])).toEqual([
      [1, "title"],
      [2, "shared-tracks"],
    ]);
  });

  test("are not looked at where nothing that was heard is known", () => {
    const deaf = createMatcher(rows(["Tidewater", "Low Water"], ["Tidewater", "Low Water Go Deo"]));
    expect(deaf.match(record).credited).toHaveLength(1);
  });

  test("tell nothing of a compilation", () => {
    const given = [plain, { title: "Low Water Go Deo", heard: some(0, 8) }];
    expect(idsOf(given, release("Tidewater", "Low Water", ["LP", "Compilation"]))).toEqual([1]);
  });

  test("tell nothing between several albums of one name", () => {
    const given = [
      { title: "Tidewater", heard: some(0, 8) },
      { title: "Tidewater (Grey)", heard: some(0, 4) },
      { title: "Tidewater (Brown)", heard: some(4, 8) },
    ];
    expect(idsOf(given, release("Tidewater", "Tidewater", ["LP", "Album"]))).toEqual([1]);
    expect(idsOf(given, release("Tidewater", "Tidewater (Grey)", ["LP", "Album"]))).toEqual([2]);
  });
});

describe("a record's tracklist", () => {
  const record = release("Tidewater", "Low Water", ["LP", "Album"]);

  test.each<[string, KnownRow]>([
    ["two tracks of it were heard", { title: "Low Water Go Deo", heard: some(0, 2) }],
    [
      "less than half of what was heard is on it",
      { title: "Low Water Go Deo", heard: [...some(0, 3), ...others(4)] },
    ],
    ["the name isn't near", { title: "Another Name Altogether", heard: some(0, 8) }],
    ["the album is live", { title: "Low Water Live", heard: some(0, 8) }],
    ["the album holds two", { title: "Low Water / High Ground", heard: some(0, 8) }],
    ["numbers differ", { title: "Low Water II", heard: some(0, 8) }],
  ])("credits nothing where %s", (_, row) => {
    expect(idsOf([row], listed(record, songs))).toEqual([]);
  });

  test("credits a near title of which enough was heard", () => {
    const match = matcherOf([{ title: "Low Water Go Deo", heard: [...some(0, 4), ...others(3)] }]).match(
      listed(record, songs),
    );
    expect(match).toMatchObject({ type: "fuzzy", rule: "tracklist" });
    expect(match.credited[0]?.tracks).toMatchObject({ heardCount: 7, isProof: true });
  });

  test("proves what the name alone left loose", () => {
    const loose = release("Tidewater", "Low Water: A Journey Downstream", ["LP", "Album"]);
    const given = [{ title: "Low Water", heard: some(0, 6) }];
    expect(matcherOf(given).match(loose)).toMatchObject({ type: "fuzzy", rule: "subtitle" });
    const proven = matcherOf(given).match(listed(loose, songs));
    expect(proven).toMatchObject({ type: "fuzzy", rule: "tracklist" });
    expect(proven.confidence).toBeGreaterThan(0.9);
  });

  test("proves a title that is equal only when transliterated", () => {
    const given = [{ title: "Nochnye ogni", heard: some(0, 4) }];
    expect(matcherOf(given).match(listed(release("Tidewater", "Ночные Огни"), songs)).rule).toBe("tracklist");
  });

  test("tells which of two equally good albums it is", () => {
    const given = [
      { title: "Songs About Slow Rivers And Late Departures", heard: others(5) },
      { title: "Songs About Slow Rivers And Late Arrivals", heard: some(0, 5) },
    ];
    const tied = release("Tidewater", "Songs About Slow Rivers");
    expect(matcherOf(given).match(tied)).toMatchObject({ rule: "tie", credited: [] });
    expect(idsOf(given, listed(tied, songs))).toEqual([2]);
  });

  test("makes a match doubtful of which little was heard, and takes none away", () => {
    const given = [{ title: "Low Water", heard: [...some(0, 1), ...others(6)] }];
    const sure = matcherOf(given).match(record);
    expect(sure).toMatchObject({ type: "exact", confidence: 1 });
    const doubted = matcherOf(given).match(listed(record, songs));
    expect(doubted).toMatchObject({ type: "fuzzy", rule: "title" });
    expect(doubted.credited).toHaveLength(1);
    expect(doubted.confidence).toBeLessThan(0.9);
    expect(doubted.confidence).toBeGreaterThan(0.5);
  });

  test.each([
    ["three were heard", others(3), songs],
    ["a quarter of them is on it", [...some(0, 2), ...others(6)], songs],
    ["it is in another script", others(6), ["海の歌", "風の歌", "山の歌", "川の歌", "星の歌"]],
  ])("makes nothing doubtful where %s", (_, heard, titles) => {
    expect(matcherOf([{ title: "Low Water", heard }]).match(listed(record, titles))).toMatchObject({
      type: "exact",
      confidence: 1,
    });
  });

  test("is told of beside what was left out", () => {
    const { rejected } = matcherOf([
      { title: "Another Name Altogether", heard: [...some(0, 5), ...others(4)] },
    ]).explain(listed(record, songs));
    expect(rejected[0]?.reason).toBe("5 of 9 tracks on the record; another title");
  });
});

describe("a compilation's tracklist", () => {
  const record: MatchedRelease = {
    ...release("Various", "Neon Harvest Moon", ["LP", "Compilation"]),
    tracklist: [
      { title: "Harbour Lights", artists: ["Tidewater"] },
      { title: "Neon Harvest Moon", artists: ["Tidewater"] },
      { title: "Cold Frames", artists: ["The Lamplighters"] },
      { title: "Neon Harvest Moon", artists: ["The Moonlighters"] },
    ],
  };

  test.each<[string, KnownRow]>([
    ["the artist isn't on it", { artist: "Tidemark", title: "Neon Harvest Moon", heard: ["Harbour Lights"] }],
    [
      "the artist has another track on it",
      { artist: "The Lamplighters", title: "Neon Harvest Moon", heard: ["Harbour Lights"] },
    ],
    ["only the song of the title was heard", { title: "Neon Harvest Moon", heard: ["Neon Harvest Moon"] }],
    [
      "most of what was heard is not on it",
      { title: "Neon Harvest Moon", heard: ["Harbour Lights", ...others(3)] },
    ],
    ["the title is another", { title: "Harvest Moons", heard: ["Harbour Lights"] }],
    [
      "nothing was heard, and the artist isn't on it",
      { artist: "Tidemark", title: "Neon Harvest Moon", heard: [] },
    ],
    [
      "nothing was heard, and the artist has only the song of the title on it",
      { artist: "The Moonlighters", title: "Neon Harvest Moon", heard: [] },
    ],
  ])("credits nothing where %s", (_, row) => {
    expect(idsOf([row], record)).toEqual([]);
  });

  test("credits the row of a singer whose track on it was heard from it", () => {
    const match = matcherOf([{ title: "Neon Harvest Moon", heard: ["Harbour Lights"] }]).match(record);
    expect(match).toMatchObject({ type: "fuzzy", rule: "tracklist" });
  });
});

describe("a compilation's tracklist that tells less", () => {
  const various = release("Various", "Neon Harvest Moon", ["LP", "Compilation"]);
  const row = { title: "Neon Harvest Moon", heard: ["Harbour Lights"] };

  test("credits by the track where nobody is named on it", () => {
    expect(idsOf([row], listed(various, ["Harbour Lights", "Cold Frames"]))).toEqual([1]);
    expect(idsOf([{ ...row, heard: others(1) }], listed(various, ["Harbour Lights", "Cold Frames"]))).toEqual(
      [],
    );
  });

  test("credits by the artist where nothing is known of what was heard", () => {
    expect(
      idsOf([{ ...row, heard: [] }], listed(various, ["Harbour Lights", "Cold Frames"], "Tidewater")),
    ).toEqual([1]);
  });
});

describe("whether a tracklist would tell", () => {
  const record = release("Tidewater", "Low Water", ["LP", "Album"]);
  test.each<[string, KnownRow[], MatchedRelease]>([
    ["a sure match", [{ title: "Low Water", heard: some(0, 8) }], record],
    ["too little heard", [{ title: "Low Water Go Deo", heard: some(0, 2) }], record],
    ["no near title", [{ title: "Another Name Altogether", heard: some(0, 8) }], record],
    ["a near title of another kind", [{ title: "Low Water Live", heard: some(0, 8) }], record],
    [
      "a single, too short to tell",
      [{ title: "Low Water Go Deo", heard: some(0, 8) }],
      release("Tidewater", "Low Water", ['7"', "Single"]),
    ],
    ["a list that is known", [{ title: "Low Water Go Deo", heard: some(0, 8) }], listed(record, others(9))],
    [
      "a compilation that nobody's row is named after",
      [{ title: "Low Water", heard: some(0, 8) }],
      release("Various", "Neon Harvest Moon"),
    ],
  ])("not with %s", (_, given, of) => {
    expect(matcherOf(given).match(of).isOpen).toBe(false);
  });

  test.each<[string, KnownRow[], MatchedRelease]>([
    ["a near title", [{ title: "Low Water Go Deo", heard: some(0, 8) }], record],
    [
      "a loose match",
      [{ title: "Low Water", heard: some(0, 8) }],
      release("Tidewater", "Low Water: A Journey Downstream", ["LP", "Album"]),
    ],
    [
      "a compilation and a singer's row of its title",
      [{ title: "Neon Harvest Moon", heard: some(0, 1) }],
      release("Various", "Neon Harvest Moon"),
    ],
  ])("with %s", (_, given, of) => {
    expect(matcherOf(given).match(of).isOpen).toBe(true);
  });
});

test.each([
  ["Cold Frames (feat. Somebody)", "Cold Frames"],
  ["Cold Frames feat. Somebody", "Cold Frames"],
  ["Cold Frames - 2011 Remaster", "Cold Frames"],
  ["Cold Frames [Live] (Bonus Track)", "Cold Frames"],
  ["Nine Gates, Pt. 2", "Nine Gates Part II"],
  ["The Long Stair", "Long Stair"],
  ["(Get Me Out Of) This Place", "Get Me Out Of This Place"],
])("the track %s is %s", (one, other) => {
  expect(trackKey(one)).toBe(trackKey(other));
});

test.each([
  ["Nine Gates, Pt. 2", "Nine Gates, Pt. 3"],
  ["Cold Frames", "Cold Farms"],
  ["- (-) -", "[untitled]"],
])("the track %s is not %s", (one, other) => {
  expect(trackKey(one)).not.toBe(trackKey(other));
});

describe("names of tracks that say nothing", () => {
  const generic = [
    "Track 1",
    "Track 02",
    "Untitled",
    "Untitled #3",
    "[untitled]",
    "Intro",
    "Outro",
    "Interlude II",
    "Side A",
    "B2",
    "01",
    "IV",
    "Hidden Track",
    "Piste 7",
  ];
  const record = release("Tidewater", "Low Water", ["LP", "Album"]);

  test.each(generic)("%s", (title) => {
    expect(isGenericTrack(trackKey(title))).toBe(true);
  });

  test.each([
    ...songs,
    "Tracks Of My Tears",
    "Side By Side",
    "Intro To Cold Frames",
    "Discotheque",
    "B-Movie",
  ])("not %s", (title) => {
    expect(isGenericTrack(trackKey(title))).toBe(false);
  });

  test.each([
    ["generic ones", generic],
    ["two songs and the title track", ["Low Water", ...some(0, 2)]],
  ])("do not join two albums: %s", (_, heard) => {
    const both = [
      { title: "Low Water", heard },
      { title: "Low Water Tide Over", heard },
    ];
    expect(idsOf(both, record)).toEqual([1]);
  });

  test.each([
    ["generic ones", generic],
    ["two songs and the title track", ["Low Water Tide Over", ...some(0, 2)]],
  ])("do not make a tracklist prove a near title: %s", (_, heard) => {
    expect(idsOf([{ title: "Low Water Tide Over", heard }], listed(record, heard))).toEqual([]);
  });

  test("are no doubt about an equal title", () => {
    const match = matcherOf([{ title: "Low Water", heard: generic }]).match(listed(record, some(0, 9)));
    expect(match).toMatchObject({ type: "exact", confidence: 1 });
  });
});

describe("a recording of the whole record made later", () => {
  const record = { ...release("Tidewater", "Low Water", ["LP", "Album"]), year: 1990 };
  test.each([
    "Low Water Live",
    "Low Water MMXI",
    "Low Water: Anniversary Night",
    "Low Water 2011",
    "Low Water II",
  ])("%s is another, though its tracklist is the record's", (title) => {
    expect(idsOf([{ title, heard: some(0, 9) }], listed(record, some(0, 9)))).toEqual([]);
    const both = [
      { title: "Low Water", heard: some(0, 9) },
      { title, heard: some(0, 9) },
    ];
    expect(idsOf(both, listed(record, some(0, 9)))).toEqual([1]);
  });
});
