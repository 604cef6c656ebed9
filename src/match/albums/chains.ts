export const endOfChain = -1;

/**
 * Things by a number, in chains: few of many are asked for, and a list for each number would take longer to make than they
 * take to be looked through. Numbers that end alike share a chain, in which what was added last comes first.
 */
export class Chains {
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  /** Of so many things. */
  constructor(count: number) {
    this.#first = new Int32Array(2 ** Math.ceil(Math.log2(count + 1))).fill(endOfChain);
    this.#next = new Int32Array(count);
  }

  add(at: number, number: number): void {
    const place = this.#place(number);
    this.#next[at] = this.#first[place] as number;
    this.#first[place] = at;
  }

  /** The first that may have a number, or the end. */
  first(number: number): number {
    return this.#first[this.#place(number)] as number;
  }

  next(at: number): number {
    return this.#next[at] as number;
  }

  #place(number: number): number {
    return (number ^ (number >>> 15)) & (this.#first.length - 1);
  }
}
