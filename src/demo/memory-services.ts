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
import type { Listen } from "../model/listening-sources.ts";
import {
  discogsFacts,
  lastfmFacts,
  listenbrainzFacts,
  musicbrainzFacts,
} from "../sources/services/service-facts.ts";
import type { ListenService } from "../sources/services/listening-service.ts";
import type { Page, Usage } from "../sources/services/remote-service.ts";
import type { ListeningServices, PictureHost } from "../sources/services/service-clients.ts";

export interface Listings {
  readonly discogsUser: string;
  readonly lastfmUser: string;
  readonly records: readonly CollectionRecord[];
  readonly wants: readonly Want[];
  readonly folders: readonly Folder[];
  readonly customFields: readonly CustomField[];
  readonly albums: readonly Album[];
  /** By release id; a release that is missing has no tracklist. */
  readonly tracklists?: ReadonlyMap<number, readonly ListedTrack[]>;
  /** In any order. */
  readonly scrobbles: readonly Scrobble[];
  /** Listens of ListenBrainz, in any order; left out: not connected. */
  readonly listens?: readonly Listen[];
}

const discogsPageRows = 100;

/** Answers at once and never fails. The demo asks no other service. */
export function memoryServices(listings: Listings): ListeningServices {
  const { records, wants, folders, customFields, albums, tracklists, scrobbles } = listings;
  const newestFirst = scrobbles.toSorted((a, b) => b.uts - a.uts);
  const { usage: shelfUsage, answer: shelf } = counter();
  const { usage: playsUsage, answer: plays } = counter();
  const { usage } = counter();
  const user = { id: 1, username: listings.discogsUser };
  const noPictures: PictureHost = { id: "covers", name: "Covers", usage, picture: async () => "none" };
  return {
    collection: {
      id: discogsFacts.id,
      name: discogsFacts.name,
      usage: shelfUsage,
      identity: () => shelf(user),
      profile: () => shelf({ ...user, collectionCount: records.length, wantlistCount: wants.length }),
      collectionPage: (_, page, order) => shelf(pageOf(byDateAdded(records, order), page, discogsPageRows)),
      wantsPage: (_, page) => shelf(pageOf(wants, page, discogsPageRows)),
      folders: () =>
        shelf(
          folders.map((folder) => {
            return { ...folder, count: records.filter(({ folderId }) => folderId === folder.id).length };
          }),
        ),
      customFields: () => shelf(customFields),
      collectionValue: () => shelf(null),
      tracklist: (releaseId) => shelf(tracklists?.get(releaseId) ?? null),
      master: () => shelf(null),
    },
    listening: {
      id: lastfmFacts.id,
      name: lastfmFacts.name,
      traits: lastfmFacts.traits,
      usage: playsUsage,
      user: () =>
        plays({
          name: listings.lastfmUser,
          playCount: scrobbles.length,
          albumCount: albums.length,
          registeredUts: null,
        }),
      scrobbling: null,
      trackSeconds: async () => null,
      albumsPage: (_, page, limit) => plays(pageOf(albums, page, limit)),
      scrobblesPage: (_, { fromUts = 0, toUts = Number.POSITIVE_INFINITY, page, limit }) => {
        const inTime = newestFirst.filter(({ uts }) => uts >= fromUts && uts <= toUts);
        return plays(pageOf(inTime, page, limit));
      },
    },
    listens: listings.listens === undefined ? null : listenService(listings.lastfmUser, listings.listens),
    musicbrainz: {
      id: musicbrainzFacts.id,
      name: musicbrainzFacts.name,
      usage,
      releases: async () => new Map(),
      groups: async () => new Map(),
      identity: async () => null,
      tracks: async () => null,
    },
    covers: { id: "covers", name: "Covers", usage, archive: noPictures, discogs: noPictures },
    close: () => Promise.resolve(),
  };
}

function listenService(username: string, listens: readonly Listen[]): ListenService {
  const { usage, answer } = counter();
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
    newestListens: (_, count) => answer({ ...bounds, listens: oldestFirst.slice(-count).toReversed() }),
    listensAfter: (_, uts, count) => {
      const later = oldestFirst.filter(({ listenedUts }) => listenedUts > uts);
      return answer({ ...bounds, listens: later.slice(0, count) });
    },
    listenCount: () => answer(listens.length),
    writing: null,
  };
}

/** Counts answers as requests. */
function counter(): { readonly usage: Usage; readonly answer: <Value>(value: Value) => Promise<Value> } {
  const usage = { requests: 0, soonestMs: () => 0 };
  const answer = <Value>(value: Value): Promise<Value> => {
    usage.requests += 1;
    return Promise.resolve(value);
  };
  return { usage, answer };
}

function pageOf<Row>(rows: readonly Row[], page: number, size: number): Page<Row> {
  return {
    page,
    pages: Math.max(1, Math.ceil(rows.length / size)),
    total: rows.length,
    rows: rows.slice((page - 1) * size, page * size),
  };
}

const instant = ({ dateAdded }: CollectionRecord): number => Date.parse(dateAdded ?? "") || 0;

function byDateAdded(
  records: readonly CollectionRecord[],
  order: "oldest-first" | "newest-first",
): readonly CollectionRecord[] {
  const oldestFirst = records.toSorted((a, b) => instant(a) - instant(b) || a.instanceId - b.instanceId);
  return order === "oldest-first" ? oldestFirst : oldestFirst.toReversed();
}
