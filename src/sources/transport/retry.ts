// Why a call failed, whether to try it again, and when. Pure: no clock, no I/O.
import type { RewindError } from "../../model/errors.ts";

export type NetworkFault = "name" | "certificate" | "proxy" | "connection";

export type Fault =
  /** No network, no such host, refused, bad certificate. */
  | { readonly kind: "offline"; readonly obstacle: NetworkFault }
  /** No answer in time. */
  | { readonly kind: "timeout" }
  /** A lost connection, a failure of the service, or an answer that is not the expected one. */
  | { readonly kind: "temporary"; readonly retryAfterMs?: number | null }
  /** The service got too many requests: the pacer decides. */
  | { readonly kind: "throttled"; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown-user" }
  | { readonly kind: "permanent" };

/** `error` is shown to the user if every try fails so; null: a BadAnswer is shown. */
export class CallFailure extends Error {
  readonly fault: Fault;
  readonly error: RewindError | null;

  constructor(fault: Fault, reason: string, error: RewindError | null = null) {
    super(reason);
    this.name = "CallFailure";
    this.fault = fault;
    this.error = error;
  }
}

/** An answer that is not the expected one; another try may help. `error` is shown if none does. */
export function createMalformedFailure(reason: string, error: RewindError | null = null): CallFailure {
  return new CallFailure({ kind: "temporary" }, reason, error);
}

export type RetriedFault = Exclude<Fault, { readonly kind: "throttled" }>;

/** How often a call is tried, by what went wrong. A timeout costs the whole time limit, so there is one try less. */
const maxTries: Readonly<Record<RetriedFault["kind"], number>> = {
  permanent: 1,
  offline: 2,
  // Services sometimes deny users that exist.
  "unknown-user": 2,
  timeout: 4,
  temporary: 5,
};

/** A call that failed is not tried again if the service asks for a longer wait. */
const maxServerWaitMs = 120_000;

/** A throttled call stops instead of waiting longer than this. */
export const maxThrottledWaitMs = 600_000;

/** The most that a service may make a run wait in all. */
export const maxTotalWaitMs = 900_000;

const firstBackOffMs = 500;
const maxThrottledWaits = 3;

/**
 * The wait in milliseconds after the `attempt`-th failure in a row (from 1); null: give up. 0.5, 1.5, 4.5, 13.5 s, each
 * shortened by up to a half by `random`, in [0, 1), so that parallel calls do not return together.
 */
export function computeRetryWaitMs(
  fault: RetriedFault,
  attempt: number,
  random: number,
  attempts = Number.POSITIVE_INFINITY,
): number | null {
  const requestedMs = fault.kind === "temporary" ? (fault.retryAfterMs ?? 0) : 0;
  if (attempt >= Math.min(attempts, maxTries[fault.kind]) || requestedMs > maxServerWaitMs) return null;
  return Math.max(requestedMs, firstBackOffMs * 3 ** (attempt - 1) * (0.5 + random / 2));
}

/**
 * The wait after the `time`-th "too many requests" in a row, of any call; null: give up. It is what the service asked
 * for, or `firstWaitMs`, then its double. It is never shorter, because a request inside it prolongs it.
 */
export function computeThrottledWaitMs(
  askedMs: number | null,
  firstWaitMs: number,
  time: number,
  random: number,
): number | null {
  if ((askedMs !== null && askedMs > maxThrottledWaitMs) || time > maxThrottledWaits) return null;
  const waitMs = askedMs === null ? firstWaitMs * 2 ** (time - 1) : Math.max(askedMs, 1000);
  return waitMs * (1 + random * 0.02);
}
