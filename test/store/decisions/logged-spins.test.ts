// Logged plays give the same spins as the same plays scrobbled by a player.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../../src/model/model.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { saveLoggedPlays } from "../../../src/store/decisions/logged-plays.ts";
import {
  fillDatabase,
  buildRecord,
  createTestCache,
  buildListedTrack,
  buildPlay,
} from "../../support/filled-cache.ts";
import { buildLoggedPlay, buildLoggedTrack } from "../../support/logged-plays.ts";
import type { Play } from "../../support/service-data.ts";

const trackSeconds = 240;

/** Sessions: when each began, and the first and last track. */
const table: readonly (readonly [what: string, trackCount: number, sessions: string, spins: number])[] = [
  ["a whole LP", 8, "20:00 1-8", 1],
  ["a side of it", 8, "20:00 1-4", 1],
  ["two songs of it", 8, "20:00 1-2", 0],
  ["one song of it", 8, "20:00 5-5", 0],
  ["its sides one after the other", 8, "20:00 1-4, 20:18 5-8", 1],
  ["its sides, the second after supper", 8, "18:00 1-4, 21:00 5-8", 2],
  ["two songs, and two more soon after", 8, "20:00 1-2, 20:30 3-4", 1],
  ["one song again and again", 8, "20:00 1-1, 20:10 1-1, 20:20 1-1, 20:30 1-1", 0],
  ["a single", 2, "20:00 1-2", 1],
  ["one side of a single", 2, "20:00 1-1", 1],
  ["one disc of a box", 40, "20:00 1-10", 1],
  ["a side of a double LP", 16, "20:00 1-4", 0],
];

const listNumbers = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);
const buildTitle = (number: number): string => `Song ${number}`;

const shapes = table.map(([what, trackCount, text, spins]) => {
  const sessions = text.split(", ").map((session) => {
    const [time = "", first, last] = session.split(/[ -]/);
    const startUts = Date.parse(`2024-05-01T${time}:00Z`) / 1000;
    const tracks = listNumbers(Number(last), Number(first)).map((number, at) => ({
      title: buildTitle(number),
      uts: startUts + at * trackSeconds,
    }));
    return { startUts, tracks };
  });
  return { what, trackCount, sessions, spins };
});

const buildTracklist = (count: number): ListedTrack[] =>
  listNumbers(count).map((number) =>
    buildListedTrack(buildTitle(number), { position: String(number), durationSeconds: trackSeconds }),
  );

const records = shapes.map(({ what }) => buildRecord({ artist: "Can", title: what }));
const getReleaseId = (at: number): number => records[at]?.release.id ?? 0;

async function createCacheWith(plays: readonly Play[]): Promise<Database> {
  const database = createTestCache();
  const tracklists = new Map(
    shapes.map(({ trackCount }, at) => [getReleaseId(at), buildTracklist(trackCount)]),
  );
  await fillDatabase(database, { records, plays, tracklists, wholeShelf: true });
  return database;
}

/** Spins of each shape. */
const readSpins = (database: Database): unknown =>
  database
    .prepare<[], [string, number | null]>(
      `SELECT title, coalesce(spins, 0) FROM match JOIN record ON record.id = record_id
       JOIN release ON release.id = release_id ORDER BY release.id`,
    )
    .raw()
    .all();

const expected = shapes.map(({ what, spins }) => [what, spins]);

test("counts the expected spins of each scrobbled shape", async () => {
  const plays = shapes.flatMap(({ what, sessions }) =>
    sessions.flatMap(({ tracks }) => tracks.map(({ title, uts }) => buildPlay("Can", what, title, uts))),
  );
  expect(readSpins(await createCacheWith(plays))).toEqual(expected);
});

test("counts as many spins of each logged shape as of a scrobbled one", async () => {
  const database = await createCacheWith([]);
  const plays = shapes.flatMap(({ sessions }, shape) =>
    sessions.map(({ startUts, tracks }) =>
      buildLoggedPlay({
        releaseId: getReleaseId(shape),
        from: new Date(startUts * 1000).toISOString(),
        lastUts: startUts + (tracks.length - 1) * trackSeconds,
        toUts: startUts + tracks.length * trackSeconds,
        tracks: tracks.map((track) => buildLoggedTrack(track)),
      }),
    ),
  );
  transact(database, () => saveLoggedPlays(database, plays));
  expect(readSpins(database)).toEqual(expected);
});
