import { foldArtist, splitArtistName } from "../text/artist-name.ts";
import { fold } from "../text/fold.ts";
import { listInitials } from "../text/name-typo.ts";

/** An artist's names, prepared for finding them in titles. */
export class NameMatcher {
  readonly #names: readonly string[];
  readonly #joined: readonly string[];
  readonly #plain: readonly string[];
  #folded: readonly string[] | null = null;
  #lastNames: readonly string[] | null = null;
  #keys: ReadonlySet<string> | null = null;
  #words: ReadonlySet<string> | null = null;

  constructor(names: readonly string[], jointNames: readonly string[] = []) {
    this.#names = names;
    this.#joined = jointNames;
    this.#plain = names.map(fold);
  }

  /** Folded, each with and without its article, and in initials. */
  get folded(): readonly string[] {
    return (this.#folded ??= this.#plain.flatMap((name) => [
      name,
      name.startsWith(article) ? name.slice(article.length) : article + name,
      ...(threeWords.test(name) ? listInitials(splitArtistName(name)) : []),
    ]));
  }

  /** The last words of names of two words or more. */
  get lastNames(): readonly string[] {
    return (this.#lastNames ??= this.#plain.flatMap((name) => {
      const at = name.lastIndexOf(" ");
      return at === -1 || name.length - at <= minLastNameLength ? [] : [name.slice(at + 1)];
    }));
  }

  get hasArticle(): boolean {
    return this.#plain.some((name) => name.startsWith(article));
  }

  matches(piece: string): boolean {
    this.#keys ??= new Set([...this.#names, ...this.#joined].map(foldArtist));
    return this.#keys.has(foldArtist(piece));
  }

  /** Returns true if a piece names the artist and nobody else: "Songs By Name", "Name's Suite". */
  isMentionedIn(piece: string): boolean {
    const words = ` ${fold(piece)} `;
    if (/ (?:meets?|versus|vs|v|x|feat|ft|featuring|remix\w*) /.test(words)) return false;
    return this.folded.some(
      (name) => name.length > 3 && (words.includes(` ${name} `) || words.includes(` ${name}s `)),
    );
  }

  /** Returns true for possessives too. */
  hasWord(word: string): boolean {
    this.#words ??= new Set(this.#plain.flatMap((name) => name.split(" ")));
    return this.#words.has(word) || (word.endsWith("s") && this.#words.has(word.slice(0, -1)));
  }
}

const article = "the ";
/** A name of fewer words has no initials. */
const threeWords = / .* /;
const minLastNameLength = 4;
