import { stripVTControlCharacters } from "node:util";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { everyCase, nowUts, smallShelf } from "../support/small-shelf.ts";

const now = nowUts * 1000 + 7_200_000;
const env = { TZ: "UTC" };

async function shown(argv: readonly string[], columns = 100): Promise<CliResult> {
  const { home } = await smallShelf(everyCase);
  return runCli(argv, { home, now, env, tty: true, columns });
}

test("an album whose editions are counted together", async () => {
  const { code, stdout, stderr } = await shown(["explain", "nevermind"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(plain(stdout)).toMatchInlineSnapshot(`
    "Nirvana · Nevermind                                                                     #1  r6872464
    LP, DGC, 1991 · folder Uncategorized · added 30 Oct 2024 · rating 4        second copy: #2, CD, 2011

    EXACT · 304 plays · 3 spins · last 15 Feb 2026 · the same for both copies

    Credited: 3 entries in your plays are this album
      id   plays  last        album                   why
      a1     214  2026-02-15  Nevermind               same artist, same title
      a4      71  2026-02-12  Nevermind (Remastered)  same title, another edition
      a14     19  2026-02-12  Nevermind - Remastered  same title, another edition

    Compared and left out
      id   plays  last        album                             why not
      a20      2  2026-02-12  Nevermind It's An Interview       more words: It's An Interview
      a2     188  2026-02-12  MTV Unplugged In New York         another title
      a15     14  2026-02-12  Smells Like Teen Spirit - Single  another title

    Wrong?   remove one: rewind link 1 --not a14   add one: rewind link 1 --add a20
    "
  `);
});

test("a single lists the plays of its song, which are not counted", async () => {
  const { stdout } = await shown(["explain", "r20755"]);
  expect(plain(stdout)).toMatchInlineSnapshot(`
    "New Order · Blue Monday                                                                   #3  r20755
    12" single, Factory, 1983 · folder Uncategorized · added 30 Oct 2024                        one copy

    NEVER SCROBBLED AS A RECORD · artist known: 61 plays of 1 other album by New Order

    This is a single. Listening services file a song under the album that it was played from, rarely
    under the single. The song itself (shown, not counted):
      plays  last        song         played from
         17  2026-01-13  Blue Monday  Substance (12), no album tag (5)

    Albums only:   rewind xref --kind album
    "
  `);
});

test("a box lists the artist's albums that are played and not owned, and how to credit them", async () => {
  const { stdout } = await shown(["explain", "five", "years"]);
  expect(plain(stdout)).toMatchInlineSnapshot(`
    "David Bowie · Five Years 1969 – 1973                                                    #4  r7567320
    Box set, DGC, 2015 · folder Uncategorized · added 30 Oct 2024                               one copy

    NEVER SCROBBLED AS A RECORD · artist known: 201 plays of 2 other albums by David Bowie

    This is a box set. Listening services file its plays under the albums inside. You play these and own
    no other record of them. Which are in the box?
      id  plays  last        album
      a3    141  2026-02-12  Hunky Dory
      a6     60  2026-02-12  Aladdin Sane

    Credit those that are:   rewind link 4 --add a3,a6
    "
  `);
});

test("words that find several albums list them, exact titles first, copies on one line", async () => {
  const { code, stdout } = await shown(["explain", "blue"]);
  expect(code).toBe(0);
  expect(plain(stdout)).toMatchInlineSnapshot(`
    "4 records have "blue" in artist or title. Which one? Give its number, or more words.

       #  Artist         Title            Form  Year Plays
       9  Joni Mitchell  Blue             LP    1971     0
      10  Miles Davis    Kind Of Blue ×2  LP    1959    33
       3  New Order      Blue Monday      12"   1983     0
    "
  `);
});

test("with --json, words that fit several albums are an error", async () => {
  const { code, stdout, stderr } = await shown(["explain", "blue", "--json"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  // Broken between words, as wide as the terminal.
  expect(stderr.replaceAll("\n", " ")).toContain(
    '9 "Joni Mitchell" · "Blue", 10 "Miles Davis" · "Kind Of Blue", 3 "New Order" · "Blue Monday"',
  );
});

test("a number that is also a title names the record, and stderr mentions the title", async () => {
  const { code, stdout, stderr } = await shown(["explain", "5"]);
  expect(code).toBe(0);
  expect(stdout).toContain("#5  r461178");
  expect(stderr).toBe("Record 5 is Gong · You. The album 5 by Low is 7: rewind explain 7\n");
});

test.for<[record: string, verdict: string]>([
  ["14", "NOT MATCHED · several albums fit equally well, and only you can tell which it is"],
  ["9", "NEVER SCROBBLED · artist known: 13 plays of 1 other album by Joni Mitchell"],
  ["12", "NEVER SCROBBLED · no album by Nobody Known in your plays"],
])("the verdict on %s: %s", async ([record, verdict]) => {
  const { stdout } = await shown(["explain", record]);
  expect(plain(stdout).split("\n")[3]).toBe(verdict);
});

test("a fuzzy match says how many such matches are right", async () => {
  const { stdout } = await shown(["explain", "17"]);
  expect(plain(stdout)).toMatch(/\nFUZZY, about \d+ in 100? such matches are right · 30 plays · 1 spin/);
  expect(plain(stdout)).toContain("Right?   rewind link 17 --add a11");
});

test("the JSON has the documented fields and no others", async () => {
  const { home } = await smallShelf(everyCase);
  const explained = await runCliJson(["explain", "1", "--json"], { home, now });
  expect(explained).toMatchObject({
    record: { id: 1, discogs_id: 6872464, title: "Nevermind" },
    original_year: null,
    decision: { match_type: "exact", match_confidence: 1, rule: "title", decided_by: "matcher" },
  });
  const { credited, rejected, ...others } = explained as Record<string, Record<string, unknown>[]>;
  expect(Object.keys(others)).toEqual(["record", "original_year", "kinds", "decision"]);
  expect(credited?.[0]).toEqual({
    id: 1,
    artist_name: "Nirvana",
    album_name: "Nevermind",
    play_count: 214,
    last_played: "2026-02-15T20:00:00Z",
    rule: "title",
    confidence: 1,
  });
  expect(rejected?.[0]).toEqual({
    id: 20,
    artist_name: "Nirvana",
    album_name: "Nevermind It's An Interview",
    play_count: 2,
    reason: "more words: It's An Interview",
  });
});

test("--all --json writes one object a line, the same as each record alone", async () => {
  const { home } = await smallShelf(everyCase);
  const { code, stdout, stderr } = await runCli(["explain", "--all", "--json"], { home, now });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { record: { id: number } });
  expect(lines.map(({ record }) => record.id).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 17 }, (_, at) => at + 1),
  );
  for (const id of [1, 4, 14]) {
    const alone = await runCliJson(["explain", String(id), "--json"], { home, now });
    expect(lines.find(({ record }) => record.id === id)).toEqual(alone);
  }
});

/** Three records that their names leave open; what was heard of the albums is called by their titles and a number. */
const openShelf = {
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
    52: ["Bowline", "Ropes And Other Knots 2", "Ropes And Other Knots 4", "Ropes And Other Knots 5"],
  },
};

test.each([
  ["50", "FUZZY, about 99 in 100 such matches are right", "similar title, 7 of 10 tracks on the record"],
  [
    "51",
    "FUZZY, about 51 in 100 such matches are right",
    "same title, except for a subtitle; 1 of 10 tracks on the record",
  ],
  ["52", "NEVER SCROBBLED", "3 of 10 tracks on the record; more words: And Other Knots"],
])("what a tracklist says of r%s stands beside the reason", async (release, verdict, why) => {
  const { home } = await smallShelf(openShelf);
  const { stdout } = await runCli(["explain", `r${release}`], { home, now, env });
  expect(stdout).toContain(verdict);
  expect(stdout).toContain(why);
});

test.for([
  ["zzz", 'no record has "zzz" in artist or title'],
  ["r1", "no copy of that release is in the collection: r1"],
  ["m99", "no copy of that master is in the collection: m99"],
])("%s is nothing that is owned", async ([record, message]) => {
  const { code, stdout, stderr } = await shown(["explain", record ?? ""]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe(`rewind: ${message}\nTo see the numbers: rewind xref\n`);
});

test("reading does not change the file", async () => {
  const { home, path } = await smallShelf(everyCase);
  const before = readFileSync(path);
  await runCli(["explain", "1"], { home, now });
  expect(readFileSync(path).equals(before)).toBe(true);
});

/** Without colours. */
function plain(text: string): string {
  return stripVTControlCharacters(text);
}

describe("a record without an artist", () => {
  const albums = [
    { artist: "No Artist", title: "Field Recordings", plays: 12 },
    { artist: "Unknown Artist", title: "Bird Songs", plays: 9 },
    { artist: "Somebody", title: "Train Sounds", plays: 7 },
  ];
  const explained = async (title: string, more: readonly string[] = []): Promise<string> => {
    const { home } = await smallShelf({ records: [{ release: 1, artist: "No Artist", title }], albums });
    return (await runCli(["explain", "1", ...more], { home, now, env, tty: true, columns: 100 })).stdout;
  };

  test("does not say that the artist has no plays", async () => {
    const text = plain(await explained("Whale Songs"));
    expect(text).toContain("NEVER SCROBBLED · the record names no artist, nor do 2 albums in your plays\n");
    expect(text).not.toContain("rewind alias");
    expect(text).not.toContain("Looked at");
  });

  test.each([
    ["Bird Songs", /a2 +9 .*Bird Songs by Unknown Artist +same title, and neither names an artist/],
    ["Train Sounds", /a3 +7 .*Train Sounds by Somebody +same title, and the record names no artist/],
  ])("shows what is called %s as well", async (title, line) => {
    const text = plain(await explained(title));
    expect(text).toMatch(line);
    expect(text).toMatch(/add one: rewind link 1 --add a[23]/);
  });
});

test("trims spaces around a title", async () => {
  const { home } = await smallShelf({
    records: [{ release: 1, artist: "Max Richter", title: " Le Congrès" }],
  });
  const { stdout } = await runCli(["explain", "1"], { home, now, env });
  expect(stdout).toMatch(/^Max Richter · Le Congrès /);
  expect((await runCli(["xref"], { home, now, env })).stdout).toMatch(/Max Richter {2}Le Congrès {2}LP/);
});

describe("an album of the plays by its id", () => {
  test("lists the records that it is credited to, and why", async () => {
    const home = await sampleHome();
    const { code, stdout } = await runCli(["explain", "a6"], {
      home,
      tty: true,
      columns: 100,
      env: { NO_COLOR: "1" },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Nirvana · Nevermind +a6\n68 plays · \d+ different tracks heard · \d+ spins · last /,
    );
    expect(stdout).toMatch(
      /CREDITED to 2 records of yours\n +# +record +form +year +why\n +1 {2}Nirvana · Nevermind/,
    );
    expect(stdout).toContain("same artist, same title");
    const json = JSON.parse((await runCli(["explain", "a6", "--json"], { home })).stdout) as {
      album: { id: number };
      records: { id: number; rule: string }[];
    };
    expect(json.album.id).toBe(6);
    expect(json.records.map(({ id }) => id)).toEqual([1, 64]);
  });

  test("without a record it says how to link or hide it", async () => {
    const { stdout } = await runCli(["explain", "A3"], { home: await sampleHome() });
    expect(stdout).toContain("NOT CREDITED");
    expect(stdout).toContain("rewind gaps hide a3");
  });

  test("an unknown id is refused", async () => {
    const { code, stderr } = await runCli(["explain", "a99999"], { home: await sampleHome() });
    expect(code).toBe(2);
    expect(stderr).toContain("no album a99999");
  });
});
