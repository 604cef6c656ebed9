import type { Allowance, News } from "./pacing.ts";

/**
 * The allowance of a service that counts requests in windows of fixed length, and says in each answer how many are left
 * and when the window ends. All requests of a window may go at once.
 */
export class FixedWindow implements Allowance {
  #size: number;
  readonly #windowMs: number;
  /** Requests left in the current window, those in flight included; null until an answer says so. */
  #remaining: number | null = null;
  #endsMs = 0;
  #newestAnswered = 0;

  /** The figures that apply until the service says otherwise. */
  constructor(size: number, windowMs: number) {
    this.#size = size;
    this.#windowMs = windowMs;
  }

  waitMs(nowMs: number, inFlight: number): number | null {
    this.#renew(nowMs);
    // Nothing is known yet: one request finds out.
    if (this.#remaining === null) return inFlight === 0 ? 0 : null;
    return this.#remaining > inFlight ? 0 : this.#endsMs - nowMs;
  }

  soonestMs(nowMs: number, requests: number): number {
    this.#renew(nowMs);
    const later = requests - (this.#remaining ?? this.#size);
    if (later <= 0) return 0;
    const untilNextMs = this.#remaining === null ? this.#windowMs : this.#endsMs - nowMs;
    return untilNextMs + (Math.ceil(later / this.#size) - 1) * this.#windowMs;
  }

  sent(): void {}

  answered(nowMs: number, ticket: number, { size, remaining, resetMs = null }: News): void {
    if (size !== null && size > 0) this.#size = size;
    if (remaining === null || resetMs === null || ticket < this.#newestAnswered) return;
    this.#newestAnswered = ticket;
    this.#remaining = remaining;
    this.#endsMs = nowMs + resetMs;
  }

  throttled(): void {
    this.#remaining = null;
  }

  #renew(nowMs: number): void {
    if (this.#remaining === null || nowMs < this.#endsMs) return;
    this.#remaining = this.#size;
    this.#endsMs = nowMs + this.#windowMs;
  }
}
