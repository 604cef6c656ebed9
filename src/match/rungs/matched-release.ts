import type { Kind } from "../../model/release-kinds.ts";
import type { OtherTitle, Release } from "../../model/model.ts";
import type { NamedTrack } from "./heard.ts";

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
  /** The titles that services give it beside its own. */
  readonly otherTitles?: readonly OtherTitle[] | undefined;
};
