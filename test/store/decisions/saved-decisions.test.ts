// Decisions saved from a cache that this version can't use: no decision is lost, and no play is sent twice.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { setAside } from "../../../src/store/damage.ts";
import {
  buildExportDocument,
  parseExportDocument,
  type UserDecisions,
} from "../../../src/store/decisions/decision-document.ts";
import { readPendingRecognised, readLastHeard } from "../../../src/store/decisions/recognised-tracks.ts";
import { saveDecisions } from "../../../src/store/decisions/saved-decisions.ts";
import { connectReadonly } from "../../../src/store/file/database.ts";
import { openCache } from "../../support/filled-cache.ts";
import { createOldCache, oldFormats, oldPlay, type OldFormat } from "../../support/old-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

function createCache(format: OldFormat): string {
  const path = join(createTempDirectory(), "rewind.db");
  createOldCache(path, format);
  return path;
}

const expectedDecisions = {
  decisions: [{ releaseId: 11, add: [{ artist: "Can", title: "Tago Mago" }] }],
  aliases: [{ name: "CAN", sameAs: "Can" }],
  plays: [
    {
      uuid: oldPlay,
      releaseId: 11,
      startUts: 1_700_000_000,
      comment: "with friends",
      loggedUts: 1_700_000_100,
      tracks: [{ title: "Paperhouse" }, { title: "Mushroom" }, { title: "Oh Yeah" }],
    },
  ],
  hiddenAlbums: [{ artist: "Neu!", title: "Neu!" }],
  snoozes: [{ artist: "Faust", title: "Faust IV" }],
  reviews: [
    { releaseId: 11, subject: '[["Can","Future Days"]]', verdict: "skipped", answeredUts: 1_700_000_001 },
  ],
};

const expectedSendings = [
  { lastfm: { state: "sent", reason: null }, listenbrainz: { state: "sent", reason: null } },
  { lastfm: { state: "ignored", reason: "too old" }, listenbrainz: { state: "queued", reason: null } },
  {},
];

function readSendings({ plays }: UserDecisions): unknown {
  return plays[0]?.tracks.map(({ sendings }) => sendings);
}

test.each(oldFormats)("saves every decision, play and sending state of format %i", (format) => {
  const path = createCache(format);
  const database = connectReadonly(path);
  const saved = saveDecisions(database, path);
  database.close();
  const decisions = parseExportDocument(readFileSync(String(saved), "utf8"));
  expect(decisions).toMatchObject(expectedDecisions);
  expect(readSendings(decisions)).toEqual(expectedSendings);
});

test.each(oldFormats)("carries everything from a damaged cache of format %i into a new one", (format) => {
  const path = createCache(format);
  setAside(path, "2026-03-14");
  const database = openCache(path);
  const decisions = parseExportDocument(JSON.stringify(buildExportDocument(database)));
  expect(decisions).toMatchObject(expectedDecisions);
  expect(readSendings(decisions)).toEqual(expectedSendings);
  expect(readLastHeard(database, oldPlay)).toBe(1_700_000_000);
  expect(readPendingRecognised(database)).toEqual([]);
  database.close();
});
