import type { ArtistCredit } from "../../model/model.ts";
import { stripArtistSuffix } from "../../model/names.ts";
import { toNameSetKey } from "../text/credit-parts.ts";
import { variousKey } from "../albums/artist-names.ts";
import type { AlbumHistory } from "../albums/album-history.ts";
import type { MatchedRelease } from "./matched-release.ts";

/** The names under which a release may be listed on the other side. */
export interface Credits {
  readonly various: boolean;
  /** The release has no artist, or only placeholders. */
  readonly nameless: boolean;
  /** Keys of its artists, joint and alone, best first. They may have no albums. */
  readonly own: readonly string[];
  /** Keys of the whole credit, in all its spellings. */
  readonly whole: readonly string[];
  /** Keys of single artists of a joint credit, and of names within a name. */
  readonly partial: readonly string[];
  /** Names as spelled, to find them in titles. */
  readonly names: readonly string[];
  /** All names joined, to recognize titles that are the whole credit. */
  readonly jointNames: readonly string[];
}

export function buildCredits(release: MatchedRelease, library: AlbumHistory): Credits {
  const toKey = (name: string): string => library.toArtistKey(name);
  const artists = removeDuplicateArtists(release.artists);
  const allNames = release.artists.flatMap(listSpellings);
  const spokenNames = new Set<string>();
  for (const name of allNames)
    if (isNamed(toKey(name))) for (const spoken of toSpokenNames(name)) spokenNames.add(spoken);
  const names = [...spokenNames];
  const jointNames = joinNames(artists, toKey);
  const whole = new Set<string>();
  for (const name of artists.length === 1 ? names : jointNames)
    if (isNamed(toKey(name))) whole.add(toKey(name));
  const partial = new Set<string>();
  const addPartial = (key: string): void => {
    if (isNamed(key) && !whole.has(key)) partial.add(key);
  };
  for (const name of names) {
    if (artists.length > 1) addPartial(toKey(name));
    const { parts, others, innerKeys } = library.getArtistName(name).credit;
    for (const other of [...parts, ...others]) addPartial(toKey(other));
    for (const key of innerKeys) addPartial(key);
  }
  const { names: creditNames } = library.getArtistName(jointNames[0] ?? names[0] ?? "").credit;
  if (creditNames.length > 1) addPartial(toNameSetKey(creditNames, toKey));
  for (const key of whole)
    for (const other of getOtherNameKeys(names[0] ?? "", key, library)) addPartial(other);
  return {
    various: allNames.some((name) => toKey(name) === variousKey),
    nameless: release.artists.every(({ name }) => toKey(name) === ""),
    own: [...new Set([...whole, ...toArtistKeys(allNames, library)])],
    whole: [...whole],
    partial: [...partial],
    names,
    jointNames,
  };
}

/** The name, and "The Mills" for "Mills, The", "Ada Vole & The Mills" for "Vole, Ada & The Mills". */
export function toSpokenNames(name: string): readonly string[] {
  const bare = stripArtistSuffix(name);
  if (bare.length > maxNameLength || !bare.includes(",")) return [bare];
  const spoken = bare.replace(/^([^,]+), ([^,&]+?)( (?:&|and|\+) .+)?$/i, "$2 $1$3");
  return spoken === bare ? [bare] : [spoken, bare];
}

/** Keys of the same name in another alphabet, or with the family name first. */
function getOtherNameKeys(name: string, key: string, library: AlbumHistory): readonly string[] {
  const others = library.getKeysInOtherScript(name);
  if (!twoWords.test(name)) return others;
  const words = library.getArtistName(name).words;
  if (words.length !== 2) return others;
  const turned = `${words[1]}${words[0]}`;
  const isKnown =
    turned !== key && library.findBlock(turned)?.names.some((spelling) => twoWords.test(spelling.name));
  return isKnown ? [...others, turned] : others;
}

const twoWords = /^[^\s-]+ [^\s-]+$/;

/** Several artists joined to one name, by Discogs' names and by those on the cover. */
function joinNames(artists: readonly ArtistCredit[], toKey: (name: string) => string): readonly string[] {
  if (artists.length < 2 || !artists.every(({ name }) => isNamed(toKey(name)))) return [];
  return [
    artists.map(({ name }) => stripArtistSuffix(name)).join(" & "),
    artists.map(({ name, anv }) => stripArtistSuffix(anv || name)).join(" & "),
  ];
}

/** Shorter names may coincide in another alphabet. */
const minTransliteratedLength = 6;

/** Keys of artists, each alone. */
function toArtistKeys(names: readonly string[], library: AlbumHistory): readonly string[] {
  const keys = names.flatMap((name) => {
    const key = library.toArtistKey(name);
    const others = key.length >= minTransliteratedLength ? library.getKeysInOtherScript(name) : [];
    // "Prince And The Revolution", "Duke Ellington And His Orchestra": the leader has albums of his own.
    const leader = /^(.{3,60}?) (?:&|and|\+) (?:the|his|her|their) /i.exec(stripArtistSuffix(name))?.[1];
    return [key, ...others, ...(leader === undefined ? [] : [library.toArtistKey(leader)])];
  });
  return keys.filter(isNamed);
}

function isNamed(key: string): boolean {
  return key !== "" && key !== variousKey;
}

/** Discogs' name, the one on the cover, and each part of a name in several languages: "静 = Shizuka". */
function listSpellings({ name, anv }: ArtistCredit): readonly string[] {
  const names = anv === "" ? [name] : [name, anv];
  if (!names.some((one) => one.includes(" = "))) return names;
  const parts = names.flatMap((one) => (one.length > maxNameLength ? [] : one.split(" = ")));
  return [...names, ...parts.filter((part) => part.trim() !== "")];
}

const maxNameLength = 200;

/** Discogs lists some artists twice, once in each script. */
function removeDuplicateArtists(artists: readonly ArtistCredit[]): readonly ArtistCredit[] {
  if (artists.length < 2) return artists;
  const identities = artists.map(({ id, name }) => id ?? name);
  return artists.filter(({ id, name }, at) => identities.indexOf(id ?? name) === at);
}
