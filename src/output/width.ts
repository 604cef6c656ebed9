// How many columns a text takes, and how to cut it to fit.
import { clusterWidth, eachLetter, shownLetters } from "./cluster-width.ts";
import type { SafeText } from "./escape.ts";

/** One column a letter: Latin, Greek and Cyrillic without combining marks, and common punctuation. */
const plain =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u201f\u2022\u2026]*$/;

/** Columns of a terminal; text must be printable already. */
export function widthOf(text: string): number {
  return plain.test(text) ? text.length : clusterWidth(text);
}

export function padEnd(text: SafeText, width: number): SafeText;
export function padEnd(text: string, width: number): string;
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: SafeText, width: number): SafeText;
export function padStart(text: string, width: number): string;
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

/** The longest beginning that fits. */
function head(text: string, width: number): string {
  if (plain.test(text)) return text.slice(0, width);
  let used = 0;
  let kept = "";
  for (const letter of eachLetter(text)) {
    used += widthOf(letter);
    if (used > width) break;
    kept += letter;
  }
  return kept;
}

/** "Nick Cave & The Ba…" */
export function cutEnd(text: SafeText, width: number, ellipsis?: string): SafeText;
export function cutEnd(text: string, width: number, ellipsis?: string): string;
export function cutEnd(text: string, width: number, ellipsis = "…"): string {
  if (widthOf(text) <= width) return text;
  return head(text, Math.max(0, width - widthOf(ellipsis))).trimEnd() + ellipsis;
}

/** How many letters of a title's end stay: series differ at the end. */
const tailLetters = 8;

/** "Lift Your Skinny Fists L…Heaven": keeps the last letters, from the first whole word in them. */
export function cutMiddle(text: SafeText, width: number, ellipsis?: string): SafeText;
export function cutMiddle(text: string, width: number, ellipsis?: string): string;
export function cutMiddle(text: string, width: number, ellipsis = "…"): string {
  if (widthOf(text) <= width) return text;
  const letters = shownLetters(text);
  const start = letters.length - tailLetters;
  let tail = letters.slice(start);
  if (letters[start - 1] !== " ") {
    const blank = tail.indexOf(" ");
    if (blank !== -1 && blank < tail.length - 1) tail = tail.slice(blank + 1);
  }
  const end = tail.join("").trimStart();
  const room = width - widthOf(end) - widthOf(ellipsis);
  // Too narrow for both ends: the beginning says more.
  if (room < tailLetters / 2) return cutEnd(text, width, ellipsis);
  return head(text, room).trimEnd() + ellipsis + end;
}
