// Which services of the table are meant.
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

/** Those whose listings a cache holds. */
export const accountServices = [...collectionServices, ...listeningServices] as const;

export const allServices = [
  ...accountServices,
  listenbrainzService,
  musicbrainzService,
  archiveService,
  discogsImagesService,
] as const;

/** Names of users, by the ids of services. */
type AccountNames = Readonly<Record<string, string | undefined>>;

/** Whose records a cache holds, by the accounts in it. */
export function collectionServiceOf(accounts: AccountNames): CollectionRow {
  return collectionServices.find(({ id }) => accounts[id] !== undefined) ?? collectionServices[0];
}

/** Whose plays a cache holds, by the accounts in it. */
export function listeningServiceOf(accounts: AccountNames): ListeningRow {
  return listeningServices.find(({ id }) => accounts[id] !== undefined) ?? listeningServices[0];
}

/** What is set in the environment to let us in. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  return allServices.flatMap(({ settings: { secret, sharedSecret, session } }) =>
    [secret, sharedSecret, session].flatMap((setting) =>
      setting === null ? [] : [env[setting.environment]?.trim() ?? ""],
    ),
  );
}
