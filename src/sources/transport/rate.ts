import type { Allowance, News } from "./pacing.ts";

export interface RateFigures {
  readonly perSecond: number;
  readonly burst: number;
}

const slowestPerSecond = 0.25;
/** Back from half to whole speed takes some hundred answers. */
const recoveryPerAnswer = 0.005;

/** The allowance of a service that tells nothing of it: so many a second on average, a few at once. It is only counted here. */
export class Rate implements Allowance {
  readonly #figures: RateFigures;
  #perSecond: number;
  #tokens: number;
  #countedMs = 0;

  constructor(figures: RateFigures) {
    this.#figures = figures;
    this.#perSecond = figures.perSecond;
    this.#tokens = figures.burst;
  }

  waitMs(nowMs: number): number {
    this.#refill(nowMs);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond);
  }

  soonestMs(nowMs: number, requests: number): number {
    this.#refill(nowMs);
    return (Math.max(0, requests - this.#tokens) * 1000) / this.#perSecond;
  }

  sent(nowMs: number): void {
    this.#refill(nowMs);
    this.#tokens = Math.max(0, this.#tokens - 1);
  }

  answered(_nowMs: number, _ticket: number, news: News): void {
    if (!news.answered) return;
    const faster = this.#perSecond + this.#figures.perSecond * recoveryPerAnswer;
    this.#perSecond = Math.min(this.#figures.perSecond, faster);
  }

  throttled(): void {
    this.#perSecond = Math.max(slowestPerSecond, this.#perSecond / 2);
    this.#tokens = 0;
  }

  #refill(nowMs: number): void {
    const gained = ((nowMs - this.#countedMs) * this.#perSecond) / 1000;
    this.#countedMs = nowMs;
    // Who has been told to slow down gets no burst out of the wait either.
    const burst = Math.max(1, (this.#figures.burst * this.#perSecond) / this.#figures.perSecond);
    this.#tokens = Math.min(burst, this.#tokens + gained);
  }
}
