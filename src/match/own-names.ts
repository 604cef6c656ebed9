import { foldArtist } from "./artist-name.ts";
import { fold } from "./fold.ts";

/** An artist's names, made ready to be found in titles. */
export interface OwnNames {
  /** Folded, each with and without its article. */
  readonly folded: readonly string[];
  /** The single words, also as possessives. */
  readonly words: ReadonlySet<string>;
  is(piece: string): boolean;
}

export function ownNames(names: readonly string[]): OwnNames {
  const plain = names.map(fold);
  const words = new Set<string>();
  for (const name of plain) for (const word of name.split(" ")) words.add(word).add(`${word}s`);
  const keys = new Set(names.map(foldArtist));
  return {
    folded: plain.flatMap((name) => [name, name.startsWith("the ") ? name.slice(4) : `the ${name}`]),
    words,
    is: (piece) => keys.has(foldArtist(piece)),
  };
}
