// The sleeve that stands beside what is told of one record: where the terminal shows it, and there is one.
import type { Context } from "../../context.ts";
import { pictureWay, type PictureWay } from "../../output/picture-way.ts";
import { blockSleeve, itermSleeve, kittySleeve, sleeveSize, type Sleeve } from "../../output/sleeve.ts";
import { coversPath } from "../../paths.ts";
import { coversOf, type RecordCover } from "../../queries/covers.ts";
import type { Database } from "../../store/database.ts";

/** null: none. Nothing that draws is loaded then. */
export async function sleeveFor(
  context: Context,
  database: Database,
  { recordId, isWanted }: { readonly recordId: number; readonly isWanted: boolean },
): Promise<Sleeve | null> {
  const way = isWanted ? pictureWay(context.screen, context.env) : null;
  if (way === null) return null;
  const cover = coversOf(database, [recordId]).get(recordId);
  if (cover === undefined) return null;
  return drawn(cover, way, context);
}

async function drawn(cover: RecordCover, way: PictureWay, context: Context): Promise<Sleeve | null> {
  const size = sleeveSize(context.screen.width);
  if (size === null) return null;
  const [{ keptPicture }, { unpack }, { fitInto }, { pixelsOfThumbhash }, { readableHead }] =
    await Promise.all([
      import("../../images/kept-pictures.ts"),
      import("../../images/look.ts"),
      import("../../images/box-average.ts"),
      import("../../images/thumbhash.ts"),
      import("../../images/picture-head.ts"),
    ]);
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
