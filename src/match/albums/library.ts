import {
  artistIdentity,
  artistWords,
  foldArtist,
  isPlainName,
  plainIdentity,
  plainWords,
} from "../text/artist-name.ts";
import { AlbumBlock } from "./album-block.ts";
import { createCreditIndex, type CreditIndex } from "./credit-index.ts";
import type { Alias, AlbumRow } from "../matched-release.ts";
import { blocksByInitials, createNearNames, initialedBlocks, type NearNames } from "./near-names.ts";
import { RowTable } from "./row-table.ts";
import { createSeriesIndex, type Part } from "./series-index.ts";
import { createScriptIndex, type ScriptIndex } from "./script-index.ts";
import { isInOtherScript } from "../text/transliteration.ts";
import { TitleIndex } from "./title-index.ts";

/** The albums, found by artist or by title. */
export interface Library {
  block(artistKey: string): AlbumBlock | undefined;
  /** That of an artist by a name. */
  blockBy(name: string): AlbumBlock | undefined;
  /** Blocks whose artist is credited together with others: "X feat. Y" under x. */
  sharedBlocks(artistKey: string): readonly AlbumBlock[];
  /** Blocks of artists whose name, or one of whose names in a credit, is of several words and ends in this one. */
  endingIn(word: string): readonly AlbumBlock[];
  /** Those of artists one of whose names in a credit is this word alone. */
  knownAs(word: string): readonly AlbumBlock[];
  /** Keys of artists whose name is this one in another alphabet. */
  inOtherScript(artistKey: string): readonly string[];
  /** Keys of artists whose name in katakana sounds like this one, or the other way round. */
  soundingLike(artistKey: string): readonly string[];
  /** Artists' blocks by names a slip away; made when first asked for. */
  nearNames(): NearNames;
  /** Those of artists whose names are written as initials are: of a name of these words. */
  initialed(words: readonly string[]): readonly AlbumBlock[];
  /** The words of an artist's name. */
  wordsOf(name: string): readonly string[];
  /** The key by which an artist stands here, aliases followed. */
  keyOf(name: string): string;
  /** All artists' albums by title; made when first asked for. */
  titles(): TitleIndex;
  /** Albums by many whose title is one of this key with a name beside it; made when first asked for. */
  partsOfSeries(titleKey: string): readonly Part[];
  /** Albums by nobody: no artist, an unknown one. */
  readonly nameless: AlbumBlock;
}

export const variousKey = "\u0000various";

export function createLibrary(albums: Iterable<AlbumRow>, aliases: readonly Alias[]): Library {
  const canonical = aliasKeys(aliases);
  const names = new Map<string, KnownName>();
  const known = (name: string): KnownName => {
    let found = names.get(name);
    if (found === undefined) names.set(name, (found = knownName(name, canonical)));
    return found;
  };
  // One name is asked for several things in a row.
  let asked = "";
  let answer = known(asked);
  const askedFor = (name: string): KnownName => {
    if (name !== asked) [asked, answer] = [name, known(name)];
    return answer;
  };
  const keyOf = (name: string): string => askedFor(name).key;
  const wordsOf = (name: string): readonly string[] => (askedFor(name).words ??= plainWords(name));
  const rows = [...albums];
  const table = new RowTable(rows);
  const blocks = new Map<string, AlbumBlock>();
  /** Keys in another alphabet than Latin. */
  const foreign: string[] = [];
  const nameless = new AlbumBlock("", [], table);
  const blockOf = (name: string, { key, words }: KnownName): AlbumBlock => {
    let block = key === "" ? nameless : blocks.get(key);
    if (block) block.names.push(name);
    else {
      blocks.set(key, (block = new AlbumBlock(key, [name], table)));
      // A plain name has no words yet.
      if (words !== null && isInOtherScript(key)) foreign.push(key);
    }
    return block;
  };
  for (let at = 0; at < rows.length; at++) {
    const { artist } = rows[at] as AlbumRow;
    const name = known(artist);
    (name.block ??= blockOf(artist, name)).add(at);
  }
  table.arrange();
  let titles: TitleIndex | null = null;
  let index: CreditIndex | null = null;
  let series: ReadonlyMap<string, readonly Part[]> | null = null;
  let near: NearNames | null = null;
  let initialed: ReadonlyMap<string, AlbumBlock> | null = null;
  let scripts: ScriptIndex | null = null;
  const scriptIndex = (): ScriptIndex => (scripts ??= createScriptIndex(blocks, foreign));
  const credits = (): CreditIndex =>
    (index ??= createCreditIndex(
      [...blocks.values()].filter(({ key }) => key !== variousKey),
      { keyOf, wordsOf },
    ));
  return {
    keyOf,
    wordsOf,
    block: (key) => withAlbums(blocks.get(key)),
    blockBy: (name) => {
      const { key, block } = askedFor(name);
      return withAlbums(block ?? blocks.get(key));
    },
    sharedBlocks: (key) => credits().shared.get(key),
    endingIn: (word) => credits().ending.get(word),
    inOtherScript: (key) => scriptIndex().get(key),
    soundingLike: (key) => scriptIndex().soundingLike(key),
    nearNames: () => (near ??= createNearNames(blocks, wordsOf)),
    initialed: (words) => initialedBlocks(words, (initialed ??= blocksByInitials(blocks))),
    knownAs: (word) => credits().alone.get(word),
    // Those by nobody have the first places.
    titles: () => (titles ??= new TitleIndex(table, nameless.count)),
    partsOfSeries: (titleKey) =>
      (series ??= createSeriesIndex(blocks.get(variousKey))).get(titleKey) ?? noParts,
    nameless,
  };
}

const noParts: readonly Part[] = [];

function withAlbums(block: AlbumBlock | undefined): AlbumBlock | undefined {
  return block === undefined || block.count === 0 ? undefined : block;
}

interface KnownName {
  readonly key: string;
  /** Of a plain name, whose key it takes no words to tell, they are made when they are asked for. */
  words: readonly string[] | null;
  /** Of an artist with albums. */
  block: AlbumBlock | null;
}

function knownName(name: string, canonical: ReadonlyMap<string, string>): KnownName {
  const words = isPlainName(name) ? null : artistWords(name);
  const identity = words === null ? plainIdentity(name) : artistIdentity(name, words);
  const plain = identity.kind === "various" ? variousKey : identity.key;
  const key = canonical.size === 0 ? plain : (canonical.get(plain) ?? plain);
  return { key, words, block: null };
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
