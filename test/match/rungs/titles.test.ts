// Words that make another album of a title, and what may be ignored in one: near-misses first, all of them invented.
import { describe, expect, test } from "vitest";
import { idsOf, lp, ruleOfTitles, verdict } from "../verdicts.ts";
import { rows } from "../scenarios.ts";

ruleOfTitles("subtitle", {
  not: [
    ["Glass Harvest", "Glass Harvest: A Companion"],
    ["Glass Harvest", "Glass Harvest: Side B"],
    ["Glass Harvest", "Glass Harvest: Variations"],
    ["Glass Harvest", "Glass Harvest: The Long Barn By The River Sessions (As Seen On Television)"],
    ["Glass Harvest", "Re: Glass Harvest"],
    ["Glass Harvest", "Glass Harvest: Embers"],
    ["Glass Harvest: Embers", "Glass Harvest: Ashes"],
    ["Glass Harvest", "Glass Harvest: The Score"],
    ["Glass Harvest", "Glass Harvest: A Winter In Four Rooms"],
    ["Glass Harvest", "Glass Harvest: The Harbour Years"],
    ["Glass Harvest", "Glass Harvest: The Campaign To Save The Barn"],
    ["Glass Harvest", "Glass Harvest (The Score)"],
  ],
  same: [
    ["Glass Harvest", "Glass Harvest: Reloaded"],
    ["Glass Harvest", "Glass Harvest: The Barn Expanded And Retold"],
  ],
});

ruleOfTitles("subtitle", {
  not: [],
  same: [["Glass Harvest: A Winter In Four Rooms", "Glass Harvest"]],
  oneWay: true,
});

ruleOfTitles("longer-title", {
  not: [
    ["Sing And Paint Your Ladder", "Sing And Paint Your Ladder Some More"],
    ["Sing And Paint Your Ladder", "Sing And Paint Your Ladder Again"],
  ],
  same: [["Sing And Paint Your Ladder", "Sing And Paint Your Ladder Blue"]],
});

ruleOfTitles("small-words", {
  not: [["Walking In The Harbour", "Walking With The Harbour"]],
  same: [
    ["The Hour Of Lanterns", "The Hour Of The Lanterns"],
    ["A Lantern Left Of The Harbour", "A Lantern Left To The Harbour"],
  ],
});

ruleOfTitles("reordered", {
  not: [["Echo From The Branches", "The Branches Of Echo"]],
  same: [["Echo Of The Branches", "The Branches Of Echo"]],
});

describe("the number of a soundtrack", () => {
  test.each([
    ["Amber Line (Original Soundtrack)", "Amber Line (Original Soundtrack, Vol. 2)"],
    ["Amber Line (Season 1 Original Soundtrack)", "Amber Line (Season 2 Original Soundtrack)"],
    ["Amber Line", "Amber Line (Music From The Original Series Season Three)"],
    ["Music From The Film Amber Line", "Amber Line (Original Soundtrack Of The Sequel)"],
  ])("is another album's: %s / %s", (record, album) => {
    expect(verdict("Ada Vole", [record, album]).credited).toEqual([]);
  });

  test.each([
    ["Amber Line (Original Soundtrack)", "Amber Line (Season One Original Soundtrack)"],
    ["Amber Line (Original Soundtrack)", "Amber Line (Original Soundtrack From The Harbour Picture)"],
    ["Amber Line", "Amber Line (The Collector's Edition Soundtrack)"],
    ["Amber Line", "Amber Line Original Soundtracks"],
    ["Amber Line", "Amber Line - The Original Motion Picture Soundtrack Of Joan Doe's Movie"],
  ])("%s / %s", (record, album) => {
    expect(verdict("Ada Vole", [record, album]).rule).toBe("soundtrack");
  });
});

ruleOfTitles("cut-off", {
  oneWay: true,
  not: [
    [
      "A Long Walk Home For People With Nothing At All To Carry, Part Two",
      "A Long Walk Home For People With Nothing At All To Ca",
    ],
    ["Where The River...", "Where The River Bends Live At The Harbour Hall"],
    ["Where...", "Where The River Bends And Goes Home"],
    ["Where The River", "Where The River Bends And Goes Home"],
  ],
  same: [
    [
      "A Long Walk Home For People With Nothing At All To Carry",
      "A Long Walk Home For People With Nothing At Al",
    ],
    ["Where The River...", "Where The River Bends And Takes The Longer Way Home"],
    ["Where The River Bends And Takes The Longer Way Home", "Where The River…"],
  ],
});

ruleOfTitles("dated", {
  not: [
    ["Live Lantern", "1987 - Live Lantern"],
    ["Lantern Sessions", "1987 Lantern Sessions"],
    ["Greatest Hits", "1987 - Greatest Hits"],
  ],
  same: [["Lantern Road Revisited", "1987 - Lantern Road Revisited"]],
});

ruleOfTitles("notation", {
  not: [
    ["Ada & Tom", "Und Ada Tom"],
    ["Ada & Tom", "Ada Y"],
    ["Letter V", "Letter Versus"],
  ],
  same: [
    ["Salz & Rost", "Salz Und Rost"],
    ["Sal & Ferro", "Sal E Ferro"],
    ["Sel Et Rouille", "Sel & Rouille"],
    ["Salt Och Rost", "Salt & Rost"],
    ["Cat Vs. Dog", "Cat v Dog"],
  ],
});

describe("a mini-album", () => {
  const mini = ["LP", "Mini-Album"];

  test("not: a single of its title", () => {
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite - Single"], mini).type).toBe("artist_only");
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite EP"], lp).type).toBe("artist_only");
  });

  test("is an EP to many", () => {
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite EP"], mini).rule).toBe("format");
    const albums = rows(["Ada Vole", "Paper Kite"], ["Ada Vole", "Paper Kite EP"]);
    expect(idsOf(albums, ["Ada Vole"], "Paper Kite", mini)).toEqual([1, 2]);
  });
});

ruleOfTitles("edition", {
  not: [
    ["Cinder Maps", "Cinder Maps (iTunes Session)"],
    ["Cinder Maps", "Cinder Maps (24-7)"],
    ["Cinder Maps", "Cinder Maps 320"],
  ],
  same: [
    ["Cinder Maps", "Cinder Maps [320kbps]"],
    ["Cinder Maps", "Cinder Maps (24bit Vinyl Rip)"],
    ["Cinder Maps", "Cinder Maps (iTunes LP)"],
    ["Cinder Maps", "Cinder Maps [24-96]"],
    ["Cinder Maps", "Cinder Maps (Mixed Tracks)"],
    ["Cinder Maps", "Cinder Maps - RVG"],
  ],
});

ruleOfTitles("named-edition", {
  not: [
    ["Cinder Maps", "Cinder Maps (The Collection)"],
    ["Cinder Maps", "Cinder Maps (Singles Collection)"],
    ["Cinder Maps", "Cinder Maps (Demo Collection)"],
    ["Cinder", "Cinder - Winter Collection"],
  ],
  same: [
    ["Cinder Maps", "Cinder Maps (Harbourman Collection)"],
    ["Cinder Maps", "Cinder Maps (Original Harbour Classics Remasters)"],
  ],
});

ruleOfTitles("catalogue-number", {
  not: [["Cinder Maps", "[Disc 2] Cinder Maps"]],
  same: [["Cinder Maps", "[Halcyon 24] Cinder Maps"]],
});

ruleOfTitles("artist-in-title", {
  not: [
    ["Cactus Meridian Sings Lanterns", "Harbour Lanterns"],
    ["Cactus Time", "Time"],
    ["Live", "Cactus Live"],
  ],
  same: [
    ["Cactus Meridian Live", "Live"],
    ["Cactus Meridian Gold", "Gold"],
    ["Cactus Meridian Time", "Time"],
    ["Cactus Meridian Sings The Harbour Songbook", "The Harbour Songbook"],
    ["The Harbour Songbook", "Cactus Meridian Plays The Harbour Songbook"],
  ],
});

describe("a name of one word in a title", () => {
  test("may be part of it, but not beside a collection's own word", () => {
    expect(verdict("Cactus", ["Cactus Time", "Time"]).type).toBe("artist_only");
    expect(verdict("Cactus", ["Cactus Live", "Live"]).type).toBe("artist_only");
    expect(verdict("Cactus", ["Cactus Gold", "Gold"]).rule).toBe("artist-in-title");
  });
});

ruleOfTitles("note", {
  oneWay: true,
  not: [
    ["Live At The Old Hall, Vol. 2", "Live At The Old Hall"],
    ["Harbour, Town, Country", "Harbour"],
    ["Night Tapes Vol. 4: The Remixes", "Night Tapes Vol. 4"],
    ["Night Tapes Vol. 4: Live At The Old Hall, Turku", "Night Tapes Vol. 4"],
    ["Night Tapes Vol. 4: Volume Two", "Night Tapes Vol. 4"],
    ["Night Tapes Vol. 4: The Old Hall, 1970", "Night Tapes Vol. 3"],
    ["Distant Weather II: Live In Turku", "Distant Weather II"],
  ],
  same: [
    ["Live At The Old Hall, Turku, Finland", "Live At The Old Hall"],
    ["Live At The Old Hall", "Live At The Old Hall, Turku"],
    ["Night Tapes Volume Four: The Old Hall, Turku 2/13/70", "Night Tapes, Vol. 4"],
    ["Distant Weather III: Alive At Dusk", "Distant Weather III"],
  ],
});

describe("the years of a collection", () => {
  const collection = ["LP", "Compilation"];
  const artist = "Ada Vole";

  test.each([
    ["of an album", [artist, "Driftwood 1977-1980"], "Driftwood", lp],
    ["of a kind", [artist, "Greatest Hits 1977-1980"], "Greatest Hits", collection],
    ["of the artist", [artist, "Ada Vole 1977-1980"], "Ada Vole", collection],
  ] as const)("tell it from another: %s", (_, album, record, formats) => {
    expect(idsOf(rows(album), [artist], record, formats)).toEqual([]);
  });

  test("tell it from one of other years", () => {
    const albums = rows([artist, "Driftwood 1977-1980"], [artist, "Driftwood 1981-1984"]);
    expect(idsOf(albums, [artist], "Driftwood", collection)).toEqual([]);
  });

  test("are ignored where there is one", () => {
    expect(verdict(artist, ["Driftwood", "Driftwood: 1977-1980"], collection).rule).toBe("dated");
    expect(verdict(artist, ["Driftwood 1977–80", "Driftwood"], collection).rule).toBe("dated");
  });
});

describe("what a collection says of itself", () => {
  const collection = ["CD", "Compilation"];

  test("counts beside its plain title, where the record is one", () => {
    const albums = rows(["Ada Vole", "Driftwood"], ["Ada Vole", "Driftwood (The Rarities)"]);
    expect(idsOf(albums, ["Ada Vole"], "Driftwood", collection)).toEqual([1, 2]);
    expect(idsOf(albums, ["Ada Vole"], "Driftwood", lp)).toEqual([1]);
  });

  test("is ignored where the rest says that it is one", () => {
    expect(verdict("Ada Vole", ["Vole Gold (Greatest Hits)", "Vole Gold"], collection).rule).toBe("best-of");
    expect(verdict("Ada Vole", ["Driftwood (Greatest Hits)", "Driftwood"], collection).rule).toBe("best-of");
    expect(verdict("Ada Vole", ["Driftwood (Greatest Hits)", "Driftwood"], lp).type).toBe("artist_only");
  });
});

describe("halves beside the whole", () => {
  const artist = "Ada Vole";
  const albums = rows(
    [artist, "Paper Kite / Tin Moon"],
    [artist, "Paper Kite"],
    [artist, "Tin Moon"],
    [artist, "Driftwood / Ada Vole Sings"],
    [artist, "Driftwood"],
  );

  test("not: one of them alone, or of a single", () => {
    expect(idsOf(albums.slice(0, 2), [artist], "Paper Kite / Tin Moon")).toEqual([1]);
    expect(idsOf(albums, [artist], "Paper Kite / Tin Moon", ['7"', "Single"])).toEqual([1]);
  });

  test("both of them, and one where the other says who is heard", () => {
    expect(idsOf(albums, [artist], "Paper Kite / Tin Moon")).toEqual([1, 2, 3]);
    expect(idsOf(albums, [artist], "Driftwood / Ada Vole Sings")).toEqual([4, 5]);
  });
});

describe("an album named after its artist by himself", () => {
  test("is none of his plain name", () => {
    expect(verdict("Vole", ["The Vole Album", "Vole"]).type).toBe("artist_only");
    expect(verdict("Vole", ["Vole", "The Vole Album"]).type).toBe("artist_only");
    expect(verdict("Vole", ["Vole", "Vole Album"]).rule).toBe("self-titled");
    expect(verdict("The Voles", ["The Voles", "The Voles Album"]).rule).toBe("self-titled");
  });
});

ruleOfTitles("artist-in-title", {
  not: [
    ["Glass Harvest", "Glass Harvest: The Best Of Cactus Meridian"],
    ["Glass Harvest", "Glass Harvest (Cactus Meridian Remix)"],
  ],
  same: [
    ["Glass Harvest", "Glass Harvest! Cactus Meridian's Winter Suite"],
    ["Glass Harvest", "Glass Harvest: Songs By Cactus Meridian"],
  ],
});

ruleOfTitles("mix", {
  not: [
    ["Glass Harvest", "Glass Harvest (The Remixes)"],
    ["Glass Harvest", "Glass Harvest (Remix Edition)"],
    ["Glass Harvest", "Glass Harvest (Club Mix)"],
    ["Glass Harvest", "Glass Harvest (Anniversary Remixes)"],
  ],
  same: [
    ["Glass Harvest", "Glass Harvest (10th Anniversary Remix)"],
    ["Glass Harvest", "Glass Harvest (Original Mono & Stereo Mix Versions)"],
    ["Glass Harvest", "Glass Harvest (Remixed & Remastered)"],
  ],
});

ruleOfTitles("own-subtitle", {
  not: [
    ["Embers", "Harbour II: Live"],
    ["Embers", "Harbour: Embers"],
    ["Embers", "Harbour II (Embers)"],
  ],
  same: [["Embers", "Harbour II: Embers"]],
});

ruleOfTitles("notation", {
  not: [["Dusk - Recorded At The Old Hall", "Dusk - Live At The Old Hall"]],
  same: [["Dusk - Recorded Live At The Old Hall", "Dusk - Live At The Old Hall"]],
});

ruleOfTitles("small-words", {
  not: [["The Old Hall", "Live At The Old Hall"]],
  same: [["At The Old Hall", "Live At The Old Hall"]],
});

ruleOfTitles("soundtrack", {
  not: [
    ["Harbour", "Songs From Harbour"],
    ["Harbour", "More Music From Harbour"],
  ],
  same: [
    ["Harbour", "Music From The Film Harbour"],
    ["Harbour", 'Original Music From The Score "Harbour"'],
  ],
});

ruleOfTitles("longer-title", {
  not: [
    ["Joan Doe's Harbour", "Harbour"],
    ["Night Harvest Of Glass", "Night Harvest Of Glass, Phase 2: Dusk"],
  ],
  same: [
    ["Joan Doe's Harbour (Original Soundtrack)", "Harbour (OST)"],
    ["Harbour", "Music From Harbour"],
  ],
});

ruleOfTitles("article", {
  not: [
    ["A B C", "B C"],
    ["The Second Harbour", "The Third Harbour"],
  ],
  same: [
    ["The Second Harbour", "Second Harbour"],
    ["Le 5 Portes", "5 Portes"],
  ],
});

ruleOfTitles("note", {
  not: [
    ["Glass Harvest; Or, The Remixes", "Glass Harvest"],
    ["Glass Harvest Or The Long Winter", "Glass Harvest"],
  ],
  same: [["Glass Harvest; Or, The Long Winter Of Our Neighbours", "Glass Harvest"]],
});

ruleOfTitles("soundtrack", {
  not: [["Glass Harvest", "Glass Harvest: The New Generation"]],
  same: [
    ["Glass Harvest", 'Glass Harvest: Music From The Motion Picture "Amber Line"'],
    ["Glass Harvest", "Glass Harvest: Original Motion Picture Soundtrack From The Film 'Amber Line'"],
  ],
});

describe("a collection called by its artist's name", () => {
  const box = ["Compilation", "Box Set"];

  test.each([
    ["Ada Vole", "Ada Vole", box],
    ["Ada Vole", "Ada Vole (Remastered)", box],
    ["The Ada Vole", "Ada Vole", box],
  ])("a box called %s is not %s", (title, album, formats) => {
    expect(verdict("Ada Vole", [title, album], formats).type).toBe("artist_only");
  });

  test.each([
    ["Paper Kite", "Paper Kite", box, "title"],
    ["Ada Vole", "Ada Vole", ["Album", "Box Set"], "title"],
    ["Ada Vole", "Ada Vole", ["Compilation"], "self-titled"],
    ["The Ada Vole", "Ada Vole", ["Compilation"], "self-titled"],
  ])("%s as %s", (title, album, formats, rule) => {
    expect(verdict("Ada Vole", [title, album], formats).rule).toBe(rule);
  });

  test("is not the album of that name", () => {
    const collection = ["CD", "Compilation"];
    expect(verdict("Ada Vole", ["Ada Vole", "Ada Vole: The Best Of"], collection).type).toBe("artist_only");
  });

  test("nor is an LP an EP, whatever else is said of it", () => {
    expect(verdict("Ada Vole", ["Paper Kite LP", "Paper Kite EP"], ["LP", "Mini-Album"]).type).toBe(
      "artist_only",
    );
  });
});

ruleOfTitles("longer-title", {
  not: [
    ["Paint Your Ladder In The Rain", "Paint Your Ladder In The Rain: Embers"],
    ["Paint Your Ladder In The Rain", "Paint Your Ladder In The Rain - Rehearsals"],
    ["Paint Your Ladder In The Rain", "Paint Your Ladder In The Rain Tour"],
    ["Paint Your Ladder In The Rain", "Beyond Paint Your Ladder In The Rain"],
    ["Paint Your Ladder In The Rain", "Paint Your Ladder In The Rain: The Movie"],
    ["Paint Your Ladder In The Rain", "Paint Your Ladder In The Rain: The Alternate Album"],
  ],
  same: [["Paint Your Ladder In The Rain", "Paint Your Ladder In The Rain We Love"]],
});

ruleOfTitles("note", {
  not: [
    ["Distant Weather", "Distant Weather (In Turku)"],
    ["Distant Weather", "Distant Weather (Early Versions)"],
    ["Distant Weather", "Distant Weather (Early Version)"],
    ["Distant Weather", "Distant Weather (Tour Extras)"],
    ["Distant Weather...", "Distant Weather...: Night Songs And Demos"],
  ],
  same: [["Distant Weather", "Distant Weather (The Long Night)"]],
});
