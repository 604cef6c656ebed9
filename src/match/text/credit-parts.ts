import { artistKey } from "./artist-name.ts";
import { countingWords, withDigits } from "./numbers.ts";
import { bearsUmlaut, withUmlautsSpelledOut } from "./spelled-out.ts";

const joint =
  /\s(?:&|and|x|vs\.?|v\.?|feat\.?|ft\.?|featuring|with|w\/|\+|\/|\||[-–—]|presents|pres\.?|avec|con|mit|aka|y|et|und|e|och|и)\s|[,;|]\s/gi;

/** The names that a joined credit may be made of: its beginning and its end, at each joint. */
export function partsOfCredit(name: string): string[] {
  const joints = jointsIn(name);
  return joints.flatMap(({ index, 0: sign }, at) => {
    const before = joints[at - 1];
    const ends = [name.slice(0, index), name.slice(index + sign.length)];
    return before === undefined ? ends : [...ends, name.slice(before.index + before[0].length, index)];
  });
}

/** The names of a joined credit, in their order; none for a name alone. */
export function namesOfCredit(name: string): readonly string[] {
  if (name.length > longestCredit) return [];
  const joints = jointsIn(name);
  if (joints.length === 0) return namesBesideSlash(name);
  const starts = [0, ...joints.map(({ index, 0: sign }) => index + sign.length)];
  return starts.map((from, at) => name.slice(from, joints[at]?.index));
}

const longestCredit = 200;

function jointsIn(name: string): readonly RegExpExecArray[] {
  return name.length > longestCredit || !name.includes(" ") ? [] : [...name.matchAll(joint)];
}

/** The names of a credit as a set: equal in whatever order and however joined. "" for one name alone. */
export function setOfCredit(name: string, keyOf: (name: string) => string): string {
  return setOfNames(namesOfCredit(name), keyOf);
}

/** The same of the names themselves. */
export function setOfNames(names: readonly string[], keyOf: (name: string) => string): string {
  if (names.length < 2) return "";
  return `{${names.map(keyOf).toSorted().join("+")}`;
}

/** That of the last names alone, as "Niemen & Akwarele" stands for "Czesław Niemen, Akwarele". */
export function setOfLastNames(
  names: readonly string[],
  wordsOf: (name: string) => readonly string[],
): string {
  return setOfNames(names, (one) => {
    const words = wordsOf(one);
    return lastName(words) || artistKey(words);
  });
}

/** "Waits, Tom"; "Name/Alias"; "Name (Alias)"; "Name UK"; the name spelled otherwise: other names within a name. */
export function otherNames(name: string, words: readonly string[]): readonly string[] {
  if (name.length > longestName) return [];
  const found = otherSpellings(name, words);
  const turned = /^([^,&+/]+), ([^,&+/]+)$/.exec(name);
  if (turned && isShort(turned[1]) && isShort(turned[2])) return [`${turned[2]} ${turned[1]}`, ...found];
  if (name.includes("/")) return [...namesBesideSlash(name), ...found];
  const alias = /^(.{3,}\S) \(([^()]{3,})\)$/.exec(name);
  return alias ? [alias[1] ?? "", alias[2] ?? "", ...found] : found;
}

const longestName = 80;
function namesBesideSlash(name: string): readonly string[] {
  if (!name.includes("/")) return [];
  const names = name.split("/").map((one) => one.trim());
  return names.every((one) => one.length >= 3) ? names : [];
}

/** The whole name without a nickname in quotes, its article or the country behind it, with umlauts spelled out, or in digits. */
function otherSpellings(name: string, words: readonly string[]): readonly string[] {
  const found: string[] = [];
  const plain = name.replace(nickname, " ");
  if (plain !== name) found.push(plain);
  if (bearsUmlaut(name)) found.push(withUmlautsSpelledOut(name));
  const last = words.at(-1) ?? "";
  const at = !countries.has(last) ? -1 : name.toLowerCase().lastIndexOf(last);
  if (at > 3) found.push(name.slice(0, at).replace(/[\s,(]+$/, ""));
  const [first = "", second = ""] = words;
  if (articles.has(first) && second.length >= shortestBare) found.push(words.slice(1).join(" "));
  if (words.some(isCounting)) found.push(withDigits(words.join(" ")));
  return found;
}

function isCounting(word: string): boolean {
  return countingWords.has(word);
}

/** Those that a name may stand without, as an English one does. */
const articles = new Set("los las les die das der os la le el il het".split(" "));
const shortestBare = 4;
const nickname = /(?<=\S) (?:"[^"]+"|'[^']+'|[“„][^“”„]+[”“]|‘[^‘’]+’) (?=\S)/;
/** Of these bands of one name have become two: the one at home needs none. */
const countries: ReadonlySet<string> = new Set(["uk", "us", "usa"]);

function isShort(name: string | undefined): boolean {
  return name !== undefined && name.split(" ").length <= 2;
}

/** Runs of at least two words within a longer name: "Jimi Hendrix" in "The Jimi Hendrix Experience". */
export function runsOfWords(words: readonly string[]): readonly string[] {
  if (words.length < 3 || words.length > 8) return [];
  const keys: string[] = [];
  for (let size = 2; size < words.length; size++) {
    keys.push(artistKey(words, 0, size), artistKey(words, words.length - size));
  }
  return keys;
}

/** The last word of a name, where it could be a person's name by itself; else "". */
export function lastName(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return last.length < 4 || isCompany(last) || /\p{N}/u.test(last) ? "" : last;
}

export function isCompany(word: string): boolean {
  return companies.has(word);
}

/** What the company of many a singer is called. */
const companies = new Set(
  (
    "band bands orchestra orquesta orchester orchestre friends trio quartet quintet sextet septet octet ensemble group " +
    "brothers sisters boys girls choir chorus singers players project experience company crew gang family allstars stars " +
    "symphony philharmonic featuring music collective machine junior senior limited"
  ).split(" "),
);
