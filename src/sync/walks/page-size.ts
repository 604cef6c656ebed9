// A service may fail on large pages of large accounts. Then smaller pages are read, and later larger ones again.
import { BadAnswer } from "../../sources/transport/service-errors.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListeningTraits } from "../../sources/services/listening-service.ts";

/** This many pages must succeed in a row before a larger size is tried. */
const successesToGrow = 5;

/** Tries of a page that could also be read in smaller parts. */
const attemptsOfBigPages = 3;

/** The page size that currently works, shared by all calls of a run. */
export class PageSize {
  readonly #sizes: ListeningTraits["pageSizes"];
  #place = 0;
  #successes = 0;

  constructor(sizes: ListeningTraits["pageSizes"]) {
    this.#sizes = sizes;
  }

  get rows(): number {
    return this.#sizes[this.#place] ?? this.#sizes[0];
  }

  /** The next smaller size; the smallest size itself if there is none. */
  below(rows: number): number {
    return this.#sizes[this.#sizes.indexOf(rows) + 1] ?? rows;
  }

  /** Fewer tries while a smaller size is left. */
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

  /** Returns true if to read the rows of a failed page in smaller parts. */
  failed(error: unknown, rows: number): boolean {
    if (!(error instanceof BadAnswer)) return false;
    const place = this.#sizes.indexOf(rows);
    if (place === this.#sizes.length - 1) return false;
    this.#place = Math.max(this.#place, place + 1);
    this.#successes = 0;
    return true;
  }
}
