import { toArtistKeyOrNull, splitArtistName } from "../text/artist-name.ts";
import { splitCredit, type CreditNames } from "../text/credit-parts.ts";
import { NameMatcher } from "../titles/name-matcher.ts";

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
