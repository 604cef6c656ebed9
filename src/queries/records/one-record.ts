// Everything about one record.
import type { RecordDocument } from "../documents/record-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { amountOf } from "../../model/price.ts";
import { contractRow } from "./contract.ts";
import { recordById } from "./records-by-id.ts";
import type { RecordRow } from "./record-row.ts";
import type { Hit } from "../find/find-records.ts";
import { readPublications } from "../../store/file/listings.ts";
import { historyState } from "../figures/readiness.ts";

export interface RecordAnswer {
  readonly record: RecordRow;
  readonly copies: number;
}

/** Returns undefined if the record has left the shelf. */
export function ask(database: Database, copies: Hit): RecordAnswer | undefined {
  const record = recordById(database, copies[0].id);
  if (record === undefined) return undefined;
  const isComplete = historyState(readPublications(database)) === "complete";
  return {
    record: isComplete ? record : { ...record, spins: null, costPerSpinCents: null },
    copies: copies.length,
  };
}

export function document({ record, copies }: RecordAnswer): RecordDocument {
  return {
    ...contractRow(record),
    kind: record.kind,
    form: record.form,
    original_year: record.originalYear,
    label: record.label,
    catalog_number: record.catalogNumber,
    folder: record.folder,
    copies,
    spins: record.spins,
    paid: amountOf(record.paidCents),
    currency: record.currency,
    cost_per_spin: amountOf(record.costPerSpinCents),
    cost_per_play: amountOf(record.costPerPlayCents),
    decided_by: record.decidedBy,
  };
}
