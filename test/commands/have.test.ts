import { expect, test } from "vitest";
import {
  cd,
  createSharedHome,
  withHomeCache,
  buildRecord,
  buildAlbumPlays,
  buildWant,
} from "../support/filled-cache.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";

const fela = [{ id: 1, name: "Fela Kuti", anv: "Olufela Anikulapo", join: "" }];
const ellington = ["Duke Ellington", "John Coltrane"].map((name, at) => ({
  id: 2 + at,
  name,
  anv: "",
  join: "&",
}));
const filling = {
  records: [
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", dateAdded: "2012-05-12T10:00:00-07:00" }),
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, year: 1997 }),
    buildRecord({ artist: "Joni Mitchell", title: "Blue" }),
    buildRecord({ artist: "New Order", title: "Blue Monday" }),
    buildRecord({ artist: "D'Angelo", title: "Brown Sugar", year: 2015 }),
    buildRecord({ artist: "Led Zeppelin", title: "Led Zeppelin II" }),
    buildRecord({ artist: "Sigur Rós", title: "Ágætis Byrjun" }),
    buildRecord({ artist: "椎名林檎", title: "無罪モラトリアム" }),
    buildRecord({ artists: fela, title: "Expensive Shit" }),
    buildRecord({ artist: "Godspeed You! Black Emperor", title: "Yanqui U.X.O." }),
    buildRecord({ artist: "The Fall (2)", title: "Hex 70" }),
    buildRecord({ artist: "Various", title: "Sampler" }),
    buildRecord({ artists: ellington, title: "In A Mellow Tone" }),
    buildRecord({
      artist: "Prince",
      title: "Sign O' The Times",
      labels: [{ id: 1, name: "Paisley Park", catalogNumber: "9255771" }],
    }),
  ],
  plays: [
    ...buildAlbumPlays("Miles Davis", "Kind of Blue", { from: "2026-01-15T20:00:00Z", tracks: 5 }),
    ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2026-03-12T20:00:00Z", tracks: 13 }),
  ],
  wants: [
    buildWant({ artist: "D'Angelo", title: "Voodoo" }),
    buildWant({ artist: "Can", title: "Future Days" }),
    buildWant({ artist: "The Fall (2)", title: "Hex 70" }),
  ],
};
const home = createSharedHome(filling);
const { run, json } = createCommandRunner("have", home);

interface HaveDocument {
  readonly records: readonly { readonly collection: { readonly id: number; readonly title: string } }[];
  readonly did_you_mean: readonly string[];
}

/** Titles, then what was meant. */
async function runHave(words: string): Promise<{ code: number; titles: string; meant: string }> {
  const { code, stdout } = await run(["--json", ...words.split(" ")]);
  const { records, did_you_mean } = JSON.parse(stdout) as HaveDocument;
  const titles = records.map(({ collection }) => collection.title);
  return { code, titles: titles.join(", "), meant: did_you_mean.join(", ") };
}

test("answers yes for an owned record, lists its copies and exits with 0", async () => {
  const { code, stdout, stderr } = await run(["kind", "of", "blue"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`YES, 2 copies · Miles Davis · Kind Of Blue · 5 plays, 1 spin, last 15 Jan 2026
  2  CD    1997  Island ILPS 9135  folder Uncategorized  added 2020-05-01
  1  LP    1975  Island ILPS 9135  folder Uncategorized  added 2012-05-12
`);
  expect(JSON.parse((await run(["--json", "--", "blue"])).stdout)).toMatchObject({
    owned: true,
    records: [{ exact: true }, {}, {}, {}],
    wanted: [],
    played: [{}],
  });
});

test("puts the copy first that rewind xref and rewind dusty show for the album", async () => {
  const readShown = async (...argv: readonly string[]): Promise<string | undefined> => {
    const { stdout } = await runCli(argv, { home, tty: true, columns: 100, env: { NO_COLOR: "1" } });
    return /^ *(\d+) .*Kind Of Blue ×2/m.exec(stdout)?.[1];
  };
  const { records } = (await json("kind", "of", "blue")) as HaveDocument;
  const explained = (await runCliJson(["explain", "--json", "kind of blue"], { home })) as {
    readonly record: { readonly id: number };
  };
  const id = String(records[0]?.collection.id);
  expect(await readShown("xref")).toBe(id);
  expect(await readShown("xref", "--sort", "added")).toBe(id);
  expect(await readShown("dusty", "--spins", "1..", "--idle", "1d")).toBe(id);
  expect(String(explained.record.id)).toBe(id);
});

test("shows plays, want and other records by the artist for a missing record and exits with 1", async () => {
  const { code, stdout, stderr } = await run(["voodoo"]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(
    /^NO record called "voodoo" · you play it: a\d+ D'Angelo · Voodoo, 13 plays, last 12 Mar 2026\n/,
  );
  expect(stdout).toContain(
    "★ on your wantlist since 29 Nov 2024 · by D'Angelo you own 1: Brown Sugar (LP, 2015)",
  );
  const future = await run(["future", "days"]);
  expect(future.code).toBe(1);
  expect(future.stdout).toContain("you want it: Can · Future Days");
  const none = { code: 1, stdout: 'NO record called "zyzzyva"\n', stderr: "" };
  expect(await run(["zyzzyva"])).toMatchObject(none);
});

test.each([
  ["joni mitchell hejira", "by Joni Mitchell you own 1: Blue (LP, 1975)"],
  ["hejira joni mitchell", "by Joni Mitchell you own 1: Blue (LP, 1975)"],
  ["the new order substance", "by New Order you own 1: Blue Monday (LP, 1975)"],
  ["grotesque the fall", "by The Fall you own 1: Hex 70 (LP, 1975)"],
  ["duke ellington indigo", "by Duke Ellington you own 1: In A Mellow Tone (LP, 1975)"],
  ["takk sigur ros", "by Sigur Rós you own 1: Ágætis Byrjun (LP, 1975)"],
])("names what you own by an artist whom you don't play: %s", async (words, hint) => {
  const { code, stdout } = await run(words.split(" "));
  expect({ code, stdout }).toEqual({ code: 1, stdout: `NO record called "${words}"\n  ${hint}\n` });
});

test("suggests no name that has one word for two that were typed", async () => {
  const twins = await createFilledHome({
    records: [
      buildRecord({ artist: "Christopher Cross", title: "Christopher Cross" }),
      buildRecord({ artist: "Frank Black", title: "Teenager Of The Year" }),
      buildRecord({ artist: "Duran Duran", title: "Rio" }),
    ],
    plays: [
      ...buildAlbumPlays("Blanck Mass", "Cross", { from: "2026-01-15T20:00:00Z", tracks: 5 }),
      ...buildAlbumPlays("Fleetwood Mac", "Rumours", { from: "2026-01-15T20:00:00Z", tracks: 5 }),
    ],
  });
  const { run: ask } = createCommandRunner("have", twins);
  for (const words of ["criss cross", "rumours rumors"])
    expect((await ask(["--json", words])).stdout).toContain('"did_you_mean":[]');
  // This name has its word twice.
  expect((await ask(["duran durran rio"])).stdout).toMatch(/^MAYBE · Duran Duran · Rio/);
});

test("counts a copy once that has the digits as its catalogue number and among its words", async () => {
  expect(await json("9255771")).toMatchObject({
    records: [{ collection: { id: 14 } }],
    summary: { records: 1 },
  });
});

test("a name with O' for of is found by both", async () => {
  expect((await run(["sign of the times"])).stdout).toMatch(/^MAYBE · Prince · Sign O' The Times/);
  expect((await run(["sign o the times"])).stdout).toMatch(/^YES · Prince · Sign O' The Times/);
});

test("says that another pressing of a record is wanted", async () => {
  expect((await run(["hex 70"])).stdout).toMatch(
    /^YES · The Fall · Hex 70[^]*★ on your wantlist: The Fall · Hex 70, since/,
  );
});

test("says of a barcode that was not found how many records may have it", async () => {
  const { code, stdout } = await run(["5099910000025"]);
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout:
      'NO record called "5099910000025"\n  the barcode of 14 records is not known: rewind sync --musicbrainz\n',
  });
});

test.each(["the order of time", "ascension various", 'x 7"', '7"'])(
  "names neither an artist nor a part of a number: %s",
  async (words) => {
    expect((await run([words])).stdout).toBe(`NO record called "${words}"\n`);
  },
);

test.each([
  ["blue davis of kind", "Kind Of Blue, Kind Of Blue"],
  ["BLUE", "Blue, Kind Of Blue, Kind Of Blue, Blue Monday"],
  ["kind of blue (legacy edition)", "Kind Of Blue, Kind Of Blue"],
  ["led zeppelin 2", "Led Zeppelin II"],
  ["agaetis byrjun", "Ágætis Byrjun"],
  ["林檎", "無罪モラトリアム"],
  ["fela kuti expensive", "Expensive Shit"],
  ["olufela anikulapo", "Expensive Shit"],
  ["the new order blue monday", "Blue Monday"],
  ["yanqui uxo", "Yanqui U.X.O."],
])("finds exact titles first: %s", async (words, titles) => {
  expect(await runHave(words)).toEqual({ code: 0, titles, meant: "" });
});

test.each([
  ["kind of bleu", "Kind Of Blue, Kind Of Blue", "kind of blue"],
  ["knid of bleu", "Kind Of Blue, Kind Of Blue", "kind of blue"],
  ["kindof blue", "Kind Of Blue, Kind Of Blue", "kind of blue"],
  ["black emperor yan qui", "Yanqui U.X.O.", "black emperor yanqui"],
  ["bleu", "Blue, Kind Of Blue, Kind Of Blue, Blue Monday", "blue"],
])("answers MAYBE to a typo, with the record first: %s", async (words, titles, meant) => {
  expect(await runHave(words)).toEqual({ code: 6, titles, meant });
  expect((await run(words.split(" "))).stdout).toMatch(
    new RegExp(`^MAYBE[^]*\nNo record has "${words}"\\. Read as "${meant}"\\.\n`),
  );
});

test.each([
  ["mitchel blue", "Blue", 'No record has "mitchel blue" as whole words.'],
  ["expensiv", "Expensive Shit", 'No record has "expensiv" as whole words.'],
  ["kin of blu", "Kind Of Blue, Kind Of Blue", 'No record has "kin of blu" as whole words.'],
  ["kind of blue davis prestige", "Kind Of Blue, Kind Of Blue", "Left out: prestige"],
  ["kind of blue 1959", "Kind Of Blue, Kind Of Blue", "Left out: 1959"],
  ["3", "Blue", '3 is a number in your collection. No title is "3".'],
])("answers MAYBE to a part of the words, and says what is missing: %s", async (words, titles, why) => {
  expect(await runHave(words)).toEqual({ code: 6, titles, meant: "" });
  expect((await run(words.split(" "))).stdout).toContain(why);
});

test.each([
  ["kind of blue cd", "Kind Of Blue"],
  ["miles davis kind of blue vinyl 1975", "Kind Of Blue"],
  ["blue album by joni mitchell", "Blue"],
  ["#3", "Blue"],
])("answers YES if a copy is as requested, and shows only that copy: %s", async (words, titles) => {
  expect(await runHave(words)).toEqual({ code: 0, titles, meant: "" });
});

test.each([
  ["another number is another album", "led zeppelin iii"],
  ["a word with another letter is another word", "kind of black"],
  ["a live album is another album", "kind of blue davis live"],
])("answers NO: %s", async (_, words) => {
  expect((await runHave(words)).code).toBe(1);
});

test("MAYBE names the album that is wanted and played", async () => {
  const own = await createFilledHome({
    records: [buildRecord({ artist: "Bob Dylan", title: "Blonde On Blonde" })],
    wants: [buildWant({ artist: "Frank Ocean", title: "Blonde" })],
    plays: buildAlbumPlays("Frank Ocean", "Blonde", { from: "2026-02-12T20:00:00Z", tracks: 10 }),
  });
  const { run: ask } = createCommandRunner("have", own);
  const { code, stdout } = await ask(["blonde"]);
  expect(code).toBe(6);
  expect(stdout).toMatch(/^MAYBE · Bob Dylan · Blonde On Blonde/);
  expect(stdout).toMatch(
    /title of an album that you don't own\.\n {2}you play it: a\d+ Frank Ocean · Blonde, 10 plays, [^]*★ on your wantlist since/,
  );
  expect((await ask(["blond"])).stdout).toContain("you play it");
});

test.each([
  {
    confidence: 0.9,
    code: 0,
    answer: /^YES · Miles Davis · Kind Of Blue · .* · credited with a\d+ Voodoo$/m,
  },
  { confidence: 0.89, code: 1, answer: /^NO record called "voodoo" · you play it/m },
])(
  "counts an album by another name as owned if a record surely matches it",
  async ({ confidence, ...expected }) => {
    const credited = await createFilledHome(filling);
    withHomeCache(credited, (database) => {
      database.exec(`UPDATE match SET type = 'fuzzy' WHERE record_id = 1;
      INSERT INTO album_match SELECT record.id, album.id, 'prefix', ${confidence} FROM record, album
      WHERE record.id = 1 AND album.title = 'Voodoo'`);
    });
    const { code, stdout } = await createCommandRunner("have", credited).run(["voodoo"]);
    expect(code).toBe(expected.code);
    expect(stdout).toMatch(expected.answer);
  },
);

test("writes its sides in every format, and ASCII on a dumb terminal", async () => {
  const csv = (await run(["--as", "csv", "blue"])).stdout;
  expect(csv).toMatch(/^side,id,release_id,artist,title,year,form,/);
  expect(csv.trimEnd().split("\r\n")).toHaveLength(5);
  const sides = await run(["--as", "ndjson", "--columns", "side,title", "voodoo"]);
  expect(sides.stdout).toBe('{"side":"wanted","title":"Voodoo"}\n{"side":"played","title":"Voodoo"}\n');
  const dumb = await run(["voodoo"], { tty: true, env: { TERM: "dumb" } });
  expect(dumb.stdout).toMatch(/^[\x20-\x7e\n]*$/);
  expect(await run([""])).toMatchObject({ code: 2, stdout: "" });
});

const manyHome = createSharedHome({
  records: Array.from({ length: 15 }, (_, at) =>
    buildRecord({ artist: "Low", title: `Overheard ${at + 1}` }),
  ),
});

test("a terminal shows twelve albums of many and how many more there are; a pipe shows all", async () => {
  const many = createCommandRunner("have", manyHome);
  for (const [words, head] of [
    ["low", "YES, 15 records of 15 albums"],
    ["verhea", 'NO record called "verhea"'],
  ] as const) {
    const [first, ...lines] = (await many.screen(words)).split("\n");
    expect(first).toBe(head);
    expect(lines.filter((line) => line.includes("Overheard"))).toHaveLength(12);
    expect(lines.at(-2)).toBe(`  3 albums more: rewind xref ${words} --all`);
    const { stdout } = await many.run([words]);
    expect(stdout.split("\n").filter((line) => line.includes("Overheard"))).toHaveLength(15);
    expect(stdout).not.toContain("more");
  }
});

test("says folder and added once for each copy on a narrow screen", async () => {
  const { stdout } = await runCli(["have", "kind", "of", "blue"], { home, tty: true, columns: 46 });
  expect(stdout.match(/folder/gi)).toEqual(["folder", "folder"]);
  expect(stdout.match(/added/gi)).toEqual(["added", "added"]);
});
