// Shapes of tracklists, each made by hand after what releases really have.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../src/model/model.ts";
import { listPlayableTracks } from "../../src/model/playable-tracks.ts";

type Row = string | { readonly index: string; readonly parts: readonly string[]; readonly length?: number };

/** "A1 Title 3:20", "- Heading", " Title" without a position. */
function parseTrack(row: string): ListedTrack {
  const isHeading = row.startsWith("- ");
  const [, position = "", title = "", minutes, seconds] =
    /^(\S*) (.+?)(?: (\d+):(\d\d))?$/.exec(isHeading ? row.slice(1) : row) ?? [];
  return {
    kind: isHeading ? "heading" : "track",
    position,
    title,
    durationSeconds: minutes === undefined ? null : Number(minutes) * 60 + Number(seconds),
    artists: [],
    parts: [],
  };
}

function buildTracklist(rows: readonly Row[]): ListedTrack[] {
  return rows.map((row) => {
    if (typeof row === "string") return parseTrack(row);
    const index = parseTrack(row.index);
    return { ...index, kind: "index", durationSeconds: row.length ?? null, parts: row.parts.map(parseTrack) };
  });
}

/** "1A A1 Title 200", disc and side first */
function formatTracks(rows: readonly Row[]): string[] {
  return listPlayableTracks(buildTracklist(rows)).map(({ disc, side, position, title, durationSeconds }) =>
    [`${disc}${side ?? ""}`, position, title, durationSeconds ?? ""].join(" ").trim(),
  );
}

const shapes: readonly (readonly [string, readonly Row[], readonly string[]])[] = [
  ["nothing", [], []],
  ["a CD", ["1 One 3:20", "2 Two"], ["1 1 One 200", "1 2 Two"]],
  ["an LP", ["A1 One", "A2 Two", "B1 Three"], ["1A A1 One", "1A A2 Two", "1B B1 Three"]],
  ["a single of two sides", ["A One", "B Two"], ["1A A One", "1B B Two"]],
  ["a single of A and AA", ["A One", "AA Two"], ["1A A One", "1AA AA Two"]],
  ["A and AA with numbers", ["A1 One", "AA1 Two"], ["1A A1 One", "1AA AA1 Two"]],
  ["a double LP", ["A1 a", "B1 b", "C1 c", "D1 d"], ["1A A1 a", "1B B1 b", "2C C1 c", "2D D1 d"]],
  ["a side that is one track", ["A1 a", "B b"], ["1A A1 a", "1B B b"]],
  ["a triple LP", ["A1 a", "C1 c", "E1 e", "F1 f"], ["1A A1 a", "2C C1 c", "3E E1 e", "3F F1 f"]],
  [
    "sides beyond Z",
    ["Y1 y", "B1 b", "AA1 aa", "AB1 ab"],
    ["13Y Y1 y", "1B B1 b", "14AA AA1 aa", "14AB AB1 ab"],
  ],
  ["a double CD", ["1-1 a", "1-2 b", "2-1 c"], ["1 1-1 a", "1 1-2 b", "2 2-1 c"]],
  ["a double CD with leading zeros", ["1-01 a", "2-01 c"], ["1 1-01 a", "2 2-01 c"]],
  ["a double CD with its medium", ["CD1-1 a", "CD2-3 b"], ["1 CD1-1 a", "2 CD2-3 b"]],
  ["discs with sides of their own", ["1-A1 a", "1-B1 b", "2-A1 c"], ["1A 1-A1 a", "1B 1-B1 b", "2A 2-A1 c"]],
  ["LPs with sides of their own", ["LP1-A1 a", "LP2-A1 c"], ["1A LP1-A1 a", "2A LP2-A1 c"]],
  ["an LP with a CD", ["A1 a", "B1 b", "CD1 c", "CD2 d"], ["1A A1 a", "1B B1 b", "2 CD1 c", "2 CD2 d"]],
  ["a double LP with a CD", ["A1 a", "C1 b", "CD-1 c"], ["1A A1 a", "2C C1 b", "3 CD-1 c"]],
  ["CDs with a DVD", ["CD1-1 a", "CD2-1 b", "DVD1-1 c"], ["1 CD1-1 a", "2 CD2-1 b", "3 DVD1-1 c"]],
  ["discs and tracks with dots", ["1.1 a", "1.2 b", "2.1 c"], ["1 1.1 a", "1 1.2 b", "2 2.1 c"]],
  ["parts of sides in small letters", ["a1a x", "a1b y", "a2 z"], ["1A a1 x / y", "1A a2 z"]],
  ["sides in small letters alone", ["a One", "b Two"], ["1A a One", "1B b Two"]],
  ["numbers with a full stop", ["1. One", "2. Two", "3.* Three"], ["1 1. One", "1 2. Two", "1 3.* Three"]],
  ["sides with a full stop", ["A1. One", "B1: Two"], ["1A A1. One", "1B B1: Two"]],
  ["sides in small letters", ["a1 One", "b1 Two"], ["1A a1 One", "1B b1 Two"]],
  ["positions with a dash", ["A-1 a", "B-1 b"], ["1A A-1 a", "1B B-1 b"]],
  [
    "Roman numbers",
    ["I a", "II b", "III c", "IV d", "V e"],
    ["1 I a", "1 II b", "1 III c", "1 IV d", "1 V e"],
  ],
  ["no positions at all", [" a", " b"], ["1  a", "1  b"]],
  ["a track without position among others", ["A1 a", " b", "B1 c"], ["1A A1 a", "1A  b", "1B B1 c"]],
  ["a position in no known form", ["A1 a", "?? b", "B1 c"], ["1A A1 a", "1A ?? b", "1B B1 c"]],
  ["a heading", ["- Overture", "A1 a"], ["1A A1 a"]],
  ["discs by headings", ["- Disc 1", "1 a", "- Disc 2", "1 b"], ["1 1 a", "2 1 b"]],
  ["discs by headings in words", ["- CD One: Live", "1 a", "- CD Two: Studio", "1 b"], ["1 1 a", "2 1 b"]],
  ["sides by headings", ["- Side A", "1 a", "- Side B", "1 b"], ["1A 1 a", "1B 1 b"]],
  ["sides by numbers", ["- Side 1", "1 a", "- Side Three", "1 b"], ["1A 1 a", "2C 1 b"]],
  ["a heading that is no disc", ["1 a", "- Bonus Tracks", "2 b"], ["1 1 a", "1 2 b"]],
  ["parts under an index", [{ index: " Suite", parts: ["B4.1 x 1:00", "B4.2 y 2:00"] }], ["1B B4 Suite 180"]],
  ["parts in letters", [{ index: "5 Suite", parts: ["5a x", "5b y"], length: 700 }], ["1 5 Suite 700"]],
  ["parts without positions", [{ index: "3 Suite", parts: [" x", " y"], length: 400 }], ["1 3 Suite 400"]],
  ["an index without position, parts without", [{ index: " Suite", parts: [" x 1:00", " y"] }], ["1  Suite"]],
  ["one part alone", [{ index: "A1 Suite", parts: ["A1.1 x 1:00"] }], ["1A A1 Suite 60"]],
  [
    "tracks under an index",
    [{ index: " Concerto", parts: ["A1 Allegro 4:00", "A2 Adagio"] }],
    ["1A A1 Allegro 240", "1A A2 Adagio"],
  ],
  [
    "tracks under an index across sides",
    [{ index: " Symphony", parts: ["A3 One", "B1 Two", "C1 Three"] }],
    ["1A A3 One", "1B B1 Two", "2C C1 Three"],
  ],
  [
    "parts of several numbers under one index",
    [{ index: " Opera", parts: ["1.1 a 1:00", "1.2 b 1:00", "2.1 c", "2.2 d"] }],
    ["1 1 a / b 120", "1 2 c / d"],
  ],
  ["parts without an index", ["A1.1 x 1:00", "A1.2 y 1:30", "A2 z"], ["1A A1 x / y 150", "1A A2 z"]],
  ["parts in letters without an index", ["1 w", "2a x", "2b y"], ["1 1 w", "1 2 x / y"]],
  ["a letter behind one track alone", ["A1 w", "A2a x", "A3 y"], ["1A A1 w", "1A A2a x", "1A A3 y"]],
  [
    "an index between tracks",
    ["A1 a", { index: "A2 Suite", parts: [" x", " y"] }, "B1 b"],
    ["1A A1 a", "1A A2 Suite", "1B B1 b"],
  ],
];

test.each(shapes)("%s", (_, rows, expected) => {
  expect(formatTracks(rows)).toEqual(expected);
});

const buildCredit = (name: string): ListedTrack["artists"][number] => ({ id: 1, name, anv: "", join: "" });

test("tracks under an index have its artists, unless they have their own", () => {
  const parts = [parseTrack("A1 One"), { ...parseTrack("A2 Two"), artists: [buildCredit("Soloist")] }];
  const index: ListedTrack = {
    ...parseTrack(" Concerto"),
    kind: "index",
    artists: [buildCredit("Orchestra")],
    parts,
  };
  expect(listPlayableTracks([index]).map(({ artists }) => artists[0]?.name)).toEqual([
    "Orchestra",
    "Soloist",
  ]);
});

test("reads a side separated from the number by a space", () => {
  const list = ["A 1", "A 2", "B 1"].map((position) => ({ ...parseTrack(`${position[0]} Title`), position }));
  expect(listPlayableTracks(list).map(({ side, position }) => `${side} ${position}`)).toEqual([
    "A A 1",
    "A A 2",
    "B B 1",
  ]);
});
