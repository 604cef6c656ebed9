import type { AlbumBlock } from "../library/album-block.ts";
import type { Library } from "../library/library.ts";
import { lastName, namesOfCredit, partsOfCredit } from "../text/credit-parts.ts";
import { isDistinctive } from "../titles/telling-words.ts";
import { wordsOfStem } from "../titles/title.ts";
import type { Candidate } from "./candidates.ts";
import type { Wanted } from "./compare.ts";
import { sameTitleBy } from "./spelled-otherwise.ts";
import type { Credits } from "./credits.ts";

// Other credits of a release: one of its artists, some of many, or a longer credit that contains its own.

/** Blocks of a release's artists, alone or with others. */
export function sharedCredits(credits: Credits, library: Library): readonly AlbumBlock[] {
  const { partial, whole } = credits;
  const blocks = new Set<AlbumBlock>();
  const add = (more: readonly AlbumBlock[]): void => {
    for (const block of more) blocks.add(block);
  };
  for (const key of partial) {
    // A set of names is no artist's key.
    const block = key.startsWith("{") ? undefined : library.block(key);
    if (key.startsWith("{")) add(library.credits.shared(key));
    else if (block !== undefined) blocks.add(block);
  }
  for (const key of whole) add(library.credits.shared(key));
  add(someOfMany(credits, library));
  return [...blocks];
}

const fewestOfMany = 3;

/** Blocks credited to some of three or more artists, and to nobody else. */
function someOfMany({ names }: Credits, library: Library): readonly AlbumBlock[] {
  if (names.length < fewestOfMany) return [];
  const keys = new Set(names.map((name) => library.keyOf(name)));
  const isOfThem = (credit: string): boolean => {
    const parts = namesOfCredit(credit);
    return parts.length > 1 && parts.every((name) => keys.has(library.keyOf(name)));
  };
  return [...keys].flatMap((key) =>
    library.credits.shared(key).filter((block) => block.names.some(({ name }) => isOfThem(name))),
  );
}

/** Albums of the same distinctive title by artists known by their last name: "Rodriguez", "Sixto Rodriguez". */
export function creditedOtherwise(
  wanted: Wanted,
  names: readonly string[],
  library: Library,
): readonly Candidate[] {
  if (wordsOfStem(wanted.title).length < 3 || !isDistinctive(wanted.title, 2)) return [];
  const credits = names.flatMap((name) => [name, ...partsOfCredit(name)]);
  const blocks = new Set(credits.flatMap((name) => namesakes(name, library)));
  return sameTitleBy([...blocks], wanted, "credit");
}

/** Blocks with a name that is the last word of this one, or that has this one as its last word. */
function namesakes(name: string, library: Library): readonly AlbumBlock[] {
  const words = library.wordsOf(name);
  const last = lastName(words);
  if (last === "") return [];
  if (words.length === 1) return library.credits.endingIn(last);
  const alone = library.blockBy(last);
  const known = library.credits.knownAs(last);
  return alone === undefined ? known : [alone, ...known];
}
