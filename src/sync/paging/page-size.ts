// A service may fail on large pages of large accounts. Then smaller pages are read, and later larger ones again.
import { BadAnswer, ShortPage } from "../../sources/transport/service-errors.ts";
import type { CallOptions, Page } from "../../sources/services/remote-service.ts";
import type { ListeningTraits } from "../../sources/services/listening-service.ts";

/** This many pages must succeed in a row before a larger size is tried. */
const minSuccessesToGrow = 5;

/** How often a page is tried before it is read in smaller parts. */
const maxLargePageAttempts = 3;

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

  get attempts(): Pick<CallOptions, "attempts"> {
    return this.#isSmallest ? {} : { attempts: maxLargePageAttempts };
  }

  /** Accepts a short page only in the smallest size: a smaller page may hold what a larger one lacks. */
  acceptIfSmallest<Row>(page: Promise<Page<Row>>): Promise<Page<Row>> {
    return this.#isSmallest ? acceptShortPage(page) : page;
  }

  get #isSmallest(): boolean {
    return this.#place === this.#sizes.length - 1;
  }

  /** Reads a page, in a smaller size if it fails. */
  async read<Answer>(readPage: (rows: number) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const { rows } = this;
      try {
        const answer = await readPage(rows);
        this.#grow();
        return answer;
      } catch (error) {
        const smaller = this.#sizes.indexOf(rows) + 1;
        if (!(error instanceof BadAnswer) || smaller === this.#sizes.length) throw error;
        this.#place = Math.max(this.#place, smaller);
        this.#successes = 0;
      }
    }
  }

  #grow(): void {
    this.#successes += 1;
    if (this.#successes < minSuccessesToGrow || this.#place === 0) return;
    this.#place -= 1;
    this.#successes = 0;
  }
}

/** Accepts a page that is short every time: the total will show what is missing. */
export async function acceptShortPage<Row>(page: Promise<Page<Row>>): Promise<Page<Row>> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof ShortPage) return error.page as Page<Row>;
    throw error;
  }
}
