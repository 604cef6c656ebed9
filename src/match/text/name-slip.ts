import { editsWithin } from "./edit-distance.ts";
import { isSmall } from "./vocabulary.ts";

/** Shorter names are too close to others. */
export const shortestMisspelled = 8;
const [shortestWord, shortestAltered] = [4, 6];
/** A word of at least nine letters may have two slips. */
const [longWord, mostSlips] = [9, 2];
const digit = /\p{N}/u;

/** Whether one name is a misspelling of the other: one word differs, but not in its first letter or a number. */
export function isNameSlip(one: readonly string[], other: readonly string[]): boolean {
  const at = onlyDifference(one, other);
  if (at === -1 || !isWordSlip(one[at] as string, other[at] as string)) return false;
  return one.reduce((letters, word) => letters + word.length, 0) >= shortestMisspelled;
}

/** The position of the only word in which two names differ; else -1. */
function onlyDifference(one: readonly string[], other: readonly string[]): number {
  if (one.length !== other.length) return -1;
  const first = one.findIndex((word, at) => word !== other[at]);
  return first === one.findLastIndex((word, at) => word !== other[at]) ? first : -1;
}

function isWordSlip(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < shortestWord || Math.abs(one.length - other.length) > mostSlips || one[0] !== other[0])
    return false;
  // A slip is in one place, so two letters agree at one end.
  if (one.slice(0, 2) !== other.slice(0, 2) && one.slice(-2) !== other.slice(-2)) return false;
  if (digit.test(one) || digit.test(other)) return false;
  if (soundOf(one) === soundOf(other)) return true;
  // Julio and Julia are two people.
  if (one.at(-1) !== other.at(-1)) return false;
  // A replaced letter makes another name more often than an added one.
  const isAltered =
    one.length === other.length && one.split("").toSorted().join("") !== other.split("").toSorted().join("");
  const edits = editsWithin(one, other, 2);
  return edits === 1
    ? shorter > shortestWord && (!isAltered || shorter >= shortestAltered)
    : edits === 2 && shorter >= longWord;
}

/** A word by ear: doubled letters once, and "ie" as "y". */
function soundOf(word: string): string {
  return word.replaceAll("ie", "y").replace(/(.)\1+/g, "$1");
}

/** The initials of a name of several words, with and without its small words. */
export function initialsOfName(words: readonly string[]): readonly string[] {
  if (words.length < fewestWords || words.some((word) => digit.test(word))) return [];
  const all = initialsOf(words);
  const telling = initialsOf(words.filter((word) => !isSmall(word)));
  return telling === all || telling.length < fewestWords ? [all] : [all, telling];
}

function initialsOf(words: readonly string[]): string {
  return words.map((word) => word.charAt(0)).join("");
}

const fewestWords = 3;

export const longestInitials = 6;

/** Returns true if a name is written as initials are: "C.I.T.", "CIT", "CvL". */
export function isWrittenAsInitials(name: string): boolean {
  const last = name.at(-1) ?? "";
  return (
    (last === "." || (last >= "A" && last <= "Z")) &&
    /^(?:\p{L}\. ?){2,}\p{L}?\.?$|^\p{Lu}\p{L}*\p{Lu}$/u.test(name.trim())
  );
}
