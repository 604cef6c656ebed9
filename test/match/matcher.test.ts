import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow, type MatchedRelease } from "../../src/match/matcher.ts";
import { fold } from "../../src/match/text/fold.ts";
import { foldArtist, isPlaceholderArtist } from "../../src/match/text/artist-name.ts";
import { toEditionKey } from "../../src/match/titles/title.ts";
import { proposeAliases } from "../../src/match/alias-proposals.ts";
import { buildRelease, buildReleaseBy, buildRows } from "./scenarios.ts";

function buildRow(id: number, artist: string, title: string, playCount = 10): AlbumRow {
  return { id, artist, title, playCount };
}

function matchIds(albums: readonly AlbumRow[], of: MatchedRelease): number[] {
  return createMatcher(albums)
    .match(of)
    .credited.map((credit) => credit.album.id);
}

describe("matched albums", () => {
  test("are all editions of an album, most played first, then by id", () => {
    const albums = [
      buildRow(1, "Talk Talk", "Laughing Stock (Remastered)", 5),
      buildRow(2, "Talk Talk", "Laughing Stock", 40),
      buildRow(3, "Talk Talk", "Spirit of Eden", 90),
      buildRow(4, "TALK TALK", "laughing stock", 5),
    ];
    const match = createMatcher(albums).match(buildRelease("Talk Talk", "Laughing Stock"));
    expect(match).toMatchObject({ type: "exact", confidence: 1, rule: "title", artistName: null });
    expect(match.credited.map((credit) => credit.album.id)).toEqual([2, 1, 4]);
  });

  test("include an uncertain row only if no stricter rule found one", () => {
    const longer = buildRow(1, "Eels", "Daisies Of The Galaxy: Letters From The Road");
    const plain = buildRow(2, "Eels", "Daisies Of The Galaxy");
    expect(matchIds([longer], buildRelease("Eels", "Daisies Of The Galaxy"))).toEqual([1]);
    const { credited, rejected } = createMatcher([longer, plain]).explain(
      buildRelease("Eels", "Daisies Of The Galaxy"),
    );
    expect(credited.map((credit) => credit.album.id)).toEqual([2]);
    expect(rejected).toEqual([
      { album: longer, uncertainty: 0.5, reason: expect.stringContaining("less certain"), close: true },
    ]);
  });
});

test("do not include two different albums that fit equally well, and each is explained by the other", () => {
  const albums = [
    buildRow(1, "Sparks", "Songs About Slow Trains And Late Departures", 5),
    buildRow(2, "Sparks", "Songs About Slow Trains And Late Arrivals", 7),
  ];
  expect(createMatcher(albums).explain(buildRelease("Sparks", "Songs About Slow Trains"))).toMatchObject({
    type: "artist_only",
    confidence: 0.5,
    rule: "tie",
    credited: [],
    artistName: "Sparks",
    rejected: [
      { album: { id: 2 }, reason: `fits as well as a1 ${albums[0]?.title}`, close: true },
      { album: { id: 1 }, reason: `fits as well as a2 ${albums[1]?.title}`, close: true },
    ],
  });
});

describe("artists", () => {
  test("are named in the most played spelling if this album is not played", () => {
    const albums = [
      buildRow(1, "talk talk", "It's My Life", 3),
      buildRow(2, "Talk Talk", "The Party's Over", 9),
    ];
    expect(createMatcher(albums).match(buildRelease("Talk Talk", "Spirit Of Eden"))).toMatchObject({
      type: "artist_only",
      confidence: 0.5,
      rule: "artist",
      artistName: "Talk Talk",
    });
  });

  test("are not matched if they were never played", () => {
    const albums = buildRows(["Talk Talk", "It's My Life"]);
    expect(createMatcher(albums).match(buildRelease("Mark Hollis", "It's My Life"))).toMatchObject({
      type: "none",
      confidence: 0,
      rule: "none",
      artistName: null,
    });
  });

  test("are matched under the name printed on the record", () => {
    const albums = buildRows(["Smog", "Knock Knock"]);
    const credit = { id: 7, name: "Bill Callahan", anv: "Smog", join: "" };
    const printed = { ...buildRelease("Bill Callahan", "Knock Knock"), artists: [credit] };
    expect(createMatcher(albums).match(printed)).toMatchObject({ type: "exact" });
    // Discogs lists some artists once in each script.
    const twice = { ...printed, artists: [{ ...credit, anv: "", join: "=" }, credit] };
    expect(createMatcher(albums).match(twice)).toMatchObject({ type: "exact" });
  });

  test("are recognised in another alphabet", () => {
    const matcher = createMatcher(buildRows(["Tikhiy Mayak", "Prichal"], ["Mayak", "Prichal"]));
    const match = matcher.match(buildRelease("Тихий Маяк", "Пристань"));
    expect(match).toMatchObject({ type: "artist_only", artistName: "Tikhiy Mayak" });
    expect(matcher.match(buildRelease("Маяк", "Пристань")).type).toBe("none");
  });

  test.each([
    [
      "joined by another word",
      ["Robert Fripp", "Brian Eno"],
      ["Robert Fripp and Brian Eno", "Evening Star"],
      "title",
    ],
    ["under the first of them", ["Harold Budd", "Brian Eno"], ["Harold Budd", "The Pearl"], "credit"],
    ["a leader without his band", ["Ian Dury And The Blockheads"], ["Ian Dury", "Do It Yourself"], "credit"],
    ["a band with its leader", ["The Blockheads"], ["Ian Dury & The Blockheads", "Laughter"], "credit"],
    ["by the last name", ["Sixto Rodriguez"], ["Rodriguez", "Coming From Reality"], "credit"],
    ["an abbreviation spelled out", ["Sun Ra Orch."], ["Sun Ra Orchestra", "Sleeping Beauty"], "title"],
  ] as const)("%s", (_, artists, album, rule) => {
    const match = createMatcher(buildRows([album[0], album[1]])).match(buildReleaseBy(artists, album[1]));
    expect(match.rule).toBe(rule);
  });

  test.each([
    ["Crosby, Stills & Nash", "Nash Ensemble", "Daylight Again"],
    ["The Men", "The Mountain Men", "Open Your Heart"],
    ["Wire", "Wire Train", "Pink Flag"],
    ["Lush", "Blush", "Split"],
  ])("%s is not %s", (mine, theirs, title) => {
    expect(createMatcher(buildRows([theirs, "Another Record"])).match(buildRelease(mine, title)).type).toBe(
      "none",
    );
  });

  test("fold to one key in all their spellings", () => {
    for (const spelling of ["The Fall (2)", "Fall, The", "the fall", "The Fall*"])
      expect(foldArtist(spelling)).toBe("fall");
    expect(foldArtist("The The")).toBe("thethe");
    expect(foldArtist("blink-182")).toBe(foldArtist("Blink 182"));
    expect(foldArtist("Peter Gabriel (1)")).not.toBe(foldArtist("Peter Gabriel"));
  });
});

describe("placeholders", () => {
  test.each(["Various", "Various Artists", "V.A.", "Unknown Artist", "No Artist", "", "オムニバス"])(
    "treat %s as no artist",
    (name) => {
      expect(isPlaceholderArtist(name)).toBe(true);
    },
  );

  test("compilations are found under every name of many artists, and never by the artist alone", () => {
    const matcher = createMatcher(buildRows(["Various Artists", "Nuggets: Original Artyfacts"]));
    expect(matcher.match(buildRelease("Various", "Nuggets: Original Artyfacts")).type).toBe("exact");
    expect(matcher.match(buildRelease("Various", "Pebbles"))).toMatchObject({
      type: "none",
      artistName: null,
    });
  });

  test("a title that players write where there is none is no album", () => {
    const matcher = createMatcher(buildRows(["Low", "[unknown]"], ["Low", "(null)"], ["Low", ""]));
    expect(matcher.match(buildRelease("Low", "Unknown")).type).toBe("none");
  });
});

function buildEditions(artist: string, titles: readonly string[]) {
  return titles.map((title) => ({ artist, editionKey: toEditionKey(artist, title) }));
}

describe("aliases", () => {
  test("are proposed if several distinctive titles agree", () => {
    const owned = buildEditions("Fela Ransome Kuti", [
      "Zombie",
      "Expensive Shit",
      "Expensive Shit (Reissue)",
    ]);
    const played = buildEditions("Fela Kuti", [
      "Zombie Nation Now",
      "Expensive Shit",
      "Confusion Break Bones",
    ]);
    expect(proposeAliases(owned, played, [])).toEqual([]);
    const more = [...owned, ...buildEditions("Fela Ransome Kuti", ["Confusion Break Bones"])];
    expect(proposeAliases(more, played, [])).toEqual([
      { name: "Fela Ransome Kuti", sameAs: "Fela Kuti", titles: 2 },
    ]);
    expect(proposeAliases(more, played, [{ name: "Fela Ransome Kuti", sameAs: "Fela Kuti" }])).toEqual([]);
  });
});

describe("reasons", () => {
  test.each([
    ["Houses III", "Houses IV", "another number"],
    ["Houses", "Houses II", "another number"],
    ["Low Tide", "Low Tide - Demos", "only the album says “demos”"],
    ["Low Tide", "Low Tide (Live)", "only the album says “live”"],
    ["Carousel", "Carousel: The Pier's End", "more words: The Pier's End"],
    ["Carousel Days Gone", "Carousel Days", "fewer words: without Gone"],
    ["Low Tide", "Carousel", "another title"],
  ])("explain %s against %s: %s", (mine, theirs, reason) => {
    const { rejected } = createMatcher(buildRows(["Some Band", theirs])).explain(
      buildRelease("Some Band", mine, ["LP", "Album"]),
    );
    expect(rejected.map((one) => one.reason)).toEqual([reason]);
  });

  test("review only an equal title without an artist for a record without an artist", () => {
    const albums = buildRows(["Unknown Artist", "Test Pressing"], ["Ada Vole", "Test Pressing"]);
    const { rejected } = createMatcher(albums).explain(buildRelease("No Artist", "Test Pressing"));
    expect(rejected.map(({ album, uncertainty }) => [album.id, uncertainty])).toEqual([
      [1, 0.5],
      [2, 0],
    ]);
  });

  test("sort the closest albums first, the others by plays", () => {
    const albums = [
      buildRow(1, "Low", "Trust", 1),
      buildRow(2, "Low", "Secret Name", 50),
      buildRow(3, "Low", "Trust Live", 2),
      buildRow(4, "Low", "Hey What", 90),
    ];
    const { rejected } = createMatcher(albums).explain(buildRelease("Low", "Trust"));
    expect(rejected.map((one) => [one.album.id, one.close])).toEqual([
      [3, true],
      [4, false],
      [2, false],
    ]);
  });
});

describe("folding", () => {
  test.each([
    ["Beyoncé", "Beyonce\u0301"],
    ["Upstairs At Eric’s", "upstairs at eric's"],
    ["Hyæna", "Hyaena"],
    ["Yanqui U.X.O.", "yanqui UXO"],
    ["Ｆｕｌｌ Ｗｉｄｔｈ", "Full Width"],
    ["A$AP", "ASAP"],
    ["Guns N' Roses", "Guns and Roses"],
    ["Чёрный", "Черный"],
    ["Άνεμος", "ανεμοσ"],
    ["10,000 Days", "10000 Days"],
    ["萬里長城 (現場)", "万里长城 (现场)"],
  ])("%s is %s", (one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  test.each([
    ["バス", "パス"],
    ["桃の羽", "桃の森"],
    ["風雨", "雷雨"],
    ["हिन्दी", "हनद"],
    ["( )", "X"],
    ["÷", "×"],
    ["Real", "Real+"],
  ])("%s is not %s", (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});

test("editions of one album have one key, other albums another", () => {
  const key = toEditionKey("The Cure", "Disintegration");
  for (const title of [
    "Disintegration (2010 Remaster)",
    "Disintegration [Deluxe Edition]",
    "DISINTEGRATION",
    "Disintegration (Disc 2)",
  ]) {
    expect(toEditionKey("Cure, The", title)).toBe(key);
  }
  expect(toEditionKey("The Cure", "Disintegration (Live)")).not.toBe(key);
  expect(toEditionKey("The Cult", "Disintegration")).not.toBe(key);
});

test("a long number before a word for an edition is read once", () => {
  const title = `X (${"1".repeat(180)}x版)`;
  expect(createMatcher(buildRows(["Low", title])).match(buildRelease("Low", "X")).type).not.toBe("exact");
});

test.each([
  ["one long word", "a".repeat(10_000)],
  ["closed brackets", "x)".repeat(5_000)],
  ["combining marks", "\u0301".repeat(10_000)],
  ["zero width", "\u200b".repeat(10_000)],
  ["unpaired surrogates", "\ud800".repeat(10_000)],
  ["catalogue numbers", `X (${"AB 12 ".repeat(1_500)})`],
  ["katakana", "ハラ".repeat(5_000)],
])("match ten thousand characters of %s with themselves", (_, text) => {
  const albums = buildRows([text, text], ["Low", text], ["Low", `${text} II`]);
  expect(createMatcher(albums).match(buildRelease(text, text)).type).toBe("exact");
  expect(createMatcher(albums).explain(buildRelease("Low", text)).type).toBe("exact");
});
