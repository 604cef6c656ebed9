import type { TitleRule } from "./ladder.ts";

/** What each rung earned on labelled pairs: (right + 1) / (seen + 2), never rising down the ladder. */
export const confidences: Readonly<Record<Exclude<TitleRule, "title" | "edition">, number>> = {
  spacing: 0.95,
  article: 0.95,
  numbering: 0.95,
  soundtrack: 0.95,
  disc: 0.95,
  "artist-in-title": 0.9,
  mix: 0.9,
  translation: 0.9,
  credit: 0.9,
  guests: 0.9,
  "named-edition": 0.9,
  reordered: 0.9,
  format: 0.85,
  "catalogue-number": 0.85,
  spelling: 0.85,
  "own-subtitle": 0.85,
  "small-words": 0.85,
  typo: 0.85,
  half: 0.8,
  subtitle: 0.8,
  "longer-title": 0.8,
  annotation: 0.8,
  compilation: 0.8,
};
