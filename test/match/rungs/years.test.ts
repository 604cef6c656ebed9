// Albums of one name by one artist that a year tells apart, near-misses first. All names here are invented.
import { describe, expect, test } from "vitest";
import { createMatcher, type ExplainedMatch, type MatchedRelease } from "../../../src/match/matcher.ts";
import type { NamedTrack } from "../../../src/model/named-tracks.ts";
import { releaseBy, rows } from "../scenarios.ts";

const artist = "Glass Pony";

interface Dates {
  /** Of the pressing. */
  readonly year?: number | null;
  readonly originalYear?: number | null;
  readonly formats?: readonly string[];
}

function record(title: string, { year = null, originalYear = null, formats = [] }: Dates): MatchedRelease {
  return { ...releaseBy([artist], title, ["LP", "Album", ...formats]), year, originalYear };
}

function verdict(title: string, dates: Dates, titles: readonly string[]): ExplainedMatch {
  const albums = rows(...titles.map((each) => [artist, each] as const));
  return createMatcher(albums).explain(record(title, dates));
}

const credited = (match: ExplainedMatch): string[] =>
  match.credited.map(({ album }) => album.title).toSorted();

const two = ["Heavy Weather (2002)", "Heavy Weather (2022)"];

const reasons = (dates: Dates): string[] =>
  verdict("Heavy Weather", dates, two).rejected.map(({ reason }) => reason);

describe("several albums of one name", () => {
  test.each<readonly [string, Dates]>([
    ["of another year", { year: 2011 }],
    ["of no known year", {}],
    ["pressed again, first released nobody knows when", { year: 2022, formats: ["Reissue"] }],
    ["pressed again under that year", { year: 2022, formats: ["Remastered"] }],
    ["pressed in one's year, but of an older album", { year: 2022, originalYear: 1999 }],
    ["a year off", { year: 2003 }],
  ])("none is a record's %s", (_, dates) => {
    expect(verdict("Heavy Weather", dates, two)).toMatchObject({ type: "artist_only", credited: [] });
  });

  test.each<readonly [string, Dates, string]>([
    ["the pressing's year", { year: 2002 }, "Heavy Weather (2002)"],
    ["the pressing's year", { year: 2022 }, "Heavy Weather (2022)"],
    ["the original year", { year: 2022, originalYear: 2002, formats: ["Reissue"] }, "Heavy Weather (2002)"],
    ["the original year", { year: 2012, originalYear: 2002 }, "Heavy Weather (2002)"],
  ])("that of %s is the record's", (_, dates, row) => {
    expect(credited(verdict("Heavy Weather", dates, two))).toEqual([row]);
  });

  test.each(["2022 - Heavy Weather", "[2022] Heavy Weather", "Heavy Weather [2022]", "Heavy Weather - 2022"])(
    "however the year is written: %s",
    (row) => {
      const titles = ["Heavy Weather (2002)", row];
      expect(credited(verdict("Heavy Weather", { year: 2022 }, titles))).toEqual([row]);
      expect(credited(verdict("Heavy Weather", { year: 2011 }, titles))).toEqual([]);
    },
  );

  test("the years of what a collection holds are none of its own", () => {
    const titles = ["Heavy Songs 1974 - 1979", "Heavy Songs 1974 - 1989"];
    for (const year of [1979, 1992])
      expect(credited(verdict("Heavy Songs 1974", { year }, titles))).toEqual(
        credited(verdict("Heavy Songs 1974", {}, titles)),
      );
  });

  test("rows of one year are one album", () => {
    const titles = ["Heavy Weather (2002)", "2002 - Heavy Weather"];
    expect(credited(verdict("Heavy Weather", { year: 2011 }, titles))).toEqual(titles.toSorted());
  });

  test("a row without a year stands by itself", () => {
    const titles = ["Heavy Weather", ...two];
    expect(credited(verdict("Heavy Weather", { year: 2011 }, titles))).toEqual(["Heavy Weather"]);
    expect(credited(verdict("Heavy Weather", { year: 2022 }, titles))).toEqual([
      "Heavy Weather",
      "Heavy Weather (2022)",
    ]);
  });

  test("a remaster's year is no album's", () => {
    const titles = ["Heavy Weather (2002)", "Heavy Weather (2022 Remaster)"];
    expect(credited(verdict("Heavy Weather", { year: 2011 }, titles))).toEqual(titles);
  });

  test("a record whose own title has the year is told apart by it", () => {
    expect(credited(verdict("Heavy Weather (2022)", { year: 2011 }, two))).toEqual(["Heavy Weather (2022)"]);
  });

  test("why the others are left out is said in years", () => {
    expect(reasons({ year: 2022 })).toEqual(["another year: 2002 against 2022"]);
    expect(reasons({ year: 2022, originalYear: 1999 })).toEqual([
      "another year: 2022 against 1999",
      "another year: 2002 against 1999",
    ]);
    expect(reasons({ year: 2022, formats: ["Reissue"] })).toEqual([
      "dated 2022, and the record's first year isn't known",
      "dated 2002, and the record's first year isn't known",
    ]);
  });
});

describe("a dated row beside a plain one", () => {
  const both = ["Heavy Weather", "Heavy Weather (2002)"];

  test.each<readonly [string, Dates]>([
    ["the record is older", { year: 1994 }],
    ["the record's pressing is older", { year: 1999, formats: ["Reissue"] }],
    ["the album first came out earlier", { year: 2015, originalYear: 1994 }],
    ["the album first came out later", { year: 2015, originalYear: 2009 }],
  ])("is another album where %s", (_, dates) => {
    const match = verdict("Heavy Weather", dates, both);
    expect(credited(match)).toEqual(["Heavy Weather"]);
    expect(match.rejected).toMatchObject([
      { close: true, reason: expect.stringContaining("another year: 2002") },
    ]);
  });

  test.each<readonly [string, Dates]>([
    ["it is the pressing's year", { year: 2002 }],
    ["it is the original year", { year: 2015, originalYear: 2002 }],
    ["it is this pressing's year, if not the first", { year: 2002, originalYear: 1994 }],
    ["it came out elsewhere a year before", { year: 2001 }],
    ["it came out elsewhere a year later", { year: 2015, originalYear: 2003 }],
    ["the record may be pressed again", { year: 2015 }],
    ["no year is known", {}],
  ])("is the record's where %s", (_, dates) => {
    expect(credited(verdict("Heavy Weather", dates, both))).toEqual(both);
  });

  test("beside no other it stays what it is, whatever the years say", () => {
    for (const dates of [
      {},
      { year: 1994 },
      { year: 2012, formats: ["Reissue"] },
      { year: 1994, originalYear: 1994 },
    ])
      expect(credited(verdict("Heavy Weather", dates, ["Heavy Weather (2002)"]))).toHaveLength(1);
  });
});

describe("albums called after their artist", () => {
  test.each<readonly [string, Dates]>([
    ["another year", { year: 1980 }],
    ["no known year", {}],
    ["a reissue's year", { year: 2003, formats: ["Reissue"] }],
    ["an older original", { year: 2003, originalYear: 1980 }],
  ])("not by %s", (_, dates) => {
    expect(verdict(artist, dates, ["Glass Pony (2003)"])).toMatchObject({
      type: "artist_only",
      credited: [],
    });
    expect(credited(verdict(artist, dates, ["Glass Pony", "Glass Pony (2003)"]))).toEqual(["Glass Pony"]);
  });

  test("nor is the year before the name, where a plain one says so", () => {
    const titles = ["2003 - Glass Pony", "Glass Pony"];
    for (const dates of [{ year: 1980 }, { year: 2003, originalYear: 1980 }])
      expect(credited(verdict(artist, dates, titles))).toEqual(["Glass Pony"]);
    for (const dates of [{}, { year: 2003, formats: ["Reissue"] }, { year: 2015, originalYear: 2003 }])
      expect(credited(verdict(artist, dates, titles))).toEqual(titles);
  });

  test("nor an EP, a live album, the second of that year, or one called after the year", () => {
    for (const title of [
      "Glass Pony - 2003",
      "Glass Pony EP (2003)",
      "Glass Pony Live (2003)",
      "Glass Pony II (2003)",
    ])
      expect(credited(verdict(artist, { year: 2003 }, [title]))).toEqual([]);
  });

  test.each<readonly [string, Dates]>([
    ["Glass Pony (2003)", { year: 2003 }],
    ["Glass Pony [2003]", { year: 2015, originalYear: 2003 }],
    ["2003 - Glass Pony", { year: 2003 }],
    ["Glass Pony (Deluxe Edition) [2003]", { year: 2003 }],
    ["Glass Pony (2003) [Remastered]", { year: 2003 }],
  ])("%s is the record's by its year", (row, dates) => {
    expect(verdict(artist, dates, [row])).toMatchObject({
      rule: "dated",
      credited: [{ album: { title: row } }],
    });
    const namesakes = ["Glass Pony (1980)", "Glass Pony (Blue)", "Glass Pony (Green)", row];
    expect(credited(verdict(artist, dates, namesakes))).toEqual([row]);
    expect(verdict(artist, dates, ["Glass Pony", row]).credited).toHaveLength(2);
  });

  test("the year before the name is no namesake's where it is alone", () => {
    expect(credited(verdict(artist, {}, ["2003 - Glass Pony"]))).toEqual(["2003 - Glass Pony"]);
    expect(credited(verdict(artist, { year: 2015 }, ["2003 - Glass Pony"]))).toEqual(["2003 - Glass Pony"]);
    expect(credited(verdict(artist, { year: 1980 }, ["2003 - Glass Pony", "Glass Pony (1980)"]))).toEqual([
      "Glass Pony (1980)",
    ]);
  });
});

test("tracks in common join no album made anew, but one that no year tells apart", () => {
  const tracks = ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"].map((title) => ({
    title,
    artists: [artist],
  }));
  const albums = rows([artist, "Heavy Weather"], [artist, "Heavy Weather (2022)"]);
  const matcher = createMatcher(albums, { heard: () => tracks });
  const credits = (dates: Dates) => matcher.match(record("Heavy Weather", dates)).credited.length;
  expect(credits({ year: 2002 })).toBe(1);
  expect(credits({ year: 2022 })).toBe(2);
});

const places = ["nowhere", "Leeds", "Turin", "Bergen"];

/** Of the album by its number; each has its own. */
const songsOf = (id: number): NamedTrack[] =>
  ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"].map((title) => ({
    title: `${title} of ${places[id] ?? ""}`,
    artists: [artist],
  }));

describe("what no year tells apart, tracks do", () => {
  const judge = (
    title: string,
    dates: Dates,
    titles: readonly string[],
    tracklist?: NamedTrack[],
  ): ExplainedMatch => {
    const albums = rows(...titles.map((each) => [artist, each] as const));
    const matcher = createMatcher(albums, { heard: (id) => songsOf(id) });
    return matcher.explain({ ...record(title, dates), tracklist });
  };
  const reissue: Dates = { year: 2022, formats: ["Reissue"] };
  const namesakes = ["Glass Pony (1980)", "2003 - Glass Pony"];

  test("not those of an album made anew", () => {
    expect(credited(judge("Heavy Weather", { year: 2001, formats: ["Repress"] }, two, songsOf(2)))).toEqual(
      [],
    );
    expect(credited(judge("Heavy Weather", { originalYear: 1990 }, two, songsOf(1)))).toEqual([]);
  });

  test("nor those of a volume, a live album or another's", () => {
    for (const title of ["Heavy Weather 2 (2002)", "Heavy Weather Live (2002)", "Heavy Weather 2002"])
      expect(credited(judge("Heavy Weather", reissue, [title], songsOf(1)))).toEqual([]);
    expect(credited(judge("Heavy Weather", reissue, two, songsOf(3)))).toEqual([]);
  });

  test.each([
    ["Heavy Weather", two],
    [artist, namesakes],
  ])("%s is the one whose tracks it has, and its tracklist is asked for", (title, titles) => {
    expect(judge(title, reissue, titles)).toMatchObject({ type: "artist_only", isOpen: true });
    for (const id of [1, 2])
      expect(judge(title, reissue, titles, songsOf(id))).toMatchObject({
        rule: "tracklist",
        credited: [{ album: { id } }],
      });
  });

  test("or the one that MusicBrainz calls it", () => {
    const albums = rows(...two.map((each) => [artist, each] as const));
    const matcher = createMatcher(albums, { mbids: (id) => [`g${id}`] });
    const verdictOf = (mbid: string) => matcher.match({ ...record("Heavy Weather", reissue), mbids: [mbid] });
    expect(verdictOf("g2")).toMatchObject({ rule: "musicbrainz", credited: [{ album: { id: 2 } }] });
    expect(verdictOf("g9").unidentified).toHaveLength(2);
  });
});
