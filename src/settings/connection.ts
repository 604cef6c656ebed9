// The settings for the connection to the services. They are never printed.
import { AccountError } from "../model/errors.ts";
import { playTargets, type PlayTarget, type Side } from "../model/model.ts";
import type { ServiceFacts, ServiceSetting, Signing } from "../sources/services/remote-service.ts";
import {
  collectionServices,
  listeningServices,
  listenbrainzService,
  type CollectionRow,
  type ListeningRow,
} from "../sources/all-services.ts";
import { allServices, secretSettings } from "../sources/service-lookup.ts";
import { coverChoices, isSettingName, type CoverChoice, type SettingName } from "./all-settings.ts";

type ReadSetting = (name: SettingName) => string | null;

/** A service, and the account to use. */
interface Access<Row> {
  readonly service: Row;
  readonly secret: string;
  /** For signed calls; null: none are made. */
  readonly signing: Signing | null;
  /** null: the owner of the token. */
  readonly username: string | null;
}

export interface ConnectionSettings {
  readonly collection: Access<CollectionRow>;
  readonly listening: Access<ListeningRow>;
  /** null: neither a name nor a token of ListenBrainz is set. */
  readonly listens: Access<ServiceFacts> | null;
  /** Addresses by the ids of the services; null is the service's own address. */
  readonly urls: Readonly<Record<string, string | null>>;
  /** The user's mail or web address, which is sent to the services; null: none. */
  readonly contact: string | null;
  readonly choices: SyncSettings;
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
  /** Where logged plays may be sent. */
  readonly scrobbleTo: readonly PlayTarget[];
  /** The custom field with days of plays, by name or id; null: none. */
  readonly playedField: string | null;
  readonly priceField: string | null;
  readonly collectionValue: boolean;
}

/** The choices for a sample, which asks no other service. */
export const noExtras: SyncSettings = {
  covers: "none",
  musicbrainz: false,
  scrobbles: false,
  scrobblesHeard: false,
  scrobbleTo: [],
  playedField: null,
  priceField: null,
  collectionValue: false,
};

/**
 * The settings for a sync. Throws AccountError with each missing setting and where to get it. `hasPlays`: the cache has
 * plays of other sources, so that no listening service is needed.
 */
export function connectionSettings(read: ReadSetting, path: string, hasPlays: boolean): ConnectionSettings {
  const collection = serviceInUse<CollectionRow>(read, collectionServices);
  const listening = serviceInUse<ListeningRow>(read, listeningServices);
  const missing = missingSettings(read, hasPlays);
  if (missing.length > 0) {
    const names = missing.map(({ environment }) => environment).join(", ");
    const pages = missing.flatMap(({ source = "" }) => /https:\/\/\S+/.exec(source)?.[0] ?? []);
    const needsListening = missing.some(({ name }) => name === listening.settings.username?.name);
    const ways = [
      pages.length === 0 ? "" : `Get them at ${pages.join(" and ")}`,
      needsListening ? `without ${listening.name}: LISTENBRAINZ_USERNAME, or rewind import FILE` : "",
    ].filter((way) => way !== "");
    throw new AccountError(
      `not set: ${names}`,
      `Run: rewind login        Or set them in the environment or in ${path}\n${ways.join("; ")}`,
    );
  }
  return {
    collection: accessTo(read, collection),
    listening: accessTo(read, listening),
    ...sharedSettings(read),
  };
}

/** The missing settings that a sync needs: a collection, and one source of plays. */
export function missingSettings(read: ReadSetting, hasPlays = false): ServiceSetting[] {
  const services: ServiceFacts[] = [serviceInUse<CollectionRow>(read, collectionServices)];
  const hasSource = hasPlays || sharedSettings(read).listens !== null;
  if (!isListeningMissing(read) || !hasSource)
    services.push(serviceInUse<ListeningRow>(read, listeningServices));
  return services
    .flatMap(({ settings: { secret, username } }) => [secret, username])
    .flatMap((setting) =>
      setting?.source === undefined || valueOf(read, setting) !== null ? [] : [setting],
    );
}

/** No setting of a listening service is set. */
export function isListeningMissing(read: ReadSetting): boolean {
  const { secret, username } = serviceInUse<ListeningRow>(read, listeningServices).settings;
  return [secret, username].every((setting) => valueOf(read, setting) === null);
}

/** Secrets from elsewhere, for one side or both. */
export type Secrets = Readonly<Partial<Record<Side | "listens", string | undefined>>> & {
  readonly signing?: Signing | undefined;
};

/** The same services and addresses, but with these secrets only. */
export function settingsWith(
  read: ReadSetting,
  { collection = "", listening = "", listens, signing }: Secrets,
): ConnectionSettings {
  return {
    ...sharedSettings(read),
    collection: { ...accessTo(read, collectionServices[0]), secret: collection, signing: null },
    listening: { ...accessTo(read, listeningServices[0]), secret: listening, signing: signing ?? null },
    listens: listens === undefined ? null : { ...accessTo(read, listenbrainzService), secret: listens },
  };
}

/** The services that noted plays may be sent to. */
export function scrobbleTargets(read: ReadSetting): readonly PlayTarget[] {
  return playTargets.filter((target) => ["both", target].includes(read("scrobble_to") ?? "both"));
}

/** Returns true if the settings let rewind send plays to a service. */
export function maySendTo(read: ReadSetting, target: PlayTarget): boolean {
  if (target === "listenbrainz") return read("listenbrainz_token") !== null;
  return read("lastfm_shared_secret") !== null && read("lastfm_session_key") !== null;
}

function sharedSettings(read: ReadSetting): Omit<ConnectionSettings, Side> {
  const musicbrainz = read("musicbrainz");
  const listens = accessTo<ServiceFacts>(read, listenbrainzService);
  return {
    listens: listens.secret === "" && listens.username === null ? null : listens,
    urls: Object.fromEntries(allServices.map(({ id, settings }) => [id, valueOf(read, settings.url)])),
    contact: read("contact"),
    choices: {
      covers: coverChoices.find((choice) => choice === read("covers")) ?? "none",
      musicbrainz: musicbrainz === null ? null : musicbrainz === "on",
      scrobbles: read("scrobble") !== "never",
      scrobblesHeard: read("scrobble") === "always",
      scrobbleTo: scrobbleTargets(read),
      playedField: read("played_field"),
      priceField: read("price_field"),
      collectionValue: read("collection_value") !== "off",
    },
  };
}

/** All secrets in the settings. */
export function secretsOf(read: ReadSetting): string[] {
  return secretSettings.flatMap((setting) => valueOf(read, setting) ?? []);
}

/** The first service with any setting, or else the first one. */
function serviceInUse<Row extends ServiceFacts>(
  read: ReadSetting,
  rows: readonly [first: Row, ...others: Row[]],
): Row {
  const isSet = ({ settings: { secret, username } }: Row): boolean =>
    [secret, username].some((setting) => valueOf(read, setting) !== null);
  return rows.find(isSet) ?? rows[0];
}

function accessTo<Row extends ServiceFacts>(read: ReadSetting, service: Row): Access<Row> {
  const { secret, username, sharedSecret, session } = service.settings;
  const signer = valueOf(read, sharedSecret);
  return {
    service,
    signing: signer === null ? null : { sharedSecret: signer, session: valueOf(read, session) ?? "" },
    secret: valueOf(read, secret) ?? "",
    username: valueOf(read, username),
  };
}

function valueOf(read: ReadSetting, setting: ServiceSetting | null): string | null {
  return setting !== null && isSettingName(setting.name) ? read(setting.name) : null;
}
