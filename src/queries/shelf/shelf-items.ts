// Collection items in the shape of the hosted API.
import type { ShelfItem, ShelfItemInFull, ShelfPage } from "../documents/hosted-shelf-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { contractCollection } from "../records/contract.ts";
import { contractPagination } from "../documents/paging.ts";
import { countFiltered } from "../records/record-counts.ts";
import { listRecords, type RecordQuery } from "../records/read-records.ts";
import { recordById } from "../records/records-by-id.ts";
import type { RecordRow } from "../records/record-row.ts";

export function shelfPage(database: Database, query: RecordQuery): ShelfPage {
  return {
    data: itemsOf(database, [...listRecords(database, query)]),
    pagination: contractPagination(query.paging, countFiltered(database, query.filter)),
  };
}

/** Returns undefined if the record is not on the shelf. */
export function shelfItem(database: Database, id: number): ShelfItemInFull | undefined {
  const record = recordById(database, id);
  const [item] = record === undefined ? [] : itemsOf(database, [record]);
  if (item === undefined) return undefined;
  const tracks = tracklistReader(database)(item.discogs_id) ?? [];
  return {
    ...item,
    tracklist: tracks.map(({ position, title, durationSeconds }) => ({
      position,
      title,
      duration: durationSeconds === null ? "" : minutes(durationSeconds),
    })),
    country: null,
    community_have: null,
    community_want: null,
    lowest_price: null,
    num_for_sale: null,
    notes: null,
  };
}

/** "4:05" */
function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function itemsOf(database: Database, records: readonly RecordRow[]): ShelfItem[] {
  const formats = database
    .prepare<[number], string>(
      `SELECT json_group_array(json_object('name', name, 'qty', CAST(quantity AS TEXT), 'text', text,
         'descriptions', json(descriptions))) FROM (
         SELECT * FROM release_format WHERE release_id = ? ORDER BY position)`,
    )
    .pluck();
  const labels = database
    .prepare<[number], string>(
      `SELECT json_group_array(json_object('id', label_id, 'name', name, 'catno', catalog_number)) FROM (
         SELECT * FROM release_label WHERE release_id = ? ORDER BY position)`,
    )
    .pluck();
  return records.map((record) => {
    const { image, date_added, rating, discogs_url, genres, styles, ...head } = contractCollection(record);
    return {
      ...head,
      format_detail: formats.get(record.releaseId) ?? "[]",
      label: labels.get(record.releaseId) ?? "[]",
      genres,
      styles,
      image,
      date_added,
      rating,
      discogs_url,
    };
  });
}
