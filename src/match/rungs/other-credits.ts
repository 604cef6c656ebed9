// The same title under another credit: one of its artists, some of many, a longer credit, a last name, or a near name.
import type { AlbumBlock } from "../library/entry.ts";
import type { Library } from "../library/library.ts";
import { lastName } from "../text/credit-parts.ts";
import { hasTellingWord, isDistinctive } from "../titles/telling-words.ts";
import type { NameTypo } from "../text/name-slip.ts";
import { equalTitles, soundBy, type Candidate } from "./candidates.ts";
import { type Credits, spokenNames } from "./credits.ts";
import type { TitleRule } from "./ladder.ts";
import { inEachLanguage } from "./other-titles.ts";
import { targetOf, type Target } from "./target.ts";

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
  // Two of the artists together, in a credit of more.
  const names = credits.names.length > 1 ? credits.names : library.known(credits.names[0] ?? "").credit.names;
  const lists = [...new Set(names.map((name) => library.keyOf(name)))]
    .map((key) => library.credits.shared(key))
    .toSorted((a, b) => a.length - b.length);
  while (lists.length > 1) {
    const list = lists.shift() ?? [];
    add(list.filter((block) => lists.some((others) => others.includes(block))));
  }
  return [...blocks];
}

/** Albums of the same distinctive title by artists known by their last name: "Rodriguez", "Sixto Rodriguez". */
export function byLastName(target: Target, library: Library): readonly Candidate[] {
  if (!isDistinctive(target.title)) return [];
  const credits = target.credits.names.flatMap((name) => [name, ...library.known(name).credit.parts]);
  // Many artists end in a name of one word, so its titles must tell more.
  const fullNames = credits.filter((name) => target.title.words.length >= 3 || name.includes(" "));
  const blocks = new Set(fullNames.flatMap((name) => namesakes(name, library)));
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

/** With a shorter name or a likely typo, the title must tell more. */
const [longName, longWord] = [10, 6];

/** Albums of the same title by artists whose initials the name is, or who are known by their initials. */
export function byInitials(target: Target, library: Library): readonly Candidate[] {
  if (!isDistinctive(target.title)) return [];
  const blocks = target.credits.names.flatMap((name) => library.nearNames.initialed(library.known(name)));
  return sameTitleBy(blocks, target, "near-artist");
}

/** The record under each name of which an artist's name may be a misspelling. */
export function correctlyNamed(target: Target, library: Library): readonly Target[] {
  const targets = new Map<AlbumBlock, Target>();
  for (const name of target.credits.names) {
    const { words } = library.known(name);
    for (const { block, typo } of library.nearNames.misspelled(words))
      if (tells(target, words, typo, library.blockBy(name) !== undefined))
        targets.set(block, underName(target, name, block.mostPlayedName, library));
  }
  return [...targets.values()];
}

/** Whether a title tells enough to take one artist for another. A name that the library has may be right. */
function tells(target: Target, words: readonly string[], typo: NameTypo, isKnown: boolean): boolean {
  const { title, selfTitled } = target;
  const isLong = words.join("").length >= longName;
  if (!isKnown && typo === "certain" && isLong && words.length > 1) return true;
  if (selfTitled) return false;
  if (isDistinctive(title)) return true;
  if (isKnown || (words.length === 1 && !isLong && typo !== "certain")) return false;
  return hasTellingWord(title, typo === "likely" || words.length === 1 ? longWord : undefined);
}

/** The record, as if its artist had another name, in its title as well. */
function underName(target: Target, name: string, other: string, library: Library): Target {
  const { release } = target;
  const artists = release.artists.map((artist) => {
    const isNamed = [artist.name, artist.anv].flatMap(spokenNames).includes(name);
    return isNamed ? { ...artist, name: other, anv: "" } : artist;
  });
  return targetOf({ ...release, artists, title: release.title.replace(name, () => other) }, library);
}

/** Albums with the record's title by artists who may be its own; no rung is tighter than the given one. */
function sameTitleBy(blocks: readonly AlbumBlock[], target: Target, rung: TitleRule): readonly Candidate[] {
  const rows = blocks.flatMap((block) => [...equalTitles(target, block), ...inEachLanguage(target, block)]);
  return soundBy(rung, rows);
}
