// A sleeve as a terminal shows it, of the cover's own bytes or of its hash. Loaded where one is shown.
import type { Context } from "../../../context.ts";
import { fitInto } from "../../../images/pixels.ts";
import { keptPicture } from "../../../images/kept-pictures.ts";
import { unpack } from "../../../images/unpack.ts";
import { readableHead } from "../../../images/picture-head.ts";
import { pixelsOfThumbhash } from "../../../images/thumbhash.ts";
import {
  type PictureWay,
  blockSleeve,
  itermSleeve,
  kittySleeve,
  sleeveSize,
  type Sleeve,
} from "../../../output/sleeve.ts";
import { coversPath } from "../../../host/paths.ts";
import type { RecordCover } from "../../../queries/records/records-by-id.ts";

export function drawnSleeve(cover: RecordCover, way: PictureWay, context: Context): Sleeve | null {
  const size = sleeveSize(context.screen.width);
  if (size === null) return null;
  const file = keptPicture(coversPath(context.env, context.platform), cover.address);
  if (file !== null && way === "iterm2" && readableHead(file) !== null) return itermSleeve(file, size);
  const pixels = file === null ? null : unpack(file);
  if (pixels !== null && way === "kitty") return kittySleeve(fitInto(pixels, kittySide), size);
  // Of a cover that isn't kept there is its hash: as blurred in large as in small.
  const rough = pixels ?? pixelsOfThumbhash(cover.thumbhash);
  return rough === null ? null : blockSleeve(fitInto(rough, size.columns), size);
}

/** As large as cells are on most screens; the terminal makes it fit. */
const kittySide = 250;
