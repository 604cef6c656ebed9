import { editsWithin } from "../text/edit-distance.ts";
import { fold } from "../text/fold.ts";
import { differInSmallWords } from "../titles/telling-words.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { marksAnother, withoutSmall } from "../text/vocabulary.ts";

/** Small words and doubled letters change more letters than a slip. */
const farthestSlip = 4;

export type SlipRule = "spelling" | "small-words" | "typo";

/** The kind of slip in which two titles differ: doubled letters, small words, or a letter or two of a long word. */
export function slipBetween(one: ParsedTitle, other: ParsedTitle): SlipRule | null {
  if (one.numbers !== other.numbers || one.key === other.key) return null;
  if (one.lacksLetters || other.lacksLetters) return isStarred(one, other) ? "spelling" : null;
  if (Math.abs(one.key.length - other.key.length) > farthestSlip || one.key[0] !== other.key[0]) return null;
  // A slip is in one place, so the beginnings or the ends agree.
  if (one.key.slice(0, 3) !== other.key.slice(0, 3) && one.key.slice(-3) !== other.key.slice(-3)) return null;
  const leftWords = one.stem.split(" ");
  const right = other.stem.split(" ");
  const [mine, theirs] = [withoutSmall(leftWords), withoutSmall(right)];
  const [a, b] = [mine.join(""), theirs.join("")];
  const shorter = Math.min(a.length, b.length);
  if (shorter < 6) return null;
  if (undoubled(a) === undoubled(b)) {
    if (a !== b) return "spelling";
    // Two-word titles that differ are two names; in longer ones, people misremember a word.
    if (mine.length < 3 && differInSmallWords(one, other)) return null;
    return Math.min(leftWords.length, right.length) >= 3 && shorter >= 9 ? "small-words" : null;
  }
  if (shorter < 7 || mine.length !== theirs.length) return null;
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

/** "F**k": the signs for lost letters stand for some letters of one word. */
function isStarred(one: ParsedTitle, other: ParsedTitle): boolean {
  return [[one, other] as const, [other, one] as const].some(
    ([starred, plain]) => starred.lacksLetters && patternOf(starred.stemText).test(plain.stem),
  );
}

/** A folded text holds only letters, digits and spaces. */
function patternOf(text: string): RegExp {
  const folded = fold(text.replace(/(?:\*|\ufffd|(?<=\p{L})\?(?=\p{L}))+/gu, lost));
  return new RegExp(`^${folded.replaceAll(lost, "[^ ]+")}$`, "u");
}

const lost = "qxqx";

/** One word written two ways. Short words that are near each other are two words. */
function isSlip(one: string, other: string, words: number, letters: number, last: boolean): boolean {
  if ([one, other].some(marksAnother)) return false;
  if (one[0] !== other[0] || one.endsWith("live") !== other.endsWith("live")) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long === `${short}g` && short.endsWith("in")) return true;
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

/** Removes doubled letters, and writes z as s. */
function undoubled(text: string): string {
  return text.replaceAll("z", "s").replace(/(\p{L})\1+/gu, "$1");
}
