// The collection's value: fetched once a day by the owner's token, kept, and shown with its course.
import { expect, test, vi } from "vitest";
import { buildValueSection } from "../../src/interfaces/page/sections/collection-sections.ts";
import { withHomeCache } from "../support/filled-cache.ts";
import { createCliFixture } from "../support/cli-fixture.ts";

const dayMs = 24 * 60 * 60 * 1000;

test("a sync fetches the value once a day; stats shows its course", async () => {
  const person = await createCliFixture({ records: 20 });
  const countValueRequests = (): number =>
    person.discogs.requests.filter(({ path }) => path.endsWith("/collection/value")).length;
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  expect(countValueRequests()).toBe(1);
  const requests = person.discogs.requests.length + person.lastfm.requests.length;
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  expect(countValueRequests()).toBe(1);
  // A sync with nothing new sends at most 5 requests, and once a day one more for the value.
  expect(person.discogs.requests.length + person.lastfm.requests.length - requests).toBeLessThanOrEqual(5);
  await person.clock.sleep(dayMs);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  expect(countValueRequests()).toBe(2);
  const stats = JSON.parse((await person.rewind(["stats", "--json"])).stdout) as {
    collection_values: unknown[];
  };
  expect(stats.collection_values).toHaveLength(2);
  expect(stats.collection_values[0]).toMatchObject({
    minimum: 140,
    median: 250,
    maximum: 600,
    currency: "EUR",
  });
  withHomeCache(person.home, (database) =>
    database.exec("UPDATE collection_value SET median_cents = 24000 ORDER BY fetched_uts LIMIT 1"),
  );
  const { stdout } = await person.rewind(["stats"], { tty: true, columns: 100 });
  expect(stdout).toMatch(/^Worth 250\.00 EUR at Discogs' median on /m);
  expect(stdout).toContain("140.00 EUR to 600.00 EUR");
  expect(stdout).toContain("▁█   240.00 EUR on");
  const report = await person.rewind(["report", "--out", "-"]);
  const [, section = ""] = /<section[^>]* id="value"[^>]*>([\s\S]*?)<\/section>/.exec(report.stdout) ?? [];
  for (const part of ["What it is worth", "<td>250.00 EUR</td>", "<svg"]) expect(section).toContain(part);
  await person.rewind(["config", "set", "collection_value", "off"]);
  await person.clock.sleep(dayMs);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  expect(countValueRequests()).toBe(2);
});

test("a refused or strange value fails no sync, and none is stored", async () => {
  const person = await createCliFixture({ records: 20 });
  person.discogs.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/collection/value")
      ? { kind: "edit", edit: () => ({ minimum: "?", median: "?", maximum: "?" }) }
      : undefined;
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  expect((await person.rewind(["sql", "SELECT count(*) AS n FROM collection_values", "--json"])).stdout).toBe(
    '[\n{"n":0}\n]\n',
  );
  expect((await person.rewind(["report", "--out", "-"])).stdout).not.toContain("What it is worth");
});

test("the months of the report are local", () => {
  vi.stubEnv("TZ", "Pacific/Auckland");
  const fetchedUts = Date.UTC(2026, 1, 28, 20) / 1000;
  const { body } = buildValueSection([
    { fetchedUts, minimumCents: 1, medianCents: 2, maximumCents: 3, currency: null },
  ]);
  expect(body).toContain(">2026-03</th>");
});
