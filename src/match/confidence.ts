// Written by test/eval/calibrate.mjs.
import type { TitleRule } from "./ladder.ts";

/**
 * What each rung earned: (right + 1) / (seen + 2) on labelled pairs, never rising down the ladder
 * (neighbours that would are counted together). Behind each, the pairs that it was right on.
 */
export const confidences: Readonly<Record<Exclude<TitleRule, "title" | "edition">, number>> = {
  spacing: 0.99, // 25 of 25
  article: 0.99, // 33 of 33
  numbering: 0.99, // 25 of 25
  soundtrack: 0.99, // 52 of 52
  disc: 0.98, // 50 of 52
  "artist-in-title": 0.98, // 50 of 52
  mix: 0.98, // 7 of 7
  translation: 0.98, // 9 of 9
  tracklist: 0.98, // 158 of 158
  credit: 0.98, // 118 of 120
  guests: 0.98, // 12 of 12
  "small-words": 0.98, // 14 of 14
  reordered: 0.98, // 23 of 23
  "named-edition": 0.98, // 37 of 38
  format: 0.98, // 8 of 8
  "catalogue-number": 0.98, // 40 of 41
  spelling: 0.97, // 17 of 17
  "own-subtitle": 0.97, // 15 of 15
  compilation: 0.97, // 39 of 40
  "shared-tracks": 0.93, // 37 of 39
  typo: 0.89, // 16 of 17
  half: 0.89, // 38 of 42
  subtitle: 0.83, // 64 of 78
  "longer-title": 0.83, // 16 of 18
};
