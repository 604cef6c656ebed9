// The services, one row each. Settings, accounts, choices and messages use these rows, so every start loads them. It
// does not load the clients.
import type { ClientKind } from "./transport/calls.ts";
import {
  archiveFacts,
  discogsFacts,
  discogsImagesFacts,
  lastfmFacts,
  listenbrainzFacts,
  musicbrainzFacts,
} from "./services/service-facts.ts";
import type { ServiceFacts } from "./services/remote-service.ts";
import type { CollectionService, MusicBrainz, PictureHost } from "./services/service-clients.ts";
import type { ListenService, ListeningService, ListeningTraits } from "./services/listening-service.ts";

export interface ServiceRow<Client> extends ServiceFacts {
  load(): Promise<ClientKind<Client>>;
}

export type CollectionRow = ServiceRow<CollectionService>;
export type ListeningRow = ServiceRow<ListeningService> & { readonly traits: ListeningTraits };

/** The first service is the default. */
type Rows<Row> = readonly [first: Row, ...others: Row[]];

export const collectionServices = [
  { ...discogsFacts, load: async () => (await import("./discogs/discogs-client.ts")).discogsClient },
] as const satisfies Rows<CollectionRow>;

export const listeningServices = [
  { ...lastfmFacts, load: async () => (await import("./lastfm/lastfm-client.ts")).lastfmClient },
] as const satisfies Rows<ListeningRow>;

/** Listens beside those of a listening service. */
export const listenbrainzService = {
  ...listenbrainzFacts,
  load: async () => (await import("./listenbrainz/listenbrainz-client.ts")).listenbrainzClient,
} as const satisfies ServiceRow<ListenService>;

export const musicbrainzService = {
  ...musicbrainzFacts,
  load: async () => (await import("./musicbrainz/musicbrainz-client.ts")).musicbrainzClient,
} as const satisfies ServiceRow<MusicBrainz>;

export const archiveService = {
  ...archiveFacts,
  load: async () => (await import("./covers/covers-client.ts")).archiveClient,
} as const satisfies ServiceRow<PictureHost>;

export const discogsImagesService = {
  ...discogsImagesFacts,
  load: async () => (await import("./covers/covers-client.ts")).discogsImagesClient,
} as const satisfies ServiceRow<PictureHost>;
