// The hosts of covers. They need no account and no secret.
import type { ClientFactory, ClientOptions } from "../transport/caller.ts";
import type { CallOptions } from "../services/remote-service.ts";
import type { CoverResponse, CoverHost } from "../services/service-clients.ts";
import {
  createPermanentFailure,
  findStatusFailure,
  createUnexpectedFailure,
} from "../transport/http-responses.ts";
import { createMalformedFailure } from "../transport/retry.ts";
import { TurnedAway, UnexpectedRefusal } from "../transport/service-errors.ts";
import type { HttpResponse } from "../transport/http.ts";
import { TokenBucket } from "../transport/rate-limits.ts";
import type { Service } from "../../model/model.ts";
import { archiveFacts, discogsImagesFacts } from "../services/service-facts.ts";

/** The archive documents no limit. A picture takes three requests, because it redirects twice. */
export const archiveClient: ClientFactory<CoverHost> = {
  pace: { maxInFlight: 3, throttledWaitMs: 60_000 },
  createRateLimit: () => new TokenBucket({ perSecond: 3, burst: 3 }),
  createClient: (options) =>
    createCoverHost(archiveFacts, options, (address) => [`${address}/front-250`, ""]),
};

/** Discogs turns an address away after about thirty requests a minute. */
export const discogsImagesClient: ClientFactory<CoverHost> = {
  pace: { maxInFlight: 1, throttledWaitMs: 60_000 },
  createRateLimit: () => new TokenBucket({ perSecond: 1 / 3, burst: 1 }),
  createClient: (options) =>
    createCoverHost(discogsImagesFacts, options, (address) => {
      const { pathname, search } = new URL(address);
      return [pathname.slice(1), search];
    }),
};

/** Covers of this size are far smaller. */
const maxCoverBytes = 2 * 1024 * 1024;
const maxRedirects = 5;

function createCoverHost(
  service: Service,
  { caller, baseUrl }: ClientOptions,
  getPlace: (address: string) => readonly [path: string, search: string],
): CoverHost {
  function fetchOrRedirect(
    url: URL,
    what: string,
    options: CallOptions | undefined,
  ): Promise<CoverResponse | URL> {
    return caller.call(options, {
      url,
      headers: { accept: "image/jpeg, image/png" },
      label: `GET ${url.host === baseUrl.host ? url.pathname : `${url.host}${url.pathname}`}`,
      what,
      maxBytes: maxCoverBytes,
      interpret: (answer) => interpretResponse(service, answer, url, baseUrl),
    });
  }

  return {
    id: service.id,
    name: service.name,
    usage: caller,
    fetchCover: async (address, options) => {
      const what = `the picture ${address}`;
      const [path, search] = getPlace(address);
      // Do not resolve it like a link: a path that begins with slashes would lead to another host.
      let place = new URL(baseUrl.href);
      place.pathname += path;
      place.search = search;
      for (let hop = 0; hop < maxRedirects; hop += 1) {
        const answer = await fetchOrRedirect(place, what, options);
        if (!(answer instanceof URL)) return answer;
        place = answer;
      }
      throw new UnexpectedRefusal(`${service.name}: ${what} redirects too often`);
    },
  };
}

function interpretResponse(
  service: Service,
  answer: HttpResponse,
  url: URL,
  baseUrl: URL,
): CoverResponse | URL {
  const { status, headers, bytes } = answer;
  if (status === 404 || status === 410) return "none";
  if (status === 403 || status === 429)
    throw createPermanentFailure(new TurnedAway(service, status), `answered ${status}`);
  const failure = findStatusFailure(answer, []);
  if (failure !== null) throw failure;
  if ([301, 302, 303, 307, 308].includes(status)) {
    const next = resolveRedirect(headers["location"], url, baseUrl);
    if (next !== null) return next;
    throw createUnexpectedFailure(service, "redirects to a host that rewind does not trust");
  }
  if (status !== 200) throw createUnexpectedFailure(service, `answered ${status}`);
  if (bytes === null) return "too long";
  // Sent by a proxy, or by a network that requires a login. It says nothing about the picture.
  if (bytes.length === 0 || /^\s*</.test(bytes.toString("latin1", 0, 100))) {
    throw createMalformedFailure("a web page instead of a picture");
  }
  return bytes;
}

// Redirects of a host. A wrong one could lead into the user's own network.

/** The next address; null if it must not be followed. */
export function resolveRedirect(location: string | undefined, from: URL, baseUrl: URL): URL | null {
  if (location === undefined || !URL.canParse(location, from.href)) return null;
  const to = new URL(location, from);
  if (to.username !== "" || to.password !== "") return null;
  if (to.host === baseUrl.host && to.protocol === baseUrl.protocol) return to;
  // The archive stores its pictures there, and still writes such addresses with http.
  const isArchive = /^(?:[a-z\d-]+\.)*archive\.org$/.test(to.hostname) && to.port === "";
  if (!isArchive || !/^https?:$/.test(to.protocol)) return null;
  to.protocol = "https:";
  return to;
}
