import type { Alternative } from "../rungs/alternatives.ts";
import { fits, type Clues } from "./clues.ts";
import { LazyEntry, type Entry } from "./entry.ts";
import { ownNames, type OwnNames } from "../text/own-names.ts";
import type { AlbumRow } from "../matched-release.ts";
import type { ParsedTitle } from "../text/title.ts";

/** All albums under one artist key. Titles are taken apart when a record comes near them. */
export interface AlbumBlock {
  readonly key: string;
  readonly albums: AlbumRow[];
  index: BlockIndex | null;
  /** The name that most plays stand under; found when first asked for. */
  spelledName: string | null;
}

/** An entry found by something else than its own key. */
interface AlternativeEntry {
  readonly entry: Entry;
  readonly alternative: Alternative;
}

export interface BlockIndex {
  readonly entries: readonly Entry[];
  /** The index of those entries that a record with these clues may be near to. */
  likely(clues: Clues | null): BlockIndex;
  sameKey(key: string): readonly Entry[];
  /** Entries of the title's key. Only those that hold the word, which all of them do, are taken apart. */
  sameTitle(title: ParsedTitle, word: string): readonly Entry[];
  sameAlternative(key: string): readonly AlternativeEntry[];
  sameBag(bag: string): readonly Entry[];
  /** Entries that begin or end with the same words. */
  sameEnds(title: ParsedTitle): Iterable<Entry>;
  /** Entries whose keys begin alike and are about as long. */
  sameShape(key: string): Iterable<Entry>;
}

/** How many words two titles must share at the beginning or at the end. */
export const sharedWords = 4;

/** Up to here looking through all is cheaper than an index. */
const fewEntries = 120;

export function blockIndex(block: AlbumBlock): BlockIndex {
  block.index ??= createIndex(block.albums);
  return block.index;
}

function createIndex(albums: readonly AlbumRow[]): BlockIndex {
  const namesOf = namesByArtist();
  const entries = albums.map((album) => new LazyEntry(album, namesOf));
  return entries.length <= fewEntries ? plainIndex(entries) : hashedIndex(entries);
}

function plainIndex(entries: readonly LazyEntry[]): BlockIndex {
  const index: BlockIndex = {
    entries,
    likely: (clues) => {
      if (clues === null) return index;
      const near = entries.filter((entry) => fits(clues, entry.letters, entry.album.title));
      return near.length === entries.length ? index : plainIndex(near);
    },
    sameKey: (key) => entries.filter((entry) => entry.title.key === key),
    sameTitle: (title, word) => titled(entries, title, word),
    sameAlternative: (key) =>
      entries.flatMap((entry) =>
        entry.alternatives
          .filter((alternative) => alternative.key === key)
          .map((alternative) => ({ entry, alternative })),
      ),
    sameBag: (bag) => {
      // Few titles hold its longest word: only theirs are worth sorting.
      const longest = bag.split(" ").reduce((word, other) => (other.length > word.length ? other : word), "");
      return entries.filter((entry) => entry.title.counted.includes(longest) && entry.bag === bag);
    },
    sameEnds: () => entries,
    sameShape: () => entries,
  };
  return index;
}

function titled(entries: readonly LazyEntry[], title: ParsedTitle, word: string): readonly Entry[] {
  return entries.filter((entry) => entry.letters.includes(word) && entry.title.key === title.key);
}

/** So many titles are looked up without taking all apart. */
const fewLookups = 8;

/** All titles are taken apart when the first record comes near, or when many ask for their own. */
function hashedIndex(entries: readonly LazyEntry[]): BlockIndex {
  let made: ReturnType<typeof hashed> | null = null;
  const maps = (): ReturnType<typeof hashed> => (made ??= hashed(entries));
  let lookups = 0;
  const index: BlockIndex = {
    entries,
    likely: () => index,
    sameKey: (key) => maps().byKey.get(key) ?? [],
    sameTitle: (title, word) =>
      made === null && ++lookups <= fewLookups
        ? titled(entries, title, word)
        : (maps().byKey.get(title.key) ?? []),
    sameAlternative: (key) => maps().byAlternative.get(key) ?? [],
    sameBag: (bag) => maps().byBag.get(bag) ?? [],
    sameEnds: (title) => titleEnds(title).flatMap((end) => maps().byEnds.get(end) ?? []),
    sameShape: (key) =>
      [-4, -3, -2, -1, 0, 1, 2, 3, 4].flatMap(
        (more) => maps().byShape.get(shapeOf(key, key.length + more)) ?? [],
      ),
  };
  return index;
}

function hashed(entries: readonly LazyEntry[]) {
  const byKey = new Map<string, Entry[]>();
  const byAlternative = new Map<string, AlternativeEntry[]>();
  const byBag = new Map<string, Entry[]>();
  const byEnds = new Map<string, Entry[]>();
  const byShape = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { title } = entry;
    push(byKey, title.key, entry);
    push(byBag, entry.bag, entry);
    for (const end of titleEnds(title)) push(byEnds, end, entry);
    push(byShape, shapeOf(title.key, title.key.length), entry);
    for (const alternative of entry.alternatives)
      push(byAlternative, alternative.key, { entry, alternative });
  }
  return { byKey, byAlternative, byBag, byEnds, byShape };
}

/** A block's albums are mostly by one spelling of the artist's name. */
function namesByArtist(): (artist: string) => OwnNames {
  const known = new Map<string, OwnNames>();
  return (artist) => {
    const names = known.get(artist) ?? ownNames([artist]);
    known.set(artist, names);
    return names;
  };
}

// Two first words are enough: a title that trails off in dots may have no more.
function titleEnds(title: ParsedTitle): string[] {
  const words = title.stem.split(" ");
  const ends = words.length >= 2 ? [`^${words.slice(0, 2).join(" ")}`] : [];
  if (words.length >= sharedWords) ends.push(`${words.slice(-sharedWords).join(" ")}$`);
  return ends;
}

function shapeOf(key: string, length: number): string {
  return `${String.fromCodePoint(key.codePointAt(0) ?? 32)}${length}`;
}

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
