// Written by test/eval/calibrate.mjs.
import type { ObservedRule } from "./ladder.ts";

/**
 * What each rung earned on labelled credits; behind each, how many of its credits are right. A sound rung is judged with 5
 * more credits that are as often right as those of all sound rungs, and 2 that are right half of the time. A doubtful one earns
 * (right + 1) / (seen + 2) from 20 credits on; with fewer, the pessimistic end of Wilson's interval.
 */
export const confidences: Readonly<Record<ObservedRule, number>> = {
  spacing: 0.96, // 20 of 20
  article: 0.94, // 30 of 31
  numbering: 0.96, // 24 of 24
  notation: 0.93, // 9 of 9
  soundtrack: 0.98, // 63 of 63
  disc: 0.95, // 58 of 60
  "artist-in-title": 0.97, // 75 of 76
  mix: 0.86, // 1 of 1
  translation: 0.99, // 143 of 143
  tracklist: 0.99, // 158 of 158
  credit: 0.98, // 225 of 227
  "musicbrainz-title": 0.95, // 16 of 16
  "master-title": 0.91, // 6 of 6
  "both-albums": 0.97, // 31 of 31
  guests: 0.93, // 9 of 9
  "small-words": 0.93, // 10 of 10
  reordered: 0.96, // 26 of 26
  "named-edition": 0.95, // 39 of 40
  format: 0.95, // 92 of 96
  "catalogue-number": 0.96, // 55 of 56
  spelling: 0.95, // 17 of 17
  "self-titled": 0.87, // 8 of 9
  dated: 0.95, // 17 of 17
  "cut-off": 0.94, // 12 of 12
  "own-subtitle": 0.93, // 10 of 10
  compilation: 0.96, // 113 of 116
  "shared-tracks": 0.93, // 37 of 39
  typo: 0.93, // 23 of 24
  "near-artist": 0.91, // 6 of 6
  note: 0.95, // 42 of 43
  anniversary: 0.9, // 4 of 4
  musicbrainz: 0.51, // 0 of 0
  nameless: 0.51, // 0 of 0
  "against-genres": 0.51, // 0 of 0
  transliteration: 0.75, // 12 of 12
  "best-of": 0.7, // 9 of 9
  half: 0.84, // 32 of 37
  subtitle: 0.62, // 19 of 30
  "longer-title": 0.62, // 13 of 15
};
