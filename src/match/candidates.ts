import { blockIndex, nearIndex, shapeOf, sharedWords, titleEnds } from "./album-block.ts";
import type { AlbumBlock, Entry } from "./album-block.ts";
import { alternativesOf, changesIdentity } from "./alternatives.ts";
import { bagOf } from "./bag.ts";
import { compareTitles } from "./compare.ts";
import type { Wanted } from "./compare.ts";
import type { TitleRule } from "./ladder.ts";
import type { ParsedTitle } from "./title.ts";
import { slipBetween } from "./typo.ts";

export interface Candidate {
  readonly entry: Entry;
  readonly rule: TitleRule;
}

/** Albums of one artist whose titles are equal but for what a title may vary in. */
export function equalTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const index = blockIndex(block);
  const found: Candidate[] = [];
  const ambiguous = wanted.selfTitled && hasNamesakes(wanted.title, index.entries);
  for (const entry of index.byKey.get(wanted.title.key) ?? []) {
    const rule = compareTitles(wanted, entry.title);
    if (rule !== null && !(ambiguous && rule !== "title")) found.push({ entry, rule });
  }
  return found;
}

/** Several albums of a band's own name, told apart by a bracket: an edition of the bare name could be of any. */
function hasNamesakes(title: ParsedTitle, entries: readonly Entry[]): boolean {
  const named = new Set<string>();
  for (const entry of entries) {
    if (entry.title.stem.startsWith(`${title.stem} `) && /[([]/.test(entry.title.stemText))
      named.add(entry.title.key);
  }
  return named.size > 1;
}

/** Albums of one artist whose titles are near, by rungs that need more evidence. */
export function nearTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const index = blockIndex(block);
  const near = nearIndex(index);
  const { title } = wanted;
  const found: Candidate[] = [];
  for (const alternative of alternativesOf(title, wanted.names, "record")) {
    for (const entry of index.byKey.get(alternative.key) ?? []) found.push({ entry, rule: alternative.rule });
  }
  for (const [entry, { rule }] of near.byAlternative.get(title.key) ?? []) {
    if (rule === "half" && wanted.kind === "album") continue;
    found.push({ entry, rule });
  }
  const bag = bagOf(title, wanted.names);
  if (bag !== "") for (const entry of near.byBag.get(bag) ?? []) found.push({ entry, rule: "reordered" });
  for (const end of titleEnds(title)) {
    for (const entry of near.byEnds.get(end) ?? []) {
      if (continues(title, entry.title)) found.push({ entry, rule: "longer-title" });
    }
  }
  for (let length = title.key.length - 4; length <= title.key.length + 4; length++) {
    for (const entry of near.byShape.get(shapeOf(title.key, length)) ?? []) {
      const rule = slipBetween(title, entry.title);
      if (rule !== null) found.push({ entry, rule });
    }
  }
  return found;
}

/** One title is the other's beginning or end, and what is left over says nothing of another album. */
function continues(one: ParsedTitle, other: ParsedTitle): boolean {
  const [short, long] = one.stem.length <= other.stem.length ? [one, other] : [other, one];
  if (short.stem === long.stem) return false;
  const words = short.stem.split(" ").length;
  const trailsOff = /(?:\.\.|…)\s*$/.test(short.stemText);
  const enough = words >= sharedWords && short.stem.length >= 14;
  if (long.stem.startsWith(`${short.stem} `)) {
    return (enough || (trailsOff && words >= 2)) && !changesIdentity(long.stem.slice(short.stem.length));
  }
  return (
    enough && long.stem.endsWith(` ${short.stem}`) && !changesIdentity(long.stem.slice(0, -short.stem.length))
  );
}
