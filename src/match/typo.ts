import { editsWithin } from "./edit-distance.ts";
import type { ParsedTitle } from "./title.ts";
import { identityWords, smallWords } from "./vocabulary.ts";

/** Whether two titles differ in a slip of the pen: small words, or one letter or two in a long word. */
export function differsByTypo(one: ParsedTitle, other: ParsedTitle): "small-words" | "typo" | null {
  if (one.numbers !== other.numbers || one.key === other.key) return null;
  const left = contentWords(one.stem);
  const right = contentWords(other.stem);
  const [a, b] = [left.join(""), right.join("")];
  if (a.length < 8 || b.length < 8) return null;
  if (a === b) return left.length >= 3 ? "small-words" : null;
  const limit = Math.min(a.length, b.length) >= 12 ? 2 : 1;
  if (editsWithin(a, b, limit) > limit) return null;
  if (left.length !== right.length) return null;
  let differing = 0;
  for (let at = 0; at < left.length; at++) {
    const [mine, theirs] = [left[at] ?? "", right[at] ?? ""];
    if (mine === theirs) continue;
    if (!isSlip(mine, theirs)) return null;
    differing++;
  }
  return differing === 1 ? "typo" : null;
}

/** One word written two ways, not two words: longer than the words that happen to be near each other. */
function isSlip(one: string, other: string): boolean {
  if (identityWords.has(one) || identityWords.has(other)) return false;
  const shorter = Math.min(one.length, other.length);
  if (one[0] !== other[0]) return false;
  const edits = editsWithin(one, other, 2);
  if (edits > 2) return false;
  if (edits === 2) return shorter >= 12;
  const inserted = one.length !== other.length;
  return inserted ? shorter >= 5 : shorter >= 9 || sortedLetters(one) === sortedLetters(other);
}

function sortedLetters(word: string): string {
  return [...word].sort().join("");
}

function contentWords(stem: string): string[] {
  const words = stem.split(" ");
  const kept = words.filter((word) => !smallWords.has(word));
  return kept.length > 0 ? kept : words;
}
