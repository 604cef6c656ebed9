import type { AlbumRow } from "../matched-release.ts";
import { fold, lettersOf } from "../text/fold.ts";
import { mayHoldNumber } from "../text/numbers.ts";
import { fits, holdsAll, isVeiled, mayBeSlip, type Clues } from "./clues.ts";

/** So often many titles are looked through before an index is made. */
const [manyTitles, fewLooks] = [200, 8];

const none: readonly number[] = [];

interface Holders {
  mayHoldOther(album: AlbumRow, letters: string): boolean;
}

/** The letters of an artist's titles: most records find nothing near among them. Titles are numbered as they are given. */
export class Letters {
  readonly #albums: readonly AlbumRow[];
  readonly #lines: readonly string[];
  #counting: (boolean | undefined)[] | null = null;
  readonly #veiled: readonly number[];
  readonly #holders: Holders;
  #byThree: ReadonlyMap<number, readonly number[]> | null = null;
  #looks = 0;

  constructor(albums: readonly AlbumRow[], holders: Holders) {
    this.#albums = albums;
    this.#holders = holders;
    const lines: string[] = [];
    let veiled: number[] | null = null;
    for (let at = 0; at < albums.length; at++) {
      const { title } = albums[at] as AlbumRow;
      lines.push(lettersOf(title));
      if (isVeiled(title)) (veiled ??= []).push(at);
    }
    this.#lines = lines;
    this.#veiled = veiled ?? none;
  }

  /** null where a piece of the title may be read in another way. */
  of(at: number): string | null {
    return this.#veiled.includes(at) ? null : (this.#lines[at] ?? "");
  }

  /** Titles that hold these letters, or may hold them by another reading. */
  holding(letters: string): readonly number[] {
    const lines = this.#lines;
    let found: number[] | null = null;
    if (this.#isLookedThrough()) {
      for (let at = 0; at < lines.length; at++)
        if ((lines[at] as string).includes(letters)) (found ??= []).push(at);
    } else {
      for (const at of this.#likely(letters)) if (lines[at]?.includes(letters)) (found ??= []).push(at);
    }
    return this.#andVeiled(found ?? none);
  }

  /** Titles that fit the clues. */
  fitting(clues: Clues): readonly number[] {
    const lines = this.#lines;
    if (this.#isLookedThrough()) {
      let found: number[] | null = null;
      for (let at = 0; at < lines.length; at++) {
        const line = lines[at] as string;
        if (
          fits(clues, line) ||
          (clues.slip !== null && mayBeSlip(clues.slip, line) && this.#mayCountLike(clues, at)) ||
          this.#mayHoldOther(at, line, clues.key)
        )
          (found ??= []).push(at);
      }
      return this.#andVeiled(found ?? none);
    }
    const { anyOf, allOf, slip } = clues;
    const found = new Set(this.#veiled);
    const add = (letters: string, isWanted: (line: string, at: number) => boolean): void => {
      for (const at of this.#likely(letters)) if (isWanted(lines[at] ?? "", at)) found.add(at);
    };
    add(clues.key, (line, at) => this.#mayHoldOther(at, line, clues.key));
    for (const letters of anyOf) add(letters, (line) => line.includes(letters));
    if (slip !== null)
      for (const letters of [slip.start, slip.end, ...slip.words])
        add(letters, (line, at) => this.#mayCountLike(clues, at) && mayBeSlip(slip, line));
    if (allOf.length > 0) {
      const longest = allOf.reduce((most, word) => (word.length > most.length ? word : most));
      add(longest, (line) => holdsAll(line, allOf));
    }
    return [...found];
  }

  /** Whether a title may hold a number if the record's does; known once for all records. */
  #mayCountLike({ isNumbered }: Clues, at: number): boolean {
    if (!isNumbered) return true;
    const counting = (this.#counting ??= []);
    const known = counting[at];
    if (known !== undefined) return known;
    const title = this.#albums[at]?.title ?? "";
    // An elided article may be all that hides one.
    return (counting[at] = mayHoldNumber(fold(title)) || /^l['’]/i.test(title));
  }

  /** Whether a title may hold another one, of which these are the letters. */
  #mayHoldOther(at: number, line: string, letters: string): boolean {
    if (line.length <= letters.length || !line.includes(letters)) return false;
    const album = this.#albums[at];
    return album !== undefined && this.#holders.mayHoldOther(album, line);
  }

  #andVeiled(found: readonly number[]): readonly number[] {
    if (this.#veiled.length === 0) return found;
    return found.length === 0 ? this.#veiled : [...new Set([...found, ...this.#veiled])];
  }

  #isLookedThrough(): boolean {
    if (this.#byThree !== null) return false;
    if (this.#lines.length <= manyTitles || ++this.#looks <= fewLooks) return true;
    this.#byThree = byThree(this.#lines);
    return false;
  }

  /** Titles that hold the rarest three of these letters that stand in a row. */
  #likely(letters: string): readonly number[] {
    let fewest: readonly number[] | null = null;
    for (let at = 0; at + 3 <= letters.length; at++) {
      const held = this.#byThree?.get(threeAt(letters, at)) ?? none;
      if (fewest === null || held.length < fewest.length) fewest = held;
    }
    return fewest ?? this.#lines.map((_, at) => at);
  }
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
