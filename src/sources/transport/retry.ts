// Whether a call that failed is worth another try, and when. Pure: no clock, no I/O.

/** What went wrong with one request. */
export type Fault =
  /** No network, no such host, refused, bad certificate. */
  | { readonly kind: "offline" }
  /** No answer in time. */
  | { readonly kind: "timeout" }
  /** The connection ended before the answer did. */
  | { readonly kind: "cut" }
  /** The service says that it failed: 5xx, or an error of its own that passes. */
  | { readonly kind: "server"; readonly retryAfterMs?: number | null }
  /** Not the JSON it should be: HTML, nothing, half of it, another shape, another user. */
  | { readonly kind: "malformed" }
  /** Turned away by a page for people, not by the service itself. */
  | { readonly kind: "blocked" }
  /** Too many requests: what becomes of that is the pacer's to say. */
  | { readonly kind: "throttled"; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown-user" }
  | { readonly kind: "permanent" };

/** What a call decides on by itself. */
export type OwnFault = Exclude<Fault, { readonly kind: "throttled" }>;

export type RetryDecision = { readonly retryAfterMs: number } | "give up";

export const usualAttempts = 5;

/** A longer wait than this is not worth sitting through: better to say so and stop. */
export const patienceMs = 600_000;

/** All the waiting in a run that a service asks for. */
export const patienceInAllMs = 900_000;

/** What asks for more than a week means no time that could be told. */
export const longestAskedMs = 7 * 86_400_000;

const firstBackOffMs = 500;
const longestBackOffMs = 15_000;
const quickRetryMs = 400;
const throttledWaits = 3;

/**
 * What to do after the `attempt`-th failure in a row (1 for the first). `random` is in [0, 1);
 * `attempts` is how many tries a passing fault is worth.
 */
export function decideRetry(
  fault: OwnFault,
  attempt: number,
  random: number,
  attempts: number = usualAttempts,
): RetryDecision {
  switch (fault.kind) {
    case "permanent":
      return "give up";
    case "offline":
      return attempt < Math.min(2, attempts)
        ? { retryAfterMs: quickRetryMs * (0.5 + random / 2) }
        : "give up";
    case "unknown-user":
      // Some say so now and then of users that it knows.
      return attempt < 2 ? backOff(attempt, random) : "give up";
    case "timeout":
      // Each costs the whole time limit: one try fewer.
      return attempt < Math.min(attempts, usualAttempts - 1) ? backOff(attempt, random) : "give up";
    case "server": {
      if (attempt >= attempts) return "give up";
      const asked = fault.retryAfterMs ?? 0;
      if (asked > patienceMs) return "give up";
      return { retryAfterMs: Math.max(asked, backOff(attempt, random).retryAfterMs) };
    }
    default:
      return attempt < attempts ? backOff(attempt, random) : "give up";
  }
}

/** 0.5, 1.5, 4.5, 13.5 s, each cut by up to a half at random so that calls in flight don't come back as one. */
function backOff(attempt: number, random: number): { retryAfterMs: number } {
  const whole = Math.min(longestBackOffMs, firstBackOffMs * 3 ** (attempt - 1));
  return { retryAfterMs: whole * (0.5 + random / 2) };
}

/**
 * What to do after the `time`-th "too many requests" in a row, whichever calls met them. The wait is what was asked for,
 * or `firstWaitMs`, a whole window of the service, and then its double: never less, since a try inside it prolongs it.
 */
export function decideThrottled(
  askedMs: number | null,
  firstWaitMs: number,
  time: number,
  random: number,
): RetryDecision {
  if (askedMs !== null && askedMs > patienceMs) return "give up";
  if (time > throttledWaits) return "give up";
  const wait = askedMs === null ? firstWaitMs * 2 ** (time - 1) : Math.max(askedMs, 1000);
  return { retryAfterMs: wait * (1 + random * 0.02) };
}
