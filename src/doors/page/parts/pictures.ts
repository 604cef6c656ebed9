// The picture of a tile: a blur from the cover's hash, or the cover itself.
import { keptPicture, pictureType } from "../../../images/kept-pictures.ts";
import { tinyBitmap } from "../../../images/thumbhash.ts";
import { text, type Markup } from "../../../output/markup.ts";
import { coversOf, type RecordCover } from "../../../queries/records/read-records.ts";
import type { Database } from "../../../store/file/database.ts";

export interface Pictures {
  /** The data address of an image; undefined if the cover is unknown. */
  of(this: void, recordId: number): Markup | undefined;
  /** The number of covers in the page, and of those that did not fit. */
  readonly counts: { readonly embedded: number; readonly leftOut: number };
}

/** Browsers open no larger page. */
const mostBytes = 60_000_000;

/** `directory`: of stored covers; null: embed none. */
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
    if (bytes === null || type === null) return undefined;
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
