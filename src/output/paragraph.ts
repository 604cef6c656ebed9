// Sentences and pairs that fit the screen without being cut.
import { eachLetter } from "./cluster-width.ts";
import { printable, safe, trusted, type SafeText } from "./escape.ts";
import { inAscii, type Screen } from "./screen.ts";
import { padEnd, widthOf } from "./width.ts";

/** Breaks a text between words, and a word that is longer than the screen within, unless it is to be copied. */
export function wrapped(
  text: string,
  { width, unicode }: Pick<Screen, "width" | "unicode">,
  {
    keepsWords = false,
    keepsUnits = false,
  }: { readonly keepsWords?: boolean; readonly keepsUnits?: boolean } = {},
): SafeText[] {
  const lines: SafeText[] = [];
  const shown = unicode ? printable(text) : inAscii(printable(text));
  const words = keepsUnits
    ? withUnits(shown).flatMap((word) => (widthOf(trusted(word)) <= width ? [word] : word.split(" ")))
    : shown.split(" ");
  for (const word of words.map(trusted)) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : safe`${last} ${word}`;
    if (last !== undefined && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else
      for (const piece of keepsWords || widthOf(word) <= width ? [word] : pieces(word, width))
        lines.push(piece);
  }
  return lines;
}

/** The words of a text; a number and its unit are one: "14 spins", "LP ×2". */
export function withUnits(text: string): string[] {
  return text.split(/ (?![×x]\d)(?<!\d (?=\p{L}))/u);
}

/** On a terminal broken to fit; in a pipe a sentence is a line. */
export function sentence(text: string, screen: Pick<Screen, "isTerminal" | "width" | "unicode">): SafeText[] {
  return screen.isTerminal ? wrapped(text, screen) : [printable(text)];
}

/** A word in parts that fit; a letter that is wider than the screen is a part of its own. */
function pieces(word: SafeText, width: number): SafeText[] {
  const parts: { text: string; width: number }[] = [];
  for (const letter of eachLetter(word)) {
    const last = parts.at(-1);
    const letterWidth = widthOf(letter);
    if (last === undefined || last.width + letterWidth > width)
      parts.push({ text: letter, width: letterWidth });
    else {
      last.text += letter;
      last.width += letterWidth;
    }
  }
  return parts.map(({ text }) => trusted(text));
}

/** Parts side by side while they fit, each whole on a line otherwise. */
export function sideBySide(
  parts: readonly string[],
  gap: string,
  { width, unicode }: Pick<Screen, "width" | "unicode">,
): SafeText[] {
  const lines: SafeText[] = [];
  for (const part of parts.map(printable).map((each) => (unicode ? each : inAscii(each)))) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : safe`${last}${printable(gap)}${part}`;
    if (last === undefined || widthOf(joined) > width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines.flatMap((line) => (widthOf(line) > width ? wrapped(line, { width, unicode: true }) : [line]));
}

/** One text at each end of a line; below each other where they don't fit. */
export function ends(left: string, right: string, screen: Pick<Screen, "width" | "unicode">): SafeText[] {
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const [start, end] = [glyphs(left), glyphs(right)];
  const room = screen.width - widthOf(end);
  if (end === "") return wrapped(start, screen);
  return widthOf(start) + 2 <= room
    ? [safe`${padEnd(start, room)}${end}`]
    : [...wrapped(start, screen), ...wrapped(end, screen)];
}
