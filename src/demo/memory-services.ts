// Both services from memory: the demo syncs its sample through them.
import type {
  Album,
  CollectionRecord,
  CustomField,
  Folder,
  ListedTrack,
  Scrobble,
  Want,
} from "../model/model.ts";
import { discogsFacts } from "../sources/discogs/discogs-facts.ts";
import { lastfmFacts } from "../sources/lastfm/lastfm-facts.ts";
import { musicbrainzFacts } from "../sources/musicbrainz/musicbrainz-facts.ts";
import type { Page } from "../sources/services/remote-service.ts";
import type { PictureHost, Services } from "../sources/services/service-clients.ts";

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
}

const discogsPageRows = 100;

/** Answers at once and never fails. */
export function memoryServices(listings: Listings): Services {
  const newestFirst = listings.scrobbles.toSorted((a, b) => b.uts - a.uts);
  const counts = { shelf: 0, plays: 0 };
  const shelf = <Value>(value: Value): Promise<Value> => {
    counts.shelf++;
    return Promise.resolve(value);
  };
  const plays = <Value>(value: Value): Promise<Value> => {
    counts.plays++;
    return Promise.resolve(value);
  };
  return {
    collection: {
      id: discogsFacts.id,
      name: discogsFacts.name,
      get requests() {
        return counts.shelf;
      },
      soonestMs: () => 0,
      identity: () => shelf({ id: 1, username: listings.discogsUser }),
      profile: () =>
        shelf({
          id: 1,
          username: listings.discogsUser,
          collectionCount: listings.records.length,
          wantlistCount: listings.wants.length,
        }),
      collectionPage: (_, page, order) =>
        shelf(pageOf(byDateAdded(listings.records, order), page, discogsPageRows)),
      wantsPage: (_, page) => shelf(pageOf(listings.wants, page, discogsPageRows)),
      folders: () =>
        shelf(
          listings.folders.map((folder) => ({
            ...folder,
            count: listings.records.filter(({ folderId }) => folderId === folder.id).length,
          })),
        ),
      customFields: () => shelf(listings.customFields),
      collectionValue: () => shelf(null),
      tracklist: (releaseId) => shelf(listings.tracklists?.get(releaseId) ?? null),
      master: () => shelf(null),
    },
    listening: {
      id: lastfmFacts.id,
      name: lastfmFacts.name,
      traits: lastfmFacts.traits,
      get requests() {
        return counts.plays;
      },
      soonestMs: () => 0,
      user: () =>
        plays({
          name: listings.lastfmUser,
          playCount: listings.scrobbles.length,
          albumCount: listings.albums.length,
          registeredUts: null,
        }),
      scrobbling: null,
      trackSeconds: null,
      albumsPage: (_, page, limit) => plays(pageOf(listings.albums, page, limit)),
      scrobblesPage: (_, { fromUts = 0, toUts = Number.POSITIVE_INFINITY, page, limit }) =>
        plays(
          pageOf(
            newestFirst.filter(({ uts }) => uts >= fromUts && uts <= toUts),
            page,
            limit,
          ),
        ),
    },
    // The demo asks no other service.
    listens: null,
    musicbrainz: {
      id: musicbrainzFacts.id,
      name: musicbrainzFacts.name,
      requests: 0,
      soonestMs: () => 0,
      releases: () => Promise.resolve({ rows: [], isWhole: true }),
      groups: () => Promise.resolve({ rows: [], isWhole: true }),
      identity: () => Promise.resolve(null),
      tracks: () => Promise.resolve(null),
    },
    covers: {
      id: "covers",
      name: "Covers",
      requests: 0,
      soonestMs: () => 0,
      archive: noPictures,
      discogs: noPictures,
    },
    close: () => Promise.resolve(),
  };
}

const noPictures: PictureHost = {
  id: "covers",
  name: "Covers",
  requests: 0,
  soonestMs: () => 0,
  picture: () => Promise.resolve("none"),
};

function pageOf<Row>(rows: readonly Row[], page: number, size: number): Page<Row> {
  return {
    page,
    pages: Math.max(1, Math.ceil(rows.length / size)),
    total: rows.length,
    rows: rows.slice((page - 1) * size, page * size),
  };
}

function instant({ dateAdded }: CollectionRecord): number {
  return Date.parse(dateAdded ?? "") || 0;
}

function byDateAdded(
  records: readonly CollectionRecord[],
  order: "oldest-first" | "newest-first",
): readonly CollectionRecord[] {
  const sorted = records.toSorted((a, b) => instant(a) - instant(b) || a.instanceId - b.instanceId);
  return order === "oldest-first" ? sorted : sorted.toReversed();
}
