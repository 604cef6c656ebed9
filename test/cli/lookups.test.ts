// Covers and MusicBrainz on the command line: fetched only if asked for, and never blocking.
import { beforeEach, expect, test } from "vitest";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { respondWithHtml } from "../support/response-faults.ts";
import { getCover } from "../support/fake-cover-hosts.ts";
import { createSyncedFixture } from "../support/scrobbling-fixture.ts";

/** A few covers at each host. */
async function createFixtureWithCovers(): Promise<CliFixture> {
  const person = await createSyncedFixture({ records: 40, albums: 30, plays: 150 }, ["--musicbrainz"]);
  const { stdout } = await person.rewind(["sql", "SELECT release_mbid, cover_url FROM records", "--json"]);
  const rows = JSON.parse(stdout) as { release_mbid: string | null; cover_url: string | null }[];
  for (const [at, { release_mbid: mbid, cover_url: url }] of rows.entries()) {
    if (mbid !== null && at % 9 === 0) person.pictures.archive.set(`release/${mbid}`, getCover(at));
    if (url !== null)
      person.pictures.discogs.set(new URL(url).pathname.replace("cover", "thumb"), getCover(at, 9));
  }
  return person;
}

const listCoverRequests = ({ archive, images }: CliFixture): boolean[] =>
  [archive, images].map((host) => host.requests.length > 0);

test("fetches covers only with --covers, and prints a line about it", async () => {
  const person = await createFixtureWithCovers();
  await person.rewind(["sync"]);
  await person.rewind(["sync"], { env: { REWIND_COVERS: "none" } });
  expect(listCoverRequests(person)).toEqual([false, false]);
  const { code, stderr } = await person.rewind(["sync", "--covers"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Covers +\d+ covers +\d+ requests /m);
  expect(listCoverRequests(person)).toEqual([true, false]);
  const { stdout } = await person.rewind(["xref", "--all", "--json"]);
  expect(stdout).toMatch(
    /"thumbhash":"[\w+/]+=*","dominant_color":"#[\da-f]{6}","accent_color":"#[\da-f]{6}"/,
  );
});

test("--covers always says why it can't fetch; the setting says so only while no cover is known", async () => {
  const person = await createFixtureWithCovers();
  const reason =
    /^Note: No covers to fetch: \d+ are known, and the others have no MusicBrainz id or no usable picture\.$/m;
  await person.rewind(["sync", "--covers"]);
  expect((await person.rewind(["sync", "--covers"])).stderr).toMatch(reason);
  const env = { REWIND_COVERS: "archive" };
  expect((await person.rewind(["sync"], { env })).stderr).not.toMatch(reason);
});

test.each([
  ["archive", [true, false]],
  ["Discogs", [false, true]],
  ["both", [true, true]],
])("the setting covers: %s applies to each sync except one with --only", async (covers, expected) => {
  const person = await createFixtureWithCovers();
  const env = { REWIND_COVERS: covers };
  await person.rewind(["sync", "--only", "lastfm"], { env });
  expect(listCoverRequests(person)).toEqual([false, false]);
  // Discogs' pictures come slowly: the first thing that goes wrong ends it.
  person.images.behaviour.onRequest = (n) => (n > 2 ? respondWithHtml(429) : undefined);
  const { code, stderr } = await person.rewind(["sync"], { env });
  expect(code).toBe(0);
  expect(listCoverRequests(person)).toEqual(expected);
  expect(
    /^Note: Discogs' image host refuses requests from rewind \(429\)\. From tomorrow/m.test(stderr),
  ).toBe(expected[1]);
});

const offer = /rewind sync --musicbrainz/;

const smallSize = { records: 20, albums: 15, plays: 100 };
let person: CliFixture;

beforeEach(async () => {
  person = await createCliFixture(smallSize);
});

test("the first sync that succeeds mentions MusicBrainz once and does not ask it", async () => {
  person.lastfm.behaviour.onRequest = () => respondWithHtml(500);
  expect((await person.rewind(["sync"])).stderr).not.toMatch(offer);
  person.lastfm.behaviour.onRequest = null;
  expect((await person.rewind(["sync"])).stderr.trimEnd().split("\n").at(-1)).toMatch(offer);
  expect((await person.rewind(["sync"])).stderr).not.toMatch(offer);
  expect(person.musicbrainz.requests).toEqual([]);
});

test("--musicbrainz asks once, prints a line, and ends the offers", async () => {
  const { code, stderr } = await person.rewind(["sync", "--musicbrainz"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^MusicBrainz +\d+ releases +\d requests? /m);
  expect(stderr).not.toMatch(offer);
  const sent = person.musicbrainz.requests.length;
  expect(sent).toBeGreaterThan(0);
  await person.rewind(["sync"]);
  expect(person.musicbrainz.requests).toHaveLength(sent);
});

test("the setting musicbrainz asks each time if on, is silent if off, and refuses another word", async () => {
  const syncAgainst = (musicbrainz: string, ...flags: string[]) =>
    person.rewind(["sync", ...flags], { env: { REWIND_MUSICBRAINZ: musicbrainz } });
  expect((await syncAgainst("off")).stderr).not.toMatch(offer);
  expect(person.musicbrainz.requests).toEqual([]);
  expect((await syncAgainst("On")).stderr).toMatch(/^MusicBrainz /m);
  const sent = person.musicbrainz.requests.length;
  expect(sent).toBeGreaterThan(0);
  expect((await syncAgainst("On", "--only", "lastfm")).code).toBe(0);
  expect(person.musicbrainz.requests).toHaveLength(sent);
  const wrong = await syncAgainst("maybe");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("REWIND_MUSICBRAINZ");
});
