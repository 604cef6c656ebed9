import type { Bounds } from "../model/decode.ts";
import type { Service } from "../model/model.ts";
import { parseBaseUrl, isLoopback } from "../model/base-url.ts";
import type { RequestReport, Signing } from "./services/remote-service.ts";
import type { Covers, ListeningServices, CoverHost, Services } from "./services/service-clients.ts";
import {
  archiveService,
  type CollectionServiceDefinition,
  discogsImagesService,
  type ListeningServiceDefinition,
  listenbrainzService,
  musicbrainzService,
  type ServiceDefinition,
} from "./all-services.ts";
import { createCaller } from "./transport/caller.ts";
import { openTransport } from "./transport/http.ts";
import { Pacer, type TransportClock } from "./transport/pacer.ts";
import { UsageError } from "../model/errors.ts";
import { containsSecret } from "../model/redact.ts";

interface Credentials {
  readonly secret?: string;
  readonly signing?: Signing | null | undefined;
}

type ServiceCredentials<Row> = Credentials & { readonly service: Row; readonly secret: string };

export interface ConnectOptions {
  readonly settings: {
    readonly collection: ServiceCredentials<CollectionServiceDefinition>;
    /** null: no listening service is asked. */
    readonly listening: ServiceCredentials<ListeningServiceDefinition> | null;
    /** Left out: no listens are read. */
    readonly listens?: { readonly secret: string; readonly service?: Service } | null | undefined;
    /** Addresses that replace the services' own, by the services' ids. */
    readonly urls: Readonly<Record<string, string | null>>;
    /** The user's mail or web address, which is sent to the services. */
    readonly contact?: string | null | undefined;
  };
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: TransportClock;
  readonly random: () => number;
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
  readonly onWait?: ((service: Service, ms: number, reason: string) => void) | undefined;
  /** The time in milliseconds since 1970; `clock` may count from any start. */
  readonly wallMs?: () => number;
}

interface ListeningOptions extends ConnectOptions {
  readonly settings: ConnectOptions["settings"] & {
    readonly listening: ServiceCredentials<ListeningServiceDefinition>;
  };
}

/** Makes all clients, each with its own pace. Opens no connection before the first call. */
export function connectServices(options: ListeningOptions): Promise<ListeningServices>;
export function connectServices(options: ConnectOptions): Promise<Services>;
export async function connectServices(options: ConnectOptions): Promise<Services> {
  const { settings, version, env, clock, random, onRequest, onWait } = options;
  const { wallMs = Date.now } = options;
  const { collection, listening, listens = null, contact = null } = settings;
  const secrets = [
    collection.secret,
    ...(listening === null ? [] : [listening.secret]),
    ...(listens === null ? [] : [listens.secret]),
    ...(listening?.signing ? [listening.signing.sharedSecret, listening.signing.session] : []),
  ];
  const userAgent = buildUserAgent(version, contact, secrets);
  const transport = openTransport({ userAgent, env, timer: clock.limit });

  const openClient = async <Client>(
    service: ServiceDefinition<Client>,
    { secret = "", signing = null }: Credentials = {},
  ): Promise<Client> => {
    const url = settings.urls[service.id] ?? service.baseUrl;
    const baseUrl = parseBaseUrl(service.settings.url.environment, url);
    const kind = await service.load();
    const { budgetOf, pace } = kind;
    const pacer = new Pacer({ service, rateLimit: kind.createRateLimit(), clock, random, onWait, ...pace });
    const caller = createCaller({ service, transport, pacer, random, secrets, onRequest, budgetOf });
    const getBounds = (): Bounds => ({ nowMs: wallMs(), isLoopback: isLoopback(baseUrl) });
    return kind.createClient({ caller, serviceName: service.name, baseUrl, secret, signing, getBounds });
  };

  const [collectionClient, listeningClient, listensClient, musicbrainz, archive, images] = await Promise.all([
    openClient(collection.service, collection),
    listening === null ? null : openClient(listening.service, listening),
    listens === null ? null : openClient({ ...listenbrainzService, ...listens.service }, listens),
    openClient(musicbrainzService),
    openClient(archiveService),
    openClient(discogsImagesService),
  ]);
  return {
    collection: collectionClient,
    listening: listeningClient,
    listens: listensClient,
    musicbrainz,
    covers: combineCoverHosts(archive, images),
    close: () => transport.close(),
  };
}

function combineCoverHosts(archive: CoverHost, discogs: CoverHost): Covers {
  return {
    id: "covers",
    name: "Covers",
    archive,
    discogs,
    usage: {
      get requests() {
        return archive.usage.requests + discogs.usage.requests;
      },
      // Nobody knows yet which host will be asked.
      soonestMs: () => 0,
    },
  };
}

/** The user agent, with the user's address if one is set, so that the services can write. */
export function buildUserAgent(version: string, contact: string | null, secrets: readonly string[]): string {
  const own = `rewind-shelf/${version}`;
  if (contact === null) return own;
  // The value is not shown, because it may be a secret in the wrong place.
  if (containsSecret(contact, secrets)) {
    throw new UsageError(
      "REWIND_CONTACT looks like a token or a key, and would be sent to the services",
      "Set it to a mail or web address, or leave it out.",
    );
  }
  return `${own} (${contact.replace(/[()\\]/g, "\\$&")})`;
}
