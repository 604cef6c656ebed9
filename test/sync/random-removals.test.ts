// Faults, removals and recoveries in any order: nothing that is on the shelf is lost while a fault lasts less than six
// hours, no record ever gets another id, and when all is calm the cache is the shelf. Many: REWIND_STORMS=500.
import { expect, test } from "vitest";
import type { CollectionRecord } from "../../src/model/model.ts";
import { respondWith, editBody, type Fault } from "../support/response-faults.ts";
import { pickInteger, pickItem, createSeededRandom } from "../support/random.ts";
import type { LoggedRequest } from "../support/fake-service.ts";
import { createSyncFixture, type SyncFixture } from "./fixture.ts";
import { findFileFaults, readSnapshot, buildExpectedSnapshot } from "./snapshot.ts";
import { isFullRun, getRoundCount } from "../support/sampling.ts";

const storms = getRoundCount("REWIND_STORMS", { few: 1, whole: 3 });
const seeds = Array.from({ length: storms }, (_, at) => at + 1);
const events = isFullRun ? 8 : 6;

const isListing = ({ path }: LoggedRequest): boolean => path.endsWith("/folders/0/releases");

interface Body {
  readonly pagination: { items: number; pages: number };
  readonly releases: unknown[];
}

/** One of the ways in which the listing goes wrong while the rest of the service stays right. */
function breakListing(fixture: SyncFixture, random: () => number): void {
  const { records } = fixture.discogs.shelf;
  const all = records.rows;
  const left = pickInteger(random, 0, all.length - 25);
  const rows = pickInteger(random, 1, 60);
  const faults: readonly ((request: LoggedRequest) => Fault | undefined)[] = [
    ({ query }) =>
      Number(query["page"]) > pickInteger(random, 1, 2)
        ? respondWith(404, { message: "Page 3 is outside of valid range [1, 2]." })
        : undefined,
    () => editBody((body: Partial<Body>) => body.releases?.splice(rows)),
    () =>
      editBody((body: Partial<Body>) => {
        if (body.pagination) body.pagination.items += rows;
      }),
  ];
  const fault = pickItem(random, faults);
  const shrinks = random() < 0.4;
  fixture.discogsServer.behaviour.onRequest = (_, request) => {
    if (!shrinks) return isListing(request) ? fault(request) : undefined;
    records.set(isListing(request) ? all.slice(0, left) : all);
    return undefined;
  };
}

function restoreListing(fixture: SyncFixture, all: readonly CollectionRecord[]): void {
  fixture.discogsServer.behaviour.onRequest = null;
  fixture.discogs.shelf.records.set(all);
}

test.each(seeds)(
  "keeps records and their ids through random failures of the listing, seed %i",
  { timeout: 60_000 },
  async (seed) => {
    const random = createSeededRandom(seed * 7919);
    const fixture = await createSyncFixture({
      records: pickInteger(random, 90, isFullRun ? 460 : 260),
      wants: 0,
      albums: 60,
      plays: 100,
      seed,
    });
    await fixture.sync();
    const ids = new Map<number, number>();
    const problems: unknown[] = [];
    let nextInstance = 95_000_000;
    for (let event = 0; event < events; event += 1) {
      const { records } = fixture.discogs.shelf;
      const before = new Set(
        fixture.database.prepare("SELECT instance_id FROM record").pluck().all() as number[],
      );
      const kind = pickInteger(random, 1, 4);
      if (kind === 1) {
        // The user's own doing: a few more, a few fewer, or half of the shelf sold.
        const sold = random() < 0.3 ? pickInteger(random, 21, 60) : pickInteger(random, 0, 20);
        const start = pickInteger(random, 0, records.rows.length);
        const like = pickItem(random, records.rows);
        records.remove((_, at) => at >= start && at < start + sold);
        records.add({ ...like, instanceId: (nextInstance += 1), dateAdded: "2025-11-01T10:00:00-07:00" });
      }
      const all = records.rows;
      if (kind > 2) breakListing(fixture, random);
      fixture.clock.nowMs += pickInteger(random, 1, 300) * 60_000;
      const { failures, steps } = await fixture.sync({ full: random() < 0.7, only: "collection" });
      const step = steps.find(({ name }) => name === "collection");
      const rows = fixture.database.prepare("SELECT instance_id, id FROM record").raw().all() as [
        number,
        number,
      ][];
      const cached = new Set(rows.map(([instanceId]) => instanceId));
      for (const [instanceId, id] of rows) {
        if ((ids.get(instanceId) ?? id) !== id)
          problems.push({ event, instanceId, was: ids.get(instanceId), id });
        ids.set(instanceId, id);
      }
      const lost = all.filter(({ instanceId }) => before.has(instanceId) && !cached.has(instanceId));
      if (lost.length > 0) problems.push({ event, lost: lost.length, step });
      const gone = [...before].filter((instanceId) => !cached.has(instanceId));
      if (gone.length !== step?.removed) problems.push({ event, gone: gone.length, step });
      // Whoever reads the exit code knows of each row that is kept and isn't listed.
      if (kind > 2 && step?.status === "held" && failures.length === 0) problems.push({ event, step });
      restoreListing(fixture, all);
    }
    await fixture.sync({ full: true, only: "collection" });
    const { failures } = await fixture.sync({ full: true });
    expect([...problems, ...failures]).toEqual([]);
    expect(readSnapshot(fixture.database)).toMatchObject(
      buildExpectedSnapshot(fixture.discogs, fixture.lastfm),
    );
    expect(findFileFaults(fixture.database)).toEqual([]);
  },
);
