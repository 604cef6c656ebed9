import { expect, test } from "vitest";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { saveLoggedPlays, type LoggedPlay } from "../../../src/store/decisions/logged-plays.ts";
import { fillDatabase, createTestCache, buildRecord, buildAlbumPlays } from "../../support/filled-cache.ts";
import { buildLoggedPlay } from "../../support/logged-plays.ts";

const tago = buildRecord({ artist: "Can", title: "Tago Mago" });
const parseUts = (text: string): number => Date.parse(text) / 1000;

/** A cache with one sitting, from eight o'clock on. */
async function createCacheWithSession(): Promise<Database> {
  const database = createTestCache();
  const plays = buildAlbumPlays("Can", "Tago Mago", { from: "2024-05-01T20:00:00Z" });
  await fillDatabase(database, { records: [tago], plays });
  return database;
}

function readStatsWith(database: Database, play: LoggedPlay): unknown {
  transact(database, () => saveLoggedPlays(database, [play]));
  return database.prepare("SELECT logged_plays AS logged, spins FROM match").get();
}

test.each([
  { from: "2024-05-01T19:30:00Z", spins: 1, why: "began before the sitting" },
  { from: "2024-05-01T20:36:00Z", spins: 1, why: "began with its last track" },
  { from: "2024-05-01T20:37:00Z", spins: 2, why: "began after it" },
  { from: "2024-05-01T19:00:00Z", spins: 2, why: "ended as it began" },
])("counts one session, scrobbled and logged, as one spin: $why", async ({ from, spins }) => {
  const play = buildLoggedPlay({ releaseId: tago.release.id, from });
  expect(readStatsWith(await createCacheWithSession(), play)).toEqual({ logged: 1, spins });
});

const buildDayPlay = (text: string): LoggedPlay =>
  buildLoggedPlay({
    releaseId: tago.release.id,
    from: `${text}T12:00:00Z`,
    fromUts: parseUts(`${text}T00:00:00Z`),
    toUts: parseUts(`${text}T00:00:00Z`) + 86_400,
    precision: "day",
  });

test("counts a play with only a day as one spin on that day", async () => {
  const database = await createCacheWithSession();
  expect(readStatsWith(database, buildDayPlay("2024-05-01"))).toEqual({ logged: 1, spins: 1 });
  expect(readStatsWith(database, buildDayPlay("2024-05-02"))).toEqual({ logged: 2, spins: 2 });
});
