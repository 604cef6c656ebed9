const none: readonly number[] = [];

/** Titles of an artist, by their numbers, by each three letters that stand in a row in them. */
export class ThreeLetters {
  readonly #titles = new Map<number, number[]>();
  readonly #count: number;

  constructor(lines: readonly string[]) {
    this.#count = lines.length;
    for (const [at, line] of lines.entries()) {
      for (let from = 0; from + 3 <= line.length; from++) {
        const three = threeAt(line, from);
        const held = this.#titles.get(three);
        if (held === undefined) this.#titles.set(three, [at]);
        else if (held.at(-1) !== at) held.push(at);
      }
    }
  }

  /** Those that hold the rarest three of these letters that stand in a row; all where they are fewer. */
  likely(letters: string): readonly number[] {
    let fewest: readonly number[] | null = null;
    for (let at = 0; at + 3 <= letters.length; at++) {
      const held = this.#titles.get(threeAt(letters, at)) ?? none;
      if (fewest === null || held.length < fewest.length) fewest = held;
    }
    return fewest ?? Array.from({ length: this.#count }, (_, at) => at);
  }
}

function threeAt(letters: string, at: number): number {
  return ((letters.charCodeAt(at) * 37 + letters.charCodeAt(at + 1)) * 37 + letters.charCodeAt(at + 2)) | 0;
}
