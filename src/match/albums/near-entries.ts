import { isNear } from "../rungs/near-title.ts";
import type { ParsedTitle } from "../text/title.ts";
import type { AlbumBlock } from "./album-block.ts";
import type { Entry } from "./entry.ts";

/** An artist's albums whose titles are near a title, equal ones among them. */
export function nearEntries(block: AlbumBlock, title: ParsedTitle): readonly Entry[] {
  return block.alike(title).filter((entry) => isNear(title, entry.title));
}
