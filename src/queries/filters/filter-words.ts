// Closed sets of words that filters take.
export { kinds, type Kind } from "../../store/kind.ts";

/** exact and none as the JSON says them, the user's decisions included; you: decided by the user. */
export const matchWords = ["exact", "fuzzy", "~", "artist", "artist_only", "none", "you"] as const;
export type MatchWord = (typeof matchWords)[number];

/** plays and added as the API orders them. */
export const recordSorts = [
  "plays",
  "added",
  "artist",
  "title",
  "year",
  "rating",
  "last-played",
  "confidence",
  "artist-plays",
  "spins",
] as const;
export type RecordSort = (typeof recordSorts)[number];
