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
  "chapter",
  "book",
  "act",
  "episode",
]);
const roman = /^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$/;
const cjkDigits = "〇一二三四五六七八九十";

/** The words of a folded title with each number in digits, and the words that only count ("Vol.") left aside. */
export function withDigits(folded: string): string[] {
  const given = folded.split(" ");
  const written: string[] = [];
  for (let at = 0; at < given.length; at++) {
    const word = given[at] ?? "";
    const next = given[at + 1];
    if (next !== undefined && counters.has(word) && numberOf(next, true) !== null) {
      written.push(numberOf(next, true) ?? next);
      at++;
      continue;
    }
    // A lone letter counts only at the end, and never as the whole title.
    const single = given.length > 1 && at === given.length - 1;
    written.push((given.length > 1 ? numberOf(word, single) : null) ?? word);
  }
  return written;
}

function numberOf(word: string, singleLetter: boolean): string | null {
  if (/^\d+$/.test(word)) return word.replace(/^0+(?=\d)/, "");
  const named = words.get(word);
  if (named !== undefined) return named;
  if (word.length > 6 || (word.length === 1 && !singleLetter)) return null;
  return roman.test(word) ? romanValue(word) : null;
}

function romanValue(numeral: string): string {
  const value = (letter: string | undefined): number =>
    letter === "x" ? 10 : letter === "v" ? 5 : letter === "i" ? 1 : 0;
  let sum = 0;
  for (let at = 0; at < numeral.length; at++) {
    const here = value(numeral[at]);
    sum += here < value(numeral[at + 1]) ? -here : here;
  }
  return String(sum);
}

/** All numbers in a title's words, sorted: two titles whose numbers differ are two albums. */
export function numbersIn(digitWords: readonly string[]): string {
  const found: string[] = [];
  for (const word of digitWords) {
    if (/\p{N}/u.test(word))
      for (const digits of word.match(/\p{N}+/gu) ?? []) found.push(digits.replace(/^0+(?=\d)/, ""));
    for (const letter of word) if (cjkDigits.includes(letter)) found.push(letter);
  }
  return found.sort().join(" ");
}
