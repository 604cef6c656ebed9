import { AlbumBlock } from "./album-block.ts";
import type { Alias, AlbumRow } from "./album-row.ts";
import { ArtistNames, variousKey } from "./artist-names.ts";
import { CreditIndex } from "./credit-index.ts";
import type { Entry } from "./entry.ts";
import { addTo } from "./grouped.ts";
import { NearNames } from "./near-names.ts";
import { OtherScripts } from "./other-scripts.ts";
import { createSeriesIndex, type Part } from "./series-index.ts";
import { isPlaceholderTitle } from "../text/artist-name.ts";
import type { ParsedTitle } from "../titles/title.ts";

/** The albums, found by artist or by title. What only some records need is made when the first of them asks. */
export class Library {
  /** Albums by nobody: no artist, an unknown one. */
  readonly nameless = new AlbumBlock("");
  readonly #names: ArtistNames;
  readonly #blocks = new Map<string, AlbumBlock>();
  #credits: CreditIndex | null = null;
  #nearNames: NearNames | null = null;
  #byTitle: Map<string, Entry[]> | null = null;
  #series: ReadonlyMap<string, readonly Part[]> | null = null;
  #otherScripts: OtherScripts | null = null;

  constructor(albums: Iterable<AlbumRow>, aliases: readonly Alias[]) {
    this.#names = new ArtistNames(aliases);
    for (const album of albums) {
      if (isPlaceholderTitle(album.title)) continue;
      const name = this.#names.known(album.artist);
      this.#blockOf(name.key).add(album, name);
    }
  }

  #blockOf(key: string): AlbumBlock {
    if (key === "") return this.nameless;
    let block = this.#blocks.get(key);
    if (block === undefined) this.#blocks.set(key, (block = new AlbumBlock(key)));
    return block;
  }

  block(artistKey: string): AlbumBlock | undefined {
    return this.#blocks.get(artistKey);
  }

  /** That of an artist by a name. */
  blockBy(name: string): AlbumBlock | undefined {
    return this.#blocks.get(this.keyOf(name));
  }

  /** The key by which an artist stands here, aliases followed. */
  keyOf(name: string): string {
    return this.#names.known(name).key;
  }

  /** The words of an artist's name. */
  wordsOf(name: string): readonly string[] {
    return this.#names.known(name).words;
  }

  /** Artists by the names within their credits. */
  get credits(): CreditIndex {
    return (this.#credits ??= new CreditIndex(this.#artists(), this));
  }

  get nearNames(): NearNames {
    return (this.#nearNames ??= new NearNames(this.#blocks.values()));
  }

  /** Entries of all artists, those by nobody left aside, whose key is the title's. */
  sameTitle({ key }: ParsedTitle): readonly Entry[] {
    if (this.#byTitle === null) {
      this.#byTitle = new Map();
      for (const block of this.#blocks.values())
        for (const entry of block.entries) addTo(this.#byTitle, entry.title.key, entry);
    }
    return this.#byTitle.get(key) ?? [];
  }

  /** Albums by many whose title is one of this key with a name beside it. */
  partsOfSeries(titleKey: string): readonly Part[] {
    this.#series ??= createSeriesIndex(this.#blocks.get(variousKey));
    return this.#series.get(titleKey) ?? [];
  }

  /** Keys of the artists here who are called so in another alphabet. */
  inOtherScript(name: string): readonly string[] {
    return (this.#otherScripts ??= new OtherScripts(this.#artists())).get(name);
  }

  #artists(): readonly AlbumBlock[] {
    return [...this.#blocks.values()].filter(({ key }) => key !== variousKey);
  }
}
