import { editsWithin, isSwap } from "../text/edit-distance.ts";
import { fold } from "../text/fold.ts";
import { differInSmallWords } from "../titles/telling-words.ts";
import { hasLostLetter, wordsOfStem, type ParsedTitle } from "../titles/title.ts";
import { collectionWords, identityWords, isSmall } from "../text/vocabulary.ts";

/** Small words and doubled letters change more letters than a slip. */
const farthestSlip = 4;
const fewestLetters = 5;

export type SlipRule = "spelling" | "small-words" | "typo";

/** The kind of slip in which two titles differ: doubled letters, small words, or a letter or two of a long word. */
export function slipBetween(one: ParsedTitle, other: ParsedTitle): SlipRule | null {
  if (one.numbers !== other.numbers || one.key === other.key) return null;
  if (one.lacksLetters || other.lacksLetters) return isStarred(one, other) ? "spelling" : null;
  if (Math.abs(one.key.length - other.key.length) > farthestSlip || one.key[0] !== other.key[0]) return null;
  // A slip is in one place, so the beginnings or the ends agree.
  if (one.key.slice(0, 3) !== other.key.slice(0, 3) && one.key.slice(-3) !== other.key.slice(-3)) return null;
  const leftWords = wordsOfStem(one);
  const right = wordsOfStem(other);
  const [mine, theirs] = [contentWords(leftWords), contentWords(right)];
  const [a, b] = [mine.join(""), theirs.join("")];
  const shorter = Math.min(a.length, b.length);
  if (shorter < fewestLetters) return null;
  if (a.length === b.length && mine.length === theirs.length && swapsOneWord(mine, theirs)) return "typo";
  if (shorter < 6) return null;
  if (undoubled(a) === undoubled(b)) {
    if (a !== b) return "spelling";
    // Two-word titles that differ are two names; in longer ones, people misremember a word.
    if (mine.length < 3 && differInSmallWords(one, other)) return null;
    return Math.min(leftWords.length, right.length) >= 3 && shorter >= 9 ? "small-words" : null;
  }
  if (shorter < 7 || mine.length !== theirs.length) return null;
  if (editsWithin(a, b, farthestSlip) > farthestSlip) return null;
  let slip: SlipRule | null = null;
  for (let at = 0; at < mine.length; at++) {
    const [word, counterpart] = [mine[at] ?? "", theirs[at] ?? ""];
    if (word === counterpart) continue;
    const last = at === mine.length - 1;
    if (slip !== null || !isSlip(word, counterpart, mine.length, shorter, last)) return null;
    const plural = word === `${counterpart}s` || counterpart === `${word}s`;
    slip = !plural && shorter >= 16 && Math.min(word.length, counterpart.length) >= 7 ? "spelling" : "typo";
  }
  return slip;
}

/** "F**k": each star replaces one letter, or all stars replace the missing ones. */
function isStarred(one: ParsedTitle, other: ParsedTitle): boolean {
  return [one.stemText, other.stemText].some((text, at) => {
    const [words, plain] = [
      text.split(/\s+/).filter(holdsText),
      (at === 0 ? other : one).stemText.split(/\s+/).filter(holdsText),
    ];
    if (!hasLostLetter(text) || words.length !== plain.length) return false;
    return words.every((word, place) => isStarredWord(word, plain[place] ?? ""));
  });
}

function holdsText(word: string): boolean {
  return /[\p{L}\p{N}&+]/u.test(word);
}

function isStarredWord(starred: string, plain: string): boolean {
  if (!hasLostLetter(starred)) return fold(starred) === fold(plain);
  const pieces = starred
    .toLowerCase()
    .replace(/[?\ufffd]/g, "*")
    .replace(/[^\p{L}\p{N}*]/gu, "");
  const word = fold(plain).replaceAll(" ", "");
  const lead = /^[^*]*/.exec(pieces)?.[0] ?? "";
  const end = /[^*]*$/.exec(pieces)?.[0] ?? "";
  if (lead + end === "" || lead.length + end.length >= word.length) return false;
  return (
    word.startsWith(fold(lead)) &&
    word.endsWith(end === "" ? "" : fold(end)) &&
    Math.abs(word.length - pieces.length) <= 1
  );
}

/** Two neighbouring letters of a longer word are swapped: "Dehli". */
function swapsOneWord(mine: readonly string[], theirs: readonly string[]): boolean {
  const changes = mine.flatMap((word, at) =>
    word === theirs[at] ? [] : [[word, theirs[at] ?? ""] as const],
  );
  const [swap] = changes;
  if (changes.length !== 1 || swap === undefined) return false;
  const [one, other] = swap;
  const changesMeaning = [one, other].some((word) => identityWords.has(word) || collectionWords.has(word));
  return one.length >= 5 && one.length === other.length && !changesMeaning && isSwap(one, other);
}

/** One word written two ways. Short words that are near each other are two words. */
function isSlip(one: string, other: string, words: number, letters: number, last: boolean): boolean {
  if ([one, other].some((word) => identityWords.has(word) || collectionWords.has(word))) return false;
  if (one[0] !== other[0] || one.endsWith("live") !== other.endsWith("live")) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long === `${short}g` && short.endsWith("in")) return true;
  if (words >= 4 && letters >= 16 && isContraction(short, long)) return true;
  const edits = editsWithin(one, other, 2);
  if (edits === 2) return short.length >= 12;
  if (edits > 2) return false;
  if (short.length === long.length) {
    if (one.split("").toSorted().join("") === other.split("").toSorted().join("")) return letters >= 9;
    return (
      short.length >= 9 || (short.length >= 6 && words > 1 && letters >= 10 && one.at(-1) === other.at(-1))
    );
  }
  // A missing last letter or a plural counts only in longer titles.
  if (long.startsWith(short)) return words >= 3 && letters >= 12 && (last || long === `${short}s`);
  return short.length >= 5;
}

/** "yr" for "your". */
function isContraction(short: string, long: string): boolean {
  return short.length >= 2 && !vowel.test(short) && long.replace(everyVowel, "") === short;
}

const vowel = /[aeiou]/;
const everyVowel = /[aeiou]/g;

/** Removes doubled letters, and writes z as s. */
function undoubled(text: string): string {
  return text.replaceAll("z", "s").replace(/(\p{L})\1+/gu, "$1");
}

/** All words but the small ones; all words if no other is left. */
function contentWords(words: readonly string[]): readonly string[] {
  if (!words.some(isSmall)) return words;
  const content = words.filter((word) => !isSmall(word));
  return content.length > 0 ? content : words;
}
