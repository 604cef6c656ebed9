import type { AlbumBlock } from "../albums/album-block.ts";
import type { Entry } from "../albums/entry.ts";
import type { Candidate } from "./candidates.ts";
import { compareTitles, type Wanted } from "./compare.ts";
import { isDistinctive } from "./telling-words.ts";
import { isDoubtful, looser } from "./ladder.ts";
import { lastName, partsOfCredit } from "../text/credit-parts.ts";
import type { Library } from "../albums/library.ts";

/** Albums of the same distinctive title by artists known by their last name: "Rodriguez", "Sixto Rodriguez". */
export function creditedOtherwise(
  wanted: Wanted,
  names: readonly string[],
  library: Library,
): readonly Candidate[] {
  if (!hasThreeWords(wanted.title.stem) || !isDistinctive(wanted.title, 2)) return none;
  const found: Candidate[] = [];
  const blocks = namesakesOf(names, library);
  for (let at = 0; at < blocks.length; at++) {
    const titled = (blocks[at] as AlbumBlock).titled(wanted);
    for (let row = 0; row < titled.length; row++) {
      const entry = titled[row] as Entry;
      const rule = compareTitles(wanted, entry.title);
      if (rule !== null && !isDoubtful(rule)) found.push({ entry, rule: looser("credit", rule) });
    }
  }
  return found;
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
  return found.length < 2 ? (found[0] ?? noBlocks) : [...new Set(found.flat())];
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
