import { artistIdentity, artistWords, foldArtist } from "../text/artist-name.ts";
import { AlbumBlock } from "./album-block.ts";
import {
  isShortName,
  lastName,
  otherNames,
  partsOfCredit,
  runsOfWords,
  setOfCredit,
} from "../text/credit-parts.ts";
import type { Alias, AlbumRow } from "../matched-release.ts";
import { createTitleIndex, push, type TitleIndex } from "./title-index.ts";

/** The albums, found by artist or by title. */
export interface Library {
  block(artistKey: string): AlbumBlock | undefined;
  /** Blocks whose artist is credited together with others: "X feat. Y" under x. */
  sharedBlocks(artistKey: string): readonly AlbumBlock[];
  /** Blocks of artists whose name, or one of whose names in a credit, is of several words and ends in this one. */
  endingIn(word: string): readonly AlbumBlock[];
  /** Those of artists known by this word alone. */
  knownAs(word: string): readonly AlbumBlock[];
  /** The words of an artist's name. */
  wordsOf(name: string): readonly string[];
  /** The key by which an artist stands here, aliases followed. */
  keyOf(name: string): string;
  /** All artists' albums by title; made when first asked for. */
  titles(): TitleIndex;
  /** Albums by nobody: no artist, an unknown one. */
  readonly nameless: AlbumBlock;
}

export const variousKey = "\u0000various";

export function createLibrary(albums: Iterable<AlbumRow>, aliases: readonly Alias[]): Library {
  const canonical = aliasKeys(aliases);
  const keys = new Map<string, string>();
  const wordsByName = new Map<string, readonly string[]>();
  const wordsOf = (name: string): readonly string[] => {
    const known = wordsByName.get(name);
    if (known) return known;
    const words = artistWords(name);
    wordsByName.set(name, words);
    return words;
  };
  const keyOf = (name: string): string => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    const identity = artistIdentity(name, wordsOf(name));
    const plain = identity.kind === "various" ? variousKey : identity.key;
    const key = canonical.get(plain) ?? plain;
    keys.set(name, key);
    return key;
  };
  const blocks = new Map<string, AlbumBlock>();
  const nameless = new AlbumBlock("");
  const blockOf = (name: string): AlbumBlock => {
    const key = keyOf(name);
    let block = key === "" ? nameless : blocks.get(key);
    if (!block) blocks.set(key, (block = new AlbumBlock(key)));
    block.names.push(name);
    return block;
  };
  const byName = new Map<string, AlbumBlock>();
  for (const album of albums) {
    let block = byName.get(album.artist);
    if (block === undefined) byName.set(album.artist, (block = blockOf(album.artist)));
    block.add(album);
  }
  let shared: Map<string, AlbumBlock[]> | null = null;
  let titles: TitleIndex | null = null;
  let lastNames: LastNames | null = null;
  return {
    keyOf,
    wordsOf,
    block: (key) => {
      const block = blocks.get(key);
      return block === undefined || block.albums.length === 0 ? undefined : block;
    },
    sharedBlocks: (key) => (shared ??= sharedIndex(blocks, keyOf, wordsOf)).get(key) ?? none,
    endingIn: (word) => (lastNames ??= lastNamesOf(blocks, wordsOf)).ending.get(word) ?? none,
    knownAs: (word) => (lastNames ??= lastNamesOf(blocks, wordsOf)).alone.get(word) ?? none,
    titles: () => (titles ??= createTitleIndex([...blocks.values()].flatMap((block) => block.albums))),
    nameless,
  };
}

const none: readonly AlbumBlock[] = [];

/** For each name in an alias the key of all that are declared one with it, whichever way and in whatever order. */
function aliasKeys(aliases: readonly Alias[]): ReadonlyMap<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const alias of aliases) {
    const [one, other] = [foldArtist(alias.name), foldArtist(alias.sameAs)];
    const [mine, theirs] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
    // The smaller group moves: no name moves more often than its group can double.
    const [from, to] = mine.size < theirs.size ? [mine, theirs] : [theirs, mine];
    for (const key of from) to.add(key);
    for (const key of [...from, one, other]) groups.set(key, to);
  }
  const canonical = new Map<string, string>();
  for (const group of new Set(groups.values())) {
    const first = [...group].reduce((least, key) => (key < least ? key : least));
    for (const key of group) canonical.set(key, first);
  }
  return canonical;
}

/** Blocks under each name within their credits, whichever way these are spelled. */
function sharedIndex(
  blocks: ReadonlyMap<string, AlbumBlock>,
  keyOf: (name: string) => string,
  wordsOf: (name: string) => readonly string[],
): Map<string, AlbumBlock[]> {
  const shared = new Map<string, AlbumBlock[]>();
  const keys = new Set<string>();
  for (const block of blocks.values()) {
    if (block.key === variousKey) continue;
    keys.clear();
    for (const name of block.names) {
      if (isShortName(name)) continue;
      const parts = partsOfCredit(name);
      for (const part of parts) keys.add(keyOf(part));
      for (const other of otherNames(name)) keys.add(keyOf(other));
      if (parts.length > 0) keys.add(setOfCredit(name, keyOf));
      for (const key of runsOfWords(wordsOf(name))) keys.add(key);
    }
    for (const key of keys) if (key !== block.key && key !== "") push(shared, key, block);
  }
  return shared;
}

interface LastNames {
  readonly ending: ReadonlyMap<string, readonly AlbumBlock[]>;
  readonly alone: ReadonlyMap<string, readonly AlbumBlock[]>;
}

function lastNamesOf(
  blocks: ReadonlyMap<string, AlbumBlock>,
  wordsOf: (name: string) => readonly string[],
): LastNames {
  const [ending, alone] = [new Map<string, AlbumBlock[]>(), new Map<string, AlbumBlock[]>()];
  const add = (words: readonly string[], block: AlbumBlock): void => {
    const last = lastName(words);
    if (last === "") return;
    const index = words.length === 1 ? alone : ending;
    if (index.get(last)?.at(-1) !== block) push(index, last, block);
  };
  for (const block of blocks.values()) {
    if (block.key === variousKey) continue;
    for (const name of block.names) {
      add(wordsOf(name), block);
      if (!isShortName(name)) for (const part of partsOfCredit(name)) add(wordsOf(part), block);
    }
  }
  return { ending, alone };
}
