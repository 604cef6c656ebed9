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
