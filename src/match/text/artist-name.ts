import { stripArtistSuffix } from "../../model/names.ts";
import { stripSpaces, fold } from "./fold.ts";
import { toWordSet } from "./vocabulary.ts";

const variousNames = toWordSet(`
  soundtrack soundtracks ost originalsoundtrack originalmotionpicturesoundtrack originalcast originalbroadwaycast originallondoncast
  various variousartists va variousartist variosartistas variosinterpretes verschiedene verschiedeneinterpreten
  diverse diverseartister artistesdivers diversartistes artistivari aavv разныеисполнители сборник オムニバス ヴァリアス 群星
`);
const unknownNames = toWordSet(`
  unknown unknownartist unknownartists noartist na null undefined none untitledartist artistunknown
  anonymousartist неизвестныйисполнитель неизвестен unbekannterkünstler unbekannterkunstler
`);

/** Words between the names of a credit, which do not belong to them. */
const joints = toWordSet("and x vs versus v feat ft featuring with aka presents pres");
/** Ignored behind a joint. */
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

/** The words of an artist's name in spoken order, without a leading article. */
export function splitArtistName(name: string): string[] {
  let bare = stripArtistSuffix(name);
  const comma = bare.includes(",") ? /, (the|a|an)$/i.exec(bare) : null;
  if (comma && comma.index > 0) bare = bare.slice(0, comma.index);
  const words = fold(bare)
    .split(" ")
    .map((word) => abbreviations.get(word) ?? word);
  return words.length > 1 && words[0] === "the" && words[1] !== "the" ? words.slice(1) : words;
}

/** The key of an artist's name, equal for all its spellings. */
export function foldArtist(name: string): string {
  return toArtistKey(splitArtistName(name));
}

/** The key of a name given as words, without spaces, and without joints between its words. */
export function toArtistKey(words: readonly string[]): string {
  if (words.length < 3) return words.join("");
  const isLeftOut = (word: string, at: number): boolean => {
    if (at === 0 || at === words.length - 1) return false;
    // "Bob Marley & The Wailers" is credited without the article as well, "Count Basie And His Orchestra" without "and his".
    return joints.has(word) || (determiners.has(word) && joints.has(words[at - 1] ?? ""));
  };
  return words.filter((word, at) => !isLeftOut(word, at)).join("");
}

/** The key of an artist's name; "" for nobody, null for many artists. */
export function toArtistKeyOrNull(name: string, words: readonly string[]): string | null {
  const letters = words.join("");
  if (name.trim() === "" || unknownNames.has(letters)) return "";
  return variousNames.has(letters) ? null : toArtistKey(words);
}

/** Many artists under one name: "Various", "V.A.". */
export function isVariousArtists(name: string): boolean {
  return variousNames.has(stripSpaces(fold(stripArtistSuffix(name))));
}

/** Names that stand for no artist: Various, Unknown Artist, No Artist… */
export function isPlaceholderArtist(name: string): boolean {
  const key = stripSpaces(fold(stripArtistSuffix(name)));
  return key === "" || variousNames.has(key) || unknownNames.has(key);
}

/** Titles that players write if the tag is empty. */
export function isPlaceholderTitle(title: string): boolean {
  if (title.trim() === "") return true;
  // All of them begin with one of these two letters.
  return title.length <= 24 && /^[^a-z]*[nu]/i.test(title) && placeholderTitles.has(stripSpaces(fold(title)));
}

const placeholderTitles = toWordSet("na unknown unknownalbum null undefined noalbum notitle");
