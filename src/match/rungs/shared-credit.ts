import type { AlbumBlock } from "../library/album-block.ts";
import type { Library } from "../library/library.ts";
import { lastName, partsOfCredit } from "../text/credit-parts.ts";
import { isDistinctive } from "../titles/telling-words.ts";
import { wordsOfStem } from "../titles/title.ts";
import type { Candidate } from "./candidates.ts";
import type { Wanted } from "./compare.ts";
import { sameTitleBy } from "./same-title.ts";

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

/** Blocks in whose credit one name is the last word of this one, or the other way round. */
function namesakes(name: string, library: Library): readonly AlbumBlock[] {
  const words = library.wordsOf(name);
  const last = lastName(words);
  if (last === "") return [];
  if (words.length === 1) return library.credits.endingIn(last);
  const alone = library.blockBy(last);
  const known = library.credits.knownAs(last);
  return alone === undefined ? known : [alone, ...known];
}
