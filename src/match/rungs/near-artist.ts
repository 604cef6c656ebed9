// The same title under a name near the artist's: a slip of the pen, initials, a first name left out or fuller.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { Library } from "../albums/library.ts";
import { lastName } from "../text/credit-parts.ts";
import { isNameSlip, isShorterFirstName } from "../text/name-slip.ts";
import type { Candidate } from "./candidates.ts";
import type { ParsedTitle } from "../text/title.ts";
import type { Wanted } from "./compare.ts";
import { sameTitleBy } from "./same-title.ts";
import { hasTellingWord, isDistinctive } from "./telling-words.ts";

const none: readonly Candidate[] = [];

/** Names of some length are a letter from no other; beside shorter ones the title must tell the more. */
const longName = 10;

export function nearArtists(
  wanted: Wanted,
  names: readonly string[],
  library: Library,
): readonly Candidate[] {
  let found = none;
  for (let at = 0; at < names.length; at++) {
    const blocks = nearBlocks(wanted.title, names[at] as string, library);
    if (blocks !== null) found = [...found, ...sameTitleBy(blocks, wanted, "near-artist")];
  }
  return found;
}

/** Blocks under a near name, where the title tells as much as the name leaves open. */
function nearBlocks(title: ParsedTitle, name: string, library: Library): readonly AlbumBlock[] | null {
  const words = library.wordsOf(name);
  // A name that is known is spelled as it should be.
  const isKnown = library.blockBy(name) !== undefined;
  let found = isKnown ? null : misspelled(title, words, library);
  const last = words.length === 2 ? lastName(words) : "";
  const alone = last === "" ? undefined : library.block(last);
  if (alone !== undefined && isDistinctive(title, 2)) found = withBlock(found, alone);
  const initialed = library.initialed(words);
  for (let at = 0; at < initialed.length; at++) {
    const block = initialed[at] as AlbumBlock;
    // Their key is their letters.
    if (isDistinctive(title, block.key.length > 3 ? 1 : 2)) found = withBlock(found, block);
  }
  return found;
}

function misspelled(title: ParsedTitle, words: readonly string[], library: Library): AlbumBlock[] | null {
  return library
    .nearNames()
    .butForWord(words, (theirs) =>
      isNameSlip(words, theirs)
        ? tells(title, words)
        : isShorterFirstName(words, theirs) && isDistinctive(title, 1),
    );
}

function withBlock(blocks: AlbumBlock[] | null, block: AlbumBlock): AlbumBlock[] {
  if (blocks === null) return [block];
  if (!blocks.includes(block)) blocks.push(block);
  return blocks;
}

function tells(title: ParsedTitle, words: readonly string[]): boolean {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return letters >= longName ? hasTellingWord(title) : isDistinctive(title, 2);
}
