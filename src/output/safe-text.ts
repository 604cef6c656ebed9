// Names come from strangers, so nothing in them may steer a terminal. Streams accept only SafeText: unescaped text is a
// compile error.

import { createPattern } from "../model/unicode-patterns.ts";

declare const safety: unique symbol;

/** Text that may be written unchanged. Its escape sequences are our own. */
export type SafeText = string & { readonly [safety]: true };

/** Most names consist of these: European letters with their marks, Chinese, Japanese, Korean. */
const harmlessPattern = /^[\x20-\x7e\u00a0-\u0600\u3000-\u9fff\uac00-\ud7a3]*$/;
const controlPattern = createPattern(String.raw`\p{Cc}`, "gu");
// Bidirectional embeddings, overrides, isolates and marks, which reorder the text around them.
const directionPattern = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const loneSurrogatePattern = /[\ud800-\udfff]/gu;

/**
 * The text as one printable line. White-space controls become a space; other controls and direction marks are removed.
 * Never call it for painted text, because it would remove the colours.
 */
export function toPrintable(text: string): SafeText {
  if (harmlessPattern.test(text)) return markSafe(text);
  return markSafe(
    text
      .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
      .replace(controlPattern(), "")
      .replace(directionPattern, "")
      .replace(loneSurrogatePattern, "\ufffd"),
  );
}

/** Like printable, but keeps line breaks. */
export function toPrintableLines(text: string): SafeText {
  return markSafe(text.split("\n").map(toPrintable).join("\n"));
}

/** A template around texts that are already safe. */
export function safe(template: TemplateStringsArray, ...values: readonly (SafeText | number)[]): SafeText {
  let text = template[0] ?? "";
  // A plain loop, because a pipe may take the whole shelf.
  for (let at = 0; at < values.length; at += 1) text += String(values[at]) + (template[at + 1] ?? "");
  return markSafe(text);
}

/** A sentence with a line break after it. */
export function toLine(text: string): SafeText {
  return safe`${toPrintable(text)}\n`;
}

/** Each line with a line break after it. */
export function joinLines(lines: readonly SafeText[]): SafeText {
  return markSafe(lines.map((line) => `${line}\n`).join(""));
}

/** Marks a text built from safe parts as safe. Only output/ may call it; a test checks that. */
export function markSafe(text: string): SafeText {
  return text as SafeText;
}
