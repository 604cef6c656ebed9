// A translated record is matched under the title that MusicBrainz or Discogs' master gives it, by lookups made anyway.
import { expect, test } from "vitest";
import { record } from "../../support/filled-cache.ts";
import { mbidFor } from "../../support/musicbrainz-stand-in.ts";
import { benchOf, type Bench } from "../bench.ts";

/** One record called "El Puerto", and the album of its first title. */
const shelf = (): Promise<Bench> =>
  benchOf({
    records: [record({ id: 1, masterId: 11, artist: "Tidewater", title: "El Puerto" })],
    albums: [{ artist: "Tidewater", title: "Quiet Harbour", playCount: 9, mbid: null, url: null }],
  });

const rules = ({ database }: Bench): unknown[] => database.prepare("SELECT rule FROM match").pluck().all();

test("a title by MusicBrainz", async () => {
  const bench = await shelf();
  await bench.sync();
  expect(rules(bench)).toEqual(["artist"]);
  bench.musicbrainz.groups.set(11, [
    {
      mbid: mbidFor("group"),
      title: "Quiet Harbour",
      firstReleaseDate: "1971",
      primaryType: "Album",
      secondaryTypes: [],
    },
  ]);
  await bench.sync({ musicbrainz: true });
  expect(rules(bench)).toEqual(["musicbrainz-title"]);
  expect(bench.musicbrainzServer.requests).toHaveLength(2);
});

test("a title by Discogs' master", async () => {
  const bench = await shelf();
  bench.discogs.masters.set(11, 1971);
  bench.discogs.masterTitles.set(11, "Quiet Harbour");
  await bench.sync({ masters: true });
  expect(rules(bench)).toEqual(["master-title"]);
});
