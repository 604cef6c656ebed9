import { alternativesOf, type Alternative } from "../titles/alternatives.ts";
import { spellingsOf, type Spelling } from "../titles/spellings.ts";
import { bagOf, type Bag } from "../titles/telling-words.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { KnownName } from "./artist-names.ts";

/** An album with its parsed title. */
export interface Entry {
  readonly album: AlbumRow;
  readonly title: ParsedTitle;
}

/** An album of an artist. Each property is computed on first use. */
export class LazyEntry implements Entry {
  readonly album: AlbumRow;
  readonly #artist: KnownName;
  #title: ParsedTitle | null = null;
  #alternatives: readonly Alternative[] | null = null;
  #spellings: readonly Spelling[] | null = null;
  #bag: Bag | null = null;

  constructor(album: AlbumRow, artist: KnownName) {
    this.album = album;
    this.#artist = artist;
  }

  get title(): ParsedTitle {
    return (this.#title ??= parseTitle(this.album.title));
  }

  get alternatives(): readonly Alternative[] {
    return (this.#alternatives ??= alternativesOf(this.title, this.#artist.own, "album"));
  }

  get spellings(): readonly Spelling[] {
    return (this.#spellings ??= spellingsOf(this.title));
  }

  get bag(): Bag {
    return (this.#bag ??= bagOf(this.title, this.#artist.own));
  }
}

/** One row of the album chart, with its id in the cache. */
export interface AlbumRow {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly playCount: number;
}
