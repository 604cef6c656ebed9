// Rows of the chart that are looked up at MusicBrainz: only uncertain ones of near names, fifty a sync, kept for good.
import { expect, test } from "vitest";
import { explainAll } from "../../../src/queries/explain/explanation.ts";
import { respondWithHtml } from "../../support/response-faults.ts";
import { buildRecord } from "../../support/filled-cache.ts";
import { toMbid } from "../../support/fake-musicbrainz.ts";
import { buildKnownRelease } from "../../support/musicbrainz-data.ts";
import { createSyncFixtureFrom, type SyncFixture } from "../fixture.ts";

const buildGroupMbid = (n: number): string => toMbid(`group ${n}`);
const buildWords = (n: number): string =>
  `Stories ${"abcdefghijklmnopqrstuvwxyz"[n % 26]}${"xyzuvw"[Math.floor(n / 26)]}lor`;

const buildArtist = (n: number): string => `Tidewater ${buildWords(n)}`;
const buildTitle = (n: number): string => `${buildWords(n)} of the Sea and Harbour Songs`;

/** Records, each with a row of a near name that no rule of names reaches. */
async function createFixtureFor(count: number): Promise<SyncFixture> {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const fixture = await createSyncFixtureFrom({
    records: numbers.map((n) =>
      buildRecord({ id: n, masterId: 1000 + n, artist: buildArtist(n), title: buildTitle(n) }),
    ),
    albums: numbers.map((n) => ({
      artist: buildArtist(n),
      title: `Harbour Songs and Other ${buildWords(n)} of the Sea`,
      playCount: 500 - n,
      mbid: toMbid(`heard ${n}`).toUpperCase(),
      url: null,
    })),
  });
  for (const n of numbers) {
    const title = buildTitle(n);
    fixture.musicbrainz.groups.set(1000 + n, [
      { mbid: buildGroupMbid(n), title, firstReleaseDate: "1971", primaryType: "Album", secondaryTypes: [] },
    ]);
    // Another pressing, by whose MBID Last.fm knows the album.
    fixture.musicbrainz.releases.set(90_000 + n, [
      buildKnownRelease(`heard ${n}`, { title, groupMbid: buildGroupMbid(n), year: 1971 }),
    ]);
  }
  return fixture;
}

const listLookups = ({ musicbrainzServer }: SyncFixture): string[] =>
  musicbrainzServer.requests.flatMap(({ path }) => /\/release\/(.+)$/.exec(path)?.[1] ?? []);

const readRules = ({ database }: SyncFixture): unknown[] =>
  database.prepare("SELECT rule FROM match ORDER BY record_id").pluck().all();

test("matches a similar title if MusicBrainz says it is the same album, after one request", async () => {
  const fixture = await createFixtureFor(2);
  await fixture.sync();
  expect(readRules(fixture)).toEqual(["artist", "artist"]);
  expect(await fixture.sync({ musicbrainz: true })).toMatchObject({ complete: true, notices: [] });
  expect(readRules(fixture)).toEqual(["musicbrainz", "musicbrainz"]);
  expect(listLookups(fixture).toSorted()).toEqual([toMbid("heard 1"), toMbid("heard 2")].toSorted());
  const [explained] = [...explainAll(fixture.database)];
  expect(explained).toMatchObject({
    rule: "musicbrainz",
    type: "fuzzy",
    credited: [{ rule: "musicbrainz" }],
  });
  fixture.clock.nowMs += 100 * 86_400_000;
  const sent = fixture.musicbrainzServer.requests.length;
  await fixture.sync({ musicbrainz: true });
  // Unknown releases are asked about again: the records' own pressings, in one request, and no row of the chart.
  expect(listLookups(fixture)).toHaveLength(2);
  expect(fixture.musicbrainzServer.requests).toHaveLength(sent + 1);
  // The identity stays so without being asked any more.
  await fixture.sync({ full: true });
  expect(readRules(fixture)).toEqual(["musicbrainz", "musicbrainz"]);
});

test("looks up fifty albums in a sync, the most played first", async () => {
  const fixture = await createFixtureFor(55);
  await fixture.sync({ musicbrainz: true });
  expect(listLookups(fixture)).toEqual(Array.from({ length: 50 }, (_, at) => toMbid(`heard ${at + 1}`)));
  fixture.clock.nowMs += 60_000;
  await fixture.sync({ musicbrainz: true });
  expect(listLookups(fixture)).toHaveLength(55);
  expect(new Set(listLookups(fixture)).size).toBe(55);
  expect(new Set(readRules(fixture))).toEqual(new Set(["musicbrainz"]));
});

test("retries an unreadable answer another day; several stop the step with a notice", async () => {
  const fixture = await createFixtureFor(5);
  fixture.musicbrainzServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith(toMbid("heard 2")) ? respondWithHtml() : undefined;
  expect(await fixture.sync({ musicbrainz: true })).toMatchObject({ complete: true, notices: [] });
  expect(readRules(fixture).filter((rule) => rule === "musicbrainz")).toHaveLength(4);
  const other = await createFixtureFor(5);
  other.musicbrainzServer.behaviour.onRequest = (_, { path }) =>
    path.includes("/release/") ? respondWithHtml() : undefined;
  const summary = await other.sync({ musicbrainz: true });
  expect(summary).toMatchObject({ complete: true });
  expect(summary.notices).toEqual([expect.stringContaining("MusicBrainz")]);
});
