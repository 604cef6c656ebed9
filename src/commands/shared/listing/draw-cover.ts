// Draws a cover for a terminal from its file or its hash. Loaded only when needed.
import type { Context } from "../../../context.ts";
import { shrinkToFit, decodeThumbhash } from "../../../images/thumbhash.ts";
import { readCachedCover, detectImageType } from "../../../images/cached-covers.ts";
import { decodeImage } from "../../../images/decode-image.ts";
import {
  type CoverProtocol,
  renderBlockCover,
  renderItermCover,
  renderKittyCover,
  computeCoverSize,
  type DrawnCover,
} from "../../../output/terminal-cover.ts";
import { getCoversPath } from "../../../host/paths.ts";
import type { RecordCover } from "../../../queries/records/read-records.ts";

export function drawCover(cover: RecordCover, way: CoverProtocol, context: Context): DrawnCover | null {
  const size = computeCoverSize(context.screen.width);
  if (size === null) return null;
  const file = readCachedCover(getCoversPath(context.env, context.platform), cover.address);
  if (file !== null && way === "iterm2" && detectImageType(file) !== null)
    return renderItermCover(file, size);
  const pixels = file === null ? null : decodeImage(file);
  if (pixels !== null && way === "kitty") return renderKittyCover(shrinkToFit(pixels, maxKittySide), size);
  // A cover that is not stored is drawn from its hash.
  const rough = pixels ?? decodeThumbhash(cover.thumbhash);
  return rough === null ? null : renderBlockCover(shrinkToFit(rough, size.columns), size);
}

/** Pixels; the terminal scales it to its cells. */
const maxKittySide = 250;
