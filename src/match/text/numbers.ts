// Numbers tell albums apart more than anything else, and are spelled in many ways: 4, IV, Four, Vol. 4, Part Four.

import { createPattern } from "../../model/unicode-patterns.ts";
import { toWordSet } from "./vocabulary.ts";

const cardinals =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const ordinals = (
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
  "seventeenth eighteenth nineteenth twentieth"
).split(" ");
const shortOrdinals = ordinals.map((_, at) => `${at + 1}${["st", "nd", "rd"][at] ?? "th"}`);
const digitOrdinals: ReadonlyMap<string, string> = new Map(
  [...ordinals, ...shortOrdinals].map((word, at) => [word, shortOrdinals[at % ordinals.length] ?? word]),
);
/** Numbers begin with two, since words for one are also articles. Words with another meaning in English are left out. */
const foreignNumbers = [
  "deux zwei dos dois twee два deuxieme 2eme",
  "trois drei drie три troisieme 3eme",
  "quatre vier cuatro quattro quatro четыре quatrieme 4eme",
  "cinq funf cinco cinque vijf пять cinquieme 5eme",
  "sechs seis zes шесть sixieme 6eme",
  "sept sieben siete sette sete zeven семь septieme 7eme",
  "huit acht ocho otto oito восемь huitieme 8eme",
  "neuf neun nueve nove negen девять neuvieme 9eme",
  "dix zehn diez dieci dez десять dixieme 10eme",
  "onze undici onzieme 11eme",
  "douze zwolf dodici двенадцать douzieme 12eme",
];
const toDigitPairs = (spellings: readonly string[], from: number): (readonly [string, string])[] =>
  spellings.flatMap((line, at) => line.split(" ").map((word) => [word, String(at + from)] as const));

const words: ReadonlyMap<string, string> = new Map([
  ...[cardinals, ordinals, shortOrdinals].flatMap((spellings) => toDigitPairs(spellings, 1)),
  ...toDigitPairs(foreignNumbers, 2),
  ...toDigitPairs(["zwanzig vingt veinte venti vinte"], 20),
  ...toDigitPairs(["trente dreissig treinta trenta trinta"], 30),
]);
const tens: ReadonlyMap<string, number> = new Map(
  "twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ")
    .flatMap((word, at) => [word, word.replace(/y$/, "ieth")].map((one) => [one, 10 * (at + 2)] as const)),
);
const halves = new Set(["half", "halb", "halbe", "halber", "demi"]);
const counters = toWordSet(`
  vol vols volume volumes volumen pt pts part parts parte teil no nr number num
`);
const roman = /^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$/;
/** Most titles consist of Latin letters, so this is tested first. */
const otherThanLetters = /[^a-z ]/;
const anyNumber = createPattern(String.raw`\p{N}|[〇一二三四五六七八九十]`, "u");
const eachNumber = createPattern(String.raw`\p{N}+|[〇一二三四五六七八九十]`, "gu");

/** Returns true if a word may be a number, alone or with another word. */
function canBeNumber(word: string): boolean {
  return countingWords.has(word) || (/^[\divx]/.test(word) && (/^\d/.test(word) || roman.test(word)));
}

export const countingWords: ReadonlySet<string> = new Set([...words.keys(), ...tens.keys(), ...halves]);

/** Writes each number of a folded title in digits, and removes counting words ("Vol."). */
export function replaceNumberWords(foldedText: string): string {
  const tokens = foldedText.split(" ");
  if (!tokens.some(canBeNumber)) return foldedText;
  // A lone "X" or "VI" is a title, a lone "Three" a number. "Third" is another album than "3".
  if (tokens.length === 1) return digitOrdinals.get(foldedText) ?? words.get(foldedText) ?? foldedText;
  const result: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at] ?? "";
    const next = tokens[at + 1];
    if (next !== undefined && counters.has(word) && parseNumber(next, true) !== null) {
      result.push(parseNumber(next, true) ?? next);
      at++;
      continue;
    }
    if (halves.has(word)) {
      result.push("1", "2");
      continue;
    }
    const ten = tens.get(word);
    if (ten !== undefined) {
      const unit = words.get(next ?? "");
      const joins = unit !== undefined && /^[1-9]$/.test(unit);
      result.push(String(ten + (joins ? Number(unit) : 0)));
      if (joins) at++;
      continue;
    }
    // A lone letter is a number only at the end.
    result.push(parseNumber(word, at === tokens.length - 1) ?? word);
  }
  return result.join(" ");
}

/** The words of a piece of a folded title, in which a lone "II" is a number. */
export function toPieceWords(foldedText: string): string[] {
  return replaceNumberWords(`- ${foldedText}`).split(" ").slice(1);
}

function parseNumber(word: string, singleLetter: boolean): string | null {
  const digits = words.get(word);
  if (digits !== undefined) return digits;
  if (/^\d+$/.test(word)) return word.replace(/^0+(?=\d)/, "");
  if (word.length === 1 && !singleLetter) return null;
  return roman.test(word) ? parseRoman(word) : null;
}

function parseRoman(numeral: string): string {
  let sum = 0;
  for (let at = 0; at < numeral.length; at++) {
    const here = getRomanLetterValue(numeral[at]);
    sum += here < getRomanLetterValue(numeral[at + 1]) ? -here : here;
  }
  return String(sum);
}

function getRomanLetterValue(letter: string | undefined): number {
  return letter === "x" ? 10 : letter === "v" ? 5 : letter === "i" ? 1 : 0;
}

/** All numbers in a text, sorted. Titles with different numbers are different albums. */
export function extractNumbers(text: string): string {
  if (!otherThanLetters.test(text) || !anyNumber().test(text)) return "";
  const numbers = text.match(eachNumber()) ?? [];
  return numbers
    .map((digits) => digits.replace(/^0+(?=\d)/, ""))
    .toSorted()
    .join(" ");
}
