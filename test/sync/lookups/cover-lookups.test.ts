// The step that asks for pictures: each once, at the pace of its host, whatever goes wrong on the way.
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCachedCover } from "../../../src/images/cached-covers.ts";
import { buildCoverPreview } from "../../../src/images/cover-preview.ts";
import type { CoverSource } from "../../../src/store/shelf/stored-covers.ts";
import type { SyncOptions, SyncSummary } from "../../../src/sync/whole-sync.ts";
import {
  respondWith,
  cut,
  cutBody,
  hang,
  respondWithHtml,
  type Fault,
} from "../../support/response-faults.ts";
import { getCover } from "../../support/fake-cover-hosts.ts";
import type { LoggedRequest } from "../../support/fake-service.ts";
import { createSyncFixture, startMs, type SyncFixture } from "../fixture.ts";

const day = 86_400_000;

/** A shelf whose MBIDs are known: the archive has pictures of some pressings and some albums, Discogs of nearly all. */
async function createFixtureWithCovers(records = 14): Promise<SyncFixture> {
  const fixture = await createSyncFixture(
    { records, albums: 20, plays: 20, wants: 3 },
    { musicbrainz: { minGapMs: 0 } },
  );
  await fixture.sync({ musicbrainz: true });
  const { archive, discogs } = fixture.pictures;
  let number = 0;
  for (const [at, { mbid }] of [...fixture.musicbrainz.releases.values()].flat().entries()) {
    if (at % 2 === 0) archive.set(`release/${mbid}`, getCover((number += 1)));
  }
  for (const [at, { mbid }] of [...fixture.musicbrainz.groups.values()].flat().entries()) {
    if (at % 3 === 0) archive.set(`release-group/${mbid}`, getCover((number += 1)));
  }
  for (const { release } of fixture.discogs.shelf.records.rows) {
    if (release.thumbUrl !== null && release.id % 7 > 0) {
      discogs.set(new URL(release.thumbUrl).pathname, getCover((number += 1), 12));
    }
  }
  return fixture;
}

function syncCovers(
  fixture: SyncFixture,
  sources: CoverSource[],
  options: Partial<SyncOptions> = {},
): Promise<SyncSummary> {
  const covers = { sources, directory: fixture.coversPath, isRequested: false };
  return fixture.sync({ covers, ...options });
}

/** The hash of each release's cover after a complete sync. */
function computeExpectedCovers(
  { discogs, musicbrainz, pictures }: SyncFixture,
  sources: readonly CoverSource[],
): Map<number, string> {
  const covers = new Map<number, string>();
  for (const { release } of discogs.shelf.records.rows) {
    const mbids = (musicbrainz.releases.get(release.id) ?? [])
      .map(({ mbid }) => `release/${mbid}`)
      .toSorted();
    const groups = (musicbrainz.groups.get(release.masterId ?? 0) ?? []).map(
      ({ mbid }) => `release-group/${mbid}`,
    );
    const found = [
      ...(sources.includes("archive") ? [...mbids, ...groups].map((each) => pictures.archive.get(each)) : []),
      ...(sources.includes("discogs") && release.thumbUrl !== null
        ? [pictures.discogs.get(new URL(release.thumbUrl).pathname)]
        : []),
    ].find((bytes) => bytes !== undefined);
    const preview = found === undefined ? null : buildCoverPreview(found);
    if (preview !== null) covers.set(release.id, preview.thumbhash);
  }
  return covers;
}

function readStoredCovers({ database }: SyncFixture): Map<number, string> {
  const rows = database
    .prepare("SELECT release_id, thumbhash FROM cover JOIN cover_preview USING (address)")
    .raw()
    .all();
  return new Map(rows as [number, string][]);
}

/** Pictures that were asked for: not where they were sent on to. */
function listRequestedCovers(requests: readonly LoggedRequest[]): string[] {
  return requests.map(({ path }) => path).filter((path) => !path.startsWith("/download/"));
}

const both: CoverSource[] = ["archive", "discogs"];
const findCoverStep = ({ steps }: SyncSummary) => steps.find(({ name }) => name === "covers");

test("fetches each cover once, and stores hash, colours and the archive's bytes", async () => {
  const fixture = await createFixtureWithCovers();
  expect([...fixture.archiveServer.requests, ...fixture.imagesServer.requests], "unasked").toEqual([]);
  const summary = await syncCovers(fixture, ["archive"]);
  expect(summary).toMatchObject({ complete: true, notices: [], failures: [] });
  const covers = computeExpectedCovers(fixture, ["archive"]);
  expect(covers.size).toBeGreaterThan(3);
  expect(readStoredCovers(fixture)).toEqual(covers);
  expect(findCoverStep(summary)).toMatchObject({ status: "done", rows: covers.size, added: covers.size });
  expect(findCoverStep(summary)?.requests).toBe(fixture.archiveServer.requests.length);
  const paths = listRequestedCovers(fixture.archiveServer.requests);
  expect(new Set(paths).size).toBe(paths.length);
  expect(fixture.imagesServer.requests).toEqual([]);
  const kept = [...fixture.pictures.archive].filter(
    ([address]) => readCachedCover(fixture.coversPath, address) !== null,
  );
  for (const [address, bytes] of kept) expect(readCachedCover(fixture.coversPath, address)).toEqual(bytes);
  expect(readdirSync(fixture.coversPath)).toHaveLength(kept.length);
  expect(kept.length).toBeGreaterThan(3);
  expect(statSync(fixture.coversPath).mode & 0o777).toBe(0o700);

  expect(findEarlyRequests(fixture.archiveServer.requests, 3, 3)).toEqual([]);

  const sent = fixture.archiveServer.requests.length;
  const again = await syncCovers(fixture, ["archive"]);
  expect(findCoverStep(again)).toBeUndefined();
  expect(fixture.archiveServer.requests).toHaveLength(sent);
});

/** Requests beyond a host's limit: `burst` at once, then this many per second. */
function findEarlyRequests(requests: readonly LoggedRequest[], perSecond: number, burst: number): unknown[] {
  return requests.flatMap(({ atMs: from }, first) =>
    requests
      .slice(first)
      .map(({ atMs: to }, more) => ({ count: more + 1, most: burst + ((to - from) / 1000) * perSecond }))
      .filter(({ count, most }) => count > most + 0.001),
  );
}

const faults: readonly Fault[] = [
  respondWithHtml(500),
  cut,
  cutBody,
  respondWithHtml(200, "Log in to this network"),
  hang,
  respondWith(302, "", { location: "https://elsewhere.example/cover.jpg" }),
  respondWith(400, "no"),
];

test.each(both)(
  "%s sometimes fails in every way: the sync succeeds, and the next one fetches the rest",
  async (source) => {
    const fixture = await createFixtureWithCovers(26);
    const server = source === "archive" ? fixture.archiveServer : fixture.imagesServer;
    const met = new Set<Fault>();
    let requests = 0;
    server.behaviour.onRequest = () => {
      requests += 1;
      const fault = requests % 3 === 2 ? faults[Math.floor(requests / 3) % faults.length] : undefined;
      if (fault !== undefined) met.add(fault);
      return fault;
    };
    const summary = await syncCovers(fixture, [source]);
    expect(summary).toMatchObject({ complete: true, failures: [] });
    expect(met.size).toBe(faults.length);
    server.behaviour.onRequest = null;
    await syncCovers(fixture, [source]);
    expect(readStoredCovers(fixture)).toEqual(computeExpectedCovers(fixture, [source]));
  },
);

test.each([
  ["archive", 429],
  ["discogs", 403],
] as const)("does not ask %s again that day after status %i, but the other host", async (source, status) => {
  const fixture = await createFixtureWithCovers();
  const [server, other] =
    source === "archive"
      ? [fixture.archiveServer, fixture.imagesServer]
      : [fixture.imagesServer, fixture.archiveServer];
  server.behaviour.onRequest = (n) => (n > 5 ? respondWithHtml(status) : undefined);
  const summary = await syncCovers(fixture, both);
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(summary.notices.join()).toMatch(
    new RegExp(`refuses requests from rewind \\(${status}\\)\\. From tomorrow on`),
  );
  // No more than the requests in flight follow.
  expect(server.requests.length).toBeLessThanOrEqual(5 + 3);
  expect(other.requests.length).toBeGreaterThan(0);

  server.behaviour.onRequest = null;
  const sent = server.requests.length;
  fixture.clock.nowMs += day - 1000;
  await syncCovers(fixture, both);
  expect(server.requests).toHaveLength(sent);
  fixture.clock.nowMs += 1000;
  await syncCovers(fixture, both);
  expect(readStoredCovers(fixture)).toEqual(computeExpectedCovers(fixture, both));
});

test("reports a host that can't be reached only as a notice", async () => {
  const fixture = await createFixtureWithCovers(10);
  await fixture.archiveServer.close();
  const summary = await syncCovers(fixture, ["archive"]);
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(findCoverStep(summary)).toMatchObject({ status: "away" });
  expect(summary.notices.join()).toMatch(
    /^the Cover Art Archive can't be reached: .* The next sync asks again\.$/,
  );
});

test("never fetches an unreadable cover again, and a missing one after 90 days", async () => {
  const fixture = await createFixtureWithCovers(16);
  const wrong = [
    Buffer.from("GIF89a and so on"),
    Buffer.alloc(2 * 1024 * 1024 + 1, 1),
    getCover(1).subarray(0, 90),
  ];
  const release = [...fixture.pictures.archive.keys()].filter((address) => address.startsWith("release/"));
  release
    .slice(0, 3)
    .forEach((address, at) => fixture.pictures.archive.set(address, wrong[at] ?? Buffer.alloc(1)));
  await syncCovers(fixture, ["archive"]);
  const states = fixture.database
    .prepare("SELECT state, count(*) FROM cover_preview GROUP BY state ORDER BY state")
    .raw();
  expect(states.all()).toEqual([
    ["known", expect.any(Number)],
    ["none", expect.any(Number)],
    ["unreadable", 3],
  ]);
  const none = fixture.database
    .prepare("SELECT address FROM cover_preview WHERE state = 'none' ORDER BY 1")
    .pluck()
    .all();
  fixture.clock.nowMs = startMs + 91 * day;
  const sent = fixture.archiveServer.requests.length;
  await syncCovers(fixture, ["archive"]);
  const again = listRequestedCovers(fixture.archiveServer.requests.slice(sent)).map((path) =>
    path.slice(1, -"/front-250".length),
  );
  expect(again.length).toBeGreaterThan(0);
  expect(again.filter((address) => !none.includes(address))).toEqual([]);
});

test("fetches no answered cover again after a stop at any request", async () => {
  const fixture = await createFixtureWithCovers(14);
  let stops = 0;
  const statuses = new Set<string | undefined>();
  for (let more = true; more;) {
    const stop = new AbortController();
    const before = fixture.archiveServer.requests.length;
    fixture.archiveServer.behaviour.onRequest = (n) => {
      if (n === before + 3 + stops * 2) stop.abort(new Error("stopped"));
    };
    const summary = await syncCovers(fixture, ["archive"], { signal: stop.signal });
    more = stop.signal.aborted;
    stops += 1;
    statuses.add(findCoverStep(summary)?.status);
  }
  expect([...statuses]).toEqual(["interrupted", "done"]);
  expect(stops).toBeGreaterThan(2);
  expect(readStoredCovers(fixture)).toEqual(computeExpectedCovers(fixture, ["archive"]));
  const paths = listRequestedCovers(fixture.archiveServer.requests);
  // The requests in flight when it stopped.
  expect(paths.length - new Set(paths).size).toBeLessThanOrEqual(stops * 3);
});

test("Discogs is asked for what the archive lacks; with --full, deleted covers of the archive are fetched again", async () => {
  const fixture = await createFixtureWithCovers(14);
  fixture.archiveServer.behaviour.onRequest = (n) => {
    if (n % 5 === 0) rmSync(fixture.coversPath, { recursive: true, force: true });
  };
  expect(await syncCovers(fixture, both)).toMatchObject({ complete: true, notices: [] });
  fixture.archiveServer.behaviour.onRequest = null;
  rmSync(fixture.coversPath, { recursive: true, force: true });
  const [archive, images] = [fixture.archiveServer.requests.length, fixture.imagesServer.requests.length];
  await syncCovers(fixture, both);
  expect(fixture.archiveServer.requests).toHaveLength(archive);
  await syncCovers(fixture, both, { full: true });
  expect(fixture.imagesServer.requests).toHaveLength(images);
  const ofArchive = fixture.database
    .prepare("SELECT count(*) FROM cover_preview WHERE source = 'archive' AND state = 'known'")
    .pluck();
  expect(readdirSync(fixture.coversPath), "Discogs' are not stored").toHaveLength(ofArchive.get() as number);
  expect(readStoredCovers(fixture)).toEqual(computeExpectedCovers(fixture, both));
  expect(computeExpectedCovers(fixture, both).size).toBeGreaterThan(
    computeExpectedCovers(fixture, ["archive"]).size,
  );
});

test("stores hash and colours if there is no space for the bytes, with a notice", async () => {
  const fixture = await createFixtureWithCovers(10);
  writeFileSync(fixture.coversPath, "a file where the directory should be");
  const summary = await syncCovers(fixture, ["archive"]);
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(summary.notices).toEqual([
    expect.stringMatching(/^There is no space for pictures in .*covers: only their colours/),
  ]);
  expect(readStoredCovers(fixture)).toEqual(computeExpectedCovers(fixture, ["archive"]));
});

test("asks Discogs for at most a thousand covers a day", async () => {
  const fixture = await createFixtureWithCovers(14);
  const write = fixture.database.prepare(
    "INSERT INTO cover_preview VALUES (?, 'discogs', 'none', NULL, NULL, NULL, ?)",
  );
  for (let n = 0; n < 998; n += 1) write.run(`https://i.discogs.com/before/${n}`, startMs / 1000 - 3600);
  const summary = await syncCovers(fixture, ["discogs"]);
  expect(fixture.imagesServer.requests).toHaveLength(2);
  expect(summary.notices).toEqual(["Discogs serves 1000 pictures a day; tomorrow's sync continues."]);
  fixture.clock.nowMs += day;
  await syncCovers(fixture, ["discogs"]);
  expect(readStoredCovers(fixture)).toEqual(computeExpectedCovers(fixture, ["discogs"]));
});
