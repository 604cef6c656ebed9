// Last.fm fails on big pages of big accounts: smaller ones get through, and later bigger ones again.
import { BadAnswer } from "../sources/transport/failures.ts";
import type { CallOptions } from "../sources/services.ts";

const sizes = [1000, 200, 50] as const;

/** Pages that must succeed in a row before a bigger size is tried again. */
const successesToGrow = 5;

/** Tries of a page that could be read in smaller parts instead. */
const attemptsOfBigPages = 3;

/** The size of pages that currently works, shared by all calls of a run. Holds state: a class. */
export class PageSize {
  #place = 0;
  #successes = 0;

  get rows(): number {
    return sizes[this.#place] ?? 50;
  }

  /** How hard to try: with smaller pages left, less. */
  get attempts(): Pick<CallOptions, "attempts"> {
    return this.isSmallest ? {} : { attempts: attemptsOfBigPages };
  }

  get isSmallest(): boolean {
    return this.#place === sizes.length - 1;
  }

  succeeded(): void {
    this.#successes += 1;
    if (this.#successes < successesToGrow || this.#place === 0) return;
    this.#place -= 1;
    this.#successes = 0;
  }

  /** Whether a page of `rows` that failed so is worth trying in smaller parts. */
  failed(error: unknown, rows: number): boolean {
    if (!(error instanceof BadAnswer)) return false;
    const place = sizes.findIndex((size) => size === rows);
    if (place === sizes.length - 1) return false;
    this.#place = Math.max(this.#place, place + 1);
    this.#successes = 0;
    return true;
  }
}
