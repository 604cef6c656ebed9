import { toArtistKeyOrNull, splitArtistName, foldArtist } from "../text/artist-name.ts";
import { splitCredit, type CreditNames } from "../text/credit-parts.ts";
import { NameMatcher } from "../titles/name-matcher.ts";

/** Two spellings of one artist, as the user decided. */
export interface Alias {
  readonly name: string;
  readonly sameAs: string;
}

/** The key of names for many artists. */
export const variousKey = "\u0000various";

/** A name as spelled, with its key. */
export class ArtistName {
  readonly name: string;
  readonly words: readonly string[];
  readonly key: string;
  /** Plays of all albums under this spelling. */
  plays = 0;
  /** Keys of artists with this name in another alphabet, once they are looked up. */
  otherScriptKeys: readonly string[] | null = null;
  #own: NameMatcher | null = null;
  #credit: CreditNames | null = null;

  constructor(name: string, canonical: ReadonlyMap<string, string>) {
    this.name = name;
    this.words = splitArtistName(name);
    const key = toArtistKeyOrNull(name, this.words) ?? variousKey;
    this.key = canonical.get(key) ?? key;
  }

  get own(): NameMatcher {
    return (this.#own ??= new NameMatcher([this.name]));
  }

  get credit(): CreditNames {
    return (this.#credit ??= splitCredit(this.name, this.words));
  }
}

/** Maps the key of each name in an alias to one key for all names of that artist. */
export function buildAliasKeys(aliases: readonly Alias[]): ReadonlyMap<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const alias of aliases) {
    const [one, other] = [foldArtist(alias.name), foldArtist(alias.sameAs)];
    const [mine, theirs] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
    // The smaller group moves, so the work grows with n log n.
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
