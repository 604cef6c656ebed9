import { expect, test } from "vitest";
import { renderMatchCounts, renderProgress, renderStep } from "../../src/commands/shared/syncing/view.ts";
import type { StepResult } from "../../src/sync/whole-sync.ts";
import { steps } from "../../src/model/sync-steps.ts";
import { measureWidth } from "../../src/output/width.ts";

const services = {
  collection: { name: "Discogs" },
  listening: { name: "Last.fm" },
  listens: null,
  musicbrainz: { name: "MusicBrainz" },
  covers: { name: "Covers" },
};
const createTerminal = (width: number, unicode = true) => ({ width, unicode, isTerminal: true, services });

const albums: StepResult = {
  name: "albums",
  requests: 10,
  rows: 9_236,
  added: 9_236,
  updated: 0,
  removed: 0,
  seconds: 3,
  status: "done",
};

test("finished steps stand under each other, the service named once", () => {
  const lines = [
    renderStep(albums, "wantlist", createTerminal(100)),
    renderStep(
      { ...albums, name: "history", rows: 180_412, added: 12, removed: 1, requests: 1, seconds: 59 },
      "albums",
      createTerminal(100),
    ),
    renderStep({ ...albums, name: "wantlist", rows: 1, status: "private" }, null, createTerminal(100)),
    // A note says when it is asked again.
    renderStep({ ...albums, name: "covers", status: "away" }, "wantlist", createTerminal(100)),
  ];
  expect(lines).toEqual([
    "Last.fm   albums         9,236 albums       10 requests      3 s",
    "          history      180,412 plays         1 request      59 s   12 new, 1 gone",
    "Discogs   wantlist           1 want         10 requests      3 s   private",
    "Covers                   9,236 covers       10 requests      3 s   not available",
  ]);
});

const withListens = {
  ...createTerminal(100),
  services: { ...services, listens: { name: "ListenBrainz" } },
};
/** Each step with an earlier one of the same service. */
const followers = steps.flatMap(({ name, asks }, at) =>
  steps
    .slice(0, at)
    .filter((step) => step.asks === asks)
    .map((step) => [name, step.name] as const),
);

test.each(followers)("a line of the step %s after %s says what it is about", (name, before) => {
  expect(renderStep({ ...albums, name }, before, withListens)).toMatch(/^ {10}[a-z]+ +9,236 /);
});

test("a line of plays that were sent names the service if it is the first", () => {
  expect(renderStep({ ...albums, name: "submitting" }, null, withListens)).toMatch(
    /^ListenBrainz sent +9,236 /,
  );
});

test.each([
  [80, "Discogs   collection         3 records       2 requests    0.5 s   1 new, 1 gone"],
  [60, "Discogs   collection         3 records      1 new, 1 gone"],
] as const)("drops figures before the result at %i columns", (width, expected) => {
  const step = {
    ...albums,
    name: "collection",
    rows: 3,
    added: 1,
    removed: 1,
    requests: 2,
    seconds: 0.5,
  } as const;
  expect(renderStep(step, null, createTerminal(width))).toBe(expected);
});

test.each([
  [
    100,
    ["Match                    1,344 by album · 702 artist only · 354 none · 61 to review: rewind review"],
  ],
  [
    80,
    [
      "Match                    1,344 by album · 702 artist only · 354 none",
      "                         61 to review: rewind review",
    ],
  ],
] as const)("keeps every part of the match counts at %i columns", (width, expected) => {
  const counts = { scrobbled: 1_344, artistOnly: 702, none: 354, toReview: 61 };
  expect(renderMatchCounts(counts, createTerminal(width))).toEqual(expected);
});

test("a running step shows rows, pages and the time left, with a bar by rows", () => {
  const progress = {
    step: "history",
    rows: 117_000,
    rowsExpected: 180_412,
    pages: 117,
    pagesExpected: 181,
    secondsLeft: 21,
  } as const;
  expect(renderProgress(progress, createTerminal(100))).toBe(
    "Last.fm   history      117,000 plays     ━━━━━━━━━━━━━━━╸────────  117 of 181 pages, 21 s left",
  );
  const tracklists = { ...progress, step: "tracklists", pagesExpected: 33, secondsLeft: null } as const;
  expect(renderProgress(tracklists, createTerminal(66))).toMatch(/ tracklists 117 of 33 tracklists$/);
  expect(renderProgress({ ...progress, pagesExpected: null }, createTerminal(100))).toMatch(/plays +…$/);
  expect(renderProgress(progress, createTerminal(100, false))).toMatch(/={15}-{9}/);
});

test.each([20, 40, 60, 80, 100, 200])("prints no line wider than %i columns", (width) => {
  const progress = {
    step: "collection",
    rows: 1,
    rowsExpected: 3_000,
    pages: 1,
    pagesExpected: 30,
    secondsLeft: 3_700,
  } as const;
  const lines = [
    renderStep(albums, null, createTerminal(width)),
    renderProgress(progress, createTerminal(width)),
    ...renderMatchCounts(
      { scrobbled: 1_344, artistOnly: 702, none: 354, toReview: 61 },
      createTerminal(width),
    ),
  ];
  for (const line of lines) expect(measureWidth(line)).toBeLessThanOrEqual(width);
});
