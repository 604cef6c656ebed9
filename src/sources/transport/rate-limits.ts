// The number of requests that a service takes: by its own count, or by a rate.
import type { RateLimit, RateLimitEvent } from "./pacer.ts";

/** Requests in a window of Discogs, until it reports another number. */
const defaultWindowSize = 60;
const budgetWindowMs = 60_000;
/** Kept back in a burst, because others may share the address and answers overtake each other. */
const reservedRequests = 5;
/** Our clock and the service's may differ. */
const marginMs = 500;

/**
 * Discogs' allowance: a moving window, with the remaining requests that the service reports. Requests go in a burst
 * while more than the reserve is left. Then they go one at a time, spread over the window, or as our own requests
 * leave it.
 */
export class SlidingWindow implements RateLimit {
  #size = defaultWindowSize;
  /** Requests left according to the last answer, plus those that have left the window since; null if unknown. */
  #remaining: number | null = null;
  /** When each of our requests in the window was sent, oldest first. */
  #sentMs: number[] = [];
  #lastSentMs = 0;

  computeWaitMs(nowMs: number, inFlight: number): number | null {
    this.#forget(nowMs);
    // One request finds out if nothing is known.
    if (this.#remaining === null) return inFlight === 0 ? 0 : null;
    const free = this.#remaining - inFlight;
    if (free >= reservedRequests) return 0;
    if (inFlight > 0) return null;
    const spreadMs = this.#lastSentMs + budgetWindowMs / Math.max(1, free) - nowMs;
    const oldest = this.#sentMs[0];
    const freedMs = oldest === undefined ? Infinity : oldest + budgetWindowMs + marginMs - nowMs;
    return Math.max(0, Math.min(spreadMs, freedMs));
  }

  soonestMs(nowMs: number, requests: number): number {
    this.#forget(nowMs);
    const later = requests - (this.#remaining ?? this.#size);
    return (Math.max(0, later) * budgetWindowMs) / this.#size;
  }

  onSent(nowMs: number): void {
    this.#sentMs.push(nowMs);
    this.#lastSentMs = nowMs;
  }

  onAnswered(nowMs: number, news: RateLimitEvent): void {
    this.#forget(nowMs);
    if (news.size !== null) this.#size = news.size;
    if (news.remaining === null) {
      this.#remaining = Math.max(0, (this.#remaining ?? this.#size - this.#sentMs.length + 1) - 1);
      return;
    }
    // The reported figure includes requests that left the window by now, so they must not be given back twice.
    this.#drop(nowMs - budgetWindowMs);
    // Answers may overtake each other. The reserve is larger than what that may change.
    this.#remaining = news.remaining;
  }

  onThrottled(): void {
    this.#remaining = null;
    this.#sentMs = [];
  }

  /** Gives back requests that left the window. */
  #forget(nowMs: number): void {
    const count = this.#drop(nowMs - budgetWindowMs - marginMs);
    if (count === 0 || this.#remaining === null) return;
    // The figure is old after a silent window.
    this.#remaining = this.#sentMs.length === 0 ? null : Math.min(this.#size, this.#remaining + count);
  }

  /** Forgets requests that were sent at or before a time. Returns how many. */
  #drop(untilMs: number): number {
    const firstKept = this.#sentMs.findIndex((sentMs) => sentMs > untilMs);
    const count = firstKept === -1 ? this.#sentMs.length : firstKept;
    this.#sentMs.splice(0, count);
    return count;
  }
}

interface TokenBucketOptions {
  readonly perSecond: number;
  readonly burst: number;
}

const minPerSecond = 0.25;
/** The speed grows from half to full in about a hundred answers. */
const recoveryPerAnswer = 0.005;

/** The allowance of a service that reports none: a rate with a small burst. */
export class TokenBucket implements RateLimit {
  readonly #figures: TokenBucketOptions;
  #perSecond: number;
  #tokens: number;
  #countedMs = 0;

  constructor(figures: TokenBucketOptions) {
    this.#figures = figures;
    this.#perSecond = figures.perSecond;
    this.#tokens = figures.burst;
  }

  computeWaitMs(nowMs: number): number {
    this.#refill(nowMs);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond);
  }

  soonestMs(nowMs: number, requests: number): number {
    this.#refill(nowMs);
    return (Math.max(0, requests - this.#tokens) * 1000) / this.#perSecond;
  }

  onSent(nowMs: number): void {
    this.#refill(nowMs);
    this.#tokens = Math.max(0, this.#tokens - 1);
  }

  onAnswered(_nowMs: number, news: RateLimitEvent): void {
    if (!news.hasResponse) return;
    const faster = this.#perSecond + this.#figures.perSecond * recoveryPerAnswer;
    this.#perSecond = Math.min(this.#figures.perSecond, faster);
  }

  onThrottled(): void {
    this.#perSecond = Math.max(minPerSecond, this.#perSecond / 2);
    this.#tokens = 0;
  }

  #refill(nowMs: number): void {
    const gained = ((nowMs - this.#countedMs) * this.#perSecond) / 1000;
    this.#countedMs = nowMs;
    // A wait does not save up a burst after throttling.
    const burst = Math.max(1, (this.#figures.burst * this.#perSecond) / this.#figures.perSecond);
    this.#tokens = Math.min(burst, this.#tokens + gained);
  }
}

/** The limit of a service that counts requests in windows of fixed length. All of a window may go at once. */
export class FixedWindow implements RateLimit {
  /** The size and the length of a window of ListenBrainz, until it says otherwise. */
  #size = 30;
  readonly #windowMs = 10_000;
  /** Requests left in the current window, those in flight included; null until an answer says so. */
  #remaining: number | null = null;
  #endsMs = 0;

  computeWaitMs(nowMs: number, inFlight: number): number | null {
    this.#renew(nowMs);
    // One request finds out if nothing is known yet.
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

  onSent(): void {}

  onAnswered(nowMs: number, { size, remaining, resetMs = null }: RateLimitEvent): void {
    if (size !== null && size > 0) this.#size = size;
    if (remaining === null || resetMs === null) return;
    this.#remaining = remaining;
    this.#endsMs = nowMs + resetMs;
  }

  onThrottled(): void {
    this.#remaining = null;
  }

  #renew(nowMs: number): void {
    if (this.#remaining === null || nowMs < this.#endsMs) return;
    this.#remaining = this.#size;
    this.#endsMs = nowMs + this.#windowMs;
  }
}
