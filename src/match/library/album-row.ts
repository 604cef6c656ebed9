/** One row of the album chart, with the cache's id. */
export interface AlbumRow {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly playCount: number;
}

/** Two spellings that the user declared one artist. */
export interface Alias {
  readonly name: string;
  readonly sameAs: string;
}
