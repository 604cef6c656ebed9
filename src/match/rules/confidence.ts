// Written by test/eval/calibrate.mjs. getConfidence() in rule-order.ts reads it for each credit of a match.

/**
 * The share of each rule's labelled credits that are right, with the counts behind it. Four credits with the share of all
 * sound rules are added first; for a doubtful rule, the share of all doubtful ones. So a few credits prove little.
 */
export const confidences = {
  spacing: 0.99, // 27 of 27
  article: 0.99, // 31 of 31
  numbering: 0.99, // 27 of 27
  notation: 0.99, // 10 of 10
  soundtrack: 0.98, // 69 of 70
  disc: 0.97, // 65 of 67
  "artist-in-title": 0.98, // 94 of 95
  translation: 0.99, // 343 of 345
  tracklist: 0.99, // 158 of 158
  credit: 0.99, // 270 of 272
  "musicbrainz-title": 0.99, // 16 of 16
  "master-title": 0.99, // 6 of 6
  "both-albums": 0.95, // 44 of 46
  guests: 0.99, // 10 of 10
  "small-words": 0.99, // 10 of 10
  reordered: 0.99, // 28 of 28
  "named-edition": 0.98, // 48 of 49
  format: 0.96, // 104 of 108
  "catalogue-number": 0.98, // 66 of 67
  spelling: 0.99, // 20 of 20
  "self-titled": 0.94, // 14 of 15
  dated: 0.99, // 19 of 19
  "cut-off": 0.99, // 12 of 12
  "own-subtitle": 0.99, // 13 of 13
  compilation: 0.99, // 137 of 138
  "shared-tracks": 0.95, // 37 of 39
  typo: 0.96, // 25 of 26
  "near-artist": 0.99, // 12 of 12
  note: 0.98, // 58 of 59
  anniversary: 0.99, // 6 of 6
  musicbrainz: 0.51, // 0 of 0
  "single-or-album": 0.98, // 36 of 36
  "against-genres": 0.51, // 0 of 0
  transliteration: 0.97, // 12 of 12
  "one-artist": 0.93, // 3 of 3
  misspelled: 0.93, // 16 of 17
  "best-of": 0.96, // 10 of 10
  half: 0.86, // 33 of 38
  subtitle: 0.66, // 19 of 30
  "longer-title": 0.88, // 15 of 17
} as const;
