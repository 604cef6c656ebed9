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
import type { ServiceFacts, ServiceSetting } from "./services/remote-service.ts";
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

/** Services with an account, whose listings a cache holds. */
export const accountServices = [...collectionServices, ...listeningServices] as const;

export const allServices = [
  ...accountServices,
  listenbrainzService,
  musicbrainzService,
  archiveService,
  discogsImagesService,
] as const;

type AccountNames = Readonly<Record<string, string | undefined>>;

/** The service whose records a cache holds. */
export function collectionServiceOf(accounts: AccountNames): CollectionRow {
  return collectionServices.find(({ id }) => accounts[id] !== undefined) ?? collectionServices[0];
}

/** The service whose plays a cache holds. */
export function listeningServiceOf(accounts: AccountNames): ListeningRow {
  return listeningServices.find(({ id }) => accounts[id] !== undefined) ?? listeningServices[0];
}

/** The settings that must never be shown. */
export const secretSettings: readonly ServiceSetting[] = allServices.flatMap(
  ({ settings: { secret, sharedSecret, session } }) =>
    [secret, sharedSecret, session].filter((setting) => setting !== null),
);

export function secretsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  return secretSettings.map(({ environment }) => env[environment]?.trim() ?? "");
}
