// Draws a sleeve for a terminal from the cover's file or from its hash. Loaded only when needed.
import type { Context } from "../../../context.ts";
import { fitInto, pixelsOfThumbhash } from "../../../images/thumbhash.ts";
import { keptPicture, pictureType } from "../../../images/kept-pictures.ts";
import { unpack } from "../../../images/unpack.ts";
import {
  type PictureWay,
  blockSleeve,
  itermSleeve,
  kittySleeve,
  sleeveSize,
  type Sleeve,
} from "../../../output/sleeve.ts";
import { coversPath } from "../../../host/paths.ts";
import type { RecordCover } from "../../../queries/records/read-records.ts";

export function drawnSleeve(cover: RecordCover, way: PictureWay, context: Context): Sleeve | null {
  const size = sleeveSize(context.screen.width);
  if (size === null) return null;
  const file = keptPicture(coversPath(context.env, context.platform), cover.address);
  if (file !== null && way === "iterm2" && pictureType(file) !== null) return itermSleeve(file, size);
  const pixels = file === null ? null : unpack(file);
  if (pixels !== null && way === "kitty") return kittySleeve(fitInto(pixels, kittySide), size);
  // A cover that is not stored is drawn from its hash.
  const rough = pixels ?? pixelsOfThumbhash(cover.thumbhash);
  return rough === null ? null : blockSleeve(fitInto(rough, size.columns), size);
}

/** In pixels; the terminal scales it to its cells. */
const kittySide = 250;
