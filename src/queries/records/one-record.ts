// All that is known of one record.
import type { Database } from "../../store/file/database.ts";
import { contractRow, rowKeys, type ContractRow } from "./contract.ts";
import { recordById } from "./records-by-id.ts";
import type { RecordRow } from "./record-row.ts";
import type { Keys } from "../documents/document.ts";
import type { Hit } from "../find/find-records.ts";
import { readPublications } from "../../store/file/listings.ts";
import { historyState } from "../figures/readiness.ts";

export interface RecordAnswer {
  readonly record: RecordRow;
  readonly copies: number;
}

/** undefined: it left the shelf. */
export function ask(database: Database, copies: Hit): RecordAnswer | undefined {
  const record = recordById(database, copies[0].id);
  if (record === undefined) return undefined;
  const isComplete = historyState(readPublications(database)) === "complete";
  return { record: isComplete ? record : { ...record, spins: null }, copies: copies.length };
}

interface RecordDocument extends ContractRow {
  readonly kind: string;
  readonly form: string;
  readonly original_year: number | null;
  readonly label: string | null;
  readonly catalog_number: string | null;
  readonly folder: string | null;
  readonly copies: number;
  readonly spins: number | null;
  readonly decided_by: "matcher" | "user";
}

export const keys: Keys<RecordDocument> = {
  ...rowKeys,
  kind: "album, single, ep and the like",
  form: "LP, CD and the like",
  original_year: "in which the album first came out; null where it isn't known",
  label: "the first; null when there is none",
  catalog_number: "with that label",
  folder: "of your collection",
  copies: "of the album on the shelf, whatever the pressing",
  spins: "sittings in which half of it or more was heard; null when they are not known",
  decided_by: "who matched it: matcher, user",
};

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
    decided_by: record.decidedBy,
  };
}
