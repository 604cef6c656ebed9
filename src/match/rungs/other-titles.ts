// Albums with a title that a service gives the record besides its own, such as the original of a translated title.
import type { OtherTitle } from "../../model/model.ts";
import type { AlbumBlock } from "../library/album-block.ts";
import { isVetoed, NearTitles } from "../titles/near-title.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import { equalTitles, type Candidate } from "./candidates.ts";
import type { Wanted } from "./compare.ts";
import { isDoubtful, looser } from "./ladder.ts";
import { isSelfTitled } from "./self-titled.ts";

export function underOtherTitles(
  wanted: Wanted,
  titles: readonly OtherTitle[],
  blocks: readonly AlbumBlock[],
): readonly Candidate[] {
  return titles.flatMap(({ title, source }) => {
    const other = parseTitle(title);
    const selfTitled = isSelfTitled(other, wanted.own);
    if (other.key === wanted.title.key || isAnother(wanted, other, selfTitled)) return [];
    const known = { ...wanted, title: other, selfTitled };
    return blocks
      .flatMap((block) => equalTitles(known, block))
      .filter(({ rule }) => !isDoubtful(rule))
      .map(({ entry, rule }) => ({ entry, rule: looser(`${source}-title`, rule) }));
  });
}

/** Returns true if the record's own title rules the other title out. */
function isAnother({ title, own }: Wanted, other: ParsedTitle, isOwnName: boolean): boolean {
  // Services call "Name (Green Album)" and "Name (Blue Album)" both "Name".
  if (isOwnName && own.areToldIn(title.stemText)) return true;
  return new NearTitles(title).holds(other) && isVetoed(title, other);
}
