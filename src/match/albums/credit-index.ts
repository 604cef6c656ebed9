import {
  isShortName,
  lastName,
  lastNameOf,
  mayHoldOthers,
  namesOfCredit,
  otherNames,
  partsOfCredit,
  runsOfWords,
  setOfLastNames,
  setOfNames,
} from "../text/credit-parts.ts";
import type { AlbumBlock, Spelling } from "./album-block.ts";

/** Blocks by a text, in the order in which they come. Most texts have one. */
class BlocksByText {
  readonly #first = new Map<string, AlbumBlock>();
  readonly #all = new Map<string, AlbumBlock[]>();

  get(text: string): readonly AlbumBlock[] {
    const first = this.#first.get(text);
    return first === undefined ? none : (this.#all.get(text) ?? [first]);
  }

  /** A block's texts are added one after the other. */
  add(text: string, block: AlbumBlock): void {
    const first = this.#first.get(text);
    if (first === undefined) {
      this.#first.set(text, block);
      return;
    }
    const all = this.#all.get(text);
    if ((all?.at(-1) ?? first) === block) return;
    if (all === undefined) this.#all.set(text, [first, block]);
    else all.push(block);
  }
}

const none: readonly AlbumBlock[] = [];

interface Names {
  keyOf(name: string): string;
  wordsOf(name: string): readonly string[];
}

/** Artists' blocks by the names within their names. */
export interface CreditIndex {
  /** By the key of each name within the credit, whichever way these are spelled. */
  readonly shared: Pick<BlocksByText, "get">;
  /** By the last word of a name of several words; of each name of a credit. */
  readonly ending: Pick<BlocksByText, "get">;
  /** By the only word of a name of one within a credit. */
  readonly alone: Pick<BlocksByText, "get">;
}

export function createCreditIndex(blocks: Iterable<AlbumBlock>, names: Names): CreditIndex {
  const index = new Indexing(names);
  for (const block of blocks) for (const spelling of block.names) index.add(spelling, block);
  return index;
}

class Indexing implements CreditIndex {
  readonly shared = new BlocksByText();
  readonly ending = new BlocksByText();
  readonly alone = new BlocksByText();
  readonly #names: Names;
  readonly #keyOf: (name: string) => string;
  readonly #wordsOf: (name: string) => readonly string[];

  constructor(names: Names) {
    this.#names = names;
    this.#keyOf = (name) => names.keyOf(name);
    this.#wordsOf = (name) => names.wordsOf(name);
  }

  add(spelling: Spelling, block: AlbumBlock): void {
    const { name } = spelling;
    const isShort = isShortName(name);
    if (isShort && spelling.isPlain) {
      const last = lastOfPlain(name);
      if (last !== "") this.ending.add(last, block);
      return;
    }
    const { words } = spelling;
    // Who is known by one word is found by it as by any name.
    if (words.length > 1) this.#addLast(words, block);
    if (isShort) return;
    if (mayHoldOthers(name, words)) this.#addOthers(spelling, block);
    const runs = runsOfWords(words);
    for (let at = 0; at < runs.length; at++) this.#share(runs[at] as string, block);
  }

  /** By the names within a name, and by those that it has besides. */
  #addOthers({ name, words }: Spelling, block: AlbumBlock): void {
    const parts = partsOfCredit(name);
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at] as string;
      this.#share(this.#keyOf(part), block);
      this.#addLast(this.#names.wordsOf(part), block);
    }
    const others = otherNames(name, words);
    for (let at = 0; at < others.length; at++) this.#share(this.#keyOf(others[at] as string), block);
    const names = namesOfCredit(name);
    if (names.length > 1) {
      this.#share(setOfNames(names, this.#keyOf), block);
      this.#share(byLastNames(setOfLastNames(names, this.#wordsOf)), block);
    }
  }

  #addLast(words: readonly string[], block: AlbumBlock): void {
    const last = lastName(words);
    if (last !== "") (words.length === 1 ? this.alone : this.ending).add(last, block);
  }

  #share(key: string, block: AlbumBlock): void {
    if (key !== block.key && key !== "") this.shared.add(key, block);
  }
}

/** The key under which a credit stands by the last names of its artists; by whole ones it stands under the set itself. */
export function byLastNames(set: string): string {
  return set === "" ? "" : `{${set}`;
}

/** The last word of a plain name of two, where it could be a person's name by itself; else "". */
function lastOfPlain(name: string): string {
  const gap = name.indexOf(" ");
  return gap === -1 ? "" : lastNameOf(name.slice(gap + 1).toLowerCase());
}
