import { bareArtistName } from "../../model/names.ts";
import { compact, fold } from "./fold.ts";
import { wordSet } from "./vocabulary.ts";

const various = wordSet(`
  soundtrack soundtracks ost originalsoundtrack originalmotionpicturesoundtrack originalcast originalbroadwaycast originallondoncast
  various variousartists va variousartist variosartistas variosinterpretes verschiedene verschiedeneinterpreten
  diverse diverseartister artistesdivers diversartistes artistivari aavv разныеисполнители сборник オムニバス ヴァリアス 群星
`);
const unknown = wordSet(`
  unknown unknownartist unknownartists noartist na null undefined none untitledartist artistunknown
  anonymousartist неизвестныйисполнитель неизвестен unbekannterkünstler unbekannterkunstler
`);

/** Words between the names of a credit, which do not belong to them. */
const joints = wordSet("and x vs versus v feat ft featuring with aka presents pres");
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
export function artistWords(name: string): string[] {
  let bare = bareArtistName(name);
  const comma = bare.includes(",") ? /, (the|a|an)$/i.exec(bare) : null;
  if (comma && comma.index > 0) bare = bare.slice(0, comma.index);
  const words = fold(bare)
    .split(" ")
    .map((word) => abbreviations.get(word) ?? word);
  return words.length > 1 && words[0] === "the" && words[1] !== "the" ? words.slice(1) : words;
}

/** The key of an artist's name, equal for all its spellings. */
export function foldArtist(name: string): string {
  return artistKey(artistWords(name));
}

/** The key of a name given as words, without spaces, and without joints between its words. */
export function artistKey(words: readonly string[]): string {
  const isLeftOut = (word: string, at: number): boolean => {
    if (at === 0 || at === words.length - 1) return false;
    // "Bob Marley & The Wailers" is credited without the article as well, "Count Basie And His Orchestra" without "and his".
    return joints.has(word) || (determiners.has(word) && joints.has(words[at - 1] ?? ""));
  };
  return words.filter((word, at) => !isLeftOut(word, at)).join("");
}

/** The key of an artist's name; "" for nobody, null for many artists. */
export function artistKeyOrNull(name: string, words: readonly string[]): string | null {
  const letters = words.join("");
  if (name.trim() === "" || unknown.has(letters)) return "";
  return various.has(letters) ? null : artistKey(words);
}

/** Many artists under one name: "Various", "V.A.". */
export function isVariousArtists(name: string): boolean {
  return various.has(compact(fold(bareArtistName(name))));
}

/** Names that stand for no artist: Various, Unknown Artist, No Artist… */
export function isPlaceholderArtist(name: string): boolean {
  const key = compact(fold(bareArtistName(name)));
  return key === "" || various.has(key) || unknown.has(key);
}

/** Titles that players write if the tag is empty. */
export function isPlaceholderTitle(title: string): boolean {
  if (title.trim() === "") return true;
  // All of them begin with one of these two letters.
  return title.length <= 24 && /^[^\p{L}]*[nu]/iu.test(title) && placeholderTitles.has(compact(fold(title)));
}

const placeholderTitles = wordSet("na unknown unknownalbum null undefined noalbum notitle");
