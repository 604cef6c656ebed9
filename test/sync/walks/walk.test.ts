// The walk by itself, over a list in memory.
import { discogsFacts } from "../../../src/sources/services/service-facts.ts";
import { expect, test } from "vitest";
import { CacheError, ServiceError } from "../../../src/model/errors.ts";
import { ShortPage } from "../../../src/sources/transport/service-errors.ts";
import type { Page } from "../../../src/sources/services/remote-service.ts";
import { freshRound, walk, type Listing, type RoundState } from "../../../src/sync/walks/walk.ts";
import { seeded } from "../../support/random.ts";

const rowsPerPage = 10;

interface Shelf {
  rows: number[];
  /** Added to what the listing says of its size. */
  lie: number;
  /** Called before each page is read. */
  before: (page: number, reads: number) => void;
}

function shelfOf(count: number): Shelf {
  return { rows: Array.from({ length: count }, (_, at) => at + 1), lie: 0, before: () => {} };
}

/** A listing over a shelf, staging into a map from row to the rounds that saw it. */
function listingOf(shelf: Shelf, more: Partial<Listing<number>> = {}) {
  const seen = new Map<number, { seen: number; before: number }>();
  const saved: RoundState[] = [];
  const read: number[] = [];
  const listing: Listing<number> = {
    name: "shelf",
    rowsPerPage,
    read: async (page): Promise<Page<number>> => {
      read.push(page);
      shelf.before(page, read.length);
      const total = shelf.rows.length + shelf.lie;
      const rows = shelf.rows.slice((page - 1) * rowsPerPage, page * rowsPerPage);
      const pages = Math.max(1, Math.ceil(total / rowsPerPage));
      if (page > pages) return { page, pages: page - 1, total: 0, rows: [] };
      const answer = { page, pages, total, rows };
      const due = Math.min(rowsPerPage, total - (page - 1) * rowsPerPage);
      if (rows.length < due) throw new ShortPage(discogsFacts, "shelf", answer, due);
      return answer;
    },
    stage: ({ rows }, state) => {
      for (const row of rows) {
        const known = seen.get(row);
        const before = known && known.seen < state.round ? known.seen : (known?.before ?? 0);
        seen.set(row, { seen: state.round, before });
      }
      saved.push(state);
    },
    save: (state) => saved.push(state),
    countSeen: (since) => [...seen.values()].filter((row) => row.seen >= since).length,
    agreesWithRoundBefore: (round) =>
      [...seen.values()].every(
        (row) => row.seen < round - 1 || (row.seen === round && row.before === round - 1),
      ),
    ...more,
  };
  const listed = (since: number): number[] =>
    [...seen]
      .filter(([, row]) => row.seen >= since)
      .map(([row]) => row)
      .toSorted((a, b) => a - b);
  return { listing, listed, saved, read };
}

test.each([0, 1, 10, 11, 95])("reads %i unchanging rows once", async (count) => {
  const { listing, listed, read } = listingOf(shelfOf(count));
  const result = await walk(listing);
  expect(result).toEqual({ since: 1, total: count, rows: count });
  expect(listed(1)).toHaveLength(count);
  expect(read).toHaveLength(Math.max(1, Math.ceil(count / 10)));
});

test("reads a growing listing to its new end, and once more", async () => {
  const shelf = shelfOf(40);
  shelf.before = (_, reads) => {
    if (reads === 3) shelf.rows.push(...Array.from({ length: 15 }, (_row, at) => 100 + at));
  };
  const { listing, listed } = listingOf(shelf);
  const { since, total } = await walk(listing);
  expect(total).toBe(55);
  expect(listed(since)).toEqual(shelf.rows);
});

test("a listing that shrank below the requested page", async () => {
  const shelf = shelfOf(41);
  shelf.before = (page) => {
    if (page === 5) shelf.rows = shelf.rows.filter((row) => row !== 7);
  };
  const { listing, listed } = listingOf(shelf);
  const { since, total, rows } = await walk(listing);
  expect(rows).toBe(total);
  expect(listed(since)).toEqual(shelf.rows);
});

test("collects rows of equal rank that slip from page to page over rounds", async () => {
  const shelf = shelfOf(60);
  const random = seeded(5);
  shelf.before = () => {
    const tied = shelf.rows.slice(25).map((row) => ({ row, place: random() }));
    shelf.rows = [
      ...shelf.rows.slice(0, 25),
      ...tied.toSorted((a, b) => a.place - b.place).map(({ row }) => row),
    ];
  };
  const { listing, listed } = listingOf(shelf);
  const { since, rows, total } = await walk(listing);
  expect({ rows, total }).toEqual({ rows: 60, total: 60 });
  expect(listed(since)).toHaveLength(60);
});

test("accepts a wrong count after two equal rounds, and reports it", async () => {
  const shelf = { ...shelfOf(38), lie: 2 };
  const { listing, read } = listingOf(shelf);
  expect(await walk(listing)).toEqual({ since: 2, total: 40, rows: 38 });
  expect(read).toHaveLength(8);
});

test("a row that is listed twice is one row", async () => {
  const shelf = shelfOf(38);
  shelf.rows[37] = 1;
  const { listing, listed } = listingOf(shelf);
  expect(await walk(listing)).toMatchObject({ total: 38, rows: 37 });
  expect(listed(2)).toHaveLength(37);
});

test("gives up a listing that never stops changing", async () => {
  const shelf = shelfOf(40);
  shelf.before = (page, reads) => {
    if (page === 2) shelf.rows = shelf.rows.filter((_, at) => at !== reads % 7);
  };
  const { listing, read } = listingOf(shelf);
  await expect(walk(listing)).rejects.toThrow(CacheError);
  expect(read.length).toBeLessThanOrEqual(24);
});

test("reads another round if one is doubtful", async () => {
  const { listing, read } = listingOf(shelfOf(30), { isDoubtful: () => true });
  expect(await walk(listing)).toEqual({ since: 1, total: 30, rows: 30 });
  expect(read).toHaveLength(6);
});

test("a failing page leaves the others staged, and the next walk reads the rest", async () => {
  const shelf = shelfOf(80);
  let isBroken = true;
  const { listing, listed, saved, read } = listingOf(shelf);
  const brittle: Listing<number> = {
    ...listing,
    read: (page) => {
      if (page === 4 && isBroken) return Promise.reject(new ServiceError("down"));
      return listing.read(page);
    },
  };
  await expect(walk(brittle)).rejects.toThrow("down");
  const state = saved.at(-1) ?? freshRound(1);
  const before = read.length;
  expect(state.pages).not.toContain(4);
  isBroken = false;
  expect(await walk(brittle, state)).toEqual({ since: 1, total: 80, rows: 80 });
  expect(read.length - before).toBe(8 - state.pages.length);
  expect(listed(1)).toEqual(shelf.rows);
});
