// The columns of text that isn't one column a letter: wide scripts, combining marks, emoji. Written here, and
// tested against a library, since the libraries that do it take as long to load as a whole answer.

import { pattern } from "../model/pattern.ts";

const wide = pattern(
  String.raw`^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Script=Tangut}\p{Emoji_Presentation}\u{2ff0}-\u{303e}\u{3041}-\u{3247}\u{3250}-\u{4dbf}\u{fe30}-\u{fe6f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]`,
  "u",
);
/** Narrow forms of wide scripts, and jamo that join the syllable before them. */
const narrow = /^[\u{1160}-\u{11ff}\u{d7b0}-\u{d7ff}\u{ff61}-\u{ffdc}\u{ffe8}-\u{ffee}]/u;
const invisible = pattern(
  String.raw`^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]+`,
  "u",
);
/** Several code points that make one picture: flags, keycaps, families, skin tones, text signs asked for as pictures. */
const picture = pattern(
  String.raw`^(?:\p{Regional_Indicator}{2}|[\d#*]\u{fe0f}?\u{20e3}|\p{Extended_Pictographic}\u{fe0f}|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Extended_Pictographic}\p{Mn}*\u{200d}\p{Extended_Pictographic})`,
  "u",
);
/** Code points that may belong to the letter before them. */
const joining = pattern(
  String.raw`[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u{1100}-\u{11ff}\u{ff9e}\u{ff9f}]`,
  "u",
);
const voicingMarks = /[\u{ff9e}\u{ff9f}]/gu;

let segmenter: Intl.Segmenter | undefined;

/** A letter of more code units than this is no letter: it is cut. */
const longestLetter = 256;

/** What a reader takes for one letter each. */
export function eachLetter(text: string): Iterable<string> {
  return joining().test(text) ? clustersOf(text) : text;
}

function* clustersOf(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter();
  // A piece at a time: the time that the segmenter takes grows with the square of what it is given.
  for (let from = 0; from < text.length;) {
    const end = from + longestLetter;
    // Never between the halves of one code point.
    const piece = text.slice(from, /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end);
    const isLast = from + piece.length === text.length;
    let held = "";
    for (const { segment } of segmenter.segment(piece)) {
      if (held !== "") yield held;
      from += held.length;
      held = segment;
    }
    // The last letter may go on behind the piece.
    if (isLast || held.length === piece.length) {
      yield held;
      from += held.length;
    }
  }
}

export function shownLetters(text: string): string[] {
  return Array.from(eachLetter(text));
}

export function clusterWidth(text: string): number {
  let width = 0;
  for (const letter of eachLetter(text)) width += letterWidth(letter);
  return width;
}

function letterWidth(letter: string): number {
  const visible = letter.replace(invisible(), "");
  if (visible === "") return 0;
  if (picture().test(visible)) return 2;
  // Half-width voicing marks take a column of their own.
  const marks = visible.match(voicingMarks)?.length ?? 0;
  if (marks > 0 && /^[\u{ff9e}\u{ff9f}]/u.test(visible)) return marks;
  return (wide().test(visible) && !narrow.test(visible) ? 2 : 1) + marks;
}
