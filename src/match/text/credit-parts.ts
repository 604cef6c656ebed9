import { artistKey } from "./artist-name.ts";
import { countingWords, withDigits } from "./numbers.ts";
import { bearsUmlaut, withUmlautsSpelledOut } from "./umlauts.ts";

const joint =
  /\s(?:&|and|x|vs\.?|v\.?|feat\.?|ft\.?|featuring|with|w\/|\+|\/|\||[-–—]|presents|pres\.?|avec|con|mit|aka|y|et|und|e|och|и)\s|[,;|]\s/gi;

/** Whether a name is one word or two, and no sign sets one name off from another: most are. */
export function isShortName(name: string): boolean {
  return shortName.test(name);
}

const shortName = /^(?!(?:los|las|les|die|das|der|os|la|le|el|il|het) )[a-z]+(?: (?!(?:uk|usa?)$)[a-z]+)?$/i;

/**
 * Whether a name may be made of several, or have other ones besides: not if it is words of letters alone, with nothing
 * among them that joins two names, may be left out or is a number.
 */
export function mayHoldOthers(name: string, words: readonly string[]): boolean {
  return !oneName.test(name) || words.some(isCounting);
}

const oneName =
  /^(?!(?:the )?(?:los|las|les|die|das|der|os|la|le|el|il|het) )[a-z]+(?: (?!(?:and|x|vs?|feat|ft|featuring|with|presents|pres|avec|con|mit|aka|y|et|und|e|och) )[a-z]+)*(?<! (?:uk|usa?))$/i;

let asked = "";
let isAskedJoined = false;

/** Whether a joint is in a name: most names have none, and each is asked for its parts by several questions in a row. */
function isJoined(name: string): boolean {
  if (name !== asked) {
    joint.lastIndex = 0;
    isAskedJoined = joint.test(name);
    asked = name;
  }
  return isAskedJoined;
}

/** The names that a joined credit may be made of: its beginning and its end, at each joint. */
export function partsOfCredit(name: string): string[] {
  const parts: string[] = [];
  if (name.length > 200) return parts;
  // Most names are one word or two.
  const gap = name.indexOf(" ");
  if (gap === -1 || (name.indexOf(" ", gap + 1) === -1 && !/[,;|]/.test(name))) return parts;
  if (!isJoined(name)) return parts;
  let from = 0;
  joint.lastIndex = 0;
  for (let found = joint.exec(name); found !== null; found = joint.exec(name)) {
    const next = found.index + found[0].length;
    parts.push(name.slice(0, found.index), name.slice(next));
    if (from > 0) parts.push(name.slice(from, found.index));
    from = next;
  }
  return parts;
}

/** The names of a joined credit, in their order; none for a name alone. */
export function namesOfCredit(name: string): readonly string[] {
  if (name.length > 200) return none;
  if (!isJoined(name)) return namesBesideSlash(name);
  const names: string[] = [];
  let from = 0;
  joint.lastIndex = 0;
  for (let found = joint.exec(name); found !== null; found = joint.exec(name)) {
    names.push(name.slice(from, found.index));
    from = found.index + found[0].length;
  }
  names.push(name.slice(from));
  return names;
}

/** The names of a credit as a set: equal in whatever order and however joined. "" for one name alone. */
export function setOfCredit(name: string, keyOf: (name: string) => string): string {
  return setOfNames(namesOfCredit(name), keyOf);
}

/** The same of the names themselves. */
export function setOfNames(names: readonly string[], keyOf: (name: string) => string): string {
  if (names.length < 2) return "";
  // Mostly they are two.
  if (names.length === 2) {
    const [first, second] = [keyOf(names[0] as string), keyOf(names[1] as string)];
    return first < second ? `{${first}+${second}` : `{${second}+${first}`;
  }
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
  if (name.length > longestName) return none;
  const isPlain = plainSigns.test(name);
  const found = otherSpellings(name, words, isPlain);
  if (isPlain || !/[,/(]/.test(name)) return found;
  const turned = /^([^,&+/]+), ([^,&+/]+)$/.exec(name);
  if (turned && isShort(turned[1]) && isShort(turned[2])) return [`${turned[2]} ${turned[1]}`, ...found];
  if (name.includes("/")) return [...namesBesideSlash(name), ...found];
  const alias = /^(.{3,}\S) \(([^()]{3,})\)$/.exec(name);
  return alias ? [alias[1] ?? "", alias[2] ?? "", ...found] : found;
}

const longestName = 80;
/** What most names are made of. */
const plainSigns = /^[A-Za-z0-9 &.-]*$/;
const none: readonly string[] = [];

function namesBesideSlash(name: string): readonly string[] {
  if (!name.includes("/")) return none;
  const names = name.split("/").map((one) => one.trim());
  return names.every((one) => one.length >= 3) ? names : none;
}

/** The whole name without a nickname in quotes, its article or the country behind it, with umlauts spelled out, or in digits. */
function otherSpellings(name: string, words: readonly string[], isPlain: boolean): readonly string[] {
  const found: string[] = [];
  if (!isPlain) {
    const plain = /["'“”‘„]/.test(name) ? name.replace(nickname, " ") : name;
    if (plain !== name) found.push(plain);
    if (bearsUmlaut(name)) found.push(withUmlautsSpelledOut(name));
  }
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
  if (words.length < 3 || words.length > 8) return none;
  if (words.length === 3) return [artistKey(words, 0, 2), artistKey(words, 1)];
  const keys: string[] = [];
  for (let size = 2; size < words.length; size++) {
    keys.push(artistKey(words, 0, size), artistKey(words, words.length - size));
  }
  return keys;
}

/** The last word of a name, where it could be a person's name by itself; else "". */
export function lastName(words: readonly string[]): string {
  return lastNameOf(words.at(-1) ?? "");
}

/** A last word, where it could be a person's name by itself; else "". */
export function lastNameOf(last: string): string {
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
