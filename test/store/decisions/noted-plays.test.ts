import { expect, test } from "vitest";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { writeNotedPlays } from "../../../src/store/decisions/noted-plays.ts";
import { fillDatabase, record, sitting, type Filling, newCache } from "../../support/filled-cache.ts";
import { notedPlay } from "../../support/noted.ts";

async function cacheOf(filling: Filling): Promise<Database> {
  const database = newCache();
  await fillDatabase(database, filling);
  return database;
}

const tago = record({ artist: "Can", title: "Tago Mago" });
const evening = sitting("Can", "Tago Mago", { from: "2024-05-01T20:00:00Z" });
const at = (text: string): number => Date.parse(text) / 1000;

interface Figures {
  readonly plays: number;
  readonly noted: number;
  readonly spins: number | null;
  readonly lastSpin: number | null;
  readonly last: number | null;
}

function figuresOf(database: Database, instanceId: number): Figures | undefined {
  return database
    .prepare<[number], Figures>(
      `SELECT play_count AS plays, noted_plays AS noted, spins, last_spin_uts AS lastSpin, last_played_uts AS last
       FROM match JOIN record ON record.id = record_id WHERE instance_id = ?`,
    )
    .get(instanceId);
}

test.each([
  { from: "2024-05-01T19:30:00Z", spins: 1, why: "began before the sitting" },
  { from: "2024-05-01T20:36:00Z", spins: 1, why: "began with its last track" },
  { from: "2024-05-01T20:37:00Z", spins: 2, why: "began after it" },
  { from: "2024-05-01T19:00:00Z", spins: 2, why: "ended as it began" },
])("one sitting, heard and noted, is one spin: $why", async ({ from, spins }) => {
  const database = await cacheOf({ records: [tago], plays: evening });
  transact(database, () => writeNotedPlays(database, [notedPlay({ releaseId: tago.release.id, from })]));
  expect(figuresOf(database, tago.instanceId)?.spins).toBe(spins);
});

test("a play with only a day is one spin on that day", async () => {
  const database = await cacheOf({ records: [tago], plays: evening });
  const day = (text: string): ReturnType<typeof notedPlay> =>
    notedPlay({
      releaseId: tago.release.id,
      from: `${text}T12:00:00Z`,
      fromUts: at(`${text}T00:00:00Z`),
      toUts: at(`${text}T00:00:00Z`) + 86_400,
      precision: "day",
    });
  transact(database, () => writeNotedPlays(database, [day("2024-05-01")]));
  expect(figuresOf(database, tago.instanceId)).toMatchObject({ spins: 1, noted: 1 });
  transact(database, () => writeNotedPlays(database, [day("2024-05-02")]));
  expect(figuresOf(database, tago.instanceId)).toMatchObject({ spins: 2, noted: 2 });
});
