// A listing with a wrong total: two equal rounds are accepted, and the difference is reported.
import { expect, test } from "vitest";
import { edit } from "../support/faults.ts";
import { makeBench } from "./bench.ts";
import { flaws } from "./truth.ts";

interface Body {
  readonly pagination: { items: number; pages: number };
}

const cases = [
  [230, 3],
  [230, -3],
  [230, 100],
  [40, 2],
  [40, -2],
] as const;

const named = cases.map(([records, off]) => ({
  records,
  off,
  note: off > 0 ? `Discogs counts ${records + off} records` : "",
}));

test.each(named)("a collection of $records that says $off more", async ({ records, off, note }) => {
  const bench = await makeBench({ records, wants: 3, albums: 10, plays: 50 });
  bench.discogsServer.behaviour.onRequest = (_, { path }) =>
    path.endsWith("/folders/0/releases")
      ? edit((body: Body) => {
          if (!("pagination" in body)) return;
          body.pagination.items += off;
          body.pagination.pages = Math.ceil(body.pagination.items / 100);
        })
      : undefined;
  const { failures, notes } = await bench.sync();
  expect(failures).toEqual([]);
  expect(bench.database.prepare("SELECT count(*) FROM record").pluck().get()).toBe(records);
  expect(notes.join()).toContain(note);
  expect(flaws(bench.database)).toEqual([]);
});
