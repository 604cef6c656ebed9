// The letter that the key of a title begins with: what begins otherwise is another title.
import { anyLetters } from "./letter-bits.ts";
import { articles, longestArticle } from "./title.ts";

const [space, letterA, letterZ, lowerCase] = [32, 97, 122, 32];

/** By the number of a short word whether it is left out before the words of a key: an article, and the broadcaster of what was unplugged. */
const isLeftOut = new Uint8Array(32 ** longestArticle);
for (const word of [...articles, "mtv"]) {
  let number = 0;
  for (let at = 0; at < word.length; at++) number = withLetter(number, word.charCodeAt(at));
  isLeftOut[number] = 1;
}

/** The number of a word of small letters that goes on by one more. */
function withLetter(number: number, code: number): number {
  return number * 32 + code - lowerCase * 3;
}

/** Stands for every letter: what a key begins with where that isn't plain. */
export const anyInitial = 0;

/** The Latin letter, by its number from 1 on, that the key of a raw title begins with, of which these are the bits. */
export function initialOf(raw: string, bits: number): number {
  const first = raw.charCodeAt(0) | lowerCase;
  // What holds "rom " may have its title behind it.
  if (!isSmallLetter(first) || (bits === anyLetters && raw.includes("rom "))) return anyInitial;
  let end = 1;
  let word = withLetter(0, first);
  const most = Math.min(raw.length, longestArticle + 1);
  for (; end < most; end++) {
    const letter = raw.charCodeAt(end) | lowerCase;
    if (!isSmallLetter(letter)) break;
    word = withLetter(word, letter);
  }
  if (end <= longestArticle) {
    // A sign may be a letter, or nothing.
    if (end < raw.length && raw.charCodeAt(end) !== space) return anyInitial;
    if (isLeftOut[word] === 1) return anyInitial;
  }
  return first - letterA + 1;
}

/** The same of a key. */
export function initialOfKey(key: string): number {
  const first = key === "" ? 0 : key.charCodeAt(0);
  return isSmallLetter(first) ? first - letterA + 1 : anyInitial;
}

/** Whether two may be one. */
export function mayBeInitial(one: number, other: number): boolean {
  return one === other || one === anyInitial || other === anyInitial;
}

function isSmallLetter(code: number): boolean {
  return code >= letterA && code <= letterZ;
}
