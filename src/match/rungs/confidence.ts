// Written by test/eval/calibrate.mjs.
import type { TitleRule } from "./ladder.ts";

/**
 * What each rung earned on labelled pairs: (right + 1) / (seen + 2) from 20 of them on; with fewer, the
 * pessimistic end of Wilson's interval. Behind each, the pairs that it was right on.
 */
export const confidences: Readonly<Record<Exclude<TitleRule, "title" | "edition">, number>> = {
  spacing: 0.97, // 28 of 28
  article: 0.97, // 37 of 37
  numbering: 0.97, // 27 of 27
  notation: 0.96, // 21 of 21
  soundtrack: 0.98, // 59 of 59
  disc: 0.95, // 55 of 57
  "artist-in-title": 0.97, // 60 of 61
  mix: 0.83, // 19 of 19
  translation: 0.96, // 21 of 21
  tracklist: 0.99, // 158 of 158
  credit: 0.98, // 167 of 169
  guests: 0.96, // 21 of 21
  "small-words": 0.96, // 21 of 21
  reordered: 0.97, // 29 of 29
  "named-edition": 0.95, // 37 of 38
  format: 0.94, // 81 of 85
  "catalogue-number": 0.97, // 55 of 56
  spelling: 0.96, // 24 of 24
  "self-titled": 0.96, // 21 of 21
  dated: 0.96, // 21 of 21
  "cut-off": 0.96, // 21 of 21
  "own-subtitle": 0.95, // 20 of 20
  compilation: 0.98, // 59 of 59
  "shared-tracks": 0.93, // 37 of 39
  typo: 0.94, // 33 of 34
  note: 0.95, // 37 of 38
  anniversary: 0.7, // 9 of 9
  musicbrainz: 0.51, // 0 of 0
  "best-of": 0.65, // 7 of 7
  half: 0.85, // 38 of 44
  subtitle: 0.65, // 23 of 35
  "longer-title": 0.87, // 19 of 21
};
