// The nouns of the program. This file imports nothing.

/** A service, as the cache and the settings know it (`id`) and as people do (`name`). */
export interface Service {
  /** "discogs" */
  readonly id: string;
  /** "Discogs" */
  readonly name: string;
}

/** A cache joins a collection of one service and the listening of another. */
export type Side = "collection" | "listening";

/** One artist as credited on a release, in the order of the cover. */
export interface ArtistCredit {
  /** Discogs' artist id; null for artists voted for removal. */
  readonly id: number | null;
  /** Canonical name, with Discogs' disambiguation number if it has one: "Ghost (32)". */
  readonly name: string;
  /** The name as printed on this cover ("artist name variation"); "" when it is the canonical one. */
  readonly anv: string;
  /** The word between this artist and the next: "&", "Featuring", ","… It means nothing for the last artist. */
  readonly join: string;
}

export interface Format {
  /** "Vinyl", "CD", "Box Set", "All Media"… */
  readonly name: string;
  /** How many pieces; 1 when Discogs doesn't say. */
  readonly quantity: number;
  /** Free text: "Red", "180 Gram"… */
  readonly text: string;
  /** "LP", "Album", "Reissue", '7"', "Single"… */
  readonly descriptions: readonly string[];
}

export interface Label {
  readonly id: number | null;
  readonly name: string;
  /** Catalogue number; "" when there is none (Discogs says "none"). */
  readonly catalogNumber: string;
}

/** A Discogs release: one pressing, not one copy of it. */
export interface Release {
  readonly id: number;
  /** null when the release belongs to no master. */
  readonly masterId: number | null;
  readonly title: string;
  readonly year: number | null;
  readonly artists: readonly ArtistCredit[];
  readonly formats: readonly Format[];
  readonly labels: readonly Label[];
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  readonly coverUrl: string | null;
  readonly thumbUrl: string | null;
}

/** A track of a release, or a heading between tracks, as Discogs lists it. */
export interface ListedTrack {
  /** index: several parts under one title. */
  readonly kind: "track" | "index" | "heading";
  /** The printed position: "A1", "2-3", "CD1-4", "B4.1"; "" if there is none. */
  readonly position: string;
  readonly title: string;
  readonly durationSeconds: number | null;
  /** The track's artists if they differ from the release's; else empty. */
  readonly artists: readonly ArtistCredit[];
  /** The parts of an index; otherwise empty. */
  readonly parts: readonly ListedTrack[];
}

interface FieldValue {
  readonly fieldId: number;
  readonly value: string;
}

/** One copy in the Discogs collection, known by its instance id. */
export interface CollectionRecord {
  readonly instanceId: number;
  readonly release: Release;
  /** null for other people's collections, where Discogs leaves it out. */
  readonly folderId: number | null;
  /** 0 to 5; 0 = not rated. */
  readonly rating: number;
  /** The text that Discogs sends, with its UTC offset; null if missing. */
  readonly dateAdded: string | null;
  readonly fieldValues: readonly FieldValue[];
}

export interface Want {
  readonly release: Release;
  readonly rating: number;
  readonly dateAdded: string | null;
  readonly notes: string;
}

export interface Folder {
  readonly id: number;
  readonly name: string;
}

export interface CustomField {
  readonly id: number;
  readonly name: string;
  readonly position: number;
}

/** One row of the album chart of a listening service: an (artist, title) pair exactly as scrobbled. */
export interface Album {
  readonly artist: string;
  readonly title: string;
  readonly playCount: number;
  readonly mbid: string | null;
  readonly url: string | null;
}

/** One play of one track, as a listening history lists it. */
export interface Scrobble {
  /** Unix seconds; 0 when the service doesn't know. */
  readonly uts: number;
  /** The track's artist, not the album's. */
  readonly artist: string;
  readonly track: string;
  /** Album title; "" when there is no album tag. */
  readonly album: string;
  readonly albumMbid: string | null;
}

export interface MusicBrainzRelease {
  readonly mbid: string;
  readonly title: string;
  readonly barcode: string | null;
  readonly country: string | null;
}

/** A release group of MusicBrainz: an album with all its editions. */
export interface MusicBrainzGroup {
  readonly mbid: string;
  readonly title: string;
  readonly firstYear: number | null;
  /** "Album", "Single", "EP", "Broadcast", "Other"; null if unknown. */
  readonly primaryType: string | null;
  /** "Compilation", "Live", "Soundtrack", "Remix", "Demo"… */
  readonly secondaryTypes: readonly string[];
}

/** A master of Discogs: an album with all its pressings. */
export interface DiscogsMaster {
  readonly title: string;
  readonly year: number | null;
}

/** A title that a service gives a release beside Discogs' own. */
export interface OtherTitle {
  readonly title: string;
  readonly source: "musicbrainz" | "master";
}

export type MatchType = "exact" | "fuzzy" | "artist_only" | "none";

/** Below this confidence one match in ten is wrong, so a person should check it. */
export const minCertainConfidence = 0.9;

/** The uncertainty about an album of a record's title that is not credited. */
export const sameTitleUncertainty = 0.5;
