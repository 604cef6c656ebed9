import { collectionServices, listeningServices } from "../../../src/sources/all-services.ts";
import { expect, test } from "vitest";
import { BadAnswer, Throttled, UnexpectedRefusal } from "../../../src/sources/transport/service-errors.ts";
import { respondWith, respondWithHtml, type Fault } from "../../support/response-faults.ts";
import {
  type MusicBrainzData,
  createMusicBrainzData,
  toMbid,
  startFakeMusicBrainz,
} from "../../support/fake-musicbrainz.ts";
import { buildKnownRelease } from "../../support/musicbrainz-data.ts";
import { connectToFakes, catchFailure } from "../connected-clients.ts";

const groupMbid = toMbid("a group");

function buildMusicBrainzData(releases: number, masters = 0): MusicBrainzData {
  const fixture = createMusicBrainzData();
  for (let id = 1; id <= releases; id += 1) {
    fixture.releases.set(id, [
      buildKnownRelease(`release ${id}`, { title: `Title ${id}`, groupMbid, year: 1971 }),
    ]);
  }
  for (let id = 1; id <= masters; id += 1) {
    fixture.groups.set(id, [
      {
        mbid: toMbid(`group ${id}`),
        title: `Title ${id}`,
        firstReleaseDate: "1959-08-17",
        primaryType: "Album",
        secondaryTypes: ["Live"],
      },
    ]);
  }
  return fixture;
}

const listIds = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

test("asks about a hundred releases at once; unknown ones have no row", async () => {
  const { services, musicbrainz, reports } = await connectToFakes({ musicbrainz: buildMusicBrainzData(60) });
  const answers = await services.musicbrainz.fetchReleases(listIds(1, 100));
  expect([...answers.keys()]).toEqual(listIds(1, 60));
  expect(answers.get(1)).toEqual([
    { mbid: toMbid("release 1"), title: "Title 1", barcode: "5099902987620", country: "GB" },
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
  const { services } = await connectToFakes({ musicbrainz: buildMusicBrainzData(0, 2) });
  const answers = await services.musicbrainz.fetchGroups([1, 2, 3]);
  expect([...answers]).toEqual(
    [1, 2].map((discogsId) => [
      discogsId,
      [
        {
          mbid: toMbid(`group ${discogsId}`),
          title: `Title ${discogsId}`,
          firstYear: 1959,
          primaryType: "Album",
          secondaryTypes: ["Live"],
        },
      ],
    ]),
  );
});

test("reads the different answer for a single address, and a 404 for an unknown one", async () => {
  const { services } = await connectToFakes({ musicbrainz: buildMusicBrainzData(3, 1) });
  expect([...(await services.musicbrainz.fetchReleases([2])).keys()]).toEqual([2]);
  expect(await services.musicbrainz.fetchReleases([9])).toEqual(new Map());
  expect([...(await services.musicbrainz.fetchGroups([1])).keys()]).toEqual([1]);
  expect(await services.musicbrainz.fetchGroups([9])).toEqual(new Map());
});

test("returns all releases of one address", async () => {
  const fixture = buildMusicBrainzData(1);
  const [one] = fixture.releases.get(1) ?? [];
  if (one) fixture.releases.set(1, [one, { ...one, mbid: toMbid("another") }]);
  const { services } = await connectToFakes({ musicbrainz: fixture });
  const answers = await services.musicbrainz.fetchReleases([1, 2]);
  expect(answers.get(1)?.map(({ mbid }) => mbid)).toEqual([toMbid("release 1"), toMbid("another")]);
});

test("a list that is shorter than its count is refused", async () => {
  const { services, musicbrainz } = await connectToFakes({ musicbrainz: buildMusicBrainzData(50) });
  musicbrainz.behaviour.maxRows = 20;
  await expect(services.musicbrainz.fetchReleases(listIds(1, 50))).rejects.toThrow(
    "fewer rows than it counts",
  );
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
])("reads the first release date %s as %s", async (firstReleaseDate, firstYear) => {
  const fixture = buildMusicBrainzData(0, 1);
  const [group] = fixture.groups.get(1) ?? [];
  if (group) fixture.groups.set(1, [{ ...group, firstReleaseDate }]);
  const { services } = await connectToFakes({ musicbrainz: fixture }, { wallMs: () => Date.UTC(2026, 0, 1) });
  const answers = await services.musicbrainz.fetchGroups([1]);
  expect(answers.get(1)?.[0]?.firstYear).toBe(firstYear);
});

test("looks up a release by its MBID, merged or missing", async () => {
  const fixture = buildMusicBrainzData(1);
  fixture.merged.set(toMbid("merged"), toMbid("release 1"));
  const { services, musicbrainz } = await connectToFakes({ musicbrainz: fixture });
  const found = { mbid: toMbid("release 1"), groupMbid };
  expect(await services.musicbrainz.fetchIdentity(toMbid("release 1").toUpperCase())).toEqual(found);
  expect(await services.musicbrainz.fetchIdentity(toMbid("merged"))).toEqual(found);
  expect(await services.musicbrainz.fetchIdentity(toMbid("nothing"))).toBeNull();
  expect(musicbrainz.requests).toHaveLength(3);
  expect(await services.musicbrainz.fetchIdentity("../../user")).toBeNull();
  expect(musicbrainz.requests).toHaveLength(3);
});

test("sends one request a second, and never two at once", async () => {
  const { services, musicbrainz } = await connectToFakes({ musicbrainz: buildMusicBrainzData(5) });
  await Promise.all(listIds(1, 6).map((id) => services.musicbrainz.fetchReleases([id])));
  expect(musicbrainz.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404]);
  const times = musicbrainz.requests.map(({ atMs }) => atMs);
  for (const [at, time] of times.slice(1).entries())
    expect(time - (times[at] ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(musicbrainz.peakInFlight).toBe(1);
});

test("waits and then fails after 503", async () => {
  const { services, musicbrainz, waits } = await connectToFakes({ musicbrainz: buildMusicBrainzData(2) });
  let busy = 2;
  musicbrainz.behaviour.onRequest = () => (busy-- > 0 ? respondWith(503, { error: "slow down" }) : undefined);
  expect((await services.musicbrainz.fetchReleases([1, 2])).size).toBe(2);
  expect(waits.every(({ service, ms }) => service === "musicbrainz" && ms >= 2_000)).toBe(true);
  busy = Infinity;
  const failure = await catchFailure(services.musicbrainz.fetchReleases([1, 2]));
  expect(failure).toBeInstanceOf(Throttled);
  // Nothing more is sent for the rest of the run.
  const sent = musicbrainz.requests.length;
  await catchFailure(services.musicbrainz.fetchReleases([1]));
  expect(musicbrainz.requests).toHaveLength(sent);
});

test.each<[string, Fault, new (...given: never[]) => Error]>([
  ["a page for people", respondWithHtml(), BadAnswer],
  ["a 404 that is a page for people", respondWithHtml(404), BadAnswer],
  ["a 404 of another service", respondWith(404, { message: "no route" }), BadAnswer],
  ["a failure", respondWith(500, { error: "…" }), BadAnswer],
  ["a refusal", respondWith(403, { error: "…" }), UnexpectedRefusal],
  ["a redirect", respondWith(301, "", { location: "http://127.0.0.1:9/" }), UnexpectedRefusal],
])("refuses %s as an answer", async (_, fault, kind) => {
  const { services, musicbrainz } = await connectToFakes({ musicbrainz: buildMusicBrainzData(2) });
  musicbrainz.behaviour.onRequest = () => fault;
  const failure = await catchFailure(services.musicbrainz.fetchReleases([1, 2], { attempts: 2 }));
  expect(failure).toBeInstanceOf(kind);
});

const buildManyRelations = (relation: (at: number) => object): object[] =>
  Array.from({ length: 1_500 }, (_, at) => relation(at));
const hostileText = "HOSTILE\u001b[31m\u202e";

/** The service's answer about the first release or master. */
async function createHostileClient(relations: readonly object[], kind = "release", id = 1) {
  const { services, musicbrainz } = await connectToFakes({ musicbrainz: buildMusicBrainzData(2) });
  const urls = [{ resource: `https://www.discogs.com/${kind}/${id}`, relations }];
  musicbrainz.behaviour.onRequest = () => respondWith(200, { urls });
  return services.musicbrainz;
}

test("takes no answer about another release, and no id that is a path", async () => {
  const relation = { release: { id: groupMbid, title: "Title" } };
  const other = await createHostileClient([relation], "release", 77);
  expect(await other.fetchReleases([1, 2])).toEqual(new Map());
  const path = await createHostileClient([{ release: { id: `../../${hostileText}` } }]);
  await expect(path.fetchReleases([1, 2])).rejects.toThrow("is not an MBID");
  const message = await catchFailure(path.fetchReleases([1, 2]));
  expect(String(message)).not.toContain("HOSTILE");
});

test("takes at most twenty releases or groups of an address, without what is no barcode, year or type", async () => {
  const releases = await createHostileClient(
    buildManyRelations((at) => ({
      release: { id: toMbid(`hostile ${at}`), title: hostileText, barcode: hostileText },
    })),
  );
  const found = (await releases.fetchReleases([1, 2])).get(1) ?? [];
  expect(found).toHaveLength(20);
  expect(found.every(({ barcode }) => barcode === null)).toBe(true);
  const group = {
    "first-release-date": "9999",
    "primary-type": hostileText,
    "secondary-types": [hostileText, "Live"],
  };
  const groups = await createHostileClient(
    buildManyRelations((at) => ({ "release-group": { id: toMbid(`group ${at}`), ...group } })),
    "master",
  );
  const known = (await groups.fetchGroups([1, 2])).get(1) ?? [];
  expect(known).toHaveLength(20);
  expect(known[0]).toMatchObject({ firstYear: null, primaryType: null, secondaryTypes: ["Live"] });
});

test("sends the contact to MusicBrainz, but neither token nor key", async () => {
  const musicbrainz = await startFakeMusicBrainz(buildMusicBrainzData(1), { minGapMs: 0 });
  const settings = {
    collection: { service: collectionServices[0], secret: "discogs-token-8c1f7e" },
    listening: { service: listeningServices[0], secret: "lastfm0key0d41d8cd98f00b204e980" },
    contact: "digger@mail.example",
    urls: { musicbrainz: musicbrainz.url },
  };
  const { services } = await connectToFakes({}, {}, {}, settings);
  await services.musicbrainz.fetchReleases([1]);
  const sent = JSON.stringify(musicbrainz.requests);
  expect(sent).not.toContain(settings.collection.secret);
  expect(sent).not.toContain(settings.listening.secret);
  expect(musicbrainz.requests[0]?.headers["user-agent"]).toBe("rewind-shelf/9.8.7 (digger@mail.example)");
});
