import { confidences } from "./confidence.ts";
import type { Rule } from "./ladder.ts";
import { parseTitle } from "../titles/title.ts";
import { tracksInWords, type TrackEvidence } from "./track-evidence.ts";

export function confidenceOf(rule: Rule): number {
  if (rule === "title" || rule === "edition") return 1;
  if (rule === "artist") return 0.5;
  if (rule === "tie" || rule === "none") return 0;
  return confidences[rule];
}

/** Odds that rows with few tracks of the list are the album: in labelled pairs, 4 of 5 were another one, and 0 of 65 the same. */
const oddsOfDoubt = 0.02;
const surest = 0.995;
const leastConfidence = 0.51;

/** Lowers a confidence because the record's tracklist speaks against the album. */
export function doubted(confidence: number): number {
  const odds = Math.min(confidence, surest) / (1 - Math.min(confidence, surest));
  const left = odds * oddsOfDoubt;
  return Math.max(leastConfidence, Math.round((left / (1 + left)) * 100) / 100);
}

const inWords: Readonly<Record<Rule, string>> = {
  title: "same artist, same title",
  edition: "edition words left aside",
  spacing: "same title, spaced differently",
  article: "same title but for its article",
  numbering: "same title, its number written differently",
  soundtrack: "soundtrack words left aside",
  "against-genres": "soundtrack words left aside, though by its genres the record is none",
  disc: "one disc of it",
  "artist-in-title": "the artist's name in the title left aside",
  mix: "a new mix of the same album",
  translation: "same title in one of its two languages",
  credit: "same title, the artist credited differently",
  "near-artist": "same title, under a name near the artist's",
  guests: "guests named in the title left aside",
  "named-edition": "the edition's own name left aside",
  reordered: "same words in another order",
  format: "EP, single or LP left aside",
  "catalogue-number": "catalogue number left aside",
  spelling: "same title but for doubled or missing letters",
  notation: "same title in another notation",
  "self-titled": "both named after the artist",
  dated: "the year beside the title left aside",
  "cut-off": "the title cut off, by a tag or by itself",
  note: "a note after the title left aside",
  anniversary: "the number of an anniversary left aside",
  "best-of": "“best of” after the title left aside",
  "own-subtitle": "the record's subtitle is the album's title",
  "small-words": "same title but for its smallest words",
  typo: "same title but for a letter or two",
  "both-albums": "one of the albums that the title names",
  half: "one half of a double title",
  subtitle: "subtitle left aside",
  "longer-title": "one title is the beginning or the end of the other",
  compilation: "same title under several artists",
  "musicbrainz-title": "known by another title (MusicBrainz)",
  "master-title": "known by another title (Discogs' master)",
  musicbrainz: "near title, the same album by MusicBrainz",
  transliteration: "same title in another alphabet",
  tracklist: "near title, its tracks on the record",
  "shared-tracks": "near title, the same tracks heard",
  nameless: "same title, and neither names an artist",
  "single-or-album": "the title of the single, or of an album",
  artist: "artist known, no album of this title",
  tie: "two different albums fit equally well",
  none: "artist not known",
};

/** Explains why an album is credited, with the evidence of the record's tracklist if it is known. */
export function creditInWords(rule: Rule, title: string, tracks: TrackEvidence | null): string {
  const words = ruleInWords(rule).replace("known by another title", `known as ${parseTitle(title).stemText}`);
  if (tracks === null || tracks.heard === 0) return words;
  return rule === "tracklist" ? `near title, ${tracksInWords(tracks)}` : `${words}; ${tracksInWords(tracks)}`;
}

/** A cache may hold a rule of another version. */
export function ruleInWords(rule: Rule): string {
  return Object.hasOwn(inWords, rule) ? inWords[rule] : "by a rule of another version";
}
