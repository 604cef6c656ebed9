import { collectionServices, listeningServices } from "../../../src/sources/all-services.ts";
import { expect, test } from "vitest";
import { BadAnswer, Throttled, UnexpectedRefusal } from "../../../src/sources/transport/service-errors.ts";
import { answer, html, type Fault } from "../../support/faults.ts";
import {
  type MusicBrainzWorld,
  makeMusicBrainzWorld,
  mbidFor,
  startMusicBrainz,
} from "../../support/musicbrainz-stand-in.ts";
import { knownRelease } from "../../support/musicbrainz-world.ts";
import { connectToStandIns, failureOf } from "../clients.ts";

const groupMbid = mbidFor("a group");

function worldOf(releases: number, masters = 0): MusicBrainzWorld {
  const world = makeMusicBrainzWorld();
  for (let id = 1; id <= releases; id += 1) {
    world.releases.set(id, [knownRelease(`release ${id}`, { title: `Title ${id}`, groupMbid, year: 1971 })]);
  }
  for (let id = 1; id <= masters; id += 1) {
    world.groups.set(id, [
      {
        mbid: mbidFor(`group ${id}`),
        title: `Title ${id}`,
        firstReleaseDate: "1959-08-17",
        primaryType: "Album",
        secondaryTypes: ["Live"],
      },
    ]);
  }
  return world;
}

const ids = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

test("asks about a hundred releases at once; unknown ones have no row", async () => {
  const { services, musicbrainz, reports } = await connectToStandIns({ musicbrainz: worldOf(60) });
  const answers = await services.musicbrainz.releases(ids(1, 100));
  expect([...answers.keys()]).toEqual(ids(1, 60));
  expect(answers.get(1)).toEqual([
    { mbid: mbidFor("release 1"), title: "Title 1", barcode: "5099902987620", country: "GB" },
  ]);
  expect(musicbrainz.requests).toHaveLength(1);
  const [request] = musicbrainz.requests;
  expect(new URLSearchParams(request?.search).getAll("resource").at(0)).toBe(
    "https://www.discogs.com/release/1",
  );
  // A line that any server takes.
  expect(request?.search.length).toBeLessThan(7_000);
  expect(reports).toMatchObject([
    { service: { id: "musicbrainz" }, call: "GET /url 100 Discogs releases", outcome: "ok" },
  ]);
});

test("returns the group of a master, with its first year and its types", async () => {
  const { services } = await connectToStandIns({ musicbrainz: worldOf(0, 2) });
  const answers = await services.musicbrainz.groups([1, 2, 3]);
  expect([...answers]).toEqual(
    [1, 2].map((discogsId) => [
      discogsId,
      [
        {
          mbid: mbidFor(`group ${discogsId}`),
          title: `Title ${discogsId}`,
          firstYear: 1959,
          primaryType: "Album",
          secondaryTypes: ["Live"],
        },
      ],
    ]),
  );
});

test("a single address has another answer, and an unknown one a 404", async () => {
  const { services } = await connectToStandIns({ musicbrainz: worldOf(3, 1) });
  expect([...(await services.musicbrainz.releases([2])).keys()]).toEqual([2]);
  expect(await services.musicbrainz.releases([9])).toEqual(new Map());
  expect([...(await services.musicbrainz.groups([1])).keys()]).toEqual([1]);
  expect(await services.musicbrainz.groups([9])).toEqual(new Map());
});

test("returns all releases of one address", async () => {
  const world = worldOf(1);
  const [one] = world.releases.get(1) ?? [];
  if (one) world.releases.set(1, [one, { ...one, mbid: mbidFor("another") }]);
  const { services } = await connectToStandIns({ musicbrainz: world });
  const answers = await services.musicbrainz.releases([1, 2]);
  expect(answers.get(1)?.map(({ mbid }) => mbid)).toEqual([mbidFor("release 1"), mbidFor("another")]);
});

test("a list that is shorter than its count is refused", async () => {
  const { services, musicbrainz } = await connectToStandIns({ musicbrainz: worldOf(50) });
  musicbrainz.behaviour.mostRows = 20;
  await expect(services.musicbrainz.releases(ids(1, 50))).rejects.toThrow("fewer rows than it counts");
});

test.each<[string, number | null]>([
  ["1959-08-17", 1959],
  ["1959-08", 1959],
  ["1959", 1959],
  ["", null],
  ["????-08-17", null],
  ["0000", null],
  ["1850", null],
  ["9999", null],
  ["1959/08", null],
])("first released %s: %s", async (firstReleaseDate, firstYear) => {
  const world = worldOf(0, 1);
  const [group] = world.groups.get(1) ?? [];
  if (group) world.groups.set(1, [{ ...group, firstReleaseDate }]);
  const { services } = await connectToStandIns(
    { musicbrainz: world },
    { wallMs: () => Date.UTC(2026, 0, 1) },
  );
  const answers = await services.musicbrainz.groups([1]);
  expect(answers.get(1)?.[0]?.firstYear).toBe(firstYear);
});

test("looks up a release by its MBID, merged or missing", async () => {
  const world = worldOf(1);
  world.merged.set(mbidFor("merged"), mbidFor("release 1"));
  const { services, musicbrainz } = await connectToStandIns({ musicbrainz: world });
  const found = { mbid: mbidFor("release 1"), groupMbid };
  expect(await services.musicbrainz.identity(mbidFor("release 1").toUpperCase())).toEqual(found);
  expect(await services.musicbrainz.identity(mbidFor("merged"))).toEqual(found);
  expect(await services.musicbrainz.identity(mbidFor("nothing"))).toBeNull();
  expect(musicbrainz.requests).toHaveLength(3);
  expect(await services.musicbrainz.identity("../../user")).toBeNull();
  expect(musicbrainz.requests).toHaveLength(3);
});

test("one request a second, and never two at once", async () => {
  const { services, musicbrainz } = await connectToStandIns({ musicbrainz: worldOf(5) });
  await Promise.all(ids(1, 6).map((id) => services.musicbrainz.releases([id])));
  expect(musicbrainz.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404]);
  const times = musicbrainz.requests.map(({ atMs }) => atMs);
  for (const [at, time] of times.slice(1).entries())
    expect(time - (times[at] ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(musicbrainz.peakInFlight).toBe(1);
});

test("503 means fewer requests: waits, then fails", async () => {
  const { services, musicbrainz, waits } = await connectToStandIns({ musicbrainz: worldOf(2) });
  let busy = 2;
  musicbrainz.behaviour.onRequest = () => (busy-- > 0 ? answer(503, { error: "slow down" }) : undefined);
  expect((await services.musicbrainz.releases([1, 2])).size).toBe(2);
  expect(waits.every(({ service, ms }) => service === "musicbrainz" && ms >= 2_000)).toBe(true);
  busy = Infinity;
  const failure = await failureOf(services.musicbrainz.releases([1, 2]));
  expect(failure).toBeInstanceOf(Throttled);
  // For the rest of the run nothing more is sent.
  const sent = musicbrainz.requests.length;
  await failureOf(services.musicbrainz.releases([1]));
  expect(musicbrainz.requests).toHaveLength(sent);
});

test.each<[string, Fault, new (...given: never[]) => Error]>([
  ["a page for people", html(), BadAnswer],
  ["a 404 that is a page for people", html(404), BadAnswer],
  ["a 404 of another service", answer(404, { message: "no route" }), BadAnswer],
  ["a failure", answer(500, { error: "…" }), BadAnswer],
  ["a refusal", answer(403, { error: "…" }), UnexpectedRefusal],
  ["a redirect", answer(301, "", { location: "http://127.0.0.1:9/" }), UnexpectedRefusal],
])("%s is no answer", async (_, fault, kind) => {
  const { services, musicbrainz } = await connectToStandIns({ musicbrainz: worldOf(2) });
  musicbrainz.behaviour.onRequest = () => fault;
  const failure = await failureOf(services.musicbrainz.releases([1, 2], { attempts: 2 }));
  expect(failure).toBeInstanceOf(kind);
});

const manyOf = (relation: (at: number) => object): object[] =>
  Array.from({ length: 1_500 }, (_, at) => relation(at));
const hostileText = "HOSTILE\u001b[31m\u202e";

/** The service's answer about the first release or master. */
async function hostileClient(relations: readonly object[], kind = "release", id = 1) {
  const { services, musicbrainz } = await connectToStandIns({ musicbrainz: worldOf(2) });
  const urls = [{ resource: `https://www.discogs.com/${kind}/${id}`, relations }];
  musicbrainz.behaviour.onRequest = () => answer(200, { urls });
  return services.musicbrainz;
}

test("takes no answer about another release, and no id that is a path", async () => {
  const relation = { release: { id: groupMbid, title: "Title" } };
  const other = await hostileClient([relation], "release", 77);
  expect(await other.releases([1, 2])).toEqual(new Map());
  const path = await hostileClient([{ release: { id: `../../${hostileText}` } }]);
  await expect(path.releases([1, 2])).rejects.toThrow("is not an MBID");
  const message = await failureOf(path.releases([1, 2]));
  expect(String(message)).not.toContain("HOSTILE");
});

test("takes at most twenty releases or groups of an address, without what is no barcode, year or type", async () => {
  const releases = await hostileClient(
    manyOf((at) => ({ release: { id: mbidFor(`hostile ${at}`), title: hostileText, barcode: hostileText } })),
  );
  const found = (await releases.releases([1, 2])).get(1) ?? [];
  expect(found).toHaveLength(20);
  expect(found.every(({ barcode }) => barcode === null)).toBe(true);
  const group = {
    "first-release-date": "9999",
    "primary-type": hostileText,
    "secondary-types": [hostileText, "Live"],
  };
  const groups = await hostileClient(
    manyOf((at) => ({ "release-group": { id: mbidFor(`group ${at}`), ...group } })),
    "master",
  );
  const known = (await groups.groups([1, 2])).get(1) ?? [];
  expect(known).toHaveLength(20);
  expect(known[0]).toMatchObject({ firstYear: null, primaryType: null, secondaryTypes: ["Live"] });
});

test("neither token nor key goes to MusicBrainz; the contact does", async () => {
  const musicbrainz = await startMusicBrainz(worldOf(1), { leastGapMs: 0 });
  const settings = {
    collection: { service: collectionServices[0], secret: "discogs-token-8c1f7e" },
    listening: { service: listeningServices[0], secret: "lastfm0key0d41d8cd98f00b204e980" },
    contact: "digger@mail.example",
    urls: { musicbrainz: musicbrainz.url },
  };
  const { services } = await connectToStandIns({}, {}, {}, settings);
  await services.musicbrainz.releases([1]);
  const sent = JSON.stringify(musicbrainz.requests);
  expect(sent).not.toContain(settings.collection.secret);
  expect(sent).not.toContain(settings.listening.secret);
  expect(musicbrainz.requests[0]?.headers["user-agent"]).toBe("rewind-shelf/9.8.7 (digger@mail.example)");
});
