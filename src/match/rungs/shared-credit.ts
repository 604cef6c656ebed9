import type { AlbumBlock } from "../albums/album-block.ts";
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
  for (const block of new Set(names.flatMap((name) => namesakes(name, library)))) {
    for (const entry of block.titled(wanted)) {
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

/** Blocks in whose credit one name is the other's last word. */
function namesakes(credit: string, library: Library): AlbumBlock[] {
  return [credit, ...partsOfCredit(credit)].flatMap((name) => {
    const words = library.wordsOf(name);
    const last = lastName(words);
    if (last === "") return [];
    if (words.length === 1) return library.endingIn(last);
    const alone = library.block(library.keyOf(last));
    return alone ? [alone, ...library.knownAs(last)] : library.knownAs(last);
  });
}
