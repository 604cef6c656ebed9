// Notations of one title: abbreviations, British and American spelling, spans of years.

const abbreviations: ReadonlyMap<string, string> = new Map([
  ["mr", "mister"],
  ["mt", "mount"],
  ["sgt", "sergeant"],
  ["vs", "versus"],
  ["yr", "your"],
  ["op", "opus"],
  ["grey", "gray"],
  ["theatre", "theater"],
  ["centre", "center"],
  ["catalogue", "catalog"],
  ["alright", "all right"],
  ...["symphonie", "sinfonie", "sinfonia"].map((word) => [word, "symphony"] as const),
]);
/** Words between two words: "and" in other languages, and "v" for "versus". */
const betweenWords: ReadonlyMap<string, string> = new Map([
  ...["und", "et", "y", "e", "og", "och", "и"].map((word) => [word, "and"] as const),
  ["v", "versus"],
]);
const minStemLength = 3;
const britishSpelling = /^([a-z]{3,})our(s|ed|ing|ful|less|ite|ites|hood)?$/;
const yearRange = /(?<![^ ])((?:19|20)?\d\d) ((?:19|20)?\d\d)(?![^ ])/g;

const saint = "st";
const unplugged = "unplugged";

/** Words that may have another notation. */
export const alternateNotations: ReadonlySet<string> = new Set([
  ...abbreviations.keys(),
  ...betweenWords.keys(),
  saint,
  unplugged,
]);

/** A folded title in one notation. */
export function normalizeNotation(foldedTitle: string): string {
  let plain = foldedTitle;
  if (/\d \d/.test(plain))
    plain = plain.replace(yearRange, (all, from: string, to: string) => expandYears(from, to) ?? all);
  const words = plain.split(" ");
  if (!words.some((word) => alternateNotations.has(word) || word.includes("our", minStemLength)))
    return plain;
  return words
    .flatMap((word, at) => {
      // "St" in front is a saint, at the end a street.
      if (word === saint && words.length > 1) return at === words.length - 1 ? "street" : "saint";
      if (word === "mtv" && words[at + 1] === unplugged) return [];
      const between = betweenWords.get(word);
      if (between !== undefined) return at > 0 && at < words.length - 1 ? between : word;
      return abbreviations.get(word) ?? word.replace(britishSpelling, "$1or$2");
    })
    .join(" ");
}

/** "65-68" is 1965 to 1968; "11-12" counts something else. */
function expandYears(from: string, to: string): string | null {
  if (from.length === 4 && to.length === 4) return null;
  if (from.length === 2 && Number(from) < 45) return null;
  const first = expandYear(from);
  const last =
    to.length === 2 && from.length === 4 && to > from.slice(2)
      ? Number(from.slice(0, 2) + to)
      : expandYear(to);
  const plausible = first >= 1920 && last < 2030 && first < last;
  return plausible ? `${first} ${last}` : null;
}

function expandYear(digits: string): number {
  const value = Number(digits);
  if (digits.length === 4) return value;
  return value < 30 ? 2000 + value : 1900 + value;
}
