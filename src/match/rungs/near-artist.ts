// The same title under a near name: misspelled, as initials, or with a shorter or missing first name.
import type { AlbumBlock } from "../library/album-block.ts";
import type { Library } from "../library/library.ts";
import { lastName } from "../text/credit-parts.ts";
import { isNameSlip, isShorterFirstName } from "../text/name-slip.ts";
import type { Candidate } from "./candidates.ts";
import type { ParsedTitle } from "../titles/title.ts";
import type { Wanted } from "./compare.ts";
import { sameTitleBy } from "./spelled-otherwise.ts";
import { hasTellingWord, isDistinctive } from "../titles/telling-words.ts";

/** With shorter names, the title must be more distinctive. */
const longName = 10;

export function nearArtists(
  wanted: Wanted,
  names: readonly string[],
  library: Library,
): readonly Candidate[] {
  return names.flatMap((name) => sameTitleBy(nearBlocks(wanted.title, name, library), wanted, "near-artist"));
}

/** Blocks with a near name, if the title is distinctive enough for it. */
function nearBlocks(title: ParsedTitle, name: string, library: Library): readonly AlbumBlock[] {
  const words = library.wordsOf(name);
  const found = new Set<AlbumBlock>();
  // A name that the library has is not misspelled.
  if (library.blockBy(name) === undefined)
    for (const block of misspelled(title, words, library)) found.add(block);
  const last = words.length === 2 ? lastName(words) : "";
  const alone = last === "" ? undefined : library.block(last);
  if (alone !== undefined && isDistinctive(title, 2)) found.add(alone);
  for (const block of library.nearNames.initialed(words)) {
    // The key of initials is their letters.
    if (isDistinctive(title, block.key.length > 3 ? 1 : 2)) found.add(block);
  }
  return [...found];
}

function misspelled(title: ParsedTitle, words: readonly string[], library: Library): readonly AlbumBlock[] {
  return library.nearNames.butForWord(words, (theirs) =>
    isNameSlip(words, theirs)
      ? tells(title, words)
      : isShorterFirstName(words, theirs) && isDistinctive(title, 1),
  );
}

function tells(title: ParsedTitle, words: readonly string[]): boolean {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return letters >= longName ? hasTellingWord(title) : isDistinctive(title, 2);
}
