import type { Service } from "../model.ts";
import type { Bounds } from "../decode.ts";
import { checkBaseUrl, isLoopback } from "../base-url.ts";
import { Budget, type BudgetFigures } from "./transport/budget.ts";
import { createCaller } from "./transport/calls.ts";
import { createDiscogs, discogsBudget } from "./discogs/client.ts";
import { openTransport } from "./transport/http.ts";
import { createLastfm } from "./lastfm/client.ts";
import { createMusicBrainz } from "./musicbrainz/client.ts";
import { Pacer } from "./transport/pacing.ts";
import { musicbrainzFigures, Rate, type RateFigures } from "./transport/rate.ts";
import type { RequestReport, Services } from "./services.ts";
import type { TransportClock } from "./transport/steady-clock.ts";
import { userAgentOf } from "./transport/user-agent.ts";

export interface ConnectOptions {
  readonly settings: {
    readonly discogsToken: string;
    readonly lastfmApiKey: string;
    /** Other addresses than the services' own. */
    readonly discogsUrl?: string | undefined;
    readonly lastfmUrl?: string | undefined;
    readonly musicbrainzUrl?: string | undefined;
    /** The user's own address, for the services to write to. */
    readonly contact?: string | undefined;
  };
  readonly version: string;
  /** For the proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: TransportClock;
  readonly random: () => number;
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
  /** A wait long enough to be told about. */
  readonly onWait?: ((service: Service, ms: number, reason: string) => void) | undefined;
  readonly timeoutMs?: number;
  /** Milliseconds since 1970, whatever the clock counts from. */
  readonly wallMs?: () => number;
  /** Other limits than the services' own. */
  readonly discogsFigures?: BudgetFigures;
  readonly lastfmFigures?: RateFigures;
  readonly musicbrainzFigures?: RateFigures;
}

/** All services, each with its own pace. Opens no connection before the first call. */
export function connectServices(options: ConnectOptions): Services {
  const { settings, version, env, clock, random, onRequest, onWait, timeoutMs } = options;
  const { wallMs = Date.now } = options;
  const discogsUrl = checkBaseUrl("DISCOGS_API_URL", settings.discogsUrl ?? "https://api.discogs.com/");
  const lastfmUrl = checkBaseUrl(
    "LASTFM_API_URL",
    settings.lastfmUrl ?? "https://ws.audioscrobbler.com/2.0/",
  );
  const musicbrainzUrl = checkBaseUrl(
    "MUSICBRAINZ_API_URL",
    settings.musicbrainzUrl ?? "https://musicbrainz.org/ws/2/",
  );
  const { discogsToken, lastfmApiKey } = settings;
  const secrets = [discogsToken, lastfmApiKey];
  const transport = openTransport({
    userAgent: userAgentOf(version, settings.contact ?? null, secrets),
    env,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(clock.limit === undefined ? {} : { timer: clock.limit }),
  });
  const boundsOf = (baseUrl: URL) => (): Bounds => ({ nowMs: wallMs(), isLoopback: isLoopback(baseUrl) });
  const shared = { transport, clock, random, secrets, onRequest };

  const discogsCaller = createCaller({
    ...shared,
    service: "discogs",
    budgetOf: discogsBudget,
    pacer: new Pacer({
      service: "discogs",
      allowance: new Budget(options.discogsFigures),
      clock,
      random,
      throttledWaitMs: 60_000,
      onWait,
    }),
  });
  const lastfmCaller = createCaller({
    ...shared,
    service: "lastfm",
    pacer: new Pacer({
      service: "lastfm",
      allowance: new Rate(options.lastfmFigures),
      clock,
      random,
      throttledWaitMs: 30_000,
      onWait,
    }),
  });
  const musicbrainzCaller = createCaller({
    ...shared,
    service: "musicbrainz",
    pacer: new Pacer({
      service: "musicbrainz",
      allowance: new Rate(options.musicbrainzFigures ?? musicbrainzFigures),
      clock,
      random,
      maxInFlight: 1,
      throttledWaitMs: 2_000,
      onWait,
    }),
  });
  return {
    discogs: createDiscogs({
      caller: discogsCaller,
      baseUrl: discogsUrl,
      token: discogsToken,
      bounds: boundsOf(discogsUrl),
    }),
    lastfm: createLastfm({
      caller: lastfmCaller,
      baseUrl: lastfmUrl,
      apiKey: lastfmApiKey,
      bounds: boundsOf(lastfmUrl),
    }),
    musicbrainz: createMusicBrainz({
      caller: musicbrainzCaller,
      baseUrl: musicbrainzUrl,
      bounds: boundsOf(musicbrainzUrl),
    }),
    close: () => transport.close(),
  };
}
