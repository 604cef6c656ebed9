// Written by test/eval/calibrate.mjs. confidenceOf() in ladder.ts reads it for each credit of a match.

/**
 * The share of each rung's labelled credits that are right, with the counts behind it. Four credits with the share of all
 * sound rungs are added first; for a doubtful rung, the share of all doubtful ones. So a few credits prove little.
 */
export const confidences = {
  spacing: 0.99, // 20 of 20
  article: 0.99, // 30 of 30
  numbering: 0.99, // 24 of 24
  notation: 0.99, // 9 of 9
  soundtrack: 0.99, // 63 of 63
  disc: 0.96, // 58 of 60
  "artist-in-title": 0.98, // 77 of 78
  mix: 0.98, // 1 of 1
  translation: 0.99, // 144 of 144
  tracklist: 0.99, // 158 of 158
  credit: 0.99, // 225 of 227
  "musicbrainz-title": 0.99, // 16 of 16
  "master-title": 0.99, // 6 of 6
  "both-albums": 0.99, // 31 of 31
  guests: 0.99, // 9 of 9
  "small-words": 0.99, // 10 of 10
  reordered: 0.99, // 26 of 26
  "named-edition": 0.97, // 39 of 40
  format: 0.95, // 92 of 96
  "catalogue-number": 0.98, // 55 of 56
  spelling: 0.99, // 17 of 17
  "self-titled": 0.91, // 8 of 9
  dated: 0.99, // 17 of 17
  "cut-off": 0.99, // 12 of 12
  "own-subtitle": 0.99, // 10 of 10
  compilation: 0.97, // 113 of 116
  "shared-tracks": 0.95, // 37 of 39
  typo: 0.96, // 23 of 24
  "near-artist": 0.99, // 6 of 6
  note: 0.97, // 45 of 46
  anniversary: 0.99, // 4 of 4
  musicbrainz: 0.51, // 0 of 0
  nameless: 0.51, // 0 of 0
  "single-or-album": 0.97, // 24 of 24
  "against-genres": 0.51, // 0 of 0
  transliteration: 0.96, // 12 of 12
  "best-of": 0.95, // 9 of 9
  half: 0.86, // 32 of 37
  subtitle: 0.65, // 19 of 30
  "longer-title": 0.86, // 13 of 15
} as const;
