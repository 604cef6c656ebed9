// Commands that write never act on a guess.
import { beforeEach, expect, test } from "vitest";
import { requireError, runCli, type CliResult } from "../support/run-cli.ts";
import { createSmallCollection } from "../support/small-collection.ts";
import { enter, createTypist } from "../support/scripted-typing.ts";

const parts = {
  records: [
    { release: 501, artist: "The Singers", title: "Rainbow Thunder" },
    { release: 502, artist: "Joni Mitchell", title: "Blue", year: 1971, master: 9 },
    { release: 503, artist: "Joni Mitchell", title: "Blue", year: 2007, master: 9 },
    { release: 504, artist: "Joni Mitchell", title: "Hejira" },
    { release: 505, artist: "Adele", title: "4" },
    { release: 506, artist: "Burial", title: "Rival" },
  ],
  albums: [
    { artist: "Joni Mitchell", title: "Hejira", plays: 30 },
    { artist: "Burial", title: "Untrue", plays: 20 },
    { artist: "Holly Herndon", title: "003", plays: 12 },
    { artist: "Fela Kuti", title: "Zombie", plays: 11 },
    { artist: "Femi Kuti", title: "Shoki Shoki", plays: 10 },
  ],
};

let home: string;

beforeEach(async () => {
  ({ home } = await createSmallCollection(parts));
});

const runRewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

/** All that the user ever decided or logged. */
async function readDecisions(): Promise<string> {
  const { stdout } = await runRewind("links", "export");
  return stdout.replace(/"exported_at": .*/, "");
}

test.each<[argv: readonly string[], message: string]>([
  // "in" is inside "Singers".
  [
    ["played", "in", "rainbow"],
    'has words that begin with "in rainbow"; these have it inside a word\n1 "The Singers" · "Rainbow',
  ],
  [["link", "in rainbow", "--none"], 'inside a word\n1 "The Singers" · "Rainbow Thunder"'],
  [["gaps", "hide", "ntru"], 'inside a word\na2 "Burial" · "Untrue" (20)'],
  // A typo, and a word too many.
  [["played", "hejria"], 'no record has "hejria"; read as "hejira"\n4 "Joni Mitchell" · "Hejira"'],
  [["link", "hunder", "--clear"], 'read as "thunder"\n1 "The Singers" · "Rainbow Thunder"'],
  [["pick", "--snooze", "hejria"], 'read as "hejira"\n4 "Joni Mitchell" · "Hejira"'],
  [["open", "hejria"], 'read as "hejira"\n4 "Joni Mitchell" · "Hejira"'],
  [["gaps", "hide", "ntrue"], 'read as "untrue"\na2 "Burial" · "Untrue" (20)'],
  [["gaps", "unhide", "ntrue"], 'read as "untrue"\na2 "Burial" · "Untrue" (20)'],
  [["link", "1", "--add", "ntrue"], 'read as "untrue"\na2 "Burial" · "Untrue" (20)'],
  [
    ["played", "hejira", "mitchell", "asylum"],
    'has all of "hejira mitchell asylum"; left out: asylum\n4 "Joni',
  ],
  [["played", "hejira", "cd"], 'has all of "hejira cd"; left out: cd\n4 "Joni Mitchell" · "Hejira"'],
  [["alias", "ela", "Burial"], '"ela" is only a part of this name\n1 "Fela Kuti"'],
  // Several albums fit.
  [
    ["played", "joni"],
    '"joni" is ambiguous: 2 albums on the shelf fit\n4 "Joni Mitchell" · "Hejira", 3 "Joni',
  ],
  [["gaps", "hide", "kuti"], '"kuti" is ambiguous: 2 albums fit\na4 "Fela Kuti" · "Zombie" (11), a5 "Femi'],
  [["alias", "kuti", "Burial"], '"kuti" is only a part of these names\n1 "Fela Kuti", 2 "Femi Kuti"'],
  [["alias", "Fella Kuti", "Burial"], 'no record or album is by "Fella Kuti"\nDid you mean "Fela Kuti"?'],
  // One album in two pressings: only one of them was on the turntable.
  [
    ["played", "blue"],
    'in 2 pressings\n3 "Joni Mitchell" · "Blue" (LP 2007), 2 "Joni Mitchell" · "Blue" (LP 1971)',
  ],
  [["played", "m9"], "in 2 pressings"],
  [["open", "blue"], '"blue" is on the shelf in 2 pressings\n3 "Joni Mitchell" · "Blue" (LP 2007), 2 "Joni'],
  [["open", "m9"], "in 2 pressings"],
  [["link", "blue", "--none", "--this-copy"], "several copies fit: #3, #2"],
  // An id of another kind.
  [["gaps", "hide", "3"], '"3" is not the id of an album: album ids begin with a\nDid you mean a3 "Holly'],
  [["gaps", "hide", "003"], 'Did you mean a3 "Holly Herndon" · "003"?'],
  [["gaps", "hide", "2,4"], 'Did you mean a2 "Burial" · "Untrue", a4 "Fela Kuti" · "Zombie"?'],
  [["gaps", "hide", "r504"], 'no album in your plays has "r504" in artist or title'],
  [["link", "1", "--add", "2"], 'Did you mean a2 "Burial" · "Untrue"?'],
  [
    ["played", "a1"],
    '"a1" is an album in your plays, not a record: "Joni Mitchell" · "Hejira"\nIts record is 4.',
  ],
  [["played", "https://www.last.fm/music/Joni+Mitchell/Hejira"], "Its record is 4."],
  [["pick", "--snooze", "a2"], "None of your records is credited with it."],
  [["played", "504"], 'no record 504\nThe release of that number is r504: "Joni Mitchell" · "Hejira"'],
  // The number of a record, and the title of another.
  [
    ["played", "4"],
    '4 is the number of a record and the title of another\n4 "Joni Mitchell" · "Hejira", 5 "Adele" · "4"',
  ],
])("rewind %j is refused, and nothing is written", async (argv, message) => {
  const before = await readDecisions();
  expect(requireError(await runRewind(...argv), 2)).toContain(message);
  expect(await readDecisions()).toBe(before);
});

test("an id is accepted, and so are words that begin words and find one record", async () => {
  expect(await runRewind("played", "heji", "mitch", "--on", "2026-01-02")).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect(await runRewind("played", "#4", "--on", "2026-01-03")).toMatchObject({ code: 0, stderr: "" });
  expect(await runRewind("link", "blue joni", "--only", "untr")).toMatchObject({ code: 0, stderr: "" });
  expect(await runRewind("gaps", "hide", "zomb")).toMatchObject({ code: 0 });
  expect(await runRewind("pick", "--snooze", "rain")).toMatchObject({ code: 0, stderr: "" });
  const alias = await runRewind("alias", "femi", "fela");
  expect(alias.stdout).toContain("Femi Kuti is the same as Fela Kuti");
  expect((await runRewind("alias", "remove", "femi")).stdout).toContain("Femi Kuti is no longer an alias");
});

test.each([
  [["open", "2"], "https://www.discogs.com/release/502"],
  [["open", "r503"], "https://www.discogs.com/release/503"],
  [["open", "blue 1971"], "https://www.discogs.com/release/502"],
  // A decision about an album is for all of its pressings.
  [["link", "blue", "--none"], "#2"],
  [["pick", "--snooze", "blue"], "Joni Mitchell · Blue"],
])("rewind %j does not ask between two pressings", async (argv, printed) => {
  const { code, stdout, stderr } = await runRewind(...argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(printed);
});

test("logging a record twice within its length is refused, except with --again", async () => {
  const logHejira = (...time: string[]): Promise<CliResult> =>
    runRewind("played", "hejira", "--on", "2026-01-02", "--at", ...time);
  const countLoggedPlays = async (): Promise<number> =>
    (JSON.parse((await runRewind("played", "list", "--json")).stdout) as { data: unknown[] }).data.length;
  await logHejira("20:00");
  const stderr = requireError(await logHejira("20:30"), 2);
  expect(stderr).toContain(
    '"Joni Mitchell" · "Hejira" is already logged as played on 2 Jan 2026 at 20:00\nIf you played it again, add --again.',
  );
  expect(await countLoggedPlays()).toBe(1);
  expect(await logHejira("20:30", "--again")).toMatchObject({ code: 0, stderr: "" });
  expect(await logHejira("22:00")).toMatchObject({ code: 0 });
  expect(await runRewind("played", "rain", "--on", "2026-01-02", "--at", "20:10")).toMatchObject({ code: 0 });
  expect(await countLoggedPlays()).toBe(4);
});

test.each([
  ["explain hunde", "record", /Rainbow Thunder/],
  ["xref hunde", "record", /Rainbow Thunder/],
  ["top ntru", "album", /Untrue/],
  ["gaps ntru --tracks 1..", "album", /Untrue/],
])("rewind %s finds words inside words, and says so", async (line, noun, found) => {
  const words = line.split(" ")[1];
  expect(await runRewind(...line.split(" "))).toMatchObject({
    stdout: expect.stringMatching(found) as unknown,
    stderr: `rewind: no ${noun} has words that begin with "${words}"; these have it inside a word\n`,
  });
});

test.each([
  ["explain hejria", 'no record has "hejria"; read as "hejira"', /Hejira/],
  ["xref hejria", 'no record has "hejria"; read as "hejira"', /Hejira/],
  [
    "xref hejira mitchell asylum",
    'no record has all of "hejira mitchell asylum"; left out: asylum',
    /Hejira/,
  ],
])("rewind %s finds the record, and says how it read the words", async (line, note, found) => {
  expect(await runRewind(...line.split(" "))).toMatchObject({
    stdout: expect.stringMatching(found) as unknown,
    stderr: `rewind: ${note}\n`,
  });
});

/** Runs a line on a terminal, where somebody answers its questions. */
async function runWithReplies(
  argv: readonly string[],
  ...replies: (readonly [prompt: string, ...keys: string[]])[]
): Promise<string> {
  const { code, stdout, stderr } = await runCli(argv, { home, ...createTypist(replies).options });
  expect(code).toBe(0);
  return stdout + stderr;
}

test.each([
  [["played", "blue"], ["Number:", "3"], "Blue (#3, one of 2 copies)"],
  [["open", "blue"], ["Number:", "2"], "https://www.discogs.com/release/502"],
  [["gaps", "hide", "kuti"], ["Id:", "a5"], "Hidden: Femi Kuti · Shoki Shoki"],
  [["alias", "kuti", "Burial"], ["Number:", "2"], "Femi Kuti is the same as Burial"],
  [["pick", "--snooze", "joni"], ["Number:", "4"], "Hejira will not be drawn"],
  [["pick", "--snooze", "joni"], ["Number:", "heji"], "Hejira will not be drawn"],
  [["played", "hejria"], ["Number:", "4"], "Logged: Joni Mitchell · Hejira"],
])("on a terminal rewind %j asks", async (argv, [prompt = "", ...keys], told) => {
  expect(await runWithReplies(argv, [prompt, ...keys, enter])).toContain(told);
});

test.each(["3\r", "3\n", "3\r\n"])(
  "takes a number that arrives together with its Enter: %j",
  async (typed) => {
    expect(await runWithReplies(["played", "blue"], ["Number:", typed])).toContain(
      "Blue (#3, one of 2 copies)",
    );
  },
);

test("asks again on a terminal after a wrong number", async () => {
  const inside = await runWithReplies(
    ["played", "in", "rainbow"],
    ["Number:", "3", enter],
    ["Number:", "1", enter],
  );
  expect(inside).toContain('No record has words that begin with "in rainbow"; these have it inside a word.');
  expect(inside).toContain("That is none of these.");
  expect(inside).toContain("Logged: The Singers · Rainbow Thunder");
});

test("asks on a terminal before it logs a record twice", async () => {
  const hejira = ["played", "hejira"];
  expect(await runWithReplies(hejira)).toContain("Logged: Joni Mitchell · Hejira");
  const refused = await runWithReplies(hejira, ["Log it again? (y/N)", enter]);
  expect(refused).toContain("Nothing was logged.\n");
  expect(refused).toContain('"Joni Mitchell" · "Hejira" is already logged as played on 14 Mar 2026 at');
  expect(await runWithReplies(hejira, ["Log it again? (y/N)", "y", enter])).toContain(
    "Logged: Joni Mitchell · Hejira",
  );
});

test("asks a second question after the first one is answered", async () => {
  const blue = ["played", "blue", "--on", "2026-03-01"];
  expect(await runWithReplies(blue, ["Number:", "3", enter])).toContain("Logged: ");
  const again = await runWithReplies(blue, ["Number:", "3", enter], ["Log it again? (y/N)", "y", enter]);
  expect(again).toContain("Blue (#3, one of 2 copies)");
});
