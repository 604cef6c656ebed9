import type { Kind } from "../kinds.ts";
import type { Release } from "../model.ts";
import type { NamedTrack } from "./rungs/heard.ts";

/** What the matcher looks at in a release. */
export type MatchedRelease = Pick<Release, "title" | "artists" | "formats" | "labels" | "year"> & {
  /** The year in which its album first came out, where that is known. */
  readonly originalYear?: number | null | undefined;
  /** By Discogs; null, or none, where they aren't known. */
  readonly genres?: readonly string[] | null | undefined;
  /** The record's tracks, where they are known. */
  readonly tracklist?: readonly NamedTrack[] | undefined;
  /** What it is by MusicBrainz, where that is known. */
  readonly kind?: Kind | undefined;
  /** Its MBIDs, those of its album's group among them, where MusicBrainz knows it. */
  readonly mbids?: readonly string[] | undefined;
};

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
