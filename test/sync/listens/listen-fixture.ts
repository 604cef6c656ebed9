// Syncs the listens of a ListenBrainz stand-in into a cache; the other services answer from memory.
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createMemoryServices } from "../../../src/demo/memory-services.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { sync, type SyncOptions } from "../../../src/sync/whole-sync.ts";
import { connectToFakes } from "../../sources/connected-clients.ts";
import { defaultChoices, openCache } from "../../support/filled-cache.ts";
import type { ListenBrainzBehaviour } from "../../support/fake-listenbrainz.ts";
import { createListenBrainzData, type StoredListen } from "../../support/listenbrainz-data.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

export const startMs = Date.UTC(2026, 2, 14, 12, 30);

export type ListenFixture = Awaited<ReturnType<typeof createListenFixture>>;

/** Works only inside a test. */
export async function createListenFixture(
  listens: readonly StoredListen[],
  behaviour: Partial<ListenBrainzBehaviour> = {},
) {
  const world = createListenBrainzData(listens);
  const connected = await connectToFakes(
    { listenbrainz: world, startMs },
    { random: () => 0.5, wallMs: () => connected.clock.now() },
    { listenbrainz: behaviour },
  );
  const { clock, listenbrainz: server } = connected;
  const database = openCache(join(createTempDirectory("rewind-listens"), "rewind.db"));
  onTestFinished(() => void database.close());
  const services = {
    ...createMemoryServices({
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
        ...defaultChoices,
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
    stored: () => readStoredListens(database),
    /** The same as the service has them. */
    truth: () => world.listens.rows.map(({ listenedAt, msid }) => `${listenedAt} ${msid}`).toSorted(),
  };
}

export function readStoredListens(database: Database): string[] {
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
