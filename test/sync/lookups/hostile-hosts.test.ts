// MusicBrainz and the hosts of covers answer with whatever does harm: a sync takes what is valid, and nothing else suffers.
import { expect, test } from "vitest";
import { answer, type Fault } from "../../support/faults.ts";
import { mbidFor } from "../../support/musicbrainz-stand-in.ts";
import { makeBench } from "../bench.ts";
import { flaws, snapshot } from "../truth.ts";

const marker = "HOSTILE\u001b[31m\u202e";
const list = (count: number, of: (at: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, at) => of(at));
const release = (at: number): unknown => ({
  release: { id: mbidFor(`hostile ${at}`), title: marker, barcode: marker },
});

/** Bodies for a request about these addresses of Discogs. */
const bodies: readonly (readonly [string, (resources: readonly string[]) => unknown])[] = [
  ["no object", () => [marker]],
  ["a list of lists", () => "[".repeat(100_000)],
  ["300,000 values", () => `{"urls":[${"0,".repeat(300_000)}0]}`],
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
    "ids that are objects",
    (all) => ({
      urls: all.map((resource) => ({ resource, relations: [{ release: { id: { a: marker } } }] })),
    }),
  ],
  [
    "a count that never comes true",
    (all) => ({ "url-count": 1_000_000_000, urls: [{ resource: all[0], relations: [] }] }),
  ],
  [
    "a negative count",
    (all) => ({ "url-count": -1, urls: all.map((resource) => ({ resource, relations: [] })) }),
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

test.each(bodies)("MusicBrainz answers with %s", async (_, bodyOf) => {
  const bench = await makeBench({ records: 30, wants: 0, albums: 30, plays: 40 });
  await bench.sync();
  const before = snapshot(bench.database);
  bench.musicbrainzServer.behaviour.onRequest = (__, { search }) =>
    answer(200, bodyOf(new URLSearchParams(search).getAll("resource")), {
      "content-type": "application/json",
    });
  const summary = await bench.sync({ musicbrainz: true });
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(JSON.stringify(summary)).not.toContain("HOSTILE");
  expect(bench.musicbrainzServer.requests.length).toBeLessThan(100);
  const { records, scrobbles, albums } = before;
  expect(snapshot(bench.database)).toMatchObject({ records, scrobbles, albums });
  const count = (sql: string): unknown => bench.database.prepare(sql).pluck().get();
  expect(
    count(
      "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM musicbrainz_release GROUP BY release_id)",
    ),
  ).toBeLessThanOrEqual(20);
  expect(
    count("SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM musicbrainz_group GROUP BY master_id)"),
  ).toBeLessThanOrEqual(20);
  expect(count("SELECT count(*) FROM musicbrainz_release WHERE barcode IS NOT NULL")).toBe(0);
  expect(
    count("SELECT count(*) FROM musicbrainz_group WHERE first_year IS NOT NULL OR primary_type IS NOT NULL"),
  ).toBe(0);
  expect(flaws(bench.database)).toEqual([]);
});

const picture = (bytes: string, headers: Record<string, string> = {}): Fault =>
  answer(200, bytes, { "content-type": "image/jpeg", ...headers });

test.each<readonly [string, Fault]>([
  ["three megabytes", picture("\u00ff\u00d8".repeat(1_500_000))],
  ["a picture that is none", picture(`\u00ff\u00d8\u00ff${marker}`)],
  ["a body in gzip", picture(marker, { "content-encoding": "gzip" })],
  ["a redirect to itself", answer(302, "", { location: "" })],
  [
    "a redirect to this machine's own network",
    answer(307, "", { location: "http://169.254.169.254/latest" }),
  ],
  ["a redirect that is no address", answer(301, "", { location: `http://${marker.slice(0, 7)}:99999/` })],
  ["no content", answer(204, "")],
  ["a part of it", answer(206, marker)],
  ["a wait of a year", answer(503, marker, { "retry-after": "31536000" })],
  ["a status of its own", answer(599, marker)],
])("the hosts of covers answer with %s", async (_, fault) => {
  const bench = await makeBench(
    { records: 6, wants: 0, albums: 6, plays: 10 },
    { musicbrainz: { leastGapMs: 0 } },
  );
  await bench.sync({ musicbrainz: true });
  const before = snapshot(bench.database);
  bench.archiveServer.behaviour.onRequest = () => fault;
  bench.imagesServer.behaviour.onRequest = () => fault;
  const covers = { sources: ["archive", "discogs"], directory: bench.coversPath, isRequested: true } as const;
  const summary = await bench.sync({ covers });
  expect(summary).toMatchObject({ complete: true, failures: [] });
  expect(JSON.stringify(summary)).not.toContain("HOSTILE");
  expect(bench.archiveServer.requests.length + bench.imagesServer.requests.length).toBeLessThan(200);
  expect(bench.database.prepare("SELECT count(*) FROM cover").pluck().get()).toBe(0);
  expect(snapshot(bench.database)).toEqual(before);
});
