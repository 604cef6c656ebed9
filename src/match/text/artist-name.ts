import { bareArtistName } from "../../names.ts";
import { compact, fold } from "./fold.ts";

const various = new Set([
  "various",
  "variousartists",
  "va",
  "variousartist",
  "variosartistas",
  "variosinterpretes",
  "verschiedene",
  "verschiedeneinterpreten",
  "diverse",
  "diverseartister",
  "artistesdivers",
  "diversartistes",
  "artistivari",
  "aavv",
  "разныеисполнители",
  "сборник",
  "オムニバス",
  "ヴァリアス",
  "群星",
]);
const unknown = new Set([
  "unknown",
  "unknownartist",
  "unknownartists",
  "noartist",
  "na",
  "null",
  "undefined",
  "none",
  "untitledartist",
  "artistunknown",
  "anonymousartist",
  "неизвестныйисполнитель",
  "неизвестен",
  "unbekannterkünstler",
  "unbekannterkunstler",
]);

/** Words that join artists in a credit; where they stand between two names they carry no identity. */
const joints = new Set([
  "and",
  "x",
  "vs",
  "versus",
  "v",
  "feat",
  "ft",
  "featuring",
  "with",
  "aka",
  "presents",
  "pres",
]);
/** Behind a joint these say no more than it. */
const determiners = new Set(["the", "his", "her", "their"]);
const abbreviations: ReadonlyMap<string, string> = new Map([
  ["ltd", "limited"],
  ["orch", "orchestra"],
  ["st", "saint"],
  ["mt", "mount"],
  ["bros", "brothers"],
  ["jr", "junior"],
  ["sr", "senior"],
]);

/** The words of an artist's name, in the order in which they are spoken, without a leading article. */
export function artistWords(name: string): string[] {
  let bare = bareArtistName(name);
  const comma = bare.includes(",") ? /, (the|a|an)$/i.exec(bare) : null;
  if (comma && comma.index > 0) bare = bare.slice(0, comma.index);
  const words = fold(bare).split(" ");
  for (let at = 0; at < words.length; at++) {
    const spelledOut = abbreviations.get(words[at] as string);
    if (spelledOut !== undefined) words[at] = spelledOut;
  }
  return words.length > 1 && words[0] === "the" && words[1] !== "the" ? words.slice(1) : words;
}

/** The identity of an artist's name: equal for spellings of the same name. */
export function foldArtist(name: string): string {
  return artistKey(artistWords(name));
}

/** The key of a name given as words: joints between names and spaces left aside. */
export function artistKey(words: readonly string[], from = 0, until = words.length): string {
  let key = words[from] ?? "";
  for (let at = from + 1; at < until; at++) {
    const word = words[at] ?? "";
    const isLast = at === until - 1;
    if (!isLast && joints.has(word)) continue;
    // "Bob Marley & The Wailers" is credited without the article as well, "Count Basie And His Orchestra" without "and his".
    if (!isLast && determiners.has(word) && joints.has(words[at - 1] ?? "")) continue;
    key += word;
  }
  return key;
}

/** Whether a name is one word or two of letters that stand for themselves, as most are: its letters are its key. */
export function isPlainName(name: string): boolean {
  return plainName.test(name);
}

const plainName = new RegExp(
  `^(?:(?!(?:the|${[...abbreviations.keys()].join("|")})(?: |$))[a-z]+(?: (?!$)|$)){1,2}$`,
  "i",
);

interface ArtistIdentity {
  readonly kind: "artist" | "various" | "nobody";
  readonly key: string;
}

/** What a name stands for: an artist's key, many artists, or nobody. */
export function artistIdentity(name: string, words: readonly string[] = artistWords(name)): ArtistIdentity {
  if (name.trim() === "") return { kind: "nobody", key: "" };
  const key = artistKey(words);
  return identityOf(key, key.length > longestPlaceholder || words.length < 3 ? key : words.join(""));
}

/** The words of a plain name. */
export function plainWords(name: string): readonly string[] {
  return name.toLowerCase().split(" ");
}

/** What a plain name stands for. */
export function plainIdentity(name: string): ArtistIdentity {
  const lower = name.toLowerCase();
  const gap = lower.indexOf(" ");
  const key = gap === -1 ? lower : lower.slice(0, gap) + lower.slice(gap + 1);
  return identityOf(key, key);
}

const longestPlaceholder = [...various, ...unknown].reduce((most, { length }) => Math.max(most, length), 0);

function identityOf(key: string, letters: string): ArtistIdentity {
  if (letters.length > longestPlaceholder) return { kind: "artist", key };
  if (various.has(letters)) return { kind: "various", key: "" };
  return unknown.has(letters) ? { kind: "nobody", key: "" } : { kind: "artist", key };
}

/** Many artists under one name: "Various", "V.A.". */
export function isVariousArtists(name: string): boolean {
  return various.has(compact(fold(bareArtistName(name))));
}

/** Names that stand for no artist: Various, Unknown Artist, No Artist… */
export function isPlaceholderArtist(name: string): boolean {
  const bare = bareArtistName(name);
  if (bare === "") return true;
  const key = compact(fold(bare));
  return various.has(key) || unknown.has(key);
}

/** Titles that stand for no album: what players write where the tag is empty. */
export function isPlaceholderTitle(title: string): boolean {
  if (title.length > 24 || beginsOtherwise(title.charCodeAt(0))) return false;
  return (
    title.trim() === "" || (/^[^\p{L}]*[nu]/iu.test(title) && placeholderTitles.has(compact(fold(title))))
  );
}

/** Most titles begin with a letter, and it is another one than these begin with. */
function beginsOtherwise(code: number): boolean {
  const letter = code | lowerCase;
  return letter >= letterA && letter <= letterZ && letter !== letterN && letter !== letterU;
}

const [lowerCase, letterA, letterN, letterU, letterZ] = [32, 97, 110, 117, 122];

const placeholderTitles = new Set([
  "na",
  "unknown",
  "unknownalbum",
  "null",
  "undefined",
  "noalbum",
  "notitle",
]);
