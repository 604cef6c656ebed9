// The cases in which other programs count a play twice, or lose one.
import { expect, test } from "vitest";
import type { SourcePlay } from "../../../src/model/listening-sources.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { playOf } from "../../../src/sources/files/file-format.ts";
import { emptyCache } from "../../../src/store/open-cache.ts";
import { removeSource, sourceImport } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import type { WrittenSource } from "../../support/listening-world.ts";
import { cacheOf } from "../../support/merged-world.ts";

const noon = Date.UTC(2019, 4, 7, 12) / 1000;
const hour = 3600;

const play = (startUts: number, title: string, more: Partial<SourcePlay> = {}): SourcePlay =>
  playOf({ startUts, artist: "Can", album: "Ege Bamyasi", title, ...more });

function source(name: string, ...plays: SourcePlay[]): WrittenSource {
  const kind = name === "spotify" ? "file" : "service";
  return { name, kind, plays: plays.map((row) => ({ ...row, truth: 0 })) };
}

function countPlays(database: Database): number {
  return database.prepare("SELECT count(*) FROM scrobble").pluck().get() as number;
}

function merged(...sources: WrittenSource[]): Database {
  const database = cacheOf(sources);
  mergeSources(database);
  return database;
}

test("a song of two minutes on repeat is as many plays as were heard", () => {
  const starts = [0, 121, 242, 363].map((after) => noon + after);
  const database = merged(
    source("lastfm", ...starts.map((uts) => play(uts, "Spoon"))),
    source("listenbrainz", ...starts.map((uts) => play(uts + 4, "Spoon"))),
    // The second time was not sent.
    source("spotify", ...[0, 242, 363].map((after) => play(noon + after - 3, "Spoon"))),
  );
  expect(countPlays(database)).toBe(4);
});

test("a song on repeat whose other source knows only the ends", () => {
  const starts = [0, 120, 240].map((after) => noon + after);
  const ends = (length: number | null): SourcePlay[] =>
    starts.map((uts) => play(uts + 120, "Spoon", { isEndStamped: true, durationSeconds: length }));
  for (const length of [null, 120]) {
    const scrobbles = source("lastfm", ...starts.map((uts) => play(uts, "Spoon")));
    expect(countPlays(merged(scrobbles, source("listenbrainz", ...ends(length))))).toBe(3);
  }
});

test("a file in local time: the clocks change in the middle of a quarter", () => {
  // Summer time in Central Europe began on 31 March 2019 at 01:00 UTC.
  const change = Date.UTC(2019, 2, 31, 1) / 1000;
  const starts = Array.from({ length: 200 }, (_, at) => change - 150 * 3 * hour + at * 3 * hour + at);
  const localTime = (uts: number): number => uts + (uts < change ? hour : 2 * hour);
  const database = merged(
    source("lastfm", ...starts.map((uts, at) => play(uts, `Song ${at % 7}`))),
    source("rockbox", ...starts.map((uts, at) => play(localTime(uts), `Song ${at % 7}`))),
  );
  expect(countPlays(database)).toBe(200);
  const offsets =
    "SELECT DISTINCT value ->> 'seconds' FROM merge_quarter, json_each(clock, '$.offsets') ORDER BY 1";
  expect(database.prepare(offsets).pluck().all()).toEqual([hour, 2 * hour]);
});

test("too few plays say nothing about the clock", () => {
  const starts = Array.from({ length: 40 }, (_, at) => noon + at * hour * 5);
  const database = merged(
    source("lastfm", ...starts.map((uts, at) => play(uts, `Song ${at}`))),
    source("spotify", ...starts.map((uts, at) => play(uts + 3 * hour, `Song ${at}`))),
  );
  expect(countPlays(database)).toBe(80);
});

test.each([5, 30, 49])(
  "an alarm that rings at seven in one source and at eight in another stays two plays on each of %i days",
  (days) => {
    const alarms = (hours: number): SourcePlay[] =>
      Array.from({ length: days }, (_, day) => play(noon + (day * 24 + hours) * hour + day, "Spoon"));
    expect(countPlays(merged(source("lastfm", ...alarms(-5)), source("spotify", ...alarms(-4))))).toBe(
      2 * days,
    );
  },
);

test("daylight saving at the end of a quarter needs few plays if the next quarter proves it", () => {
  // Summer time in London began on 31 March 2019 at 01:00 UTC.
  const change = Date.UTC(2019, 2, 31, 1) / 1000;
  const starts = Array.from({ length: 400 }, (_, at) => change - 200 * 3 * hour + at * 3 * hour + at);
  const database = merged(
    source("lastfm", ...starts.map((uts, at) => play(uts, `Song ${at % 7}`))),
    source("rockbox", ...starts.map((uts, at) => play(uts < change ? uts : uts + hour, `Song ${at % 7}`))),
  );
  expect(countPlays(database)).toBe(400);
});

test("offline plays that share one second stay as many as they are", () => {
  const titles = ["Pinch", "Sing Swan Song", "Spoon", "Spoon"];
  const rows = titles.map((title) => play(noon, title));
  expect(countPlays(merged(source("lastfm", ...rows), source("spotify", ...rows)))).toBe(4);
  expect(countPlays(merged(source("spotify", ...rows)))).toBe(4);
});

test("an import in parts counts repeats together, and a second one adds only what is new", () => {
  const database = emptyCache();
  const spotify = { name: "spotify", kind: "file" } as const;
  for (const newPlays of [1, 0]) {
    const add = sourceImport(database, spotify);
    for (const _ of [1, 2]) expect(add([play(noon, "Spoon")])).toBe(newPlays);
  }
});

test("one artist of a credit, or all of them", () => {
  const database = merged(
    source("lastfm", play(noon, "Turn Me On", { artist: "Riton, Oliver Heldens, Vula" })),
    source("spotify", play(noon + 2, "Turn Me On (feat. Vula)", { artist: "Riton" })),
    source("listenbrainz", play(noon + 1, "Turn Me On", { artist: "Oliver Heldens & Riton" })),
  );
  expect(countPlays(database)).toBe(1);
});

test("a compilation that a service knows by its album artist", () => {
  const database = merged(
    source("lastfm", play(noon, "Spoon")),
    source("spotify", play(noon + 2, "Spoon", { artist: "Various Artists" })),
  );
  expect(countPlays(database)).toBe(1);
});

test("a title that a service corrected is the same play; another title never is", () => {
  const database = merged(
    source("lastfm", play(noon, "Smells Like Teen Spirit"), play(noon + 600, "Shine On, Part I")),
    source("spotify", play(noon + 1, "Smells Like Teen Sprit"), play(noon + 600, "Shine On, Part II")),
  );
  expect(countPlays(database)).toBe(3);
});

test("an import from Last.fm with another length is the same play, whatever Last.fm calls it now", () => {
  const database = merged(
    source("lastfm", play(noon, "Spoon"), play(noon + 300, "Vitamin C (original mix of 1972)")),
    source(
      "listenbrainz",
      play(noon, "Spoon", { durationSeconds: 181, origin: "lastfm" }),
      play(noon + 300, "C-Vitamin", { origin: "lastfm" }),
    ),
  );
  expect(countPlays(database)).toBe(2);
});

test("three sources have one play, and each names it", () => {
  const database = merged(
    source("lastfm", play(noon, "Spoon")),
    source("listenbrainz", play(noon, "Spoon", { durationSeconds: 183 })),
    source("spotify", play(noon - 2, "Spoon - Remastered Version")),
  );
  expect(countPlays(database)).toBe(1);
  expect(database.prepare("SELECT count(*) FROM source_play WHERE play_uts = ?").pluck().get(noon)).toBe(2);
});

test("two different tracks in one second are two plays", () => {
  const database = merged(
    source("lastfm", play(noon, "Pinch")),
    source("spotify", play(noon, "Soup")),
    source("listenbrainz", play(noon, "Pinch"), play(noon, "Soup")),
  );
  expect(countPlays(database)).toBe(2);
});

test("a minute or a day counts and joins, and only a minute can be the last play", () => {
  const database = merged(
    source("lastfm", play(noon + 100, "Pinch")),
    source(
      "spotify",
      play(noon + 60, "Pinch", { precisionSeconds: 60 }),
      play(noon + hour, "Soup", { precisionSeconds: 60, album: "Soon Over Babaluma" }),
    ),
    source("apple", play(noon - 12 * hour, "Soup", { precisionSeconds: 86_400, album: "" })),
  );
  expect(countPlays(database)).toBe(2);
  expect(database.prepare("SELECT play_count, last_played_uts FROM album").raw().all()).toEqual([
    [1, noon + hour],
  ]);
});

test("account data near New Year is covered by the extended files of both years, in whatever order these come and go", () => {
  const newYear = Date.UTC(2023, 0, 1) / 1000;
  const extended = { name: "spotify", kind: "file" } as const;
  const account = source("spotify-account", play(newYear - 5 * hour, "Spoon", { precisionSeconds: 60 }));
  const years = [[play(newYear - 9 * hour, "Pinch")], [play(newYear + 9 * hour, "Soup")]];
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const database = merged(account);
    for (const at of order) {
      expect(countPlays(database)).toBe(at === order[0] ? 1 : 2);
      sourceImport(database, extended)(years[at] ?? []);
      mergeSources(database);
    }
    expect(countPlays(database)).toBe(2);
    removeSource(database, extended.name);
    mergeSources(database);
    expect(countPlays(database)).toBe(1);
  }
});
