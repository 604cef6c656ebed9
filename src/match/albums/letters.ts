import type { AlbumRow } from "../matched-release.ts";
import { fold, lettersOf } from "../text/fold.ts";
import { mayHoldNumber } from "../text/numbers.ts";
import { fits, holdsAll, isVeiled, mayBegin, mayBeSlip, type Clues, type Slip } from "./clues.ts";

/** So often many titles are looked through before an index is made. */
const [manyTitles, fewLooks] = [200, 8];

const none: readonly number[] = [];

interface Holders {
  mayHoldOther(album: AlbumRow, letters: string): boolean;
}

/** The letters of an artist's titles: most records find nothing near among them. Titles are numbered as they are given. */
export class Letters {
  readonly #albums: readonly AlbumRow[];
  /** Those of all titles, each on a line of its own: mostly one look tells that none of them holds what is looked for. */
  readonly text: string;
  /** Where each line begins. */
  readonly #starts: readonly number[];
  #counting: (boolean | undefined)[] | null = null;
  readonly #veiled: readonly number[];
  readonly #holders: Holders;
  #byThree: ReadonlyMap<number, readonly number[]> | null = null;
  #looks = 0;

  constructor(albums: readonly AlbumRow[], holders: Holders) {
    this.#albums = albums;
    this.#holders = holders;
    const lines = albums.map(({ title }) => lettersOf(title));
    this.text = lines.join("\n");
    this.#starts = startsOf(lines);
    this.#veiled = albums.some(isVeiledAlbum)
      ? albums.flatMap((album, at) => (isVeiledAlbum(album) ? [at] : []))
      : none;
  }

  /** Whether a title holds all of these letters, or may hold them by another reading. */
  mayHoldAll(at: number, clues: readonly string[]): boolean {
    return holdsAll(this.#line(at), clues) || this.#veiled.includes(at);
  }

  #line(at: number): string {
    return this.text.slice(this.#starts[at], (this.#starts[at + 1] ?? this.text.length + 1) - 1);
  }

  /** Titles that hold these letters, or may hold them by another reading. */
  holding(letters: string): readonly number[] {
    if (this.#isLookedThrough()) return this.#andVeiled(this.#linesWith(letters));
    return this.#andVeiled(this.#likely(letters).filter((at) => this.#line(at).includes(letters)));
  }

  #linesWith(letters: string): readonly number[] {
    const [text, starts] = [this.text, this.#starts];
    let found: number[] | null = null;
    let line = 0;
    for (
      let at = text.indexOf(letters);
      at !== -1 && line < starts.length;
      at = text.indexOf(letters, starts[line])
    ) {
      while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= at) line += 1;
      (found ??= []).push(line);
      line += 1;
    }
    return found ?? none;
  }

  /** Titles that fit the clues. */
  fitting(clues: Clues): readonly number[] {
    if (this.#isLookedThrough()) {
      const { slip, key } = clues;
      const mayFit = fits(clues, this.text);
      const mayHold = this.text.includes(key);
      let found: number[] | null = null;
      for (let at = 0; at < this.#starts.length; at++) {
        if (
          (mayFit && fits(clues, this.#line(at))) ||
          (slip !== null && this.#mayMisspell(slip, at) && this.#mayCountLike(clues, at)) ||
          (mayHold && this.#mayHoldOther(at, this.#line(at), key))
        )
          (found ??= []).push(at);
      }
      return this.#andVeiled(found ?? none);
    }
    const { anyOf, allOf, slip } = clues;
    const found = new Set(this.#veiled);
    const add = (letters: string, isWanted: (at: number) => boolean): void => {
      for (const at of this.#likely(letters)) if (isWanted(at)) found.add(at);
    };
    add(clues.key, (at) => this.#mayHoldOther(at, this.#line(at), clues.key));
    for (const letters of anyOf) add(letters, (at) => this.#line(at).includes(letters));
    if (slip !== null)
      for (const letters of [slip.start, slip.end, ...slip.words])
        add(letters, (at) => this.#mayMisspell(slip, at) && this.#mayCountLike(clues, at));
    if (allOf.length > 0) {
      const longest = allOf.reduce((most, word) => (word.length > most.length ? word : most));
      add(longest, (at) => holdsAll(this.#line(at), allOf));
    }
    return [...found];
  }

  #mayMisspell(slip: Slip, at: number): boolean {
    return mayBegin(slip, this.text, this.#starts[at] ?? 0) && mayBeSlip(slip, this.#line(at));
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
    if (this.#starts.length <= manyTitles || ++this.#looks <= fewLooks) return true;
    this.#byThree = byThree(this.#starts.map((_, at) => this.#line(at)));
    return false;
  }

  /** Titles that hold the rarest three of these letters that stand in a row. */
  #likely(letters: string): readonly number[] {
    let fewest: readonly number[] | null = null;
    for (let at = 0; at + 3 <= letters.length; at++) {
      const held = this.#byThree?.get(threeAt(letters, at)) ?? none;
      if (fewest === null || held.length < fewest.length) fewest = held;
    }
    return fewest ?? this.#starts.map((_, at) => at);
  }
}

/** Where each of several lines begins in a text of them all. */
function startsOf(lines: readonly string[]): readonly number[] {
  const starts: number[] = [];
  let start = 0;
  for (let at = 0; at < lines.length; at++) {
    starts.push(start);
    start += (lines[at] as string).length + 1;
  }
  return starts;
}

function isVeiledAlbum({ title }: AlbumRow): boolean {
  return isVeiled(title);
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
