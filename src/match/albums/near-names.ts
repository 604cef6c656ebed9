import { isCompany } from "../text/credit-parts.ts";
import {
  initialsOfName,
  isWrittenAsInitials,
  longestInitials,
  shortestMisspelled,
} from "../text/name-slip.ts";
import { emptyHash, hashWith } from "../text/hash.ts";
import type { AlbumBlock } from "./album-block.ts";
import { Chains, endOfChain } from "./chains.ts";

/**
 * Artists' blocks by names near theirs. Each name stands under two numbers: one made of its first word, one of its last,
 * both of the first letters of all. Two names that differ in one word, but not in its first letter, share one of them;
 * others may by chance.
 */
export class NearNames {
  readonly #blocks: AlbumBlock[] = [];
  readonly #words: (readonly string[])[] = [];
  readonly #chains: Chains;

  constructor(count: number) {
    this.#chains = new Chains(2 * count);
  }

  add(block: AlbumBlock, words: readonly string[]): void {
    const at = 2 * (this.#blocks.push(block) - 1);
    this.#words.push(words);
    this.#chains.add(at, numberOfFirst(words));
    if (!isCrowded(words)) this.#chains.add(at + 1, numberOfLast(words));
  }

  /** Those whose words are near, of all that may be these but for one, of which the first letter is the same. */
  butForWord(words: readonly string[], areNear: (theirs: readonly string[]) => boolean): AlbumBlock[] | null {
    const found = this.#alike(numberOfFirst(words), areNear, null);
    return isCrowded(words) ? found : this.#alike(numberOfLast(words), areNear, found);
  }

  #alike(
    number: number,
    areNear: (theirs: readonly string[]) => boolean,
    found: AlbumBlock[] | null,
  ): AlbumBlock[] | null {
    let all = found;
    for (let at = this.#chains.first(number); at !== endOfChain; at = this.#chains.next(at))
      if (areNear(this.#words[at >> 1] as readonly string[]))
        (all ??= []).push(this.#blocks[at >> 1] as AlbumBlock);
    return all;
  }
}

export function createNearNames(blocks: ReadonlyMap<string, AlbumBlock>): NearNames {
  const near = new NearNames(blocks.size);
  for (const block of blocks.values())
    if (block.key.length >= shortestMisspelled) near.add(block, block.names[0]?.words ?? []);
  return near;
}

/** Those of artists whose names are written as initials are. */
export function blocksByInitials(blocks: ReadonlyMap<string, AlbumBlock>): ReadonlyMap<string, AlbumBlock> {
  const found = new Map<string, AlbumBlock>();
  for (const block of blocks.values()) {
    if (block.key.length <= longestInitials && block.names.some(({ name }) => isWrittenAsInitials(name)))
      found.set(block.key, block);
  }
  return found;
}

const noBlocks: readonly AlbumBlock[] = [];

/** Of these, the ones whose initials are those of a name. */
export function initialedBlocks(
  words: readonly string[],
  initialed: ReadonlyMap<string, AlbumBlock>,
): readonly AlbumBlock[] {
  if (initialed.size === 0) return noBlocks;
  return initialsOfName(words).flatMap((initials) => initialed.get(initials) ?? []);
}

/** Of a single word so many letters at its beginning, or at its end, are those of a slip as well. */
const alike = shortestMisspelled / 2;

/** Too many end in what a company of singers is called. */
function isCrowded(words: readonly string[]): boolean {
  return words.length > 1 && isCompany(words[words.length - 1] as string);
}

function numberOfFirst(words: readonly string[]): number {
  const word = words[0] as string;
  return numberOf(words, emptyHash, word, 0, words.length === 1 ? Math.min(alike, word.length) : word.length);
}

function numberOfLast(words: readonly string[]): number {
  const word = words[words.length - 1] as string;
  return numberOf(
    words,
    ~emptyHash,
    word,
    words.length === 1 ? Math.max(0, word.length - alike) : 0,
    word.length,
  );
}

function numberOf(words: readonly string[], seed: number, word: string, from: number, until: number): number {
  let sum = seed;
  for (let at = 0; at < words.length; at++) sum = hashWith(sum, (words[at] as string).charCodeAt(0));
  for (let at = from; at < until; at++) sum = hashWith(sum, word.charCodeAt(at));
  return sum;
}
