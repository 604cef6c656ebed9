// One record: a search for it by words, number or address, and everything about it.
import { amountOf } from "../../model/price.ts";
import type { Database } from "../../store/file/database.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import type { RecordDocument, SearchDocument } from "../documents/record-documents.ts";
import { historyState } from "../figures/readiness.ts";
import { mostPlays } from "../figures/same-album.ts";
import { findAllRecords, type Hit } from "../find/find-records.ts";
import { contractRow } from "./contract.ts";
import { formsTogether } from "./copies.ts";
import { recordById } from "./read-records.ts";

/** Copies of one album are one hit. Exact titles first, then the most played. */
export function search(database: Database, text: string, paging: Paging) {
  const { hits: all, ...reading } = findAllRecords(database, text);
  const data = pageOf(all, paging).map((hit) => {
    const [{ id, artist, title, year }] = hit;
    const plays = mostPlays(hit);
    return { id, artist, title, form: formsTogether(hit), year, play_count: plays, copies: hit.length };
  });
  const document: SearchDocument = { data, pagination: contractPagination(paging, all.length) };
  return { document, reading };
}

/** Returns undefined if the record has left the shelf. */
export function recordInFull(database: Database, copies: Hit): RecordDocument | undefined {
  const record = recordById(database, copies[0].id);
  if (record === undefined) return undefined;
  const isComplete = historyState(database) === "complete";
  return {
    ...contractRow(record),
    kind: record.kind,
    form: record.form,
    original_year: record.originalYear,
    label: record.label,
    catalog_number: record.catalogNumber,
    folder: record.folder,
    copies: copies.length,
    spins: isComplete ? record.spins : null,
    paid: amountOf(record.paidCents),
    currency: record.currency,
    cost_per_spin: isComplete ? amountOf(record.costPerSpinCents) : null,
    cost_per_play: amountOf(record.costPerPlayCents),
    decided_by: record.decidedBy,
  };
}
