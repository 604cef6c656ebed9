// Details of single actions that a person notices, each at its limit.
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

test("a missing length is the lower of the two in the middle", () => {
  expect(computeMedianSeconds([400, 100, null, 200, 300].map(buildTrack))).toBe(200);
});

test("a play that ends when another begins does not overlap, and none from a field does", () => {
  const database = createTestCache();
  const first = buildLoggedPlay({ releaseId: 1, from: "2026-03-01T20:00:00Z" });
  const field = buildLoggedPlay({ releaseId: 2, from: "2026-03-01T20:00:00Z", source: "field" });
  saveLoggedPlays(database, [first, field]);
  const findOther = (releaseId: number, from: string): string | undefined =>
    findOverlappingPlay(database, buildLoggedPlay({ releaseId, from }))?.uuid;
  expect(findOther(1, "2026-03-01T20:59:59Z")).toBe(first.uuid);
  expect(findOther(1, "2026-03-01T21:00:00Z")).toBeUndefined();
  expect(findOther(1, "2026-03-01T19:00:00Z")).toBeUndefined();
  expect(findOther(2, "2026-03-01T20:30:00Z")).toBeUndefined();
});

test("four letters of a UUID are enough, three are not", () => {
  const entries = [{ uuid: "abcd0000" }, { uuid: "abce0000" }];
  expect([filterByUuidPrefix(entries, "ABCD"), filterByUuidPrefix(entries, "abc")]).toEqual([
    [{ uuid: "abcd0000" }],
    [],
  ]);
});

test("a play may begin at this very minute", () => {
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

test("a recogniser's clock may be two minutes ahead", () => {
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

test("an alias of a known and an unknown name is refused for the unknown one alone", async () => {
  const database = createTestCache();
  createAliasWriter(database)({ name: "Can", sameAs: "Inner Space" });
  await expect(addAlias(database, { name: "Can", sameAs: "Nobody" })).rejects.toThrow(
    /^no record or album is by "Nobody"$/,
  );
});

test("decisions about all copies name none, and those about one its number", () => {
  const database = createTestCache();
  for (const instanceId of [0, 7])
    saveDecision(database, { releaseId: 1, instanceId, decidedUts: 1, mode: "none", add: [], not: [] });
  const { decisions } = buildDecisionsDocument(queryDecisions(database));
  expect(decisions.map(({ instance_id: id }) => id)).toEqual([null, 7]);
});

test("an import keeps what was dismissed here, and adds tracks to a play without them", () => {
  const database = createTestCache();
  const key = { releaseId: 1, subject: "[1]" };
  saveReviewAnswer(database, { ...key, verdict: "dismissed", answeredUts: 1 });
  const play = buildLoggedPlay({ releaseId: 1, from: "2026-03-01T20:00:00Z" });
  saveLoggedPlays(database, [play]);
  const empty = parseExportDocument('{ "version": 2 }');
  const counts = importDecisions(database, {
    ...empty,
    reviews: [{ ...key, verdict: "skipped", answeredUts: 2 }],
    plays: [{ ...play, tracks: [buildLoggedTrack()] }],
  });
  expect(counts).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
  expect(createVerdictFinder(database)(key)).toBe("dismissed");
  expect(readLoggedPlays(database)[0]?.tracks).toHaveLength(1);
});

test("a stopped service is refused no more, and can be resumed without an account", () => {
  const database = createTestCache();
  const access = { database, nowUts, isSet: () => true };
  const refusal = { uts: 1, message: "no such user", serviceMessage: null, settings: "" };
  transact(database, () => saveRefusal(database, "lastfm", refusal));
  expect(readRefusal(database, "lastfm")).toMatchObject({ uts: 1 });
  expect(stopSource(access, "Last.fm")).toMatchObject({ kind: "stopped" });
  expect(readRefusal(database, "lastfm")).toBeNull();
  const without = { database, isSet: () => false };
  expect(resumeSource(without, "lastfm")).toMatchObject({ kind: "resumed" });
  expect(resumeSource(without, "lastfm")).toMatchObject({ kind: "not connected" });
});

const buildAlbum = (id: number, title: string) => ({
  id,
  artist: "Can",
  title,
  playCount: 10 * id,
  reason: "",
});
const doubt = {
  kind: "fuzzy",
  recordIds: [1],
  releaseIds: [1],
  candidates: [buildAlbum(1, "Delay"), buildAlbum(2, "Delay 1968")],
  subject: "[1,2]",
} as never as ReviewItem;

test("no to a doubtful match takes its albums away; undo restores what was decided before", () => {
  const database = createTestCache();
  const names = [
    { artist: "Can", title: "Delay" },
    { artist: "Can", title: "Delay 1968" },
  ];
  const before = {
    releaseId: 1,
    instanceId: 0,
    decidedUts: 1,
    mode: "adjust",
    add: [],
    not: names.slice(1),
  } as const;
  saveDecision(database, before);
  const { undo } = applyAnswer(database, doubt, { verdict: "no" }, nowUts);
  expect(readDecision(database, before)).toMatchObject({ mode: "adjust", add: [], not: names });
  undo();
  expect(readDecision(database, before)).toEqual(before);
  const { summary } = applyAnswer(database, doubt, { verdict: "yes", choice: 0 }, nowUts);
  expect(summary).toBe("#1 credited with a1, a2, 30 plays");
});
