// Syncs the listens of a ListenBrainz stand-in into a cache; the other services answer from memory.
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { memoryServices } from "../../../src/demo/memory-services.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { sync, type SyncOptions } from "../../../src/sync/whole-sync.ts";
import { connectToStandIns } from "../../sources/clients.ts";
import { noChoices, openCache } from "../../support/filled-cache.ts";
import type { ListenBrainzBehaviour } from "../../support/listenbrainz-stand-in.ts";
import { makeListenBrainzWorld, type StoredListen } from "../../support/listenbrainz-world.ts";
import { tempDirectory } from "../../support/temp.ts";

export const startMs = Date.UTC(2026, 2, 14, 12, 30);

export type ListenBench = Awaited<ReturnType<typeof listenBench>>;

/** Only inside a test. */
export async function listenBench(
  listens: readonly StoredListen[],
  behaviour: Partial<ListenBrainzBehaviour> = {},
) {
  const world = makeListenBrainzWorld(listens);
  const connected = await connectToStandIns(
    { listenbrainz: world, startMs },
    { random: () => 0.5, wallMs: () => connected.clock.now() },
    { listenbrainz: behaviour },
  );
  const { clock, listenbrainz: server } = connected;
  const database = openCache(join(tempDirectory("rewind-listens"), "rewind.db"));
  onTestFinished(() => void database.close());
  const services = {
    ...memoryServices({
      discogsUser: "digger",
      lastfmUser: "owl",
      records: [],
      wants: [],
      folders: [],
      customFields: [],
      albums: [],
      scrobbles: [],
    }),
    listens: connected.services.listens,
  };
  return {
    world,
    server,
    clock,
    database,
    /** Syncs; returns the summary and how many requests ListenBrainz got. */
    async sync(options: Partial<SyncOptions> = {}) {
      const before = server.requests.length;
      const summary = await sync({
        ...noChoices,
        database,
        services,
        accounts: { collection: null, listening: "owl", listens: world.username },
        full: false,
        only: null,
        history: true,
        clock,
        signal: new AbortController().signal,
        ...options,
      });
      return { ...summary, requests: server.requests.length - before };
    },
    /** Second and msid of all stored listens, sorted. */
    stored: () => storedListens(database),
    /** The same as the service has them. */
    truth: () => world.listens.rows.map(({ listenedAt, msid }) => `${listenedAt} ${msid}`).toSorted(),
  };
}

export function storedListens(database: Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT source_play.uts || ' ' || source_key FROM source_play
         JOIN source_track ON source_track.id = source_track_id
       WHERE source_play.source_id = (SELECT id FROM source WHERE name = 'listenbrainz')`,
    )
    .pluck()
    .all()
    .toSorted();
}
