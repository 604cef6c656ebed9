// A service may fail on big pages of big accounts: smaller ones get through, and later bigger ones again.
import { BadAnswer } from "../../sources/transport/service-errors.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListeningService, ListeningTraits } from "../../sources/services/listening-service.ts";

/** Pages that must succeed in a row before a bigger size is tried again. */
const successesToGrow = 5;

/** Tries of a page that could be read in smaller parts instead. */
const attemptsOfBigPages = 3;

/** The size of pages that currently works, shared by all calls of a run. Holds state: a class. */
export class PageSize {
  readonly #sizes: ListeningTraits["pageSizes"];
  #place = 0;
  #successes = 0;

  constructor({ traits }: ListeningService) {
    this.#sizes = traits.pageSizes;
  }

  get rows(): number {
    return this.#sizes[this.#place] ?? this.#sizes[0];
  }

  /** The next smaller size; the smallest has none. */
  below(rows: number): number {
    return this.#sizes[this.#sizes.indexOf(rows) + 1] ?? rows;
  }

  /** How hard to try: with smaller pages left, less. */
  get attempts(): Pick<CallOptions, "attempts"> {
    return this.isSmallest ? {} : { attempts: attemptsOfBigPages };
  }

  get isSmallest(): boolean {
    return this.#place === this.#sizes.length - 1;
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
    const place = this.#sizes.indexOf(rows);
    if (place === this.#sizes.length - 1) return false;
    this.#place = Math.max(this.#place, place + 1);
    this.#successes = 0;
    return true;
  }
}
