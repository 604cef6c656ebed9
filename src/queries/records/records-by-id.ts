// Reads records by number.
import type { Database } from "../../store/file/database.ts";
import {
  briefColumns,
  fromRow,
  otherColumns,
  type RecordRow,
  type StoredRow,
  withOthers,
} from "./record-row.ts";
import { recordSource } from "../figures/record-source.ts";
import type { CoverPreview } from "../../images/cover-preview.ts";
import type { PictureAddress } from "../../store/shelf/stored-pictures.ts";

/** The picture itself, if it is stored, is keptPicture(directory, address). */
export interface RecordCover extends PictureAddress, CoverPreview {}

/** The covers that are known, by record number. */
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

export function recordById(database: Database, id: number): RecordRow | undefined {
  return recordsById(database, [id]).get(id);
}

/** One statement. Records that are not on the shelf are left out. */
export function recordsById(database: Database, ids: readonly number[]): ReadonlyMap<number, RecordRow> {
  const rows = database
    .prepare<[string], StoredRow>(
      `SELECT ${briefColumns({})}, ${otherColumns}, match.play_count AS playCount, NULL AS artistPlays
       FROM json_each(?) AS wanted JOIN ${recordSource({}).tables} ${withOthers} WHERE match.record_id = wanted.value`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

const chunk = 500;

/** Each item with its record, in chunks, so that a shelf of 100,000 records need not fit in memory. */
export function recordsOf<Item extends { readonly recordId: number }>(
  database: Database,
  items: readonly Item[],
): Iterable<Item & { readonly record: RecordRow }> {
  return {
    *[Symbol.iterator]() {
      for (let from = 0; from < items.length; from += chunk) {
        const some = items.slice(from, from + chunk);
        const records = recordsById(
          database,
          some.map(({ recordId }) => recordId),
        );
        for (const item of some) {
          const record = records.get(item.recordId);
          if (record !== undefined) yield { ...item, record };
        }
      }
    },
  };
}
