// Measures the width of text in columns, and cuts it to fit.

import type { SafeText } from "./safe-text.ts";
import { createPattern } from "../model/unicode-patterns.ts";

/** One column per letter: Latin, Greek and Cyrillic without combining marks, and common punctuation. */
const singleWidthPattern =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u201f\u2022\u2026]*$/;

/** Returns the width in terminal columns. The text must be printable. */
export function measureWidth(text: string): number {
  return singleWidthPattern.test(text) ? text.length : measureGraphemes(text);
}

/** Padding and cutting keep a safe text safe. */
type SameSafety<Text> = Text extends SafeText ? SafeText : string;

export function padEnd<Text extends string>(text: Text, width: number): SameSafety<Text> {
  return (text + " ".repeat(Math.max(0, width - measureWidth(text)))) as SameSafety<Text>;
}

export function padStart<Text extends string>(text: Text, width: number): SameSafety<Text> {
  return (" ".repeat(Math.max(0, width - measureWidth(text))) + text) as SameSafety<Text>;
}

/** The longest beginning that fits. */
function takeStart(text: string, width: number): string {
  if (singleWidthPattern.test(text)) return text.slice(0, width);
  let usedWidth = 0;
  let beginning = "";
  for (const letter of splitGraphemes(text)) {
    usedWidth += measureWidth(letter);
    if (usedWidth > width) break;
    beginning += letter;
  }
  return beginning;
}

/** "Nick Cave & The Ba…" */
export function cutEnd<Text extends string>(text: Text, width: number, ellipsis = "…"): SameSafety<Text> {
  const isShort = measureWidth(text) <= width;
  const shortText: string = isShort
    ? text
    : takeStart(text, Math.max(0, width - measureWidth(ellipsis))).trimEnd() + ellipsis;
  return shortText as SameSafety<Text>;
}

/** The number of letters kept at the end of a title, because titles of a series differ at the end. */
const tailLength = 8;

/** "Lift Your Skinny Fists L…Heaven": keeps the last letters, from the first whole word among them. */
export function cutMiddle<Text extends string>(text: Text, width: number, ellipsis = "…"): SameSafety<Text> {
  const whole: string = text;
  if (measureWidth(text) <= width) return whole as SameSafety<Text>;
  const letters = Array.from(splitGraphemes(text));
  const start = letters.length - tailLength;
  let tail = letters.slice(start);
  if (letters[start - 1] !== " ") {
    const blank = tail.indexOf(" ");
    if (blank !== -1 && blank < tail.length - 1) tail = tail.slice(blank + 1);
  }
  const end = tail.join("").trimStart();
  const room = width - measureWidth(end) - measureWidth(ellipsis);
  // Keep the beginning if both ends do not fit.
  if (room < tailLength / 2) return cutEnd(text, width, ellipsis);
  return (takeStart(text, room).trimEnd() + ellipsis + end) as SameSafety<Text>;
}

// The width of wide scripts, combining marks and emoji. Libraries for this take as long to load as a whole answer, so
// this is our own, tested against one.

const widePattern = createPattern(
  String.raw`^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Script=Tangut}\p{Emoji_Presentation}\u{2ff0}-\u{303e}\u{3041}-\u{3247}\u{3250}-\u{4dbf}\u{fe30}-\u{fe6f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]`,
  "u",
);
/** Narrow forms of wide scripts, and jamo that join the syllable before them. */
const narrowPattern = /^[\u{1160}-\u{11ff}\u{d7b0}-\u{d7ff}\u{ff61}-\u{ffdc}\u{ffe8}-\u{ffee}]/u;
const invisiblePattern = createPattern(
  String.raw`^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]+`,
  "u",
);
/** Several code points that form one picture: flags, keycaps, families, skin tones, emoji presentation. */
const emojiPattern = createPattern(
  String.raw`^(?:\p{Regional_Indicator}{2}|[\d#*]\u{fe0f}?\u{20e3}|\p{Extended_Pictographic}\u{fe0f}|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Extended_Pictographic}\p{Mn}*\u{200d}\p{Extended_Pictographic})`,
  "u",
);
/** Code points that may join the letter before them. */
const joiningPattern = createPattern(
  String.raw`[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u{1100}-\u{11ff}\u{ff9e}\u{ff9f}]`,
  "u",
);
const voicingMarkPattern = /[\u{ff9e}\u{ff9f}]/gu;

let segmenter: Intl.Segmenter | undefined;

/** Longer letters are cut. */
const maxGraphemeLength = 256;

/** Splits a text into what readers see as letters. */
export function splitGraphemes(text: string): Iterable<string> {
  return joiningPattern().test(text) ? segmentGraphemes(text) : text;
}

function* segmentGraphemes(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter();
  // Pieces are faster, because the segmenter's time grows with the square of the length.
  for (let from = 0; from < text.length;) {
    const end = from + maxGraphemeLength;
    // Don't split a surrogate pair.
    const piece = text.slice(from, /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end);
    const isLast = from + piece.length === text.length;
    let pending = "";
    for (const { segment } of segmenter.segment(piece)) {
      if (pending !== "") yield pending;
      from += pending.length;
      pending = segment;
    }
    // The last letter may continue in the next piece.
    if (isLast || pending.length === piece.length) {
      yield pending;
      from += pending.length;
    }
  }
}

export function measureGraphemes(text: string): number {
  let width = 0;
  for (const letter of splitGraphemes(text)) width += measureGrapheme(letter);
  return width;
}

function measureGrapheme(letter: string): number {
  const visible = letter.replace(invisiblePattern(), "");
  if (visible === "") return 0;
  if (emojiPattern().test(visible)) return 2;
  // Half-width voicing marks take a column of their own.
  const marks = visible.match(voicingMarkPattern)?.length ?? 0;
  if (marks > 0 && /^[\u{ff9e}\u{ff9f}]/u.test(visible)) return marks;
  return (widePattern().test(visible) && !narrowPattern.test(visible) ? 2 : 1) + marks;
}
