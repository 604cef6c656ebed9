// Each rule by itself: first the titles that are as near and are other albums, then those that it is for.
import { describe, expect, test } from "vitest";
import { createMatcher } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";
import { idsOf, lp, ruleOfTitles, verdict } from "../verdicts.ts";

ruleOfTitles("edition", {
  not: [
    ["Slow Harbour", "Slow Harbour World 11th Anniversary"],
    ["Cinder Maps", "Cinder Maps 40 Limited Edition Box Set"],
    ["Cinder Maps", "Cinder Maps Part Two Deluxe"],
    ["Copper Fields", "Copper Fields (Original Recordings)"],
    ["Copper Fields (Early Sessions)", "Copper Fields"],
    ["Copper Fields", "Copper Fields [The Memphis Recordings]"],
    ["Copper Fields", "Copper Fields (First Demos)"],
    ["Copper Fields", "Copper Fields (Basement Tapes)"],
    ["Copper", "Copper: Legacy"],
    ["Night Vinyl Nights", "Night"],
    ["Red Rooms", "Red Rooms (Live)"],
    ["Red Rooms", "Red Rooms (ライブ盤)"],
    ["Red Rooms", "Red Rooms (ベスト盤)"],
    ["Red Rooms", "Red Rooms (演唱會版)"],
    ["Red Rooms", "Red Rooms (현장 라이브 에디션)"],
    ["Red Rooms", "Red Rooms + 1"],
    ["Red Rooms", "Red Rooms+6"],
    ["Red Rooms 1", "Red Rooms +1"],
    ["Red Rooms", "Red Rooms Ultime"],
  ],
  same: [
    ["Red Rooms", "Red Rooms (Edición de lujo limitada)"],
    ["Red Rooms", "Red Rooms (Edición Ampliada)"],
    ["Red Rooms", "Red Rooms [Édition Augmentée]"],
    ["Red Rooms", "Red Rooms Édition Ultime"],
    ["Red Rooms", "Red Rooms - Edition Limitée"],
    ["Red Rooms", "Red Rooms (Edição de Luxo)"],
    ["Red Rooms", "Red Rooms (Edizione Limitata)"],
    ["Red Rooms", "Red Rooms (Erweiterte Ausgabe)"],
    ["Red Rooms", "Red Rooms (Юбилейное издание)"],
    ["Red Rooms", "Red Rooms (Расширенная версия)"],
    ["Red Rooms", "Red Rooms (Edycja Specjalna)"],
    ["Red Rooms", "Red Rooms (通常盤)"],
    ["Red Rooms", "Red Rooms（初回生産限定盤）"],
    ["Red Rooms", "Red Rooms(フォトブック盤)"],
    ["Red Rooms", "Red Rooms [デラックス・エディション]"],
    ["Red Rooms", "Red Rooms (2015年リマスター)"],
    ["Red Rooms", "Red Rooms (豪華版)"],
    ["Red Rooms", "Red Rooms (紙ジャケット仕様)"],
    ["Red Rooms", "Red Rooms (20週年紀念版)"],
    ["Red Rooms", "Red Rooms (스페셜 에디션)"],
    ["Red Rooms", "Red Rooms +2"],
    ["Slow Harbour", "Slow Harbour 11th Anniversary Edition"],
    ["Slow Harbour", "Slow Harbour 20th Anniversary"],
    ["Slow Harbour", "Slow Harbour (Twentieth Anniversary Edition)"],
    ["Slow Harbour", "Slow Harbour - Tenth Anniversary"],
    ["Slow Harbour", "Slow Harbour: Ten Year Special Anniversary Edition"],
    ["Slow Harbour", "Slow Harbour Limited Edition"],
    ["Slow Harbour", "Slow Harbour 2011 Remaster"],
    ["Cinder Maps", "Cinder Maps XX (20th Anniversary Edition)"],
    ["Cinder Maps", "Cinder Maps 25: 25th Anniversary Edition"],
    ["Cinder Maps", "Cinder Maps [Retail]"],
    ["Cinder Maps", "Cinder Maps (Promo)"],
    ["Cinder Maps", "Cinder Maps (DSD)"],
    ["Cinder Maps", "Cinder Maps [MFSL Hybrid SACD]"],
    ["Cinder Maps", "Cinder Maps [2CD]"],
    ["Cinder Maps", "Cinder Maps (re:master)"],
    ["Cinder Maps", "Cinder Maps (2010 Re-Mastered)"],
    ["Cinder Maps", "Cinder Maps (Archive Collection)"],
    ["Cinder Maps", "Cinder Maps (UK Limited)"],
    ["Cinder Maps", "Cinder Maps ● Deluxe Edition"],
    ["Cinder Maps", "Cinder Maps ★ Remastered"],
    ["Cinder Maps", "Cinder Maps | Deluxe"],
    ["Cinder Maps", "Cinder Maps-ADVANCE"],
    ["Cinder Maps", "Cinder Maps + Bonus DVD"],
    ["Cinder Maps", "Cinder Maps - The Immersion Box Set"],
    ["Cinder Maps", "Cinder Maps (Edición Especial)"],
    ["Live In Turku", "Live In Turku (Live)"],
    ["An Unplugged Evening", "An Unplugged Evening [Live]"],
  ],
});

ruleOfTitles("title", {
  not: [["12 000 Suns", "12 Suns"]],
  same: [
    ["Quiet Engines", "Quiet Engines™"],
    ["Quiet Engines®", "Quiet Engines"],
    ["Ca†hedral Steps", "Cathedral Steps"],
    ["Signal ∞ Noise", "Signal OO Noise"],
    ["12,000 Suns", "12 000 Suns"],
    ["12000 Suns", "12.000 Suns"],
    ["Rock 'n' Ruin", "Rock and Ruin"],
    ["Rock'n'Ruin", "Rock & Ruin"],
    ["Salt &amp; Rust", "Salt & Rust"],
    ["Тихие Огни", "Òèõèå Îãíè"],
    ["Träume Wie Öl", "TrÃ¤ume Wie Ã–l"],
  ],
});

ruleOfTitles("notation", {
  not: [
    ["Tracks 11-12", "Tracks 2011 2012"],
    ["Songs 65-68", "Songs 65-69"],
    ["Nights On Elm St.", "Nights On Elm"],
    ["The Colour Of Rust", "The Colour Of Dust"],
    ["Blue Feuer", "Blu Feuer"],
    ["Alte Brüche", "Alte Broeche"],
    ["Alte Brüche 2", "Alte Brueche 3"],
    ["Alte Brüche", "Alte Brueche (Live)"],
    ["Lanterns 4 Gardens", "Lanterns 3 Gardens"],
    ["Lanterns 4 Gardens", "Lanterns Gardens"],
    ["Lanterns To Gardens", "Lanterns 2 Gardens"],
    ["Lanterns 4", "Lanterns For"],
    ["Lanterns, Vol. 4 Gardens", "Lanterns, Vol. For Gardens"],
    ["Page 4 Lovers", "Page For Lovers"],
    ["Route 4 4 Home", "Route For For Home"],
    ["U 4 Late", "You 3 Late"],
  ],
  same: [
    ["Songs 65-68", "Songs 1965–1968"],
    ["Works 1998-02", "Works 1998-2002"],
    ["Nights On Elm St.", "Nights On Elm Street"],
    ["St. Brendan's Boat", "Saint Brendan's Boat"],
    ["The Colour Of Rust", "The Color Of Rust"],
    ["Harbour Lights", "Harbor Lights"],
    ["Grey Theatre", "Gray Theater"],
    ["MTV Unplugged In Lagos", "Unplugged In Lagos"],
    ["Mr. Lantern", "Mister Lantern"],
    ["Alte Brüche", "Alte Brueche"],
    ["Über Zwölf Täler", "Ueber zwoelf Taeler (Remastered)"],
    ["Røde Bønner", "Roede Boenner"],
    ["Blå Åsar", "Blaa Aasar"],
    ["Lanterns 4 Your Garden", "Lanterns For Your Garden (Deluxe Edition)"],
    ["R U Still Sailing", "Are You Still Sailing?"],
    ["Nothing Rhymes 4 U", "Nothing Rhymes For You"],
    ["Supper W/ The Captain", "Supper With The Captain"],
    ["w/ The Captain", "With The Captain"],
    ["Nocturnes, Op. 9", "Nocturnes, Opus 9"],
  ],
});

ruleOfTitles("numbering", {
  not: [
    ["Siete Puertas", "8 Puertas"],
    ["Twenty Two Bells", "Twenty Bells"],
    ["Halbe Welt", "Welt"],
    ["Songs, Vols. 1 & 2", "Songs, Vols. 3 & 4"],
  ],
  same: [
    ["Siete Puertas", "7 Puertas"],
    ["Le Septième Jour", "Le 7ème Jour"],
    ["Quatre Murs", "4 Murs"],
    ["Zwölf Lieder", "12 Lieder"],
    ["Thirty Five Doors", "35 Doors"],
    ["Ninety Nine Doors", "99 Doors"],
    ["One Hundred Doors", "100 Doors"],
    ["Halbe Welt", "½ Welt"],
    ["Songs, Vols. 1 & 2", "Songs 1 & 2"],
  ],
});

ruleOfTitles("dated", {
  not: [
    ["Lantern Years", "1987 - Live Lantern Years"],
    ["1987", "1987 - Lantern Years"],
    ["Doors", "1987 Doors"],
  ],
  same: [
    ["Lantern Years", "1987 - Lantern Years"],
    ["Lantern Years", "(1987) Lantern Years"],
    ["Lantern Years", "1987 Lantern Years"],
    ["Doors", "1987 - Doors"],
  ],
});

ruleOfTitles("cut-off", {
  oneWay: true,
  not: [
    // Thirty letters as well, but with a number or a mark of identity behind the cut.
    ["Everything We Never Said To Him, Part Two", "Everything We Never Said To Hi"],
    ["Twelve Songs For A Dying River Live", "Twelve Songs For A Dying River"],
    ["Everything We Never Said To Him Live", "Everything We Never Said To Hi"],
    ["Everything We Never Said", "Everything We Never"],
  ],
  same: [
    ["Everything We Never Said To Him And Her", "Everything We Never Said To Hi"],
    ["Twelve Songs For A Dying River And Its Daughters", "Twelve Songs For A Dying River"],
    ["A Field Guide To The Lost Lakes Of Home", "A Field Guide to the Lost La.."],
  ],
});

ruleOfTitles("spelling", {
  not: [
    ["The Duck Parade", "The F*** Parade"],
    ["Holy Fog", "Holy F*** Parade"],
  ],
  same: [
    ["The Fuck Parade", "The F*** Parade"],
    ["Shitty Weather", "Sh*tty Weather"],
    ["Lost Über Den Fluss", "Lost Üb?r Den Fluss"],
  ],
});

ruleOfTitles("typo", {
  not: [
    ["Nightlife", "Nightlive"],
    ["Dark Trail Remix", "Dark Trial Demos"],
    ["Form", "From"],
    ["Second Coming", "Second Comings II"],
  ],
  same: [
    ["Delhi Nights", "Dehli Nights"],
    ["Sleeping Giants", "Sleeping Gaints"],
    ["Walking Through Windmills", "Walkin' Through Windmills"],
  ],
});

ruleOfTitles("catalogue-number", {
  not: [
    ["Low Signal", "Low Signal (Part 03)"],
    ["Low Signal (XYZ12)", "Low Signal (XYZ13)"],
    ["Low Signal", "Low Signal (1994-1995 Sessions)"],
    ["ABC001 Low Signal", "Low Signal (ABC002)"],
  ],
  same: [
    ["Low Signal", "Low Signal (697_124_027-2)"],
    ["Low Signal", "Low Signal [3075-2]"],
    ["Low Signal", "Low Signal (XY07)"],
    ["Low Signal", "Low Signal (kl092)"],
    ["Low Signal", "ABC001 Low Signal"],
    ["Low Signal", "Low Signal-(4511220700) WEB"],
  ],
});

ruleOfTitles("note", {
  not: [
    ["Distant Weather", "Distant Weather (Somebody's Version)"],
    ["Distant Weather", "Distant Weather (Recorded In Oslo)"],
    ["Distant Weather", "Distant Weather (Na żywo)"],
    ["Distant Weather", "Distant Weather (Im Konzert)"],
    ["Distant Weather", "Distant Weather (Acústico)"],
    ["Distant Weather", "Distant Weather - Ремиксы"],
    ["Distant Weather", "Distant Weather (Лучшее)"],
    ["Distant Weather", "Distant Weather (Le Meilleur)"],
    ["Distant Weather", "Distant Weather: Grandes Éxitos"],
    ["Distant Weather", "Distant Weather [Часть вторая]"],
    ["Distant Weather", "Distant Weather - The Oslo Show"],
    ["Distant Weather", "Distant Weather [Part Two]"],
    ["Distant Weather", "Distant Weather (12 Covers)"],
    ["Distant Weather", "Distant Weather (Band x Producer)"],
  ],
  same: [
    ["Distant Weather", "Distant Weather [Label House]"],
    ["Distant Weather", "Distant Weather (Re-Armed)"],
    ["Distant Weather", "Distant Weather [2003 Sony]"],
    ["Distant Weather", "Distant Weather (2005)"],
    ["Distant Weather", "Distant Weather - Dusk And Dawn"],
    ["Distant Weather", "Distant Weather_Dusk And Dawn"],
    ["Distant Weather", "Distant Weather (Deluxe Verison)"],
  ],
});

ruleOfTitles("own-subtitle", {
  not: [
    ["Glass Rivers", "Cactus (aka Live Rivers)"],
    ["Glass Rivers 2", "Night Label Presents Glass Rivers 3"],
  ],
  same: [
    ["Glass Rivers", "Untitled Three (aka Glass Rivers)"],
    ["Glass Rivers 2", "Night Label Presents: Glass Rivers Vol. 2"],
  ],
});

ruleOfTitles("translation", {
  not: [["Tokyo Nights", "東京の夜 (Osaka Nights)"]],
  same: [
    ["東京の夜", "Tokyo Nights (東京の夜)"],
    ["Tokyo Nights", "東京の夜 (Tokyo Nights)"],
  ],
});

ruleOfTitles("artist-in-title", {
  not: [
    ["Best Stories", "Best Stories By Somebody Else"],
    ["The Comets", "Cactus: The Comets II"],
  ],
  same: [
    ["Best Stories", "Best Stories By Cactus Meridian"],
    ["Best Stories", "Best Stories [Cactus Meridian]"],
    ["The Comets", "Meridian: The Comets"],
  ],
});

describe("self-titled", () => {
  test.each([
    ["Glass Pony", "Glass Pony II"],
    ["Glass Pony", "Glass Pony EP"],
    ["Glass Pony", "Glass Pony Live"],
    ["Glass Pony", "Glass Pony (Blue)"],
    ["Glass Pony", "Black Glass Pony Album"],
  ])("not: %s / %s", (record, album) => {
    expect(verdict("Glass Pony", [record, album]).type).toBe("artist_only");
  });

  test.each([
    ["Glass Pony", "Glass Pony I"],
    ["Glass Pony", "Glass Pony 1"],
    ["Glass Pony", "Glass Pony Album"],
    ["Glass Pony", "glass pony album"],
    ["Glass Pony", "Self-Titled"],
    ["Glass Pony", "S/T"],
    ["Glass Pony I", "Glass Pony (Remastered)"],
  ])("%s / %s", (record, album) => {
    expect(verdict("Glass Pony", [record, album]).rule).toBe("self-titled");
  });

  test("of two artists each has an album of his own name; of both it is one", () => {
    const albums = rows(["Ada Vole", "Ada Vole"], ["Ada Vole", "Ada Vole & Tom Crane"]);
    expect(idsOf(albums, ["Ada Vole", "Tom Crane"], "Ada Vole Tom Crane")).toEqual([2]);
  });

  test("where brackets tell several of one name apart, the bare name is none of them", () => {
    const albums = rows(
      ["Glass Pony", "Glass Pony (Blue)"],
      ["Glass Pony", "Glass Pony (Green)"],
      ["Glass Pony", "Glass Pony I"],
    );
    expect(idsOf(albums, ["Glass Pony"], "Glass Pony")).toEqual([]);
  });
});

describe("anniversary", () => {
  const artist = "Cactus Meridian";

  test.each([
    ["a number that is no anniversary", ["Signal Fires 17"], "Signal Fires"],
    ["a short name", ["Now 20"], "Now"],
    ["one of a series", ["Signal Fires 20", "Signal Fires 19"], "Signal Fires"],
  ])("not: %s", (_, titles, record) => {
    expect(idsOf(rows(...titles.map((title) => [artist, title] as const)), [artist], record)).toEqual([]);
  });

  test.each([
    ["Signal Fires", "Signal Fires 25"],
    ["Signal Fires", "Signal Fires XX"],
    ["Signal Fires XX", "Signal Fires"],
    ["Signal Fires", "Signal Fires 25 Super Deluxe Edition"],
  ])("%s / %s", (record, album) => {
    expect(verdict(artist, [record, album]).rule).toBe("anniversary");
    const both = rows([artist, "Signal Fires"], [artist, album]);
    expect(idsOf(both, [artist], "Signal Fires")).toContain(1);
  });
});

describe("best-of", () => {
  const collection = ["LP", "Compilation"];

  test("not: an album beside its collection", () => {
    const named = "Songs For The Long Road: The Best Of Ada Vole";
    expect(verdict("Ada Vole", ["Songs For The Long Road", named], lp).type).toBe("artist_only");
  });

  test("what a collection says of itself", () => {
    const kite = ["Paper Kite - The Best Of Ada Vole", "Paper Kite"] as const;
    expect(verdict("Ada Vole", kite, collection).rule).toBe("best-of");
    const named = "Songs For The Long Road: The Greatest Hits 1990-2001";
    expect(verdict("Ada Vole", [named, "Songs For The Long Road"], collection).rule).toBe("best-of");
    expect(verdict("Ada Vole", ["Songs For The Long Road", named], collection).rule).toBe("best-of");
  });
});

describe("half", () => {
  const single = ['7"', "Single"];
  const halves = rows(["Ada Vole", "Paper Kite"], ["Ada Vole", "Tin Moon"]);

  test("not: one side of a single", () => {
    expect(verdict("Ada Vole", ["Paper Kite / Tin Moon", "Paper Kite"], single).type).toBe("artist_only");
    expect(verdict("Ada Vole", ["Paper Kite / Tin Moon", "Paper Kite"], []).type).toBe("artist_only");
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite / Tin Moon"], lp).type).toBe("artist_only");
  });

  test("one of two albums on a disc, or both sides", () => {
    expect(verdict("Ada Vole", ["Paper Kite / Tin Moon", "Paper Kite"], lp).rule).toBe("half");
    expect(idsOf(halves, ["Ada Vole"], "Paper Kite / Tin Moon", single)).toEqual([1, 2]);
  });
});

describe("beside a tight row", () => {
  const artist = "Cactus Meridian";
  const albums = rows(
    [artist, "Distant Weather"],
    [artist, "Distant Waether"],
    [artist, "Distant Weather [Label House]"],
    [artist, "Distant Weather: The Long Way Home"],
    [artist, "Distant Weather EP"],
    [artist, "Distant Weather II"],
  );

  test("a slip and a note are credited; a subtitle, an EP and a sequel are not", () => {
    expect(idsOf(albums, [artist], "Distant Weather")).toEqual([1, 2, 3]);
  });

  test("an EP is credited where the record is one or says nothing", () => {
    expect(idsOf(albums, [artist], "Distant Weather", ["EP"])).toEqual([1, 2, 3, 5]);
    expect(idsOf(albums, [artist], "Distant Weather", [])).toEqual([1, 2, 3, 5]);
  });

  test("an EP beside editions of an album is another record than the album", () => {
    const edited = [...albums, ...rows(["", ""], ["", ""])].slice(0, 6);
    const deluxe = { ...edited[0], id: 7, artist, title: "Distant Weather (Deluxe)", playCount: 1 };
    expect(idsOf([...albums, deluxe], [artist], "Distant Weather", [])).toEqual([1, 2, 3, 7]);
  });
});

describe("a disc of a set", () => {
  test("has a name behind its number", () => {
    for (const album of [
      "Distant Weather CD2 - Extra Weather",
      "Distant Weather - CD2 - Extra",
      "Distant Weather (Disc 2: Extra)",
    ])
      expect(verdict("Ada Vole", ["Distant Weather", album]).rule).toBe("disc");
  });
});

describe("credits as sets", () => {
  test.each([
    [["Ada Vole"], "Ada Crane", "Paper Kite"],
    [["Earth, Wind & Iron"], "Wind", "Another Kite"],
    [["AB/CD"], "CD", "Paper Kite"],
    [["Ada Vole", "Tom Crane"], "Ada Crane & Tom Vole", "Paper Kite"],
  ])("not: %j / %s", (artists, artist, title) => {
    expect(createMatcher(rows([artist, "Paper Kite"])).match(releaseBy(artists, title, lp)).credited).toEqual(
      [],
    );
  });

  test.each([
    [["Ada Vole", "Tom Crane"], "Tom Crane & Ada Vole"],
    [["Ada Vole", "Tom Crane", "Joe Lark"], "Joe Lark, Ada Vole and Tom Crane"],
    [["Ada Vole & Tom Crane"], "Tom Crane feat. Ada Vole"],
    [["Ada Vole", "Tom Crane", "Joe Lark", "Kit Moss"], "Ada Vole & Tom Crane"],
    [["Ada Vole"], "Vole, Ada"],
    [["Vole, Ada"], "Ada Vole"],
    [["Ada Vole"], "Ada Vole/Night Vole"],
    [["Night Vole"], "Ada Vole/Night Vole"],
    [["Night Vole"], "Ada Vole (Night Vole)"],
  ])("%j / %s", (artists, artist) => {
    const match = createMatcher(rows([artist, "Paper Kite"])).match(releaseBy(artists, "Paper Kite", lp));
    expect(match.rule).toBe("credit");
  });

  test("a row under another spelling of the credit counts beside one under the same", () => {
    const albums = rows(
      ["Moss And The Glass Choir", "Moss And The Glass Choir"],
      ["Kit Moss", "Moss And The Glass Choir"],
    );
    expect(idsOf(albums, ["Moss And The Glass Choir"], "Moss And The Glass Choir")).toEqual([1, 2]);
  });

  test("letters in disguise are letters", () => {
    expect(verdict("M!sty", ["Paper Kite", "Paper Kite"]).rule).toBe("title");
    expect(
      createMatcher(rows(["Misty", "Paper Kite"])).match(releaseBy(["M!sty"], "Paper Kite", lp)).rule,
    ).toBe("title");
  });
});

describe("soundtracks", () => {
  test.each([
    ["Amber Line", "Amber Line (Music For The Joan Doe Film)"],
    ["Amber Line (Original Soundtrack)", "Amber Line (Musique Du Film)"],
    ["Amber Line (OST)", "Amber Line (Bande Originale Du Film De Joan Doe)"],
  ])("%s / %s", (record, album) => {
    expect(verdict("Ada Vole", [record, album]).credited.length).toBe(1);
  });

  test("not: a song from a film", () => {
    expect(verdict("Ada Vole", ["Amber Line", 'Amber Line (From "Another Film")']).type).toBe("artist_only");
  });
});
