// The matcher uses the genres and the years of a record.
import { expect, test } from "vitest";
import { explainRecord } from "../../../src/queries/explain/explanation.ts";
import { readOpenReview } from "../../../src/queries/review/review.ts";
import type { Play } from "../../support/service-data.ts";
import { createSyncFixtureFrom, type SyncFixture } from "../fixture.ts";
import { buildPlay, buildRecord } from "../../support/filled-cache.ts";

const buildPlays = (album: string, count: number): Play[] =>
  Array.from({ length: count }, (_, at) => {
    const song = `Song ${at} of ${album.replaceAll(/\W+/g, " ")}`;
    return buildPlay("Glass Pony", album, song, 1_600_000_000 + album.length * 10_000 + at * 300);
  });

/** Two records of Glass Pony: an album that a film was made of, and the reissue of one of two of a name. */
async function createFixture(): Promise<SyncFixture> {
  const artist = "Glass Pony";
  const reissue = { name: "Vinyl", quantity: 1, text: "", descriptions: ["LP", "Album", "Reissue"] };
  const fixture = await createSyncFixtureFrom({
    records: [
      buildRecord({ id: 11, artist, title: "Paper Kingdom" }),
      buildRecord({ id: 12, artist, title: "Heavy Weather", masterId: 112, year: 2022, formats: [reissue] }),
    ],
    plays: [
      ...buildPlays("Paper Kingdom", 9),
      ...buildPlays("Paper Kingdom (Original Soundtrack)", 7),
      ...buildPlays("Heavy Weather (2002)", 5),
      ...buildPlays("Heavy Weather (2022)", 4),
    ],
  });
  await fixture.sync();
  return fixture;
}

function readMatchedAlbums(fixture: SyncFixture, releaseId: number): string[] {
  return fixture.database
    .prepare<[number], string>(
      `SELECT title FROM album_match JOIN album ON album.id = album_id JOIN record ON record.id = record_id
       WHERE release_id = ? ORDER BY title`,
    )
    .pluck()
    .all(releaseId);
}

function readRejectedAlbums(fixture: SyncFixture, recordId: number): Record<string, string> {
  const rejected = explainRecord(fixture.database, recordId)?.rejected ?? [];
  return Object.fromEntries(rejected.flatMap(({ title, reason, close }) => (close ? [[title, reason]] : [])));
}

test("a soundtrack is not matched with an album of the same name unless Discogs calls it a soundtrack", async () => {
  const fixture = await createFixture();
  expect(readMatchedAlbums(fixture, 11)).toEqual(["Paper Kingdom"]);
  expect(readRejectedAlbums(fixture, 1)).toEqual({
    "Paper Kingdom (Original Soundtrack)":
      "less certain: same title, but the record's genres say that it is no soundtrack",
  });
  const { records } = fixture.discogs.shelf;
  records.set(
    records.rows.map((row) => ({
      ...row,
      release: { ...row.release, genres: [...row.release.genres, "Stage & Screen"] },
    })),
  );
  fixture.clock.nowMs += 60_000;
  await fixture.sync({ full: true });
  expect(readMatchedAlbums(fixture, 11)).toEqual(["Paper Kingdom", "Paper Kingdom (Original Soundtrack)"]);
  expect(readRejectedAlbums(fixture, 1)).toEqual({});
});

test("the original year of Discogs' master tells two albums of the same name apart", async () => {
  const fixture = await createFixture();
  expect(readMatchedAlbums(fixture, 12)).toEqual([]);
  expect(readRejectedAlbums(fixture, 2)).toEqual({
    "Heavy Weather (2002)": "dated 2002, and the record's first year isn't known",
    "Heavy Weather (2022)": "dated 2022, and the record's first year isn't known",
  });
  const [item] = readOpenReview(fixture.database, { again: false }).items;
  expect(item).toMatchObject({ kind: "near", title: "Heavy Weather", playsAtStake: 9 });
  fixture.discogs.masters.set(112, 2002);
  await fixture.sync({ masters: true });
  expect(readMatchedAlbums(fixture, 12)).toEqual(["Heavy Weather (2002)"]);
  expect(readRejectedAlbums(fixture, 2)).toEqual({
    "Heavy Weather (2022)": "another year: 2022 against 2002",
  });
  expect(readOpenReview(fixture.database, { again: false }).items).toEqual([]);
});
