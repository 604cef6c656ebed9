// All services from memory: the demo syncs its sample through them.
import type {
  Album,
  CollectionRecord,
  CustomField,
  Folder,
  ListedTrack,
  Scrobble,
  Want,
} from "../model/model.ts";
import type { PlayingNow } from "../model/playing-now.ts";
import type { Listen } from "../model/listening-sources.ts";
import {
  discogsFacts,
  lastfmFacts,
  listenbrainzFacts,
  musicbrainzFacts,
} from "../sources/services/service-facts.ts";
import type { ListenService } from "../sources/services/listening-service.ts";
import type { Page, Usage } from "../sources/services/remote-service.ts";
import type { ListeningServices, CoverHost } from "../sources/services/service-clients.ts";

export interface Listings {
  readonly discogsUser: string;
  readonly lastfmUser: string;
  readonly records: readonly CollectionRecord[];
  readonly wants: readonly Want[];
  readonly folders: readonly Folder[];
  readonly customFields: readonly CustomField[];
  readonly albums: readonly Album[];
  /** Tracklists by release id; a release that is missing has none. */
  readonly tracklists?: ReadonlyMap<number, readonly ListedTrack[]>;
  /** The order does not matter. */
  readonly scrobbles: readonly Scrobble[];
  /** The track that is playing; left out: none. */
  readonly playing?: PlayingNow;
  /** Listens of ListenBrainz, in any order; left out: not connected. */
  readonly listens?: readonly Listen[];
}

const discogsPageSize = 100;

/** Answers at once and never fails. The demo asks no other service. */
export function createMemoryServices(listings: Listings): ListeningServices {
  const { records, wants, folders, customFields, albums, tracklists, scrobbles } = listings;
  const newestFirst = scrobbles.toSorted((a, b) => b.uts - a.uts);
  const { usage: shelfUsage, answer: shelf } = createRequestCounter();
  const { usage: playsUsage, answer: plays } = createRequestCounter();
  const { usage } = createRequestCounter();
  const user = { id: 1, username: listings.discogsUser };
  const noPictures: CoverHost = { id: "covers", name: "Covers", usage, fetchCover: async () => "none" };
  return {
    collection: {
      id: discogsFacts.id,
      name: discogsFacts.name,
      usage: shelfUsage,
      fetchIdentity: () => shelf(user),
      fetchProfile: () => shelf({ ...user, collectionCount: records.length, wantlistCount: wants.length }),
      fetchCollectionPage: (_, page, order) =>
        shelf(selectPage(sortByDateAdded(records, order), page, discogsPageSize)),
      fetchWantsPage: (_, page) => shelf(selectPage(wants, page, discogsPageSize)),
      fetchFolders: () =>
        shelf(
          folders.map((folder) => {
            return { ...folder, count: records.filter(({ folderId }) => folderId === folder.id).length };
          }),
        ),
      fetchCustomFields: () => shelf(customFields),
      fetchCollectionValue: () => shelf(null),
      fetchTracklist: (releaseId) => shelf(tracklists?.get(releaseId) ?? null),
      fetchMaster: () => shelf(null),
    },
    listening: {
      id: lastfmFacts.id,
      name: lastfmFacts.name,
      traits: lastfmFacts.traits,
      usage: playsUsage,
      fetchUser: () =>
        plays({
          name: listings.lastfmUser,
          playCount: scrobbles.length,
          albumCount: albums.length,
          registeredUts: null,
        }),
      scrobbler: null,
      fetchTrackSeconds: async () => null,
      fetchPlayingNow: () => plays(listings.playing ?? null),
      fetchAlbumPage: (_, page, limit) => plays(selectPage(albums, page, limit)),
      fetchScrobblePage: (_, { fromUts = 0, toUts = Number.POSITIVE_INFINITY, page, limit }) => {
        const inTime = newestFirst.filter(({ uts }) => uts >= fromUts && uts <= toUts);
        return plays(selectPage(inTime, page, limit));
      },
    },
    listens:
      listings.listens === undefined ? null : createListenService(listings.lastfmUser, listings.listens),
    musicbrainz: {
      id: musicbrainzFacts.id,
      name: musicbrainzFacts.name,
      usage,
      fetchReleases: async () => new Map(),
      fetchGroups: async () => new Map(),
      fetchIdentity: async () => null,
      fetchTracks: async () => null,
    },
    covers: { id: "covers", name: "Covers", usage, archive: noPictures, discogs: noPictures },
    close: () => Promise.resolve(),
  };
}

function createListenService(username: string, listens: readonly Listen[]): ListenService {
  const { usage, answer } = createRequestCounter();
  const oldestFirst = listens.toSorted((a, b) => a.listenedUts - b.listenedUts);
  const bounds = {
    username,
    oldestUts: oldestFirst[0]?.listenedUts ?? 0,
    latestUts: oldestFirst.at(-1)?.listenedUts ?? 0,
  };
  return {
    id: listenbrainzFacts.id,
    name: listenbrainzFacts.name,
    usage,
    pageSizes: [1000],
    fetchNewestListens: (_, count) => answer({ ...bounds, listens: oldestFirst.slice(-count).toReversed() }),
    fetchListensAfter: (_, uts, count) => {
      const later = oldestFirst.filter(({ listenedUts }) => listenedUts > uts);
      return answer({ ...bounds, listens: later.slice(0, count) });
    },
    fetchListenCount: () => answer(listens.length),
    fetchPlayingNow: async () => null,
    writer: null,
  };
}

/** Counts answers as requests. */
function createRequestCounter(): {
  readonly usage: Usage;
  readonly answer: <Value>(value: Value) => Promise<Value>;
} {
  const usage = { requests: 0, soonestMs: () => 0 };
  const respond = <Value>(value: Value): Promise<Value> => {
    usage.requests += 1;
    return Promise.resolve(value);
  };
  return { usage, answer: respond };
}

function selectPage<Row>(rows: readonly Row[], page: number, size: number): Page<Row> {
  return {
    page,
    pages: Math.max(1, Math.ceil(rows.length / size)),
    total: rows.length,
    rows: rows.slice((page - 1) * size, page * size),
  };
}

const parseDateAdded = ({ dateAdded }: CollectionRecord): number => Date.parse(dateAdded ?? "") || 0;

function sortByDateAdded(
  records: readonly CollectionRecord[],
  order: "oldest-first" | "newest-first",
): readonly CollectionRecord[] {
  const oldestFirst = records.toSorted(
    (a, b) => parseDateAdded(a) - parseDateAdded(b) || a.instanceId - b.instanceId,
  );
  return order === "oldest-first" ? oldestFirst : oldestFirst.toReversed();
}
