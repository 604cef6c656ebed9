import { blockIndex, push, type AlbumBlock, type BlockIndex } from "./album-block.ts";
import type { Entry } from "./entry.ts";
import { isNear, tellingWords } from "../rungs/near-title.ts";
import type { ParsedTitle } from "../text/title.ts";

/** Up to here looking through all is cheaper than an index. */
const fewEntries = 24;

/** A word that so many titles of one artist share finds no near ones. */
const mostOfOneWord = 40;

const wordIndexes = new WeakMap<BlockIndex, ReadonlyMap<string, readonly Entry[]>>();

/** An artist's albums whose titles are near a title, equal ones among them. */
export function nearEntries(block: AlbumBlock, title: ParsedTitle): readonly Entry[] {
  const index = blockIndex(block);
  if (index.entries.length <= fewEntries) return index.entries.filter((entry) => isNear(title, entry.title));
  const likely = new Set<Entry>([...index.sameKey(title.key), ...index.sameShape(title.key)]);
  const byWord = wordIndex(index);
  for (const word of tellingWords(title)) {
    const holding = byWord.get(word) ?? [];
    if (holding.length <= mostOfOneWord) for (const entry of holding) likely.add(entry);
  }
  return [...likely].filter((entry) => isNear(title, entry.title));
}

function wordIndex(index: BlockIndex): ReadonlyMap<string, readonly Entry[]> {
  const known = wordIndexes.get(index);
  if (known) return known;
  const byWord = new Map<string, Entry[]>();
  for (const entry of index.entries) for (const word of tellingWords(entry.title)) push(byWord, word, entry);
  wordIndexes.set(index, byWord);
  return byWord;
}
