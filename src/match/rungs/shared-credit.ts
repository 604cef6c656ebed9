import type { AlbumBlock } from "../albums/album-block.ts";
import type { Candidate } from "./candidates.ts";
import type { Wanted } from "./compare.ts";
import { sameTitleBy } from "./same-title.ts";
import { distinct } from "../distinct.ts";
import { isDistinctive } from "./telling-words.ts";
import { lastName, partsOfCredit } from "../text/credit-parts.ts";
import type { Library } from "../albums/library.ts";

/** Albums of the same distinctive title by artists known by their last name: "Rodriguez", "Sixto Rodriguez". */
export function creditedOtherwise(
  wanted: Wanted,
  names: readonly string[],
  library: Library,
): readonly Candidate[] {
  if (!hasThreeWords(wanted.title.stem) || !isDistinctive(wanted.title, 2)) return none;
  return sameTitleBy(namesakesOf(names, library), wanted, "credit");
}

const none: readonly Candidate[] = [];

function hasThreeWords(stem: string): boolean {
  const gap = stem.indexOf(" ");
  return gap !== -1 && stem.includes(" ", gap + 1);
}

/** Blocks in whose credit one name is the last word of one of these, or the other way round. */
function namesakesOf(names: readonly string[], library: Library): readonly AlbumBlock[] {
  const found: (readonly AlbumBlock[])[] = [];
  const add = (name: string): void => {
    const blocks = namesakes(name, library);
    if (blocks.length > 0) found.push(blocks);
  };
  for (let at = 0; at < names.length; at++) {
    const credit = names[at] as string;
    add(credit);
    const parts = partsOfCredit(credit);
    for (let part = 0; part < parts.length; part++) add(parts[part] as string);
  }
  // Mostly one of them has any.
  return found.length < 2 ? (found[0] ?? noBlocks) : distinct(found.flat());
}

const noBlocks: readonly AlbumBlock[] = [];

function namesakes(name: string, library: Library): readonly AlbumBlock[] {
  const words = library.wordsOf(name);
  const last = lastName(words);
  if (last === "") return noBlocks;
  if (words.length === 1) return library.endingIn(last);
  const alone = library.blockBy(last);
  const known = library.knownAs(last);
  return alone === undefined ? known : [alone, ...known.filter((block) => block !== alone)];
}
