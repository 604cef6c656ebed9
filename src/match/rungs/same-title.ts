import type { AlbumBlock } from "../albums/album-block.ts";
import type { Entry } from "../albums/entry.ts";
import type { Candidate } from "./candidates.ts";
import { compareTitles, type Wanted } from "./compare.ts";
import { isDoubtful, looser, type TitleRule } from "./ladder.ts";

/** Albums of the record's title, without a doubt, by artists who may be its own: by no tighter rung than what says so. */
export function sameTitleBy(
  blocks: readonly AlbumBlock[],
  wanted: Wanted,
  rung: TitleRule,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const titled = (blocks[at] as AlbumBlock).titled(wanted);
    for (let row = 0; row < titled.length; row++) {
      const entry = titled[row] as Entry;
      const rule = compareTitles(wanted, entry.title);
      if (rule !== null && !isDoubtful(rule)) found.push({ entry, rule: looser(rung, rule) });
    }
  }
  return found;
}
