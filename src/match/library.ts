import {
  artistKey,
  artistWords,
  foldArtist,
  isPlaceholderArtist,
  isPlaceholderTitle,
  isVariousArtists,
} from "./artist-name.ts";
import type { AlbumBlock } from "./album-block.ts";
import type { Alias, AlbumRow } from "./matched-release.ts";
import { createTitleIndex } from "./title-index.ts";
import type { TitleIndex } from "./title-index.ts";

/** The albums, found by artist or by title. */
export interface Library {
  block(artistKey: string): AlbumBlock | undefined;
  /** Blocks whose artist is credited together with others: "X feat. Y" under x. */
  sharedBlocks(artistKey: string): readonly AlbumBlock[];
  /** The key by which an artist stands here, aliases followed. */
  keyOf(name: string): string;
  /** All artists' albums by title; made when first asked for. */
  titles(): TitleIndex;
}

export const variousKey = "\u0000various";

export function createLibrary(albums: Iterable<AlbumRow>, aliases: readonly Alias[]): Library {
  const canonical = aliasKeys(aliases);
  const keys = new Map<string, string>();
  const keyOf = (name: string): string => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    const plain = isVariousArtists(name) ? variousKey : isPlaceholderArtist(name) ? "" : foldArtist(name);
    const key = canonical.get(plain) ?? plain;
    keys.set(name, key);
    return key;
  };
  const blocks = new Map<string, AlbumBlock>();
  const rows: AlbumRow[] = [];
  for (const album of albums) {
    const key = keyOf(album.artist);
    if (key === "" || isPlaceholderTitle(album.title)) continue;
    rows.push(album);
    const block = blocks.get(key);
    if (block) block.albums.push(album);
    else blocks.set(key, { key, albums: [album], index: null, folded: null, spelledName: null });
  }
  let shared: Map<string, AlbumBlock[]> | null = null;
  let titles: TitleIndex | null = null;
  return {
    keyOf,
    block: (key) => blocks.get(key),
    sharedBlocks: (key) => (shared ??= sharedIndex(blocks)).get(key) ?? [],
    titles: () => (titles ??= createTitleIndex(rows)),
  };
}

function aliasKeys(aliases: readonly Alias[]): ReadonlyMap<string, string> {
  const same = new Map<string, string>();
  for (const alias of aliases) same.set(foldArtist(alias.name), foldArtist(alias.sameAs));
  const followed = new Map<string, string>();
  for (const key of same.keys()) {
    let end = key;
    for (let steps = 0; steps < 10; steps++) {
      const next = same.get(end);
      if (next === undefined || next === key) break;
      end = next;
    }
    followed.set(key, end);
  }
  return followed;
}

const joint =
  /\s(?:&|and|x|vs\.?|v\.?|feat\.?|ft\.?|featuring|with|\+|\/|\||presents|pres\.?|avec|con|mit|aka|y|et|und|e)\s|[,;|]\s/gi;

/** The names that a joined credit may be made of: its beginning and its end, at each joint. */
export function partsOfCredit(name: string): string[] {
  const parts: string[] = [];
  if (name.length > 200) return parts;
  let from = 0;
  joint.lastIndex = 0;
  for (let found = joint.exec(name); found !== null; found = joint.exec(name)) {
    parts.push(
      name.slice(0, found.index),
      name.slice(found.index + found[0].length),
      name.slice(from, found.index),
    );
    from = found.index + found[0].length;
  }
  return parts;
}

/** Runs of at least two words within a longer name: "Jimi Hendrix" in "The Jimi Hendrix Experience". */
export function runsOfName(name: string): string[] {
  const words = artistWords(name);
  const keys: string[] = [];
  if (words.length < 3 || words.length > 8) return keys;
  for (let size = 2; size < words.length; size++) {
    keys.push(artistKey(words.slice(0, size)), artistKey(words.slice(-size)));
  }
  return keys;
}

/** Under which last names a credit is found: "=word" where the word is all of a name, "~word" where it ends one. */
function lastNames(credit: string): string[] {
  return [credit, ...partsOfCredit(credit)].flatMap((name) => {
    const words = artistWords(name);
    const last = lastName(words);
    return last === "" ? [] : [words.length === 1 ? `=${last}` : `~${last}`];
  });
}

/** The last word of a name, where it could be a person's name by itself; else "". */
export function lastName(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return last.length < 4 || companies.has(last) || /\p{N}/u.test(last) ? "" : last;
}

/** What the company of many a singer is called. */
const companies = new Set(
  (
    "band bands orchestra orquesta orchester orchestre friends trio quartet quintet sextet septet octet ensemble group " +
    "brothers sisters boys girls choir chorus singers players project experience company crew gang family allstars stars " +
    "symphony philharmonic featuring music collective machine junior senior limited"
  ).split(" "),
);

function sharedIndex(blocks: ReadonlyMap<string, AlbumBlock>): Map<string, AlbumBlock[]> {
  const shared = new Map<string, AlbumBlock[]>();
  for (const block of blocks.values()) {
    const name = block.albums[0]?.artist ?? "";
    if (block.key === variousKey || !/[\s,]/.test(name)) continue;
    const keys = new Set([...partsOfCredit(name).map(foldArtist), ...runsOfName(name)]);
    for (const key of lastNames(name)) keys.add(key);
    for (const key of keys) {
      if (key === block.key || key === "") continue;
      const held = shared.get(key);
      if (held) held.push(block);
      else shared.set(key, [block]);
    }
  }
  return shared;
}
