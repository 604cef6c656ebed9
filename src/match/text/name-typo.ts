import { countEdits } from "./edit-distance.ts";
import { isSmallWord } from "./vocabulary.ts";

/** Shorter names are too close to others. */
export const minTypoNameLength = 6;
const [minWordLength, minAlteredLength] = [3, 6];
/** A word of at least nine letters may have two typos. */
const [longWord, maxEdits] = [9, 2];
const digit = /\p{N}/u;

/**
 * The certainty that one name is a misspelling of the other. Dropped letters that one can't hear are certain. Names that are
 * only possible need an equal title that tells enough.
 */
export type NameTypo = "certain" | "sure" | "likely" | "possible";

/** Compares names in which one word is misspelled, or several by ear only; null if they are two names. */
export function findNameTypo(one: readonly string[], other: readonly string[]): NameTypo | null {
  if (one.length !== other.length || one.join("").length < minTypoNameLength) return null;
  const differing = one.flatMap((word, at) => (word === other[at] ? [] : [[word, other[at] ?? ""] as const]));
  if (differing.length > 1)
    return differing.every(([word, counterpart]) => isMisheard(word, counterpart)) ? "likely" : null;
  const typo = differing[0] === undefined ? null : findWordTypo(...differing[0]);
  // A first name a letter or two away is another person's.
  return typo === "possible" && one[0] !== other[0] ? null : typo;
}

function findWordTypo(one: string, other: string): NameTypo | null {
  const shorter = Math.min(one.length, other.length);
  if (shorter < minWordLength || Math.abs(one.length - other.length) > maxEdits || one[0] !== other[0])
    return null;
  if (digit.test(one) || digit.test(other)) return null;
  const edits = countEdits(one, other, maxEdits);
  const isSwapped = isAnagram(one, other);
  if (isSwapped && edits === 1 && shorter > 4) return "sure";
  const isEndEqual = one.at(-1) === other.at(-1);
  // Daniel and Danielle are two people, and Jimi is Jimmy.
  const mayBeOne = isEndEqual || edits === 1 || /^[eiy]{2}$/.test(`${one.at(-1)}${other.at(-1)}`);
  if (mayBeOne && isMisheard(one, other)) {
    if (shorter <= 4 || !isEndEqual) return "likely";
    return one.length === other.length ? "sure" : "certain";
  }
  const possible = edits <= maxEdits ? "possible" : null;
  // A typo is in one place, so two letters agree at one end.
  if (one.slice(0, 2) !== other.slice(0, 2) && one.slice(-2) !== other.slice(-2)) return possible;
  // A replaced letter makes another name more often than an added one.
  const isAltered = one.length === other.length && !isSwapped;
  const isNear = edits === 1 ? shorter >= (isAltered ? 5 : 4) : edits === 2 && shorter >= longWord;
  if (!isNear) return possible;
  // Julio and Julia are two people.
  if (!isEndEqual) return isAltered ? possible : "likely";
  return shorter > 4 && (!isAltered || shorter >= minAlteredLength) ? "sure" : "likely";
}

/** Returns true if two words have the same consonants and differ in few letters: "Skynrd" and "Skynyrd". */
function isMisheard(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < minWordLength || toConsonants(one) !== toConsonants(other)) return false;
  // "John" and "Joan" are two names, "Niel" and "Neil" one.
  return one.length === other.length && (shorter < minAlteredLength || one.at(-1) !== other.at(-1))
    ? isAnagram(one, other)
    : countEdits(one, other, maxEdits) <= maxEdits;
}

/** Returns true if two words have the same letters in another order. */
export function isAnagram(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  return one.split("").toSorted().join("") === other.split("").toSorted().join("");
}

/** The first letter of a text and its consonants by ear. */
export function toConsonants(text: string): string {
  const sounds = text
    .slice(1)
    .replaceAll("ph", "f")
    .replace(/c(?=[eiy])|z/g, "s")
    .replace(/c?k|[cq]/g, "k")
    .replace(/[aeiouyh]/g, "");
  return text.charAt(0) + sounds.replace(/(.)\1+/g, "$1");
}

/** The initials of a name of several words, with and without its small words: "ELO" for the Electric Light Orchestra. */
export function listInitials(words: readonly string[]): readonly string[] {
  if (words.length < minInitialWords || words.some((word) => digit.test(word))) return [];
  const all = toInitials(words);
  const telling = toInitials(words.filter((word) => !isSmallWord(word)));
  return telling === all || telling.length < minInitialWords ? [all] : [all, telling];
}

export function toInitials(words: readonly string[]): string {
  return words.map((word) => word.charAt(0)).join("");
}

const minInitialWords = 3;

export const maxInitialsLength = 6;

/** Returns true if a name is written as initials are: "C.I.T.", "CIT", "CvL". */
export function isWrittenAsInitials(name: string): boolean {
  const last = name.at(-1) ?? "";
  return (
    (last === "." || (last >= "A" && last <= "Z")) &&
    /^(?:\p{L}\. ?){2,}\p{L}?\.?$|^\p{Lu}\p{L}*\p{Lu}$/u.test(name.trim())
  );
}
