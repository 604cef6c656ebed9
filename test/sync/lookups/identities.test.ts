// Rows of the chart that are looked up at MusicBrainz: only doubtful ones of near names, fifty a sync, kept for good.
import { expect, test } from "vitest";
import { explainAll } from "../../../src/queries/explain/explanation.ts";
import { html } from "../../support/faults.ts";
import { record } from "../../support/filled-cache.ts";
import { mbidFor } from "../../support/musicbrainz-stand-in.ts";
import { knownRelease } from "../../support/musicbrainz-world.ts";
import { benchOf, type Bench } from "../bench.ts";

const group = (n: number): string => mbidFor(`group ${n}`);
const words = (n: number): string =>
  `Stories ${"abcdefghijklmnopqrstuvwxyz"[n % 26]}${"xyzuvw"[Math.floor(n / 26)]}lor`;

const artistOf = (n: number): string => `Tidewater ${words(n)}`;
const titleOf = (n: number): string => `${words(n)} of the Sea and Harbour Songs`;

/** Records, each with a row of a near name that no rung of names reaches. */
async function shelfOf(count: number): Promise<Bench> {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const bench = await benchOf({
    records: numbers.map((n) =>
      record({ id: n, masterId: 1000 + n, artist: artistOf(n), title: titleOf(n) }),
    ),
    albums: numbers.map((n) => ({
      artist: artistOf(n),
      title: `Harbour Songs and Other ${words(n)} of the Sea`,
      playCount: 500 - n,
      mbid: mbidFor(`heard ${n}`).toUpperCase(),
      url: null,
    })),
  });
  for (const n of numbers) {
    const title = titleOf(n);
    bench.musicbrainz.groups.set(1000 + n, [
      { mbid: group(n), title, firstReleaseDate: "1971", primaryType: "Album", secondaryTypes: [] },
    ]);
    // Another pressing, by whose MBID Last.fm knows the album.
    bench.musicbrainz.releases.set(90_000 + n, [
      knownRelease(`heard ${n}`, { title, groupMbid: group(n), year: 1971 }),
    ]);
  }
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

test("looks up fifty albums in a sync, the most played first", async () => {
  const bench = await shelfOf(55);
  await bench.sync({ musicbrainz: true });
  expect(lookUps(bench)).toEqual(Array.from({ length: 50 }, (_, at) => mbidFor(`heard ${at + 1}`)));
  bench.clock.nowMs += 60_000;
  await bench.sync({ musicbrainz: true });
  expect(lookUps(bench)).toHaveLength(55);
  expect(new Set(lookUps(bench)).size).toBe(55);
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
