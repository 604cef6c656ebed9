// Limits and special cases of single actions.
import { expect, test } from "vitest";
import { addAlias, createAliasWriter } from "../../src/actions/aliases.ts";
import { applyAnswer } from "../../src/actions/answer-review.ts";
import { buildDecisionsDocument, queryDecisions } from "../../src/actions/decision-list.ts";
import { importDecisions } from "../../src/actions/import-decisions.ts";
import { computeMedianSeconds } from "../../src/actions/logged/build-logged-play.ts";
import { filterByUuidPrefix, findOverlappingPlay } from "../../src/actions/logged/logged-plays.ts";
import { parsePlayTime } from "../../src/actions/logged/parse-play-time.ts";
import { countUnsent } from "../../src/actions/logged/send-plays.ts";
import { processTracks } from "../../src/actions/recognised/recognised-lines.ts";
import { resumeSource, stopSource } from "../../src/actions/sources/listening-sources.ts";
import type { ReviewItem } from "../../src/queries/review/review-items.ts";
import { parseExportDocument } from "../../src/store/decisions/decision-document.ts";
import { readLoggedPlays, saveLoggedPlays } from "../../src/store/decisions/logged-plays.ts";
import {
  createVerdictFinder,
  readAliases,
  readDecision,
  saveDecision,
  saveReviewAnswer,
} from "../../src/store/decisions/user-decisions.ts";
import { readRefusal, saveRefusal } from "../../src/store/file/cache-facts.ts";
import { transact } from "../../src/store/file/database.ts";
import { buildLoggedPlay, buildLoggedTrack } from "../support/logged-plays.ts";
import { createTestCache } from "../support/filled-cache.ts";

const nowUts = Date.parse("2026-03-14T12:00:00Z") / 1000;
const buildTrack = (durationSeconds: number | null) => ({
  position: "A1",
  title: "Coyote",
  artists: [],
  durationSeconds,
  side: "A",
  disc: 1,
});

test("guesses a missing length as the lower median of the known ones", () => {
  expect(computeMedianSeconds([400, 100, null, 200, 300].map(buildTrack))).toBe(200);
});

test("a play does not overlap one that ends when it begins", () => {
  const database = createTestCache();
  const first = buildLoggedPlay({ releaseId: 1, from: "2026-03-01T20:00:00Z" });
  saveLoggedPlays(database, [first]);
  const findOther = (from: string): string | undefined =>
    findOverlappingPlay(database, buildLoggedPlay({ releaseId: 1, from }))?.uuid;
  expect(findOther("2026-03-01T20:59:59Z")).toBe(first.uuid);
  expect(findOther("2026-03-01T21:00:00Z")).toBeUndefined();
  expect(findOther("2026-03-01T19:00:00Z")).toBeUndefined();
});

test("a play does not overlap one from a custom field", () => {
  const database = createTestCache();
  const from = "2026-03-01T20:00:00Z";
  saveLoggedPlays(database, [buildLoggedPlay({ releaseId: 2, from, source: "field" })]);
  const other = buildLoggedPlay({ releaseId: 2, from: "2026-03-01T20:30:00Z" });
  expect(findOverlappingPlay(database, other)).toBeUndefined();
});

test("finds a play by at least four characters of its UUID", () => {
  const entries = [{ uuid: "abcd0000" }, { uuid: "abce0000" }];
  expect([filterByUuidPrefix(entries, "ABCD"), filterByUuidPrefix(entries, "abc")]).toEqual([
    [{ uuid: "abcd0000" }],
    [],
  ]);
});

test("accepts a play that begins in the current minute", () => {
  expect(parsePlayTime({ at: "12:00" }, nowUts)).toEqual({ kind: "start", uts: nowUts });
});

test("a track whose sending is uncertain counts as unsent", () => {
  const play = buildLoggedPlay({
    releaseId: 1,
    from: "2026-03-01T20:00:00Z",
    tracks: (["new", "unknown", "ignored", "sent"] as const).map((state) =>
      buildLoggedTrack({ sendings: { lastfm: { state, reason: null } } }),
    ),
  });
  expect(countUnsent(play, ["lastfm"])).toBe(2);
});

test("accepts tracks from a recogniser whose clock is up to two minutes ahead", () => {
  const heard = [120, 121].map((ahead) => ({ artist: "Can", title: "Halleluhwah", at: nowUts + ahead }));
  expect(processTracks(createTestCache(), heard, nowUts).map(({ reason }) => reason)).toEqual([
    "no tracklist of your records has it",
    "at is in the future",
  ]);
});

test("an alias replaces the one of the same name in another spelling", () => {
  const database = createTestCache();
  const setAlias = createAliasWriter(database);
  setAlias({ name: "The Fall", sameAs: "Can" });
  expect(setAlias({ name: "Fall, The", sameAs: "Nico" })).toEqual([{ name: "The Fall", sameAs: "Can" }]);
  expect(readAliases(database)).toEqual([{ name: "Fall, The", sameAs: "Nico" }]);
});

test("refuses an alias with an unknown name, and names only that one", async () => {
  const database = createTestCache();
  createAliasWriter(database)({ name: "Can", sameAs: "Inner Space" });
  await expect(addAlias(database, { name: "Can", sameAs: "Nobody" })).rejects.toThrow(
    /^no record or album is by "Nobody"$/,
  );
});

test("lists a decision about all copies without a copy's number", () => {
  const database = createTestCache();
  for (const instanceId of [0, 7])
    saveDecision(database, { releaseId: 1, instanceId, decidedUts: 1, mode: "none", add: [], not: [] });
  const { decisions } = buildDecisionsDocument(queryDecisions(database));
  expect(decisions.map(({ instance_id: id }) => id)).toEqual([null, 7]);
});

const emptyExport = parseExportDocument('{ "version": 2 }');

test("an import does not skip a review item that was dismissed here", () => {
  const database = createTestCache();
  const key = { releaseId: 1, subject: "[1]" };
  saveReviewAnswer(database, { ...key, verdict: "dismissed", answeredUts: 1 });
  const reviews = [{ ...key, verdict: "skipped", answeredUts: 2 } as const];
  const counts = importDecisions(database, { ...emptyExport, reviews });
  expect(counts).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  expect(createVerdictFinder(database)(key)).toBe("dismissed");
});

test("an import adds tracks to a play that has none", () => {
  const database = createTestCache();
  const play = buildLoggedPlay({ releaseId: 1, from: "2026-03-01T20:00:00Z" });
  saveLoggedPlays(database, [play]);
  const plays = [{ ...play, tracks: [buildLoggedTrack()] }];
  const counts = importDecisions(database, { ...emptyExport, plays });
  expect(counts).toMatchObject({ added: 0, changed: 1, unchanged: 0 });
  expect(readLoggedPlays(database)[0]?.tracks).toHaveLength(1);
});

test("stopping a service deletes its refusal", () => {
  const database = createTestCache();
  const refusal = { uts: 1, message: "no such user", serviceMessage: null, settings: "" };
  transact(database, () => saveRefusal(database, "lastfm", refusal));
  expect(readRefusal(database, "lastfm")).toMatchObject({ uts: 1 });
  stopSource({ database, nowUts, isSet: () => true }, "Last.fm");
  expect(readRefusal(database, "lastfm")).toBeNull();
});

test("a stopped service can be resumed without an account", () => {
  const database = createTestCache();
  const outcome = stopSource({ database, nowUts, isSet: () => true }, "Last.fm");
  expect(outcome).toMatchObject({ kind: "stopped" });
  const without = { database, isSet: () => false };
  expect(resumeSource(without, " LASTFM ")).toMatchObject({ kind: "resumed" });
  expect(resumeSource(without, "lastfm")).toMatchObject({ kind: "not connected" });
});

const buildAlbum = (id: number, title: string) => ({
  id,
  artist: "Can",
  title,
  playCount: 10 * id,
  reason: "",
});
const reviewItem = {
  kind: "fuzzy",
  recordIds: [1],
  releaseIds: [1],
  candidates: [buildAlbum(1, "Delay"), buildAlbum(2, "Delay 1968")],
  subject: "[1,2]",
} as never as ReviewItem;

const albumNames = [
  { artist: "Can", title: "Delay" },
  { artist: "Can", title: "Delay 1968" },
];
const earlierDecision = {
  releaseId: 1,
  instanceId: 0,
  decidedUts: 1,
  mode: "adjust",
  add: [],
  not: albumNames.slice(1),
} as const;

test("undo of a no to a review item restores the decision before it", () => {
  const database = createTestCache();
  saveDecision(database, earlierDecision);
  const { undo } = applyAnswer(database, reviewItem, { verdict: "no" }, nowUts);
  expect(readDecision(database, earlierDecision)).toMatchObject({ mode: "adjust", add: [], not: albumNames });
  undo();
  expect(readDecision(database, earlierDecision)).toEqual(earlierDecision);
});

test("a yes to a review item credits all its albums, whatever was decided before", () => {
  const database = createTestCache();
  saveDecision(database, earlierDecision);
  const { summary } = applyAnswer(database, reviewItem, { verdict: "yes", choice: 0 }, nowUts);
  expect(summary).toBe("#1 credited with a1, a2, 30 plays");
});
