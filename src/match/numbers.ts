// Numbers tell albums apart more than anything else, and are spelled in many ways: 4, IV, Four, Vol. 4, Part Four.

const words: ReadonlyMap<string, string> = new Map(
  [
    ["one", "first", "1st"],
    ["two", "second", "2nd"],
    ["three", "third", "3rd"],
    ["four", "fourth", "4th"],
    ["five", "fifth", "5th"],
    ["six", "sixth", "6th"],
    ["seven", "seventh", "7th"],
    ["eight", "eighth", "8th"],
    ["nine", "ninth", "9th"],
    ["ten", "tenth", "10th"],
    ["eleven", "eleventh", "11th"],
    ["twelve", "twelfth", "12th"],
    ["thirteen"],
    ["fourteen"],
    ["fifteen"],
    ["sixteen"],
    ["seventeen"],
    ["eighteen"],
    ["nineteen"],
    ["twenty"],
  ].flatMap((spellings, at) => spellings.map((word) => [word, String(at + 1)] as const)),
);
const tens: ReadonlyMap<string, number> = new Map(
  ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].map((word, at) => [
    word,
    10 * (at + 2),
  ]),
);
const counters = new Set([
  "vol",
  "volume",
  "volumen",
  "pt",
  "part",
  "parte",
  "teil",
  "no",
  "nr",
  "number",
  "num",
]);
const roman = /^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$/;
const anyNumber = /\p{N}|[〇一二三四五六七八九十]/u;
const eachNumber = /\p{N}+|[〇一二三四五六七八九十]/gu;

// Most titles hold nothing that could be a number: one look tells.
const spelledNumbers = [...words.keys(), ...tens.keys()].filter((word) => /^[a-z]+$/.test(word)).join("|");
const mayCount = new RegExp(`[0-9]|(?:^| )(?:[ivx]{1,6}|${spelledNumbers})(?: |$)`);

/** A folded title with each number in digits, and the words that only count ("Vol.") left aside. */
export function withDigits(folded: string): string {
  if (!mayCount.test(folded)) return folded;
  const given = folded.split(" ");
  // A lone "X" or "VI" is a title; a lone "Third" is a number.
  if (given.length === 1) return words.get(folded) ?? folded;
  const written: string[] = [];
  for (let at = 0; at < given.length; at++) {
    const word = given[at] ?? "";
    const next = given[at + 1];
    if (next !== undefined && counters.has(word) && numberOf(next, true) !== null) {
      written.push(numberOf(next, true) ?? next);
      at++;
      continue;
    }
    const ten = tens.get(word);
    if (ten !== undefined) {
      const unit = words.get(next ?? "");
      const joins = unit !== undefined && /^[1-9]$/.test(unit);
      written.push(String(ten + (joins ? Number(unit) : 0)));
      if (joins) at++;
      continue;
    }
    // A lone letter counts only at the end, and never as the whole title.
    written.push(numberOf(word, at === given.length - 1) ?? word);
  }
  return written.join(" ");
}

/** The words of a piece of a folded title, where even a lone "II" counts. */
export function digitsOfPiece(folded: string): string[] {
  return withDigits(`- ${folded}`).split(" ").slice(1);
}

function numberOf(word: string, singleLetter: boolean): string | null {
  if (/^\d+$/.test(word)) return word.replace(/^0+(?=\d)/, "");
  const named = words.get(word);
  if (named !== undefined) return named;
  if (word.length > 6 || (word.length === 1 && !singleLetter)) return null;
  return roman.test(word) ? romanValue(word) : null;
}

function romanValue(numeral: string): string {
  let sum = 0;
  for (let at = 0; at < numeral.length; at++) {
    const here = letterValue(numeral[at]);
    sum += here < letterValue(numeral[at + 1]) ? -here : here;
  }
  return String(sum);
}

function letterValue(letter: string | undefined): number {
  return letter === "x" ? 10 : letter === "v" ? 5 : letter === "i" ? 1 : 0;
}

/** All numbers in a text, sorted: two titles whose numbers differ are two albums. */
export function numbersIn(text: string): string {
  if (!anyNumber.test(text)) return "";
  const found = text.match(eachNumber) ?? [];
  return found
    .map((digits) => digits.replace(/^0+(?=\d)/, ""))
    .toSorted()
    .join(" ");
}
