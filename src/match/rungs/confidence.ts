// Written by test/eval/calibrate.mjs.
import type { ObservedRule } from "./ladder.ts";

/**
 * What each rung earned on labelled credits: (right + 1) / (seen + 2) from 20 of them on; with fewer, the
 * pessimistic end of Wilson's interval, or a little more than chance. Behind each, the credits that it was right on.
 */
export const confidences: Readonly<Record<ObservedRule, number>> = {
  spacing: 0.81, // 17 of 17
  article: 0.96, // 26 of 26
  numbering: 0.83, // 19 of 19
  notation: 0.51, // 4 of 4
  soundtrack: 0.98, // 49 of 49
  disc: 0.93, // 45 of 47
  "artist-in-title": 0.96, // 49 of 50
  mix: 0.51, // 1 of 1
  translation: 0.51, // 1 of 1
  tracklist: 0.99, // 158 of 158
  credit: 0.98, // 152 of 154
  "musicbrainz-title": 0.51, // 0 of 0
  "master-title": 0.51, // 0 of 0
  "both-albums": 0.51, // 0 of 0
  "a-side": 0.51, // 0 of 0
  guests: 0.7, // 9 of 9
  "small-words": 0.7, // 9 of 9
  reordered: 0.96, // 23 of 23
  "named-edition": 0.94, // 33 of 34
  format: 0.93, // 74 of 78
  "catalogue-number": 0.96, // 51 of 52
  spelling: 0.79, // 15 of 15
  "self-titled": 0.51, // 3 of 3
  dated: 0.75, // 12 of 12
  "cut-off": 0.74, // 11 of 11
  "own-subtitle": 0.56, // 5 of 5
  compilation: 0.98, // 54 of 54
  "shared-tracks": 0.92, // 37 of 39
  typo: 0.92, // 22 of 23
  "near-artist": 0.51, // 0 of 0
  note: 0.93, // 29 of 30
  anniversary: 0.51, // 3 of 3
  musicbrainz: 0.51, // 0 of 0
  nameless: 0.51, // 0 of 0
  "against-genres": 0.51, // 0 of 0
  transliteration: 0.51, // 0 of 0
  "best-of": 0.51, // 2 of 2
  half: 0.84, // 32 of 37
  subtitle: 0.62, // 19 of 30
  "longer-title": 0.62, // 13 of 15
};
