import type { Bounds } from "../model/decode.ts";
import type { Service } from "../model/model.ts";
import { checkBaseUrl, isLoopback } from "../model/base-url.ts";
import type { RequestReport, ServiceFacts, Signing } from "./services/remote-service.ts";
import type { Covers, PictureHost, Services } from "./services/service-clients.ts";
import {
  archiveService,
  type CollectionRow,
  discogsImagesService,
  type ListeningRow,
  listenbrainzService,
  musicbrainzService,
} from "./all-services.ts";
import { type ClientKind, type ClientOptions, createCaller } from "./transport/calls.ts";
import { openTransport } from "./transport/http.ts";
import { type Allowance, Pacer, type TransportClock } from "./transport/pacing.ts";
import { UsageError } from "../model/errors.ts";
import { holdsSecret } from "../model/redact.ts";

interface Access<Row> {
  readonly service: Row;
  readonly secret: string;
  readonly signing?: Signing | null | undefined;
  /** Replaces the service's own address. */
  readonly url?: string | null | undefined;
}

export interface ConnectOptions {
  readonly settings: {
    readonly collection: Access<CollectionRow>;
    readonly listening: Access<ListeningRow>;
    /** Left out: no listens are read. */
    readonly listens?: Pick<Access<unknown>, "secret" | "url"> | null | undefined;
    readonly musicbrainzUrl?: string | null | undefined;
    readonly archiveUrl?: string | null | undefined;
    readonly discogsImagesUrl?: string | null | undefined;
    /** The user's mail or web address, which is sent to the services. */
    readonly contact?: string | null | undefined;
  };
  readonly version: string;
  /** For proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: TransportClock;
  readonly random: () => number;
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
  /** Called before a long wait. */
  readonly onWait?: ((service: Service, ms: number, reason: string) => void) | undefined;
  readonly timeoutMs?: number;
  /** The time in milliseconds since 1970; `clock` may count from any start. */
  readonly wallMs?: () => number;
  /** Replaces the services' own allowances, by service id. */
  readonly allowances?: Readonly<Record<string, Allowance>>;
}

/** Makes all clients, each with its own pace. Opens no connection before the first call. */
export async function connectServices(options: ConnectOptions): Promise<Services> {
  const { settings, version, env, clock, random, onRequest, onWait, timeoutMs } = options;
  const { wallMs = Date.now, allowances = {} } = options;
  const {
    collection,
    listening,
    listens = null,
    musicbrainzUrl,
    archiveUrl,
    discogsImagesUrl,
    contact,
  } = settings;
  const secrets = [
    collection.secret,
    listening.secret,
    ...(listens === null ? [] : [listens.secret]),
    ...(listening.signing ? [listening.signing.sharedSecret, listening.signing.session] : []),
  ];
  const addresses = {
    collection: baseUrlOf(collection.service, collection.url),
    listening: baseUrlOf(listening.service, listening.url),
    listens: baseUrlOf(listenbrainzService, listens?.url),
    musicbrainz: baseUrlOf(musicbrainzService, musicbrainzUrl),
    archive: baseUrlOf(archiveService, archiveUrl),
    discogsImages: baseUrlOf(discogsImagesService, discogsImagesUrl),
  };
  const transport = openTransport({
    userAgent: userAgentOf(version, contact ?? null, secrets),
    env,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(clock.limit === undefined ? {} : { timer: clock.limit }),
  });

  const open = <Client>(
    service: ServiceFacts,
    kind: ClientKind<Client>,
    { baseUrl, secret, signing = null }: Pick<ClientOptions, "baseUrl" | "secret"> & Partial<ClientOptions>,
  ): Client => {
    const allowance = allowances[service.id] ?? kind.allowance();
    const pacer = new Pacer({ service, allowance, clock, random, onWait, ...kind.pace });
    const { budgetOf } = kind;
    const caller = createCaller({
      service,
      transport,
      pacer,
      random,
      secrets,
      onRequest,
      ...(budgetOf === undefined ? {} : { budgetOf }),
    });
    const bounds = (): Bounds => ({ nowMs: wallMs(), isLoopback: isLoopback(baseUrl) });
    return kind.open({ caller, baseUrl, secret, signing, bounds });
  };

  const [collectionKind, listeningKind, listensKind, musicbrainzKind, archiveKind, discogsImagesKind] =
    await Promise.all([
      collection.service.load(),
      listening.service.load(),
      listenbrainzService.load(),
      musicbrainzService.load(),
      archiveService.load(),
      discogsImagesService.load(),
    ]);
  return {
    collection: open(collection.service, collectionKind, {
      baseUrl: addresses.collection,
      secret: collection.secret,
    }),
    listening: open(listening.service, listeningKind, {
      baseUrl: addresses.listening,
      secret: listening.secret,
      signing: listening.signing ?? null,
    }),
    listens:
      listens === null
        ? null
        : open(listenbrainzService, listensKind, { baseUrl: addresses.listens, secret: listens.secret }),
    musicbrainz: open(musicbrainzService, musicbrainzKind, { baseUrl: addresses.musicbrainz, secret: "" }),
    covers: bothHosts(
      open(archiveService, archiveKind, { baseUrl: addresses.archive, secret: "" }),
      open(discogsImagesService, discogsImagesKind, { baseUrl: addresses.discogsImages, secret: "" }),
    ),
    close: () => transport.close(),
  };
}

function bothHosts(archive: PictureHost, discogs: PictureHost): Covers {
  return {
    id: "covers",
    name: "Covers",
    archive,
    discogs,
    usage: {
      get requests() {
        return archive.usage.requests + discogs.usage.requests;
      },
      // It is not known which host will be asked.
      soonestMs: () => 0,
    },
  };
}

function baseUrlOf({ settings, baseUrl }: ServiceFacts, url: string | null | undefined): URL {
  return checkBaseUrl(settings.url.environment, url ?? baseUrl);
}

/** The user agent, with the user's address if one is set, so that the services can write. */
export function userAgentOf(version: string, contact: string | null, secrets: readonly string[]): string {
  const own = `rewind-shelf/${version}`;
  if (contact === null) return own;
  // The value is not shown, because it may be a secret in the wrong place.
  if (holdsSecret(contact, secrets)) {
    throw new UsageError(
      "REWIND_CONTACT looks like a token or a key, and would be sent to the services",
      "Set it to a mail or web address, or leave it out.",
    );
  }
  if (!/^[\x20-\x7e]{1,200}$/.test(contact)) {
    throw new UsageError(
      "REWIND_CONTACT can't be sent",
      "Use a mail or web address of at most 200 ASCII characters.",
    );
  }
  return `${own} (${contact.replace(/[()\\]/g, "\\$&")})`;
}
