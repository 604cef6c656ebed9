import { alternativesOf, type Alternative } from "../rungs/alternatives.ts";
import { bagOf } from "../rungs/bag.ts";
import { compact, fold } from "../text/fold.ts";
import type { AlbumRow } from "../matched-release.ts";
import type { OwnNames } from "../text/own-names.ts";
import { parseTitle, type ParsedTitle } from "../text/title.ts";

/** An album as the comparing sees it. */
export interface Entry {
  readonly album: AlbumRow;
  readonly title: ParsedTitle;
}

/** An entry of an artist's block: its title is taken apart when a record comes near it, once. */
export class LazyEntry implements Entry {
  readonly album: AlbumRow;
  readonly #namesOf: (artist: string) => OwnNames;
  #folded: string | null = null;
  #letters: string | null = null;
  #title: ParsedTitle | null = null;
  #alternatives: readonly Alternative[] | null = null;
  #bag: string | null = null;

  constructor(album: AlbumRow, namesOf: (artist: string) => OwnNames) {
    this.album = album;
    this.#namesOf = namesOf;
  }

  /** The folded title without spaces, for a quick look. */
  get letters(): string {
    this.#folded ??= fold(this.album.title);
    return (this.#letters ??= compact(this.#folded));
  }

  get title(): ParsedTitle {
    return (this.#title ??= parseTitle(this.album.title, this.#folded ?? undefined));
  }

  get alternatives(): readonly Alternative[] {
    return (this.#alternatives ??= alternativesOf(this.title, this.#namesOf(this.album.artist), "album"));
  }

  get bag(): string {
    return (this.#bag ??= bagOf(this.title, this.#namesOf(this.album.artist)));
  }
}
