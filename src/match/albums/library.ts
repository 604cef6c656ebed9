import { ArtistNames, variousKey, type KnownName } from "./artist-names.ts";
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

export function createLibrary(albums: Iterable<AlbumRow>, aliases: readonly Alias[]): Library {
  const names = new ArtistNames(aliases);
  const rows = [...albums];
  const table = new RowTable(rows);
  const blocks = new Map<string, AlbumBlock>();
  /** Keys in another alphabet than Latin. */
  const foreign: string[] = [];
  const nameless = new AlbumBlock("", [], table);
  const blockOf = (name: KnownName): AlbumBlock => {
    const { key } = name;
    let block = key === "" ? nameless : blocks.get(key);
    if (block) block.names.push(name);
    else {
      blocks.set(key, (block = new AlbumBlock(key, [name], table)));
      // A plain name's key is in Latin letters, by an alias too: of several the least is taken.
      if (!name.isPlain && isInOtherScript(key)) foreign.push(key);
    }
    return block;
  };
  for (let at = 0; at < rows.length; at++) {
    const { artist, playCount } = rows[at] as AlbumRow;
    const name = names.known(artist);
    if ((name.block ??= blockOf(name)).add(at)) name.plays += playCount;
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
      names,
    ));
  return {
    keyOf: (name) => names.keyOf(name),
    wordsOf: (name) => names.wordsOf(name),
    block: (key) => withAlbums(blocks.get(key)),
    blockBy: (name) => {
      const { key, block } = names.asked(name);
      return withAlbums(block ?? blocks.get(key));
    },
    sharedBlocks: (key) => credits().shared.get(key),
    endingIn: (word) => credits().ending.get(word),
    inOtherScript: (key) => scriptIndex().get(key),
    soundingLike: (key) => scriptIndex().soundingLike(key),
    nearNames: () => (near ??= createNearNames(blocks)),
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
