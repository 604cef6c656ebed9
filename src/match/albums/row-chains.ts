import type { AlbumRow } from "../matched-release.ts";

const end = -1;

/**
 * The rows of many artists, chained one to the next of the same artist. Mostly few artists are asked for: a list for each of
 * them, which grows by the row, would be most of what a library takes to make.
 */
export class RowChains {
  readonly #rows: readonly AlbumRow[];
  readonly #next: Int32Array;

  constructor(rows: readonly AlbumRow[]) {
    this.#rows = rows;
    this.#next = new Int32Array(rows.length).fill(end);
  }

  link(row: number, next: number): void {
    this.#next[row] = next;
  }

  /** The rows of a chain of so many. */
  from(first: number, count: number): AlbumRow[] {
    const rows = Array<AlbumRow>(count);
    let at = first;
    for (let place = 0; place < count; place++) {
      rows[place] = this.#rows[at] as AlbumRow;
      at = this.#next[at] as number;
    }
    return rows;
  }
}
