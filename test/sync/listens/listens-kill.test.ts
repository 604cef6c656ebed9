// kill -9 at each request of a read: what was staged is kept, nothing is published by halves, nothing is asked twice.
import { join } from "node:path";
import { expect, test } from "vitest";
import { startFakeListenBrainz } from "../../support/fake-listenbrainz.ts";
import { createListenBrainzData, buildPlainListen } from "../../support/listenbrainz-data.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import { startChild } from "../run-and-kill.ts";
import { startMs, readStoredListens } from "./listen-fixture.ts";
import { openCache } from "../../support/filled-cache.ts";

test("reads the same listens after a kill at each request in turn", { timeout: 120_000 }, async () => {
  const nowUts = startMs / 1000;
  // Two listens in each second, so that most pages cut a second in two.
  const listens = Array.from({ length: 19 }, (_, at) =>
    buildPlainListen(nowUts - 9_000 - (at >> 1) * 60, `${at}`),
  );
  const fixture = createListenBrainzData(listens);
  const server = await startFakeListenBrainz(fixture, { mostListens: 9, limit: null });
  const path = join(createTempDirectory("rewind-listens"), "rewind.db");

  /** Kills the sync at a request, if it gets there. Returns its exit code, null if it was killed. */
  const syncAndKill = async (killAt: number): Promise<number | null> => {
    const noAccess = { secret: "x" };
    const { kill, ended } = startChild({
      settings: {
        collection: noAccess,
        listening: noAccess,
        listens: { secret: fixture.token, url: server.url },
      },
      accounts: { collection: null, listening: null, listens: fixture.username },
      only: "listens",
      path,
      nowMs: startMs,
    });
    let seen = 0;
    server.behaviour.onRequest = () => {
      seen += 1;
      if (seen === killAt) kill();
    };
    return (await ended).code;
  };
  const readStored = (): string[] => {
    const database = openCache(path);
    const stored = readStoredListens(database);
    database.close();
    return stored;
  };

  const truth = listens.map(({ listenedAt, msid }) => `${listenedAt} ${msid}`).toSorted();
  const published: string[] = [];
  let code: number | null = null;
  // The account takes two requests: from the third on, each try gets one page further.
  for (let killed = 0; code === null && killed < 40; killed += 1) {
    code = await syncAndKill(4);
    if (code === null) published.push(...readStored());
  }
  expect(code).toBe(0);
  expect(published).toEqual([]);
  expect(readStored()).toEqual(truth);
  const cursors = server.requests.map(({ query }) => query["min_ts"]).filter((minTs) => minTs !== undefined);
  // Each page is asked for twice at most: once by the sync that is killed at it, once by the next.
  expect(cursors.length).toBeLessThanOrEqual(new Set(cursors).size * 2);
});
