// Under whom a release may stand beside its whole credit: one artist among several, several of many, the credit within a longer one.
import type { AlbumBlock } from "../albums/album-block.ts";
import type { Library } from "../albums/library.ts";
import { distinct } from "../distinct.ts";
import { namesOfCredit } from "../text/credit-parts.ts";
import type { Credits } from "./credits.ts";

/** Blocks of the artists of a release alone, or together with others. */
export function sharedCredits(credits: Credits, library: Library): readonly AlbumBlock[] {
  const { partial, whole, names } = credits;
  // Most are known by one name.
  if (partial.length === 0 && whole.length === 1 && names.length < fewestOfMany)
    return library.sharedBlocks(whole[0] as string);
  const blocks: AlbumBlock[] = [];
  for (let at = 0; at < partial.length; at++) {
    const key = partial[at] as string;
    // Under a set of names no artist has a block of his own.
    if (key.startsWith("{")) addBlocks(blocks, library.sharedBlocks(key));
    else {
      const block = library.block(key);
      if (block) blocks.push(block);
    }
  }
  for (let at = 0; at < whole.length; at++) addBlocks(blocks, library.sharedBlocks(whole[at] as string));
  addBlocks(blocks, someOfMany(credits, library));
  return distinct(blocks);
}

function addBlocks(blocks: AlbumBlock[], more: readonly AlbumBlock[]): void {
  for (let at = 0; at < more.length; at++) blocks.push(more[at] as AlbumBlock);
}

const fewestOfMany = 3;

/** Blocks credited to some of three artists or more, and to nobody else. */
function someOfMany({ names }: Credits, library: Library): readonly AlbumBlock[] {
  if (names.length < fewestOfMany) return [];
  const keys = new Set(names.map((name) => library.keyOf(name)));
  const isOfThem = (credit: string): boolean => {
    const parts = namesOfCredit(credit);
    return parts.length > 1 && parts.every((name) => keys.has(library.keyOf(name)));
  };
  return [...keys].flatMap((key) =>
    library.sharedBlocks(key).filter((block) => block.names.some(({ name }) => isOfThem(name))),
  );
}
