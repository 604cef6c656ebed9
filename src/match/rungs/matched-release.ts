import { saidKind, type Kind } from "../../model/release-kinds.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import type { OtherTitle, Release } from "../../model/model.ts";
import type { NamedTrack } from "./track-history.ts";

/** The kind of a record; "" if it is unknown. */
export type ReleaseKind = "album" | "ep" | "single" | "";

/** The kind by the format descriptions, else by MusicBrainz, else by the disc: one 7" or 12" is a single. */
export function releaseKind({ formats, artists, kind }: MatchedRelease): ReleaseKind {
  const statedKind = saidKind(formats, artists) ?? kind ?? null;
  if (statedKind === "ep" || statedKind === "single") return statedKind;
  if (statedKind !== null && statedKind !== "other") return "album";
  const [disc] = formats;
  return formats.length === 1 &&
    disc?.quantity === 1 &&
    disc.descriptions.some((word) => /^(?:7|12)"$/.test(word))
    ? "single"
    : "";
}

export function isCompilation(formats: MatchedRelease["formats"]): boolean {
  return formats.some((format) => format.descriptions.includes("Compilation"));
}

/** Returns true if the genres are known and lack the one that all soundtracks have. */
export function isNoSoundtrack({ genres }: MatchedRelease): boolean {
  return genres != null && genres.length > 0 && !genres.includes("Stage & Screen");
}

/** Returns true if an album is a soundtrack and the record is not. A film of an album has the same songs. */
export function isAgainstGenres(release: MatchedRelease, album: ParsedTitle): boolean {
  return album.soundtrack !== "" && isNoSoundtrack(release) && parseTitle(release.title).soundtrack === "";
}

export function isCollection(formats: MatchedRelease["formats"]): boolean {
  const boxed = formats.some(
    (format) => format.name === "Box Set" || format.descriptions.includes("Box Set"),
  );
  return boxed && isCompilation(formats);
}

/** The properties of a release that the matcher uses. */
export type MatchedRelease = Pick<Release, "title" | "artists" | "formats" | "labels" | "year"> & {
  /** The year in which the album was first released, if known. */
  readonly originalYear?: number | null | undefined;
  /** Discogs' genres; null or empty if they are unknown. */
  readonly genres?: readonly string[] | null | undefined;
  /** Undefined if unknown. */
  readonly tracklist?: readonly NamedTrack[] | undefined;
  /** The kind by MusicBrainz, if known. */
  readonly kind?: Kind | undefined;
  /** MBIDs of the release and of its group, if MusicBrainz knows them. */
  readonly mbids?: readonly string[] | undefined;
  /** Titles that services give it besides its own. */
  readonly otherTitles?: readonly OtherTitle[] | undefined;
};

/** The years of a record, each null if it is unknown. */
export interface Years {
  /** The year in which the album was first released, according to a service. */
  readonly original: number | null;
  readonly pressing: number | null;
  /** The original year, or that of a first pressing. */
  readonly first: number | null;
}

export function yearsOf({ originalYear, year, formats }: MatchedRelease): Years {
  const original = originalYear ?? null;
  const isFirst = !formats.some(({ descriptions }) => descriptions.some((word) => laterPressings.has(word)));
  return { original, pressing: year, first: original ?? (isFirst ? year : null) };
}

const laterPressings = new Set(["Reissue", "Repress", "Remastered", "Unofficial Release"]);
