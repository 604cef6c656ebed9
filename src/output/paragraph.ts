// Fits sentences to the screen without cutting them.

import { splitGraphemes, measureWidth } from "./width.ts";
import { toPrintable, safe, type SafeText, markSafe } from "./safe-text.ts";
import { adaptHints, renderLink, type Terminal, toTerminalText, type TerminalStyle } from "./terminal.ts";

/** A command in a sentence, after punctuation or at the start. People copy it, so it stays on one line if it fits. */
const commandPattern =
  /(?<=^|[:;,.?] )(?:rewind(?! (?:is|may|has|can|cannot|needs|asks)\b)|npm|chmod|cp|[A-Z_]+=\S+ rewind) .*?(?:[.;,](?= |$)|(?= · | {3}|$))/gu;

/** Breaks a text between words. Breaks a word that is wider than the screen, unless people will copy it. */
export function wrapText(
  text: string,
  { width, ...glyphs }: Pick<Terminal, "width" | "unicode" | "adaptHint">,
  { keepsWords = false }: { readonly keepsWords?: boolean } = {},
): SafeText[] {
  const isUnbreakable = (word: string): boolean => keepsWords || measureWidth(word) <= width;
  const words = splitWords(toTerminalText(text, glyphs))
    .flatMap((unit) => (isUnbreakable(unit) ? [unit] : unit.split(" ")))
    .map(markSafe);
  return fillLines(
    words.flatMap((word) => (isUnbreakable(word) ? [word] : splitWord(word, width))),
    width,
    safe` `,
  );
}

/** Lines of as many parts as fit. */
function fillLines(parts: readonly SafeText[], width: number, gap: SafeText): SafeText[] {
  const lines: SafeText[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = last === undefined ? part : safe`${last}${gap}${part}`;
    if (last === undefined || measureWidth(longer) > width) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The words of a text. A command with its options is one word. */
function splitWords(text: string): string[] {
  const glue = "\u0000";
  return text
    .replaceAll(commandPattern, (words) => words.replaceAll(" ", glue))
    .split(" ")
    .map((word) => word.replaceAll(glue, " "));
}

/** Breaks lines to fit a terminal; writes one line per sentence to a pipe. */
export function wrapSentence(
  text: string,
  screen: Pick<Terminal, "isTerminal" | "width" | "unicode" | "adaptHint">,
): SafeText[] {
  return screen.isTerminal ? wrapText(text, screen) : [toPrintable(adaptHints(text, screen))];
}

/** Splits a word into parts that fit. */
function splitWord(word: SafeText, width: number): SafeText[] {
  const parts: { text: string; width: number }[] = [];
  for (const letter of splitGraphemes(word)) {
    const last = parts.at(-1);
    const letterWidth = measureWidth(letter);
    if (last === undefined || last.width + letterWidth > width)
      parts.push({ text: letter, width: letterWidth });
    else {
      last.text += letter;
      last.width += letterWidth;
    }
  }
  return parts.map(({ text }) => markSafe(text));
}

/** Joins the parts that are not empty. */
export function joinParts(parts: readonly string[], separator = " · "): string {
  return parts.filter((part) => part !== "").join(separator);
}

/** Puts a blank line between the blocks that are not empty. */
export function joinBlocks(blocks: readonly (readonly SafeText[])[]): SafeText[] {
  return blocks
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => (at === 0 ? lines : [safe``, ...lines]));
}

/** Puts a head of this width before the first line. The other lines begin behind it. */
export function prependHead(head: SafeText, width: number, lines: readonly SafeText[]): SafeText[] {
  const margin = toPrintable(" ".repeat(width));
  return lines.map((line, at) => safe`${at === 0 ? head : margin}${line}`);
}

/** The parts that are not empty: side by side if they fit, otherwise on several lines. */
export function flowParts(
  parts: readonly string[],
  screen: Pick<Terminal, "width" | "unicode" | "adaptHint">,
  gap = " · ",
): SafeText[] {
  const shownParts = parts.filter((part) => part !== "").map((part) => toTerminalText(part, screen));
  const lines = fillLines(shownParts, screen.width, toTerminalText(gap, screen));
  return lines.flatMap((line) => (measureWidth(line) > screen.width ? wrapText(line, screen) : [line]));
}

/** The two ends of a wider line are too far apart to be read as one. */
const maxLineEndsWidth = 100;
const minEndsGap = 2;

/** One text at each end of a line, or on lines of their own if they do not fit. */
export function renderLineEnds(
  left: string,
  right: string,
  screen: Pick<Terminal, "width" | "unicode" | "adaptHint">,
  paint = { left: (text: SafeText): SafeText => text, right: (text: SafeText): SafeText => text },
): SafeText[] {
  const [start, end] = [toTerminalText(left, screen), toTerminalText(right, screen)];
  if (end === "") return wrapText(start, screen).map(paint.left);
  const textWidth = measureWidth(start) + measureWidth(end);
  const gap = Math.max(minEndsGap, Math.min(screen.width, maxLineEndsWidth) - textWidth);
  return textWidth + gap <= screen.width
    ? [safe`${paint.left(start)}${toPrintable(" ".repeat(gap))}${paint.right(end)}`]
    : [...wrapText(start, screen).map(paint.left), ...wrapText(end, screen).map(paint.right)];
}

/** The head of a screen: a name in bold, linked to its page, and its numbers at the other end of the line. */
export function renderNameHeader(
  name: string,
  numbers: string,
  { screen, colours }: TerminalStyle,
  url: string | null = null,
): SafeText[] {
  return renderLineEnds(name, numbers, screen, {
    left: (text) => renderLink(colours.bold(text), url, screen),
    right: colours.dim,
  });
}

/** Commands that have no room in the table above, each behind its row's label. */
export function renderCommands(
  rows: readonly { readonly label: string; readonly command: string }[],
  screen: Pick<Terminal, "width" | "unicode" | "adaptHint">,
): SafeText[] {
  return rows.flatMap(({ label, command: words }) => flowParts([`${label}:`, words], screen, " "));
}

/** Lines of parts, each broken as `flowParts` does. */
export function renderFooter(
  lines: readonly (readonly string[])[],
  screen: Pick<Terminal, "width" | "unicode" | "adaptHint">,
): SafeText[] {
  return lines.flatMap((parts) => flowParts(parts, screen));
}

// Marks before a line: ✓ fine, ! needs attention, ✗ wrong.

export type Mark = "pass" | "warn" | "fail";

const markGlyphs: Readonly<Record<Mark, string>> = { pass: "✓", warn: "!", fail: "✗" };

/** The mark in its colour. */
export function renderMark(mark: Mark, { screen, colours }: TerminalStyle): SafeText {
  const glyph = toTerminalText(markGlyphs[mark], screen);
  if (mark === "pass") return colours.green(glyph);
  return mark === "warn" ? colours.yellow(glyph) : colours.red(glyph);
}

/** A text after its mark, indented. Further lines begin below its first word. */
export function renderMarked(mark: Mark, text: string, style: TerminalStyle, indent = 0): SafeText[] {
  const { screen } = style;
  const head = safe`${toPrintable(" ".repeat(indent))}${renderMark(mark, style)} `;
  return prependHead(head, indent + 2, wrapText(text, { ...screen, width: screen.width - indent - 2 }));
}

// Breaks messages between words to fit the terminal, but never inside what people type or copy.

/** Separates two alternatives on one line. */
const alternativeSeparator = / {3,}| · (?=rewind )/;

/** Unchanged if it fits, or if there is no terminal. */
export function wrapMessage(
  lines: readonly string[],
  screen: Pick<Terminal, "isTerminal" | "width" | "unicode" | "adaptHint">,
): SafeText[] {
  if (!screen.isTerminal) return lines.flatMap((line) => wrapSentence(line, screen));
  return lines.flatMap((line) => {
    const safeLine = toTerminalText(line, screen);
    if (measureWidth(safeLine) <= screen.width) return [safeLine];
    return line.split(alternativeSeparator).flatMap((part) => wrapText(part, screen, { keepsWords: true }));
  });
}
