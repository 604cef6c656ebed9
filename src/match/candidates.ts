import { blockIndex, nearIndex, shapeOf, sharedWords, titleEnds } from "./album-block.ts";
import type { AlbumBlock, Entry } from "./album-block.ts";
import { alternativesOf, changesIdentity } from "./alternatives.ts";
import { compareTitles } from "./compare.ts";
import type { TitleRule } from "./ladder.ts";
import type { ReleaseKind } from "./release-format.ts";
import type { ParsedTitle } from "./title.ts";
import { differsByTypo } from "./typo.ts";

/** A record as the comparing sees it. */
export interface Wanted {
  readonly title: ParsedTitle;
  readonly kind: ReleaseKind;
  readonly names: readonly string[];
  readonly selfTitled: boolean;
}

export interface Candidate {
  readonly entry: Entry;
  readonly rule: TitleRule;
}

/** Albums of one artist whose titles are equal but for what a title may vary in. */
export function equalTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const found: Candidate[] = [];
  for (const entry of blockIndex(block).byKey.get(wanted.title.key) ?? []) {
    const rule = compareTitles(wanted.title, entry.title, wanted.kind, wanted.selfTitled);
    if (rule !== null) found.push({ entry, rule });
  }
  return found;
}

/** Albums of one artist whose titles are near, by a rung that needs more evidence. */
export function nearTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const index = blockIndex(block);
  const near = nearIndex(index);
  const { title } = wanted;
  const found: Candidate[] = [];
  for (const alternative of alternativesOf(title, wanted.names, "record")) {
    for (const entry of index.byKey.get(alternative.key) ?? []) found.push({ entry, rule: alternative.rule });
    for (const [entry, other] of near.byAlternative.get(alternative.key) ?? []) {
      if (other.rule === alternative.rule && other.rule === "artist-in-title")
        found.push({ entry, rule: other.rule });
    }
  }
  for (const [entry, alternative] of near.byAlternative.get(title.key) ?? []) {
    found.push({ entry, rule: alternative.rule });
  }
  for (const end of titleEnds(title)) {
    for (const entry of near.byEnds.get(end) ?? []) {
      if (continues(title, entry.title)) found.push({ entry, rule: "longer-title" });
    }
  }
  for (let length = title.key.length - 4; length <= title.key.length + 4; length++) {
    for (const entry of near.byShape.get(shapeOf(title.key, length)) ?? []) {
      const rule = differsByTypo(title, entry.title);
      if (rule !== null) found.push({ entry, rule });
    }
  }
  return found;
}

/** One title is the other's beginning or end, and what is left over says nothing of another album. */
function continues(one: ParsedTitle, other: ParsedTitle): boolean {
  const [short, long] =
    one.stem.length <= other.stem.length ? [one.stem, other.stem] : [other.stem, one.stem];
  if (short === long || short.split(" ").length < sharedWords || short.length < 14) return false;
  const rest = long.startsWith(`${short} `)
    ? long.slice(short.length)
    : long.endsWith(` ${short}`)
      ? long.slice(0, -short.length)
      : null;
  return rest !== null && !changesIdentity(rest);
}
