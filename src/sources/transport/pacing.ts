// When the next request may go. One pacer a service, inside the transport: no call can go round it.
import type { Service } from "../../model/model.ts";
import { rateLimitReason } from "../services/remote-service.ts";
import { NothingToSpare, Throttled } from "./service-errors.ts";
import { decideThrottled, patienceInAllMs } from "./retry.ts";

/** Time from outside: milliseconds from any start, and a sleep that may be cut short by a signal. */
export interface TransportClock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** The same for the time limit of an exchange, where it isn't the system's own timer. */
  readonly limit?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * A clock that never goes back, and on which a sleep that was slept out has passed, whatever the clock
 * beneath says: it may be set back, set forward, or stand still.
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

  /** Resolves early, never rejects, when the signal says so. */
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

/** What came of a request, as far as the pace is concerned. */
export interface News {
  /** Whether the service answered at all. */
  readonly answered: boolean;
  /** By the service's own headers; null when not told. */
  readonly size: number | null;
  readonly remaining: number | null;
  /** Milliseconds until the service's window ends and a new one begins; null if it did not say. */
  readonly resetMs?: number | null;
  /** Set when it was one request too many. */
  readonly throttled: { readonly retryAfterMs: number | null } | null;
}

/** A service's own rule of how many requests it takes. */
export interface Allowance {
  /** 0: now; more: look again after so long; null: not before a request in flight is back. */
  waitMs(nowMs: number, inFlight: number): number | null;
  /** Whether there is room for what nobody waits for, beside all that may come next. */
  hasSpare?(inFlight: number): boolean;
  /** After how long so many more requests will have been sent, at the soonest. */
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
  /** The first wait after a request too many, where the service asks for none. */
  readonly throttledWaitMs: number;
  readonly onWait?: ((service: Service, ms: number, reason: string) => void) | undefined;
}

export interface Ticket {
  readonly number: number;
  readonly generation: number;
}

interface Waiter {
  /** Goes only where nobody else waits and the service has room. */
  readonly isSpare: boolean;
  readonly admit: (ticket: Ticket) => void;
  readonly refuse: (error: unknown) => void;
}

/** So many good answers after a wait, and the next throttling starts again from the shortest wait. */
const calmAfter = 10;
const worthTellingMs = 2_000;

export class Pacer {
  readonly #options: PacerOptions;
  readonly #clock: SteadyClock;
  readonly #queue: Waiter[] = [];
  #inFlight = 0;
  #tickets = 0;
  #pumping = false;
  #wake = new AbortController();
  #emptied = new AbortController();
  /** open: by the allowance. closed: until #opensMs. ajar: one request goes ahead. stopped: closed for good. */
  #gate: "open" | "closed" | "ajar" | "stopped" = "open";
  #opensMs = 0;
  /** Counts the closings: answers to requests from before a closing say nothing about the time after it. */
  #generation = 0;
  #strikes = 0;
  /** All the time that this service had us wait so far. Nothing takes of it. */
  #throttledMs = 0;
  #goodAnswers = 0;

  constructor(options: PacerOptions) {
    this.#options = options;
    this.#clock = new SteadyClock(options.clock);
  }

  /**
   * Resolves when a request may be sent; each ticket must be given back by `leave`. A spare one comes after all
   * others, and is refused with NothingToSpare where it would have to wait for the service.
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

  /** Takes a ticket back. Tells how long the gate stays closed, if this answer closed it. */
  leave(ticket: Ticket, news: News): number {
    this.#inFlight -= 1;
    const nowMs = this.#clock.now();
    const current = ticket.generation === this.#generation;
    let closedMs = 0;
    if (news.throttled) {
      // Of several requests refused together only the first counts: they are one event.
      if (current) closedMs = this.#close(nowMs, news.throttled.retryAfterMs);
    } else if (current) {
      this.#options.allowance.answered(nowMs, ticket.number, news);
      if (news.answered) this.#reopen();
    }
    this.#wake.abort();
    return closedMs;
  }

  /** After how long so many more requests will have been sent, by the service's own rules, if nothing else delays them. */
  soonestMs(requests: number): number {
    const nowMs = this.#clock.now();
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

  /** The error for those who come once the gate is stopped: for this run it stays so. */
  #stopped(): Throttled | null {
    if (this.#gate !== "stopped") return null;
    return new Throttled(this.#options.service, Math.max(0, this.#opensMs - this.#clock.now()));
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
      // Slept out whatever comes back meanwhile, so that nothing is ever sent inside the wait.
      const restMs = this.#opensMs - this.#clock.now();
      if (restMs > 0) await this.#clock.sleep(restMs, this.#emptied.signal);
      if (!this.#emptied.signal.aborted && this.#gate === "closed") this.#gate = "ajar";
      return;
    }
    const waitMs = this.#nextMs();
    if (waitMs === 0 && this.#mayAdmit()) return this.#admit();
    if (waitMs !== null && this.#refuseSpare()) return;
    const { service, onWait } = this.#options;
    if (waitMs !== null && waitMs >= worthTellingMs) onWait?.(service, waitMs, rateLimitReason);
    const signal = AbortSignal.any([this.#wake.signal, this.#emptied.signal]);
    await (waitMs === null ? aborted(signal) : this.#clock.sleep(waitMs, signal));
  }

  #nextMs(): number | null {
    if (this.#gate === "ajar") return this.#inFlight === 0 ? 0 : null;
    if (this.#inFlight >= (this.#options.maxInFlight ?? 4)) return null;
    return this.#options.allowance.waitMs(this.#clock.now(), this.#inFlight);
  }

  #mayAdmit(): boolean {
    const { allowance } = this.#options;
    return this.#queue.some(({ isSpare }) => !isSpare) || allowance.hasSpare?.(this.#inFlight) !== false;
  }

  /** Sends away who has no time to wait; tells whether there were any. */
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
    this.#options.allowance.sent(this.#clock.now());
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
