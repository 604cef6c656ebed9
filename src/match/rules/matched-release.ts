import { getStatedKind, type Kind } from "../../model/release-kinds.ts";
import type { OtherTitle, Release } from "../../model/model.ts";
import type { NamedTrack } from "../../model/named-tracks.ts";

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
  /** true: another album that is owned or wanted has its artist and title. */
  readonly sharesName?: boolean | undefined;
};

/** The kind of a record; "" if it is unknown. */
export type ReleaseKind = "album" | "ep" | "single" | "";

/** The years of a record, each null if it is unknown. */
export interface Years {
  /** The year in which the album was first released, according to a service. */
  readonly original: number | null;
  readonly pressing: number | null;
  /** The original year, or that of a first pressing. */
  readonly first: number | null;
}

/** Facts about a release, besides its title and its artists. */
export type ReleaseFacts = ReturnType<typeof getReleaseFacts>;

export function getReleaseFacts(release: MatchedRelease) {
  const { formats, genres, kind } = release;
  const statedKind = getStatedKind(formats, release.artists);
  const hasDescription = (word: string): boolean =>
    formats.some(({ descriptions }) => descriptions.includes(word));
  const isBox = hasDescription("Box Set") || formats.some(({ name }) => name === "Box Set");
  return {
    kind: getKind(formats, statedKind ?? kind),
    saysSingle: statedKind === "single",
    /** A single with an unknown tracklist has at most this many tracks. */
    maxSingleTracks: hasDescription('7"') ? 4 : 6,
    /** A mini-album, which many call an EP. */
    mini: hasDescription("Mini-Album"),
    compilation: hasDescription("Compilation"),
    /** A box of several albums. */
    collection: isBox && hasDescription("Compilation"),
    /** The genres are known, and lack the one that all soundtracks have. */
    noSoundtrack: genres != null && genres.length > 0 && !genres.includes("Stage & Screen"),
    years: getYears(release),
  };
}

/** The kind by the format descriptions, else by MusicBrainz, else by the disc: one 7" or 12" is a single. */
function getKind(formats: MatchedRelease["formats"], kind: Kind | undefined): ReleaseKind {
  if (kind === "ep" || kind === "single") return kind;
  if (kind !== undefined && kind !== "other") return "album";
  const [disc] = formats;
  return formats.length === 1 &&
    disc?.quantity === 1 &&
    disc.descriptions.some((word) => /^(?:7|12)"$/.test(word))
    ? "single"
    : "";
}

function getYears({ originalYear, year, formats }: MatchedRelease): Years {
  const original = originalYear ?? null;
  const isFirst = !formats.some(({ descriptions }) =>
    descriptions.some((word) => laterPressingWords.has(word)),
  );
  return { original, pressing: year, first: original ?? (isFirst ? year : null) };
}

const laterPressingWords = new Set(["Reissue", "Repress", "Remastered", "Unofficial Release"]);
