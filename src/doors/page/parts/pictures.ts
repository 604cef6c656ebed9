// What stands on a tile: a blur of the cover's hash, or the cover itself where its bytes are kept and asked for.
import { keptPicture } from "../../../images/kept-pictures.ts";
import { pictureType } from "../../../images/picture-head.ts";
import { tinyBitmap } from "../../../images/thumbhash.ts";
import { text, type Markup } from "../../../output/markup.ts";
import { coversOf, type RecordCover } from "../../../queries/records/records-by-id.ts";
import type { Database } from "../../../store/file/database.ts";

export interface Pictures {
  /** The address of an image within the page; undefined where nothing is known of the cover. */
  of(this: void, recordId: number): Markup | undefined;
  /** How many covers are in the page so far, and how many found no room in it. */
  readonly counts: { readonly embedded: number; readonly leftOut: number };
}

/** A page that is larger opens nowhere. */
const mostBytes = 60_000_000;

/** directory: of the covers that are kept; null: none is asked for. */
export function createPictures(
  database: Database,
  {
    recordIds,
    directory,
    most = mostBytes,
  }: {
    readonly recordIds: readonly number[];
    readonly directory: string | null;
    readonly most?: number;
  },
): Pictures {
  const covers = coversOf(database, recordIds);
  const counts = { embedded: 0, leftOut: 0 };
  let bytesLeft = most;
  const embedded = (cover: RecordCover): Markup | undefined => {
    const bytes = directory === null ? null : keptPicture(directory, cover.address);
    const type = bytes === null ? null : pictureType(bytes);
    if (bytes === null || (type !== "jpeg" && type !== "png")) return undefined;
    const address = `data:image/${type};base64,${bytes.toString("base64")}`;
    if (address.length > bytesLeft) {
      counts.leftOut += 1;
      return undefined;
    }
    bytesLeft -= address.length;
    counts.embedded += 1;
    return text(address);
  };
  return {
    of(recordId) {
      const cover = covers.get(recordId);
      if (cover === undefined) return undefined;
      const blur = tinyBitmap(cover.thumbhash);
      return embedded(cover) ?? (blur === null ? undefined : text(blur));
    },
    counts,
  };
}
