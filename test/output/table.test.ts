import { buildColumns, type Column, type Field } from "../../src/output/field.ts";
import { describe, expect, test } from "vitest";
import { loadColours, type Terminal } from "../../src/output/terminal.ts";
import { allRecordFields, type RecordLine } from "../../src/commands/shared/listing/record-fields.ts";
import { renderTable, renderPlainRows } from "../../src/output/table.ts";
import { measureWidth } from "../../src/output/width.ts";
import { createPlainTerminal } from "../support/plain-terminal.ts";

const createTerminal = (width: number, over: Partial<Terminal> = {}): Terminal =>
  createPlainTerminal({ width, ...over });

const buildRecordLine = (over: Partial<RecordLine>): RecordLine => ({
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
  buildRecordLine({ id: 412, artist: "Radiohead", title: "In Rainbows", form: "LP", playCount: 612 }),
  buildRecordLine({
    id: 931,
    artist: "Godspeed You! Black Emperor",
    title: "Lift Your Skinny Fists Like Antennas To Heaven",
    matchType: "fuzzy",
    confidence: 0.9,
  }),
  buildRecordLine({ id: 23, artist: "Miles Davis", title: "Kind Of Blue", copies: 3, year: null }),
  buildRecordLine({ id: 1540, artist: "椎名林檎", title: "無罪モラトリアム", form: "CD", decidedBy: "user" }),
  buildRecordLine({ id: 7, artist: "Sigur Rós", title: "\u001b[2J( )", matchType: "artist_only" }),
];

const defaultColumns = ["id", "artist", "title", "form", "year", "play_count", "last_played", "match_type"];

async function selectColumns(at: Terminal, names = defaultColumns): Promise<Column<RecordLine>[]> {
  const fields = allRecordFields as readonly Field<unknown>[];
  return buildColumns(fields, { colours: await loadColours(at), screen: at }, { names });
}

async function readHeaders(width: number): Promise<string[]> {
  const at = createTerminal(width);
  return (renderTable(await selectColumns(at), rows, at)[0] ?? "").trim().split(/\s+/);
}

describe("on a terminal", () => {
  test("shows every column at 100 columns", async () => {
    const at = createTerminal(100);
    expect(`\n${renderTable(await selectColumns(at), rows, at).join("\n")}`).toMatchInlineSnapshot(`
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

  test("drops an empty column first, then Year, and never #", async () => {
    expect(await readHeaders(83)).toEqual(["#", "Artist", "Title", "Form", "Year", "Plays", "Match"]);
    expect(await readHeaders(78)).toEqual(["#", "Artist", "Title", "Form", "Plays", "Match"]);
    expect(await readHeaders(50)).toEqual(["#", "Artist", "Title", "Plays"]);
  });

  test("shows the figures of a record below its name under 50 columns", async () => {
    const at = createTerminal(48);
    expect(`\n${renderTable(await selectColumns(at), rows, at).join("\n")}`).toMatchInlineSnapshot(`
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

  test.each([1, 0])("uses free columns before it cuts a name: with %i to spare", async (spare) => {
    const artist = "Godspeed You! Black Emperor And Friends From Montréal";
    const title = "Lift Your Skinny Fists Like Antennas To Heaven, All Four Sides Of It";
    const long = [buildRecordLine({ artist, title }), buildRecordLine({})];
    const shown = await selectColumns(createTerminal(200), [
      "id",
      "artist",
      "title",
      "play_count",
      "match_type",
    ]);
    // "#", two gaps, " ", and three figures below "Plays": the column of matches is empty and leaves.
    const width = 1 + 2 + artist.length + 2 + title.length + 2 + 5 + spare;
    const lines = renderTable(shown, long, createTerminal(width));
    expect(lines[2]).toContain(artist);
    expect(lines[2]).toContain(title);
    const narrower = renderTable(shown, long, createTerminal(width - spare - 1));
    expect(narrower[2]).toContain("…");
    expect(measureWidth(narrower[2] ?? "")).toBe(width - spare - 1);
  });
});

test("aligns columns and cuts nothing in a pipe", async () => {
  const at = createTerminal(80);
  const lines = [...renderPlainRows(await selectColumns(at), rows, at)];
  expect(lines.join("\n")).toContain("Lift Your Skinny Fists Like Antennas To Heaven");
  // Plays are the only three figures before two blanks or the end of the line.
  const places = lines.map((line) => measureWidth(line.slice(0, /(612|251)(?!\d)/.exec(line)?.index)));
  expect(new Set(places).size).toBe(1);
});

test("in a pipe a long name takes the space of the cells behind it, so that what follows stays aligned", async () => {
  const at = createTerminal(80, { isTerminal: false });
  const columnsAt = (await selectColumns(at)).slice(0, 4);
  const two = [
    buildRecordLine({ artist: "A".repeat(33), title: "Low" }),
    buildRecordLine({ title: "B".repeat(12) }),
  ];
  expect([...renderPlainRows(columnsAt, two, at)]).toEqual([
    `1  ${"A".repeat(33)}  ${"Low".padEnd(7)}  2×LP`,
    `1  ${"Can".padEnd(28)}  ${"B".repeat(12)}  2×LP`,
  ]);
});

test("pads artists and titles up to a maximum in a pipe, but never the last column", async () => {
  const at = createTerminal(80, { isTerminal: false });
  const long = "A".repeat(300);
  const columnsAt = (await selectColumns(at)).slice(0, 3);
  const three = [
    buildRecordLine({ artist: long, title: "B".repeat(90) }),
    buildRecordLine({}),
    buildRecordLine({ title: "C" }),
  ];
  expect([...renderPlainRows(columnsAt, three, at)]).toEqual([
    `1  ${long}  ${"B".repeat(90)}`,
    `1  ${"Can".padEnd(28)}  Tago Mago`,
    `1  ${"Can".padEnd(28)}  C`,
  ]);
});
