import {
  isShortName,
  lastName,
  otherNames,
  partsOfCredit,
  runsOfWords,
  setOfCredit,
} from "../text/credit-parts.ts";
import type { AlbumBlock } from "./album-block.ts";

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
  /** By the only word of one. */
  readonly alone: Pick<BlocksByText, "get">;
}

export function createCreditIndex(blocks: Iterable<AlbumBlock>, names: Names): CreditIndex {
  const keyOf = (name: string): string => names.keyOf(name);
  const [shared, ending, alone] = [new BlocksByText(), new BlocksByText(), new BlocksByText()];
  const addLast = (words: readonly string[], block: AlbumBlock): void => {
    const last = lastName(words);
    if (last !== "") (words.length === 1 ? alone : ending).add(last, block);
  };
  for (const block of blocks) {
    const share = (key: string): void => {
      if (key !== block.key && key !== "") shared.add(key, block);
    };
    for (const name of block.names) {
      const words = names.wordsOf(name);
      addLast(words, block);
      if (isShortName(name)) continue;
      const parts = partsOfCredit(name);
      for (const part of parts) {
        share(keyOf(part));
        addLast(names.wordsOf(part), block);
      }
      for (const other of otherNames(name, words)) share(keyOf(other));
      share(setOfCredit(name, keyOf));
      runsOfWords(words).forEach(share);
    }
  }
  return { shared, ending, alone };
}
