// Small worlds, each with what is missing in it. The first day is Tuesday, 1 January 2019.
import { expect, test } from "vitest";
import { daySeconds } from "../../../src/model/times.ts";
import { buildHolesDocument, querySourceHoles } from "../../../src/queries/shelf/source-holes.ts";
import { saveRefusal, saveStopped } from "../../../src/store/file/cache-facts.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { savePublication } from "../../../src/store/file/listings.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import { buildDays, buildSource, firstDay, listDays } from "../../support/daily-listener.ts";
import { createSourceCache } from "../../support/merged-cache.ts";
import type { WrittenSource } from "../../support/simulated-history.ts";

/** 120 days, without those in the ranges, which include both ends. */
function listDaysWithout(...gaps: readonly (readonly [from: number, to: number])[]): number[] {
  return listDays(firstDay, 120).filter((day) =>
    gaps.every(([from, to]) => day < firstDay + from || day > firstDay + to),
  );
}

/** Last.fm was read on the day after the last one, unless another day is given. */
function createCache(sources: readonly WrittenSource[], readDay = 120): Database {
  const database = createSourceCache(sources);
  mergeSources(database);
  if (sources.some(({ name }) => name === "lastfm")) {
    const publishedUts = (firstDay + readDay) * daySeconds + 3600;
    savePublication(database, "history", { startedUts: 1, publishedUts, fullReadUts: 1, detail: {} });
  }
  return database;
}

/** "certain lastfm 2019-03-04..2019-03-06 spotify 15" */
function listHoles(database: Database): string[] {
  return buildHolesDocument(querySourceHoles(database)).data.map(
    ({ kind, source, first_day: first, last_day: last, others }) =>
      [
        kind,
        source ?? "all",
        `${first}..${last ?? "now"}`,
        ...others.map(({ name, plays }) => `${name} ${plays}`),
      ].join(" "),
  );
}

const all = buildDays(listDaysWithout());

test("a source without three days that another one has is a certain hole, with the plays of the other", () => {
  const lastfm = buildSource("lastfm", buildDays(listDaysWithout([62, 64])));
  expect(listHoles(createCache([lastfm, buildSource("spotify", all)]))).toEqual([
    "certain lastfm 2019-03-04..2019-03-06 spotify 15",
  ]);
  const spotify = buildSource("spotify", buildDays(listDaysWithout([62, 64])));
  expect(listHoles(createCache([buildSource("lastfm", all), spotify]))).toEqual([
    "certain spotify 2019-03-04..2019-03-06 lastfm 15",
  ]);
  expect(listHoles(createCache([spotify, buildSource("apple", all)]))).toEqual([
    "certain spotify 2019-03-04..2019-03-06 apple 15",
  ]);
});

test("no source without days that all the others lack too is a certain hole, but a probable one of all", () => {
  const plays = buildDays(listDaysWithout([62, 64]));
  expect(listHoles(createCache([buildSource("lastfm", plays), buildSource("spotify", plays)]))).toEqual([
    "probable all 2019-03-04..2019-03-06",
  ]);
  expect(listHoles(createCache([buildSource("lastfm", plays)]))).toEqual([
    "probable all 2019-03-04..2019-03-06",
  ]);
});

test.each([
  ["two days are none", [60, 61]],
  ["a weekend with the Friday is none", [59, 61]],
  ["a weekend with the Friday and the Monday is none", [59, 62]],
  ["the first days are none, before any habit", [5, 9]],
])("of a break of the habit, %s", (_, [from, to]) => {
  const plays = buildDays(listDaysWithout([Number(from), Number(to)]));
  expect(listHoles(createCache([buildSource("lastfm", plays)]))).toEqual([]);
});

test("who plays every third day, on working days, or twice a week has no daily habit to break", () => {
  for (const isPlayed of [
    (day: number) => day % 3 === 0,
    (day: number) => ![2, 3].includes(day % 7),
    (day: number) => [1, 5].includes(day % 7),
  ]) {
    const days = listDaysWithout([60, 69]).filter(isPlayed);
    expect(listHoles(createCache([buildSource("lastfm", buildDays(days))]))).toEqual([]);
  }
});

test("three days need not begin at midnight", () => {
  // The last play is on Monday at 10:20, and the next one on Thursday at 11:20.
  const plays = buildDays(listDaysWithout([63, 64])).filter(({ startUts }) => {
    const hour = (startUts / 3600) % 24;
    const day = Math.floor(startUts / daySeconds) - firstDay;
    return (day !== 62 || hour < 10.5) && (day !== 65 || hour > 11);
  });
  expect(listHoles(createCache([buildSource("lastfm", plays)]))).toEqual([
    "probable all 2019-03-05..2019-03-06",
  ]);
});

const isListeningDay = (day: number): boolean => day % 8 > 0;

test("the more single days are left out, the longer a break must be", () => {
  expect(
    listHoles(
      createCache([buildSource("lastfm", buildDays(listDaysWithout([57, 59]).filter(isListeningDay)))]),
    ),
  ).toEqual([]);
  expect(
    listHoles(
      createCache([buildSource("lastfm", buildDays(listDaysWithout([57, 63]).filter(isListeningDay)))]),
    ),
  ).toEqual(["probable all 2019-02-27..2019-03-05"]);
});

test("who is often away from Friday to Sunday misses no Thursday before it, but four other days", () => {
  const weekends = [3, 24, 45, 73, 94].map((friday) => [friday, friday + 2] as const);
  const listHolesWithout = (...gap: readonly [from: number, to: number]): string[] =>
    listHoles(createCache([buildSource("lastfm", buildDays(listDaysWithout(...weekends, gap)))]));
  expect(listHolesWithout(58, 61)).toEqual([]);
  expect(listHolesWithout(55, 58)).toEqual(["probable all 2019-02-25..2019-02-28"]);
});

test("a hole near many others of both sources is found", () => {
  const lastfm = listDaysWithout([52, 57], [77, 81], [83, 87], [89, 93]);
  const spotify = listDaysWithout([59, 63], [65, 69], [71, 75]);
  const sources = [buildSource("lastfm", buildDays(lastfm)), buildSource("spotify", buildDays(spotify))];
  expect(listHoles(createCache(sources))).toContain("certain lastfm 2019-02-22..2019-02-27 spotify 30");
});

test("breaks of every other week are a habit themselves", () => {
  const days = listDaysWithout().filter((day) => (day - firstDay) % 9 > 3);
  expect(listHoles(createCache([buildSource("lastfm", buildDays(days))]))).toEqual([]);
});

test("a day with a logged play is no day without plays", () => {
  const database = createCache([buildSource("lastfm", buildDays(listDaysWithout([62, 64])))]);
  const noon = (firstDay + 63) * daySeconds + 12 * 3600;
  database
    .prepare(
      `INSERT INTO logged_play (uuid, release_id, start_uts, last_uts, from_uts, to_uts, precision, source, comment, logged_uts)
       VALUES ('u', 1, $noon, $noon, $noon, $noon, 'day', 'user', '', $noon)`,
    )
    .run({ noon });
  expect(listHoles(database)).toEqual([]);
});

test("what lies before a source's first play and after a file's last one is no hole", () => {
  const middle = buildSource("spotify", buildDays(listDays(firstDay + 40, 40)));
  expect(listHoles(createCache([buildSource("lastfm", all), middle]))).toEqual([]);
});

test("a service that should go on is listed once, up to now; not if it is stopped, refused or was not read", () => {
  const sources = [
    buildSource("lastfm", buildDays(listDays(firstDay, 100))),
    buildSource("spotify", buildDays(listDays(firstDay, 118))),
  ];
  const hole = ["certain lastfm 2019-04-11..now spotify 90"];
  expect(listHoles(createCache(sources))).toEqual(hole);
  expect(listHoles(createCache(sources, 100))).toEqual([]);
  const stopped = createCache(sources);
  saveStopped(stopped, "lastfm", (firstDay + 110) * daySeconds);
  expect(listHoles(stopped)).toEqual([]);
  const refused = createCache(sources);
  saveRefusal(refused, "lastfm", { uts: 1, message: "no", serviceMessage: null, settings: "" });
  expect(listHoles(refused)).toEqual([]);
});

test("a silence of all sources lasts up to now if a service that brought the last plays was read since", () => {
  const days = buildDays(listDays(firstDay, 100));
  expect(listHoles(createCache([buildSource("lastfm", days)]))).toEqual(["probable all 2019-04-11..now"]);
  expect(listHoles(createCache([buildSource("spotify", days)]))).toEqual([]);
  // The service ended long before the file, whose end says nothing.
  const old = buildSource("lastfm", buildDays(listDays(firstDay, 50)));
  const file = buildSource("spotify", buildDays(listDays(firstDay + 50, 50)));
  expect(listHoles(createCache([old, file]))).toEqual([]);
});

test("a source that never had the other's plays lacks none of them", () => {
  const shiftedDays = buildDays(listDaysWithout([60, 69])).map((play) => ({
    ...play,
    title: `Other ${play.title}`,
  }));
  const apart = [buildSource("lastfm", all), buildSource("spotify", shiftedDays)];
  expect(listHoles(createCache(apart))).toEqual([]);
});

test("a source that is used on some days only lacks no days", () => {
  const sundays = buildDays(listDaysWithout().filter((day) => day % 7 === 3));
  expect(listHoles(createCache([buildSource("lastfm", all), buildSource("spotify", sundays)]))).toEqual([]);
});

test("who plays once a week has no habit that shows what one source lacks", () => {
  const saturdays = listDays(firstDay, 400).filter((day) => day % 7 === 2);
  const holey = saturdays.filter((day) => day < firstDay + 200 || day > firstDay + 215);
  const sources = [buildSource("lastfm", buildDays(saturdays)), buildSource("spotify", buildDays(holey))];
  expect(listHoles(createCache(sources, 400))).toEqual([]);
});

test("a source that was given up for another one, but for a stray play, has no hole", () => {
  const stray = [...listDays(firstDay, 50), firstDay + 80, firstDay + 110];
  const sources = [buildSource("lastfm", all), buildSource("spotify", buildDays(stray))];
  expect(listHoles(createCache(sources))).toEqual([]);
});

test("holes of two sources and of all of them are listed apart, the newest first", () => {
  const sources = [
    buildSource("lastfm", buildDays(listDaysWithout([40, 43], [90, 94]))),
    buildSource("spotify", buildDays(listDaysWithout([65, 69], [90, 94]))),
  ];
  expect(listHoles(createCache(sources))).toEqual([
    "probable all 2019-04-01..2019-04-05",
    "certain spotify 2019-03-07..2019-03-11 lastfm 25",
    "certain lastfm 2019-02-10..2019-02-13 spotify 20",
  ]);
});

const listRemedies = (...sources: WrittenSource[]): string[] =>
  querySourceHoles(createCache(sources)).holes.map(({ remedy }) => remedy);

test("the remedy fits the source: an export, sending, looking at the player, or nothing", () => {
  const holey = buildDays(listDaysWithout([62, 64]));
  const apple = buildSource("apple", all);
  expect(listRemedies(buildSource("spotify", holey), apple)).toEqual([
    "import a newer or more complete export of Spotify: rewind import FILE",
  ]);
  expect(listRemedies(buildSource("listenbrainz", holey), apple)).toEqual([
    "send it the missing plays: rewind send plays --to listenbrainz",
  ]);
  expect(listRemedies(buildSource("lastfm", holey), apple)).toEqual([
    "nothing to do: Last.fm takes no old plays, and rewind counts those of Apple Music",
  ]);
  expect(listRemedies(buildSource("lastfm", buildDays(listDays(firstDay, 100))), apple)).toEqual([
    "check that your player sends plays to Last.fm; if you left it: rewind sources stop lastfm",
  ]);
  expect(listRemedies(buildSource("lastfm", buildDays(listDays(firstDay, 100))))).toEqual([
    "check that your player sends plays to Last.fm, then: rewind sync",
  ]);
  expect(listRemedies(buildSource("lastfm", holey))).toEqual([
    "import the history of the player that you used: rewind import FILE",
  ]);
  const early = buildSource("spotify", buildDays(listDays(firstDay, 20)));
  expect(listRemedies(buildSource("lastfm", holey), early)).toEqual([
    "import a newer export of Spotify: rewind import FILE",
  ]);
  const file = {
    ...buildSource("listenbrainz-file", buildDays(listDays(firstDay, 20))),
    title: "ListenBrainz export",
  };
  expect(listRemedies(buildSource("lastfm", holey), file)).toEqual([
    "import a newer export of ListenBrainz: rewind import FILE",
  ]);
});
