import { namedColumns, type Column, type Field } from "../../src/output/field.ts";
import { describe, expect, test } from "vitest";
import { coloursFor, type Screen } from "../../src/output/screen.ts";
import { allRecordFields, type RecordLine } from "../../src/commands/shared/listing/record-columns.ts";
import { fittedTable, plainLines } from "../../src/output/table.ts";
import { widthOf } from "../../src/output/width.ts";
import { plainScreen } from "../support/plain-screen.ts";

const screen = (width: number, over: Partial<Screen> = {}): Screen => plainScreen({ width, ...over });

const record = (over: Partial<RecordLine>): RecordLine => ({
  id: 1,
  releaseId: 1,
  artist: "Can",
  title: "Tago Mago",
  originalYear: null,
  form: "2×LP",
  kind: "album",
  rating: 0,
  year: 2014,
  playCount: 251,
  lastPlayedUts: null,
  lastEverPlayedUts: null,
  matchType: "exact",
  confidence: 1,
  decidedBy: "matcher",
  spins: null,
  addedUts: null,
  paidCents: null,
  currency: null,
  costPerSpinCents: null,
  costPerPlayCents: null,
  artistPlays: null,
  copies: 1,
  ...over,
});

const rows = [
  record({ id: 412, artist: "Radiohead", title: "In Rainbows", form: "LP", playCount: 612 }),
  record({
    id: 931,
    artist: "Godspeed You! Black Emperor",
    title: "Lift Your Skinny Fists Like Antennas To Heaven",
    matchType: "fuzzy",
    confidence: 0.9,
  }),
  record({ id: 23, artist: "Miles Davis", title: "Kind Of Blue", copies: 3, year: null }),
  record({ id: 1540, artist: "椎名林檎", title: "無罪モラトリアム", form: "CD", decidedBy: "user" }),
  record({ id: 7, artist: "Sigur Rós", title: "\u001b[2J( )", matchType: "artist_only" }),
];

const usual = ["id", "artist", "title", "form", "year", "play_count", "last_played", "match_type"];

async function columns(at: Screen, names = usual): Promise<Column<RecordLine>[]> {
  const fields = allRecordFields as readonly Field<unknown>[];
  return namedColumns(fields, { colours: await coloursFor(at), screen: at }, { names });
}

async function headers(width: number): Promise<string[]> {
  const at = screen(width);
  return (fittedTable(await columns(at), rows, at)[0] ?? "").trim().split(/\s+/);
}

describe("on a terminal", () => {
  test("at 100 columns", async () => {
    const at = screen(100);
    expect(`\n${fittedTable(await columns(at), rows, at).join("\n")}`).toMatchInlineSnapshot(`
      "
         #  Artist                       Title                                    Form  Year Plays  Match
      ────  ───────────────────────────  ───────────────────────────────────────  ────  ──── ─────  ──────
       412  Radiohead                    In Rainbows                              LP    2014   612
       931  Godspeed You! Black Emperor  Lift Your Skinny Fists Like Ante…Heaven  2×LP  2014   251  ~.90
        23  Miles Davis                  Kind Of Blue ×3                          2×LP         251
      1540  椎名林檎                     無罪モラトリアム                         CD    2014   251  you
         7  Sigur Rós                    [2J( )                                   2×LP  2014   251  artist"
    `);
  });

  test("an empty column leaves first, then Year, and # never", async () => {
    expect(await headers(83)).toEqual(["#", "Artist", "Title", "Form", "Year", "Plays", "Match"]);
    expect(await headers(78)).toEqual(["#", "Artist", "Title", "Form", "Plays", "Match"]);
    expect(await headers(50)).toEqual(["#", "Artist", "Title", "Plays"]);
  });

  test("below 50 columns the figures of a record stand below its name, each with its own", async () => {
    const at = screen(48);
    expect(`\n${fittedTable(await columns(at), rows, at).join("\n")}`).toMatchInlineSnapshot(`
      "
       412  Radiohead · In Rainbows
        Form LP  Year 2014  Plays 612
       931  Godspeed You!… · Lift Your Skinny F…Heaven
        Form 2×LP  Year 2014  Plays 251  Match ~.90
        23  Miles Davis · Kind Of Blue ×3
        Form 2×LP  Plays 251
      1540  椎名林檎 · 無罪モラトリアム
        Form CD  Year 2014  Plays 251  Match you
         7  Sigur Rós · [2J( )
        Form 2×LP  Year 2014  Plays 251  Match artist"
    `);
  });

  test.each([1, 0])("free columns are used before a name is cut: with %i to spare", async (spare) => {
    const artist = "Godspeed You! Black Emperor And Friends From Montréal";
    const title = "Lift Your Skinny Fists Like Antennas To Heaven, All Four Sides Of It";
    const long = [record({ artist, title }), record({})];
    const shown = await columns(screen(200), ["id", "artist", "title", "play_count", "match_type"]);
    // "#", two gaps, " ", and three figures below "Plays": the column of matches is empty and leaves.
    const width = 1 + 2 + artist.length + 2 + title.length + 2 + 5 + spare;
    const lines = fittedTable(shown, long, screen(width));
    expect(lines[2]).toContain(artist);
    expect(lines[2]).toContain(title);
    const narrower = fittedTable(shown, long, screen(width - spare - 1));
    expect(narrower[2]).toContain("…");
    expect(widthOf(narrower[2] ?? "")).toBe(width - spare - 1);
  });
});

test("in a pipe nothing is cut and columns are aligned", async () => {
  const at = screen(80);
  const lines = [...plainLines(await columns(at), rows, at)];
  expect(lines.join("\n")).toContain("Lift Your Skinny Fists Like Antennas To Heaven");
  // Plays are the only three figures before two blanks or the end of the line.
  const places = lines.map((line) => widthOf(line.slice(0, /(612|251)(?!\d)/.exec(line)?.index)));
  expect(new Set(places).size).toBe(1);
});

test("in a pipe a long name takes the space of the cells behind it, so that what follows stays aligned", async () => {
  const at = screen(80, { isTerminal: false });
  const columnsAt = (await columns(at)).slice(0, 4);
  const two = [record({ artist: "A".repeat(33), title: "Low" }), record({ title: "B".repeat(12) })];
  expect([...plainLines(columnsAt, two, at)]).toEqual([
    `1  ${"A".repeat(33)}  ${"Low".padEnd(7)}  2×LP`,
    `1  ${"Can".padEnd(28)}  ${"B".repeat(12)}  2×LP`,
  ]);
});

test("in a pipe artists and titles are padded to their most, what is longer runs over, the last is never padded", async () => {
  const at = screen(80, { isTerminal: false });
  const long = "A".repeat(300);
  const columnsAt = (await columns(at)).slice(0, 3);
  const three = [record({ artist: long, title: "B".repeat(90) }), record({}), record({ title: "C" })];
  expect([...plainLines(columnsAt, three, at)]).toEqual([
    `1  ${long}  ${"B".repeat(90)}`,
    `1  ${"Can".padEnd(28)}  Tago Mago`,
    `1  ${"Can".padEnd(28)}  C`,
  ]);
});
