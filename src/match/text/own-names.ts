import { foldArtist } from "./artist-name.ts";
import { fold } from "./fold.ts";

/** An artist's names, made ready to be found in titles. */
export class OwnNames {
  readonly #names: readonly string[];
  readonly #joined: readonly string[];
  readonly #plain: string[] = [];
  /** Their first letters, with and without an article. */
  readonly #initials: string;
  #folded: readonly string[] | null = null;
  #keys: ReadonlySet<string> | null = null;

  constructor(names: readonly string[], joined: readonly string[] = []) {
    this.#names = names;
    this.#joined = joined;
    let initials = "";
    for (let at = 0; at < names.length; at++) {
      const plain = fold(names[at] as string);
      this.#plain.push(plain);
      initials += initialOf(plain);
    }
    this.#initials = initials;
  }

  /** Folded, each with and without its article, and in initials. */
  get folded(): readonly string[] {
    return (this.#folded ??= this.#plain.flatMap((name) => [
      name,
      name.startsWith(article) ? name.slice(article.length) : article + name,
      ...initialsOf(name),
    ]));
  }

  get beginWithArticle(): boolean {
    return this.#plain.some((name) => name.startsWith(article));
  }

  /** Whether a folded title may begin with one of those: most begin with another letter. */
  mayLead(stem: string): boolean {
    return stem.startsWith(article) || this.#hasInitialOf(stem);
  }

  is(piece: string): boolean {
    if (beginsPlainly(piece) && !this.#hasInitialOf(piece)) return false;
    this.#keys ??= new Set([...this.#names, ...this.#joined].map(foldArtist));
    return this.#keys.has(foldArtist(piece));
  }

  /** Whether a piece is the last name alone, or behind initials, as composers are named in titles: "Holst: The Planets". */
  isLastName(piece: string): boolean {
    const words = fold(piece).split(" ");
    const last = words.pop() ?? "";
    const initials = words.join("");
    return this.#plain.some((name) => {
      if (!name.endsWith(` ${last}`)) return false;
      return initials === "" || firstLetters(name.slice(0, -last.length - 1)).startsWith(initials);
    });
  }

  /** Whether a piece says nothing but names, each whole or the last alone. */
  areNames(piece: string): boolean {
    if (this.is(piece) || this.isLastName(piece)) return true;
    const names = piece.split(betweenNames);
    return names.length > 1 && names.every((name) => this.is(name) || this.isLastName(name));
  }

  /** Whether a piece of a title tells who is heard: "Songs By Name", "Name's Suite"; with nobody else. */
  areToldIn(piece: string): boolean {
    const words = ` ${fold(piece)} `;
    if (/ (?:meets?|versus|vs|v|x|feat|ft|featuring|remix\w*) /.test(words)) return false;
    return this.folded.some(
      (name) => name.length > 3 && (words.includes(` ${name} `) || words.includes(` ${name}s `)),
    );
  }

  /** Whether a word is part of a name, also as a possessive. */
  hasWord(word: string): boolean {
    const bare = word.endsWith("s") ? word.slice(0, -1) : word;
    if (!this.#mayHold(bare)) return false;
    return this.#plain.some((name) => hasWholeWord(name, word) || hasWholeWord(name, bare));
  }

  #mayHold(letters: string): boolean {
    for (let at = 0; at < this.#plain.length; at++)
      if ((this.#plain[at] as string).includes(letters)) return true;
    return false;
  }

  /** Whether a name begins with a piece's first letter, behind its articles if it has any. */
  #hasInitialOf(piece: string): boolean {
    return this.#initials.includes(piece.charAt(0).toLowerCase());
  }
}

function hasWholeWord(name: string, word: string): boolean {
  if (word === "") return false;
  for (let at = name.indexOf(word); at !== -1; at = name.indexOf(word, at + 1)) {
    const end = at + word.length;
    if ((at === 0 || name[at - 1] === " ") && (end === name.length || name[end] === " ")) return true;
  }
  return false;
}

const article = "the ";

/** The first letter of a name; both where an article is before it. */
function initialOf(name: string): string {
  if (!name.startsWith(article)) return name.charAt(0);
  let at = 0;
  while (name.startsWith(article, at)) at += article.length;
  return name.charAt(0) + name.charAt(at);
}

/** Neither with an article nor with a sign. */
function beginsPlainly(piece: string): boolean {
  const letter = piece.charAt(0);
  return (
    (letter >= "a" && letter <= "z" && letter !== "t") || (letter >= "A" && letter <= "Z" && letter !== "T")
  );
}

const betweenNames = /\s*[,;&/+]\s*|\s(?:and|with|feat\.?|featuring|et|und|y|e)\s/i;

function firstLetters(name: string): string {
  return name
    .split(" ")
    .map((word) => word[0])
    .join("");
}

/** "ELO" for the Electric Light Orchestra. */
function initialsOf(name: string): string[] {
  const gap = name.indexOf(" ");
  if (gap === -1 || !name.includes(" ", gap + 1)) return [];
  const words = name.split(" ").filter((word) => word !== "the");
  return words.length >= 3 && words.every((word) => /^\p{L}/u.test(word))
    ? [words.map((word) => word[0]).join("")]
    : [];
}
