// The hosts of covers. They need no account and no secret.
import type { ClientKind, ClientOptions } from "../transport/calls.ts";
import type { CallOptions } from "../services/remote-service.ts";
import type { Picture, PictureHost } from "../services/service-clients.ts";
import { finalFailure, statusFailure, unexpectedRefusal } from "../transport/http-answers.ts";
import { malformed } from "../transport/retry.ts";
import { TurnedAway, UnexpectedRefusal } from "../transport/service-errors.ts";
import type { HttpAnswer } from "../transport/http.ts";
import { Rate } from "../transport/allowances.ts";
import type { Service } from "../../model/model.ts";
import { archiveFacts, discogsImagesFacts } from "../services/service-facts.ts";

/** The archive documents no limit. A picture takes three requests, because it redirects twice. */
export const archiveClient: ClientKind<PictureHost> = {
  pace: { maxInFlight: 3, throttledWaitMs: 60_000 },
  allowance: () => new Rate({ perSecond: 3, burst: 3 }),
  open: (options) => createHost(archiveFacts, options, (address) => [`${address}/front-250`, ""]),
};

/** Discogs turns an address away after about thirty requests a minute. */
export const discogsImagesClient: ClientKind<PictureHost> = {
  pace: { maxInFlight: 1, throttledWaitMs: 60_000 },
  allowance: () => new Rate({ perSecond: 1 / 3, burst: 1 }),
  open: (options) =>
    createHost(discogsImagesFacts, options, (address) => {
      const { pathname, search } = new URL(address);
      return [pathname.slice(1), search];
    }),
};

/** Covers of this size are far smaller. */
const mostBytes = 2 * 1024 * 1024;
const mostHops = 5;

function createHost(
  service: Service,
  { caller, baseUrl }: ClientOptions,
  placeOf: (address: string) => readonly [path: string, search: string],
): PictureHost {
  function get(url: URL, what: string, options: CallOptions | undefined): Promise<Picture | URL> {
    return caller.call(options, {
      url,
      headers: { accept: "image/jpeg, image/png" },
      label: `GET ${url.host === baseUrl.host ? url.pathname : `${url.host}${url.pathname}`}`,
      what,
      mostBytes,
      interpret: (answer) => understood(service, answer, url, baseUrl),
    });
  }

  return {
    id: service.id,
    name: service.name,
    usage: caller,
    picture: async (address, options) => {
      const what = `the picture ${address}`;
      const [path, search] = placeOf(address);
      // Not resolved like a link, because a path that begins with slashes would lead to another host.
      let place = new URL(baseUrl.href);
      place.pathname += path;
      place.search = search;
      for (let hop = 0; hop < mostHops; hop += 1) {
        const answer = await get(place, what, options);
        if (!(answer instanceof URL)) return answer;
        place = answer;
      }
      throw new UnexpectedRefusal(`${service.name}: ${what} redirects too often`);
    },
  };
}

function understood(service: Service, answer: HttpAnswer, url: URL, baseUrl: URL): Picture | URL {
  const { status, headers, bytes } = answer;
  if (status === 404 || status === 410) return "none";
  if (status === 403 || status === 429)
    throw finalFailure(new TurnedAway(service, status), `answered ${status}`);
  const failure = statusFailure(answer, []);
  if (failure !== null) throw failure;
  if ([301, 302, 303, 307, 308].includes(status)) {
    const next = followed(headers["location"], url, baseUrl);
    if (next !== null) return next;
    throw unexpectedRefusal(service, "redirects to a host that rewind does not trust");
  }
  if (status !== 200) throw unexpectedRefusal(service, `answered ${status}`);
  if (bytes === null) return "too long";
  // Sent by a proxy, or by a network that requires a login. It says nothing about the picture.
  if (bytes.length === 0 || /^\s*</.test(bytes.toString("latin1", 0, 100))) {
    throw malformed("a web page instead of a picture");
  }
  return bytes;
}

// Redirects of a host. A wrong one could lead into the user's own network.

/** The next address; null if it must not be followed. */
export function followed(location: string | undefined, from: URL, baseUrl: URL): URL | null {
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
