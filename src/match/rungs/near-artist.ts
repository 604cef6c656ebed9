// The same title under a name near the artist's: a slip of the pen, initials, a first name left out or fuller.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { Library } from "../albums/library.ts";
import { lastName } from "../text/credit-parts.ts";
import { initialsOfName, isNameSlip, isShorterFirstName } from "../text/name-slip.ts";
import type { Candidate } from "./candidates.ts";
import type { ParsedTitle } from "../text/title.ts";
import { compareTitles, type Wanted } from "./compare.ts";
import { isDoubtful, looser } from "./ladder.ts";
import { hasTellingWord, isDistinctive } from "./telling-words.ts";

const none: readonly Candidate[] = [];
const noBlocks: readonly AlbumBlock[] = [];

/** Names of some length are a letter from no other; beside shorter ones the title must tell the more. */
const longName = 10;

export function nearArtists(
  wanted: Wanted,
  names: readonly string[],
  library: Library,
): readonly Candidate[] {
  let found: Candidate[] | null = null;
  for (let at = 0; at < names.length; at++) {
    const name = names[at] as string;
    for (const block of nearBlocks(wanted.title, name, library) ?? noBlocks) {
      for (const entry of block.titled(wanted)) {
        const rule = compareTitles(wanted, entry.title);
        if (rule !== null && !isDoubtful(rule))
          (found ??= []).push({ entry, rule: looser("near-artist", rule) });
      }
    }
  }
  return found ?? none;
}

/** Blocks under a near name, where the title tells as much as the name leaves open. */
function nearBlocks(title: ParsedTitle, name: string, library: Library): readonly AlbumBlock[] | null {
  const words = library.wordsOf(name);
  const isNear = (theirs: readonly string[]): boolean =>
    isNameSlip(words, theirs)
      ? tells(title, words)
      : isShorterFirstName(words, theirs) && isDistinctive(title, 1);
  // A name that is known is spelled as it should be.
  const isKnown = library.block(library.keyOf(name)) !== undefined;
  let found = isKnown ? null : library.nearNames().butForWord(words, isNear);
  const add = (block: AlbumBlock): void => {
    if (!found?.includes(block)) (found ??= []).push(block);
  };
  const last = words.length === 2 ? lastName(words) : "";
  const alone = last === "" ? undefined : library.block(last);
  if (alone !== undefined && isDistinctive(title, 2)) add(alone);
  const initials = initialsOfName(words);
  for (let at = 0; at < initials.length; at++) {
    const letters = initials[at] as string;
    const block = library.initialed(letters);
    if (block !== undefined && isDistinctive(title, letters.length > 3 ? 1 : 2)) add(block);
  }
  return found;
}

function tells(title: ParsedTitle, words: readonly string[]): boolean {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return letters >= longName ? hasTellingWord(title) : isDistinctive(title, 2);
}
