// Names come from strangers: nothing in them may steer a terminal. Streams take SafeText and nothing else, so that
// text which nobody made safe is an error of the compiler.

import { pattern } from "../model/unicode-patterns.ts";

declare const safety: unique symbol;

/** Text that may be written as it is: whatever steers a terminal in it was put there by us. */
export type SafeText = string & { readonly [safety]: true };

/** What most names are made of: European letters with their marks, Chinese, Japanese, Korean. */
const harmless = /^[\x20-\x7e\u00a0-\u0600\u3000-\u9fff\uac00-\ud7a3]*$/;
const controls = pattern(String.raw`\p{Cc}`, "gu");
// Bidirectional embeddings, overrides, isolates and marks: they reorder what stands around them.
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const loneSurrogates = /[\ud800-\udfff]/gu;

/**
 * The text as it may be shown, on one line: white-space controls become a blank, the others and direction marks
 * vanish. Never for text that is painted already: its colours would go as well.
 */
export function printable(text: string): SafeText {
  if (harmless.test(text)) return trusted(text);
  return trusted(
    text
      .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
      .replace(controls(), "")
      .replace(directions, "")
      .replace(loneSurrogates, "\ufffd"),
  );
}

/** The same for a text of several lines, which stay lines. */
export function printableLines(text: string): SafeText {
  return trusted(text.split("\n").map(printable).join("\n"));
}

/** A template of our own around texts that are safe already. */
export function safe(template: TemplateStringsArray, ...values: readonly (SafeText | number)[]): SafeText {
  let text = template[0] ?? "";
  // A pipe takes the whole shelf: no lists for each line of it.
  for (let at = 0; at < values.length; at += 1) text += String(values[at]) + (template[at + 1] ?? "");
  return trusted(text);
}

/** A sentence on a line of its own. */
export function lineText(text: string): SafeText {
  return safe`${printable(text)}\n`;
}

/** Each on a line of its own, the end of the last included. */
export function linesText(lines: readonly SafeText[]): SafeText {
  return trusted(lines.map((line) => `${line}\n`).join(""));
}

/** Vouches for a text that was put together from safe ones. For output/ alone; a test sees to that. */
export function trusted(text: string): SafeText {
  return text as SafeText;
}
