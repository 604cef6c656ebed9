import { namedPieces } from "../titles/named-pieces.ts";
import { keyOf } from "../titles/title.ts";
import type { AlbumBlock } from "./album-block.ts";
import type { Entry } from "./entry.ts";
import { addTo } from "./grouped.ts";

/** An album of a series, and the name behind or before the series' own. */
export interface Part {
  readonly entry: Entry;
  readonly name: string;
}

/** Albums by many artists whose title is set off into pieces, by the key of each piece that is a title. */
export function createSeriesIndex(block: AlbumBlock | undefined): ReadonlyMap<string, readonly Part[]> {
  const index = new Map<string, Part[]>();
  for (const entry of block?.entries ?? [])
    for (const { title, name } of namedPieces(entry.title.stemText))
      addTo(index, keyOf(title), { entry, name });
  return index;
}
