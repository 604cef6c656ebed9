// The cases in which other programs count a play twice, or lose one.
import { expect, test } from "vitest";
import type { SourcePlay } from "../../../src/model/listening-sources.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { toSourcePlay } from "../../../src/sources/files/file-format.ts";
import { createEmptyCache } from "../../../src/store/open-cache.ts";
import { deleteSource, createSourceImporter } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import type { WrittenSource } from "../../support/simulated-history.ts";
import { createSourceCache } from "../../support/merged-cache.ts";

const noon = Date.UTC(2019, 4, 7, 12) / 1000;
const hour = 3600;

const buildSourcePlay = (startUts: number, title: string, more: Partial<SourcePlay> = {}): SourcePlay =>
  toSourcePlay({ startUts, artist: "Can", album: "Ege Bamyasi", title, ...more });

function buildSource(name: string, ...plays: SourcePlay[]): WrittenSource {
  const kind = name === "spotify" ? "file" : "service";
  return { name, kind, plays: plays.map((row) => ({ ...row, truth: 0 })) };
}

function countPlays(database: Database): number {
  return database.prepare("SELECT count(*) FROM scrobble").pluck().get() as number;
}

function createMergedCache(...sources: WrittenSource[]): Database {
  const database = createSourceCache(sources);
  mergeSources(database);
  return database;
}

test("counts a song of two minutes on repeat as many times as it was heard", () => {
  const starts = [0, 121, 242, 363].map((after) => noon + after);
  const database = createMergedCache(
    buildSource("lastfm", ...starts.map((uts) => buildSourcePlay(uts, "Spoon"))),
    buildSource("listenbrainz", ...starts.map((uts) => buildSourcePlay(uts + 4, "Spoon"))),
    // The second time was not sent.
    buildSource("spotify", ...[0, 242, 363].map((after) => buildSourcePlay(noon + after - 3, "Spoon"))),
  );
  expect(countPlays(database)).toBe(4);
});

test("counts each repeat of a song once if another source knows only the ends", () => {
  const starts = [0, 120, 240].map((after) => noon + after);
  const buildEndPlays = (length: number | null): SourcePlay[] =>
    starts.map((uts) => buildSourcePlay(uts + 120, "Spoon", { isEndStamped: true, durationSeconds: length }));
  for (const length of [null, 120]) {
    const scrobbles = buildSource("lastfm", ...starts.map((uts) => buildSourcePlay(uts, "Spoon")));
    expect(
      countPlays(createMergedCache(scrobbles, buildSource("listenbrainz", ...buildEndPlays(length)))),
    ).toBe(3);
  }
});

test("merges a file in local time if the clocks change within a quarter", () => {
  // Summer time in Central Europe began on 31 March 2019 at 01:00 UTC.
  const change = Date.UTC(2019, 2, 31, 1) / 1000;
  const starts = Array.from({ length: 200 }, (_, at) => change - 150 * 3 * hour + at * 3 * hour + at);
  const toLocalTime = (uts: number): number => uts + (uts < change ? hour : 2 * hour);
  const database = createMergedCache(
    buildSource("lastfm", ...starts.map((uts, at) => buildSourcePlay(uts, `Song ${at % 7}`))),
    buildSource("rockbox", ...starts.map((uts, at) => buildSourcePlay(toLocalTime(uts), `Song ${at % 7}`))),
  );
  expect(countPlays(database)).toBe(200);
  const offsets =
    "SELECT DISTINCT value ->> 'seconds' FROM merge_quarter, json_each(clock, '$.offsets') ORDER BY 1";
  expect(database.prepare(offsets).pluck().all()).toEqual([hour, 2 * hour]);
});

test("too few plays say nothing about the clock", () => {
  const starts = Array.from({ length: 40 }, (_, at) => noon + at * hour * 5);
  const database = createMergedCache(
    buildSource("lastfm", ...starts.map((uts, at) => buildSourcePlay(uts, `Song ${at}`))),
    buildSource("spotify", ...starts.map((uts, at) => buildSourcePlay(uts + 3 * hour, `Song ${at}`))),
  );
  expect(countPlays(database)).toBe(80);
});

test.each([5, 30, 49])(
  "keeps a daily song at seven in one source and at eight in another as two plays on each of %i days",
  (days) => {
    const buildAlarmPlays = (hours: number): SourcePlay[] =>
      Array.from({ length: days }, (_, day) =>
        buildSourcePlay(noon + (day * 24 + hours) * hour + day, "Spoon"),
      );
    expect(
      countPlays(
        createMergedCache(
          buildSource("lastfm", ...buildAlarmPlays(-5)),
          buildSource("spotify", ...buildAlarmPlays(-4)),
        ),
      ),
    ).toBe(2 * days);
  },
);

test("daylight saving at the end of a quarter needs few plays if the next quarter proves it", () => {
  // Summer time in London began on 31 March 2019 at 01:00 UTC.
  const change = Date.UTC(2019, 2, 31, 1) / 1000;
  const starts = Array.from({ length: 400 }, (_, at) => change - 200 * 3 * hour + at * 3 * hour + at);
  const database = createMergedCache(
    buildSource("lastfm", ...starts.map((uts, at) => buildSourcePlay(uts, `Song ${at % 7}`))),
    buildSource(
      "rockbox",
      ...starts.map((uts, at) => buildSourcePlay(uts < change ? uts : uts + hour, `Song ${at % 7}`)),
    ),
  );
  expect(countPlays(database)).toBe(400);
});

test("keeps each of several offline plays that share one second", () => {
  const titles = ["Pinch", "Sing Swan Song", "Spoon", "Spoon"];
  const rows = titles.map((title) => buildSourcePlay(noon, title));
  expect(countPlays(createMergedCache(buildSource("lastfm", ...rows), buildSource("spotify", ...rows)))).toBe(
    4,
  );
  expect(countPlays(createMergedCache(buildSource("spotify", ...rows)))).toBe(4);
});

test("an import in parts counts repeats together, and a second one adds only what is new", () => {
  const database = createEmptyCache();
  const spotify = { name: "spotify", kind: "file" } as const;
  for (const newPlays of [1, 0]) {
    const add = createSourceImporter(database, spotify);
    for (const _ of [1, 2]) expect(add([buildSourcePlay(noon, "Spoon")])).toBe(newPlays);
  }
});

test("merges plays that name one artist of a credit, or all", () => {
  const database = createMergedCache(
    buildSource("lastfm", buildSourcePlay(noon, "Turn Me On", { artist: "Riton, Oliver Heldens, Vula" })),
    buildSource("spotify", buildSourcePlay(noon + 2, "Turn Me On (feat. Vula)", { artist: "Riton" })),
    buildSource(
      "listenbrainz",
      buildSourcePlay(noon + 1, "Turn Me On", { artist: "Oliver Heldens & Riton" }),
    ),
  );
  expect(countPlays(database)).toBe(1);
});

test("merges plays of a compilation that a service names by its album artist", () => {
  const database = createMergedCache(
    buildSource("lastfm", buildSourcePlay(noon, "Spoon")),
    buildSource("spotify", buildSourcePlay(noon + 2, "Spoon", { artist: "Various Artists" })),
  );
  expect(countPlays(database)).toBe(1);
});

test("a title that a service corrected is the same play; another title never is", () => {
  const database = createMergedCache(
    buildSource(
      "lastfm",
      buildSourcePlay(noon, "Smells Like Teen Spirit"),
      buildSourcePlay(noon + 600, "Shine On, Part I"),
    ),
    buildSource(
      "spotify",
      buildSourcePlay(noon + 1, "Smells Like Teen Sprit"),
      buildSourcePlay(noon + 600, "Shine On, Part II"),
    ),
  );
  expect(countPlays(database)).toBe(3);
});

test("merges an import from Last.fm with another length, whatever Last.fm calls it now", () => {
  const database = createMergedCache(
    buildSource(
      "lastfm",
      buildSourcePlay(noon, "Spoon"),
      buildSourcePlay(noon + 300, "Vitamin C (original mix of 1972)"),
    ),
    buildSource(
      "listenbrainz",
      buildSourcePlay(noon, "Spoon", { durationSeconds: 181, origin: "lastfm" }),
      buildSourcePlay(noon + 300, "C-Vitamin", { origin: "lastfm" }),
    ),
  );
  expect(countPlays(database)).toBe(2);
});

test("names all three sources of a merged play", () => {
  const database = createMergedCache(
    buildSource("lastfm", buildSourcePlay(noon, "Spoon")),
    buildSource("listenbrainz", buildSourcePlay(noon, "Spoon", { durationSeconds: 183 })),
    buildSource("spotify", buildSourcePlay(noon - 2, "Spoon - Remastered Version")),
  );
  expect(countPlays(database)).toBe(1);
  expect(database.prepare("SELECT count(*) FROM source_play WHERE play_uts = ?").pluck().get(noon)).toBe(2);
});

test("two different tracks in one second are two plays", () => {
  const database = createMergedCache(
    buildSource("lastfm", buildSourcePlay(noon, "Pinch")),
    buildSource("spotify", buildSourcePlay(noon, "Soup")),
    buildSource("listenbrainz", buildSourcePlay(noon, "Pinch"), buildSourcePlay(noon, "Soup")),
  );
  expect(countPlays(database)).toBe(2);
});

test("merges plays known to the minute or the day, and takes only the former as the last play", () => {
  const database = createMergedCache(
    buildSource("lastfm", buildSourcePlay(noon + 100, "Pinch")),
    buildSource(
      "spotify",
      buildSourcePlay(noon + 60, "Pinch", { precisionSeconds: 60 }),
      buildSourcePlay(noon + hour, "Soup", { precisionSeconds: 60, album: "Soon Over Babaluma" }),
    ),
    buildSource("apple", buildSourcePlay(noon - 12 * hour, "Soup", { precisionSeconds: 86_400, album: "" })),
  );
  expect(countPlays(database)).toBe(2);
  expect(database.prepare("SELECT play_count, last_played_uts FROM album").raw().all()).toEqual([
    [1, noon + hour],
  ]);
});

test("account data near New Year is covered by the extended files of both years, in whatever order these come and go", () => {
  const newYear = Date.UTC(2023, 0, 1) / 1000;
  const extended = { name: "spotify", kind: "file" } as const;
  const account = buildSource(
    "spotify-account",
    buildSourcePlay(newYear - 5 * hour, "Spoon", { precisionSeconds: 60 }),
  );
  const years = [
    [buildSourcePlay(newYear - 9 * hour, "Pinch")],
    [buildSourcePlay(newYear + 9 * hour, "Soup")],
  ];
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const database = createMergedCache(account);
    for (const at of order) {
      expect(countPlays(database)).toBe(at === order[0] ? 1 : 2);
      createSourceImporter(database, extended)(years[at] ?? []);
      mergeSources(database);
    }
    expect(countPlays(database)).toBe(2);
    deleteSource(database, extended.name);
    mergeSources(database);
    expect(countPlays(database)).toBe(1);
  }
});
