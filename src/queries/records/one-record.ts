// One record: a search for it by words, number or address, and everything about it.
import { toAmount } from "../../model/price.ts";
import type { Database } from "../../store/file/database.ts";
import { toJsonPagination, selectPage, type Paging } from "../documents/paging.ts";
import type { RecordDocument, SearchDocument } from "../documents/record-documents.ts";
import { readHistoryState } from "../statistics/readiness.ts";
import { computeMaxPlays } from "../statistics/same-album.ts";
import { findAllRecords, type Hit } from "../find/find-records.ts";
import { toJsonRow } from "./json-rows.ts";
import { joinForms } from "./copies.ts";
import { findRecordById } from "./read-records.ts";

/** Copies of one album are one hit. Exact titles first, then the most played. */
export function searchRecords(database: Database, text: string, paging: Paging) {
  const { hits: all, ...reading } = findAllRecords(database, text);
  const data = selectPage(all, paging).map((hit) => {
    const [{ id, artist, title, year }] = hit;
    const plays = computeMaxPlays(hit);
    return { id, artist, title, form: joinForms(hit), year, play_count: plays, copies: hit.length };
  });
  const document: SearchDocument = { data, pagination: toJsonPagination(paging, all.length) };
  return { document, reading };
}

/** Returns undefined if the record has left the shelf. */
export function readRecordDocument(database: Database, copies: Hit): RecordDocument | undefined {
  const record = findRecordById(database, copies[0].id);
  if (record === undefined) return undefined;
  const isComplete = readHistoryState(database) === "complete";
  return {
    ...toJsonRow(record),
    kind: record.kind,
    form: record.form,
    original_year: record.originalYear,
    label: record.label,
    catalog_number: record.catalogNumber,
    folder: record.folder,
    copies: copies.length,
    spins: isComplete ? record.spins : null,
    paid: toAmount(record.paidCents),
    currency: record.currency,
    cost_per_spin: isComplete ? toAmount(record.costPerSpinCents) : null,
    cost_per_play: toAmount(record.costPerPlayCents),
    decided_by: record.decidedBy,
  };
}
