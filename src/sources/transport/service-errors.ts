// The errors of the services.
import { AccountError, ServiceError } from "../../model/errors.ts";
import type { Service } from "../../model/model.ts";
import type { ServiceFacts, Page } from "../services/remote-service.ts";
import type { NetworkFault } from "./retry.ts";

const resumeHint = "rewind sync continues where it stopped.";

/** No network, no such host, refused, or no accepted certificate. */
export class Unreachable extends ServiceError {
  readonly obstacle: NetworkFault;

  constructor(service: Service, reason: string, obstacle: NetworkFault, options: ErrorOptions) {
    super(
      // A server of the user's own is named after its host, with which the reason may begin.
      `${service.name} can't be reached: ${reason.replace(`${service.name}: `, "")}`,
      `Check your network connection; ${resumeHint}`,
      options,
    );
    this.obstacle = obstacle;
  }
}

/** The service throttles this address for longer than is worth waiting. */
export class Throttled extends ServiceError {
  constructor(service: Service, retryAfterMs: number) {
    const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
    const when = minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
    super(
      `${service.name} is throttling this address: too many requests came from it, perhaps from others`,
      `Try again in ${when}: ${resumeHint}`,
    );
  }
}

/** The service failed, or sent invalid answers, again and again. A smaller page may still work. */
export class BadAnswer extends ServiceError {
  constructor(message: string, hint = `Try again later: ${resumeHint}`, options?: ErrorOptions) {
    super(message, hint, options);
  }
}

/** A page that is short at every try, for a caller who can tell in another way that nothing is lost. */
export class ShortPage extends BadAnswer {
  readonly page: Page<unknown>;

  constructor(service: Service, what: string, page: Page<unknown>, dueRows: number) {
    const many = `lists ${page.rows.length} rows where ${dueRows} are due by its own count`;
    super(`${service.name}: ${what} ${many}, every time`, "Try again later; what was fetched is kept.");
    this.page = page;
  }
}

/** The service refused a request that this program should not have made. */
export class UnexpectedRefusal extends ServiceError {
  constructor(message: string) {
    super(message, "This looks like a bug in rewind, or a wrong address in the settings.");
  }
}

/** A host of covers takes no more requests from this address for now. */
export class TurnedAway extends ServiceError {
  constructor(service: Service, status: number) {
    super(
      `${service.name} refuses requests from rewind (${status})`,
      "Try again tomorrow: rewind sync --covers",
    );
  }
}

export class RejectedCredential extends AccountError {
  /** The service's own words, for doctor alone; null: it sent none. */
  serviceMessage: string | null;

  constructor(message: string, hint: string, serviceMessage: string | null = null) {
    super(message, hint);
    this.serviceMessage = serviceMessage;
  }
}

export class UnknownUser extends AccountError {
  constructor({ name, settings }: ServiceFacts, username: string) {
    super(
      `${name} has no user "${username}"`,
      `Check the spelling of ${settings.username?.environment ?? "the name"}, then run: rewind sync`,
    );
  }
}

export class PrivateListing extends AccountError {}

/** The owner hides the listening history, but not the album chart. */
export class HiddenHistory extends AccountError {}
