import { companies } from "../text/credit-parts.ts";
import {
  compareNames,
  toConsonants,
  initialsOfName,
  isWrittenAsInitials,
  longestInitials,
  type NameTypo,
  shortestMisspelled,
} from "../text/name-slip.ts";
import type { KnownName } from "./artist-names.ts";
import { addTo, type AlbumBlock } from "./entry.ts";

/**
 * Artists by near names. Each name has a key with its consonants, one with its first word and one with its last, both with
 * the initials of all words. Two names that differ in one word share one of the keys.
 */
export class NearNames {
  readonly #byWord = new Map<string, AlbumBlock[]>();
  readonly #byInitials = new Map<string, AlbumBlock[]>();

  constructor(blocks: Iterable<AlbumBlock>) {
    for (const block of blocks) {
      if (block.key.length >= shortestMisspelled)
        for (const key of keysOf(wordsOf(block))) addTo(this.#byWord, key, block);
      if (block.key.length <= longestInitials && block.names.some(({ name }) => isWrittenAsInitials(name)))
        addTo(this.#byInitials, block.key, block);
      for (const initials of initialsOfName(wordsOf(block))) addTo(this.#byInitials, `=${initials}`, block);
    }
  }

  /** Artists whose names differ from a name by a typo. */
  misspelled(words: readonly string[]): readonly NearArtist[] {
    const blocks = new Set(keysOf(words).flatMap((key) => this.#byWord.get(key) ?? []));
    return [...blocks].flatMap((block) => {
      const typo = compareNames(words, wordsOf(block));
      return typo === null ? [] : [{ block, typo }];
    });
  }

  /** Artists whose names are the initials of a name, or whose initials the name is. */
  initialed({ name, key, words }: KnownName): readonly AlbumBlock[] {
    const keys = isWrittenAsInitials(name) ? [`=${key}`] : initialsOfName(words);
    return keys.flatMap((initials) => this.#byInitials.get(initials) ?? []);
  }
}

export interface NearArtist {
  readonly block: AlbumBlock;
  readonly typo: NameTypo;
}

function wordsOf({ names }: AlbumBlock): readonly string[] {
  return names[0]?.words ?? [];
}

/** A misspelled one-word name still shares this many letters with the right one, at one end. */
const sharedLetters = 4;

function keysOf(words: readonly string[]): readonly string[] {
  const initials = words.map((word) => word.charAt(0)).join("");
  const [first = "", last = ""] = [words[0], words.at(-1)];
  const isOne = words.length === 1;
  const keys = [toConsonants(words.join("")), `${initials} ${isOne ? first.slice(0, sharedLetters) : first}`];
  // Too many names end in "Band", "Orchestra" or the like.
  if (isOne || !companies.has(last)) keys.push(`${initials}  ${isOne ? last.slice(-sharedLetters) : last}`);
  return keys;
}
