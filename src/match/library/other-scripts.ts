import { foldArtist } from "../text/artist-name.ts";
import { isInOtherScript, latinKey, transliterated } from "../text/transliterate.ts";
import type { AlbumBlock } from "./album-block.ts";
import { addTo } from "./grouped.ts";

/** Artists by the names that they have in another alphabet. */
export class OtherScripts {
  readonly #blocks: readonly AlbumBlock[];
  readonly #others = new Map<string, string[]>();
  #latin: Map<string, string[]> | null = null;

  constructor(blocks: readonly AlbumBlock[]) {
    this.#blocks = blocks;
    for (const { key, names } of blocks)
      for (const { name } of names)
        if (isInOtherScript(name)) addTo(this.#others, latinKey(foldArtist(transliterated(name))), key);
  }

  /** Keys of those whose name is this one, of which one side is in Latin letters. */
  get(name: string): readonly string[] {
    if (!isInOtherScript(name))
      return this.#others.size === 0 ? [] : (this.#others.get(latinKey(foldArtist(name))) ?? []);
    if (this.#latin === null) {
      this.#latin = new Map();
      for (const { key } of this.#blocks) if (!isInOtherScript(key)) addTo(this.#latin, latinKey(key), key);
    }
    return this.#latin.get(latinKey(foldArtist(transliterated(name)))) ?? [];
  }
}
