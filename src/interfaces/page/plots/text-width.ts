// The width of text in a drawing. A drawing can't ask the browser, so these are the widths of the widest common fonts.
import { measureWidth, splitGraphemes } from "../../../output/width.ts";

/** Widths of bold letters in DejaVu Sans, the widest font that pages fall back to, in parts of the font size. */
const letterWidths: readonly (readonly [letters: RegExp, width: number])[] = [
  [/^[ .,:;'|!ijlI()[\]]$/, 0.46],
  [/^[frt/-]$/, 0.52],
  [/^[MW@%mw]$/, 1.11],
  [/^[A-Z&]$/, 0.85],
  [/^[\x20-\x7e]$/, 0.73],
];

/** An upper bound of the width, in the unit of the font size. */
export function estimateTextWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const letter of splitGraphemes(text)) {
    const known = letterWidths.find(([letters]) => letters.test(letter));
    width += known?.[1] ?? (measureWidth(letter) > 1 ? 1.05 : 0.9);
  }
  return width * fontSize;
}

/** Breaks between words, so that each line fits the width unless it is one long word. */
export function breakLines(words: readonly string[], maxWidth: number, fontSize: number): string[][] {
  const lines: string[][] = [[]];
  for (const word of words) {
    const line = lines.at(-1) ?? [];
    const isFull = estimateTextWidth([...line, word].join(" "), fontSize) > maxWidth;
    if (isFull && line.length > 0) lines.push([word]);
    else line.push(word);
  }
  return lines;
}
