// Decides when the next request may go. Each service has one pacer, inside the transport, so no call can avoid it.
import type { Service } from "../../model/model.ts";
import { rateLimitReason } from "../services/remote-service.ts";
import { Throttled } from "./service-errors.ts";
import { maxTotalWaitMs, computeThrottledWaitMs } from "./retry.ts";

export interface TransportClock {
  /** Milliseconds from any start. It never goes back. */
  elapsedMs(): number;
  /** Rejects when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** The sleep for the time limit of an exchange, if it is not the system's timer. */
  readonly limit?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** The facts of an answer that matter for the pace. */
export interface RateLimitEvent {
  readonly hasResponse: boolean;
  /** The size by the service's own headers; null if it doesn't say. */
  readonly size: number | null;
  readonly remaining: number | null;
  /** Milliseconds until the service's window ends and a new one begins; null if it did not say. */
  readonly resetMs?: number | null;
  /** Set if the service refused the request as one too many. */
  readonly throttled: { readonly retryAfterMs: number | null } | null;
}

export interface RateLimit {
  /** 0: now; more: check again after this time; null: wait for a request in flight. */
  computeWaitMs(nowMs: number, inFlight: number): number | null;
  /** About the least time that this many more requests take. */
  soonestMs(nowMs: number, requests: number): number;
  onSent(nowMs: number): void;
  onAnswered(nowMs: number, news: RateLimitEvent): void;
  onThrottled(): void;
}

export interface PacerOptions {
  readonly service: Service;
  readonly rateLimit: RateLimit;
  readonly clock: TransportClock;
  readonly random: () => number;
  readonly maxInFlight?: number;
  /** The first wait after a refused request, if the service asks for none. */
  readonly throttledWaitMs: number;
  readonly onWait?: ((service: Service, ms: number, reason: string) => void) | undefined;
}

/** The number of closings before a request was sent. */
export type RequestSlot = number;

/** After this many good answers, the next throttling starts with the shortest wait. */
const strikeResetAnswers = 10;
const minReportedWaitMs = 2_000;

export class Pacer {
  readonly #options: PacerOptions;
  /** The requests in the order in which they go. */
  readonly #queue: { wake: () => void }[] = [];
  #inFlight = 0;
  /** open: the allowance decides. closed: until #opensMs. ajar: one request goes ahead. stopped: closed for good. */
  #gate: "open" | "closed" | "ajar" | "stopped" = "open";
  #opensMs = 0;
  /** Counts the closings. Answers to requests from before a closing are ignored. */
  #generation = 0;
  #strikes = 0;
  /** All the time that this service made us wait. It is never reduced. */
  #throttledMs = 0;
  #goodAnswers = 0;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  now(): number {
    return this.#options.clock.elapsedMs();
  }

  /** Resolves early when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#options.clock.sleep(ms, signal).catch(() => undefined);
  }

  /** Resolves when a request may be sent. Every ticket must be returned with `leave`. */
  async acquire(signal?: AbortSignal): Promise<RequestSlot> {
    const waiter = { wake: () => {} };
    this.#queue.push(waiter);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const isFirst = this.#queue[0] === waiter;
        const waitMs = this.#nextMs(isFirst);
        if (waitMs === 0 && isFirst) return this.#admit();
        await this.#pause(waiter, isFirst ? waitMs : null, signal);
      }
    } finally {
      this.#queue.splice(this.#queue.indexOf(waiter), 1);
      this.#lookAgain();
    }
  }

  /** Takes a ticket back. Returns how long this answer closes the gate. */
  release(ticket: RequestSlot, news: RateLimitEvent): number {
    this.#inFlight -= 1;
    const nowMs = this.now();
    const current = ticket === this.#generation;
    let closedMs = 0;
    if (news.throttled) {
      // Several requests that are refused together count as one event.
      if (current) closedMs = this.#close(nowMs, news.throttled.retryAfterMs);
    } else if (current) {
      this.#options.rateLimit.onAnswered(nowMs, news);
      if (news.hasResponse) this.#reopen();
    }
    this.#lookAgain();
    return closedMs;
  }

  soonestMs(requests: number): number {
    const nowMs = this.now();
    const closedMs = this.#gate === "closed" ? Math.max(0, this.#opensMs - nowMs) : 0;
    return closedMs + this.#options.rateLimit.soonestMs(nowMs, requests);
  }

  #close(nowMs: number, retryAfterMs: number | null): number {
    const { rateLimit, random, service, throttledWaitMs, onWait } = this.#options;
    this.#generation += 1;
    this.#strikes += 1;
    this.#goodAnswers = 0;
    rateLimit.onThrottled();
    const waitMs = computeThrottledWaitMs(retryAfterMs, throttledWaitMs, this.#strikes, random());
    if (waitMs === null || this.#throttledMs + waitMs > maxTotalWaitMs) {
      this.#gate = "stopped";
      this.#opensMs = nowMs + (retryAfterMs ?? throttledWaitMs * 2 ** (this.#strikes - 1));
      return this.#opensMs - nowMs;
    }
    this.#gate = "closed";
    this.#throttledMs += waitMs;
    this.#opensMs = nowMs + waitMs;
    onWait?.(service, waitMs, "too many requests");
    return waitMs;
  }

  #reopen(): void {
    if (this.#gate === "ajar") this.#gate = "open";
    this.#goodAnswers += 1;
    if (this.#goodAnswers >= strikeResetAnswers) this.#strikes = 0;
  }

  /** 0: now; more: look again after this time; null: look again when something changed. */
  #nextMs(isFirst: boolean): number | null {
    const { rateLimit, service, maxInFlight = 4 } = this.#options;
    const nowMs = this.now();
    const closedMs = Math.max(0, this.#opensMs - nowMs);
    if (this.#gate === "stopped") throw new Throttled(service, closedMs);
    if (this.#gate === "closed") {
      if (closedMs > 0) return closedMs;
      if (isFirst) this.#gate = "ajar";
    }
    if (this.#gate === "ajar") return this.#inFlight === 0 ? 0 : null;
    return this.#inFlight >= maxInFlight ? null : rateLimit.computeWaitMs(nowMs, this.#inFlight);
  }

  #admit(): RequestSlot {
    this.#inFlight += 1;
    this.#options.rateLimit.onSent(this.now());
    return this.#generation;
  }

  async #pause(
    waiter: { wake: () => void },
    ms: number | null,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { service, onWait } = this.#options;
    // Nothing that changes shortens the wait after a refused request.
    if (ms !== null && this.#gate === "closed") return this.sleep(ms, signal);
    if (ms !== null && ms >= minReportedWaitMs) onWait?.(service, ms, rateLimitReason);
    const woken = new AbortController();
    waiter.wake = () => woken.abort();
    const stop = signal === undefined ? woken.signal : AbortSignal.any([woken.signal, signal]);
    return ms === null ? waitForAbort(stop) : this.sleep(ms, stop);
  }

  /** The first alone may go. The others must hear that nobody goes any more. */
  #lookAgain(): void {
    for (const waiter of this.#queue) {
      if (waiter === this.#queue[0] || this.#gate === "stopped") waiter.wake();
    }
  }
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
