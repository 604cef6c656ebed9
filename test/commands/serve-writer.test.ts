// The thread that stores submitted plays: several requests at once, while another program writes, and after the file was
// replaced.
import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mergeSubmittedPlays } from "../../src/actions/sources/submit-listens.ts";
import { answerRequests, createCacheOpener } from "../../src/commands/serve/play-writer.ts";
import { querySources } from "../../src/queries/shelf/sources.ts";
import type { Database } from "../../src/store/file/database.ts";
import { openCache } from "../support/filled-cache.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const nowUts = Date.UTC(2026, 2, 14, 12) / 1000;

const alone = { isBurst: false };

const buildRequest = (id: number, ...titles: readonly string[]) => {
  const payload = titles.map((title, at) => ({
    listened_at: nowUts - 1000 * id - at,
    track_metadata: { artist_name: "Iva", track_name: title },
  }));
  return { id, nowUts, body: Buffer.from(JSON.stringify({ listen_type: "import", payload })) };
};

function countPlays(database: Database): number {
  return database.prepare<[], number>("SELECT count(*) FROM source_play").pluck().get() ?? 0;
}

test("stores the valid requests of a group, and refuses an invalid one by itself", () => {
  const opener = createCacheOpener(join(createTempDirectory(), "rewind.db"), 0);
  const requests = [
    buildRequest(1, "Dune", "Shoal"),
    buildRequest(2, "Reed", "", "Tide"),
    { ...buildRequest(3, "Dune"), nowUts: nowUts + 7 },
  ];
  const { replies, hasNewPlays } = answerRequests(opener, requests, alone);
  expect(hasNewPlays).toBe(true);
  expect(replies.toSorted((a, b) => a.id - b.id)).toEqual([
    { id: 1, playing: null },
    {
      id: 2,
      refusal: "field track_metadata.track_name is empty.",
      listen: { place: 2, count: 3 },
    },
    { id: 3, playing: null },
  ]);
  expect(countPlays(opener())).toBe(3);
  mergeSubmittedPlays(opener());
  expect(querySources(opener()).sources).toMatchObject([{ name: "direct", readUts: nowUts + 7 }]);
  opener().close();
});

test("says that the cache is in use while another program writes, and stores the plays afterwards", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const writer = openCache(path);
  const opener = createCacheOpener(path, 0);
  expect(countPlays(opener())).toBe(0);
  writer.exec("BEGIN IMMEDIATE");
  const busy = answerRequests(opener, [buildRequest(1, "Dune"), buildRequest(2, "")], alone);
  expect(busy.hasNewPlays).toBe(false);
  expect(busy.replies).toMatchObject([
    { id: 2, listen: { place: 1, count: 1 } },
    { id: 1, isBusy: true },
  ]);
  writer.exec("COMMIT");
  expect(answerRequests(opener, [buildRequest(1, "Dune")], { isBurst: true })).toEqual({
    replies: [{ id: 1, playing: null }],
    hasNewPlays: true,
  });
  expect(countPlays(writer)).toBe(1);
  writer.close();
  opener().close();
});

test("stores plays in the file that is there now, after it was replaced", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const opener = createCacheOpener(path, 0);
  answerRequests(opener, [buildRequest(1, "Dune")], alone);
  for (const companion of ["", "-wal", "-shm"]) renameSync(path + companion, `${path}.old${companion}`);
  answerRequests(opener, [buildRequest(2, "Reed")], alone);
  opener().close();
  const database = openCache(path);
  expect(countPlays(database)).toBe(1);
  database.close();
});
