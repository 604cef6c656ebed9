// What the covers of records look like, for pages and terminals that show them.
import type { CoverLook } from "../../images/look.ts";
import type { Database } from "../../store/file/database.ts";
import type { PictureAddress } from "../../store/shelf/pictures.ts";

/** Its bytes, where they are kept, are keptPicture(directory, address). */
export interface RecordCover extends PictureAddress, CoverLook {}

/** Of these records, by their ids: those whose cover is known. */
export function coversOf(database: Database, recordIds: readonly number[]): ReadonlyMap<number, RecordCover> {
  const rows = database
    .prepare<[string], RecordCover & { readonly id: number }>(
      `SELECT record.id AS id, picture.source AS source, picture.address AS address, thumbhash,
         dominant_color AS dominantColour, accent_color AS accentColour
       FROM json_each(?) AS wanted JOIN record ON record.id = wanted.value
       JOIN cover ON cover.release_id = record.release_id JOIN picture ON picture.address = cover.address`,
    )
    .all(JSON.stringify(recordIds));
  return new Map(rows.map(({ id, ...cover }) => [id, cover]));
}
