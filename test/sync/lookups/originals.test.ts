// Original years and kinds: from MusicBrainz, from Discogs' masters where asked for, and never against a pressing.
import { expect, test } from "vitest";
import type { Format } from "../../../src/model/model.ts";
import { createKindReader } from "../../../src/store/shelf/derived-columns.ts";
import { respondWith } from "../../support/response-faults.ts";
import { openForQueries } from "../../../src/store/open-cache.ts";
import { toMbid, type KnownGroup } from "../../support/fake-musicbrainz.ts";
import { buildRecord } from "../../support/filled-cache.ts";
import { createSyncFixtureFrom, type SyncFixture } from "../fixture.ts";

const buildGroup = (masterId: number, parts: Partial<KnownGroup> = {}): KnownGroup => ({
  mbid: toMbid(`group ${masterId}`),
  title: "Title",
  firstReleaseDate: "1959-08-17",
  primaryType: "Album",
  secondaryTypes: [],
  ...parts,
});

interface Case {
  readonly year: number | null;
  readonly groups?: readonly KnownGroup[];
  readonly formats?: readonly Format[];
  readonly discogsYear?: number;
}

const buildVinylFormats = (...descriptions: string[]): Format[] => [
  { name: "Vinyl", quantity: 1, text: "", descriptions },
];

/** A shelf of these releases, with ids 1, 2, 3 …, their masters 11, 12, 13 … */
async function createFixtureFor(cases: readonly Case[]): Promise<SyncFixture> {
  const fixture = await createSyncFixtureFrom({
    records: cases.map(({ year, formats = buildVinylFormats("LP", "Album") }, at) =>
      buildRecord({ id: at + 1, masterId: at + 11, year, formats }),
    ),
  });
  for (const [at, { groups, discogsYear }] of cases.entries()) {
    if (groups) fixture.musicbrainz.groups.set(at + 11, groups);
    if (discogsYear !== undefined) fixture.discogs.masters.set(at + 11, discogsYear);
  }
  return fixture;
}

function readColumn(fixture: SyncFixture, name: string): unknown[] {
  const asking = openForQueries(fixture.path);
  try {
    return asking.prepare(`SELECT ${name} FROM records ORDER BY release_id`).pluck().all();
  } finally {
    asking.close();
  }
}

test("the original year is the group's first, and no later than any pressing", async () => {
  const fixture = await createFixtureFor([
    { year: 1997, groups: [buildGroup(11)] },
    { year: null, groups: [buildGroup(12)] },
    { year: 1955, groups: [buildGroup(13)] },
    { year: 1997, groups: [buildGroup(14, { firstReleaseDate: "" })] },
    { year: 1997, groups: [buildGroup(15), buildGroup(16, { firstReleaseDate: "1971" })] },
    { year: 1997 },
  ]);
  await fixture.sync();
  expect(readColumn(fixture, "original_year")).toEqual([null, null, null, null, null, null]);
  await fixture.sync({ musicbrainz: true });
  expect(readColumn(fixture, "original_year")).toEqual([1959, 1959, 1955, null, 1959, null]);
  expect(readColumn(fixture, "year")).toEqual([1997, null, 1955, 1997, 1997, 1997]);
  expect(readColumn(fixture, "release_group_mbid").slice(0, 1)).toEqual([toMbid("group 11")]);
});

test("a new or changed release has its year at once", async () => {
  const fixture = await createFixtureFor([{ year: 1997, groups: [buildGroup(11)] }]);
  await fixture.sync({ musicbrainz: true });
  const { records } = fixture.discogs.shelf;
  const [first] = records.rows;
  if (!first) throw new Error("no record");
  const release = { ...first.release, id: 70, year: 2011, title: "Another pressing" };
  records.set([
    { ...first, release: { ...first.release, title: "Renamed" } },
    { ...first, instanceId: 70, release },
  ]);
  fixture.clock.nowMs += 60_000;
  await fixture.sync({ full: true });
  expect(readColumn(fixture, "original_year")).toEqual([1959, 1959]);
});

test("--masters asks Discogs for what stays unknown, once", async () => {
  const fixture = await createFixtureFor([
    { year: 1997, groups: [buildGroup(11)], discogsYear: 1958 },
    { year: 1997, groups: [buildGroup(12, { firstReleaseDate: "" })], discogsYear: 1962 },
    { year: 1997, discogsYear: 1971 },
    { year: 1997, discogsYear: 0 },
    { year: 1997 },
  ]);
  const summary = await fixture.sync({ musicbrainz: true, masters: true });
  expect(readColumn(fixture, "original_year")).toEqual([1959, 1962, 1971, null, null]);
  const listMasterRequests = (): string[] =>
    fixture.discogsServer.requests.flatMap(({ path }) => (path.startsWith("/masters/") ? [path] : []));
  expect(listMasterRequests().toSorted()).toEqual([
    "/masters/12",
    "/masters/13",
    "/masters/14",
    "/masters/15",
  ]);
  expect(summary.steps.find(({ name }) => name === "masters")).toMatchObject({
    requests: 4,
    rows: 2,
    added: 2,
    status: "done",
  });
  await fixture.sync({ musicbrainz: true, masters: true });
  expect(listMasterRequests()).toHaveLength(4);
});

test("reports unreadable masters and asks for them again; many in a row stop the step", async () => {
  const fixture = await createFixtureFor(
    Array.from({ length: 12 }, () => ({ year: 1997, discogsYear: 1971 })),
  );
  fixture.discogsServer.behaviour.onRequest = (_, { path }) =>
    path === "/masters/15" ? respondWith(500, { message: "oops" }) : undefined;
  const summary = await fixture.sync({ masters: true });
  expect(summary).toMatchObject({ complete: true });
  expect(summary.notices).toEqual(["Masters that could not be read: 1. The next sync --masters asks again."]);
  expect(readColumn(fixture, "original_year").filter((year) => year === 1971)).toHaveLength(11);
  fixture.discogsServer.behaviour.onRequest = null;
  await fixture.sync({ masters: true });
  expect(readColumn(fixture, "original_year").filter((year) => year === 1971)).toHaveLength(12);

  const other = await createFixtureFor(Array.from({ length: 12 }, () => ({ year: 1997, discogsYear: 1971 })));
  other.discogsServer.behaviour.onRequest = (_, { path }) =>
    path.startsWith("/masters/") ? respondWith(500, { message: "oops" }) : undefined;
  expect(await other.sync({ masters: true })).toMatchObject({ complete: false });
});

test("MusicBrainz' type decides the kind only if the formats name none", async () => {
  const ep = [buildGroup(1, { primaryType: "EP" })];
  const fixture = await createFixtureFor([
    { year: 1997, formats: buildVinylFormats('12"'), groups: ep },
    { year: 1997, formats: buildVinylFormats('12"') },
    { year: 1997, formats: buildVinylFormats("LP", "Album"), groups: ep },
    {
      year: 1997,
      formats: buildVinylFormats('12"'),
      groups: [buildGroup(1, { secondaryTypes: ["Live", "Compilation"] })],
    },
    {
      year: 1997,
      formats: buildVinylFormats('12"'),
      groups: [buildGroup(1), buildGroup(2, { primaryType: "Single" })],
    },
    { year: 1997, formats: buildVinylFormats('12"'), groups: [buildGroup(1, { primaryType: "Broadcast" })] },
    { year: 1997, formats: [{ name: "Box Set", quantity: 1, text: "", descriptions: [] }], groups: ep },
  ]);
  await fixture.sync();
  const byFormats = ["single", "single", "album", "single", "single", "single", "box"];
  expect(readColumn(fixture, "kind")).toEqual(byFormats);
  await fixture.sync({ musicbrainz: true });
  expect(readColumn(fixture, "kind")).toEqual([
    "ep",
    "single",
    "album",
    "compilation",
    "single",
    "single",
    "box",
  ]);
  const getOpinion = createKindReader(fixture.database);
  expect(getOpinion(3)).toEqual({ stated: "album", musicbrainz: "ep" });
  expect(getOpinion(2)).toEqual({ stated: null, musicbrainz: null });
  // The answer stays so when all is read again.
  fixture.clock.nowMs += 60_000;
  await fixture.sync({ full: true });
  expect(readColumn(fixture, "kind")).toEqual([
    "ep",
    "single",
    "album",
    "compilation",
    "single",
    "single",
    "box",
  ]);
});
