// The picture of a tile: a blur from the cover's hash, or the cover itself.
import { readCachedCover, detectImageType } from "../../../images/cached-covers.ts";
import { toBitmapUrl } from "../../../images/thumbhash.ts";
import { escapeMarkup, type Markup } from "../../../output/markup.ts";
import { readCovers, type RecordCover } from "../../../queries/records/read-records.ts";
import type { Database } from "../../../store/file/database.ts";

export interface PageCovers {
  /** The data address of an image; undefined if the cover is unknown. */
  getCover(this: void, recordId: number): Markup | undefined;
  /** The number of covers in the page, and of those that did not fit. */
  readonly counts: { readonly embedded: number; readonly leftOut: number };
}

/** Browsers open no larger page. */
const maxPageBytes = 60_000_000;

/** `directory`: of stored covers; null: embed none. */
export function createPageCovers(
  database: Database,
  {
    recordIds,
    directory,
    maxBytes = maxPageBytes,
  }: {
    readonly recordIds: readonly number[];
    readonly directory: string | null;
    readonly maxBytes?: number;
  },
): PageCovers {
  const covers = readCovers(database, recordIds);
  const counts = { embedded: 0, leftOut: 0 };
  let bytesLeft = maxBytes;
  const embedCover = (cover: RecordCover): Markup | undefined => {
    const bytes = directory === null ? null : readCachedCover(directory, cover.address);
    const type = bytes === null ? null : detectImageType(bytes);
    if (bytes === null || type === null) return undefined;
    const address = `data:image/${type};base64,${bytes.toString("base64")}`;
    if (address.length > bytesLeft) {
      counts.leftOut += 1;
      return undefined;
    }
    bytesLeft -= address.length;
    counts.embedded += 1;
    return escapeMarkup(address);
  };
  return {
    getCover(recordId) {
      const cover = covers.get(recordId);
      if (cover === undefined) return undefined;
      const blur = toBitmapUrl(cover.thumbhash);
      return embedCover(cover) ?? (blur === null ? undefined : escapeMarkup(blur));
    },
    counts,
  };
}
