import { artistIdentity, artistWords, foldArtist, isPlaceholderTitle } from "../text/artist-name.ts";
import { push, type AlbumBlock } from "./album-block.ts";
import { lastNameKey, otherNames, partsOfCredit, runsOfWords, setOfCredit } from "../text/credit-parts.ts";
import type { Alias, AlbumRow } from "../matched-release.ts";
import { createTitleIndex, type TitleIndex } from "./title-index.ts";

/** The albums, found by artist or by title. */
export interface Library {
  block(artistKey: string): AlbumBlock | undefined;
  /** Blocks whose artist is credited together with others: "X feat. Y" under x. */
  sharedBlocks(artistKey: string): readonly AlbumBlock[];
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
  const nameless = emptyBlock("");
  const rows: AlbumRow[] = [];
  for (const album of albums) {
    const key = keyOf(album.artist);
    if (isPlaceholderTitle(album.title)) continue;
    if (key === "") {
      nameless.albums.push(album);
      continue;
    }
    rows.push(album);
    let block = blocks.get(key);
    if (!block) blocks.set(key, (block = emptyBlock(key)));
    block.albums.push(album);
  }
  let shared: Map<string, AlbumBlock[]> | null = null;
  let titles: TitleIndex | null = null;
  return {
    keyOf,
    block: (key) => blocks.get(key),
    sharedBlocks: (key) => (shared ??= sharedIndex(blocks, keyOf, wordsOf)).get(key) ?? [],
    titles: () => (titles ??= createTitleIndex(rows)),
    nameless,
  };
}

function emptyBlock(key: string): AlbumBlock {
  return { key, albums: [], index: null, spelledName: null };
}

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
    let last: string | null = null;
    for (const { artist: name } of block.albums) {
      // A block's albums are mostly by one spelling of the artist's name.
      if (name === last) continue;
      last = name;
      const words = wordsOf(name);
      const parts = partsOfCredit(name);
      for (const part of parts) keys.add(keyOf(part));
      for (const other of otherNames(name)) keys.add(keyOf(other));
      if (parts.length > 0) keys.add(setOfCredit(name, keyOf));
      for (const key of runsOfWords(words)) keys.add(key);
      keys.add(lastNameKey(words));
      for (const part of parts) keys.add(lastNameKey(wordsOf(part)));
    }
    for (const key of keys) if (key !== block.key && key !== "") push(shared, key, block);
  }
  return shared;
}
