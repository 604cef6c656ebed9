import { addToList } from "../../model/grouping.ts";
import { AlbumBlock, type AlbumRow, type AlbumEntry } from "./album-block.ts";
import { ArtistName, variousKey } from "./artist-names.ts";
import { type Alias, buildAliasKeys } from "../text/aliases.ts";
import { CreditIndex } from "./credit-index.ts";
import { NearNameIndex } from "./near-name-index.ts";
import { isPlaceholderTitle, foldArtist, toArtistKey } from "../text/artist-name.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { isInOtherScript, toPhoneticKey, transliterate } from "../text/transliteration.ts";

/** The albums, indexed by artist and by title. Indexes that only some records need are built on first use. */
export class AlbumHistory {
  /** Albums without an artist, or by an unknown one. */
  readonly nameless = new AlbumBlock("");
  readonly #canonical: ReadonlyMap<string, string>;
  readonly #names = new Map<string, ArtistName>();
  readonly #blocks = new Map<string, AlbumBlock>();
  #credits: CreditIndex | null = null;
  #nearNames: NearNameIndex | null = null;
  #byTitle: Map<string, AlbumEntry[]> | null = null;
  #otherScripts: TransliterationIndex | null = null;

  constructor(albums: Iterable<AlbumRow>, aliases: readonly Alias[]) {
    this.#canonical = buildAliasKeys(aliases);
    for (const album of albums) {
      if (isPlaceholderTitle(album.title)) continue;
      const name = this.getArtistName(album.artist);
      this.#blockOf(name.key).add(album, name);
    }
  }

  #blockOf(key: string): AlbumBlock {
    if (key === "") return this.nameless;
    let block = this.#blocks.get(key);
    if (block === undefined) this.#blocks.set(key, (block = new AlbumBlock(key)));
    return block;
  }

  findBlock(artistKey: string): AlbumBlock | undefined {
    return this.#blocks.get(artistKey);
  }

  getBlocks(artistKeys: readonly string[]): AlbumBlock[] {
    return artistKeys.map((key) => this.findBlock(key)).filter((block) => block !== undefined);
  }

  findBlockByName(name: string): AlbumBlock | undefined {
    return this.findBlock(this.toArtistKey(name));
  }

  /** An artist's key, with aliases applied. */
  toArtistKey(name: string): string {
    return this.getArtistName(name).key;
  }

  getArtistName(name: string): ArtistName {
    let knownName = this.#names.get(name);
    if (knownName === undefined) this.#names.set(name, (knownName = new ArtistName(name, this.#canonical)));
    return knownName;
  }

  /** Artists by the names within their credits. */
  get credits(): CreditIndex {
    return (this.#credits ??= new CreditIndex(this.#artists(), (name) => this.getArtistName(name)));
  }

  get nearNames(): NearNameIndex {
    return (this.#nearNames ??= new NearNameIndex(this.#blocks.values()));
  }

  /** Entries with the title's key by all artists, except those without an artist. */
  getEntriesByTitle({ key }: ParsedTitle): readonly AlbumEntry[] {
    if (this.#byTitle === null) {
      this.#byTitle = new Map();
      for (const block of this.#blocks.values())
        for (const entry of block.entries) addToList(this.#byTitle, entry.title.key, entry);
    }
    return this.#byTitle.get(key) ?? [];
  }

  /** Keys of artists with this name in another alphabet. */
  getKeysInOtherScript(name: string): readonly string[] {
    this.#otherScripts ??= new TransliterationIndex(this.#artists());
    const artist = this.getArtistName(name);
    return (artist.otherScriptKeys ??= this.#otherScripts.getKeys(artist));
  }

  #artists(): readonly AlbumBlock[] {
    return [...this.#blocks.values()].filter(({ key }) => key !== variousKey);
  }
}

/** Artists by their names in another alphabet. */
export class TransliterationIndex {
  readonly #blocks: readonly AlbumBlock[];
  readonly #others = new Map<string, string[]>();
  #latin: Map<string, string[]> | null = null;

  constructor(blocks: readonly AlbumBlock[]) {
    this.#blocks = blocks;
    for (const { key, names } of blocks)
      for (const { name } of names)
        if (isInOtherScript(name))
          addToList(this.#others, toPhoneticKey(foldArtist(transliterate(name))), key);
  }

  /** Keys of artists with this name; one of the two spellings is in Latin letters. */
  getKeys({ name, words }: ArtistName): readonly string[] {
    if (!isInOtherScript(name))
      return this.#others.size === 0 ? [] : (this.#others.get(toPhoneticKey(toArtistKey(words))) ?? []);
    if (this.#latin === null) {
      this.#latin = new Map();
      for (const { key } of this.#blocks)
        if (!isInOtherScript(key)) addToList(this.#latin, toPhoneticKey(key), key);
    }
    return this.#latin.get(toPhoneticKey(foldArtist(transliterate(name)))) ?? [];
  }
}
