import { isCompany } from "../text/credit-parts.ts";
import {
  initialsOfName,
  isWrittenAsInitials,
  longestInitials,
  shortestMisspelled,
} from "../text/name-slip.ts";
import type { AlbumBlock } from "./album-block.ts";

const [none, prime, start] = [-1, 16777619, 2166136261];

/**
 * Artists' blocks by names near theirs. Each name stands under two numbers: one made of its first word, one of its last,
 * both of the first letters of all. Two names that differ in one word, but not in its first letter, share one of them;
 * others may by chance.
 */
export class NearNames {
  readonly #blocks: AlbumBlock[] = [];
  readonly #words: (readonly string[])[] = [];
  readonly #latest: Int32Array;
  readonly #before: Int32Array;

  constructor(count: number) {
    this.#latest = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 1))).fill(none);
    this.#before = new Int32Array(2 * count);
  }

  add(block: AlbumBlock, words: readonly string[]): void {
    const at = 2 * (this.#blocks.push(block) - 1);
    this.#words.push(words);
    this.#link(at, numberOfFirst(words));
    if (!isCrowded(words)) this.#link(at + 1, numberOfLast(words));
  }

  /** Those whose words are near, of all that may be these but for one, of which the first letter is the same. */
  butForWord(words: readonly string[], areNear: (theirs: readonly string[]) => boolean): AlbumBlock[] | null {
    const found = this.#alike(numberOfFirst(words), areNear, null);
    return isCrowded(words) ? found : this.#alike(numberOfLast(words), areNear, found);
  }

  #link(at: number, number: number): void {
    const place = number & (this.#latest.length - 1);
    this.#before[at] = this.#latest[place] as number;
    this.#latest[place] = at;
  }

  #alike(
    number: number,
    areNear: (theirs: readonly string[]) => boolean,
    found: AlbumBlock[] | null,
  ): AlbumBlock[] | null {
    let all = found;
    let at = this.#latest[number & (this.#latest.length - 1)] as number;
    for (; at !== none; at = this.#before[at] as number)
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
  return numberOf(words, start, word, 0, words.length === 1 ? Math.min(alike, word.length) : word.length);
}

function numberOfLast(words: readonly string[]): number {
  const word = words[words.length - 1] as string;
  return numberOf(
    words,
    ~start,
    word,
    words.length === 1 ? Math.max(0, word.length - alike) : 0,
    word.length,
  );
}

function numberOf(words: readonly string[], seed: number, word: string, from: number, until: number): number {
  let sum = seed;
  for (let at = 0; at < words.length; at++) sum = Math.imul(sum ^ (words[at] as string).charCodeAt(0), prime);
  for (let at = from; at < until; at++) sum = Math.imul(sum ^ word.charCodeAt(at), prime);
  return sum ^ (sum >>> 15);
}
