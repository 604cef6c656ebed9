// The step that asks for pictures: each once, at the pace of its host, whatever goes wrong on the way.
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keptPicture } from "../../../src/images/kept-pictures.ts";
import { previewOf } from "../../../src/images/cover-preview.ts";
import type { PictureSource } from "../../../src/store/shelf/stored-pictures.ts";
import type { SyncOptions, SyncSummary } from "../../../src/sync/whole-sync.ts";
import { answer, cut, cutBody, hang, html, type Fault } from "../../support/faults.ts";
import { cover } from "../../support/picture-hosts.ts";
import type { LoggedRequest } from "../../support/stand-in.ts";
import { makeBench, startMs, type Bench } from "../bench.ts";

const day = 86_400_000;

/** A shelf whose MBIDs are known: the archive has pictures of some pressings and some albums, Discogs of nearly all. */
async function benchWithCovers(records = 14): Promise<Bench> {
  const bench = await makeBench(
    { records, albums: 20, plays: 20, wants: 3 },
    { musicbrainz: { leastGapMs: 0 } },
  );
  await bench.sync({ musicbrainz: true });
  const { archive, discogs } = bench.pictures;
  let number = 0;
  for (const [at, { mbid }] of [...bench.musicbrainz.releases.values()].flat().entries()) {
    if (at % 2 === 0) archive.set(`release/${mbid}`, cover((number += 1)));
  }
  for (const [at, { mbid }] of [...bench.musicbrainz.groups.values()].flat().entries()) {
    if (at % 3 === 0) archive.set(`release-group/${mbid}`, cover((number += 1)));
  }
  for (const { release } of bench.discogs.shelf.records.rows) {
    if (release.thumbUrl !== null && release.id % 7 > 0) {
      discogs.set(new URL(release.thumbUrl).pathname, cover((number += 1), 12));
    }
  }
  return bench;
}

function ask(
  bench: Bench,
  sources: PictureSource[],
  options: Partial<SyncOptions> = {},
): Promise<SyncSummary> {
  const covers = { sources, directory: bench.coversPath, isRequested: false };
  return bench.sync({ covers, ...options });
}

/** The hash of each release's cover after a complete sync. */
function truth(
  { discogs, musicbrainz, pictures }: Bench,
  sources: readonly PictureSource[],
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
    const preview = found === undefined ? null : previewOf(found);
    if (preview !== null) covers.set(release.id, preview.thumbhash);
  }
  return covers;
}

function known({ database }: Bench): Map<number, string> {
  const rows = database
    .prepare("SELECT release_id, thumbhash FROM cover JOIN picture USING (address)")
    .raw()
    .all();
  return new Map(rows as [number, string][]);
}

/** Pictures that were asked for: not where they were sent on to. */
function asked(requests: readonly LoggedRequest[]): string[] {
  return requests.map(({ path }) => path).filter((path) => !path.startsWith("/download/"));
}

const both: PictureSource[] = ["archive", "discogs"];
const stepOf = ({ steps }: SyncSummary) => steps.find(({ name }) => name === "covers");

test("each picture is fetched once; hash and colours are stored, and the archive's bytes", async () => {
  const bench = await benchWithCovers();
  expect([...bench.archiveServer.requests, ...bench.imagesServer.requests], "unasked").toEqual([]);
  const summary = await ask(bench, ["archive"]);
  expect(summary).toMatchObject({ complete: true, notes: [], failures: [] });
  const covers = truth(bench, ["archive"]);
  expect(covers.size).toBeGreaterThan(3);
  expect(known(bench)).toEqual(covers);
  expect(stepOf(summary)).toMatchObject({ status: "done", rows: covers.size, added: covers.size });
  expect(stepOf(summary)?.requests).toBe(bench.archiveServer.requests.length);
  const paths = asked(bench.archiveServer.requests);
  expect(new Set(paths).size).toBe(paths.length);
  expect(bench.imagesServer.requests).toEqual([]);
  const kept = [...bench.pictures.archive].filter(
    ([address]) => keptPicture(bench.coversPath, address) !== null,
  );
  for (const [address, bytes] of kept) expect(keptPicture(bench.coversPath, address)).toEqual(bytes);
  expect(readdirSync(bench.coversPath)).toHaveLength(kept.length);
  expect(kept.length).toBeGreaterThan(3);
  expect(statSync(bench.coversPath).mode & 0o777).toBe(0o700);

  expect(tooSoon(bench.archiveServer.requests, 3, 3)).toEqual([]);

  const sent = bench.archiveServer.requests.length;
  const again = await ask(bench, ["archive"]);
  expect(stepOf(again)).toBeUndefined();
  expect(bench.archiveServer.requests).toHaveLength(sent);
});

/** Requests beyond a host's limit: `burst` at once, then this many per second. */
function tooSoon(requests: readonly LoggedRequest[], perSecond: number, burst: number): unknown[] {
  return requests.flatMap(({ atMs: from }, first) =>
    requests
      .slice(first)
      .map(({ atMs: to }, more) => ({ count: more + 1, most: burst + ((to - from) / 1000) * perSecond }))
      .filter(({ count, most }) => count > most + 0.001),
  );
}

const faults: readonly Fault[] = [
  html(500),
  cut,
  cutBody,
  html(200, "Log in to this network"),
  hang,
  answer(302, "", { location: "https://elsewhere.example/cover.jpg" }),
  answer(400, "no"),
];

test.each(both)(
  "%s sometimes fails in every way: the sync succeeds, and the next one fetches the rest",
  async (source) => {
    const bench = await benchWithCovers(26);
    const server = source === "archive" ? bench.archiveServer : bench.imagesServer;
    const met = new Set<Fault>();
    let requests = 0;
    server.behaviour.onRequest = () => {
      requests += 1;
      const fault = requests % 3 === 2 ? faults[Math.floor(requests / 3) % faults.length] : undefined;
      if (fault !== undefined) met.add(fault);
      return fault;
    };
    const summary = await ask(bench, [source]);
    expect(summary).toMatchObject({ complete: true, failures: [] });
    expect(met.size).toBe(faults.length);
    server.behaviour.onRequest = null;
    await ask(bench, [source]);
    expect(known(bench)).toEqual(truth(bench, [source]));
  },
);

test.each([
  ["archive", 429],
  ["discogs", 403],
] as const)(
  "%s answers %i: it is not asked again that day, and the other host is",
  async (source, status) => {
    const bench = await benchWithCovers();
    const [server, other] =
      source === "archive"
        ? [bench.archiveServer, bench.imagesServer]
        : [bench.imagesServer, bench.archiveServer];
    server.behaviour.onRequest = (n) => (n > 5 ? html(status) : undefined);
    const summary = await ask(bench, both);
    expect(summary).toMatchObject({ complete: true, failures: [] });
    expect(summary.notes.join()).toMatch(
      new RegExp(`refuses requests from rewind \\(${status}\\)\\. From tomorrow on`),
    );
    // At most the requests in flight.
    expect(server.requests.length).toBeLessThanOrEqual(5 + 3);
    expect(other.requests.length).toBeGreaterThan(0);

    server.behaviour.onRequest = null;
    const sent = server.requests.length;
    bench.clock.nowMs += day - 1000;
    await ask(bench, both);
    expect(server.requests).toHaveLength(sent);
    bench.clock.nowMs += 1000;
    await ask(bench, both);
    expect(known(bench)).toEqual(truth(bench, both));
  },
);

test("a host that can't be reached is only a note", async () => {
  const bench = await benchWithCovers(10);
  await bench.archiveServer.close();
  const summary = await ask(bench, ["archive"]);
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(stepOf(summary)).toMatchObject({ status: "away" });
  expect(summary.notes.join()).toMatch(
    /^the Cover Art Archive can't be reached: .* The next sync asks again\.$/,
  );
});

test("an unreadable picture is never fetched again, a missing one after 90 days", async () => {
  const bench = await benchWithCovers(16);
  const wrong = [
    Buffer.from("GIF89a and so on"),
    Buffer.alloc(2 * 1024 * 1024 + 1, 1),
    cover(1).subarray(0, 90),
  ];
  const release = [...bench.pictures.archive.keys()].filter((address) => address.startsWith("release/"));
  release
    .slice(0, 3)
    .forEach((address, at) => bench.pictures.archive.set(address, wrong[at] ?? Buffer.alloc(1)));
  await ask(bench, ["archive"]);
  const states = bench.database
    .prepare("SELECT state, count(*) FROM picture GROUP BY state ORDER BY state")
    .raw();
  expect(states.all()).toEqual([
    ["known", expect.any(Number)],
    ["none", expect.any(Number)],
    ["unreadable", 3],
  ]);
  const none = bench.database
    .prepare("SELECT address FROM picture WHERE state = 'none' ORDER BY 1")
    .pluck()
    .all();
  bench.clock.nowMs = startMs + 91 * day;
  const sent = bench.archiveServer.requests.length;
  await ask(bench, ["archive"]);
  const again = asked(bench.archiveServer.requests.slice(sent)).map((path) =>
    path.slice(1, -"/front-250".length),
  );
  expect(again.length).toBeGreaterThan(0);
  expect(again.filter((address) => !none.includes(address))).toEqual([]);
});

test("after a stop at any request, no answered picture is fetched again", async () => {
  const bench = await benchWithCovers(14);
  let stops = 0;
  const statuses = new Set<string | undefined>();
  for (let more = true; more;) {
    const stop = new AbortController();
    const before = bench.archiveServer.requests.length;
    bench.archiveServer.behaviour.onRequest = (n) => {
      if (n === before + 3 + stops * 2) stop.abort(new Error("stopped"));
    };
    const summary = await ask(bench, ["archive"], { signal: stop.signal });
    more = stop.signal.aborted;
    stops += 1;
    statuses.add(stepOf(summary)?.status);
  }
  expect([...statuses]).toEqual(["interrupted", "done"]);
  expect(stops).toBeGreaterThan(2);
  expect(known(bench)).toEqual(truth(bench, ["archive"]));
  const paths = asked(bench.archiveServer.requests);
  // The requests in flight when it stopped.
  expect(paths.length - new Set(paths).size).toBeLessThanOrEqual(stops * 3);
});

test("Discogs is asked for what the archive lacks; with --full, deleted covers of the archive are fetched again", async () => {
  const bench = await benchWithCovers(14);
  bench.archiveServer.behaviour.onRequest = (n) => {
    if (n % 5 === 0) rmSync(bench.coversPath, { recursive: true, force: true });
  };
  expect(await ask(bench, both)).toMatchObject({ complete: true, notes: [] });
  bench.archiveServer.behaviour.onRequest = null;
  rmSync(bench.coversPath, { recursive: true, force: true });
  const [archive, images] = [bench.archiveServer.requests.length, bench.imagesServer.requests.length];
  await ask(bench, both);
  expect(bench.archiveServer.requests).toHaveLength(archive);
  await ask(bench, both, { full: true });
  expect(bench.imagesServer.requests).toHaveLength(images);
  const ofArchive = bench.database
    .prepare("SELECT count(*) FROM picture WHERE source = 'archive' AND state = 'known'")
    .pluck();
  expect(readdirSync(bench.coversPath), "Discogs' are not stored").toHaveLength(ofArchive.get() as number);
  expect(known(bench)).toEqual(truth(bench, both));
  expect(truth(bench, both).size).toBeGreaterThan(truth(bench, ["archive"]).size);
});

test("without space for the bytes, hash and colours are stored, and a note says so", async () => {
  const bench = await benchWithCovers(10);
  writeFileSync(bench.coversPath, "a file where the directory should be");
  const summary = await ask(bench, ["archive"]);
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(summary.notes).toEqual([
    expect.stringMatching(/^There is no space for pictures in .*covers: only their colours/),
  ]);
  expect(known(bench)).toEqual(truth(bench, ["archive"]));
});

test("Discogs is asked for a thousand pictures a day and no more", async () => {
  const bench = await benchWithCovers(14);
  const write = bench.database.prepare(
    "INSERT INTO picture VALUES (?, 'discogs', 'none', NULL, NULL, NULL, ?)",
  );
  for (let n = 0; n < 998; n += 1) write.run(`https://i.discogs.com/before/${n}`, startMs / 1000 - 3600);
  const summary = await ask(bench, ["discogs"]);
  expect(bench.imagesServer.requests).toHaveLength(2);
  expect(summary.notes).toEqual(["Discogs serves 1000 pictures a day; tomorrow's sync continues."]);
  bench.clock.nowMs += day;
  await ask(bench, ["discogs"]);
  expect(known(bench)).toEqual(truth(bench, ["discogs"]));
});
