import { beforeEach, expect, test, vi } from "vitest";
import { measureWidth } from "../../src/output/width.ts";
import type { RecapDocument } from "../../src/queries/documents/play-documents.ts";
import { saveLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import { saveTracklist } from "../../src/store/shelf/tracklists.ts";
import {
  createSharedHome,
  withHomeCache,
  buildRecord,
  buildAlbumPlays,
  buildListedTrack,
  buildWant,
} from "../support/filled-cache.ts";
import { buildLoggedPlay } from "../support/logged-plays.ts";
import { createFilledHome, createCommandRunner } from "../support/command-runner.ts";

const you = buildRecord({ artist: "Gong", title: "You", dateAdded: "2026-03-09T10:00:00-08:00" });
const filling = {
  records: [
    buildRecord({ artist: "Talk Talk", title: "It's My Life", dateAdded: "2026-02-02T10:00:00-08:00" }),
    buildRecord({ artist: "Slowdive", title: "Souvlaki", dateAdded: "2012-02-02T10:00:00-08:00" }),
    buildRecord({ artist: "Can", title: "Tago Mago", dateAdded: "2026-03-08T10:00:00-08:00" }),
    you,
  ],
  plays: [
    // The usual: a sitting of ten a month.
    ...Array.from({ length: 14 }, (_, at) => new Date(Date.UTC(2025, at, 3, 20)).toISOString()).flatMap(
      (from) => buildAlbumPlays("Can", "Tago Mago", { from, tracks: 7, count: 10 }),
    ),
    ...buildAlbumPlays("Slowdive", "Souvlaki", { from: "2021-08-11T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("Talk Talk", "It's My Life", { from: "2026-03-08T20:00:00Z", tracks: 9 }),
    ...buildAlbumPlays("Slowdive", "Souvlaki", { from: "2026-03-09T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2026-03-10T20:00:00Z", tracks: 13, count: 26 }),
    ...buildAlbumPlays("Can", "", { from: "2026-03-11T20:00:00Z", tracks: 2 }),
    // Today is left out.
    ...buildAlbumPlays("Talk Talk", "It's My Life", { from: "2026-03-14T08:00:00Z", tracks: 2 }),
  ],
  wants: [buildWant({ artist: "D'Angelo", title: "Voodoo" })],
};
const home = createSharedHome(filling);
const { run, json, screen } = createCommandRunner<RecapDocument>("recap", home);

beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));

test("sums up the last seven days against the usual week", async () => {
  const document = await json();
  expect(document).toMatchObject({
    from: "2026-03-06T23:00:00Z",
    to: "2026-03-13T23:00:00Z",
    plays: 45,
    on_shelf: { owned: 17, not_owned: 26, no_album_tag: 2, albums: 2, albums_spun: 2 },
    first_time: [{ title: "It's My Life", play_count: 9, added_at: "2026-02-02T18:00:00Z" }],
    back_after_years: [{ title: "Souvlaki", last_spin: "2021-08-11T20:00:00Z" }],
    gaps: [{ album_name: "Voodoo", play_count: 26, wanted: true }],
    gaps_total: 1,
    new_records: { records: 2, played: 1 },
    to_review: 0,
    previous: { from: "2026-02-27T23:00:00Z", to: "2026-03-06T23:00:00Z", plays: 0 },
    heard: { artists: 4, albums: 3, songs: 32 },
    listening_time: { seconds: 0, plays: 0 },
    plays_by_weekday: [8, 26, 2, 0, 0, 0, 9],
    busiest_day: { from: "2026-03-09T23:00:00Z", plays: 26 },
    most_played: { title: "It's My Life", play_count: 9 },
    new_artists: { artists: 2, stayed: 0, data: [{ artist_name: "D'Angelo" }, { artist_name: "Talk Talk" }] },
    best_purchase: null,
    sealed: [{ title: "You" }],
    months: null,
    top_albums: [{ album_name: "Voodoo" }, { album_name: "It's My Life" }, { album_name: "Souvlaki" }],
    top_artists: [{ play_count: 26 }, { play_count: 9 }, { play_count: 8 }, { play_count: 2 }],
    longest_row: { days: 4 },
  });
  // 110 plays from 7 March 2025 to 7 March 2026.
  expect(document.usual_plays).toBe(Math.round((110 * 7) / 365));
  expect(await json("--week")).toEqual(document);
});

test("a year has months, top lists and the longest row of days", async () => {
  const whole = await json("2025..");
  expect(whole.months).toHaveLength(15);
  expect(whole.top_albums?.[0]).toMatchObject({ album_name: "Tago Mago", play_count: 140, owned: true });
  const row = { days: 4, from: "2026-03-07T23:00:00Z", to: "2026-03-10T23:00:00Z" };
  expect(whole.longest_row).toEqual(row);
  expect(await screen("2025-01..2025-06")).toMatch(/^ {2}Longest streak +1 day +3 Jan 2025$/m);
});

test("a running year is compared with the same days of the year before", async () => {
  expect((await json("2026")).previous).toEqual({
    from: "2024-12-31T23:00:00Z",
    to: "2025-03-14T23:00:00Z",
    plays: 30,
  });
  expect(await screen("2026")).toMatch(/^ {2}The year before +30 plays +until 14 Mar 2025; now 123% more$/m);
  // The history begins in August 2021.
  expect((await json("2022")).previous).toBeNull();
});

test("a quarter is compared with the quarter before, and a running one with the same days of it", async () => {
  expect(await screen("2025-Q4")).toMatch(
    /^2025-Q4 · 30 plays \(your usual quarter: \d+\)\n(?:.*\n)* {2}The quarter before +30 plays +now as many$/m,
  );
  expect((await json("this-quarter")).previous).toEqual({
    from: "2025-09-30T22:00:00Z",
    to: "2025-12-12T23:00:00Z",
    plays: 30,
  });
  expect(await screen("Mar", "2026")).toMatch(/ rewind xref --added Mar-2026$/m);
});

test("a day is compared with the day before, and many more plays as a multiple", async () => {
  const owner = await createFilledHome({
    records: [buildRecord({ artist: "Can", title: "Tago Mago" })],
    plays: [
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-01-01T12:00:00Z", tracks: 1 }),
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-03-01T12:00:00Z", tracks: 1 }),
      ...buildAlbumPlays("Can", "Tago Mago", { from: "2026-03-02T12:00:00Z", tracks: 7, count: 30 }),
    ],
  });
  const { screen: show } = createCommandRunner("recap", owner);
  expect(await show("2026-03-02")).toMatch(/^ {2}The day before +1 play +now 30 times as many$/m);
});

test("logged plays are counted, and make no second first time", async () => {
  const noted = await createFilledHome(filling);
  withHomeCache(noted, (database) =>
    saveLoggedPlays(database, [buildLoggedPlay({ releaseId: you.release.id, from: "2026-03-12T19:00:00Z" })]),
  );
  const recap = createCommandRunner("recap", noted);
  expect(await recap.screen()).toMatch(
    /^ {2}on records you own +17 +38% {2}3 albums, 3 of them spun, 1 only logged$/m,
  );
  expect(await recap.json()).toMatchObject({
    logged_plays: 1,
    on_shelf: { owned: 17, albums: 3, albums_spun: 3 },
    first_time: [{ title: "It's My Life" }, { title: "You", play_count: 0 }],
    new_records: { records: 2, played: 2 },
  });
});

test("says which plays the listening time leaves out, and what fetches their lengths", async () => {
  const measured = await createFilledHome(filling);
  const recap = createCommandRunner("recap", measured);
  const [first, second] = filling.records;
  const readLine = async (): Promise<string> =>
    /^ {2}Listening time[^]*(?=^ {2}Mostly on)/m.exec(await recap.screen())?.[0] ?? "";
  const save = (record: typeof you | undefined, tracks: number): void =>
    withHomeCache(measured, (database) => {
      const list = Array.from({ length: tracks }, (_, at) =>
        buildListedTrack(`Track ${at + 1}`, { position: `A${at + 1}`, durationSeconds: 200 }),
      );
      saveTracklist(database, record?.release.id ?? 0, list, 1);
    });
  expect(await readLine()).toBe("");
  save(first, 9);
  expect(await readLine()).toMatch(
    /^ {2}Listening time +30 min 0 s +of 9 plays with a known length\n +and 8 plays without a tracklist yet +rewind sync --tracklists\n$/,
  );
  // Plays of what is not owned stay without a length.
  save(second, 8);
  expect(await readLine()).toMatch(/^ {2}Listening time +56 min 40 s +of 17 plays with a known length\n$/);
});

function spinOn(title: string, ...days: readonly string[]) {
  return days.flatMap((day) => buildAlbumPlays("Ride", title, { from: `${day}T12:00:00Z`, tracks: 8 }));
}

test("a record is back after years once two calendar years have passed, in a leap year too", async () => {
  const leaping = await createFilledHome({
    records: [
      buildRecord({ artist: "Ride", title: "Nowhere" }),
      buildRecord({ artist: "Ride", title: "Tarantula" }),
    ],
    plays: [
      ...spinOn("Nowhere", "2023-07-12", "2025-07-11"),
      ...spinOn("Tarantula", "2023-07-13", "2025-07-13"),
    ],
  });
  const recap = createCommandRunner<RecapDocument>("recap", leaping);
  expect((await recap.json("2025")).back_after_years).toMatchObject([{ title: "Tarantula" }]);
  expect(await recap.screen("2025")).toMatch(/Ride · Tarantula +last spin 13 Jul 2023, 2 y 0 mo$/m);
});

test("shows totals, first times, comebacks and gaps on a screen, within its width", async () => {
  expect(await screen()).toBe(`Sat, 7 Mar – Fri, 13 Mar 2026 · 45 plays (your usual week: 2)

  on records you own     17   38%  2 albums, 2 of them spun
  on others              26   58%
  no album tag            2    4%

  Heard               4 artists, 3 albums, 32 songs
  Mostly on           Tuesdays                       26 plays
  Mostly at           21:00 to 22:00                 34 plays
  Busiest day         10 Mar 2026                    26 plays
  Longest streak      4 days                         8 Mar 2026 to 11 Mar 2026
  Top albums          D'Angelo · Voodoo              26 plays, not owned
                      Talk Talk · It's My Life       9 plays
                      Slowdive · Souvlaki            8 plays
  Top artists         D'Angelo                       26 plays
                      Talk Talk                      9 plays
                      Slowdive                       8 plays
  Top songs           D'Angelo · Track 13            2 plays, not owned
                      D'Angelo · Track 12            2 plays, not owned
                      D'Angelo · Track 11            2 plays, not owned
  New artists         2
                      D'Angelo                       26 plays
                      Talk Talk                      9 plays
  Record of the week  Talk Talk · It's My Life       9 plays
  First time ever     Talk Talk · It's My Life       on the shelf since 2 Feb 2026, 39 days
  Back after years    Slowdive · Souvlaki            last spin 11 Aug 2021, 4 y 6 mo
  Played, not owned   D'Angelo · Voodoo              26 plays, ★ wantlist
  New on the shelf    2 records, 1 of them played    rewind xref --added week
  Still sealed        Gong · You

synced a moment ago
`);
  const week = await run([], { tty: true, columns: 60 });
  const year = await run(["2025"], { tty: true, columns: 60 });
  expect(year.stdout).toMatch(/^ {2}Top albums {2,}\S/m);
  for (const { stdout } of [week, year]) {
    expect(Math.max(...stdout.split("\n").map(measureWidth))).toBeLessThanOrEqual(60);
    // No figure is cut.
    expect(stdout).not.toContain("…");
  }
  const dumb = await run(["2025.."], { tty: true, env: { TERM: "dumb" } });
  expect(dumb.stdout).toMatch(/^[\x20-\x7e\n]*$/);
});

test.each([50, 60, 80, 100])(
  "keeps a command whole, below the table if need be, at %i columns",
  async (columns) => {
    const { stdout } = await run(["2026"], { tty: true, columns });
    const command =
      /^(?: {2}New on the shelf:?)?.* {2,}rewind xref --added 2026$|^ {2}New on the shelf: rewind xref --added 2026$/m;
    expect(stdout).toMatch(command);
    const week = (await run([], { tty: true, columns })).stdout;
    expect(week).toMatch(/\brewind xref --added week$/m);
  },
);

test("a narrow screen shows each fact whole, below its label", async () => {
  const { stdout } = await run(["2026"], { tty: true, columns: 50 });
  expect(stdout).toContain("\n  on records you own\n    Plays ");
  expect(stdout).toMatch(
    /^ {2}First time ever\n {4}Talk Talk · It's My Life: on the shelf since 2\n {4}Feb 2026$/m,
  );
  expect(stdout).not.toContain("…");
});

test("a narrow screen names no column that the table leaves without a header", async () => {
  const { stdout } = await run(["2026"], { tty: true, columns: 50 });
  expect(stdout).toMatch(/Share \d+%\s+\d+ albums/);
  expect(stdout).not.toMatch(/^ *(?:How|Albums) /m);
});

test("writes Markdown", async () => {
  const { stdout } = await run(["--as", "markdown"]);
  for (const part of [
    "## Sat, 7 Mar – Fri, 13 Mar 2026\n\n**45 plays (your usual week: 2)**\n\n| | Plays | Share | |\n",
    "| on records you own | 17 | 38% | 2 albums, 2 of them spun |",
    "**First time ever:** Talk Talk · It's My Life (on the shelf since 2 Feb 2026, 39 days)",
  ])
    expect(stdout).toContain(part);
  expect(stdout).not.toContain("rewind");
});

test.each([
  ["2025", "2025"],
  ["2026-02", "Feb 2026"],
  ["2025..", "1 Jan 2025 to 14 Mar 2026"],
  ["2026-03-10", "10 Mar 2026"],
  ["year", "14 Mar 2025 to 13 Mar 2026"],
  ["..2010", "31 Dec 2010"],
  ["--month", "14 Feb 2026 to 13 Mar 2026"],
])("rewind recap %s names its days", async (span, title) => {
  const { stdout } = await run([span]);
  expect(stdout.startsWith(`${title} · `)).toBe(true);
});

test.each(["2025 --week", "--json --as markdown"])("rewind recap %s is refused", async (line) => {
  expect(await run(line.split(" "))).toMatchObject({ code: 2, stdout: "" });
});

test("a year without plays has no course of months", async () => {
  expect(await screen("2015")).toBe("2015 · 0 plays\n\nsynced a moment ago\n");
  expect(await screen("2025..")).toContain("Plays a month");
});
