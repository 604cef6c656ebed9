// Whether to try a failed call again, and when. Pure: no clock, no I/O.

export type Fault =
  /** No network, no such host, refused, bad certificate. */
  | { readonly kind: "offline" }
  /** No answer in time. */
  | { readonly kind: "timeout" }
  /** The connection ended before the answer did. */
  | { readonly kind: "cut" }
  /** The service failed: a 5xx status, or a temporary error of its own. */
  | { readonly kind: "server"; readonly retryAfterMs?: number | null }
  /** Not the expected JSON: HTML, nothing, half of it, another shape, another user. */
  | { readonly kind: "malformed" }
  /** Refused with a web page, not by the service itself. */
  | { readonly kind: "blocked" }
  /** Too many requests: the pacer decides. */
  | { readonly kind: "throttled"; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown-user" }
  | { readonly kind: "permanent" };

export type OwnFault = Exclude<Fault, { readonly kind: "throttled" }>;

export type RetryDecision = { readonly retryAfterMs: number } | "give up";

export const usualAttempts = 5;

/** Stop instead of waiting longer than this. */
export const patienceMs = 600_000;

/** The most that a service may make a run wait in all. */
export const patienceInAllMs = 900_000;

/** A service that asks for more than a week means no real time. */
export const longestAskedMs = 7 * 86_400_000;

const firstBackOffMs = 500;
const longestBackOffMs = 15_000;
const quickRetryMs = 400;
const throttledWaits = 3;

/** Decides after the `attempt`-th failure in a row (from 1). `random` is in [0, 1). */
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
      // Services sometimes deny users that exist.
      return attempt < 2 ? backOff(attempt, random) : "give up";
    case "timeout":
      // Each try costs the whole time limit, so there is one less.
      return attempt < Math.min(attempts, usualAttempts - 1) ? backOff(attempt, random) : "give up";
    case "server": {
      if (attempt >= attempts) return "give up";
      const requestedMs = fault.retryAfterMs ?? 0;
      if (requestedMs > patienceMs) return "give up";
      return { retryAfterMs: Math.max(requestedMs, backOff(attempt, random).retryAfterMs) };
    }
    default:
      return attempt < attempts ? backOff(attempt, random) : "give up";
  }
}

/** 0.5, 1.5, 4.5, 13.5 s, each shortened by up to a half at random, so that parallel calls do not return together. */
function backOff(attempt: number, random: number): { retryAfterMs: number } {
  const whole = Math.min(longestBackOffMs, firstBackOffMs * 3 ** (attempt - 1));
  return { retryAfterMs: whole * (0.5 + random / 2) };
}

/**
 * Decides after the `time`-th "too many requests" in a row, of any call. The wait is what the service asked for, or
 * `firstWaitMs`, then its double. It is never shorter, because a request inside it prolongs it.
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
