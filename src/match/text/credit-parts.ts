import { toArtistKey } from "./artist-name.ts";
import { countingWords, replaceNumberWords } from "./numbers.ts";
import { spellOutUmlauts } from "./transliteration.ts";

const joint =
  /\s(?:&|and|x|vs\.?|v\.?|feat\.?|ft\.?|featuring|with|w\/|\+|\/|\||[-–—]|presents|pres\.?|avec|con|mit|aka|y|et|und|e|och|и)\s|[,;|]\s|\s?[|;•\\]\s?/gi;

export type CreditNames = ReturnType<typeof splitCredit>;

/** The names within a credit. */
export function splitCredit(name: string, words: readonly string[]) {
  const joints = findJoints(name);
  return {
    parts: splitCreditParts(name, joints),
    names: splitCreditNames(name, joints),
    others: listOtherNames(name, words),
    innerKeys: joints.length > 0 ? [] : toInnerNameKeys(words),
  };
}

/** Names within a joint credit: the text before, between and after its joints. */
export function splitCreditParts(name: string, joints = findJoints(name)): string[] {
  return joints.flatMap(({ index, 0: sign }, at) => {
    const before = joints[at - 1];
    const ends = [name.slice(0, index), name.slice(index + sign.length)];
    return before === undefined ? ends : [...ends, name.slice(before.index + before[0].length, index)];
  });
}

/** The names of a joint credit, in order; empty for a single name. */
export function splitCreditNames(name: string, joints = findJoints(name)): readonly string[] {
  if (name.length > maxCreditLength) return [];
  if (joints.length === 0) return splitAtSlash(name);
  const starts = [0, ...joints.map(({ index, 0: sign }) => index + sign.length)];
  return starts.map((from, at) => name.slice(from, joints[at]?.index));
}

const maxCreditLength = 200;

function findJoints(name: string): readonly RegExpExecArray[] {
  // Most names have no joint, and a search is faster than a list of matches.
  return name.length > maxCreditLength || name.search(joint) === -1 ? [] : [...name.matchAll(joint)];
}

/** A key for the names of a joint credit, in any order and with any joints; "" for a single name. */
export function toNameSetKey(names: readonly string[], toKey: (name: string) => string): string {
  if (names.length < 2) return "";
  return `{${names.map(toKey).toSorted().join("+")}`;
}

const maxNameLength = 80;

/** Other names of an artist: without a nickname or a country, with umlauts spelled out, in digits; "Name/Alias". */
function listOtherNames(name: string, words: readonly string[]): readonly string[] {
  if (name.length > maxNameLength) return [];
  const names = [...splitAtSlash(name)];
  for (const plain of [name.replace(nickname, " "), spellOutUmlauts(name)])
    if (plain !== name) names.push(plain);
  const last = words.at(-1) ?? "";
  const at = !countries.has(last) ? -1 : name.toLowerCase().lastIndexOf(last);
  if (at > 3) names.push(name.slice(0, at).replace(/(?<![\s,(])[\s,(]+$/, ""));
  if (words.some((word) => countingWords.has(word))) names.push(replaceNumberWords(words.join(" ")));
  return names;
}

function splitAtSlash(name: string): readonly string[] {
  if (!name.includes("/")) return [];
  const names = name.split("/").map((one) => one.trim());
  return names.every((one) => one.length >= 3) ? names : [];
}

const nickname = /(?<=\S) (?:"[^"]+"|'[^']+'|[“„][^“”„]+[”“]|‘[^‘’]+’) (?=\S)/;
/** Countries that tell bands of one name apart; at home they are left out. */
const countries: ReadonlySet<string> = new Set(["uk", "us", "usa"]);

/** Names within a longer one: "Jimi Hendrix" in "The Jimi Hendrix Experience", and a name without its middle name. */
function toInnerNameKeys(words: readonly string[]): readonly string[] {
  if (words.length < 3 || words.length > 8) return [];
  const keys = words.length === 3 ? [`${words[0]}${words[2]}`] : [];
  for (let size = 2; size < words.length; size++) {
    keys.push(toArtistKey(words.slice(0, size)), toArtistKey(words.slice(-size)));
  }
  return keys;
}

/** The last word of a name if it could be a person's last name; else "". */
export function getLastName(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return last.length < 4 || bandWords.has(last) || /\p{N}/u.test(last) ? "" : last;
}

/** Words for bands of a leader. */
export const bandWords = new Set(
  (
    "band bands orchestra orquesta orchester orchestre friends trio quartet quintet sextet septet octet ensemble group " +
    "brothers sisters boys girls choir chorus singers players project experience company crew gang family allstars stars " +
    "symphony philharmonic featuring music collective machine junior senior limited"
  ).split(" "),
);
