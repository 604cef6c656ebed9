// The settings for the connection to the services. They are never printed.
import { createHash } from "node:crypto";
import { AccountError } from "../model/errors.ts";
import type { Service, Side } from "../model/model.ts";
import { playTargets, targetFacts, type PlayTarget } from "../model/play-targets.ts";
import type { ServiceFacts, ServiceSetting, Signing } from "../sources/services/remote-service.ts";
import {
  collectionServices,
  listeningServices,
  listenbrainzService,
  type CollectionServiceDefinition,
  type ListeningServiceDefinition,
} from "../sources/all-services.ts";
import { allServices, secretSettings } from "../sources/service-lookup.ts";
import { coverChoices, isSettingName, type CoverChoice, type SettingName } from "./all-settings.ts";

export interface Usernames {
  /** null: the token's owner. */
  readonly collection: string | null;
  /** null: not connected. */
  readonly listening: string | null;
  /** null: the token's owner, or nobody's listens are read. */
  readonly listens?: string | null;
}

type ReadSetting = (name: SettingName) => string | null;

/** A service, and the account to use. */
interface AccountCredentials<Row> {
  readonly service: Row;
  readonly secret: string;
  /** Signs calls; null: none are signed. */
  readonly signing: Signing | null;
  /** null: the owner of the token. */
  readonly username: string | null;
}

export interface ConnectionSettings {
  readonly collection: AccountCredentials<CollectionServiceDefinition>;
  /** null: not connected, or stopped. */
  readonly listening: AccountCredentials<ListeningServiceDefinition> | null;
  /** null: neither a name nor a token of ListenBrainz is set. */
  readonly listens: AccountCredentials<ServiceFacts> | null;
  /** Addresses by the ids of the services; null is the service's own address. */
  readonly urls: Readonly<Record<string, string | null>>;
  /** The user's mail or web address, which is sent to the services; null: none. */
  readonly contact: string | null;
  readonly choices: SyncSettings;
}

/** Settings with a listening service, although its account may be empty. */
export interface ListeningSettings extends ConnectionSettings {
  readonly listening: AccountCredentials<ListeningServiceDefinition>;
}

/** The user's choices for every sync. */
export interface SyncSettings {
  /** The hosts that each sync asks for covers. */
  readonly covers: CoverChoice;
  /** True if MusicBrainz may learn which releases are on the shelf; null: the user did not say. */
  readonly musicbrainz: boolean | null;
  /** True if logged plays may be sent. */
  readonly scrobbles: boolean;
  /** true: rewind sends what a recogniser heard without asking. */
  readonly scrobblesHeard: boolean;
  /** The services that logged plays may be sent to. */
  readonly scrobbleTo: readonly PlayTarget[];
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  readonly priceField: string | null;
  readonly collectionValue: boolean;
}

/** The choices for a sample, which asks no other service. */
export const sampleChoices: SyncSettings = {
  covers: "none",
  musicbrainz: false,
  scrobbles: false,
  scrobblesHeard: false,
  scrobbleTo: [],
  playedField: null,
  priceField: null,
  collectionValue: false,
};

/** The settings for a sync. Throws AccountError if those of the collection are missing, and says where to get them. */
export function readConnectionSettings(read: ReadSetting, path: string): ConnectionSettings {
  const collection = getServiceInUse<CollectionServiceDefinition>(read, collectionServices);
  const missing = listMissingCollectionSettings(read);
  if (missing.length > 0) {
    const pages = missing.flatMap(({ source = "" }) => /https:\/\/\S+/.exec(source)?.[0] ?? []);
    const it = missing.length === 1 ? "it" : "them";
    throw new AccountError(
      describeMissingSettings(missing),
      `Run: rewind login        Or set ${it} in the environment or in ${path}\nGet ${it} at ${pages.join(" and ")}`,
    );
  }
  const listening = getServiceInUse<ListeningServiceDefinition>(read, listeningServices);
  return {
    collection: readCredentials(read, collection),
    listening: isConnected(read, listening) ? readCredentials(read, listening) : null,
    ...readSharedSettings(read),
  };
}

/** The same settings without the listening services that the user stopped. `isStopped` takes the id of a service. */
export function excludeStoppedServices(
  settings: ConnectionSettings,
  isStopped: (service: string) => boolean,
): ConnectionSettings {
  const { listening, listens, choices } = settings;
  const scrobbleTo = choices.scrobbleTo.filter((target) => !isStopped(target));
  return {
    ...settings,
    listening: listening === null || isStopped(listening.service.id) ? null : listening,
    listens: listens === null || isStopped(listens.service.id) ? null : listens,
    choices: { ...choices, scrobbleTo },
  };
}

/** "rewind is not connected yet: DISCOGS_TOKEN is missing" */
export function describeMissingSettings(missing: readonly ServiceSetting[]): string {
  const names = missing.map(({ environment }) => environment).join(" and ");
  return `rewind is not connected yet: ${names} ${missing.length === 1 ? "is" : "are"} missing`;
}

/** The missing settings of the collection, without which no sync is possible. */
export function listMissingCollectionSettings(read: ReadSetting): ServiceSetting[] {
  return listMissingSettings(read, getServiceInUse<CollectionServiceDefinition>(read, collectionServices));
}

/** The commands of the first sync. */
export function describeFirstSync(read: ReadSetting): string {
  return listMissingCollectionSettings(read).length === 0 ? "rewind sync" : "rewind login, then rewind sync";
}

/** Says which setting a listening service lacks, if it has others; null: none is half set, or the user stopped it. */
export function describeHalfConnected(
  read: ReadSetting,
  isStopped: (service: string) => boolean,
): string | null {
  const service = getServiceInUse<ListeningServiceDefinition>(read, listeningServices);
  const missing = listMissingSettings(read, service);
  if (
    isStopped(service.id) ||
    missing.length === 0 ||
    missing.length === listRequiredSettings(service).length
  )
    return null;
  const names = missing.map(({ environment }) => environment).join(", ");
  return `${service.name} is not asked, because ${names} is not set. To set it: rewind login`;
}

/** Returns true if the settings name an account of the listening service. */
export function isServiceSet(read: ReadSetting, { id }: Service): boolean {
  if (id === listenbrainzService.id)
    return isListensConnected(readCredentials<ServiceFacts>(read, listenbrainzService));
  return listeningServices.some((service) => service.id === id && isConnected(read, service));
}

function isConnected(read: ReadSetting, service: ListeningServiceDefinition): boolean {
  return listMissingSettings(read, service).length === 0;
}

function listMissingSettings(read: ReadSetting, service: ServiceFacts): ServiceSetting[] {
  return listRequiredSettings(service).filter((setting) => readValue(read, setting) === null);
}

function listRequiredSettings({ settings: { secret, username } }: ServiceFacts): ServiceSetting[] {
  return [secret, username].filter(
    (setting) => setting !== null && setting.source !== undefined,
  ) as ServiceSetting[];
}

/**
 * The digest of each listening service's account and address, by id. It changes with the settings, and tells nothing
 * about them.
 */
export function computeFingerprints({
  listening,
  listens,
  urls,
}: ConnectionSettings): Record<string, string> {
  const entries = [listening, listens].flatMap((access) => {
    if (access === null) return [];
    const { service, secret, username } = access;
    const text = [secret, username ?? "", urls[service.id] ?? ""].join("\0");
    return [[service.id, createHash("sha256").update(text).digest("hex").slice(0, 8)] as const];
  });
  return Object.fromEntries(entries);
}

/** Secrets from elsewhere, for one side or both. */
export type Secrets = Readonly<Partial<Record<Side | "listens", string | undefined>>> & {
  readonly signing?: Signing | undefined;
};

/** The same services and addresses, but with these secrets only. */
export function replaceSecrets(
  read: ReadSetting,
  { collection = "", listening = "", listens, signing }: Secrets,
): ListeningSettings {
  return {
    ...readSharedSettings(read),
    collection: { ...readCredentials(read, collectionServices[0]), secret: collection, signing: null },
    listening: {
      ...readCredentials(read, listeningServices[0]),
      secret: listening,
      signing: signing ?? null,
    },
    listens:
      listens === undefined ? null : { ...readCredentials(read, listenbrainzService), secret: listens },
  };
}

/** A server that speaks the API of ListenBrainz. */
export interface ListenServer {
  readonly url: URL;
  readonly token: string;
}

/** The settings to send plays to ListenBrainz itself, or to another server. No other service gets a secret. */
export function readSendingSettings(read: ReadSetting, server: ListenServer | null): ConnectionSettings {
  const settings = replaceSecrets(read, { listens: server?.token ?? read("listenbrainz_token") ?? "" });
  if (server === null || settings.listens === null) return settings;
  const { id } = listenbrainzService;
  return {
    ...settings,
    listens: { ...settings.listens, service: { ...listenbrainzService, name: server.url.host } },
    urls: { ...settings.urls, [id]: server.url.href },
  };
}

/** The services that the user wants logged plays to be sent to. */
function readChosenTargets(read: ReadSetting): readonly PlayTarget[] {
  return playTargets.filter((target) => ["both", target].includes(read("scrobble_to") ?? "both"));
}

/** The chosen targets that the settings let rewind send plays to. */
export function listUsableTargets(read: ReadSetting): readonly PlayTarget[] {
  return readChosenTargets(read).filter((target) => canSendTo(read, target));
}

/** A name, or a token whose owner it is. */
function isListensConnected({ secret, username }: AccountCredentials<ServiceFacts>): boolean {
  return secret !== "" || username !== null;
}

/** Returns true if the settings let rewind send plays to a service. */
export function canSendTo(read: ReadSetting, target: PlayTarget): boolean {
  return targetFacts[target].needs.every((name) => read(name) !== null);
}

function readSharedSettings(read: ReadSetting): Omit<ConnectionSettings, Side> {
  const musicbrainz = read("musicbrainz");
  const listens = readCredentials<ServiceFacts>(read, listenbrainzService);
  return {
    listens: isListensConnected(listens) ? listens : null,
    urls: Object.fromEntries(allServices.map(({ id, settings }) => [id, readValue(read, settings.url)])),
    contact: read("contact"),
    choices: {
      covers: coverChoices.find((choice) => choice === read("covers")) ?? "none",
      musicbrainz: musicbrainz === null ? null : musicbrainz === "on",
      scrobbles: read("scrobble") !== "never",
      scrobblesHeard: read("scrobble") === "always",
      scrobbleTo: readChosenTargets(read),
      playedField: read("played_field"),
      priceField: read("price_field"),
      collectionValue: read("collection_value") !== "off",
    },
  };
}

/** All secrets in the settings. */
export function listSettingSecrets(read: ReadSetting): string[] {
  return secretSettings.flatMap((setting) => readValue(read, setting) ?? []);
}

/** The first service with any setting, or else the first one. */
function getServiceInUse<Row extends ServiceFacts>(
  read: ReadSetting,
  rows: readonly [first: Row, ...others: Row[]],
): Row {
  const isSet = ({ settings: { secret, username } }: Row): boolean =>
    [secret, username].some((setting) => readValue(read, setting) !== null);
  return rows.find(isSet) ?? rows[0];
}

function readCredentials<Row extends ServiceFacts>(read: ReadSetting, service: Row): AccountCredentials<Row> {
  const { secret, username, sharedSecret, session } = service.settings;
  const signer = readValue(read, sharedSecret);
  return {
    service,
    signing: signer === null ? null : { sharedSecret: signer, session: readValue(read, session) ?? "" },
    secret: readValue(read, secret) ?? "",
    username: readValue(read, username),
  };
}

function readValue(read: ReadSetting, setting: ServiceSetting | null): string | null {
  return setting !== null && isSettingName(setting.name) ? read(setting.name) : null;
}
