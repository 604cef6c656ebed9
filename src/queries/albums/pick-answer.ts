// A record for tonight: the albums drawn, with what a person needs to know and find.
import type { PickDocument } from "../documents/album-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { activeSnoozes, proposedSince } from "../../store/decisions/user-decisions.ts";
import { contractRow, isoSeconds } from "../records/contract.ts";
import { recordsOf, type RecordRow } from "../records/read-records.ts";
import { emptiedBy, needsOf, type Emptied, type RecordFilter } from "../filters/record-filter.ts";
import {
  fieldValues,
  pickRecords,
  yearsOfMostSpins,
  type PickCandidate,
  type Picks,
  seededRandom,
} from "./pick.ts";
import { readPublications } from "../../store/file/listings.ts";
import { historyState, requireHistory } from "../figures/readiness.ts";

export interface PickQuestion {
  /** Albums and EPs unless it names kinds, because a single is short and a box takes all night. */
  readonly filter: RecordFilter;
  readonly count: number;
  /** null: albums proposed since `proposedSinceUts` are left out, and the draw is random. */
  readonly seed: number | null;
  readonly random: () => number;
  readonly proposedSinceUts: number;
  readonly nowUts: number;
  /** The custom field that says where a record stands; null: none. */
  readonly shelfField: string | null;
}

export interface PickAnswer extends Omit<Picks, "picks"> {
  readonly seed: number | null;
  readonly rows: readonly PickRow[];
  /** If no custom field has the name asked for, the names of all fields; otherwise null. */
  readonly knownFields: readonly string[] | null;
  /** The filters that left nothing, if nothing is left. */
  readonly emptied: () => Emptied;
}

export interface PickRow extends PickCandidate {
  readonly record: RecordRow;
  /** The value of the shelf field; null: none. */
  readonly shelf: string | null;
  /** The year with more than half of its spins; null if there is none. */
  readonly yearOfMostSpins: number | null;
}

/** Throws NotReadyError for filters that need a complete listening history. */
export function ask(database: Database, question: PickQuestion): PickAnswer {
  const { filter, count, seed, nowUts, shelfField } = question;
  const published = readPublications(database);
  requireHistory(database, published, ...needsOf(filter));
  const draw = {
    filter: withUsualKinds(filter),
    count,
    random: seed === null ? question.random : seededRandom(seed),
    nowUts,
    // With a seed, the answer depends on the cache alone.
    except: seed === null ? proposedSince(database, question.proposedSinceUts) : [],
    snoozed: activeSnoozes(database, nowUts),
    isHistoryComplete: historyState(published) === "complete",
  };
  const { picks, ...counts } = pickRecords(database, draw);
  const ids = picks.map(({ recordId }) => recordId);
  const years = yearsOfMostSpins(database, ids);
  const { values, known } = fieldValues(database, shelfField, ids);
  const rows = Array.from(recordsOf(database, picks), (pick) => ({
    ...pick,
    shelf: values.get(pick.recordId) ?? null,
    yearOfMostSpins: years.get(pick.recordId) ?? null,
  }));
  const emptied = (): Emptied =>
    emptiedBy(filter, (each) => pickRecords(database, { ...draw, filter: withUsualKinds(each) }).albums);
  return { ...counts, seed, rows, knownFields: known, emptied };
}

function withUsualKinds(filter: RecordFilter): RecordFilter {
  return { ...filter, kind: filter.kind ?? ["album", "ep"] };
}

/** `why` turns a row into a sentence. The caller words it. */
export function document(
  { rows, albums, records, excepted, seed }: PickAnswer,
  why: (row: PickRow) => string,
): PickDocument {
  return {
    data: rows.map((row) => ({
      ...contractRow(row.record),
      copies: row.copies,
      spins: row.spins,
      last_spin: isoSeconds(row.lastSpinUts),
      label: row.record.label,
      catalog_number: row.record.catalogNumber,
      folder: row.record.folder,
      shelf: row.shelf,
      why: why(row),
      weight: row.weight,
    })),
    summary: { albums, records, proposed_lately: excepted },
    seed,
  };
}
