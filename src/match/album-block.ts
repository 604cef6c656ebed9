import { alternativesOf } from "./alternatives.ts";
import type { Alternative } from "./alternatives.ts";
import { bagOf } from "./bag.ts";
import type { AlbumRow } from "./matched-release.ts";
import { parseTitle } from "./title.ts";
import type { ParsedTitle } from "./title.ts";

export interface Entry {
  readonly album: AlbumRow;
  readonly title: ParsedTitle;
}

/** All albums under one artist key. Titles are taken apart when a record first asks for the artist. */
export interface AlbumBlock {
  readonly key: string;
  readonly albums: AlbumRow[];
  index: BlockIndex | null;
}

export interface BlockIndex {
  readonly entries: readonly Entry[];
  readonly byKey: ReadonlyMap<string, readonly Entry[]>;
  near: NearIndex | null;
}

/** Other ways to find a title than by its key. */
export interface NearIndex {
  readonly byAlternative: ReadonlyMap<string, readonly (readonly [Entry, Alternative])[]>;
  readonly byBag: ReadonlyMap<string, readonly Entry[]>;
  readonly byEnds: ReadonlyMap<string, readonly Entry[]>;
  readonly byShape: ReadonlyMap<string, readonly Entry[]>;
}

/** How many words two titles must share at the beginning or at the end. */
export const sharedWords = 4;

export function blockIndex(block: AlbumBlock): BlockIndex {
  if (block.index) return block.index;
  const entries = block.albums.map((album) => ({ album, title: parseTitle(album.title) }));
  const byKey = new Map<string, Entry[]>();
  for (const entry of entries) push(byKey, entry.title.key, entry);
  block.index = { entries, byKey, near: null };
  return block.index;
}

export function nearIndex(index: BlockIndex): NearIndex {
  if (index.near) return index.near;
  const byAlternative = new Map<string, (readonly [Entry, Alternative])[]>();
  const byBag = new Map<string, Entry[]>();
  const byEnds = new Map<string, Entry[]>();
  const byShape = new Map<string, Entry[]>();
  for (const entry of index.entries) {
    const names = [entry.album.artist];
    for (const alternative of alternativesOf(entry.title, names, "album")) {
      push(byAlternative, alternative.key, [entry, alternative] as const);
    }
    const bag = bagOf(entry.title, names);
    if (bag !== "") push(byBag, bag, entry);
    for (const end of titleEnds(entry.title)) push(byEnds, end, entry);
    push(byShape, shapeOf(entry.title.key, entry.title.key.length), entry);
  }
  index.near = { byAlternative, byBag, byEnds, byShape };
  return index.near;
}

/** The first words and the last words of a title that has enough of them; two are enough when it trails off in dots. */
export function titleEnds(title: ParsedTitle): string[] {
  const words = title.stem.split(" ");
  const ends = words.length >= 2 ? [`^${words.slice(0, 2).join(" ")}`] : [];
  if (words.length >= sharedWords) ends.push(`${words.slice(-sharedWords).join(" ")}$`);
  return ends;
}

/** Titles a letter or two apart begin alike and are about as long. */
export function shapeOf(key: string, length: number): string {
  return `${String.fromCodePoint(key.codePointAt(0) ?? 32)}${length}`;
}

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
