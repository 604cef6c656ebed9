import { alternativesOf, type Alternative } from "../rungs/alternatives.ts";
import { bagOf, type Bag } from "../rungs/telling-words.ts";
import type { AlbumRow } from "../matched-release.ts";
import type { OwnNames } from "../text/own-names.ts";
import { parseTitle, type ParsedTitle } from "../text/title.ts";

/** An album as the comparing sees it. */
export interface Entry {
  readonly album: AlbumRow;
  readonly title: ParsedTitle;
}

interface Artist {
  namesOf(artist: string): OwnNames;
  /** Whether a title of the artist's, by its number, holds all of these letters, or may hold them by another reading. */
  mayHoldAll(at: number, clues: readonly string[]): boolean;
}

/** An entry of an artist's block: its title is taken apart when a record comes near it, once. */
export class LazyEntry implements Entry {
  readonly album: AlbumRow;
  readonly #at: number;
  readonly #artist: Artist;
  #title: ParsedTitle | null = null;
  #alternatives: readonly Alternative[] | null = null;
  #bag: Bag | null = null;

  constructor(album: AlbumRow, at: number, artist: Artist) {
    this.album = album;
    this.#at = at;
    this.#artist = artist;
  }

  get title(): ParsedTitle {
    return (this.#title ??= parseTitle(this.album.title));
  }

  /** The title as it is taken apart already, where the record's is the same text. */
  knownAs(title: ParsedTitle): void {
    if (title.raw === this.album.title) this.#title ??= title;
  }

  mayHoldAll(clues: readonly string[]): boolean {
    return this.#artist.mayHoldAll(this.#at, clues);
  }

  get alternatives(): readonly Alternative[] {
    return (this.#alternatives ??= alternativesOf(this.title, this.#own, "album"));
  }

  get #own(): OwnNames {
    return this.#artist.namesOf(this.album.artist);
  }

  get bag(): Bag {
    return (this.#bag ??= bagOf(this.title, this.#own));
  }
}
