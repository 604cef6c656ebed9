// The parts of the tests of the sync: both stand-ins, the real clients and a cache on disk.
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { connectServices } from "../../src/sources/connect.ts";
import type { ListeningServices } from "../../src/sources/services/service-clients.ts";
import { sync, type SyncEvent, type SyncOptions, type SyncSummary } from "../../src/sync/whole-sync.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { type DataSize, generateServiceData } from "../support/generated-data.ts";
import { generateMusicBrainzData } from "../support/musicbrainz-data.ts";
import { createFakeScrobbler } from "../support/fake-scrobbler.ts";
import type { CoverData } from "../support/fake-cover-hosts.ts";
import { type ServiceBehaviours, buildServiceSettings, startFakeServices } from "../support/fake-services.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import type { Play } from "../support/service-data.ts";
import { Listing } from "../support/editable-list.ts";
import type { Album, CollectionRecord } from "../../src/model/model.ts";
import { defaultChoices, openCache } from "../support/filled-cache.ts";

export type SyncFixture = Awaited<ReturnType<typeof createSyncFixture>>;

const signing = { sharedSecret: "shared0secret0of0the0bench000000", session: "session-of-the-bench" };

export const startMs = 1_760_000_000_000;

interface SyncFixtureOptions extends ServiceBehaviours {
  /** null: it may not scrobble. */
  readonly signing?: null;
}

/** A shelf and a history of exactly these; nothing is known of their releases. */
export async function createSyncFixtureFrom(
  parts: {
    readonly records?: readonly CollectionRecord[];
    readonly plays?: readonly Play[];
    /** Left out: the chart is counted from the plays. */
    readonly albums?: readonly Album[];
  },
  behaviour: SyncFixtureOptions = {},
): Promise<SyncFixture> {
  const fixture = await createSyncFixture({ records: 0, wants: 0, albums: 1, plays: 0 }, behaviour);
  fixture.discogs.shelf.records.set(parts.records ?? []);
  fixture.lastfm.listener.plays.set(parts.plays ?? []);
  if (parts.albums) fixture.lastfm.listener.chart = new Listing(parts.albums);
  return fixture;
}

export async function createSyncFixture(size: DataSize = {}, behaviour: SyncFixtureOptions = {}) {
  const { discogs, lastfm } = generateServiceData(size);
  const clock = { nowMs: startMs };
  const desk = createFakeScrobbler(lastfm, { secret: signing.sharedSecret, nowMs: () => clock.nowMs });
  desk.sessions.set(signing.session, lastfm.listener.name);
  // Back-off, pauses and time limits cost a test nothing, and no load makes an answer late.
  const pace = createVirtualClock();
  const musicbrainz = generateMusicBrainzData(discogs.shelf.records.rows);
  const pictures: CoverData = { archive: new Map(), discogs: new Map() };
  const histories = { discogs, lastfm, musicbrainz, pictures };
  const fakeServices = await startFakeServices(
    histories,
    { clock: pace },
    {
      ...behaviour,
      discogs: { limit: null, ...behaviour.discogs },
      lastfm: { limit: null, scrobbler: desk, ...behaviour.lastfm },
    },
  );
  const settings = buildServiceSettings(histories, fakeServices);
  const ownSigning = behaviour.signing === undefined ? signing : behaviour.signing;
  const connectAll = (): Promise<ListeningServices> =>
    connectServices({
      settings: { ...settings, listening: { ...settings.listening, signing: ownSigning } },
      version: "0.0.0",
      env: {},
      clock: pace,
      random: () => 0.5,
    });
  const services = await connectAll();
  const path = join(createTempDirectory("rewind-sync"), "rewind.db");
  const database = openCache(path);
  onTestFinished(async () => {
    database.close();
    await services.close();
  });
  const events: SyncEvent[] = [];
  return {
    ...histories,
    desk,
    discogsServer: fakeServices.discogs,
    lastfmServer: fakeServices.lastfm,
    musicbrainzServer: fakeServices.musicbrainz,
    archiveServer: fakeServices.archive,
    imagesServer: fakeServices.images,
    /** The directory of the covers. */
    coversPath: join(dirname(path), "covers"),
    /** The clock of the hosts of pictures. */
    pace,
    services,
    database,
    path,
    /** Milliseconds; moves only when set. */
    clock,
    events,
    /** The services as another run would meet them. */
    reconnect: connectAll,
    sync: (options: Partial<SyncOptions> = {}): Promise<SyncSummary> =>
      sync({
        ...defaultChoices,
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
