// Albums under a title that a service gives the record beside its own: a translated title, a short one, or the first.
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

/** Whether the record says itself that it is another album than the one of this title. */
function isAnother({ title, own }: Wanted, other: ParsedTitle, isOwnName: boolean): boolean {
  // Several albums have the artist's name for their whole title: "Name (Green Album)", "Name II".
  if (isOwnName && own.areToldIn(title.stemText)) return true;
  return new NearTitles(title).holds(other) && isVetoed(title, other);
}
