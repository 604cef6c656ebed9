// The services, one row each. Settings, accounts, choices and messages use these rows, so every start loads them. It
// does not load the clients.
import type { ClientFactory } from "./transport/caller.ts";
import {
  archiveFacts,
  discogsFacts,
  discogsImagesFacts,
  lastfmFacts,
  listenbrainzFacts,
  musicbrainzFacts,
} from "./services/service-facts.ts";
import type { ServiceFacts } from "./services/remote-service.ts";
import type { CollectionService, MusicBrainz, CoverHost } from "./services/service-clients.ts";
import type { ListenService, ListeningService, ListeningTraits } from "./services/listening-service.ts";

export interface ServiceDefinition<Client> extends ServiceFacts {
  load(): Promise<ClientFactory<Client>>;
}

export type CollectionServiceDefinition = ServiceDefinition<CollectionService>;
export type ListeningServiceDefinition = ServiceDefinition<ListeningService> & {
  readonly traits: ListeningTraits;
};

/** The first service is the default. */
type NonEmptyList<Row> = readonly [first: Row, ...others: Row[]];

export const collectionServices = [
  { ...discogsFacts, load: async () => (await import("./discogs/discogs-client.ts")).discogsClient },
] as const satisfies NonEmptyList<CollectionServiceDefinition>;

export const listeningServices = [
  { ...lastfmFacts, load: async () => (await import("./lastfm/lastfm-client.ts")).lastfmClient },
] as const satisfies NonEmptyList<ListeningServiceDefinition>;

/** Listens beside those of a listening service. */
export const listenbrainzService = {
  ...listenbrainzFacts,
  load: async () => (await import("./listenbrainz/listenbrainz-client.ts")).listenbrainzClient,
} as const satisfies ServiceDefinition<ListenService>;

export const musicbrainzService = {
  ...musicbrainzFacts,
  load: async () => (await import("./musicbrainz/musicbrainz-client.ts")).musicbrainzClient,
} as const satisfies ServiceDefinition<MusicBrainz>;

export const archiveService = {
  ...archiveFacts,
  load: async () => (await import("./covers/covers-client.ts")).archiveClient,
} as const satisfies ServiceDefinition<CoverHost>;

export const discogsImagesService = {
  ...discogsImagesFacts,
  load: async () => (await import("./covers/covers-client.ts")).discogsImagesClient,
} as const satisfies ServiceDefinition<CoverHost>;
