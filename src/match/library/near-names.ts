import { companies } from "../text/credit-parts.ts";
import {
  initialsOfName,
  isNameSlip,
  isWrittenAsInitials,
  longestInitials,
  shortestMisspelled,
} from "../text/name-slip.ts";
import { addTo, type AlbumBlock } from "./entry.ts";

/**
 * Artists by near names. Each name has two keys, one with its first word and one with its last, both with the initials of
 * all words. Two names that differ in one word share one of the keys.
 */
export class NearNames {
  readonly #byWord = new Map<string, AlbumBlock[]>();
  readonly #byInitials = new Map<string, AlbumBlock>();

  constructor(blocks: Iterable<AlbumBlock>) {
    for (const block of blocks) {
      if (block.key.length >= shortestMisspelled)
        for (const key of keysOf(wordsOf(block))) addTo(this.#byWord, key, block);
      if (block.key.length <= longestInitials && block.names.some(({ name }) => isWrittenAsInitials(name)))
        this.#byInitials.set(block.key, block);
    }
  }

  /** Artists whose names differ from a name by a slip. */
  misspelled(words: readonly string[]): readonly AlbumBlock[] {
    return keysOf(words)
      .flatMap((key) => this.#byWord.get(key) ?? [])
      .filter((block) => isNameSlip(words, wordsOf(block)));
  }

  /** Artists whose names are the initials of a name. */
  initialed(words: readonly string[]): readonly AlbumBlock[] {
    return initialsOfName(words).flatMap((initials) => this.#byInitials.get(initials) ?? []);
  }
}

function wordsOf({ names }: AlbumBlock): readonly string[] {
  return names[0]?.words ?? [];
}

/** A misspelled one-word name still shares this many letters with the right one, at one end. */
const sharedLetters = shortestMisspelled / 2;

function keysOf(words: readonly string[]): readonly string[] {
  const initials = words.map((word) => word.charAt(0)).join("");
  const [first = "", last = ""] = [words[0], words.at(-1)];
  const isOne = words.length === 1;
  const byFirst = `${initials} ${isOne ? first.slice(0, sharedLetters) : first}`;
  // Too many names end in "Band", "Orchestra" or the like.
  if (!isOne && companies.has(last)) return [byFirst];
  return [byFirst, `${initials}  ${isOne ? last.slice(-sharedLetters) : last}`];
}

/** Adds a value to the list under a key. */
