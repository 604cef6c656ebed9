// Both stand-ins, the real clients and a cache on disk: what the tests of the sync are made of.
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { connectServices } from "../../src/sources/connect.ts";
import type { ListeningServices } from "../../src/sources/services/service-clients.ts";
import { sync, type SyncEvent, type SyncOptions, type SyncSummary } from "../../src/sync/whole-sync.ts";
import { virtualClock } from "../support/clock.ts";
import { type WorldSize, inventWorld } from "../support/generate.ts";
import { inventMusicBrainz } from "../support/musicbrainz-world.ts";
import { scrobbleDesk } from "../support/scrobble-desk.ts";
import type { PictureWorld } from "../support/picture-hosts.ts";
import { type ServiceBehaviours, settingsFor, startServices } from "../support/service-stand-ins.ts";
import { tempDirectory } from "../support/temp.ts";
import type { Play } from "../support/world.ts";
import { Listing } from "../support/listing.ts";
import type { Album, CollectionRecord } from "../../src/model/model.ts";
import { noChoices, openCache } from "../support/filled-cache.ts";

export type Bench = Awaited<ReturnType<typeof makeBench>>;

const signing = { sharedSecret: "shared0secret0of0the0bench000000", session: "session-of-the-bench" };

export const startMs = 1_760_000_000_000;

interface BenchBehaviour extends ServiceBehaviours {
  /** null: it may not scrobble. */
  readonly signing?: null;
}

/** A shelf and a history of exactly these; nothing is known of their releases. */
export async function benchOf(
  parts: {
    readonly records?: readonly CollectionRecord[];
    readonly plays?: readonly Play[];
    /** Left out: the chart is counted from the plays. */
    readonly albums?: readonly Album[];
  },
  behaviour: BenchBehaviour = {},
): Promise<Bench> {
  const bench = await makeBench({ records: 0, wants: 0, albums: 1, plays: 0 }, behaviour);
  bench.discogs.shelf.records.set(parts.records ?? []);
  bench.lastfm.listener.plays.set(parts.plays ?? []);
  if (parts.albums) bench.lastfm.listener.chart = new Listing(parts.albums);
  return bench;
}

export async function makeBench(size: WorldSize = {}, behaviour: BenchBehaviour = {}) {
  const { discogs, lastfm } = inventWorld(size);
  const clock = { nowMs: startMs };
  const desk = scrobbleDesk(lastfm, { secret: signing.sharedSecret, nowMs: () => clock.nowMs });
  desk.sessions.set(signing.session, lastfm.listener.name);
  // Back-off, pauses and time limits cost a test nothing, and no load makes an answer late.
  const pace = virtualClock();
  const musicbrainz = inventMusicBrainz(discogs.shelf.records.rows);
  const pictures: PictureWorld = { archive: new Map(), discogs: new Map() };
  const worlds = { discogs, lastfm, musicbrainz, pictures };
  const standIns = await startServices(
    worlds,
    { clock: pace },
    {
      ...behaviour,
      discogs: { limit: null, ...behaviour.discogs },
      lastfm: { limit: null, desk, ...behaviour.lastfm },
    },
  );
  const settings = settingsFor(worlds, standIns);
  const ownSigning = behaviour.signing === undefined ? signing : behaviour.signing;
  const connect = (): Promise<ListeningServices> =>
    connectServices({
      settings: { ...settings, listening: { ...settings.listening, signing: ownSigning } },
      version: "0.0.0",
      env: {},
      clock: pace,
      random: () => 0.5,
    });
  const services = await connect();
  const path = join(tempDirectory("rewind-sync"), "rewind.db");
  const database = openCache(path);
  onTestFinished(async () => {
    database.close();
    await services.close();
  });
  const events: SyncEvent[] = [];
  return {
    ...worlds,
    desk,
    discogsServer: standIns.discogs,
    lastfmServer: standIns.lastfm,
    musicbrainzServer: standIns.musicbrainz,
    archiveServer: standIns.archive,
    imagesServer: standIns.images,
    /** The directory of the covers. */
    coversPath: join(dirname(path), "covers"),
    /** The clock of the hosts of pictures. */
    pace,
    services,
    database,
    path,
    /** Milliseconds; moves only when told. */
    clock,
    events,
    /** The services as another run would meet them. */
    reconnect: connect,
    sync: (options: Partial<SyncOptions> = {}): Promise<SyncSummary> =>
      sync({
        ...noChoices,
        database,
        services,
        accounts: { collection: null, listening: lastfm.listener.name },
        full: false,
        only: null,
        history: true,
        clock: { now: () => clock.nowMs },
        signal: new AbortController().signal,
        onEvent: (event) => events.push(event),
        ...options,
      }),
  };
}
