// The year an album was first released, in every filter and on every screen.
import { readCsv } from "../support/csv-reader.ts";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { nowUts, smallShelf, type SmallShelf } from "../support/small-shelf.ts";

const terminal = { tty: true, columns: 120, env: { NO_COLOR: "1" } };

/** Three pressings: of 1959, of another year that is the first, and of an album of which nobody told. */
async function shelf(): Promise<SmallShelf> {
  const made = await smallShelf({
    records: [
      { release: 1, master: 11, artist: "Miles Davis", title: "Kind Of Blue", year: 1997 },
      { release: 2, master: 12, artist: "Can", title: "Tago Mago", year: 1971 },
      { release: 3, artist: "Nobody Known", title: "Lost", year: 2004 },
    ],
    albums: [{ artist: "Miles Davis", title: "Kind Of Blue", plays: 12 }],
  });
  const database = openDatabase(made.path, { mode: "write" });
  database?.exec(`
    UPDATE release SET original_year = iif(id = 1, 1959, 1971) WHERE id < 3;
    UPDATE release SET said_kind = 'album' WHERE id = 1;
    INSERT INTO musicbrainz_group VALUES (11, '00000000-0000-0000-0000-000000000001', 'Kind Of Blue', 1959, 'EP', '[]')`);
  database?.close();
  return made;
}

const now = nowUts * 1000;

test("filter, sort and column: a column of its own where the question is of it", async () => {
  const { home } = await shelf();
  const ask = (...argv: string[]) => runCli(["xref", ...argv], { home, now, ...terminal });
  const filtered = await ask("--original-year", "1950s");
  expect(filtered.stdout).toContain("Kind Of Blue");
  expect(filtered.stdout).not.toContain("Tago Mago");
  expect(filtered.stdout).toMatch(/Year +First/);
  expect(filtered.stdout).toMatch(/1997 +1959/);
  const sorted = (await ask("--sort", "original-year")).stdout;
  expect(sorted.indexOf("Kind Of Blue")).toBeLessThan(sorted.indexOf("Tago Mago"));
  expect(sorted.indexOf("Tago Mago")).toBeLessThan(sorted.indexOf("Lost"));
  expect((await ask()).stdout).not.toContain("First");
});

test("the contract's year stays the pressing's; CSV and SQL have both", async () => {
  const { home } = await shelf();
  const json = (await runCliJson(["xref", "--json", "--sort", "plays"], { home, now })) as {
    data: { collection: Record<string, unknown> }[];
  };
  expect(json.data[0]?.collection["year"]).toBe(1997);
  expect(Object.keys(json.data[0]?.collection ?? {})).not.toContain("original_year");
  const csv = await runCli(["xref", "--as", "csv"], { home, now });
  const [header = [], first = []] = readCsv(csv.stdout);
  expect(first[header.indexOf("year")]).toBe("1997");
  expect(first[header.indexOf("original_year")]).toBe("1959");
  const sql = await runCli(
    ["sql", "SELECT year, original_year, release_group_mbid FROM records ORDER BY id", "--as", "csv"],
    { home, now },
  );
  expect(sql.stdout.split(/\r?\n/).slice(1, 4)).toEqual([
    "1997,1959,00000000-0000-0000-0000-000000000001",
    "1971,1971,",
    "2004,,",
  ]);
});

test("stats by the decade of the album, and of the pressing under both of its names", async () => {
  const { home } = await shelf();
  const by = async (quality: string): Promise<unknown> => {
    const found = (await runCliJson(["stats", "--by", quality, "--json"], { home, now })) as {
      by: string;
      data: { value: string | null; records: number }[];
    };
    return [found.by, ...found.data.map(({ value, records }) => [value, records])];
  };
  expect(await by("original-decade")).toEqual(["original-decade", ["1950s", 1], ["1970s", 1], [null, 1]]);
  expect(await by("decade")).toEqual(["decade", ["1970s", 1], ["1990s", 1], ["2000s", 1]]);
  expect(await by("pressing-decade")).toEqual(await by("decade"));
  const table = await runCli(["stats", "--by", "original-decade"], { home, now, ...terminal });
  expect(table.stdout).toContain("no original year");
});

test("explain and pick say when it first came out; explain shows a second opinion on the kind", async () => {
  const { home } = await shelf();
  const explained = await runCli(["explain", "kind of blue"], { home, now, ...terminal });
  expect(explained.stdout).toContain("1997 (first 1959)");
  expect(explained.stdout).toContain("By its formats this is an album; MusicBrainz calls it an EP.");
  const json = await runCliJson(["explain", "kind of blue", "--json"], { home, now });
  expect(JSON.stringify(json)).toContain('"original_year":1959');
  expect(JSON.stringify(json)).toContain('"kinds":{"formats":"album","musicbrainz":"ep"}');
  const other = await runCli(["explain", "tago mago"], { home, now, ...terminal });
  expect(other.stdout).not.toMatch(/first 1971|MusicBrainz/);
  const argv = ["pick", "--original-year", "1959", "--kind", "any", "--seed", "1"];
  const picked = await runCli(argv, { home, now, ...terminal });
  expect(picked.stdout).toContain("1997 (first 1959)");
});
