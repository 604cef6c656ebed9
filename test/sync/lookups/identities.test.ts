// Rows of the chart that are looked up at MusicBrainz: only doubtful ones of near names, fifty a sync, kept for good.
import { expect, test } from "vitest";
import type { Album, CollectionRecord } from "../../../src/model/model.ts";
import { explainAll } from "../../../src/queries/explain/explanation.ts";
import { html } from "../../support/faults.ts";
import { Listing } from "../../support/listing.ts";
import { mbidFor } from "../../support/musicbrainz-stand-in.ts";
import { knownRelease } from "../../support/musicbrainz-world.ts";
import { makeBench, type Bench } from "../bench.ts";

const group = (n: number): string => mbidFor(`group ${n}`);
const words = (n: number): string =>
  `Stories ${"abcdefghijklmnopqrstuvwxyz"[n % 26]}${"xyzuvw"[Math.floor(n / 26)]}lor`;

/** Records, each with a row of a near name that no rung of names reaches. */
async function shelfOf(count: number, parts: { readonly isSame?: boolean } = {}): Promise<Bench> {
  const bench = await makeBench({ records: 40, plays: 30, albums: 40 });
  const [like] = bench.discogs.shelf.records.rows;
  if (!like) throw new Error("no record");
  bench.musicbrainz.releases.clear();
  bench.musicbrainz.groups.clear();
  const records: CollectionRecord[] = [];
  const albums: Album[] = [];
  for (let n = 1; n <= count; n += 1) {
    const artists = [{ id: n, name: `Tidewater ${words(n)}`, anv: "", join: "" }];
    const title = `${words(n)} of the Sea and Harbour Songs`;
    const formats = [{ name: "Vinyl", quantity: 1, text: "", descriptions: ["LP", "Album"] }];
    const release = { ...like.release, id: n, masterId: 1000 + n, artists, title, formats };
    records.push({ ...like, instanceId: n, release });
    bench.musicbrainz.groups.set(1000 + n, [
      { mbid: group(n), title, firstReleaseDate: "1971", primaryType: "Album", secondaryTypes: [] },
    ]);
    // Another pressing, by whose MBID Last.fm knows the album.
    const groupMbid = parts.isSame === false ? group(n + 5000) : group(n);
    bench.musicbrainz.releases.set(90_000 + n, [
      knownRelease(`heard ${n}`, { title, groupMbid, year: 1971 }),
    ]);
    albums.push({
      artist: `Tidewater ${words(n)}`,
      title: `Harbour Songs and Other ${words(n)} of the Sea`,
      playCount: 500 - n,
      mbid: mbidFor(`heard ${n}`).toUpperCase(),
      url: null,
    });
  }
  bench.discogs.shelf.records = new Listing(records);
  bench.lastfm.listener.chart = new Listing(albums);
  return bench;
}

const lookUps = ({ musicbrainzServer }: Bench): string[] =>
  musicbrainzServer.requests.flatMap(({ path }) => /\/release\/(.+)$/.exec(path)?.[1] ?? []);

const rules = ({ database }: Bench): unknown[] =>
  database.prepare("SELECT rule FROM match ORDER BY record_id").pluck().all();

test("a similar title is credited if MusicBrainz says it is the same album, after one request", async () => {
  const bench = await shelfOf(2);
  await bench.sync();
  expect(rules(bench)).toEqual(["artist", "artist"]);
  expect(await bench.sync({ musicbrainz: true })).toMatchObject({ complete: true, notes: [] });
  expect(rules(bench)).toEqual(["musicbrainz", "musicbrainz"]);
  expect(lookUps(bench).toSorted()).toEqual([mbidFor("heard 1"), mbidFor("heard 2")].toSorted());
  const [explained] = [...explainAll(bench.database)];
  expect(explained).toMatchObject({
    rule: "musicbrainz",
    type: "fuzzy",
    credited: [{ rule: "musicbrainz" }],
  });
  bench.clock.nowMs += 100 * 86_400_000;
  const sent = bench.musicbrainzServer.requests.length;
  await bench.sync({ musicbrainz: true });
  // Unknown releases are asked about again: the records' own pressings, in one request, and no row of the chart.
  expect(lookUps(bench)).toHaveLength(2);
  expect(bench.musicbrainzServer.requests).toHaveLength(sent + 1);
  // It stays so without being asked any more.
  await bench.sync({ full: true });
  expect(rules(bench)).toEqual(["musicbrainz", "musicbrainz"]);
});

test("a similar title of another album is not credited, after one request", async () => {
  const bench = await shelfOf(2, { isSame: false });
  await bench.sync({ musicbrainz: true });
  expect(rules(bench)).toEqual(["artist", "artist"]);
  expect(lookUps(bench)).toHaveLength(2);
  bench.clock.nowMs += 60_000;
  await bench.sync({ musicbrainz: true });
  expect(lookUps(bench)).toHaveLength(2);
});

test("looks up fifty albums in a sync, the most played first", async () => {
  const bench = await shelfOf(70);
  await bench.sync({ musicbrainz: true });
  expect(lookUps(bench)).toEqual(Array.from({ length: 50 }, (_, at) => mbidFor(`heard ${at + 1}`)));
  bench.clock.nowMs += 60_000;
  await bench.sync({ musicbrainz: true });
  expect(lookUps(bench)).toHaveLength(70);
  expect(new Set(lookUps(bench)).size).toBe(70);
  expect(new Set(rules(bench))).toEqual(new Set(["musicbrainz"]));
});

test("an unreadable answer waits for another day; several stop the step with a note", async () => {
  const bench = await shelfOf(5);
  bench.musicbrainzServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith(mbidFor("heard 2")) ? html() : undefined;
  expect(await bench.sync({ musicbrainz: true })).toMatchObject({ complete: true, notes: [] });
  expect(rules(bench).filter((rule) => rule === "musicbrainz")).toHaveLength(4);
  const other = await shelfOf(5);
  other.musicbrainzServer.behaviour.onRequest = (_, { path }) =>
    path.includes("/release/") ? html() : undefined;
  const summary = await other.sync({ musicbrainz: true });
  expect(summary).toMatchObject({ complete: true });
  expect(summary.notes).toEqual([expect.stringContaining("MusicBrainz")]);
});
