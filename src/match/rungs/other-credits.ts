// The same title under another credit: one of its artists, some of many, a longer credit, a last name, or a near name.
import type { AlbumBlock } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { lastName, partsOfCredit } from "../text/credit-parts.ts";
import { hasTellingWord, isDistinctive } from "../titles/telling-words.ts";
import type { ParsedTitle } from "../titles/title.ts";
import { equalTitles, soundBy, type Candidate } from "./candidates.ts";
import type { Credits } from "./credits.ts";
import type { TitleRule } from "./ladder.ts";
import { inEachLanguage } from "./other-titles.ts";
import type { Target } from "./target.ts";

/** Blocks of a release's artists, alone or with others. */
export function sharedCredits(credits: Credits, library: Library): readonly AlbumBlock[] {
  const { partial, whole } = credits;
  const blocks = new Set<AlbumBlock>();
  const add = (more: readonly AlbumBlock[]): void => {
    for (const block of more) blocks.add(block);
  };
  // A set of names is no artist's key.
  for (const key of partial) add(key.startsWith("{") ? library.credits.shared(key) : library.blocks([key]));
  for (const key of whole) add(library.credits.shared(key));
  return [...blocks];
}

/** Albums of the same distinctive title by artists known by their last name: "Rodriguez", "Sixto Rodriguez". */
export function byLastName(target: Target, library: Library): readonly Candidate[] {
  if (target.title.stem.split(" ").length < 3 || !isDistinctive(target.title)) return [];
  const credits = target.credits.names.flatMap((name) => [name, ...partsOfCredit(name)]);
  const blocks = new Set(credits.flatMap((name) => namesakes(name, library)));
  return sameTitleBy([...blocks], target, "credit");
}

/** Blocks with a name that is the last word of this one, or that has this one as its last word. */
function namesakes(name: string, library: Library): readonly AlbumBlock[] {
  const words = library.known(name).words;
  const last = lastName(words);
  if (last === "") return [];
  if (words.length === 1) return library.credits.endingIn(last);
  const alone = library.blockBy(last);
  const others = library.credits.knownAs(last);
  return alone === undefined ? others : [alone, ...others];
}

/** With shorter names, the title must be more distinctive. */
const longName = 10;

/** Albums of the same title under a near name: misspelled, as initials, or with a shorter or missing first name. */
export function byNearName(target: Target, library: Library): readonly Candidate[] {
  const blocks = target.credits.names.flatMap((name) => nearBlocks(target.title, name, library));
  return sameTitleBy(blocks, target, "near-artist");
}

/** Blocks with a near name, if the title is distinctive enough for it. */
function nearBlocks(title: ParsedTitle, name: string, library: Library): readonly AlbumBlock[] {
  const words = library.known(name).words;
  const blocks = new Set<AlbumBlock>();
  // A name that the library has is not misspelled.
  if (library.blockBy(name) === undefined)
    for (const block of library.nearNames.misspelled(words)) if (tells(title, words)) blocks.add(block);
  if (isDistinctive(title)) for (const block of library.nearNames.initialed(words)) blocks.add(block);
  return [...blocks];
}

function tells(title: ParsedTitle, words: readonly string[]): boolean {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return letters >= longName ? hasTellingWord(title) : isDistinctive(title);
}

/** Albums with the record's title by artists who may be its own; no rung is tighter than the given one. */
function sameTitleBy(blocks: readonly AlbumBlock[], target: Target, rung: TitleRule): readonly Candidate[] {
  const rows = blocks.flatMap((block) => [...equalTitles(target, block), ...inEachLanguage(target, block)]);
  return soundBy(rung, rows);
}
