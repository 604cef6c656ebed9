import type { ArtistCredit } from "../../model/model.ts";
import { bareArtistName } from "../../model/names.ts";
import { setOfNames } from "../text/credit-parts.ts";
import { variousKey } from "../library/artist-names.ts";
import type { Library } from "../library/library.ts";
import type { MatchedRelease } from "./matched-release.ts";

/** The names under which a release may be listed on the other side. */
export interface Credits {
  readonly various: boolean;
  /** It has no artist, or only placeholders. */
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

export function creditsOf(release: MatchedRelease, library: Library): Credits {
  const keyOf = (name: string): string => library.keyOf(name);
  const artists = distinctArtists(release.artists);
  const allNames = release.artists.flatMap(spellings);
  const names = [...new Set(allNames.filter((name) => isNamed(keyOf(name))).flatMap(spokenNames))];
  const jointNames = joinedNames(artists, keyOf);
  const whole = new Set([...(artists.length === 1 ? names : []), ...jointNames].map(keyOf).filter(isNamed));
  const partial = new Set<string>();
  const add = (key: string): void => {
    if (isNamed(key) && !whole.has(key)) partial.add(key);
  };
  for (const name of names) {
    if (artists.length > 1) add(keyOf(name));
    const { parts, others, runs } = library.known(name).credit;
    for (const other of [...parts, ...others]) add(keyOf(other));
    for (const run of runs) add(run);
  }
  const { names: creditNames } = library.known(jointNames[0] ?? names[0] ?? "").credit;
  if (creditNames.length > 1) add(setOfNames(creditNames, keyOf));
  for (const key of whole) for (const other of otherwiseNamed(names[0] ?? "", key, library)) add(other);
  return {
    various: allNames.some((name) => keyOf(name) === variousKey),
    nameless: release.artists.every(({ name }) => keyOf(name) === ""),
    own: [...new Set([...whole, ...keysOfArtists(allNames, library)])],
    whole: [...whole],
    partial: [...partial],
    names,
    jointNames,
  };
}

/** The name, and "The Mills" for "Mills, The", "Ada Vole & The Mills" for "Vole, Ada & The Mills". */
export function spokenNames(name: string): readonly string[] {
  const bare = bareArtistName(name);
  if (bare.length > longestName || !bare.includes(",")) return [bare];
  const spoken = bare.replace(/^([^,]+), ([^,&]+?)( (?:&|and|\+) .+)?$/i, "$2 $1$3");
  return spoken === bare ? [bare] : [spoken, bare];
}

/** Keys of the same name in another alphabet, or with the family name first. */
function otherwiseNamed(name: string, key: string, library: Library): readonly string[] {
  const others = library.inOtherScript(name);
  if (!twoWords.test(name)) return others;
  const words = library.known(name).words;
  if (words.length !== 2) return others;
  const turned = `${words[1]}${words[0]}`;
  const isKnown =
    turned !== key && library.block(turned)?.names.some((spelling) => twoWords.test(spelling.name));
  return isKnown ? [...others, turned] : others;
}

const twoWords = /^[^\s-]+ [^\s-]+$/;

/** Several artists joined to one name, by Discogs' names and by those on the sleeve. */
function joinedNames(artists: readonly ArtistCredit[], keyOf: (name: string) => string): readonly string[] {
  if (artists.length < 2 || !artists.every(({ name }) => isNamed(keyOf(name)))) return [];
  return [
    artists.map(({ name }) => bareArtistName(name)).join(" & "),
    artists.map(({ name, anv }) => bareArtistName(anv || name)).join(" & "),
  ];
}

/** Shorter names may coincide in another alphabet. */
const shortestSpelled = 6;

/** Keys of artists, each alone. */
function keysOfArtists(names: readonly string[], library: Library): readonly string[] {
  const keys = names.flatMap((name) => {
    const key = library.keyOf(name);
    const others = key.length >= shortestSpelled ? library.inOtherScript(name) : [];
    // "Prince And The Revolution", "Duke Ellington And His Orchestra": the leader has albums of his own.
    const leader = /^(.{3,60}?) (?:&|and|\+) (?:the|his|her|their) /i.exec(bareArtistName(name))?.[1];
    return [key, ...others, ...(leader === undefined ? [] : [library.keyOf(leader)])];
  });
  return keys.filter(isNamed);
}

function isNamed(key: string): boolean {
  return key !== "" && key !== variousKey;
}

/** Discogs' name, the one on the sleeve, and each part of a name in several languages: "静 = Shizuka". */
function spellings({ name, anv }: ArtistCredit): readonly string[] {
  const names = anv === "" ? [name] : [name, anv];
  if (!names.some((one) => one.includes(" = "))) return names;
  const parts = names.flatMap((one) => (one.length > longestName ? [] : one.split(" = ")));
  return [...names, ...parts.filter((part) => part.trim() !== "")];
}

const longestName = 200;

/** Discogs lists some artists twice, once in each script. */
function distinctArtists(artists: readonly ArtistCredit[]): readonly ArtistCredit[] {
  if (artists.length < 2) return artists;
  const identities = new Set<string | number>();
  return artists.filter((artist) => {
    const identity = artist.id ?? artist.name;
    return identities.has(identity) ? false : identities.add(identity);
  });
}
