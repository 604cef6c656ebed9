// MusicBrainz and the hosts of covers answer with whatever does harm: a sync takes what is valid, and nothing else suffers.
import { expect, test } from "vitest";
import { answer } from "../../support/faults.ts";
import { mbidFor } from "../../support/musicbrainz-stand-in.ts";
import type { SyncOptions, SyncSummary } from "../../../src/sync/whole-sync.ts";
import { makeBench, type Bench } from "../bench.ts";
import { flaws, snapshot } from "../truth.ts";

const marker = "HOSTILE\u001b[31m\u202e";
const list = (count: number, of: (at: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, at) => of(at));
const release = (at: number): unknown => ({
  release: { id: mbidFor(`hostile ${at}`), title: marker, barcode: marker },
});

/** Bodies for a request about these addresses of Discogs. */
const bodies: readonly (readonly [string, (resources: readonly string[]) => unknown])[] = [
  [
    "addresses that nobody asked about",
    () => ({
      urls: list(500, (at) => ({
        resource: `https://www.discogs.com/release/${at}`,
        relations: [release(at)],
      })),
    }),
  ],
  [
    "ids that are paths",
    (all) => ({
      urls: all.map((resource) => ({ resource, relations: [{ release: { id: `../../${marker}` } }] })),
    }),
  ],
  [
    "a count that never comes true",
    (all) => ({ "url-count": 1_000_000_000, urls: [{ resource: all[0], relations: [] }] }),
  ],
  ["1,500 releases for one", (all) => ({ urls: [{ resource: all[0], relations: list(1_500, release) }] })],
  [
    "1,500 groups for one",
    (all) => ({
      urls: [
        {
          resource: all[0],
          relations: list(1_500, (at) => ({
            "release-group": {
              id: mbidFor(`group ${at}`),
              "first-release-date": "9999",
              "primary-type": marker,
              "secondary-types": list(50, () => marker),
            },
          })),
        },
      ],
    }),
  ],
  [
    "a prototype",
    (all) =>
      `{"__proto__":{"urls":[]},"constructor":{"prototype":{}},"urls":[{"resource":"${all[0] ?? ""}","relations":[{"release":{"__proto__":{"id":"x"}}}]}]}`,
  ],
];

test("whatever MusicBrainz answers, nothing else suffers", async () => {
  const bench = await makeBench({ records: 30, wants: 0, albums: 30, plays: 40 });
  await bench.sync();
  const { records, scrobbles, albums } = snapshot(bench.database);
  const count = (sql: string): unknown => bench.database.prepare(sql).pluck().get();
  for (const [name, bodyOf] of bodies) {
    const before = bench.musicbrainzServer.requests.length;
    bench.musicbrainzServer.behaviour.onRequest = (_, { search }) =>
      answer(200, bodyOf(new URLSearchParams(search).getAll("resource")), {
        "content-type": "application/json",
      });
    const summary = await syncAnew(bench, { musicbrainz: true });
    expect({ name, summary }).toMatchObject({ name, summary: { complete: true, failures: [] } });
    expect({ name, text: JSON.stringify(summary) }).toEqual({
      name,
      text: expect.not.stringContaining("HOSTILE"),
    });
    expect(bench.musicbrainzServer.requests.length - before).toBeLessThan(100);
    expect({ name, ...snapshot(bench.database) }).toMatchObject({ name, records, scrobbles, albums });
    const found = {
      releases: count(
        "SELECT coalesce(max(n), 0) <= 20 FROM (SELECT count(*) AS n FROM musicbrainz_release GROUP BY release_id)",
      ),
      groups: count(
        "SELECT coalesce(max(n), 0) <= 20 FROM (SELECT count(*) AS n FROM musicbrainz_group GROUP BY master_id)",
      ),
      barcodes: count("SELECT count(*) FROM musicbrainz_release WHERE barcode IS NOT NULL"),
      years: count(
        "SELECT count(*) FROM musicbrainz_group WHERE first_year IS NOT NULL OR primary_type IS NOT NULL",
      ),
    };
    expect({ name, ...found }).toEqual({ name, releases: 1, groups: 1, barcodes: 0, years: 0 });
    bench.database.exec(
      "DELETE FROM musicbrainz_asked; DELETE FROM musicbrainz_release; DELETE FROM musicbrainz_group",
    );
  }
  expect(flaws(bench.database)).toEqual([]);
});

/** A throttled client stays so for its run only. */
async function syncAnew(bench: Bench, options: Partial<SyncOptions>): Promise<SyncSummary> {
  const services = await bench.reconnect();
  try {
    return await bench.sync({ services, ...options });
  } finally {
    await services.close();
  }
}
