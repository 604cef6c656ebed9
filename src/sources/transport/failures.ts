// The errors of the two services, as the rest of the house may tell them apart.
import { AccountError, ServiceError } from "../../errors.ts";
import type { AccountService, Service } from "../../model.ts";
import type { Page } from "../services.ts";

export const serviceNames: Readonly<Record<Service, string>> = {
  discogs: "Discogs",
  lastfm: "Last.fm",
  musicbrainz: "MusicBrainz",
};

const goesOn = "rewind sync goes on from where it stopped.";

/** No network, no such host, refused, no accepted certificate. */
export class Unreachable extends ServiceError {
  readonly service: Service;

  constructor(service: Service, reason: string, options?: ErrorOptions) {
    super(
      `${serviceNames[service]} can't be reached: ${reason}`,
      `Check the network; then ${goesOn}`,
      options,
    );
    this.service = service;
  }
}

/** The service wants fewer requests from this address, for longer than is worth waiting. */
export class Throttled extends ServiceError {
  readonly service: Service;
  /** How long until it is worth trying again. */
  readonly retryAfterMs: number;

  constructor(service: Service, retryAfterMs: number) {
    const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
    const when = minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
    super(
      `${serviceNames[service]} throttles this address: too many requests come from it, perhaps from others who share it`,
      `Try again in ${when}: ${goesOn}`,
    );
    this.service = service;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The service failed or answered nonsense again and again. A smaller page may still work. */
export class BadAnswer extends ServiceError {
  readonly service: Service;

  constructor(
    service: Service,
    message: string,
    hint = `Try again later: ${goesOn}`,
    options?: ErrorOptions,
  ) {
    super(message, hint, options);
    this.service = service;
  }
}

/**
 * A page that never holds the rows its own listing says. It holds what was listed, for a caller
 * who can tell by other means that nothing is lost.
 */
export class ShortPage extends BadAnswer {
  readonly page: Page<unknown>;

  constructor(service: Service, what: string, page: Page<unknown>, due: number) {
    const many = `lists ${page.rows.length} rows where ${due} are due by its own count`;
    super(service, `${serviceNames[service]}: ${what} ${many}, again and again`);
    this.page = page;
  }
}

/** The service refused a request that this program should not have made. */
export class UnexpectedRefusal extends ServiceError {
  readonly service: Service;

  constructor(service: Service, message: string) {
    super(message, "This looks like a fault of rewind or of the address set for the service.");
    this.service = service;
  }
}

/** The token or the key is not accepted. */
export class RejectedCredential extends AccountError {
  readonly service: Service;

  constructor(service: Service, message: string, hint: string) {
    super(message, hint);
    this.service = service;
  }
}

export class UnknownUser extends AccountError {
  readonly service: AccountService;

  constructor(service: AccountService, username: string) {
    const setting = service === "discogs" ? "DISCOGS_USERNAME" : "LASTFM_USERNAME";
    super(
      `${serviceNames[service]} has no user "${username}"`,
      `Check the spelling of ${setting}, then run: rewind sync`,
    );
    this.service = service;
  }
}

/** A collection or a wantlist that only its owner may see. */
export class PrivateListing extends AccountError {
  readonly service = "discogs";
  readonly listing: "collection" | "wantlist";

  constructor(listing: "collection" | "wantlist", username: string) {
    super(
      `The Discogs ${listing} of "${username}" is private`,
      `Use a token of "${username}" (https://www.discogs.com/settings/developers),\nor make the ${listing} public at https://www.discogs.com/settings/privacy`,
    );
    this.listing = listing;
  }
}

/** The listening history is hidden by its owner; the album chart is not. */
export class HiddenHistory extends AccountError {
  readonly service = "lastfm";

  constructor(username: string) {
    super(
      `"${username}" hides the listening history on Last.fm`,
      'Turn off "Hide recent listening information" at https://www.last.fm/settings/privacy, then run: rewind sync',
    );
  }
}

/** A request that may only be made where the rate limit has room would have had to wait. Nothing was sent. */
export class NothingToSpare extends Error {
  constructor(service: Service) {
    super(`${serviceNames[service]} has no request to spare at this moment`);
    this.name = "NothingToSpare";
  }
}
