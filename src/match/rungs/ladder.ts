/** The rungs of the ladder, tightest first. Their names are in the cache and in the JSON: they don't change. */
export const rungs = [
  "title",
  "edition",
  "spacing",
  "article",
  "numbering",
  "notation",
  "soundtrack",
  "disc",
  "artist-in-title",
  "mix",
  "translation",
  "tracklist",
  "credit",
  "musicbrainz-title",
  "master-title",
  "both-albums",
  "guests",
  "small-words",
  "reordered",
  "named-edition",
  "format",
  "catalogue-number",
  "spelling",
  "self-titled",
  "dated",
  "cut-off",
  "own-subtitle",
  "compilation",
  "shared-tracks",
  "typo",
  "near-artist",
  "note",
  "anniversary",
  "musicbrainz",
  "nameless",
  "single-or-album",
  "against-genres",
  "transliteration",
  "best-of",
  "half",
  "subtitle",
  "longer-title",
] as const;

export type TitleRule = (typeof rungs)[number];
/** Rungs with a confidence below 1. */
export type FuzzyRule = Exclude<TitleRule, "title" | "edition">;
export type Rule = TitleRule | "artist" | "tie" | "none";

const place: ReadonlyMap<string, number> = new Map(rungs.map((rung, at) => [rung, at]));

export function looser(one: TitleRule, other: TitleRule): TitleRule {
  return rungOrder(one) >= rungOrder(other) ? one : other;
}

export function rungOrder(rule: TitleRule): number {
  return place.get(rule) ?? rungs.length;
}

/** Rows of these rungs are credited only if no tighter rung reached a row. */
export const doubtfulRungs: ReadonlySet<Rule> = new Set<TitleRule>([
  "single-or-album",
  "against-genres",
  "transliteration",
  "best-of",
  "half",
  "subtitle",
  "longer-title",
]);

export function isDoubtful(rule: TitleRule): boolean {
  return doubtfulRungs.has(rule);
}

const confirmedByTracks: ReadonlySet<Rule> = new Set<TitleRule>([
  "self-titled",
  "mix",
  "musicbrainz",
  "nameless",
]);

/** Returns true if tracks heard may confirm or refute a credit by this rung. They cannot tell an album from the film of it. */
export function isOpenToTracks(rule: TitleRule): boolean {
  return rule !== "against-genres" && (isDoubtful(rule) || confirmedByTracks.has(rule));
}
