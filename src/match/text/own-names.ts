import { foldArtist } from "./artist-name.ts";
import { fold } from "./fold.ts";

/** An artist's names, made ready to be found in titles. */
export interface OwnNames {
  /** Folded, each with and without its article, and in initials. */
  readonly folded: readonly string[];
  is(piece: string): boolean;
  /** Whether a piece is the last name alone, as composers are named in titles: "Holst: The Planets". */
  isLastName(piece: string): boolean;
  /** Whether a word is part of a name, also as a possessive. */
  hasWord(word: string): boolean;
}

export function ownNames(names: readonly string[], joined: readonly string[] = []): OwnNames {
  const plain = names.map(fold);
  let folded: readonly string[] | null = null;
  let words: ReadonlySet<string> | null = null;
  let keys: ReadonlySet<string> | null = null;
  return {
    get folded() {
      return (folded ??= plain.flatMap((name) => [
        name,
        name.startsWith("the ") ? name.slice(4) : `the ${name}`,
        ...initialsOf(name),
      ]));
    },
    is: (piece) => {
      // Most pieces begin with another letter.
      if (beginsPlainly.test(piece) && !plain.some((name) => hasInitial(name, piece))) return false;
      keys ??= new Set([...names, ...joined].map(foldArtist));
      return keys.has(foldArtist(piece));
    },
    isLastName: (piece) =>
      plain.some((name) => name.includes(" ") && name.slice(name.lastIndexOf(" ") + 1) === fold(piece)),
    hasWord: (word) => {
      words ??= new Set(plain.flatMap((name) => name.split(" ")));
      return words.has(word) || (word.endsWith("s") && words.has(word.slice(0, -1)));
    },
  };
}

/** Whether a folded name begins with a piece's first letter, behind its article if it has one. */
function hasInitial(name: string, piece: string): boolean {
  const initial = piece.charAt(0).toLowerCase();
  return name.charAt(0) === initial || (name.charAt(4) === initial && name.startsWith("the "));
}

/** Neither with an article nor with a sign. */
const beginsPlainly = /^[a-su-z]/i;

/** "ELO" for the Electric Light Orchestra. */
function initialsOf(name: string): string[] {
  const gap = name.indexOf(" ");
  if (gap === -1 || !name.includes(" ", gap + 1)) return [];
  const words = name.split(" ").filter((word) => word !== "the");
  return words.length >= 3 && words.every((word) => /^\p{L}/u.test(word))
    ? [words.map((word) => word[0]).join("")]
    : [];
}
