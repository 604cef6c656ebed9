import { pattern } from "../../pattern.ts";

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
  ...["symphonie", "sinfonie", "sinfonia"].map((word) => [word, "symphony"] as const),
]);
/** Between two words: "and" in other languages, as a sleeve spells what a tag joins by "&"; "v" as in a match. */
const betweenWords: ReadonlyMap<string, string> = new Map([
  ...["und", "et", "y", "e", "og", "och", "и"].map((word) => [word, "and"] as const),
  ["v", "versus"],
]);
const fewestBefore = 3;
const british = /^([a-z]{3,})our(s|ed|ing|ful|less|ite|ites|hood)?$/;
const span = /(?<![^ ])((?:19|20)?\d\d) ((?:19|20)?\d\d)(?![^ ])/g;

const spelledOut = new Set([
  ...[...abbreviations.values()].flatMap((words) => words.split(" ")),
  "and",
  "live",
  "saint",
  "street",
  "unplugged",
]);
const american = /^([a-z]{3,})or(?:s|ed|ing|ful|less|ite|ites|hood)?$/;
const letters = pattern(String.raw`^[\p{L}\p{M}]+$`, "u");

export interface SteadyRuns {
  readonly longest: string;
  readonly first: string;
  /** Where it begins among the letters of all words. */
  readonly firstAt: number;
  readonly last: string;
  readonly lastAt: number;
}

/**
 * The runs of letters, spaces left aside, that stand in every notation of a title that is written in one: of its words,
 * and of these in one, which is mostly the only run.
 */
export function steadyRuns(words: readonly string[], all: string): SteadyRuns {
  if (areSteady(words)) return { longest: all, first: all, firstAt: 0, last: all, lastAt: 0 };
  let [longest, first, last, run] = ["", "", "", ""];
  let [firstAt, lastAt, at] = [0, 0, 0];
  const end = (until: number): void => {
    if (run === "") return;
    lastAt = until - run.length;
    if (first === "") [first, firstAt] = [run, lastAt];
    if (run.length > longest.length) longest = run;
    last = run;
    run = "";
  };
  for (const word of words) {
    const steady = steadyPart(word);
    run += steady;
    if (steady !== word) end(at + steady.length);
    at += word.length;
  }
  end(at);
  return { longest, first, firstAt, last, lastAt };
}

function areSteady(words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at++) if (steadyPart(words[at] as string) !== words[at]) return false;
  return true;
}

/** The beginning of a word that it has in every notation. */
export function steadyPart(word: string): string {
  // Between words it is "and".
  if (word === "n" || spelledOut.has(word) || !isOfLetters(word)) return "";
  return word.includes("or", fewestBefore) ? (american.exec(word)?.[1] ?? word) : word;
}

function isOfLetters(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code < letterA || code > letterZ) return letters().test(word);
  }
  return word !== "";
}

const [letterA, letterZ] = [97, 122];

const unsteady = pattern(`[^\\p{L}\\p{M}]+|${[...spelledOut].join("|")}|(?<=[a-z]{3})or|^n|n$`, "u");

/** The longest such run of a title that is given without spaces. */
export function steadyKey(key: string): string {
  if (!unsteady().test(key)) return key;
  return key.split(unsteady()).reduce((longest, run) => (run.length > longest.length ? run : longest));
}

const saint = "st";
const recorded = "recorded";
const unplugged = "unplugged";

/** Words that stand for others, by themselves or where they are. */
export const otherwiseWritten: ReadonlySet<string> = new Set([
  ...abbreviations.keys(),
  ...betweenWords.keys(),
  recorded,
  saint,
  unplugged,
]);

/** Whether a word of a folded title is an abbreviation, or one of two spellings. */
function mayBeWrittenOtherwise(word: string): boolean {
  return otherwiseWritten.has(word) || mayBeBritish(word);
}

export function mayBeBritish(word: string): boolean {
  return word.includes("our", fewestBefore);
}

/** A folded title in one notation. */
export function plainNotation(folded: string): string {
  let plain = folded;
  if (/\d \d/.test(plain))
    plain = plain.replace(span, (all, from: string, to: string) => yearsOf(from, to) ?? all);
  const words = plain.split(" ");
  if (!words.some(mayBeWrittenOtherwise)) return plain;
  return words
    .flatMap((word, at) => {
      // In front of its saint it is one; behind its name a street.
      if (word === saint && words.length > 1) return at === words.length - 1 ? "street" : "saint";
      if (word === "mtv" && words[at + 1] === unplugged) return [];
      // What is live is recorded.
      if (word === recorded && words[at + 1] === "live") return [];
      const between = betweenWords.get(word);
      if (between !== undefined) return at > 0 && at < words.length - 1 ? between : word;
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
