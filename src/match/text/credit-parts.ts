import { artistKey } from "./artist-name.ts";
import { countingWords, withDigits } from "./numbers.ts";
import { bearsUmlaut, withUmlautsSpelledOut } from "./spelled-out.ts";

const joint =
  /\s(?:&|and|x|vs\.?|v\.?|feat\.?|ft\.?|featuring|with|w\/|\+|\/|\||[-–—]|presents|pres\.?|avec|con|mit|aka|y|et|und|e|och|и)\s|[,;|]\s/gi;

/** Names within a joint credit: the text before, between and after its joints. */
export function partsOfCredit(name: string): string[] {
  const joints = jointsIn(name);
  return joints.flatMap(({ index, 0: sign }, at) => {
    const before = joints[at - 1];
    const ends = [name.slice(0, index), name.slice(index + sign.length)];
    return before === undefined ? ends : [...ends, name.slice(before.index + before[0].length, index)];
  });
}

/** The names of a joint credit, in order; empty for a single name. */
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

/** A key for the names of a joint credit, in any order and with any joints; "" for a single name. */
export function setOfNames(names: readonly string[], keyOf: (name: string) => string): string {
  if (names.length < 2) return "";
  return `{${names.map(keyOf).toSorted().join("+")}`;
}

/** Other names within a name: "Waits, Tom"; "Name/Alias"; "Name (Alias)"; "Name UK"; other spellings. */
export function otherNames(name: string, words: readonly string[]): readonly string[] {
  if (name.length > longestName) return [];
  const spellings = otherSpellings(name, words);
  const turned = /^([^,&+/]+), ([^,&+/]+)$/.exec(name);
  if (turned && isShort(turned[1]) && isShort(turned[2])) return [`${turned[2]} ${turned[1]}`, ...spellings];
  if (name.includes("/")) return [...namesBesideSlash(name), ...spellings];
  const alias = /^(.{3,}\S) \(([^()]{3,})\)$/.exec(name);
  return alias ? [alias[1] ?? "", alias[2] ?? "", ...spellings] : spellings;
}

const longestName = 80;
function namesBesideSlash(name: string): readonly string[] {
  if (!name.includes("/")) return [];
  const names = name.split("/").map((one) => one.trim());
  return names.every((one) => one.length >= 3) ? names : [];
}

/** The name without a nickname, an article or a country, with umlauts spelled out, or with numbers in digits. */
function otherSpellings(name: string, words: readonly string[]): readonly string[] {
  const spellings: string[] = [];
  const plain = name.replace(nickname, " ");
  if (plain !== name) spellings.push(plain);
  if (bearsUmlaut(name)) spellings.push(withUmlautsSpelledOut(name));
  const last = words.at(-1) ?? "";
  const at = !countries.has(last) ? -1 : name.toLowerCase().lastIndexOf(last);
  if (at > 3) spellings.push(name.slice(0, at).replace(/[\s,(]+$/, ""));
  const [first = "", second = ""] = words;
  if (articles.has(first) && second.length >= shortestBare) spellings.push(words.slice(1).join(" "));
  if (words.some((word) => countingWords.has(word))) spellings.push(withDigits(words.join(" ")));
  return spellings;
}

/** Foreign articles that a name may leave out. */
const articles = new Set("los las les die das der os la le el il het".split(" "));
const shortestBare = 4;
const nickname = /(?<=\S) (?:"[^"]+"|'[^']+'|[“„][^“”„]+[”“]|‘[^‘’]+’) (?=\S)/;
/** Countries that tell bands of one name apart; at home they are left out. */
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

/** The last word of a name if it could be a person's last name; else "". */
export function lastName(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return last.length < 4 || isCompany(last) || /\p{N}/u.test(last) ? "" : last;
}

export function isCompany(word: string): boolean {
  return companies.has(word);
}

/** Words for bands of a leader. */
const companies = new Set(
  (
    "band bands orchestra orquesta orchester orchestre friends trio quartet quintet sextet septet octet ensemble group " +
    "brothers sisters boys girls choir chorus singers players project experience company crew gang family allstars stars " +
    "symphony philharmonic featuring music collective machine junior senior limited"
  ).split(" "),
);
