import { saidKind, type Kind } from "../../model/release-kinds.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { OtherTitle, Release } from "../../model/model.ts";
import type { NamedTrack } from "./heard.ts";

/** What a record is, as far as it tells which albums it may be; "" when nothing says. */
export type ReleaseKind = "album" | "ep" | "single" | "";

/** By the words of the formats; where they say nothing, by MusicBrainz; else what comes on a 7" or a 12". */
export function releaseKind({ formats, artists, kind }: MatchedRelease): ReleaseKind {
  const said = saidKind(formats, artists) ?? kind ?? null;
  if (said === "ep" || said === "single") return said;
  if (said !== null && said !== "other") return "album";
  const [disc] = formats;
  return formats.length === 1 && disc?.quantity === 1 && disc.descriptions.some(isSingleDisc) ? "single" : "";
}

function isSingleDisc(word: string): boolean {
  return word === '7"' || word === '12"';
}

export function isCompilation(formats: MatchedRelease["formats"]): boolean {
  return formats.some((format) => format.descriptions.includes("Compilation"));
}

export function isMiniAlbum(formats: MatchedRelease["formats"]): boolean {
  return formats.some((format) => format.descriptions.includes("Mini-Album"));
}

/** Whether its genres are known and none of them is the one that every soundtrack has. */
export function isNoSoundtrack({ genres }: MatchedRelease): boolean {
  return genres != null && genres.length > 0 && !genres.includes("Stage & Screen");
}

/** Whether an album calls itself a soundtrack and the record is none: the film of an album has its songs as well. */
export function isAgainstGenres(release: MatchedRelease, album: ParsedTitle): boolean {
  return album.soundtrack !== "" && isNoSoundtrack(release) && parseTitle(release.title).soundtrack === "";
}

/** Whether the formats say a box with a collection in it. */
export function isCollection(formats: MatchedRelease["formats"]): boolean {
  const boxed = formats.some(
    (format) => format.name === "Box Set" || format.descriptions.includes("Box Set"),
  );
  return boxed && isCompilation(formats);
}

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
