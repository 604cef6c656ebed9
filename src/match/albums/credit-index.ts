import { getLastName, toNameSetKey } from "../text/credit-parts.ts";
import type { AlbumBlock } from "./album-block.ts";
import type { ArtistName } from "./artist-names.ts";

type Blocks = Map<string, Set<AlbumBlock>>;

/** Artists' blocks by the names within their credits. */
export class CreditIndex {
  readonly #shared: Blocks = new Map();
  readonly #ending: Blocks = new Map();
  readonly #alone: Blocks = new Map();
  readonly #known: (name: string) => ArtistName;

  constructor(blocks: Iterable<AlbumBlock>, known: (name: string) => ArtistName) {
    this.#known = known;
    for (const block of blocks) for (const name of block.names) this.#add(name, block);
  }

  /** Blocks of joint credits, by the key of each name: "X feat. Y" under x. */
  getSharedBlocks(key: string): ReadonlySet<AlbumBlock> {
    return this.#shared.get(key) ?? noBlocks;
  }

  /** Blocks of artists with a name of several words that ends in this word. */
  getBlocksByLastName(word: string): ReadonlySet<AlbumBlock> {
    return this.#ending.get(word) ?? noBlocks;
  }

  /** Blocks of joint credits in which one name is this word. */
  getBlocksByOneWordName(word: string): ReadonlySet<AlbumBlock> {
    return this.#alone.get(word) ?? noBlocks;
  }

  #add({ words, credit: { parts, names, others, innerKeys } }: ArtistName, block: AlbumBlock): void {
    const toKey = (one: string): string => this.#known(one).key;
    const addShared = (key: string): void => {
      if (key !== block.key && key !== "") addBlock(this.#shared, key, block);
    };
    // A one-word name is found by its key.
    if (words.length > 1) this.#addLast(words, block);
    for (const part of parts) {
      addShared(toKey(part));
      this.#addLast(this.#known(part).words, block);
    }
    for (const other of others) addShared(toKey(other));
    if (names.length > 1) addShared(toNameSetKey(names, toKey));
    for (const key of innerKeys) addShared(key);
  }

  #addLast(words: readonly string[], block: AlbumBlock): void {
    const last = getLastName(words);
    if (last !== "") addBlock(words.length === 1 ? this.#alone : this.#ending, last, block);
  }
}

const noBlocks: ReadonlySet<AlbumBlock> = new Set();

function addBlock(blocks: Blocks, text: string, block: AlbumBlock): void {
  let set = blocks.get(text);
  if (set === undefined) blocks.set(text, (set = new Set()));
  set.add(block);
}
