// The step that asks MusicBrainz: each release and master once, whatever goes wrong on the way.
import { expect, test } from "vitest";
import { respondWith, cut, respondWithHtml, type Fault } from "../../support/response-faults.ts";
import type { LoggedRequest } from "../../support/fake-service.ts";
import { createSyncFixture, startMs, type SyncFixture } from "../fixture.ts";
import { findFileFaults } from "../snapshot.ts";

const day = 86_400_000;

/** The addresses that were asked for so far, in order. */
function listRequestedUrls(requests: readonly LoggedRequest[]): string[] {
  return requests.flatMap(({ search }) => new URLSearchParams(search).getAll("resource"));
}

function readStoredRows({ database }: SyncFixture): unknown {
  const readRows = (sql: string): unknown[] => database.prepare(sql).raw().all();
  return {
    asked: readRows("SELECT kind, id, is_known FROM musicbrainz_lookup ORDER BY kind, id"),
    releases: readRows(
      "SELECT release_id, mbid, title, barcode, country FROM musicbrainz_release ORDER BY 1, 2",
    ),
    groups: readRows("SELECT * FROM musicbrainz_group ORDER BY 1, 2"),
  };
}

/** The rows after a complete sync: the part of the world that is on the shelf. */
function buildExpectedRows({ discogs, musicbrainz }: SyncFixture): unknown {
  const rows = discogs.shelf.records.rows.map(({ release }) => release);
  const ids = [...new Set(rows.map(({ id }) => id))].toSorted((a, b) => a - b);
  const masters = [...new Set(rows.flatMap(({ masterId }) => masterId ?? []))].toSorted((a, b) => a - b);
  return {
    asked: [
      ...masters.map((id) => ["master", id, musicbrainz.groups.has(id) ? 1 : 0]),
      ...ids.map((id) => ["release", id, musicbrainz.releases.has(id) ? 1 : 0]),
    ],
    releases: ids.flatMap((id) =>
      (musicbrainz.releases.get(id) ?? [])
        .map(({ mbid, title, barcode, country }) => [id, mbid, title, barcode, country])
        .toSorted(([, one = ""], [, other = ""]) => ((one ?? "") < (other ?? "") ? -1 : 1)),
    ),
    groups: masters.flatMap((id) =>
      (musicbrainz.groups.get(id) ?? []).map((group) => [
        id,
        group.mbid,
        group.title,
        group.firstReleaseDate === "" ? null : Number(group.firstReleaseDate.slice(0, 4)),
        group.primaryType,
        JSON.stringify(group.secondaryTypes),
      ]),
    ),
  };
}

const step = { name: "musicbrainz" };

test("a first sync asks about everything once, a hundred at a time; a second asks nothing", async () => {
  const fixture = await createSyncFixture({ records: 150, albums: 100, plays: 200 });
  const summary = await fixture.sync({ musicbrainz: true });
  expect(summary).toMatchObject({ complete: true, notices: [], failures: [] });
  expect(readStoredRows(fixture)).toEqual(buildExpectedRows(fixture));
  const asked = listRequestedUrls(fixture.musicbrainzServer.requests);
  expect(new Set(asked).size).toBe(asked.length);
  const found = summary.steps.find(({ name }) => name === "musicbrainz");
  expect(found).toMatchObject({ status: "done", requests: fixture.musicbrainzServer.requests.length });
  const pages = fixture.musicbrainzServer.requests.filter(({ path }) => path.endsWith("/url"));
  expect(pages.length).toBeLessThanOrEqual(2 + 2);
  expect(summary.steps.map(({ name }) => name).indexOf("musicbrainz")).toBe(4);
  expect(findFileFaults(fixture.database)).toEqual([]);

  fixture.clock.nowMs += 3_600_000;
  const again = await fixture.sync({ musicbrainz: true });
  expect(again.steps).not.toContainEqual(expect.objectContaining(step));
  expect(listRequestedUrls(fixture.musicbrainzServer.requests)).toEqual(asked);
});

test("asks only about new releases, and about unknown ones after 90 days", async () => {
  const fixture = await createSyncFixture({ records: 60, plays: 100 });
  await fixture.sync({ musicbrainz: true });
  const before = listRequestedUrls(fixture.musicbrainzServer.requests);
  const { records } = fixture.discogs.shelf;
  const [like] = records.rows;
  if (!like) throw new Error("no record");
  const release = { ...like.release, id: 77_000_001, masterId: null };
  records.add({ ...like, instanceId: 88_000_001, release, dateAdded: "2025-10-09T08:00:00-07:00" });
  fixture.clock.nowMs += 60_000;
  await fixture.sync({ musicbrainz: true });
  expect(listRequestedUrls(fixture.musicbrainzServer.requests).slice(before.length)).toEqual([
    "https://www.discogs.com/release/77000001",
  ]);

  fixture.clock.nowMs = startMs + 91 * day;
  const sent = listRequestedUrls(fixture.musicbrainzServer.requests).length;
  await fixture.sync({ musicbrainz: true });
  const again = listRequestedUrls(fixture.musicbrainzServer.requests).slice(sent);
  const isKnown = (address: string): boolean => {
    const id = Number(/\d+$/.exec(address)?.[0]);
    return address.includes("/release/")
      ? fixture.musicbrainz.releases.has(id)
      : fixture.musicbrainz.groups.has(id);
  };
  expect(again.toSorted()).toEqual(
    [...before, "https://www.discogs.com/release/77000001"].filter((each) => !isKnown(each)).toSorted(),
  );
  fixture.clock.nowMs += 89 * day;
  await fixture.sync({ musicbrainz: true });
  expect(listRequestedUrls(fixture.musicbrainzServer.requests).slice(sent)).toEqual(again);
});

const faults: readonly (readonly [string, Fault])[] = [
  ["503 without end", respondWith(503, { error: "exceeding the allowable rate limit" })],
  ["a web page", respondWithHtml()],
  ["a cut connection", cut],
];

test.each(faults)(
  "prints a notice, exits with 0 and continues in the next sync after %s",
  async (_, fault) => {
    const fixture = await createSyncFixture({ records: 150, albums: 40, plays: 60 });
    fixture.musicbrainzServer.behaviour.onRequest = (n) => (n > 2 ? fault : undefined);
    const summary = await fixture.sync({ musicbrainz: true });
    expect(summary).toMatchObject({ complete: true, failures: [] });
    expect(summary.notices).toEqual([expect.stringContaining("MusicBrainz")]);
    expect(summary.steps.find(({ name }) => name === "musicbrainz")).toMatchObject({ status: "away" });
    expect(summary.match).not.toBeNull();
    const answered = fixture.musicbrainzServer.requests.filter(({ status }) => status === 200);
    fixture.musicbrainzServer.behaviour.onRequest = null;
    fixture.clock.nowMs += 60_000;
    // A throttled client stays so for its run only: another run has another.
    const later = await createTestRun(fixture);
    expect(later).toMatchObject({ complete: true, notices: [] });
    expect(readStoredRows(fixture)).toEqual(buildExpectedRows(fixture));
    const all = fixture.musicbrainzServer.requests.filter(({ status }) => status === 200);
    const asked = listRequestedUrls(
      fault.kind === "answer" && fault.status === 200 ? all.slice(answered.length) : all,
    );
    expect(new Set(asked).size).toBe(asked.length);
  },
);

async function createTestRun(fixture: SyncFixture) {
  const services = await fixture.reconnect();
  try {
    return await fixture.sync({ musicbrainz: true, services });
  } finally {
    await services.close();
  }
}

test("an unreadable page does not stop the others", async () => {
  const fixture = await createSyncFixture({ records: 150, albums: 40, plays: 60 });
  fixture.musicbrainzServer.behaviour.onRequest = (n) => (n <= 2 ? respondWithHtml() : undefined);
  const summary = await fixture.sync({ musicbrainz: true });
  expect(summary).toMatchObject({ complete: true });
  expect(summary.notices).toHaveLength(1);
  const left = fixture.musicbrainzServer.requests.length;
  fixture.clock.nowMs += 60_000;
  expect(await fixture.sync({ musicbrainz: true })).toMatchObject({ complete: true, notices: [] });
  expect(fixture.musicbrainzServer.requests).toHaveLength(left + 1);
  expect(readStoredRows(fixture)).toEqual(buildExpectedRows(fixture));
});
