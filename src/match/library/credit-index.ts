import {
  lastName,
  namesOfCredit,
  otherNames,
  partsOfCredit,
  runsOfWords,
  setOfLastNames,
  setOfNames,
} from "../text/credit-parts.ts";
import type { AlbumBlock } from "./album-block.ts";
import type { KnownName } from "./artist-names.ts";

interface Names {
  keyOf(name: string): string;
  wordsOf(name: string): readonly string[];
}

type Blocks = Map<string, AlbumBlock[]>;

/** Artists' blocks by the names within their names. */
export class CreditIndex {
  readonly #shared: Blocks = new Map();
  readonly #ending: Blocks = new Map();
  readonly #alone: Blocks = new Map();
  readonly #names: Names;

  constructor(blocks: Iterable<AlbumBlock>, names: Names) {
    this.#names = names;
    for (const block of blocks) for (const name of block.names) this.#add(name, block);
  }

  /** Those whose artist is credited together with others, by the key of each name: "X feat. Y" under x. */
  shared(key: string): readonly AlbumBlock[] {
    return this.#shared.get(key) ?? [];
  }

  /** Those of artists whose name, or one of whose names in a credit, is of several words and ends in this one. */
  endingIn(word: string): readonly AlbumBlock[] {
    return this.#ending.get(word) ?? [];
  }

  /** Those of artists one of whose names in a credit is this word alone. */
  knownAs(word: string): readonly AlbumBlock[] {
    return this.#alone.get(word) ?? [];
  }

  #add({ name, words }: KnownName, block: AlbumBlock): void {
    const keyOf = (one: string): string => this.#names.keyOf(one);
    const share = (key: string): void => {
      if (key !== block.key && key !== "") put(this.#shared, key, block);
    };
    // Who is known by one word is found by it as by any name.
    if (words.length > 1) this.#addLast(words, block);
    for (const part of partsOfCredit(name)) {
      share(keyOf(part));
      this.#addLast(this.#names.wordsOf(part), block);
    }
    for (const other of otherNames(name, words)) share(keyOf(other));
    const names = namesOfCredit(name);
    if (names.length > 1) {
      share(setOfNames(names, keyOf));
      share(byLastNames(setOfLastNames(names, (one) => this.#names.wordsOf(one))));
    }
    for (const run of runsOfWords(words)) share(run);
  }

  #addLast(words: readonly string[], block: AlbumBlock): void {
    const last = lastName(words);
    if (last !== "") put(words.length === 1 ? this.#alone : this.#ending, last, block);
  }
}

function put(blocks: Blocks, text: string, block: AlbumBlock): void {
  const held = blocks.get(text);
  if (held === undefined) blocks.set(text, [block]);
  // Those of one block come one after the other.
  else if (held.at(-1) !== block) held.push(block);
}

/** The key under which a credit stands by the last names of its artists; by whole ones it stands under the set itself. */
export function byLastNames(set: string): string {
  return set === "" ? "" : `{${set}`;
}
