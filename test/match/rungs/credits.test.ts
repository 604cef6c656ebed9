// Artists credited otherwise on the other side: first the names that are as near and are others, then those that are the same.
import { describe, expect, test } from "vitest";
import { createMatcher, type Match } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";

type Names = readonly [artists: readonly string[], artist: string];

const lp = ["LP", "Album"];
const title = "Paper Kites At Dusk";

function credited(artists: readonly string[], record: string, artist: string, album: string): Match {
  return createMatcher(rows([artist, album])).match(releaseBy(artists, record, lp));
}

/** Near-misses that no rule may credit, then names of one artist, whichever side has which. */
function rule(
  name: string,
  cases: { readonly not: readonly Names[]; readonly same: readonly Names[] },
): void {
  describe(`the rule of ${name}`, () => {
    test.each(cases.not)("not: %j / %s", (artists, artist) => {
      expect(credited(artists, title, artist, title).credited).toEqual([]);
    });
    test.each(cases.same)("%j / %s", (artists, artist) => {
      expect(credited(artists, title, artist, title).credited.length).toBe(1);
      // The other way round several artists are one name.
      expect(credited([artist], title, artists.join(" & "), title).credited.length).toBe(1);
    });
  });
}

rule("a nickname in quotes", {
  not: [
    [["Otto “Slim” Vane"], "Ada Vane"],
    [['"Slim" Vane'], "Otto Vane"],
  ],
  same: [
    [["Otto Vane"], 'Otto "Slim" Vane'],
    [["Otto Slim Vane"], "Otto “Slim” Vane"],
    [["Otto 'Slim' Vane"], "Otto Vane"],
    [["Otto Vane", "The Night Choir"], 'Otto "Slim" Vane & The Night Choir'],
  ],
});

rule("whose band it is", {
  not: [
    [["Otto Vane And His Orchestra"], "Otto Vane And His Quartet"],
    [["Mother Vane Band"], "Mother And Her"],
  ],
  same: [
    [["Otto Vane And His Orchestra"], "Otto Vane Orchestra"],
    [["Otto Vane And The Glass Band"], "Otto Vane & His Glass Band"],
    [["Ada Vane & Her Night Choir"], "Ada Vane And The Night Choir"],
  ],
});

rule("other joints and another order", {
  not: [
    [["Ada Vane - Otto Crane"], "Otto Vane - Ada Crane"],
    [["Ada-Otto"], "Otto Ada"],
    [["AB/CD"], "CD/AB"],
  ],
  same: [
    [["Ada Vane - Otto Crane"], "Otto Crane & Ada Vane"],
    [["Ada Vane", "Otto Crane", "Kit Moss"], "Kit Moss – Ada Vane – Otto Crane"],
    [["Vane/Moth"], "Moth/Vane"],
    [["Ada Vane och Otto Crane"], "Otto Crane & Ada Vane"],
    [["Ада Вейн и Отто Крейн"], "Отто Крейн & Ада Вейн"],
    [["Ada Vane w/ Otto Crane"], "Otto Crane feat. Ada Vane"],
  ],
});

rule("joined names by their last words", {
  not: [
    [["Ada Vane", "Otto Crane"], "Ada Crane & Otto Vane"],
    [["Ada Vane", "Otto Crane"], "Mira Vane & Otto Crane"],
  ],
  same: [
    [["Ada Vane", "Otto Crane"], "Vane & Crane"],
    [["Ada Vane", "Otto Crane"], "Crane, Vane"],
    [["Vane - Crane - Moth"], "Ada Vane, Otto Crane & Moth"],
  ],
});

rule("umlauts spelled out", {
  not: [
    [["Die Köche"], "Die Kueche"],
    [["Die Öfen"], "Die Oefner"],
  ],
  same: [
    [["Die Räuber"], "Die Raeuber"],
    [["Høst"], "Hoest"],
    [["Blå Jürgen"], "Blaa Juergen"],
    [["Die Räuber"], "Die Rauber"],
  ],
});

rule("articles of other languages", {
  not: [
    [["Los Faros"], "Las Faros"],
    [["Die Bad"], "Bad"],
    [["El Faro Rojo"], "Faro Azul"],
  ],
  same: [
    [["Los Faros"], "Faros"],
    [["Die Leuchttürme"], "Leuchttürme"],
    [["Os Navegantes Da Noite"], "Navegantes da Noite"],
  ],
});

rule("the family name on the other side", {
  not: [
    [["Ada Vane"], "Vane Otto"],
    [["Ada Vane"], "Vane Ada Moss"],
    [["Ada-Vane"], "Vane Ada"],
  ],
  same: [
    [["Ada Vane"], "Vane Ada"],
    [["Tōru Vané"], "Vane Toru"],
  ],
});

rule("numbers in words", {
  not: [
    [["Thirty Paces To Jupiter"], "31 Paces To Jupiter"],
    [["Sons II"], "Sons"],
  ],
  same: [
    [["Thirty Paces To Jupiter"], "30 Paces To Jupiter"],
    [["Twenty Two Cold Suns"], "22 Cold Suns"],
  ],
});

rule("a country behind the name", {
  not: [[["The Harbours UK"], "The Harbours US"]],
  same: [
    [["The Harbours"], "The Harbours UK"],
    [["The Harbours"], "The Harbours (US)"],
    [["The Harbours"], "Harbours UK"],
  ],
});

rule("letters in disguise", {
  not: [[["Marvi$ Cole"], "Marvin Cole"]],
  same: [
    [["Marvi$ Cole"], "Marvis Cole"],
    [["$ilent Cole$"], "Silent Coles"],
  ],
});

const composed = ["Otto Albert Vane", "Ada Crane", "The Moss Quartet"];

type Credit = readonly [artists: readonly string[], record: string, artist: string, album: string];

describe("names of a record's other artists in a title", () => {
  test.each<Credit>([
    [composed, "String Quintet", "Ada Crane", "Lark: String Quintet"],
    [composed, "String Quintet", "Ada Crane", "String Quintet (Kit Lark)"],
    [composed, "String Quintet", "Ada Crane", "String Quintet (Ada Crane & Kit Lark)"],
    [composed, "String Quintet", "Ada Crane", "B.A. Vane: String Quintet"],
    [composed, "String Quintet", "Ada Crane", "Vane: String Quintet Live"],
    [composed, "String Quintet", "Kit Lark", "Vane: String Quintet"],
    [composed, "String Quintet", "Ada Crane", "Vane: Piano Quintet"],
    [composed, "String Quintet No. 1", "Ada Crane", "Vane: String Quintet No. 2"],
    [composed, "Symphonie Nr. 4", "Ada Crane", "Vane: Symphony No. 5"],
    [composed, "String Quintet", "The Moss Quartet", "Vane: String Quintet - Kit Lark"],
    [composed, "String Quintet", "Ada Crane, Kit Lark", "String Quintet"],
    [["Ada Crane And The Night Choir"], "Ada Crane And The Night Choir Chase Moths", "Ada Crane", "Moths"],
    [["Ada Crane", "Kit Lark"], "Ada Crane / Kit Lark", "Kit Lark", "Kit Lark"],
    [["Ada Crane", "Kit Lark"], "At The Old Mill", "Ada Crane", "Ada Crane With Otto Vane At The Old Mill"],
    [["Ada Crane", "Kit Lark"], "Slow Moths", "Ada Crane", "Slow Moths With Otto Vane"],
    [["Ada Crane", "Kit Lark"], "Ada Crane And Kit Lark Moths", "Ada Crane", "Moths"],
  ])("not: %j – %s / %s – %s", (...given) => {
    expect(credited(...given).credited).toEqual([]);
  });

  test.each<Credit>([
    [composed, "String Quintet", "Ada Crane", "Vane: String Quintet"],
    [composed, "String Quintet", "Ada Crane", "Vane - String Quintet"],
    [composed, "String Quintet", "Ada Crane", "O.A. Vane: String Quintet"],
    [composed, "String Quintet", "The Moss Quartet", "Otto Albert Vane: String Quintet (Remastered)"],
    [composed, "String Quintet", "Ada Crane, The Moss Quartet", "Vane: String Quintet"],
    [composed, "String Quintet", "Otto Albert Vane", "String Quintet (Ada Crane, The Moss Quartet)"],
    [composed, "String Quintet", "Otto Albert Vane", "String Quintet - Ada Crane"],
    [composed, "String Quintet", "The Moss Quartet/Ada Crane", "String Quintet"],
    [composed, "Vane: String Quintet", "Ada Crane", "String Quintet"],
    [composed, "String Quintet", "The Moss Quartet", "Vane: String Quintet - Ada Crane"],
    [composed, "Symphonie Nr. 4", "Ada Crane", "Vane: Symphony No. 4"],
    [composed, "Vane: String Quintet", "Ada Crane", "Otto Albert Vane: String Quintet"],
    [["Ada Crane", "Kit Lark"], "Slow Moths", "Ada Crane", "Slow Moths (Ada Crane & Kit Lark)"],
    [["Ada Crane", "Kit Lark"], "At The Old Mill", "Ada Crane", "Ada Crane With Kit Lark At The Old Mill"],
    [["Ada Crane", "Kit Lark"], "Ada Crane And Kit Lark Hunt The Moth", "Ada Crane", "Hunt The Moth"],
    [["Ada Crane", "Kit Lark"], "Slow Moths", "Ada Crane", "Slow Moths With Kit Lark"],
    [["Ada Crane & Kit Lark"], "Slow Moths With Ada Crane And Kit Lark", "Ada Crane", "Slow Moths"],
    [
      ["Ada Crane And The Night Choir"],
      "Ada Crane And The Night Choir Chase Moths",
      "Ada Crane",
      "Chase Moths",
    ],
  ])("%j – %s / %s – %s", (...given) => {
    expect(credited(...given).rule).toBe("credit");
  });

  test("under all of them", () => {
    const all = "Otto Albert Vane, Ada Crane & The Moss Quartet";
    expect(credited(composed, "String Quintet", all, "Vane: String Quintet").rule).toBe("artist-in-title");
  });
});

test("an album called after both, in whatever order they are credited", () => {
  const both = "Ada Crane - Kit Lark";
  const given = [["Kit Lark", "Ada Crane"], both, "Ada Crane & Kit Lark"] as const;
  expect(credited(...given, "Ada Crane & Kit Lark").rule).toBe("self-titled");
  expect(credited(...given, "Ada Crane & Kit Lark II").credited).toEqual([]);
  expect(credited(["Kit Lark", "Ada Crane"], both, "Ada Crane", "Ada Crane").credited).toEqual([]);
});

describe("a near title under another credit", () => {
  test.each<Credit>([
    [["Ada Crane Trio"], "Ada Crane At The Mill (Live)", "Ada Crane", "At The Mill"],
    [["Ada Crane Trio"], "The Long Mill", "Ada Crane", "The Long Mill (A Winter's Tale)"],
    [["Ada Crane"], "The Long Mill (A Winter's Tale)", "Otto Vane", "The Long Mill"],
    [["Ada Crane Trio"], "Mill (A Tale)", "Ada Crane", "Mill"],
  ])("not: %j – %s / %s – %s", (...given) => {
    expect(credited(...given).credited).toEqual([]);
  });

  test.each<Credit>([
    [["Ada Crane Trio"], "Ada Crane At The Long Mill", "Ada Crane", "At The Long Mill"],
    [["Ada Crane"], "The Long Mill (A Winter's Tale)", "Ada Crane - The Night Choir", "The Long Mill"],
    [["Ada Crane - The Night Choir"], "The Long Mill - A Winter's Tale", "Ada Crane", "The Long Mill"],
  ])("%j – %s / %s – %s", (...given) => {
    expect(credited(...given).credited).toHaveLength(1);
  });
});

describe("a series that names whose part it is", () => {
  test.each<Credit>([
    [["Ada Crane"], "Slow Night Radio", "Various Artists", "Slow Night Radio: Kit Lark"],
    [["Ada Crane"], "Slow Night Radio", "Various Artists", "Slow Night Radio"],
    [["Ada Crane"], "Slow Night Radio 3", "Various Artists", "Slow Night Radio 4: Ada Crane"],
    [["Ada Crane"], "Slow Night Radio", "Various Artists", "Slow Night Radio: Ada Crane & Kit Lark"],
    [["Ada Crane", "Kit Lark"], "Slow Night Radio", "Various Artists", "Slow Night Radio: Kit Lark"],
    [["Ada Crane"], "Slow Night Radio", "Various Artists", "Slow Night Radio: Crane"],
    [["Ada Crane"], "Remixed", "Various Artists", "Remixed: Ada Crane"],
    [["Ada Crane"], "Live", "Ada Crane", "Live: Ada Crane 2"],
    [["Various"], "Slow Night Radio: Kit Lark", "Ada Crane", "Slow Night Radio"],
    [["Various"], "The Singles: Ada Crane", "Ada Crane", "The Singles"],
  ])("not: %j – %s / %s – %s", (...given) => {
    expect(credited(...given).credited).toEqual([]);
  });

  test.each<Credit>([
    [["Ada Crane"], "Slow Night Radio", "Various Artists", "Slow Night Radio: Ada Crane"],
    [["Ada Crane"], "Slow Night Radio", "VA", "Slow Night Radio (Ada Crane)"],
    [["Ada Crane"], "Slow Night Radio", "Various", "Ada Crane - Slow Night Radio"],
    [["Ada Crane"], "Slow Night Radio.03", "Various Artists", "Slow Night Radio 3: Ada Crane"],
    [["Ada Crane", "Kit Lark"], "Slow Night Radio", "VA", "Slow Night Radio: Kit Lark & Ada Crane"],
    [["Various"], "Slow Night Radio: Ada Crane", "Ada Crane", "Slow Night Radio"],
    [["Various"], "Slow Night Radio 03: Ada Crane", "Ada Crane", "Slow Night Radio 3 (Remastered)"],
  ])("%j – %s / %s – %s", (...given) => {
    expect(credited(...given).rule).toBe("credit");
  });

  test("by the artist", () => {
    const given = [["Ada Crane"], "Slow Night Radio", "Ada Crane"] as const;
    expect(credited(...given, "Slow Night Radio: Ada Crane").rule).toBe("artist-in-title");
    expect(credited(...given, "Slow Night Radio (Ada Crane)").rule).toBe("artist-in-title");
    expect(credited(...given, "Slow Night Radio: Kit Lark").rule).not.toBe("artist-in-title");
  });
});

describe("a split release", () => {
  const record = [["Ada Crane", "Kit Lark"], "Paper Kite / Tin Moon"] as const;

  test.each([
    ["by the other", "Kit Lark", "Paper Kite"],
    ["by somebody else", "Otto Vane", "Tin Moon"],
    ["a live one", "Ada Crane", "Paper Kite (Live)"],
  ])("not: %s", (_, artist, album) => {
    expect(credited(...record, artist, album).credited).toEqual([]);
  });

  test("not: one side of a single", () => {
    const albums = rows(["Ada Crane", "Paper Kite"]);
    expect(createMatcher(albums).match(releaseBy(...record, ['7"', "Single"])).credited).toEqual([]);
  });

  test("each half by its own artist", () => {
    const albums = rows(["Ada Crane", "Paper Kite"], ["Kit Lark", "Tin Moon"]);
    expect(credited(...record, "Ada Crane", "Paper Kite").rule).toBe("half");
    for (const artists of [["Ada Crane", "Kit Lark"], ["Ada Crane / Kit Lark"]])
      expect(createMatcher(albums).match(releaseBy(artists, record[1], lp)).credited.length).toBe(2);
    expect(createMatcher(albums).match(releaseBy(...record, ['7"', "Single"])).credited.length).toBe(2);
  });
});
