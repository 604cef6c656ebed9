import type { AlbumRow } from "../matched-release.ts";
import { fold, lettersOf } from "../text/fold.ts";
import {
  anyLetters,
  bitsOf,
  holdsBits,
  lacksMoreThanTwo,
  standsInWords,
  startsWithLetters,
  startsWithWords,
} from "../text/letter-bits.ts";
import { mayHoldNumber } from "../text/numbers.ts";
import { anyInitial, initialOfKey, mayBeInitial } from "../text/initials.ts";
import type { ParsedTitle } from "../text/title.ts";
import { holdsAll, isVeiled, type Clue, type Clues } from "./clues.ts";
import { initialOfBits, type RowTable } from "./row-table.ts";
import { holdsAllButOne, mayBeSlip, type Slip } from "./slips.ts";
import { ThreeLetters } from "./three-letters.ts";

/** Of so many titles each is looked at so often; then an index is made. */
const [manyTitles, fewLooks] = [1000, 8];

const none: readonly number[] = [];

interface Holders {
  mayHoldOther(album: AlbumRow, letters: string): boolean;
}

/**
 * The letters of an artist's titles: most records find nothing near among them, which the bits of the letters tell
 * before a title is folded. Titles are numbered as they are given.
 */
export class Letters {
  readonly #table: RowTable;
  /** The first title's place in the table. */
  readonly #start: number;
  readonly #count: number;
  readonly #holders: Holders;
  readonly #veiled: readonly number[];
  /** All bits that any title has. */
  readonly #anyBits: number;
  #lines: (string | undefined)[] | null = null;
  #counting: (boolean | undefined)[] | null = null;
  #byThree: ThreeLetters | null = null;
  #looks = 0;

  constructor(table: RowTable, start: number, count: number, holders: Holders) {
    this.#table = table;
    this.#start = start;
    this.#count = count;
    this.#holders = holders;
    let veiled: number[] | null = null;
    const { bits } = table;
    let anyBits = 0;
    for (let at = 0; at < count; at++) {
      const held = bits[start + at] as number;
      anyBits |= held;
      if (holdsBits(held, anyLetters) && isVeiled(this.#title(at))) (veiled ??= []).push(at);
    }
    this.#veiled = veiled ?? none;
    this.#anyBits = anyBits;
  }

  #title(at: number): string {
    return this.#table.album(this.#start + at).title;
  }

  #bits(at: number): number {
    return this.#table.bits[this.#start + at] as number;
  }

  /** Whether a title holds all of these letters, or may hold them by another reading. */
  mayHoldAll(at: number, letters: readonly string[]): boolean {
    return holdsAll(this.#line(at), letters) || this.#veiled.includes(at);
  }

  /** A title's letters as they are folded, no space left. */
  #line(at: number): string {
    const lines = (this.#lines ??= Array<string | undefined>(this.#count));
    return (lines[at] ??= lettersOf(this.#title(at)));
  }

  /** Titles whose key may be a title's, of whose key the clue is a part. */
  titled({ raw, key }: ParsedTitle, { letters, bits }: Clue): readonly number[] {
    if (!holdsBits(this.#anyBits, bits)) return none;
    if (this.#index() !== null)
      return this.holding(letters).filter((at) => this.#mayBegin(at, initialOfKey(key)));
    const wanted = initialOfKey(key);
    const first = this.#start;
    const last = first + this.#count;
    const { bits: all } = this.#table;
    let found: number[] | null = null;
    for (let place = first; place < last; place++) {
      const held = all[place] as number;
      if ((held & bits) !== bits || !mayBeInitial(initialOfBits(held), wanted)) continue;
      const title = this.#table.album(place).title;
      if (title !== raw && !this.#mayBeOfKey(place - first, title, held, key, letters)) continue;
      if (found === null) found = [place - first];
      else found.push(place - first);
    }
    return found ?? none;
  }

  /** Whether the key of a title of these bits may be such a key, of which these letters are a part. */
  #mayBeOfKey(at: number, title: string, bits: number, key: string, letters: string): boolean {
    if (holdsBits(bits, anyLetters)) return true;
    // Where nothing is in front of the first letter, the key begins there.
    if (initialOfBits(bits) === anyInitial || !key.startsWith(letters))
      return this.#line(at).includes(letters);
    if (!isSpelledPlainly(title, bits)) return this.#line(at).startsWith(letters);
    // The whole key ends with a word, whatever tail is behind it.
    return letters === key ? startsWithWords(title, letters) : startsWithLetters(title, letters);
  }

  /** Titles that hold these letters, or may hold them by another reading. */
  holding(letters: string): readonly number[] {
    const bits = bitsOf(letters);
    if (!holdsBits(this.#anyBits, bits)) return this.#veiled;
    const index = this.#index();
    if (index !== null)
      return this.#andVeiled(index.likely(letters).filter((at) => this.#holds(at, letters, bits)));
    let found: number[] | null = null;
    for (let at = 0; at < this.#count; at++) {
      if (!this.#holds(at, letters, bits)) continue;
      if (found === null) found = [at];
      else found.push(at);
    }
    return this.#andVeiled(found ?? none);
  }

  #holds(at: number, letters: string, bits: number): boolean {
    return holdsBits(this.#bits(at), bits) && this.#line(at).includes(letters);
  }

  /** Titles of which something holds: of any, or of such alone as have letters beyond ASCII. */
  such(holds: (title: string) => boolean, among: "any" | "beyond-ascii"): readonly number[] {
    if (among !== "any" && !holdsBits(this.#anyBits, anyLetters)) return none;
    let found: number[] | null = null;
    for (let at = 0; at < this.#count; at++) {
      if (among !== "any" && !holdsBits(this.#bits(at), anyLetters)) continue;
      if (holds(this.#title(at))) (found ??= []).push(at);
    }
    return found ?? none;
  }

  /** Titles that fit the clues. */
  fitting(clues: Clues): readonly number[] {
    const index = this.#index();
    if (index === null) {
      // Most titles may not be reached by their bits.
      const { bitsOfEach, slip } = clues;
      const initial = slip === null ? anyInitial : initialOfKey(slip.key);
      const { bits: all } = this.#table;
      let found: number[] | null = null;
      for (let at = 0; at < this.#count; at++) {
        const bits = all[this.#start + at] as number;
        const mayFit =
          holdsBits(bits, bitsOfEach) || (slip !== null && mayBeInitial(initialOfBits(bits), initial));
        if (mayFit && this.#fits(clues, at)) (found ??= []).push(at);
      }
      return this.#andVeiled(found ?? none);
    }
    const { key, anyOf, allOf, slip } = clues;
    const found = new Set(this.#veiled);
    const add = (letters: string): void => {
      for (const at of index.likely(letters)) if (this.#fits(clues, at)) found.add(at);
    };
    add(key.letters);
    for (const { letters } of anyOf) add(letters);
    if (slip !== null) for (const letters of [slip.start, slip.end, ...slip.words]) add(letters);
    if (allOf.length > 0) add(allOf.reduce((most, word) => (word.length > most.length ? word : most)));
    return [...found];
  }

  #fits(clues: Clues, at: number): boolean {
    const bits = this.#bits(at);
    return (
      (holdsBits(bits, clues.bitsOfEach) && this.#mayHold(clues, bits, at)) ||
      (clues.slip !== null && this.#mayMisspell(clues.slip, bits, at) && this.#mayCountLike(clues, at))
    );
  }

  #mayHold(clues: Clues, bits: number, at: number): boolean {
    const { key, anyOf, allOf, bitsOfAll } = clues;
    for (let any = 0; any < anyOf.length; any++) {
      const clue = anyOf[any] as Clue;
      if (holdsBits(bits, clue.bits) && this.#line(at).includes(clue.letters)) return true;
    }
    if (allOf.length > 0 && holdsBits(bits, bitsOfAll) && holdsAll(this.#line(at), allOf)) return true;
    return holdsBits(bits, key.bits) && this.#mayHoldOther(clues, bits, at);
  }

  /** Whether a title is a slip of the pen away; the first letter of its key is none. */
  #mayMisspell(slip: Slip, bits: number, at: number): boolean {
    if (!mayBeInitial(initialOfBits(bits), initialOfKey(slip.key))) return false;
    if (lacksMoreThanTwo(bits, slip.bitsOfWords)) return false;
    const mayBe =
      holdsBits(bits, slip.bitsOfStart) || holdsBits(bits, slip.bitsOfEnd) || slip.words.length > 0;
    if (!mayBe) return false;
    const line = this.#line(at);
    return (
      (holdsBits(bits, slip.bitsOfContent) || holdsAllButOne(line, slip.content)) && mayBeSlip(slip, line)
    );
  }

  #mayBegin(at: number, initial: number): boolean {
    return mayBeInitial(initialOfBits(this.#bits(at)), initial);
  }

  /** Whether a title may hold a number if the record's does; known once for all records. */
  #mayCountLike({ isNumbered }: Clues, at: number): boolean {
    if (!isNumbered) return true;
    const counting = (this.#counting ??= []);
    const known = counting[at];
    if (known !== undefined) return known;
    const title = this.#title(at);
    // An elided article may be all that hides one.
    return (counting[at] = mayHoldNumber(fold(title)) || /^l['’]/i.test(title));
  }

  /** Whether a title may hold another one, of which these are the clues. */
  #mayHoldOther({ key: { letters }, whole }: Clues, bits: number, at: number): boolean {
    const line = this.#line(at);
    if (line.length <= letters.length || !line.includes(letters)) return false;
    const album = this.#table.album(this.#start + at);
    if (whole !== null && isSpelledPlainly(album.title, bits) && !standsInWords(album.title, whole))
      return false;
    return this.#holders.mayHoldOther(album, line);
  }

  #andVeiled(found: readonly number[]): readonly number[] {
    if (this.#veiled.length === 0) return found;
    return found.length === 0 ? this.#veiled : [...new Set([...found, ...this.#veiled])];
  }

  /** The index of the titles, where there are many and they have been looked through often. */
  #index(): ThreeLetters | null {
    if (this.#byThree !== null) return this.#byThree;
    if (this.#count <= manyTitles || ++this.#looks <= fewLooks) return null;
    return (this.#byThree = new ThreeLetters(Array.from({ length: this.#count }, (_, at) => this.#line(at))));
  }
}

/** To look through one of thousands of letters for another takes long. */
const longTitle = 300;

/** Whether each letter of a title is folded to itself. */
function isSpelledPlainly(title: string, bits: number): boolean {
  return title.length <= longTitle && !holdsBits(bits, anyLetters) && !/[$!&+]/.test(title);
}
