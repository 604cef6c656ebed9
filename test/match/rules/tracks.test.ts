// The evidence that tracks add to names, each rule with its near-misses first. All albums here are invented.
import { describe, expect, test } from "vitest";
import { createMatcher, type MatchedRelease } from "../../../src/match/matcher.ts";
import { isGenericTrack, toTrackKey } from "../../../src/match/titles/track-title.ts";
import {
  type AlbumFixture,
  addTracklist,
  createMatcherFor,
  buildRelease,
  buildRows,
  songs,
  tidewater,
} from "../scenarios.ts";

/** The first songs, or those between two places. */
const selectSongs = (from: number, to: number): string[] => songs.slice(from, to);
/** Songs that nobody else has. */
const buildOtherSongs = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `Something Else ${at}`);

const matchIds = (given: readonly AlbumFixture[], of: MatchedRelease): number[] =>
  createMatcherFor(given)
    .match(of)
    .credited.map(({ album }) => album.id)
    .toSorted((a, b) => a - b);

describe("rows that share what was heard", () => {
  const plain = { title: "Low Water", heard: selectSongs(0, 8) };
  const record = buildRelease("Tidewater", "Low Water", ["LP", "Album"]);

  test.each<[string, AlbumFixture]>([
    ["fewer than three shared", { title: "Low Water Tideover", heard: selectSongs(0, 2) }],
    [
      "three shared of many",
      { title: "Low Water Tideover", heard: [...selectSongs(0, 3), ...buildOtherSongs(6)] },
    ],
    ["names that aren't near", { title: "Another Name Altogether", heard: selectSongs(0, 8) }],
    ["demos", { title: "Low Water: The Demos", heard: selectSongs(0, 8) }],
    ["instrumentals", { title: "Low Water (Instrumentals)", heard: selectSongs(0, 8) }],
    ["a collection", { title: "Low Water And Other Hits", heard: selectSongs(0, 8) }],
    ["the single of the title", { title: "Low Water - Single", heard: selectSongs(0, 3) }],
    ["two albums on one disc", { title: "Low Water / High Ground", heard: selectSongs(0, 8) }],
    ["two albums joined by a plus", { title: "Low Water + High Ground", heard: selectSongs(0, 8) }],
    [
      "half of the smaller one",
      { title: "Low Water Tideover", heard: [...selectSongs(0, 3), ...buildOtherSongs(3)] },
    ],
    ["another artist's", { artist: "Tidemark", title: "Low Water: Godeo", heard: selectSongs(0, 8) }],
  ])("are two albums with %s", (_, other) => {
    expect(matchIds([plain, other], record)).toEqual([1]);
  });

  test.each<[string, AlbumFixture]>([
    ["more words", { title: "Low Water: Godeo", heard: [...selectSongs(0, 8), ...buildOtherSongs(3)] }],
    ["fewer of them heard", { title: "Low Water: Sea Press", heard: selectSongs(2, 5) }],
    [
      "versions named behind a dash",
      { title: "Low Water Tideover", heard: selectSongs(0, 4).map((t) => `${t} - 2011 Remaster`) },
    ],
  ])("are one album with %s", (_, other) => {
    const match = createMatcherFor([plain, other]).match(record);
    expect(match).toMatchObject({ type: "exact", rule: "title" });
    expect(match.credited.map(({ album, rule }) => [album.id, rule])).toEqual([
      [1, "title"],
      [2, "shared-tracks"],
    ]);
  });

  test("are not compared if no heard tracks are known", () => {
    const deaf = createMatcher(buildRows(["Tidewater", "Low Water"], ["Tidewater", "Low Water Godeo"]));
    expect(deaf.match(record).credited).toHaveLength(1);
  });

  test("decide nothing for a compilation", () => {
    const given = [plain, { title: "Low Water: Godeo", heard: selectSongs(0, 8) }];
    expect(matchIds(given, buildRelease("Tidewater", "Low Water", ["LP", "Compilation"]))).toEqual([1]);
  });

  test("decide nothing between several albums of one name", () => {
    const given = [
      { title: "Tidewater", heard: selectSongs(0, 8) },
      { title: "Tidewater (Grey)", heard: selectSongs(0, 4) },
      { title: "Tidewater (Brown)", heard: selectSongs(4, 8) },
    ];
    expect(matchIds(given, buildRelease("Tidewater", "Tidewater", ["LP", "Album"]))).toEqual([1]);
    expect(matchIds(given, buildRelease("Tidewater", "Tidewater (Grey)", ["LP", "Album"]))).toEqual([2]);
  });
});

describe("a record's tracklist", () => {
  const record = buildRelease("Tidewater", "Low Water", ["LP", "Album"]);

  test.each<[string, AlbumFixture]>([
    ["two tracks of it were heard", { title: "Low Water: Godeo", heard: selectSongs(0, 2) }],
    [
      "less than half of what was heard is on it",
      { title: "Low Water: Godeo", heard: [...selectSongs(0, 3), ...buildOtherSongs(4)] },
    ],
    ["the name isn't near", { title: "Another Name Altogether", heard: selectSongs(0, 8) }],
    ["the album is live", { title: "Low Water Live", heard: selectSongs(0, 8) }],
    ["the album holds two", { title: "Low Water / High Ground", heard: selectSongs(0, 8) }],
    ["numbers differ", { title: "Low Water II", heard: selectSongs(0, 8) }],
  ])("matches nothing if %s", (_, row) => {
    expect(matchIds([row], addTracklist(record, songs))).toEqual([]);
  });

  test("matches a similar title of which enough was heard", () => {
    const match = createMatcherFor([
      { title: "Low Water: Godeo", heard: [...selectSongs(0, 4), ...buildOtherSongs(3)] },
    ]).match(addTracklist(record, songs));
    expect(match).toMatchObject({ type: "fuzzy", rule: "tracklist" });
    expect(match.credited[0]?.tracks).toMatchObject({ heardCount: 7, isProof: true });
  });

  test("confirms a match that is loose by name", () => {
    const loose = buildRelease("Tidewater", "Low Water: A Journey Downstream", ["LP", "Album"]);
    const given = [{ title: "Low Water", heard: selectSongs(0, 6) }];
    expect(createMatcherFor(given).match(loose)).toMatchObject({ type: "fuzzy", rule: "subtitle" });
    const proven = createMatcherFor(given).match(addTracklist(loose, songs));
    expect(proven).toMatchObject({ type: "fuzzy", rule: "tracklist" });
    expect(proven.confidence).toBeGreaterThan(0.9);
  });

  test("confirms a title that is equal only when transliterated", () => {
    const given = [{ title: "Nochnye ogni", heard: selectSongs(0, 4) }];
    expect(
      createMatcherFor(given).match(addTracklist(buildRelease("Tidewater", "Ночные Огни"), songs)).rule,
    ).toBe("tracklist");
  });

  test("decides between two equally good albums", () => {
    const given = [
      { title: "Songs About Slow Rivers And Late Departures", heard: buildOtherSongs(5) },
      { title: "Songs About Slow Rivers And Late Arrivals", heard: selectSongs(0, 5) },
    ];
    const tied = buildRelease("Tidewater", "Songs About Slow Rivers");
    expect(createMatcherFor(given).match(tied)).toMatchObject({ rule: "tie", credited: [] });
    expect(matchIds(given, addTracklist(tied, songs))).toEqual([2]);
  });

  test("makes a match uncertain of which little was heard, and removes none", () => {
    const given = [{ title: "Low Water", heard: [...selectSongs(0, 1), ...buildOtherSongs(6)] }];
    const sure = createMatcherFor(given).match(record);
    expect(sure).toMatchObject({ type: "exact", confidence: 1 });
    const doubted = createMatcherFor(given).match(addTracklist(record, songs));
    expect(doubted).toMatchObject({ type: "fuzzy", rule: "title" });
    expect(doubted.credited).toHaveLength(1);
    expect(doubted.confidence).toBeLessThan(0.9);
    expect(doubted.confidence).toBeGreaterThan(0.5);
  });

  test.each([
    ["three were heard", buildOtherSongs(3), songs],
    ["a quarter of them is on it", [...selectSongs(0, 2), ...buildOtherSongs(6)], songs],
    ["it is in another script", buildOtherSongs(6), ["海の歌", "風の歌", "山の歌", "川の歌", "星の歌"]],
  ])("makes nothing uncertain if %s", (_, heard, titles) => {
    expect(
      createMatcherFor([{ title: "Low Water", heard }]).match(addTracklist(record, titles)),
    ).toMatchObject({
      type: "exact",
      confidence: 1,
    });
  });

  test("is mentioned in the reason of a rejected album", () => {
    const { rejected } = createMatcherFor([
      { title: "Another Name Altogether", heard: [...selectSongs(0, 5), ...buildOtherSongs(4)] },
    ]).explain(addTracklist(record, songs));
    expect(rejected[0]?.reason).toBe("5 of 9 tracks on the record; another title");
  });
});

describe("a compilation's tracklist", () => {
  const record: MatchedRelease = {
    ...buildRelease("Various", "Neon Harvest Moon", ["LP", "Compilation"]),
    tracklist: [
      { title: "Harbour Lights", artists: ["Tidewater"] },
      { title: "Neon Harvest Moon", artists: ["Tidewater"] },
      { title: "Cold Frames", artists: ["The Lamplighters"] },
      { title: "Neon Harvest Moon", artists: ["The Moonlighters"] },
    ],
  };

  test.each<[string, AlbumFixture]>([
    ["the artist isn't on it", { artist: "Tidemark", title: "Neon Harvest Moon", heard: ["Harbour Lights"] }],
    [
      "the artist has another track on it",
      { artist: "The Lamplighters", title: "Neon Harvest Moon", heard: ["Harbour Lights"] },
    ],
    ["only the song of the title was heard", { title: "Neon Harvest Moon", heard: ["Neon Harvest Moon"] }],
    [
      "most of what was heard is not on it",
      { title: "Neon Harvest Moon", heard: ["Harbour Lights", ...buildOtherSongs(3)] },
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
  ])("matches nothing if %s", (_, row) => {
    expect(matchIds([row], record)).toEqual([]);
  });

  test("matches the row of a singer whose track on it was heard from that row", () => {
    const match = createMatcherFor([{ title: "Neon Harvest Moon", heard: ["Harbour Lights"] }]).match(record);
    expect(match).toMatchObject({ type: "fuzzy", rule: "tracklist" });
  });

  test("does not contradict a row whose tracks name Various Artists instead of their singers", () => {
    const tracks = selectSongs(0, 8).map((title) => ({ title, artists: [tidewater] }));
    const rows = [{ artist: "Various Artists", title: "Neon Harvest Moon", heard: selectSongs(0, 8) }];
    const [credit] = createMatcherFor(rows).match({ ...record, tracklist: tracks }).credited;
    expect(credit).toMatchObject({ confidence: 1, tracks: { heardCount: 8, isContradiction: false } });
    expect(credit?.tracks?.hitKeys).toHaveLength(8);
  });
});

test.each([
  ["an unknown", undefined, ["same title, but the record's tracklist is not known"]],
  ["a known", [{ title: "Copper Wire", artists: ["Lamplighters"] }], []],
])("%s tracklist of a compilation leaves a singer's row of its title", (_, tracklist, reasons) => {
  const rows = [
    { artist: "Various Artists", title: "Harvest Moon", heard: selectSongs(0, 8) },
    { title: "Harvest Moon", heard: selectSongs(0, 1) },
    { artist: "Lamplighters", title: "Another Name Altogether", heard: selectSongs(0, 1) },
  ];
  const release = buildRelease("Various", "Harvest Moon");
  const { credited, rejected } = createMatcherFor(rows).explain({ ...release, tracklist });
  expect(credited.map(({ album }) => album.id)).toEqual([1]);
  expect(rejected.map(({ reason }) => reason)).toEqual(reasons);
});

describe("an incomplete tracklist of a compilation", () => {
  const various = buildRelease("Various", "Neon Harvest Moon", ["LP", "Compilation"]);
  const row = { title: "Neon Harvest Moon", heard: ["Harbour Lights"] };

  test("matches by track if no artist is named on it", () => {
    expect(matchIds([row], addTracklist(various, ["Harbour Lights", "Cold Frames"]))).toEqual([1]);
    expect(
      matchIds(
        [{ ...row, heard: buildOtherSongs(1) }],
        addTracklist(various, ["Harbour Lights", "Cold Frames"]),
      ),
    ).toEqual([]);
  });

  test("matches by artist if no heard tracks are known", () => {
    expect(
      matchIds(
        [{ ...row, heard: [] }],
        addTracklist(various, ["Harbour Lights", "Cold Frames"], "Tidewater"),
      ),
    ).toEqual([1]);
  });
});

describe("asking for a tracklist", () => {
  const record = buildRelease("Tidewater", "Low Water", ["LP", "Album"]);
  test.each<[string, AlbumFixture[], MatchedRelease]>([
    ["a sure match", [{ title: "Low Water", heard: selectSongs(0, 8) }], record],
    ["too little heard", [{ title: "Low Water: Godeo", heard: selectSongs(0, 2) }], record],
    ["no near title", [{ title: "Another Name Altogether", heard: selectSongs(0, 8) }], record],
    ["a near title of another kind", [{ title: "Low Water Live", heard: selectSongs(0, 8) }], record],
    [
      "a single, too short to tell",
      [{ title: "Low Water: Godeo", heard: selectSongs(0, 8) }],
      buildRelease("Tidewater", "Low Water", ['7"', "Single"]),
    ],
    [
      "a list that is known",
      [{ title: "Low Water: Godeo", heard: selectSongs(0, 8) }],
      addTracklist(record, buildOtherSongs(9)),
    ],
    [
      "a compilation that nobody's row is named after",
      [{ title: "Low Water", heard: selectSongs(0, 8) }],
      buildRelease("Various", "Neon Harvest Moon"),
    ],
    [
      "a compilation whose only rows of its title are matched by name",
      [{ artist: "Various Artists", title: "Neon Harvest Moon", heard: selectSongs(0, 8) }],
      buildRelease("Various", "Neon Harvest Moon"),
    ],
  ])("is of no use with %s", (_, given, of) => {
    expect(createMatcherFor(given).match(of).isOpen).toBe(false);
  });

  test.each<[string, AlbumFixture[], MatchedRelease]>([
    ["a near title", [{ title: "Low Water: Godeo", heard: selectSongs(0, 8) }], record],
    [
      "a loose match",
      [{ title: "Low Water", heard: selectSongs(0, 8) }],
      buildRelease("Tidewater", "Low Water: A Journey Downstream", ["LP", "Album"]),
    ],
    [
      "a compilation and a singer's row of its title",
      [{ title: "Neon Harvest Moon", heard: selectSongs(0, 1) }],
      buildRelease("Various", "Neon Harvest Moon"),
    ],
    [
      "a compilation with rows of its title by Various Artists and by a singer",
      [
        { artist: "Various Artists", title: "Neon Harvest Moon", heard: selectSongs(0, 8) },
        { title: "Neon Harvest Moon", heard: selectSongs(0, 1) },
      ],
      buildRelease("Various", "Neon Harvest Moon"),
    ],
    [
      "a soundtrack with rows of its one-word title by Various Artists and by a singer",
      [
        { artist: "Various Artists", title: "Moonraking", heard: selectSongs(0, 8) },
        { title: "Moonraking", heard: selectSongs(0, 1) },
      ],
      buildRelease("Various", "Moonraking (Music From The Motion Picture)"),
    ],
  ])("is useful with %s", (_, given, of) => {
    expect(createMatcherFor(given).match(of).isOpen).toBe(true);
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
  expect(toTrackKey(one)).toBe(toTrackKey(other));
});

test.each([
  ["Nine Gates, Pt. 2", "Nine Gates, Pt. 3"],
  ["Cold Frames", "Cold Farms"],
  ["- (-) -", "[untitled]"],
])("the track %s is not %s", (one, other) => {
  expect(toTrackKey(one)).not.toBe(toTrackKey(other));
});

describe("insignificant names of tracks", () => {
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
  const record = buildRelease("Tidewater", "Low Water", ["LP", "Album"]);

  test.each(generic)("include %s", (title) => {
    expect(isGenericTrack(toTrackKey(title))).toBe(true);
  });

  test.each([
    ...songs,
    "Tracks Of My Tears",
    "Side By Side",
    "Intro To Cold Frames",
    "Discotheque",
    "B-Movie",
  ])("do not include %s", (title) => {
    expect(isGenericTrack(toTrackKey(title))).toBe(false);
  });

  test.each([
    ["generic ones", generic],
    ["two songs and the title track", ["Low Water", ...selectSongs(0, 2)]],
  ])("do not join two albums: %s", (_, heard) => {
    const both = [
      { title: "Low Water", heard },
      { title: "Low Water Tideover", heard },
    ];
    expect(matchIds(both, record)).toEqual([1]);
  });

  test.each([
    ["generic ones", generic],
    ["two songs and the title track", ["Low Water: Tideover", ...selectSongs(0, 2)]],
  ])("do not make a tracklist prove a near title: %s", (_, heard) => {
    expect(matchIds([{ title: "Low Water: Tideover", heard }], addTracklist(record, heard))).toEqual([]);
  });

  test("leave an equal title out if they prove another title to be the record", () => {
    const selfTitled = buildRelease("Tidewater", "Tidewater", ["LP", "Album"]);
    const green = { title: "Tidewater (Green Album)", heard: selectSongs(0, 9) };
    const albums = [{ title: "Tidewater", heard: buildOtherSongs(9) }, green];
    expect(matchIds(albums, addTracklist(selfTitled, selectSongs(0, 9)))).toEqual([2]);
  });

  test("leave an equal title out if an album of another title has the record's tracks", () => {
    const selfTitled = addTracklist(
      buildRelease("Tidewater", "Tidewater", ["LP", "Album"]),
      selectSongs(0, 9),
    );
    const matcher = createMatcherFor([
      { title: "Tidewater", heard: buildOtherSongs(9) },
      { title: "The Harbour Wedding", heard: selectSongs(0, 9) },
    ]);
    expect(matcher.match(selfTitled)).toMatchObject({ type: "artist_only", credited: [] });
    expect(matcher.explain(selfTitled, "close").rejected).toMatchObject([
      { album: { title: "The Harbour Wedding" }, close: true, uncertainty: 0.5 },
      { album: { title: "Tidewater" }, close: false, uncertainty: 0 },
    ]);
  });

  test("do not contradict an equal title", () => {
    const match = createMatcherFor([{ title: "Low Water", heard: generic }]).match(
      addTracklist(record, selectSongs(0, 9)),
    );
    expect(match).toMatchObject({ type: "exact", confidence: 1 });
  });
});

describe("a recording of the whole record made later", () => {
  const record = { ...buildRelease("Tidewater", "Low Water", ["LP", "Album"]), year: 1990 };
  test.each([
    "Low Water Live",
    "Low Water MMXI",
    "Low Water: Anniversary Night",
    "Low Water 2011",
    "Low Water II",
  ])("%s is rejected, though its tracklist is the record's", (title) => {
    expect(matchIds([{ title, heard: selectSongs(0, 9) }], addTracklist(record, selectSongs(0, 9)))).toEqual(
      [],
    );
    const both = [
      { title: "Low Water", heard: selectSongs(0, 9) },
      { title, heard: selectSongs(0, 9) },
    ];
    expect(matchIds(both, addTracklist(record, selectSongs(0, 9)))).toEqual([1]);
  });
});
