import { lastName, setOfNames } from "../text/credit-parts.ts";
import { addTo, type AlbumBlock } from "./entry.ts";
import type { KnownName } from "./artist-names.ts";

type Blocks = Map<string, AlbumBlock[]>;

/** Artists' blocks by the names within their credits. */
export class CreditIndex {
  readonly #shared: Blocks = new Map();
  readonly #ending: Blocks = new Map();
  readonly #alone: Blocks = new Map();
  readonly #known: (name: string) => KnownName;

  constructor(blocks: Iterable<AlbumBlock>, known: (name: string) => KnownName) {
    this.#known = known;
    for (const block of blocks) for (const name of block.names) this.#add(name, block);
  }

  /** Blocks of joint credits, by the key of each name: "X feat. Y" under x. */
  shared(key: string): readonly AlbumBlock[] {
    return this.#shared.get(key) ?? [];
  }

  /** Blocks of artists with a name of several words that ends in this word. */
  endingIn(word: string): readonly AlbumBlock[] {
    return this.#ending.get(word) ?? [];
  }

  /** Blocks of joint credits in which one name is this word. */
  knownAs(word: string): readonly AlbumBlock[] {
    return this.#alone.get(word) ?? [];
  }

  #add({ words, credit: { parts, names, others, runs } }: KnownName, block: AlbumBlock): void {
    const keyOf = (one: string): string => this.#known(one).key;
    const share = (key: string): void => {
      if (key !== block.key && key !== "") put(this.#shared, key, block);
    };
    // A one-word name is found by its key.
    if (words.length > 1) this.#addLast(words, block);
    for (const part of parts) {
      share(keyOf(part));
      this.#addLast(this.#known(part).words, block);
    }
    for (const other of others) share(keyOf(other));
    if (names.length > 1) share(setOfNames(names, keyOf));
    for (const run of runs) share(run);
  }

  #addLast(words: readonly string[], block: AlbumBlock): void {
    const last = lastName(words);
    if (last !== "") put(words.length === 1 ? this.#alone : this.#ending, last, block);
  }
}

/** The names of a block are added one after the other. */
function put(blocks: Blocks, text: string, block: AlbumBlock): void {
  if (blocks.get(text)?.at(-1) !== block) addTo(blocks, text, block);
}
