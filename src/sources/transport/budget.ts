import type { Allowance, News } from "./pacing.ts";

export interface BudgetFigures {
  /** Requests in a window, until the service says otherwise. */
  readonly size: number;
  readonly windowMs: number;
  /** Kept back in a burst: others may share the address, and answers overtake each other. */
  readonly reserve: number;
  /** Kept back from what nobody waits for: a whole sync with nothing new, and some more. */
  readonly spareReserve: number;
}

export const discogsFigures: BudgetFigures = { size: 60, windowMs: 60_000, reserve: 5, spareReserve: 20 };

/** Our clock and the service's don't meet exactly. */
const marginMs = 500;

/**
 * Discogs' allowance: a moving window, steered by what the service says is left. A burst while more than the
 * reserve is left; then one at a time, the rest spread over the window, or as our own requests fall out of it.
 */
export class Budget implements Allowance {
  readonly #figures: BudgetFigures;
  #size: number;
  /** By the last answer, plus what has fallen out of the window since; null: not known. */
  #remaining: number | null = null;
  /** When each request of ours in the window was sent, oldest first. */
  #sentMs: number[] = [];
  #lastSentMs = 0;
  #newestAnswered = 0;

  constructor(figures: BudgetFigures = discogsFigures) {
    this.#figures = figures;
    this.#size = figures.size;
  }

  waitMs(nowMs: number, inFlight: number): number | null {
    this.#forget(nowMs);
    const { windowMs, reserve } = this.#figures;
    // Nothing known: one request goes ahead and finds out.
    if (this.#remaining === null) return inFlight === 0 ? 0 : null;
    const free = this.#remaining - inFlight;
    if (free >= reserve) return 0;
    if (inFlight > 0) return null;
    const spreadMs = this.#lastSentMs + windowMs / Math.max(1, free) - nowMs;
    const oldest = this.#sentMs[0];
    const freedMs = oldest === undefined ? Infinity : oldest + windowMs + marginMs - nowMs;
    return Math.max(0, Math.min(spreadMs, freedMs));
  }

  soonestMs(nowMs: number, requests: number): number {
    // Sent one after the other in thought, on a copy.
    const copy = new Budget(this.#figures);
    copy.#size = this.#size;
    copy.#remaining = this.#remaining;
    copy.#sentMs = [...this.#sentMs];
    copy.#lastSentMs = this.#lastSentMs;
    let atMs = nowMs;
    for (let sent = 0; sent < requests; sent += 1) {
      atMs += copy.waitMs(atMs, 0) ?? 0;
      copy.sent(atMs);
      copy.answered(atMs, sent, { answered: true, size: null, remaining: null, throttled: null });
    }
    return atMs - nowMs;
  }

  hasSpare(inFlight: number): boolean {
    return this.#remaining === null || this.#remaining - inFlight >= this.#figures.spareReserve;
  }

  sent(nowMs: number): void {
    this.#sentMs.push(nowMs);
    this.#lastSentMs = nowMs;
  }

  answered(nowMs: number, ticket: number, news: News): void {
    this.#forget(nowMs);
    if (news.size !== null) this.#size = news.size;
    if (news.remaining === null) {
      this.#remaining = Math.max(0, (this.#remaining ?? this.#size - this.#sentMs.length + 1) - 1);
      return;
    }
    // What the service has let go of by now is in its figure already: it must not be given back twice.
    this.#drop(nowMs - this.#figures.windowMs);
    // An answer overtaken by a later one's knows less: it may lower the figure, not raise it.
    const overtaken = ticket < this.#newestAnswered && this.#remaining !== null;
    this.#remaining = overtaken ? Math.min(this.#remaining ?? Infinity, news.remaining) : news.remaining;
    this.#newestAnswered = Math.max(this.#newestAnswered, ticket);
  }

  throttled(): void {
    this.#remaining = null;
    this.#sentMs = [];
  }

  /** Requests older than the window give their place back. */
  #forget(nowMs: number): void {
    const count = this.#drop(nowMs - this.#figures.windowMs - marginMs);
    if (count === 0 || this.#remaining === null) return;
    // After a silent window all figures are old: ask anew.
    this.#remaining = this.#sentMs.length === 0 ? null : Math.min(this.#size, this.#remaining + count);
  }

  /** Forgets requests sent at or before a moment; tells how many. */
  #drop(untilMs: number): number {
    const kept = this.#sentMs.findIndex((sentMs) => sentMs > untilMs);
    const count = kept === -1 ? this.#sentMs.length : kept;
    this.#sentMs.splice(0, count);
    return count;
  }
}
