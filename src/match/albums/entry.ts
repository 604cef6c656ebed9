import { alternativesOf, type Alternative } from "../rungs/alternatives.ts";
import { bagOf } from "../rungs/telling-words.ts";
import type { AlbumRow } from "../matched-release.ts";
import { holdsAll } from "./clues.ts";
import type { OwnNames } from "../text/own-names.ts";
import { parseTitle, type ParsedTitle } from "../text/title.ts";

/** An album as the comparing sees it. */
export interface Entry {
  readonly album: AlbumRow;
  readonly title: ParsedTitle;
}

interface ArtistNames {
  namesOf(artist: string): OwnNames;
}

/** An entry of an artist's block: its title is taken apart when a record comes near it, once. */
export class LazyEntry implements Entry {
  readonly album: AlbumRow;
  /** The folded title without spaces, for a quick look; null where a piece of it may be read in another way. */
  readonly #letters: string | null;
  readonly #artists: ArtistNames;
  #title: ParsedTitle | null = null;
  #alternatives: readonly Alternative[] | null = null;
  #bag: string | null = null;

  constructor(album: AlbumRow, letters: string | null, artists: ArtistNames) {
    this.album = album;
    this.#letters = letters;
    this.#artists = artists;
  }

  get title(): ParsedTitle {
    return (this.#title ??= parseTitle(this.album.title));
  }

  /** The title as it is taken apart already, where the record's is the same text. */
  knownAs(title: ParsedTitle): void {
    if (title.raw === this.album.title) this.#title ??= title;
  }

  mayHoldAll(clues: readonly string[]): boolean {
    return this.#letters === null || holdsAll(this.#letters, clues);
  }

  get alternatives(): readonly Alternative[] {
    return (this.#alternatives ??= alternativesOf(this.title, this.#own, "album"));
  }

  get #own(): OwnNames {
    return this.#artists.namesOf(this.album.artist);
  }

  get bag(): string {
    return (this.#bag ??= bagOf(this.title, this.#own));
  }
}
