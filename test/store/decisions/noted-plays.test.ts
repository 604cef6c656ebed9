import { expect, test } from "vitest";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { writeNotedPlays, type NotedPlay } from "../../../src/store/decisions/noted-plays.ts";
import { fillDatabase, newCache, record, sitting } from "../../support/filled-cache.ts";
import { notedPlay } from "../../support/noted.ts";

const tago = record({ artist: "Can", title: "Tago Mago" });
const at = (text: string): number => Date.parse(text) / 1000;

/** A cache with one sitting, from eight o'clock on. */
async function cacheOfSitting(): Promise<Database> {
  const database = newCache();
  const plays = sitting("Can", "Tago Mago", { from: "2024-05-01T20:00:00Z" });
  await fillDatabase(database, { records: [tago], plays });
  return database;
}

function figuresWith(database: Database, play: NotedPlay): unknown {
  transact(database, () => writeNotedPlays(database, [play]));
  return database.prepare("SELECT noted_plays AS noted, spins FROM match").get();
}

test.each([
  { from: "2024-05-01T19:30:00Z", spins: 1, why: "began before the sitting" },
  { from: "2024-05-01T20:36:00Z", spins: 1, why: "began with its last track" },
  { from: "2024-05-01T20:37:00Z", spins: 2, why: "began after it" },
  { from: "2024-05-01T19:00:00Z", spins: 2, why: "ended as it began" },
])("one sitting, heard and noted, is one spin: $why", async ({ from, spins }) => {
  const play = notedPlay({ releaseId: tago.release.id, from });
  expect(figuresWith(await cacheOfSitting(), play)).toEqual({ noted: 1, spins });
});

const dayPlay = (text: string): NotedPlay =>
  notedPlay({
    releaseId: tago.release.id,
    from: `${text}T12:00:00Z`,
    fromUts: at(`${text}T00:00:00Z`),
    toUts: at(`${text}T00:00:00Z`) + 86_400,
    precision: "day",
  });

test("a play with only a day is one spin on that day", async () => {
  const database = await cacheOfSitting();
  expect(figuresWith(database, dayPlay("2024-05-01"))).toEqual({ noted: 1, spins: 1 });
  expect(figuresWith(database, dayPlay("2024-05-02"))).toEqual({ noted: 2, spins: 2 });
});
