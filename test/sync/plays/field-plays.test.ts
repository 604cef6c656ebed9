// Days of plays in a custom field of the collection: read at each sync, never written.
import { expect, test } from "vitest";
import { readLoggedPlays, saveLoggedPlays } from "../../../src/store/decisions/logged-plays.ts";
import { transact } from "../../../src/store/file/database.ts";
import type { CollectionRecord } from "../../../src/model/model.ts";
import { buildRecord } from "../../support/filled-cache.ts";
import { Listing } from "../../support/editable-list.ts";
import { buildLoggedPlay } from "../../support/logged-plays.ts";
import { createSyncFixtureFrom, startMs, type SyncFixture } from "../fixture.ts";

const day = 86_400_000;
const playedField = "last played";

/** A shelf with two fields of the user's own: Shelf (4) and Last played (5). */
async function createFixtureWith(
  values: readonly (string | null)[],
): Promise<SyncFixture & { readonly records: readonly CollectionRecord[] }> {
  const fixture = await createSyncFixtureFrom({});
  fixture.discogs.shelf.fields = new Listing([
    { id: 1, name: "Media", position: 1 },
    { id: 4, name: "Shelf", position: 2 },
    { id: 5, name: "Last played", position: 3 },
  ]);
  const records = values.map((value, at) =>
    buildRecord({
      title: `Title ${at}`,
      dateAdded: `2020-01-01T00:00:${String(at % 60).padStart(2, "0")}-08:00`,
      fieldValues:
        value === null
          ? []
          : [
              { fieldId: 4, value: "C4" },
              { fieldId: 5, value },
            ],
    }),
  );
  fixture.discogs.shelf.records.set(records);
  return Object.assign(fixture, { records });
}

function editField(fixture: SyncFixture, instanceId: number, value: string): void {
  fixture.discogs.shelf.records.change(
    (each) => each.instanceId === instanceId,
    (each) => ({ ...each, fieldValues: [{ fieldId: 5, value }] }),
  );
}

const listPlays = (fixture: SyncFixture) =>
  readLoggedPlays(fixture.database).map(({ instanceId, startUts, precision, source }) => ({
    instanceId,
    day: new Date(startUts * 1000).toLocaleDateString("sv-SE"),
    precision,
    source,
  }));

test("logs the days of the field, by name or id, each once", async () => {
  for (const name of ["Last Played ", "5"]) {
    const fixture = await createFixtureWith(["2024-03-13, 2025-01-02", null, ""]);
    const [first] = fixture.records;
    const { notices } = await fixture.sync({ playedField: name });
    const days = ["2024-03-13", "2025-01-02"].map((each) => ({
      instanceId: first?.instanceId,
      day: each,
      precision: "day",
      source: "field",
    }));
    expect(listPlays(fixture)).toEqual(days);
    expect(notices).toContain('From the field "Last played": 2 plays logged.');
    const before = readLoggedPlays(fixture.database);
    fixture.clock.nowMs += day;
    expect((await fixture.sync({ playedField: name, full: true })).notices).toEqual([]);
    expect(readLoggedPlays(fixture.database)).toEqual(before);
  }
});

test("gives a day of a record the same UUID in another cache", async () => {
  const uuids = [];
  for (let time = 0; time < 2; time += 1) {
    const fixture = await createFixtureWith([]);
    const fieldValues = [{ fieldId: 5, value: "13 Mar 2024" }];
    fixture.discogs.shelf.records.set([{ ...buildRecord({ title: "Same", fieldValues }), instanceId: 77 }]);
    await fixture.sync({ playedField });
    uuids.push(readLoggedPlays(fixture.database).map(({ uuid }) => uuid));
  }
  expect(uuids[0]).toEqual(uuids[1]);
  expect(uuids[0]?.[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("removes a play if its day is removed from the field", async () => {
  const fixture = await createFixtureWith(["2024-03-13\n2025-01-02"]);
  const [{ instanceId }] = fixture.records as [CollectionRecord];
  const readLoggedPlayCounts = () => fixture.database.prepare("SELECT logged_plays FROM match").pluck().get();
  await fixture.sync({ playedField });
  expect(readLoggedPlayCounts()).toBe(2);
  editField(fixture, instanceId, "2025-01-02");
  const { notices } = await fixture.sync({ playedField, full: true });
  expect(notices).toEqual(['From the field "Last played": 1 play removed.']);
  expect(listPlays(fixture).map((each) => each.day)).toEqual(["2025-01-02"]);
  expect(readLoggedPlayCounts()).toBe(1);
});

test("finds an edit within a day, however large the collection is", async () => {
  const fixture = await createFixtureWith(Array.from({ length: 1001 }, () => null));
  const [{ instanceId }] = fixture.records as [CollectionRecord];
  await fixture.sync({ playedField });
  editField(fixture, instanceId, "2025-01-02");
  fixture.clock.nowMs += day + 60_000;
  await fixture.sync({ playedField });
  expect(listPlays(fixture)).toHaveLength(1);
});

test("finds a new field with its values", async () => {
  const fixture = await createFixtureWith(["2025-01-02"]);
  const { fields } = fixture.discogs.shelf;
  fixture.discogs.shelf.fields = new Listing(fields.rows.filter(({ id }) => id !== 5));
  const { notices } = await fixture.sync({ playedField });
  expect(notices).toEqual([
    "The setting played_field does not name a field of your collection. Its fields: Media, Shelf.",
  ]);
  expect(listPlays(fixture)).toEqual([]);
  fixture.discogs.shelf.fields = fields;
  await fixture.sync({ playedField });
  expect(listPlays(fixture)).toHaveLength(1);
});

const buildNotice = (first: string): string =>
  `Not logged from the field "Last played": #1 "${first}" (not a day, or ambiguous: write it like 2026-03-13); ` +
  '#2 "2024-02-30" (not a day, or ambiguous: write it like 2026-03-13); #3 "2099-01-01" (in the future); and 3 more.';

test("reports text without a day once and continues", async () => {
  const fixture = await createFixtureWith([
    "soon",
    "2024-02-30, 2025-01-02",
    "2099-01-01",
    "1974-12-31",
    "3/4/2025",
    "x".repeat(9_000),
  ]);
  const { notices, failures } = await fixture.sync({ playedField });
  expect(failures).toEqual([]);
  expect(listPlays(fixture).map((each) => each.day)).toEqual(["2025-01-02"]);
  expect(notices.filter((note) => note.startsWith("Not logged"))).toEqual([buildNotice("soon")]);
  expect((await fixture.sync({ playedField })).notices).toEqual([]);
  const [{ instanceId }] = fixture.records as [CollectionRecord];
  editField(fixture, instanceId, "never");
  expect((await fixture.sync({ playedField, full: true })).notices).toEqual([buildNotice("never")]);
});

test("logs a future day later, and a day before the pressing never", async () => {
  const fixture = await createFixtureWith([
    "1974-12-31",
    new Date(startMs + 3 * day).toISOString().slice(0, 10),
  ]);
  await fixture.sync({ playedField });
  expect(listPlays(fixture)).toEqual([]);
  fixture.clock.nowMs += 4 * day;
  await fixture.sync({ playedField });
  expect(listPlays(fixture)).toHaveLength(1);
});

test("a play logged by hand on that day is the same play", async () => {
  const fixture = await createFixtureWith(["2025-01-02", "2025-01-02"]);
  const [first, second] = fixture.records as [CollectionRecord, CollectionRecord];
  const byHand = buildLoggedPlay({
    releaseId: first.release.id,
    instanceId: null,
    from: "2025-01-02T19:00:00Z",
  });
  transact(fixture.database, () => saveLoggedPlays(fixture.database, [byHand]));
  await fixture.sync({ playedField });
  expect(new Set(listPlays(fixture).map(({ instanceId, source }) => `${source} ${instanceId}`))).toEqual(
    new Set(["user null", `field ${second.instanceId}`]),
  );
});

test("plays survive a removed record and a renamed field, and go with the setting", async () => {
  const fixture = await createFixtureWith(["2024-03-13", "2025-01-02", null]);
  await fixture.sync({ playedField });
  fixture.discogs.shelf.records.remove(({ instanceId }) => instanceId === fixture.records[0]?.instanceId);
  await fixture.sync({ playedField, full: true });
  expect(listPlays(fixture)).toHaveLength(2);
  fixture.discogs.shelf.fields = new Listing([{ id: 5, name: "Spun", position: 1 }]);
  await fixture.sync({ playedField, full: true });
  expect(listPlays(fixture)).toHaveLength(2);
  await fixture.sync();
  expect(listPlays(fixture)).toEqual([]);
});
