// A translated record is matched under the title that MusicBrainz or Discogs' master gives it, by lookups made anyway.
import { expect, test } from "vitest";
import type { Album, CollectionRecord } from "../../../src/model/model.ts";
import { Listing } from "../../support/listing.ts";
import { mbidFor } from "../../support/musicbrainz-stand-in.ts";
import { makeBench, type Bench } from "../bench.ts";

/** One record called "El Puerto", and the album of its first title. */
async function shelf(): Promise<Bench> {
  const bench = await makeBench({ records: 40, plays: 30, albums: 40 });
  const [like] = bench.discogs.shelf.records.rows;
  if (!like) throw new Error("no record");
  const artists = [{ id: 1, name: "Tidewater", anv: "", join: "" }];
  const formats = [{ name: "Vinyl", quantity: 1, text: "", descriptions: ["LP", "Album"] }];
  const release = { ...like.release, id: 1, masterId: 11, artists, title: "El Puerto", formats };
  const record: CollectionRecord = { ...like, instanceId: 1, release };
  const album: Album = {
    artist: "Tidewater",
    title: "Quiet Harbour",
    playCount: 9,
    mbid: null,
    url: null,
  };
  bench.discogs.shelf.records = new Listing([record]);
  bench.lastfm.listener.chart = new Listing([album]);
  bench.musicbrainz.releases.clear();
  bench.musicbrainz.groups.clear();
  return bench;
}

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
