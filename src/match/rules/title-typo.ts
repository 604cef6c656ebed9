import { countEdits } from "../text/edit-distance.ts";
import { fold } from "../text/fold.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { isAnagram, toConsonants } from "../text/name-typo.ts";
import { isWeakWord, isOtherAlbumWord, removeSmallWords } from "../text/vocabulary.ts";

/** Small words and doubled letters change more letters than a slip, and words that are left out even more. */
const [farthestSlip, farthestLeftOut] = [4, 14];

export type TypoRule = "spelling" | "typo" | "misspelled";

/** The kind of slip in which two titles differ: doubled letters, words left out, or a letter or two of a long word. */
export function findTypoRule(one: ParsedTitle, other: ParsedTitle): TypoRule | null {
  if (one.numbers !== other.numbers || one.key === other.key) return null;
  if (one.lacksLetters || other.lacksLetters) return isCensored(one, other) ? "spelling" : null;
  return one.key[0] === other.key[0] ? classifyTypo(one, other) : null;
}

/** Most titles begin with another letter, so this function is rarely called. */
function classifyTypo(one: ParsedTitle, other: ParsedTitle): TypoRule | null {
  const distance = Math.abs(one.key.length - other.key.length);
  if (distance > farthestLeftOut) return null;
  // A slip is in one place, so the beginnings or the ends agree; words are left out in between.
  const begins = one.key.slice(0, 3) === other.key.slice(0, 3);
  const ends = one.key.slice(-3) === other.key.slice(-3);
  if (!begins && !ends) return null;
  const isBetween = begins && ends;
  if (distance > farthestSlip) return isBetween && hasOmittedWords(one, other) ? "misspelled" : null;
  const leftWords = one.stem.split(" ");
  const right = other.stem.split(" ");
  const [mine, theirs] = [removeSmallWords(leftWords), removeSmallWords(right)];
  const [a, b] = [mine.join(""), theirs.join("")];
  const shorter = Math.min(a.length, b.length);
  if (shorter < 6) return null;
  if (stripDoubledLetters(a) === stripDoubledLetters(b)) return a === b ? null : "spelling";
  if (isBetween && hasOmittedWords(one, other)) return "misspelled";
  if (mine.length !== theirs.length) return null;
  const differing = mine.flatMap((word, at) =>
    word === theirs[at] ? [] : [[word, theirs[at] ?? ""] as const],
  );
  const [[word, counterpart] = ["", ""], ...others] = differing;
  const isOne = others.length === 0;
  if (isOne && shorter >= 7 && isTypo(word, counterpart, mine.length, shorter, word === mine.at(-1))) {
    const plural = word === `${counterpart}s` || counterpart === `${word}s`;
    return !plural && shorter >= 16 && Math.min(word.length, counterpart.length) >= 7 ? "spelling" : "typo";
  }
  const letters = Math.min(one.key.length, other.key.length);
  const words = Math.max(mine.length, leftWords.length - 1);
  // Small words may not differ as well.
  const isNear =
    others.length <= 1 &&
    leftWords.length === right.length &&
    leftWords.filter((left, at) => left !== right[at]).length === differing.length &&
    differing.every((pair) => canBeTypo(...pair, words, letters));
  return isNear ? "misspelled" : null;
}

/** "Don't Drop The Glass Harp" for "Don't Drop Me I'm Only The Glass Harp": long titles that differ in weak words only. */
function hasOmittedWords(one: ParsedTitle, other: ParsedTitle): boolean {
  const [mine, theirs] = [one.stem.split(" "), other.stem.split(" ")];
  const strong = mine.filter((word) => !isWeakWord(word));
  const letters = strong.join("").length;
  if (strong.length < 2 || letters < (strong.length === 2 ? 13 : 12)) return false;
  if (strong.join(" ") !== theirs.filter((word) => !isWeakWord(word)).join(" ")) return false;
  const extra = mine.filter((word) => !theirs.includes(word));
  const missing = theirs.filter((word) => !mine.includes(word));
  // "Your" is not "our", but people take "that" for "than".
  if (extra.length === 0 || missing.length === 0) return true;
  return [...extra, ...missing].every((word) => word.startsWith("th"));
}

/** Returns true for typos that are safe only if the artist has no other album as near. `letters` counts those of the shorter title. */
function canBeTypo(one: string, other: string, words: number, letters: number): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short[0] !== long[0] || /\p{N}/u.test(one + other)) return false;
  const edits = countEdits(one, other, 2);
  if (isOtherAlbumWord(one) || isOtherAlbumWord(other))
    return short.length >= 8 && edits === 1 && isOtherAlbumWord(one) !== isOtherAlbumWord(other);
  if (long === `${short}s`) return words >= 3 || (words === 2 && letters >= 8);
  const isHeard = toConsonants(one) === toConsonants(other) && edits <= 2;
  if (words === 1)
    return (
      short.length >= 6 &&
      (isHeard || (edits === 1 && one.length !== other.length && one.at(-1) === other.at(-1)))
    );
  // "Lost" and "Last" have the same consonants.
  if (isHeard) return short.length > 4 || (short.length === 4 && (long.length > 4 || letters >= 14));
  return letters >= 9 && short.length >= 5 && edits === 1;
}

/** "F**k": the signs for lost letters stand for some letters of one word. */
function isCensored(one: ParsedTitle, other: ParsedTitle): boolean {
  return [[one, other] as const, [other, one] as const].some(
    ([starred, plain]) => starred.lacksLetters && buildCensoredPattern(starred.stemText).test(plain.stem),
  );
}

/** A folded text holds only letters, digits and spaces. */
function buildCensoredPattern(text: string): RegExp {
  const folded = fold(text.replace(/(?:\*|\ufffd|(?<=\p{L})\?(?=\p{L}))+/gu, lostMarker));
  return new RegExp(`^${folded.replaceAll(lostMarker, "[^ ]+")}$`, "u");
}

const lostMarker = "qxqx";

/** One word written two ways. Short words that are near each other are two words. */
function isTypo(one: string, other: string, words: number, letters: number, last: boolean): boolean {
  if ([one, other].some(isOtherAlbumWord)) return false;
  if (one[0] !== other[0] || one.endsWith("live") !== other.endsWith("live")) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const edits = countEdits(one, other, 2);
  if (edits === 2) return short.length >= 12;
  if (edits > 2) return false;
  if (short.length === long.length) {
    if (isAnagram(one, other)) return letters >= 9;
    return (
      short.length >= 9 || (short.length >= 6 && words > 1 && letters >= 10 && one.at(-1) === other.at(-1))
    );
  }
  // A missing last letter or a plural counts only in longer titles.
  if (long.startsWith(short)) return words >= 3 && letters >= 12 && (last || long === `${short}s`);
  return short.length >= 5;
}

/** Removes doubled letters, and writes z as s. */
function stripDoubledLetters(text: string): string {
  return text.replaceAll("z", "s").replace(/(\p{L})\1+/gu, "$1");
}
