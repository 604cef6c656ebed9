// The kept keys of editions are those that the names give, whatever a sync brings.
import { expect, test } from "vitest";
import { toEditionKey } from "../../../src/match/titles/title.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { saveFact } from "../../../src/store/file/cache-facts.ts";
import { rematch } from "../../../src/sync/matching/rematch.ts";
import { createSyncFixture } from "../fixture.ts";

interface Row {
  readonly artist: string;
  readonly title: string;
  readonly editionKey: string | null;
}

function readRows(database: Database): Row[] {
  return ["release", "album"].flatMap((table) =>
    database.prepare<[], Row>(`SELECT artist, title, edition_key AS editionKey FROM ${table}`).all(),
  );
}

const computeKey = ({ artist, title }: Row): string => toEditionKey(artist, title);

test("stores the words of a name and its printed form, and one number for all spellings of a song", async () => {
  const fixture = await createSyncFixture({ records: 1, wants: 0, albums: 1, plays: 1 });
  const { database, discogs, lastfm } = fixture;
  const [first] = discogs.shelf.records.rows;
  const [play] = lastfm.listener.plays.rows;
  if (first === undefined || play === undefined) throw new Error("an empty world");
  const artists = [{ id: 1, name: "Kuti (2)", anv: "Fela", join: "" }];
  discogs.shelf.records.set([{ ...first, release: { ...first.release, artists, title: "Zombie II" } }]);
  const songs = [
    "Water No Get Enemy",
    "Water No Get Enemy - 2010 Remaster",
    "water no get enemy (feat. Ginger Baker)",
    "Water No Get Enemy (Live)",
    "Zombie",
  ];
  lastfm.listener.plays.set(songs.map((track, at) => ({ ...play, track, uts: play.uts + at * 300 })));
  await fixture.sync();
  expect(database.prepare("SELECT words FROM release").pluck().get()).toBe(
    " kuti zombie ii zombie 2 kuti fela ",
  );
  const numbers = database.prepare("SELECT song FROM track ORDER BY name COLLATE NOCASE").pluck().all();
  expect(new Set(numbers).size).toBe(3);
  // The songs by name: the song, its remaster, with its guest, live, another song.
  expect(numbers.filter((number) => number === numbers[0])).toHaveLength(3);
});

test("makes a key again if the names change, and all keys if the rules change", async () => {
  const fixture = await createSyncFixture({ records: 5, wants: 0, albums: 4, plays: 9 });
  const { database } = fixture;
  await fixture.sync();
  const { rows } = fixture.discogs.shelf.records;
  const [first] = rows;
  if (first === undefined) throw new Error("no record");
  const release = { ...first.release, title: "Quite Another (Deluxe Edition)" };
  fixture.discogs.shelf.records.set(
    rows.map((row) => (row.release.id === release.id ? { ...row, release } : row)),
  );
  await fixture.sync({ full: true });
  const renamed = readRows(database).find(({ title }) => title.startsWith("Quite Another"));
  expect(renamed?.editionKey).toBe(toEditionKey(first.release.artists[0]?.name ?? "", "Quite Another"));

  database.exec("UPDATE release SET edition_key = 'of older rules'; UPDATE album SET edition_key = NULL");
  saveFact(database, "name keys", "0");
  rematch(database);
  for (const row of readRows(database)) expect(row.editionKey).toBe(computeKey(row));
});
