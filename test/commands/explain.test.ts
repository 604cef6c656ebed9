import { stripVTControlCharacters } from "node:util";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AlbumDocument, ExplanationDocument } from "../../src/queries/documents/match-documents.ts";
import type { RecordPlaysDocument } from "../../src/queries/documents/sync-documents.ts";
import { queryValue } from "../../src/store/file/sql.ts";
import { buildRecord, fillCache, getHomeCachePath, withHomeCache } from "../support/filled-cache.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { requireError, runCli, runCliJson } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import {
  allMatchCases,
  nowUts,
  createSmallHome,
  createSmallCollection,
} from "../support/small-collection.ts";

const defaultOptions = { now: nowUts * 1000 + 7_200_000, env: { TZ: "UTC" } };
const home = createSmallHome(allMatchCases);
const { run, json, screen } = createCommandRunner<ExplanationDocument>("explain", home, defaultOptions);
const readScreen = async (...argv: string[]): Promise<string> =>
  stripVTControlCharacters(await screen(...argv));

test("counts the editions of an album together", async () => {
  expect(await readScreen("nevermind")).toMatchInlineSnapshot(`
    "Nirvana · Nevermind                                                                         #2  r901
    CD, DGC, 2011 · folder Uncategorized · added 30 Oct 2024                   second copy: #1, LP, 1991

    EXACT · 304 plays · 1 spin · last 15 Feb 2026 · the same for both copies

    Credited: 3 entries in your plays
      id   plays  last        album                   why
      a1     214  2026-02-15  Nevermind               same artist, same title
      a4      71  2026-02-12  Nevermind (Remastered)  same title, another edition
      a14     19  2026-02-12  Nevermind - Remastered  same title, another edition

    Compared and left out
      id   plays  last        album                             why not
      a20      2  2026-02-12  Nevermind It's An Interview       more words: It's An Interview
      a2     188  2026-02-12  MTV Unplugged In New York         another title
      a15     14  2026-02-12  Smells Like Teen Spirit - Single  another title

    Wrong?   remove one: rewind link 2 --not a14   add one: rewind link 2 --add a20
    "
  `);
});

test("a single lists the plays of its song, which are not counted", async () => {
  expect(await readScreen("r20755")).toMatchInlineSnapshot(`
    "New Order · Blue Monday                                                                   #3  r20755
    12" single, Factory, 1983 · folder Uncategorized · added 30 Oct 2024                        one copy

    NEVER PLAYED UNDER THIS TITLE · artist known: 61 plays of 1 other album by New Order

    This is a single. Listening services file a song under the album that it was played from, rarely
    under the single.

    The song itself (shown, not counted)
      plays  last        song         played from
         17  2026-01-13  Blue Monday  Substance (12), no album tag (5)

    Albums only:   rewind xref --kind album
    "
  `);
});

test("lists played albums of the artist that are not owned for a box, and how to link them", async () => {
  expect(await readScreen("five", "years")).toMatchInlineSnapshot(`
    "David Bowie · Five Years 1969 – 1973                                                    #4  r7567320
    Box set, DGC, 2015 · folder Uncategorized · added 30 Oct 2024                               one copy

    NEVER PLAYED UNDER THIS TITLE · artist known: 201 plays of 2 other albums by David Bowie

    This is a box set. Listening services file its plays under the albums inside.

    You play these and own no other record of them. Which are in the box?
      id  plays  last        album
      a3    141  2026-02-12  Hunky Dory
      a6     60  2026-02-12  Aladdin Sane

    Credit those that are:   rewind link 4 --add a3,a6
    "
  `);
});

test("an exact title is explained, whatever else contains the word", async () => {
  expect(await readScreen("blue")).toContain("Joni Mitchell · Blue ");
});

test("words that find several albums list them, exact titles first, copies on one line", async () => {
  expect(await readScreen("blu")).toMatchInlineSnapshot(`
    "4 records have "blu" in artist or title. Give the number of one, or more words: rewind explain 9

       #  Artist         Title            Form  Year Plays
       9  Joni Mitchell  Blue             LP    1971     0
      11  Miles Davis    Kind Of Blue ×2  LP    1959    33
       3  New Order      Blue Monday      12"   1983     0
    "
  `);
});

test("explains several records one after the other", async () => {
  const [first, second] = [await readScreen("9"), await readScreen("12")];
  expect(await readScreen("9,12")).toBe(`${first}\n${second}`);
  const { stdout } = await run(["9,12", "--json"]);
  const answers = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as ExplanationDocument);
  expect(answers).toEqual([await json("9"), await json("12")]);
  expect(requireError(await run(["9,12", "--plays"]), 2)).toContain("--plays takes one record");
});

test("pages the plays of a record, and lists all of them by default", async () => {
  const options = { home: await sampleHome(), columns: 80, env: { NO_COLOR: "1" } };
  const readPlays = async (...argv: string[]) =>
    (await runCliJson(
      ["explain", "abbey road", "--plays", "--json", ...argv],
      options,
    )) as RecordPlaysDocument;
  const whole = await readPlays();
  const { total } = whole.pagination;
  expect(whole.data).toHaveLength(total);
  expect(whole.pagination).toEqual({ page: 1, limit: total, total, total_pages: 1 });
  const totalPages = Math.ceil(total / 100);
  const pages = await Promise.all(
    Array.from({ length: totalPages }, (_, at) => readPlays("--limit", "100", "--page", String(at + 1))),
  );
  expect(pages.flatMap(({ data }) => data)).toEqual(whole.data);
  expect(pages.at(-1)?.pagination).toEqual({ page: totalPages, limit: 100, total, total_pages: totalPages });
  const runPlays = (...argv: string[]) =>
    runCli(["explain", "abbey road", "--plays", ...argv], { ...options, tty: true });
  const { stdout } = await runPlays("-n", "3");
  expect(stdout.split("\n").filter((line) => line.startsWith("20"))).toHaveLength(3);
  expect(stdout).toMatch(/^Page 1 of \d+ \(3 of \d+ plays\) · next: --page 2 or --all$/m);
  expect((await runPlays()).stdout).toMatch(/^\d+ plays$/m);
  expect((await runPlays("--all")).stdout).toBe((await runPlays()).stdout);
  expect((await runPlays("--page", "99")).stdout).toContain("Page 99 is past the end");
  expect(requireError(await runCli(["explain", "17", "--limit", "3"], options), 2)).toContain(
    "--limit needs --plays",
  );
});

test("a number that is also a title names the record, and stderr mentions the title", async () => {
  const { stdout, stderr } = await run(["5"], { tty: true, columns: 100 });
  expect(stdout).toContain("#5  r461178");
  expect(stderr).toBe("Record 5 is Gong · You. The album 5 by Low is 7: rewind explain 7\n");
});

test("a number that is the title of several albums names each of them", async () => {
  const other = createTempDirectory("rewind-home");
  await fillCache(other, {
    records: [
      buildRecord({ artist: "Gong", title: "You" }),
      buildRecord({ artist: "Pole", title: "1" }),
      buildRecord({ artist: "The Beatles", title: "1" }),
    ],
  });
  const { stderr } = await runCli(["explain", "1"], { home: other });
  expect(stderr).toContain("The album 1 by Pole is 2, that by The Beatles is 3: rewind explain 2\n");
});

test.each([
  ["14", /^NOT MATCHED · several albums fit equally well, and only you can tell which it is$/m],
  ["9", /^NEVER PLAYED · artist known: 13 plays of 1 other album by Joni Mitchell$/m],
  ["12", /^NEVER PLAYED · no album by Nobody Known in your plays$/m],
  [
    "17",
    /^FUZZY, about \d+ in 100? such matches are right · 30 plays · 1 spin[^]*Right\? {3}rewind link 17 --add a11/m,
  ],
])("explains the verdict on %s", async (record, verdict) => {
  expect(await readScreen(record)).toMatch(verdict);
});

test("the JSON has the documented fields and no others", async () => {
  const explained = await json("1");
  expect(explained).toMatchObject({
    record: { id: 1, discogs_id: 6872464, title: "Nevermind" },
    original_year: null,
    decision: { match_type: "exact", match_confidence: 1, rule: "title", decided_by: "matcher" },
  });
  const { credited, rejected, ...others } = explained;
  expect(Object.keys(others)).toEqual(["record", "original_year", "kinds", "decision"]);
  expect(credited[0]).toEqual({
    id: 1,
    artist_name: "Nirvana",
    album_name: "Nevermind",
    play_count: 214,
    last_played: "2026-02-15T20:00:00Z",
    rule: "title",
    confidence: 1,
  });
  expect(rejected[0]).toEqual({
    id: 20,
    artist_name: "Nirvana",
    album_name: "Nevermind It's An Interview",
    play_count: 2,
    reason: "more words: It's An Interview",
  });
});

test("--all --json writes one object a line, the same as each record alone", async () => {
  const before = readFileSync(getHomeCachePath(home));
  const { code, stdout, stderr } = await run(["--all", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  const all = new Map(
    lines.map((line) => JSON.parse(line) as ExplanationDocument).map((each) => [each.record.id, each]),
  );
  expect([lines.length, all.size]).toEqual([allMatchCases.records.length, allMatchCases.records.length]);
  for (const id of [1, 4, 14]) expect(all.get(id)).toEqual(await json(String(id)));
  // Reading does not change the file.
  expect(readFileSync(getHomeCachePath(home)).equals(before)).toBe(true);
});

describe("a verdict of a tracklist", () => {
  /** Three records that their names leave open; what was heard of the albums is called by their titles and a number. */
  const open = createSmallHome({
    records: [
      { release: 50, artist: "Tidewater", title: "Low Water: A Journey Downstream" },
      { release: 51, artist: "Lamplight", title: "Oil And Wick: The Evening Songs" },
      { release: 52, artist: "Halyard", title: "Ropes" },
    ],
    albums: [
      { artist: "Tidewater", title: "Low Water", plays: 40 },
      { artist: "Lamplight", title: "Oil And Wick", plays: 30 },
      { artist: "Halyard", title: "Ropes And Other Knots", plays: 20 },
    ],
    tracklists: {
      50: [1, 2, 3, 4, 5, 6, 7].map((n) => `Low Water ${n}`),
      51: ["Matches", "Candles", "Lanterns", "Oil And Wick 1"],
      52: ["Bowline", ...[2, 4, 5].map((n) => `Ropes And Other Knots ${n}`)],
    },
  });
  const similar = "FUZZY, about 99 in 100 such matches are right";
  const loose = "FUZZY, about 51 in 100 such matches are right";

  test.each([
    ["50", similar, "similar title, 7 of 10 tracks on the record"],
    ["51", loose, "same title, except for a subtitle; 1 of 10 tracks on the record"],
    ["52", "NEVER PLAYED", "3 of 10 tracks on the record; less certain: one title is a part of the other"],
  ])("shows the reason for r%s", async (release, verdict, why) => {
    const { stdout } = await createCommandRunner("explain", open, defaultOptions).run([`r${release}`]);
    expect(stdout).toContain(verdict);
    expect(stdout).toContain(why);
  });
});

test.each([
  [["zzz"], /^rewind: no record has "zzz" in artist or title\nTo see the numbers: rewind xref\n$/],
  [["r1"], /^rewind: no copy of that release is in the collection: r1\nTo see the numbers: rewind xref\n$/],
  [["m99"], /^rewind: no copy of that master is in the collection: m99\nTo see the numbers: rewind xref\n$/],
  [["a99999"], /no album a99999/],
  // Words that fit several albums are an error with --json.
  [
    ["blu", "--json"],
    /9 "Joni Mitchell" · "Blue", 11 "Miles Davis" · "Kind Of Blue", 3 "New Order" · "Blue Monday"/,
  ],
])("rewind explain %j is refused", async (argv, message) => {
  const stderr = requireError(await run(argv), 2);
  expect(stderr).toMatch(message);
});

describe("explaining a record without an artist", () => {
  const albums = [
    { artist: "No Artist", title: "Field Recordings", plays: 12 },
    { artist: "Unknown Artist", title: "Bird Songs", plays: 9 },
    { artist: "Somebody", title: "Train Sounds", plays: 7 },
  ];

  test.each([
    ["Whale Songs", /NEVER PLAYED · the record names no artist\n/],
    [
      "Bird Songs",
      /a2 +9 .*Bird Songs by Unknown Artist +same title, and neither names an artist[^]*--add a2/,
    ],
    [
      "Train Sounds",
      /a3 +7 .*Train Sounds by Somebody +same title, and the record names no artist[^]*--add a3/,
    ],
  ])("%s", async (title, told) => {
    const nameless = await createSmallCollection({
      records: [{ release: 1, artist: "No Artist", title }],
      albums,
    });
    const text = stripVTControlCharacters(
      await createCommandRunner("explain", nameless.home, defaultOptions).screen("1"),
    );
    expect(text).toMatch(told);
    expect(text).not.toMatch(/rewind alias|Looked at/);
  });
});

test.each(["Various", "Unknown Artist (3)"])("suggests no alias for the placeholder %s", async (artist) => {
  const { home: shelf } = await createSmallCollection({
    records: [{ release: 1, artist, title: "Northern Lights" }],
    albums: [{ artist: "Somebody", title: "Train Sounds", plays: 7 }],
  });
  const { stdout } = await createCommandRunner("explain", shelf, defaultOptions).run(["1"]);
  expect(stdout).toContain('Wrong?   add one: rewind link 1 --add "ARTIST ALBUM"');
  expect(stdout).not.toContain("rewind alias");
});

test("explain and review name the misspelling first, whichever side has it", async () => {
  const albums = [
    { artist: "Led Zeppelin", title: "Houses of the Hollow", plays: 9 },
    { artist: "Led Zeppelin", title: "Presence", plays: 8 },
    { artist: "Pearl Jam", title: "Vitalogy", plays: 7 },
    { artist: "Pearl Jam", title: "Vitalogy (Remastered)", plays: 6 },
    { artist: "Lynrd Skynrd", title: "Second Helping", plays: 5 },
    { artist: "Nirvana", title: "Nevermnid", plays: 4 },
  ];
  const records = [
    { release: 1, artist: "Led Zepplin", title: "Houses Of The Hollow" },
    { release: 2, artist: "Pearl Jam", title: "Vitology" },
    { release: 3, artist: "Lynyrd Skynyrd", title: "Second Helping" },
    { release: 4, artist: "Nirvana", title: "Nevermind" },
  ];
  const misspelled = await createSmallCollection({ records, albums });
  const explain = createCommandRunner("explain", misspelled.home, defaultOptions);
  const readExplanation = async (id: string): Promise<string> =>
    stripVTControlCharacters(await explain.screen(id)).replaceAll(/\s+/g, " ");
  expect(await readExplanation("1")).toContain("Led Zepplin, taken for Led Zeppelin");
  expect(await readExplanation("2")).toContain("Vitology, taken for Vitalogy");
  expect(await readExplanation("3")).toContain("Lynrd Skynrd, taken for Lynyrd Skynyrd");
  expect(await readExplanation("a5")).toContain("Lynrd Skynrd, taken for Lynyrd Skynyrd");
  expect(await readExplanation("4")).toContain("Nevermnid, taken for Nevermind");
  const review = createCommandRunner("review", misspelled.home, { ...defaultOptions, tty: { stdout: true } });
  expect(await review.screen()).toMatch(/Vitology, taken\s+for\s+Vitalogy/);
});

test("trims spaces around a title", async () => {
  const spaced = await createSmallCollection({
    records: [{ release: 1, artist: "Max Richter", title: " Le Congrès" }],
  });
  expect((await createCommandRunner("explain", spaced.home, defaultOptions).run(["1"])).stdout).toMatch(
    /^Max Richter · Le Congrès /,
  );
  const { stdout } = await runCli(["xref"], { home: spaced.home, ...defaultOptions });
  expect(stdout).toMatch(/Max Richter {2}Le Congrès {2}LP/);
});

test("explains a played album by its id: its records, and why, or how to link it", async () => {
  const sample = await sampleHome();
  const readAlbumId = (title: string): number =>
    withHomeCache(sample, (database) => queryValue(database, 0)`SELECT id FROM album WHERE title = ${title}`);
  const [nevermind, blonde] = [readAlbumId("Nevermind"), readAlbumId("Blonde")];
  const album = createCommandRunner<AlbumDocument>("explain", sample);
  const stdout = await album.screen(`a${nevermind}`);
  expect(stdout).toMatch(
    /^Nirvana · Nevermind +a\d+\n68 plays · \d+ different tracks heard · \d+ spins · last /,
  );
  expect(stdout).toMatch(
    /CREDITED to 2 records of yours\n +# +record +form +year +why\n +1 {2}Nirvana · Nevermind/,
  );
  expect(stdout).toContain("same artist, same title");
  const { album: found, records } = await album.json(`a${nevermind}`);
  expect([found.id, ...records.map(({ id }) => id)]).toEqual([nevermind, 1, 64]);
  expect(await album.screen(`A${blonde}`)).toMatch(new RegExp(`NOT CREDITED[^]*rewind gaps hide a${blonde}`));
});
