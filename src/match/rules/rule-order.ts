import { parseTitle } from "../titles/title.ts";
import { confidences } from "./confidence.ts";
import type { TrackEvidence } from "./track-history.ts";

/** The rules, tightest first, each with its words. Their names are in the cache and in the JSON: they don't change. */
const ruleOrder = [
  ["title", "same artist, same title"],
  ["edition", "same title, another edition"],
  ["spacing", "same title, spaced differently"],
  ["article", "same title except for its article"],
  ["numbering", "same title, its number written differently"],
  ["notation", "same title in another notation"],
  ["soundtrack", "same title, except that one says soundtrack"],
  ["disc", "one disc of the album"],
  ["artist-in-title", "same title, except for the artist's name in it"],
  ["translation", "same title in one of its languages"],
  ["tracklist", "similar title, its tracks are on the record"],
  ["credit", "same title, the artist credited differently"],
  ["musicbrainz-title", "known by another title (MusicBrainz)"],
  ["master-title", "known by another title (Discogs' master)"],
  ["both-albums", "one of the albums that the title names"],
  ["guests", "same title, except for the guests named in it"],
  ["small-words", "same title except for small words"],
  ["reordered", "same words in another order"],
  ["named-edition", "same title, an edition with a name of its own"],
  ["format", "same title, except that one says EP, single or LP"],
  ["catalogue-number", "same title, except for a catalogue number"],
  ["spelling", "same title except for doubled or missing letters"],
  ["self-titled", "both named after the artist"],
  ["dated", "same title, except for the year beside it"],
  ["cut-off", "same title, one of them cut off"],
  ["own-subtitle", "the record's subtitle is the album's title"],
  ["compilation", "same title, listed under several artists"],
  ["shared-tracks", "similar title, the same tracks were heard"],
  ["typo", "same title except for a letter or two"],
  ["near-artist", "same title, by an artist with a similar name"],
  ["note", "same title, except for a note behind it"],
  ["anniversary", "same title, except for the number of an anniversary"],
  ["musicbrainz", "similar title, the same album in MusicBrainz"],
  ["single-or-album", "same title, which may be the single or an album"],
  ["against-genres", "same title, but the record's genres say that it is no soundtrack"],
  ["transliteration", "same title in another alphabet"],
  ["one-artist", "same title, listed under one of its artists"],
  ["misspelled", "same title, one of them misspelled"],
  ["best-of", "same title, except that one says “best of”"],
  ["half", "one half of a double title"],
  ["subtitle", "same title, except for a subtitle"],
  ["longer-title", "one title is a part of the other"],
] as const;

export type TitleRule = (typeof ruleOrder)[number][0];
export type Rule = TitleRule | "artist" | "tie" | "none";

export const titleRules: readonly TitleRule[] = ruleOrder.map(([rule]) => rule);
/** Rows of these rules are credited only if no tighter rule reached a row. */
export const unreliableRules = titleRules.slice(titleRules.indexOf("single-or-album"));

export function getRuleRank(rule: TitleRule): number {
  return ruleRanks.get(rule) ?? titleRules.length;
}

const ruleRanks: ReadonlyMap<string, number> = new Map(titleRules.map((rule, at) => [rule, at]));

export function getWeakerRule(one: TitleRule, other: TitleRule): TitleRule {
  return getRuleRank(one) >= getRuleRank(other) ? one : other;
}

export function isUnreliable(rule: TitleRule): boolean {
  return getRuleRank(rule) >= getRuleRank("single-or-album");
}

const confirmedByTracks = new Set<TitleRule>(["self-titled", "musicbrainz"]);

/** Returns true if tracks heard may confirm or refute a credit by this rule. They cannot tell an album from the film of it. */
export function canTracksDecide(rule: TitleRule): boolean {
  return rule !== "against-genres" && (isUnreliable(rule) || confirmedByTracks.has(rule));
}

export function getConfidence(rule: Rule): number {
  if (rule === "title" || rule === "edition") return 1;
  if (rule === "artist") return 0.5;
  if (rule === "tie" || rule === "none") return 0;
  return confidences[rule];
}

/** Odds that rows with few tracks of the list are the album: in labelled pairs, 4 of 5 were another one, and 0 of 65 the same. */
const contradictedOdds = 0.02;
const maxPriorConfidence = 0.995;
const minConfidence = 0.51;

/** Lowers a confidence because the record's tracklist speaks against the album. */
export function lowerConfidence(confidence: number): number {
  const odds = Math.min(confidence, maxPriorConfidence) / (1 - Math.min(confidence, maxPriorConfidence));
  const doubtedOdds = odds * contradictedOdds;
  return Math.max(minConfidence, Math.round((doubtedOdds / (1 + doubtedOdds)) * 100) / 100);
}

const ruleDescriptions: ReadonlyMap<string, string> = new Map<string, string>([
  ...ruleOrder,
  ["artist", "artist known, no album of this title"],
  ["tie", "two different albums fit equally well"],
  ["none", "artist not known"],
]);

/** A record or an album, as named. */
interface Named {
  readonly artist: string;
  readonly title: string;
}

export type NamedPair = Readonly<Record<"record" | "album", Named>>;

/** Rules by which one of two names is misspelled, with the field that is. */
const misspelledFields: ReadonlyMap<Rule, keyof Named> = new Map([
  ["near-artist", "artist"],
  ...(["spelling", "typo", "misspelled"] as const).map((rule) => [rule, "title"] as const),
]);

/** Returns how many albums and releases bear the artist or the title of a record or an album. */
export type CountUses = (field: keyof Named, named: Named) => number;

/** Explains why an album is credited, with the evidence of the record's tracklist if it is known. */
export function explainMatch(
  rule: Rule,
  pair: NamedPair,
  tracks: TrackEvidence | null,
  countUses: CountUses,
): string {
  const [record, album] = [stripTails(pair.record), stripTails(pair.album)];
  const field = misspelledFields.get(rule);
  const typo = field === undefined ? "" : `: ${describeTypo(field, record, album, countUses)}`;
  const words = describeRule(rule).replace("known by another title", `known as ${album.title}`) + typo;
  if (tracks === null || tracks.heardCount === 0) return words;
  return rule === "tracklist"
    ? `similar title, ${describeTrackEvidence(tracks)}`
    : `${words}; ${describeTrackEvidence(tracks)}`;
}

function stripTails({ artist, title }: Named): Named {
  return { artist, title: parseTitle(title).stemText };
}

/** "Led Zepplin, taken for Led Zeppelin". Discogs' spelling is the right one unless more albums have the other. */
function describeTypo(field: keyof Named, record: Named, album: Named, countUses: CountUses): string {
  const isOnRecord = countUses(field, album) > countUses(field, record);
  const [misspelled, right] = isOnRecord ? [record, album] : [album, record];
  return `${misspelled[field]}, taken for ${right[field]}`;
}

/** "9 of 11 tracks on the record" */
export function describeTrackEvidence({ heardCount, hitKeys }: TrackEvidence): string {
  return `${hitKeys.length} of ${heardCount} ${heardCount === 1 ? "track" : "tracks"} on the record`;
}

/** A cache may hold a rule of another version. */
export function describeRule(rule: Rule): string {
  return ruleDescriptions.get(rule) ?? "by a rule of another version";
}
