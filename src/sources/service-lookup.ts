// Finds services in the table.
import {
  collectionServices,
  listeningServices,
  listenbrainzService,
  musicbrainzService,
  archiveService,
  discogsImagesService,
  type CollectionRow,
  type ListeningRow,
} from "./all-services.ts";

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

export function secretsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  return allServices.flatMap(({ settings: { secret, sharedSecret, session } }) =>
    [secret, sharedSecret, session].flatMap((setting) =>
      setting === null ? [] : [env[setting.environment]?.trim() ?? ""],
    ),
  );
}
