// One title is written in several ways that say the same: abbreviations, spellings of two countries, spans of years.

const abbreviations: ReadonlyMap<string, string> = new Map([
  ["mr", "mister"],
  ["mt", "mount"],
  ["vs", "versus"],
  ["op", "opus"],
  ["grey", "gray"],
  ["theatre", "theater"],
  ["centre", "center"],
  ["catalogue", "catalog"],
  ["alright", "all right"],
]);
const mayAbbreviate =
  /(?:^| )(?:st|mr|mt|vs|op|grey|theatre|centre|catalogue|alright|mtv unplugged)(?: |$)|[a-z]{3}our/;
const british = /^([a-z]{3,})our(s|ed|ing|ful|less|ite|ites|hood)?$/;
const span = /(?<![^ ])((?:19|20)?\d\d) ((?:19|20)?\d\d)(?![^ ])/g;

const spelledOut = new Set([
  ...[...abbreviations.values()].flatMap((words) => words.split(" ")),
  "saint",
  "street",
]);

/** Whether another notation may have written this word of a title differently. */
export function hasOtherNotation(word: string): boolean {
  return spelledOut.has(word) || word.includes("or");
}

/** A folded title in one notation. */
export function plainNotation(folded: string): string {
  let plain = folded;
  if (/\d \d/.test(plain))
    plain = plain.replace(span, (all, from: string, to: string) => yearsOf(from, to) ?? all);
  if (!mayAbbreviate.test(plain)) return plain;
  const words = plain.split(" ");
  return words
    .flatMap((word, at) => {
      // In front of its saint it is one; behind its name a street.
      if (word === "st" && words.length > 1) return at === words.length - 1 ? "street" : "saint";
      if (word === "mtv" && words[at + 1] === "unplugged") return [];
      return abbreviations.get(word) ?? word.replace(british, "$1or$2");
    })
    .join(" ");
}

/** "65-68" is 1965 to 1968; "11-12" counts something else. */
function yearsOf(from: string, to: string): string | null {
  if (from.length === 4 && to.length === 4) return null;
  if (from.length === 2 && Number(from) < 45) return null;
  const first = yearOf(from);
  const last =
    to.length === 2 && from.length === 4 && to > from.slice(2) ? Number(from.slice(0, 2) + to) : yearOf(to);
  const plausible = first >= 1920 && last < 2030 && first < last;
  return plausible ? `${first} ${last}` : null;
}

function yearOf(digits: string): number {
  const value = Number(digits);
  if (digits.length === 4) return value;
  return value < 30 ? 2000 + value : 1900 + value;
}
