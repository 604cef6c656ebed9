import { alternativesOf, type Alternative } from "./alternatives.ts";
import { bagOf } from "./bag.ts";
import { compact, fold } from "./fold.ts";
import { ownNames, type OwnNames } from "./own-names.ts";
import type { AlbumRow } from "./matched-release.ts";
import { hasOtherNotation } from "./notation.ts";
import { parseTitle, withoutArticle, type ParsedTitle } from "./title.ts";

export interface Entry {
  readonly album: AlbumRow;
  readonly title: ParsedTitle;
}

/** All albums under one artist key. Titles are taken apart when a record first asks for the artist. */
export interface AlbumBlock {
  readonly key: string;
  readonly albums: AlbumRow[];
  index: BlockIndex | null;
  /** The folded titles without spaces, for a quick look before taking titles apart. */
  folded: readonly string[] | null;
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
  sameKey(key: string): readonly Entry[];
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
const fewEntries = 24;

export function blockIndex(block: AlbumBlock): BlockIndex {
  block.index ??= createIndex(block.albums);
  return block.index;
}

/** Entries of one title in a block that need not be taken apart for it: only titles that hold a word of it are. */
export function entriesOfTitle(block: AlbumBlock, title: ParsedTitle): readonly Entry[] {
  if (block.index) return block.index.sameKey(title.key);
  const plain = title.stem.split(" ");
  // A word that is no number stands in every spelling of the title.
  const word =
    withoutArticle(title.counted)
      .split(" ")
      .find((one) => plain.includes(one) && /^\p{L}/u.test(one) && !hasOtherNotation(one)) ?? "";
  block.folded ??= block.albums.map((album) => compact(fold(album.title)));
  const titles = block.folded;
  return block.albums
    .filter((_, at) => titles[at]?.includes(word))
    .map((album) => ({ album, title: parseTitle(album.title) }))
    .filter((entry) => entry.title.key === title.key);
}

function createIndex(albums: readonly AlbumRow[]): BlockIndex {
  const entries = albums.map((album) => ({ album, title: parseTitle(album.title) }));
  return entries.length <= fewEntries ? plainIndex(entries) : hashedIndex(entries);
}

function plainIndex(entries: readonly Entry[]): BlockIndex {
  let alternatives: readonly AlternativeEntry[] | null = null;
  return {
    entries,
    sameKey: (key) => entries.filter((entry) => entry.title.key === key),
    sameAlternative: (key) => {
      alternatives ??= alternativeEntries(entries);
      return alternatives.length === 0
        ? alternatives
        : alternatives.filter(({ alternative }) => alternative.key === key);
    },
    sameBag: (bag) => {
      // Few titles hold its longest word: only theirs are worth sorting.
      const longest = bag.split(" ").reduce((word, other) => (other.length > word.length ? other : word), "");
      const likely = entries.filter((entry) => entry.title.counted.includes(longest));
      const bags = bagsOf(likely);
      return likely.filter((_, at) => bags[at] === bag);
    },
    sameEnds: () => entries,
    sameShape: () => entries,
  };
}

function hashedIndex(entries: readonly Entry[]): BlockIndex {
  const byKey = new Map<string, Entry[]>();
  const byAlternative = new Map<string, AlternativeEntry[]>();
  const byBag = new Map<string, Entry[]>();
  const byEnds = new Map<string, Entry[]>();
  const byShape = new Map<string, Entry[]>();
  const bags = bagsOf(entries);
  for (const [at, entry] of entries.entries()) {
    const { title } = entry;
    push(byKey, title.key, entry);
    push(byBag, bags[at] ?? "", entry);
    for (const end of titleEnds(title)) push(byEnds, end, entry);
    push(byShape, shapeOf(title.key, title.key.length), entry);
  }
  for (const found of alternativeEntries(entries)) push(byAlternative, found.alternative.key, found);
  return {
    entries,
    sameKey: (key) => byKey.get(key) ?? [],
    sameAlternative: (key) => byAlternative.get(key) ?? [],
    sameBag: (bag) => byBag.get(bag) ?? [],
    sameEnds: (title) => titleEnds(title).flatMap((end) => byEnds.get(end) ?? []),
    sameShape: (key) =>
      [-4, -3, -2, -1, 0, 1, 2, 3, 4].flatMap((more) => byShape.get(shapeOf(key, key.length + more)) ?? []),
  };
}

function alternativeEntries(entries: readonly Entry[]): AlternativeEntry[] {
  const namesOf = namesByEntry();
  return entries.flatMap((entry) =>
    alternativesOf(entry.title, namesOf(entry), "album").map((alternative) => ({ entry, alternative })),
  );
}

function bagsOf(entries: readonly Entry[]): string[] {
  const namesOf = namesByEntry();
  return entries.map((entry) => bagOf(entry.title, namesOf(entry)));
}

/** A block's albums are mostly by one spelling of the artist's name. */
function namesByEntry(): (entry: Entry) => OwnNames {
  const known = new Map<string, OwnNames>();
  return ({ album }) => {
    const names = known.get(album.artist) ?? ownNames([album.artist]);
    known.set(album.artist, names);
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
