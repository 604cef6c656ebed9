import { bandWords } from "../text/credit-parts.ts";
import {
  findNameTypo,
  toConsonants,
  toInitials,
  listInitials,
  isWrittenAsInitials,
  maxInitialsLength,
  type NameTypo,
  minTypoNameLength,
} from "../text/name-typo.ts";
import type { ArtistName } from "./artist-names.ts";
import { addToList } from "../../model/grouping.ts";
import type { AlbumBlock } from "./album-block.ts";

/**
 * Artists by near names. Each name has a key with its consonants, one with its first word and one with its last, both with
 * the initials of all words. Two names that differ in one word share one of the keys.
 */
export class NearNameIndex {
  readonly #byWord = new Map<string, AlbumBlock[]>();
  readonly #byInitials = new Map<string, AlbumBlock[]>();

  constructor(blocks: Iterable<AlbumBlock>) {
    for (const block of blocks) {
      if (block.key.length >= minTypoNameLength)
        for (const key of toNameKeys(getNameWords(block))) addToList(this.#byWord, key, block);
      if (block.key.length <= maxInitialsLength && block.names.some(({ name }) => isWrittenAsInitials(name)))
        addToList(this.#byInitials, block.key, block);
      for (const initials of listInitials(getNameWords(block)))
        addToList(this.#byInitials, `=${initials}`, block);
    }
  }

  /** Artists whose names differ from a name by a typo, each with its certainty. */
  getArtistsByTypo(words: readonly string[]): ReadonlyMap<AlbumBlock, NameTypo> {
    const typos = new Map<AlbumBlock, NameTypo>();
    for (const key of toNameKeys(words))
      for (const block of this.#byWord.get(key) ?? []) {
        const typo = findNameTypo(words, getNameWords(block));
        if (typo !== null) typos.set(block, typo);
      }
    return typos;
  }

  /** Artists whose names are the initials of a name, or whose initials the name is. */
  getBlocksByInitials({ name, key, words }: ArtistName): readonly AlbumBlock[] {
    const keys = isWrittenAsInitials(name) ? [`=${key}`] : listInitials(words);
    return keys.flatMap((initials) => this.#byInitials.get(initials) ?? []);
  }
}

function getNameWords({ names }: AlbumBlock): readonly string[] {
  return names[0]?.words ?? [];
}

/** A misspelled one-word name still shares this many letters with the right one, at one end. */
const sharedLetters = 4;

function toNameKeys(words: readonly string[]): readonly string[] {
  const initials = toInitials(words);
  const [first = "", last = ""] = [words[0], words.at(-1)];
  const isOne = words.length === 1;
  const keys = [toConsonants(words.join("")), `${initials} ${isOne ? first.slice(0, sharedLetters) : first}`];
  // Too many names end in "Band", "Orchestra" or the like.
  if (isOne || !bandWords.has(last)) keys.push(`${initials}  ${isOne ? last.slice(-sharedLetters) : last}`);
  return keys;
}
