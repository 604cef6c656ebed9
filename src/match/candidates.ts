import { foldArtist } from "./artist-name.ts";
import { blockIndex, entriesOfTitle, sharedWords } from "./album-block.ts";
import type { AlbumBlock, Entry } from "./album-block.ts";
import { alternativesOf, changesIdentity } from "./alternatives.ts";
import { bagOf, sameOrder } from "./bag.ts";
import { compareTails, compareTitles } from "./compare.ts";
import type { Wanted } from "./compare.ts";
import { looser } from "./ladder.ts";
import type { TitleRule } from "./ladder.ts";
import type { ParsedTitle } from "./title.ts";
import { slipBetween } from "./typo.ts";

export interface Candidate {
  readonly entry: Entry;
  readonly rule: TitleRule;
}

/** Albums of one artist whose titles are equal but for what a title may vary in. */
export function equalTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const found: Candidate[] = [];
  const ambiguous = wanted.selfTitled && hasNamesakes(wanted.title, blockIndex(block).entries);
  for (const entry of entriesOfTitle(block, wanted.title)) {
    const rule = compareTitles(wanted, entry.title);
    if (rule !== null && !(ambiguous && rule !== "title")) found.push({ entry, rule });
  }
  return found;
}

/** Several albums of a band's own name, told apart by a bracket: an edition of the bare name could be of any. */
export function hasNamesakes(title: ParsedTitle, entries: readonly Entry[]): boolean {
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
  const { title } = wanted;
  const found: Candidate[] = [];
  const add = (entry: Entry, rule: TitleRule): void => {
    // Equal titles have been judged already; a film's subtitle tells it from its sequels.
    if (entry.title.key === title.key) return;
    if (rule === "subtitle" && (title.soundtrack !== "" || entry.title.soundtrack !== "")) return;
    const tails = compareTails(wanted, entry.title);
    if (tails !== null) found.push({ entry, rule: looser(tails, rule) });
  };
  for (const alternative of alternativesOf(title, wanted.own, "record")) {
    for (const entry of index.sameKey(alternative.key)) add(entry, alternative.rule);
  }
  for (const { entry, alternative } of index.sameAlternative(title.key)) {
    if (alternative.rule !== "half" || wanted.kind !== "album") add(entry, alternative.rule);
  }
  const bag = bagOf(title, wanted.own);
  for (const entry of bag === "" ? [] : index.sameBag(bag)) {
    add(entry, sameOrder(title, entry.title) ? "small-words" : "reordered");
  }
  for (const entry of wanted.selfTitled ? [] : index.sameEnds(title)) {
    if (continues(title, entry.title) && !isOwnName(entry)) add(entry, "longer-title");
  }
  for (const entry of index.sameShape(title.key)) {
    const rule = slipBetween(title, entry.title);
    if (rule !== null) add(entry, rule);
  }
  return found;
}

function isOwnName(entry: Entry): boolean {
  return foldArtist(entry.title.stem) === foldArtist(entry.album.artist);
}

/** One title is the other's beginning or end, and what is left over says nothing of another album. */
function continues(one: ParsedTitle, other: ParsedTitle): boolean {
  const [short, long] = one.stem.length <= other.stem.length ? [one, other] : [other, one];
  const leads = long.stem.startsWith(`${short.stem} `);
  if (short.stem === long.stem || !(leads || long.stem.endsWith(` ${short.stem}`))) return false;
  const words = short.stem.split(" ").length;
  const trailsOff = /(?:\.\.|…)\s*$/.test(short.stemText);
  const enough = words >= sharedWords && short.stem.length >= 14;
  if (leads) {
    const rest = long.stem.slice(short.stem.length + 1);
    if (trailsOff && words >= 2 && rest.split(" ").length > 3) return true;
    return (enough || (trailsOff && words >= 2)) && !changesIdentity(rest);
  }
  // In front one word at most: "MTV Unplugged…"; more of them make a title of their own.
  const lead = long.stem.slice(0, -short.stem.length).trim();
  return enough && !lead.includes(" ") && !changesIdentity(lead);
}
