// Finds services in the table. It is a file of its own, so that a test can add a row to the table.
import {
  archiveService,
  collectionServices,
  discogsImagesService,
  listenbrainzService,
  listeningServices,
  musicbrainzService,
  type CollectionServiceDefinition,
  type ListeningServiceDefinition,
} from "./all-services.ts";
import type { ServiceSetting } from "./services/remote-service.ts";

/** Services with an account, whose listings a cache holds. */
export const accountServices = [...collectionServices, listenbrainzService, ...listeningServices] as const;

/** All services, in the order of lists of settings. */
export const allServices = [
  ...collectionServices,
  listenbrainzService,
  ...listeningServices,
  musicbrainzService,
  archiveService,
  discogsImagesService,
] as const;

type AccountNames = Readonly<Record<string, string | undefined>>;

/** The service whose records a cache holds. */
export function getCollectionService(accounts: AccountNames): CollectionServiceDefinition {
  return collectionServices.find(({ id }) => accounts[id] !== undefined) ?? collectionServices[0];
}

/** The service whose plays a cache holds. */
export function getListeningService(accounts: AccountNames): ListeningServiceDefinition {
  return listeningServices.find(({ id }) => accounts[id] !== undefined) ?? listeningServices[0];
}

/** The setting is for a server that speaks the API of ListenBrainz and is none of the services. */
export const targetTokenSetting = {
  name: "target_token",
  environment: "REWIND_TARGET_TOKEN",
  help: "token of your own server, for rewind send plays --to https://SERVER",
} as const satisfies ServiceSetting;

/** The settings that must never be shown. */
export const secretSettings: readonly ServiceSetting[] = [
  ...allServices.flatMap(({ settings: { secret, sharedSecret, session } }) =>
    [secret, sharedSecret, session].filter((setting) => setting !== null),
  ),
  targetTokenSetting,
];

export function readSecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  return secretSettings.map(({ environment }) => env[environment]?.trim() ?? "");
}
