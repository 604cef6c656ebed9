// Plays that clients sent: stored once, joined across clients and with the other sources, counted once on every screen.
import { expect, test } from "vitest";
import type { SourcePlay } from "../../../src/model/listening-sources.ts";
import { querySources } from "../../../src/queries/shelf/sources.ts";
import { removeSource } from "../../../src/actions/sources/listening-sources.ts";
import { mergeSubmittedPlays, storeSubmittedPlays } from "../../../src/actions/sources/submit-listens.ts";
import { toSourcePlay } from "../../../src/sources/files/file-format.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { createSourceImporter } from "../../../src/store/plays/source-plays.ts";
import { createTestCache } from "../../support/filled-cache.ts";

const noon = Date.UTC(2026, 2, 14, 12) / 1000;

const buildPlay = (startUts: number, client: string, more: Partial<SourcePlay> = {}): SourcePlay =>
  toSourcePlay({
    startUts,
    artist: "The Amber Kettles",
    album: "Shoals",
    title: "Low Tide",
    durationSeconds: 200,
    client,
    ...more,
  });

function store(database: Database, ...plays: readonly SourcePlay[]): void {
  storeSubmittedPlays(database, plays, noon);
  mergeSubmittedPlays(database);
}

function countRows(database: Database, table: string): number {
  return database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

test("stores an equal play once, whatever else its client learnt about it meanwhile", () => {
  const database = createTestCache();
  const play = buildPlay(noon, "navidrome");
  const mbid = "c0ffee00-1234-4abc-8def-0123456789ab";
  store(database, play, play);
  store(database, { ...play, durationSeconds: null }, { ...play, recordingMbid: mbid });
  expect(countRows(database, "source_play")).toBe(1);
  expect(querySources(database)).toMatchObject({
    sources: [
      { name: "direct", title: "sent to rewind", kind: "client", plays: 1, shared: 0, readUts: noon },
    ],
    plays: 1,
  });
});

test("joins the reports of one play by two clients, one to one", () => {
  const database = createTestCache();
  // The song is two minutes long and was heard three times; the phone missed the second time.
  store(database, ...[0, 121, 242].map((after) => buildPlay(noon + after, "server")));
  store(database, ...[4, 246].map((after) => buildPlay(noon + after, "phone", { durationSeconds: null })));
  expect(countRows(database, "source_play")).toBe(5);
  expect(countRows(database, "scrobble")).toBe(3);
  expect(querySources(database)).toMatchObject({ sources: [{ plays: 3, shared: 0 }], plays: 3 });
});

test("keeps what each of two clients sent about one second, and counts the play once", () => {
  const database = createTestCache();
  store(database, buildPlay(noon, "server"), buildPlay(noon, "phone"));
  expect(countRows(database, "source_play")).toBe(2);
  expect(countRows(database, "scrobble")).toBe(1);
});

test("stores none of the plays of a request if one of them can't be stored", () => {
  const database = createTestCache();
  const plays = [buildPlay(noon, "phone"), { ...buildPlay(noon + 300, "phone"), artist: null as never }];
  expect(() => storeSubmittedPlays(database, plays, noon)).toThrow(/NOT NULL/);
  expect(countRows(database, "source_play")).toBe(0);
});

test("counts a play once that two clients and another source have", () => {
  const database = createTestCache();
  createSourceImporter(database, { name: "spotify", kind: "file" })([
    buildPlay(noon + 2, ""),
    buildPlay(noon + 5000, ""),
  ]);
  store(database, buildPlay(noon, "server"), buildPlay(noon + 4, "phone"), buildPlay(noon + 9000, "phone"));
  expect(querySources(database)).toMatchObject({
    sources: [
      { name: "direct", plays: 2, shared: 1 },
      { name: "spotify", plays: 2, shared: 1 },
    ],
    plays: 3,
  });
  expect(removeSource({ database }, "direct")).toMatchObject({ kind: "removed", plays: 2, onlyHere: 1 });
  expect(querySources(database)).toMatchObject({ sources: [{ name: "spotify", plays: 2 }], plays: 2 });
  expect(countRows(database, "source_track WHERE client <> ''")).toBe(0);
});

test("counts plays without a client's name beside those of a named one", () => {
  const database = createTestCache();
  store(database, buildPlay(noon, ""), buildPlay(noon + 3, "phone"));
  expect(querySources(database)).toMatchObject({ sources: [{ plays: 1 }], plays: 1 });
});
