// Written by test/eval/calibrate.mjs. getConfidence() in rule-order.ts reads it for each credit of a match.

/**
 * The share of each rule's labelled credits that are right, with the counts behind it. Four credits with the share of all
 * sound rules are added first; for a doubtful rule, the share of all doubtful ones. So a few credits prove little.
 */
export const confidences = {
  spacing: 0.99, // 37 of 37
  article: 0.99, // 62 of 62
  numbering: 0.99, // 29 of 29
  notation: 0.99, // 13 of 13
  soundtrack: 0.97, // 79 of 81
  disc: 0.97, // 67 of 69
  "artist-in-title": 0.99, // 105 of 106
  translation: 0.99, // 343 of 345
  tracklist: 0.99, // 158 of 158
  credit: 0.99, // 297 of 299
  "musicbrainz-title": 0.99, // 16 of 16
  "master-title": 0.99, // 6 of 6
  "both-albums": 0.96, // 54 of 56
  guests: 0.99, // 10 of 10
  "small-words": 0.99, // 22 of 22
  reordered: 0.99, // 28 of 28
  "named-edition": 0.96, // 55 of 57
  format: 0.96, // 104 of 108
  "catalogue-number": 0.98, // 66 of 67
  spelling: 0.99, // 30 of 30
  "self-titled": 0.94, // 14 of 15
  dated: 0.99, // 19 of 19
  "cut-off": 0.99, // 13 of 13
  "own-subtitle": 0.99, // 14 of 14
  compilation: 0.99, // 157 of 158
  "shared-tracks": 0.95, // 37 of 39
  typo: 0.97, // 44 of 45
  "near-artist": 0.99, // 70 of 70
  note: 0.98, // 62 of 63
  anniversary: 0.99, // 11 of 11
  musicbrainz: 0.51, // 0 of 0
  "single-or-album": 0.99, // 37 of 37
  "against-genres": 0.51, // 0 of 0
  transliteration: 0.97, // 12 of 12
  "one-artist": 0.94, // 3 of 3
  misspelled: 0.96, // 34 of 35
  "best-of": 0.98, // 14 of 14
  half: 0.87, // 34 of 39
  subtitle: 0.66, // 19 of 30
  "longer-title": 0.92, // 100 of 108
} as const;
