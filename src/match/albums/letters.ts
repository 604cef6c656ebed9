import { lettersOf, lettersOfLines } from "../text/fold.ts";
import { fits, holdsAll, isVeiled, mayBeSlip, mayFit, type Clues } from "./clues.ts";

/** So often many titles are looked through before an index is made. */
const [manyTitles, fewLooks] = [200, 8];

const none: readonly number[] = [];

/**
 * The letters of several titles, in one text: most records find nothing near among an artist's albums, and one look
 * at one text tells. Titles are numbered as they are given.
 */
export class Letters {
  readonly #all: string;
  readonly #veiled: readonly number[];
  #each: readonly string[] | null = null;
  #byThree: ReadonlyMap<number, readonly number[]> | null = null;
  readonly #count: number;
  #looks = 0;

  constructor(titles: readonly string[]) {
    this.#count = titles.length;
    const text = titles.join("\n");
    this.#veiled = isVeiled(text) ? titles.flatMap((title, at) => (isVeiled(title) ? at : [])) : none;
    this.#all = lettersOfLines(text, titles.length) ?? titles.map(lettersOf).join("\n");
  }

  /** null where a piece of the title may be read in another way. */
  of(at: number): string | null {
    return this.#veiled.includes(at) ? null : (this.#lines()[at] ?? "");
  }

  /** Titles that hold these letters, or may hold them by another reading. */
  holding(letters: string): readonly number[] {
    if (this.#isLookedThrough()) {
      if (!this.#all.includes(letters)) return this.#veiled;
      return this.#andVeiled(numbersWhere(this.#lines(), (line) => line.includes(letters)));
    }
    const lines = this.#lines();
    return this.#andVeiled(this.#likely(letters).filter((at) => lines[at]?.includes(letters)));
  }

  /** Titles that fit the clues. */
  fitting(clues: Clues): readonly number[] {
    if (this.#isLookedThrough()) {
      if (!mayFit(clues, this.#all)) return this.#veiled;
      return this.#andVeiled(numbersWhere(this.#lines(), (line) => fits(clues, line)));
    }
    const { anyOf, allOf, slip } = clues;
    const lines = this.#lines();
    const found = new Set(this.#veiled);
    const add = (letters: string, isWanted: (line: string) => boolean): void => {
      for (const at of this.#likely(letters)) if (isWanted(lines[at] ?? "")) found.add(at);
    };
    for (const letters of anyOf) add(letters, (line) => line.includes(letters));
    if (slip !== null)
      for (const letters of [slip.start, slip.end, ...slip.words])
        add(letters, (line) => mayBeSlip(slip, line));
    if (allOf.length > 0) {
      const longest = allOf.reduce((most, word) => (word.length > most.length ? word : most));
      add(longest, (line) => holdsAll(line, allOf));
    }
    return [...found];
  }

  #andVeiled(found: readonly number[]): readonly number[] {
    return this.#veiled.length === 0 ? found : [...new Set([...found, ...this.#veiled])];
  }

  #lines(): readonly string[] {
    return (this.#each ??= this.#count === 0 ? [] : this.#all.split("\n"));
  }

  #isLookedThrough(): boolean {
    if (this.#byThree !== null) return false;
    if (this.#count <= manyTitles || ++this.#looks <= fewLooks) return true;
    this.#byThree = byThree(this.#lines());
    return false;
  }

  /** Titles that hold the rarest three of these letters that stand in a row. */
  #likely(letters: string): readonly number[] {
    let fewest: readonly number[] | null = null;
    for (let at = 0; at + 3 <= letters.length; at++) {
      const held = this.#byThree?.get(threeAt(letters, at)) ?? none;
      if (fewest === null || held.length < fewest.length) fewest = held;
    }
    return fewest ?? this.#lines().map((_, at) => at);
  }
}

function numbersWhere(lines: readonly string[], isWanted: (line: string) => boolean): readonly number[] {
  let found: number[] | null = null;
  for (let at = 0; at < lines.length; at++) if (isWanted(lines[at] ?? "")) (found ??= []).push(at);
  return found ?? none;
}

function byThree(lines: readonly string[]): ReadonlyMap<number, readonly number[]> {
  const index = new Map<number, number[]>();
  for (const [at, line] of lines.entries()) {
    for (let from = 0; from + 3 <= line.length; from++) {
      const three = threeAt(line, from);
      const held = index.get(three);
      if (held === undefined) index.set(three, [at]);
      else if (held.at(-1) !== at) held.push(at);
    }
  }
  return index;
}

function threeAt(letters: string, at: number): number {
  return ((letters.charCodeAt(at) * 37 + letters.charCodeAt(at + 1)) * 37 + letters.charCodeAt(at + 2)) | 0;
}
