// Logged plays give the same spins as the same plays scrobbled by a player.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../../src/model/model.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { writeNotedPlays } from "../../../src/store/decisions/noted-plays.ts";
import { fillDatabase, record, newCache, listedTrack } from "../../support/filled-cache.ts";
import { notedPlay, notedTrack } from "../../support/noted.ts";
import type { Play } from "../../support/world.ts";

const minute = 60;
const trackSeconds = 4 * minute;

interface Session {
  readonly from: string;
  /** Their numbers on the record. */
  readonly tracks: readonly number[];
}

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

const shapes: readonly {
  readonly what: string;
  readonly listed: number;
  readonly sessions: readonly Session[];
  readonly spins: number;
}[] = [
  { what: "a whole LP", listed: 8, sessions: [{ from: "20:00", tracks: upTo(8) }], spins: 1 },
  { what: "a side of it", listed: 8, sessions: [{ from: "20:00", tracks: upTo(4) }], spins: 1 },
  { what: "two songs of it", listed: 8, sessions: [{ from: "20:00", tracks: upTo(2) }], spins: 0 },
  { what: "one song of it", listed: 8, sessions: [{ from: "20:00", tracks: [5] }], spins: 0 },
  {
    what: "its sides one after the other",
    listed: 8,
    sessions: [
      { from: "20:00", tracks: upTo(4) },
      { from: "20:18", tracks: upTo(8, 5) },
    ],
    spins: 1,
  },
  {
    what: "its sides, the second after supper",
    listed: 8,
    sessions: [
      { from: "18:00", tracks: upTo(4) },
      { from: "21:00", tracks: upTo(8, 5) },
    ],
    spins: 2,
  },
  {
    what: "two songs, and two more soon after",
    listed: 8,
    sessions: [
      { from: "20:00", tracks: [1, 2] },
      { from: "20:30", tracks: [3, 4] },
    ],
    spins: 1,
  },
  {
    what: "one song again and again",
    listed: 8,
    sessions: ["20:00", "20:10", "20:20", "20:30"].map((from) => ({ from, tracks: [1] })),
    spins: 0,
  },
  { what: "a single", listed: 2, sessions: [{ from: "20:00", tracks: [1, 2] }], spins: 1 },
  { what: "one side of a single", listed: 2, sessions: [{ from: "20:00", tracks: [1] }], spins: 1 },
  { what: "one disc of a box", listed: 40, sessions: [{ from: "20:00", tracks: upTo(10) }], spins: 1 },
  { what: "a side of a double LP", listed: 16, sessions: [{ from: "20:00", tracks: upTo(4) }], spins: 0 },
];

const uts = (time: string): number => Date.parse(`2024-05-01T${time}:00Z`) / 1000;
const titleOf = (number: number): string => `Song ${number}`;

const listOf = (count: number): ListedTrack[] =>
  upTo(count).map((number) =>
    listedTrack(titleOf(number), { position: String(number), durationSeconds: trackSeconds }),
  );

const records = shapes.map(({ what }) => record({ artist: "Can", title: what }));
const releaseIdOf = (at: number): number => records[at]?.release.id ?? 0;

async function cacheWith(plays: readonly Play[]): Promise<Database> {
  const database = newCache();
  const tracklists = new Map(shapes.map(({ listed }, at) => [releaseIdOf(at), listOf(listed)]));
  await fillDatabase(database, { records, plays, tracklists, wholeShelf: true });
  return database;
}

/** Spins of each shape. */
const spinsIn = (database: Database): unknown =>
  database
    .prepare<[], [string, number | null]>(
      `SELECT title, coalesce(spins, 0) FROM match JOIN record ON record.id = record_id
       JOIN release ON release.id = release_id ORDER BY release.id`,
    )
    .raw()
    .all();

const expected = shapes.map(({ what, spins }) => [what, spins]);

test("scrobbled, each shape is as many spins as it should be", async () => {
  const plays = shapes.flatMap(({ what, sessions }) =>
    sessions.flatMap(({ from, tracks }) =>
      tracks.map((number, at) => ({
        uts: uts(from) + at * trackSeconds,
        artist: "Can",
        track: titleOf(number),
        album: what,
        albumArtist: "Can",
        albumMbid: null,
      })),
    ),
  );
  expect(spinsIn(await cacheWith(plays))).toEqual(expected);
});

test("logged, each shape is as many spins as scrobbled", async () => {
  const database = await cacheWith([]);
  const plays = shapes.flatMap(({ sessions }, shape) =>
    sessions.map(({ from, tracks }) =>
      notedPlay({
        releaseId: releaseIdOf(shape),
        from: `2024-05-01T${from}:00Z`,
        lastUts: uts(from) + (tracks.length - 1) * trackSeconds,
        toUts: uts(from) + tracks.length * trackSeconds,
        tracks: tracks.map((number, at) =>
          notedTrack({ title: titleOf(number), uts: uts(from) + at * trackSeconds }),
        ),
      }),
    ),
  );
  transact(database, () => writeNotedPlays(database, plays));
  expect(spinsIn(database)).toEqual(expected);
});
