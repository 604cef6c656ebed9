// Decides when the next request may go. Each service has one pacer, inside the transport, so no call can avoid it.
import type { Service } from "../../model/model.ts";
import { rateLimitReason } from "../services/remote-service.ts";
import { NothingToSpare, Throttled } from "./service-errors.ts";
import { decideThrottled, patienceInAllMs } from "./retry.ts";

/** A clock in milliseconds from any start, and a sleep that a signal can end early. */
export interface TransportClock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** The sleep for the time limit of an exchange, if it is not the system's timer. */
  readonly limit?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * A clock that never goes back. A finished sleep always counts, even if the underlying clock was set or stands still.
 */
export class SteadyClock implements TransportClock {
  readonly #clock: TransportClock;
  #lastMs: number;
  #elapsedMs = 0;

  constructor(clock: TransportClock) {
    this.#clock = clock;
    this.#lastMs = clock.now();
  }

  now(): number {
    const nowMs = this.#clock.now();
    const passedMs = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (passedMs > 0) this.#elapsedMs += passedMs;
    return this.#elapsedMs;
  }

  /** Resolves early when the signal fires; never rejects. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const startMs = this.now();
    try {
      await this.#clock.sleep(ms, signal);
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
    if (signal?.aborted) return;
    this.now();
    this.#elapsedMs = Math.max(this.#elapsedMs, startMs + ms);
  }
}

/** What an answer means for the pace. */
export interface News {
  /** True if the service answered at all. */
  readonly answered: boolean;
  /** By the service's own headers; null if it doesn't say. */
  readonly size: number | null;
  readonly remaining: number | null;
  /** Milliseconds until the service's window ends and a new one begins; null if it did not say. */
  readonly resetMs?: number | null;
  /** Set if the service refused the request as one too many. */
  readonly throttled: { readonly retryAfterMs: number | null } | null;
}

/** A service's rule for the number of requests. */
export interface Allowance {
  /** 0: now; more: check again after this time; null: wait for a request in flight. */
  waitMs(nowMs: number, inFlight: number): number | null;
  /** True if there is room for a spare request, beside all that may come next. */
  hasSpare?(inFlight: number): boolean;
  /** The least time that this many more requests take. */
  soonestMs(nowMs: number, requests: number): number;
  sent(nowMs: number): void;
  answered(nowMs: number, ticket: number, news: News): void;
  throttled(): void;
}

export interface PacerOptions {
  readonly service: Service;
  readonly allowance: Allowance;
  readonly clock: TransportClock;
  readonly random: () => number;
  readonly maxInFlight?: number;
  /** The first wait after a refused request, if the service asks for none. */
  readonly throttledWaitMs: number;
  readonly onWait?: ((service: Service, ms: number, reason: string) => void) | undefined;
}

export interface Ticket {
  readonly number: number;
  readonly generation: number;
}

interface Waiter {
  /** Only goes if nobody else waits and the service has room. */
  readonly isSpare: boolean;
  readonly admit: (ticket: Ticket) => void;
  readonly refuse: (error: unknown) => void;
}

/** After this many good answers, the next throttling starts with the shortest wait. */
const calmAfter = 10;
const worthTellingMs = 2_000;

export class Pacer {
  readonly clock: SteadyClock;
  readonly #options: PacerOptions;
  readonly #queue: Waiter[] = [];
  #inFlight = 0;
  #tickets = 0;
  #pumping = false;
  #wake = new AbortController();
  #emptied = new AbortController();
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
    this.clock = new SteadyClock(options.clock);
  }

  /**
   * Resolves when a request may be sent. Every ticket must be returned with `leave`. A spare request goes after all
   * others, and throws NothingToSpare if it would have to wait for the service.
   */
  enter(signal?: AbortSignal, isSpare = false): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const stop = this.#stopped();
      if (stop) return reject(stop);
      const leaveQueue = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        if (this.#queue.length === 0) this.#emptied.abort();
        reject(reasonOf(signal));
      };
      const waiter: Waiter = {
        isSpare,
        admit: (ticket) => {
          signal?.removeEventListener("abort", leaveQueue);
          resolve(ticket);
        },
        refuse: (error) => {
          signal?.removeEventListener("abort", leaveQueue);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      signal?.addEventListener("abort", leaveQueue, { once: true });
      this.#queue.push(waiter);
      void this.#pump();
    });
  }

  /** Takes a ticket back. Returns how long this answer closes the gate. */
  leave(ticket: Ticket, news: News): number {
    this.#inFlight -= 1;
    const nowMs = this.clock.now();
    const current = ticket.generation === this.#generation;
    let closedMs = 0;
    if (news.throttled) {
      // Several requests that are refused together count as one event.
      if (current) closedMs = this.#close(nowMs, news.throttled.retryAfterMs);
    } else if (current) {
      this.#options.allowance.answered(nowMs, ticket.number, news);
      if (news.answered) this.#reopen();
    }
    this.#wake.abort();
    return closedMs;
  }

  /** The least time that this many more requests take by the service's rules. */
  soonestMs(requests: number): number {
    const nowMs = this.clock.now();
    const closedMs = this.#gate === "closed" ? Math.max(0, this.#opensMs - nowMs) : 0;
    return closedMs + this.#options.allowance.soonestMs(nowMs, requests);
  }

  #close(nowMs: number, retryAfterMs: number | null): number {
    const { allowance, random, service, throttledWaitMs, onWait } = this.#options;
    this.#generation += 1;
    this.#strikes += 1;
    this.#goodAnswers = 0;
    allowance.throttled();
    const decision = decideThrottled(retryAfterMs, throttledWaitMs, this.#strikes, random());
    const isPatient = decision !== "give up" && this.#throttledMs + decision.retryAfterMs <= patienceInAllMs;
    if (!isPatient) {
      this.#gate = "stopped";
      this.#opensMs = nowMs + (retryAfterMs ?? throttledWaitMs * 2 ** (this.#strikes - 1));
      for (const waiter of this.#queue.splice(0)) waiter.refuse(this.#stopped());
      this.#emptied.abort();
      return this.#opensMs - nowMs;
    }
    this.#gate = "closed";
    this.#throttledMs += decision.retryAfterMs;
    this.#opensMs = nowMs + decision.retryAfterMs;
    onWait?.(service, decision.retryAfterMs, "too many requests");
    return decision.retryAfterMs;
  }

  #reopen(): void {
    if (this.#gate === "ajar") this.#gate = "open";
    this.#goodAnswers += 1;
    if (this.#goodAnswers >= calmAfter) this.#strikes = 0;
  }

  /** The error for later calls once the gate is stopped. */
  #stopped(): Throttled | null {
    if (this.#gate !== "stopped") return null;
    return new Throttled(this.#options.service, Math.max(0, this.#opensMs - this.clock.now()));
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#queue.length > 0) {
        this.#wake = new AbortController();
        this.#emptied = new AbortController();
        await this.#admitOrWait();
      }
    } finally {
      this.#pumping = false;
    }
  }

  async #admitOrWait(): Promise<void> {
    if (this.#gate === "closed" && this.#refuseSpare()) return;
    if (this.#gate === "closed") {
      // Sleeps to the end, whatever comes back meanwhile, so that nothing is sent inside the wait.
      const restMs = this.#opensMs - this.clock.now();
      if (restMs > 0) await this.clock.sleep(restMs, this.#emptied.signal);
      if (!this.#emptied.signal.aborted && this.#gate === "closed") this.#gate = "ajar";
      return;
    }
    const waitMs = this.#nextMs();
    if (waitMs === 0 && this.#mayAdmit()) return this.#admit();
    if (waitMs !== null && this.#refuseSpare()) return;
    const { service, onWait } = this.#options;
    if (waitMs !== null && waitMs >= worthTellingMs) onWait?.(service, waitMs, rateLimitReason);
    const signal = AbortSignal.any([this.#wake.signal, this.#emptied.signal]);
    await (waitMs === null ? aborted(signal) : this.clock.sleep(waitMs, signal));
  }

  #nextMs(): number | null {
    if (this.#gate === "ajar") return this.#inFlight === 0 ? 0 : null;
    if (this.#inFlight >= (this.#options.maxInFlight ?? 4)) return null;
    return this.#options.allowance.waitMs(this.clock.now(), this.#inFlight);
  }

  #mayAdmit(): boolean {
    const { allowance } = this.#options;
    return this.#queue.some(({ isSpare }) => !isSpare) || allowance.hasSpare?.(this.#inFlight) !== false;
  }

  /** Refuses spare requests. Returns whether there were any. */
  #refuseSpare(): boolean {
    const refused = this.#queue.filter(({ isSpare }) => isSpare);
    for (const waiter of refused) {
      this.#queue.splice(this.#queue.indexOf(waiter), 1);
      waiter.refuse(new NothingToSpare(this.#options.service));
    }
    return refused.length > 0;
  }

  #admit(): void {
    const first = this.#queue.findIndex(({ isSpare }) => !isSpare);
    const [waiter] = this.#queue.splice(Math.max(0, first), 1);
    if (!waiter) return;
    this.#inFlight += 1;
    this.#tickets += 1;
    this.#options.allowance.sent(this.clock.now());
    waiter.admit({ number: this.#tickets, generation: this.#generation });
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("aborted");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
