// The year an album was first released, in every filter and on every screen.
import { parseCsv } from "../support/parse-csv.ts";
import { beforeAll, expect, test } from "vitest";
import { withHomeCache } from "../support/filled-cache.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { createSmallHome } from "../support/small-collection.ts";

/** Three pressings: of 1959, of another year that is the first, and of an album without a known year. */
const home = createSmallHome({
  records: [
    { release: 1, master: 11, artist: "Miles Davis", title: "Kind Of Blue", year: 1997 },
    { release: 2, master: 12, artist: "Can", title: "Tago Mago", year: 1971 },
    { release: 3, artist: "Nobody Known", title: "Lost", year: 2004 },
  ],
  albums: [{ artist: "Miles Davis", title: "Kind Of Blue", plays: 12 }],
});

beforeAll(() =>
  withHomeCache(home, (database) =>
    database.exec(`
      UPDATE release SET original_year = iif(id = 1, 1959, 1971) WHERE id < 3;
      UPDATE release SET stated_kind = 'album' WHERE id = 1;
      INSERT INTO musicbrainz_group VALUES (11, '00000000-0000-0000-0000-000000000001', 'Kind Of Blue', 1959, 'EP', '[]')`),
  ),
);

const bare = createSmallHome({ records: [{ release: 1, artist: "Can", title: "Tago Mago", year: 1971 }] });
const xref = createCommandRunner<{ data: { collection: Record<string, unknown> }[] }>("xref", home);
const explain = createCommandRunner("explain", home);

test("shows a column for the original year if the filter or sort uses it", async () => {
  const filtered = await xref.screen("--original-year", "1950s");
  expect(filtered).toContain("Kind Of Blue");
  expect(filtered).not.toContain("Tago Mago");
  expect(filtered).toMatch(/Year +First/);
  expect(filtered).toMatch(/1997 +1959/);
  const sorted = await xref.screen("--sort", "original-year");
  expect(sorted.indexOf("Kind Of Blue")).toBeLessThan(sorted.indexOf("Tago Mago"));
  expect(sorted.indexOf("Tago Mago")).toBeLessThan(sorted.indexOf("Lost"));
  expect(await xref.screen()).not.toContain("First");
});

test("keeps the year of the pressing in JSON, and writes both years in CSV and SQL", async () => {
  const [first] = (await xref.json("--sort", "plays")).data;
  expect(first?.collection["year"]).toBe(1997);
  expect(Object.keys(first?.collection ?? {})).not.toContain("original_year");
  const [header = [], row = []] = parseCsv((await xref.run(["--as", "csv"])).stdout);
  expect([row[header.indexOf("year")], row[header.indexOf("original_year")]]).toEqual(["1997", "1959"]);
  const sql = "SELECT year, original_year, release_group_mbid FROM records ORDER BY id";
  const { stdout } = await createCommandRunner("sql", home).run([sql, "--as", "csv"]);
  expect(stdout.split(/\r?\n/).slice(1, 4)).toEqual([
    "1997,1959,00000000-0000-0000-0000-000000000001",
    "1971,1971,",
    "2004,,",
  ]);
});

test("counts stats by the decade of the album or of the pressing", async () => {
  const { json, screen } = createCommandRunner<{
    by: string;
    data: { value: string | null; records: number }[];
  }>("stats", home);
  const readStatsBy = async (quality: string): Promise<unknown> => {
    const found = await json("--by", quality);
    return [found.by, ...found.data.map(({ value, records }) => [value, records])];
  };
  expect(await readStatsBy("original-decade")).toEqual([
    "original-decade",
    ["1950s", 1],
    ["1970s", 1],
    [null, 1],
  ]);
  expect(await readStatsBy("decade")).toEqual(["decade", ["1970s", 1], ["1990s", 1], ["2000s", 1]]);
  expect(await readStatsBy("pressing-decade")).toEqual(await readStatsBy("decade"));
  expect(await screen("--by", "original-decade")).toContain("no original year");
});

test("explain and pick show the original year, and the JSON has the kinds by both sources", async () => {
  const explained = await explain.screen("kind of blue");
  expect(explained).toContain("1997 (first 1959)");
  const kinds = { formats: "album", musicbrainz: "ep" };
  expect(await explain.json("kind of blue")).toMatchObject({ original_year: 1959, kinds });
  expect(await explain.screen("tago mago")).not.toMatch(/first 1971|MusicBrainz/);
  const drawn = ["--original-year", "1959", "--kind", "any", "--seed", "1"];
  expect(await createCommandRunner("pick", home).screen(...drawn)).toContain("1997 (first 1959)");
});

test("without any original year, the filter and the breakdown name the command that fetches them", async () => {
  const emptied = await createCommandRunner("xref", bare).screen("--original-year", "1970s");
  expect(emptied.replaceAll(/\s+/g, " ")).toContain(
    "No record fits --original-year; 1 without it. Nothing for --original-year is fetched yet: rewind sync --musicbrainz",
  );
  expect(await createCommandRunner("stats", bare).screen("--by", "original-decade")).toContain(
    "Nothing for --by original-decade is fetched yet: rewind sync --musicbrainz",
  );
  expect(await xref.screen("--original-year", "1920s")).toContain(
    "No record fits --original-year; 3 without it.\n",
  );
});
