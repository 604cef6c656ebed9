import { artistIdentity, artistWords, foldArtist } from "../text/artist-name.ts";
import { OwnNames } from "../titles/own-names.ts";

/** Two spellings that the user declared one artist. */
export interface Alias {
  readonly name: string;
  readonly sameAs: string;
}

/** In place of an artist's key where a name says that there are many. */
export const variousKey = "\u0000various";

/** A name as it is spelled, with what it stands for. */
export class KnownName {
  readonly name: string;
  readonly words: readonly string[];
  readonly key: string;
  /** Of all albums under this spelling. */
  plays = 0;
  #own: OwnNames | null = null;

  constructor(name: string, canonical: ReadonlyMap<string, string>) {
    this.name = name;
    this.words = artistWords(name);
    const identity = artistIdentity(name, this.words);
    const key = identity.kind === "various" ? variousKey : identity.key;
    this.key = canonical.get(key) ?? key;
  }

  /** The name as it is looked for in titles. */
  get own(): OwnNames {
    return (this.#own ??= new OwnNames([this.name]));
  }
}

/** Artists' names, each taken apart once; aliases are followed. */
export class ArtistNames {
  readonly #canonical: ReadonlyMap<string, string>;
  readonly #names = new Map<string, KnownName>();

  constructor(aliases: readonly Alias[]) {
    this.#canonical = aliasKeys(aliases);
  }

  known(name: string): KnownName {
    let found = this.#names.get(name);
    if (found === undefined) this.#names.set(name, (found = new KnownName(name, this.#canonical)));
    return found;
  }
}

/** For each name in an alias the key of all that are declared one with it, whichever way and in whatever order. */
function aliasKeys(aliases: readonly Alias[]): ReadonlyMap<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const alias of aliases) {
    const [one, other] = [foldArtist(alias.name), foldArtist(alias.sameAs)];
    const [mine, theirs] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
    // The smaller group moves: no name moves more often than its group can double.
    const [from, to] = mine.size < theirs.size ? [mine, theirs] : [theirs, mine];
    for (const key of from) to.add(key);
    for (const key of [...from, one, other]) groups.set(key, to);
  }
  const canonical = new Map<string, string>();
  for (const group of new Set(groups.values())) {
    const first = [...group].reduce((least, key) => (key < least ? key : least));
    for (const key of group) canonical.set(key, first);
  }
  return canonical;
}
