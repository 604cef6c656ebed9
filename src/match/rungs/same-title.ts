import type { AlbumBlock } from "../library/album-block.ts";
import type { Candidate } from "./candidates.ts";
import { compareTitles, type Wanted } from "./compare.ts";
import { isDoubtful, looser, type TitleRule } from "./ladder.ts";

/** Albums of the record's title, without a doubt, by artists who may be its own: by no tighter rung than what says so. */
export function sameTitleBy(
  blocks: readonly AlbumBlock[],
  wanted: Wanted,
  rung: TitleRule,
): readonly Candidate[] {
  return blocks.flatMap((block) =>
    block.titled(wanted.title.key).flatMap((entry) => {
      const rule = compareTitles(wanted, entry.title);
      return rule === null || isDoubtful(rule) ? [] : [{ entry, rule: looser(rung, rule) }];
    }),
  );
}
