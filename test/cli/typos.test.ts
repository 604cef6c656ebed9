// Typical mistakes of new users.
import { expect, test } from "vitest";
import { commandsByAlias } from "../../src/cli/command-aliases.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { loadDeclarations, getLongFlag } from "../support/declarations.ts";
import { requireError, runCli, type CliResult } from "../support/run-cli.ts";
import { createSmallHome } from "../support/small-collection.ts";

const home = createSmallHome({
  records: [
    {
      release: 1,
      artist: "Syl Johnson",
      title: "Is It Because",
      label: "Numero Group",
      styles: ["Deep Funk"],
    },
    // The number of a release is no word of its title, even where it reads like a year.
    { release: 2024, artist: "Sault", title: "5", label: "Numbero", styles: ["Funk"] },
    { release: 3, artist: "Can", title: "Tago Mago", label: "The Numero Group", styles: ["Krautrock"] },
  ],
  albums: [
    { artist: "Syl Johnson", title: "Is It Because", plays: 30, lastUts: Date.UTC(2024, 5, 15) / 1000 },
  ],
});

const runRewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

test.each([
  ["stats 2024", "stats --during 2024"],
  ["stats last year", "stats --during last-year"],
  ["top 2024", "top --during 2024"],
  ["top tracks 2024-06", "top tracks --during 2024-06"],
  ["recap week", "recap --week"],
  ["recap month", "recap --month"],
  ["recap last month", "recap last-month"],
  ["top songs", "top tracks"],
  ["xref --year 70s", "xref --year 1970s"],
  ["xref --year 10s", "xref --year 2010s"],
])("rewind %s is rewind %s", async (words, flags) => {
  const one = await runRewind(...words.split(" "), "--json");
  expect(one.code).toBe(0);
  expect(one.stdout).toBe((await runRewind(...flags.split(" "), "--json")).stdout);
});

test("searches for a word that top reads as a period", async () => {
  const { code, stderr } = await runRewind("top", "2024");
  expect(code).toBe(0);
  expect(stderr).toBe('rewind: took "2024" as a time (--during 2024). To search for it: --title 2024\n');
});

test.each([
  ["recap soon", 'recap takes a span of time, not "soon"\nDates: 2024, 2024-06'],
  ["stats jazz", 'stats takes a span of time, not "jazz"\nDates: 2024, 2024-06'],
  ["stats genre", 'stats takes a span of time, not "genre"\nDid you mean --by genre?'],
  ["stats 2024 --during 2023", "2024 and --during 2023 can't be combined"],
  ["top artists week", 'top takes a span of time, not "week"\nDates: 2024, 2024-06'],
  ["played tago mago --on soon", '"soon" is not one day\nDays: 2026-03-13, yesterday, friday'],
  [
    "report 2024",
    'no record has "2024" in artist or title\nFor the plays of that time: rewind report --during 2024',
  ],
  ["played tago mago --on tomorrow", "tomorrow is in the future\nTry: yesterday"],
  ["played tago mago --on 2026-02-30", "there is no day 2026-02-30\nDates: 2026-03-13"],
  ["played tago mago --on 30.2.2026", "there is no day 30.2.2026\nDates: 2026-03-13"],
  ["recap 2026-13", "recap takes a span of time, but there is no month 2026-13\n"],
  ["top --during 2025-06-31", "--during takes a span of time, but there is no day 2025-06-31\n"],
  [
    "played 3,1",
    "without --on, a play ends now, and only one record can\nTo log them for a day: rewind played 3,1 --on today",
  ],
  ["played 3,1 --at 0:01", "several records can't have one time\nTo log them for a day:"],
  ["played 3 1", 'no record has "3 1" in artist or title\nSeveral numbers need commas: 3,1'],
  ["explain #3 #1", "Several numbers need commas: 3,1"],
  [
    "explain 99",
    "no record 99\nTo see the numbers: rewind xref        Titles with that number: rewind xref 99",
  ],
  ["played #5", "no record 5\n"],
  [
    "gaps hide a999",
    "no album a999 in your plays\nTo see the ids: rewind gaps. Words from the title work too.",
  ],
  ["gaps unhide a999", "To see the ids: rewind gaps --hidden."],
  ["link 1 --add a999", "To see the ids: rewind explain RECORD."],
  ["link 1 --remove a1", 'unknown option "--remove". Did you mean --clear or --not?'],
  ["xref --rating 6..", "--rating goes from 1 to 5, and 0 is not rated\nTry: --rating 4.."],
  ["xref --confidence 2", "--confidence goes from 0 to 1\nTry: --confidence 0.8.."],
  ["top --by artist", "Did you mean rewind top artists?"],
  ["top --by tracks", "Did you mean rewind top tracks?"],
  ["top albums --by x", 'unknown option "--by". Did you mean --sort plays?'],
  ["xref --min-plays 5", 'unknown option "--min-plays". Did you mean --plays 5..?'],
  ["xref --min-plays=7", "Did you mean --plays 7..?"],
  ["xref --decade 1980", "Did you mean --year 1980s?"],
  ["wants --artist Can", 'unknown option "--artist". Did you mean rewind wants WORDS?'],
  ["recent --artist Can", "Did you mean rewind recent WORDS?"],
  ["xref --count 7", "Did you mean --limit 7?"],
  ["search tago", 'unknown command "search". Did you mean have?'],
  ["restore", 'unknown command "restore". Did you mean links import?'],
  ["help search", 'unknown command "search". Did you mean have?'],
  ["save x -- search", "Did you mean have?"],
  ["xerf", 'unknown command "xerf". Did you mean xref?'],
  ["xerf --help", 'unknown command "xerf". Did you mean xref?'],
  ["nonsense -h", 'unknown command "nonsense"\nHelp: rewind --help'],
  ["keys delete --help", 'unknown command "delete". Did you mean rewind keys revoke?'],
  ["keys delete", 'unknown command "delete". Did you mean rewind keys revoke?'],
  ["links list", 'unknown command "list". Did you mean rewind links?'],
  ["config show", 'unknown command "show". Did you mean rewind config?'],
  ["xref --genre ock", 'no record carries the genre "ock". Did you mean "Rock"?'],
  ["played --undo", 'unknown option "--undo". Did you mean rewind played undo?'],
  ["played --list", 'unknown option "--list". Did you mean rewind played list?'],
  ["played --send", 'unknown option "--send". Did you mean rewind played send?'],
  ["played --from -", 'unknown option "--from". Did you mean rewind played import FILE?'],
  ["played 3 --pending 6f0b", 'unknown option "--pending". Did you mean rewind played pending?'],
  ["recap --year 2025", 'unknown option "--year". Did you mean rewind recap 2025?'],
  ["recap 2031", "2031 is in the future"],
  ["top 2031", "2031 is in the future"],
  ["recent --during 2031", "2031 is in the future"],
  ["link 1", "Give --add ALBUMS, --not ALBUMS"],
  ["save list", "To list your questions: rewind save --list"],
  ["xref --decade 1970", 'unknown option "--decade". Did you mean --year 1970s?'],
  ["xref --csv", 'unknown option "--csv". Did you mean --as csv?'],
  ["xref --tsv", 'unknown option "--tsv". Did you mean --as tsv?'],
  ["xref --table", 'unknown option "--table". Did you mean --as table?'],
  ["xref --formt Vinyl", 'unknown option "--formt". Did you mean --format?'],
  ["top --by artist", 'unknown option "--by". Did you mean rewind top artists?'],
  ["gaps --min 3", 'unknown option "--min". Did you mean --plays 3..?'],
  ["wants --never", 'wants has no option "--never"; xref, pick, dusty and others have it'],
  ["cull --sell", 'unknown option "--sell"\nHelp: rewind cull --help'],
  ["serve --port 80000", "Try: --port 8787"],
  ["sql drop_table_records", "rewind sql only runs statements that read"],
  ["sql delete_from_records", "rewind sql only runs statements that read"],
  ["sql select_plays_from_records", "SQL: no such column: plays. Did you mean play_count?"],
  ["sql select_titel_from_records", "SQL: no such column: titel. Did you mean title?"],
  ["alias Nobody Nobody", 'no record or album is by "Nobody"\n'],
  ["stats --columns genre", "--columns needs --by"],
  ["keys create desk --name phone", 'a key has one name, not both "desk" and "phone"'],
  ["recap --week --month", "--week and --month contradict each other"],
  ["recap 2024 --week", "2024 and --week can't be combined"],
  ["link 1 --add a1 --none", "--none and --add contradict each other"],
  ["alias Nobody No-One", 'no record or album is by "Nobody" or "No-One"'],
  ["alias Sault Sau", 'both names are of the same artist, "Sault"'],
])("rewind %s says what would be right", async (line, message) => {
  const argv = line.split(" ").map((word) => word.replaceAll(/(?<=[a-z])_(?=[a-z])/g, " "));
  expect(requireError(await runRewind(...argv), 2)).toContain(message);
});

test.each([
  ["top albms", 'nothing has the word "albms". Did you mean rewind top albums?'],
  ["recent 5", 'took "5" as a word of a name. For 5 of them: rewind recent -n 5'],
  ["gaps 5", "For 5 of them: rewind gaps -n 5"],
  ["top 5", "For 5 of them: rewind top -n 5"],
  ["top tracks 5", "For 5 of them: rewind top tracks -n 5"],
  ["wants 5", "For 5 of them: rewind wants -n 5"],
  ["pick 5", 'took "5" as a word of a name. For 5 of them: rewind pick -n 5'],
])("rewind %s answers and says what may have been meant", async (line, notice) => {
  const { code, stderr } = await runRewind(...line.split(" "));
  expect([code, stderr]).toEqual([0, expect.stringContaining(notice)]);
});

test("rewind save takes the options of its command line with and without --", async () => {
  const [bare, marked] = [
    await runRewind("save", "unheard", "xref", "--never"),
    await runRewind("save", "unheard", "--", "xref", "--never"),
  ];
  expect(bare).toMatchObject({ code: 0, stdout: "Saved: rewind unheard is rewind xref --never\n" });
  expect(marked.stdout).toBe(bare.stdout);
  expect(requireError(await runRewind("save", "remove", "unheard"), 2)).toContain(
    "To delete unheard: rewind save --remove unheard",
  );
  expect((await runRewind("save", "unheard", "--remove")).stdout).toBe("Deleted: unheard\n");
});

test("rewind keys create takes the name as a word", async () => {
  const { code } = await runRewind("keys", "create", "laptop");
  expect(code).toBe(0);
  expect((await runRewind("keys")).stdout).toContain("laptop");
});

test("rewind played --at takes a day and a time", async () => {
  const { code, stdout } = await runRewind("played", "1", "--at", "yesterday 21:30");
  expect([code, stdout]).toEqual([0, expect.stringContaining("13 Mar 2026")]);
});
test.each([
  ["--label numero", "Is It Because, Tago Mago"],
  ["--label numero_group", "Is It Because"],
  ["--not-label numero", "5"],
  ["--style deep", "Is It Because"],
  ["--style funk", "5"],
])("rewind xref %s takes a part of a value, unless a value is exactly that", async (line, titles) => {
  const argv = line.split(" ").map((word) => word.replace("_", " "));
  const { data } = parseContractDocument((await runRewind("xref", ...argv, "--json")).stdout);
  expect(
    data
      .map(({ collection }) => collection.title)
      .toSorted()
      .join(", "),
  ).toBe(titles);
});

test("a label that no record has is refused", async () => {
  expect((await runRewind("xref", "--label", "nmero")).stderr).toContain('no record is on the label "nmero"');
  expect((await runRewind("xref", "--label", "")).code).toBe(2);
});

test("other names lead to existing commands and flags, and none is a command's name", async () => {
  const declared = new Map<string, readonly string[]>([
    ["help", []],
    ["", ["--version"]],
  ]);
  for (const { path, declaration } of await loadDeclarations()) {
    declared.set(path.join(" "), (declaration.options ?? []).map(getLongFlag));
  }
  const wrong = [...commandsByAlias].filter(([name, line]) => {
    const [path = "", flag] = line.startsWith("--") ? ["", line] : line.split(/ (?=--)/);
    const flags = declared.get(path);
    return flags === undefined || (flag !== undefined && !flags.includes(flag)) || declared.has(name);
  });
  expect(wrong).toEqual([]);
});

test.each(["13.3.2026", "2026-03-13"])("a play can be logged for %s", async (day) => {
  const { stdout, code } = await runRewind("played", "3", "--on", day, "--dry-run");
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("13 Mar 2026") as string,
  });
});

test("explain reads a number as a title if no record has that number", async () => {
  const { code, stdout } = await runRewind("explain", "5");
  expect({ code, isFound: stdout.includes("Sault · 5") }).toEqual({ code: 0, isFound: true });
});

test.each([
  ["xref --plays 3", "No record fits --plays; 3 without it. --plays 3 means exactly 3; 1 with --plays 3..\n"],
  ["xref --plays 31", "No record fits --plays; 3 without it.\n"],
  ["xref --plays 3..5", "No record fits --plays; 3 without it.\n"],
  ["dusty --genre Rock", "No album with 5+ spins, none in the last 12 months, fits --genre.\n"],
])("rewind %s says what the filter means", async (line, message) => {
  const { stdout } = await runCli(line.split(" "), { home, tty: true });
  expect(stdout.replaceAll(/\n(?=\S)/g, " ").replace(/ Records.*/s, "\n")).toContain(message.trim());
});

test("one missing setting is named in the singular", async () => {
  const error = requireError(await runCli(["sync"]), 4);
  expect(error).toContain("DISCOGS_TOKEN is missing\n");
  expect(error).toMatch(/Or set it in the environment .*\nGet it at https:/);
});
