// A translated record is matched under the title that MusicBrainz or Discogs' master gives it, by lookups made anyway.
import { expect, test } from "vitest";
import { buildRecord } from "../../support/filled-cache.ts";
import { toMbid } from "../../support/fake-musicbrainz.ts";
import { createSyncFixtureFrom, type SyncFixture } from "../fixture.ts";

/** One record called "El Puerto", and the album of its first title. */
const createFixture = (): Promise<SyncFixture> =>
  createSyncFixtureFrom({
    records: [buildRecord({ id: 1, masterId: 11, artist: "Tidewater", title: "El Puerto" })],
    albums: [{ artist: "Tidewater", title: "Quiet Harbour", playCount: 9, mbid: null, url: null }],
  });

const readRules = ({ database }: SyncFixture): unknown[] =>
  database.prepare("SELECT rule FROM match").pluck().all();

test("matches by a title from MusicBrainz", async () => {
  const fixture = await createFixture();
  await fixture.sync();
  expect(readRules(fixture)).toEqual(["artist"]);
  fixture.musicbrainz.groups.set(11, [
    {
      mbid: toMbid("group"),
      title: "Quiet Harbour",
      firstReleaseDate: "1971",
      primaryType: "Album",
      secondaryTypes: [],
    },
  ]);
  await fixture.sync({ musicbrainz: true });
  expect(readRules(fixture)).toEqual(["musicbrainz-title"]);
  expect(fixture.musicbrainzServer.requests).toHaveLength(2);
});

test("matches by the title of Discogs' master", async () => {
  const fixture = await createFixture();
  fixture.discogs.masters.set(11, 1971);
  fixture.discogs.masterTitles.set(11, "Quiet Harbour");
  await fixture.sync({ masters: true });
  expect(readRules(fixture)).toEqual(["master-title"]);
});
