import {
  artistIdentity,
  artistWords,
  foldArtist,
  isPlainName,
  plainIdentity,
  plainWords,
} from "../text/artist-name.ts";
import type { Alias } from "../matched-release.ts";
import type { AlbumBlock, Spelling } from "./album-block.ts";

/** In place of an artist's key where a name says that there are many. */
export const variousKey = "\u0000various";

/** A name as it is spelled, with what it stands for. */
export class KnownName implements Spelling {
  readonly name: string;
  readonly key: string;
  readonly isPlain: boolean;
  /** Of an artist with albums under this very name. */
  block: AlbumBlock | null = null;
  plays = 0;
  #words: readonly string[] | null;

  constructor(name: string, canonical: ReadonlyMap<string, string>) {
    this.name = name;
    // It takes no words to tell the key of a plain name: they are made when they are asked for.
    this.#words = isPlainName(name) ? null : artistWords(name);
    const identity = this.#words === null ? plainIdentity(name) : artistIdentity(name, this.#words);
    const key = identity.kind === "various" ? variousKey : identity.key;
    this.key = canonical.size === 0 ? key : (canonical.get(key) ?? key);
    this.isPlain = this.#words === null;
  }

  get words(): readonly string[] {
    return (this.#words ??= plainWords(this.name));
  }
}

/** Artists' names, each taken apart once; aliases are followed. */
export class ArtistNames {
  readonly #canonical: ReadonlyMap<string, string>;
  readonly #names = new Map<string, KnownName>();
  #last: KnownName;

  constructor(aliases: readonly Alias[]) {
    this.#canonical = aliasKeys(aliases);
    this.#last = this.known("");
  }

  known(name: string): KnownName {
    let found = this.#names.get(name);
    if (found === undefined) this.#names.set(name, (found = new KnownName(name, this.#canonical)));
    return found;
  }

  /** The same of a name that is asked for several things in a row. */
  asked(name: string): KnownName {
    if (name !== this.#last.name) this.#last = this.known(name);
    return this.#last;
  }

  keyOf(name: string): string {
    return this.asked(name).key;
  }

  wordsOf(name: string): readonly string[] {
    return this.asked(name).words;
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
