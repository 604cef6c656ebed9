import { addTo, AlbumBlock, type AlbumRow, type Entry } from "./entry.ts";
import { type Alias, aliasKeys, KnownName, variousKey } from "./artist-names.ts";
import { CreditIndex } from "./credit-index.ts";
import { NearNames } from "./near-names.ts";
import { isPlaceholderTitle, foldArtist } from "../text/artist-name.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { isInOtherScript, latinKey, transliterated } from "../text/spelled-out.ts";

/** The albums, indexed by artist and by title. Indexes that only some records need are built on first use. */
export class Library {
  /** Albums without an artist, or by an unknown one. */
  readonly nameless = new AlbumBlock("");
  readonly #canonical: ReadonlyMap<string, string>;
  readonly #names = new Map<string, KnownName>();
  readonly #blocks = new Map<string, AlbumBlock>();
  #credits: CreditIndex | null = null;
  #nearNames: NearNames | null = null;
  #byTitle: Map<string, Entry[]> | null = null;
  #otherScripts: OtherScripts | null = null;

  constructor(albums: Iterable<AlbumRow>, aliases: readonly Alias[]) {
    this.#canonical = aliasKeys(aliases);
    for (const album of albums) {
      if (isPlaceholderTitle(album.title)) continue;
      const name = this.known(album.artist);
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

  blocks(artistKeys: readonly string[]): AlbumBlock[] {
    return artistKeys.flatMap((key) => this.block(key) ?? []);
  }

  blockBy(name: string): AlbumBlock | undefined {
    return this.block(this.keyOf(name));
  }

  /** An artist's key, with aliases applied. */
  keyOf(name: string): string {
    return this.known(name).key;
  }

  known(name: string): KnownName {
    let knownName = this.#names.get(name);
    if (knownName === undefined) this.#names.set(name, (knownName = new KnownName(name, this.#canonical)));
    return knownName;
  }

  /** Artists by the names within their credits. */
  get credits(): CreditIndex {
    return (this.#credits ??= new CreditIndex(this.#artists(), (name) => this.known(name)));
  }

  get nearNames(): NearNames {
    return (this.#nearNames ??= new NearNames(this.#blocks.values()));
  }

  /** Entries with the title's key by all artists, except those without an artist. */
  sameTitle({ key }: ParsedTitle): readonly Entry[] {
    if (this.#byTitle === null) {
      this.#byTitle = new Map();
      for (const block of this.#blocks.values())
        for (const entry of block.entries) addTo(this.#byTitle, entry.title.key, entry);
    }
    return this.#byTitle.get(key) ?? [];
  }

  /** Keys of artists with this name in another alphabet. */
  inOtherScript(name: string): readonly string[] {
    return (this.#otherScripts ??= new OtherScripts(this.#artists())).get(name);
  }

  #artists(): readonly AlbumBlock[] {
    return [...this.#blocks.values()].filter(({ key }) => key !== variousKey);
  }
}

/** Artists by their names in another alphabet. */
export class OtherScripts {
  readonly #blocks: readonly AlbumBlock[];
  readonly #others = new Map<string, string[]>();
  #latin: Map<string, string[]> | null = null;

  constructor(blocks: readonly AlbumBlock[]) {
    this.#blocks = blocks;
    for (const { key, names } of blocks)
      for (const { name } of names)
        if (isInOtherScript(name)) addTo(this.#others, latinKey(foldArtist(transliterated(name))), key);
  }

  /** Keys of artists with this name; one of the two spellings is in Latin letters. */
  get(name: string): readonly string[] {
    if (!isInOtherScript(name))
      return this.#others.size === 0 ? [] : (this.#others.get(latinKey(foldArtist(name))) ?? []);
    if (this.#latin === null) {
      this.#latin = new Map();
      for (const { key } of this.#blocks) if (!isInOtherScript(key)) addTo(this.#latin, latinKey(key), key);
    }
    return this.#latin.get(latinKey(foldArtist(transliterated(name)))) ?? [];
  }
}
