// Albums with many spins, none of them recent.
import type { Database } from "../../store/file/database.ts";
import { plain } from "../../store/file/sql.ts";
import type { DustyDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { groupsOf } from "../figures/played-most.ts";
import { requireHistory } from "../figures/readiness.ts";
import { emptiedBy, type RecordFilter } from "../filters/record-filter.ts";
import { contractRow, isoSeconds } from "../records/contract.ts";
import { copiesOnShelf, formsTogether } from "../records/copies.ts";
import { recordsOf } from "../records/read-records.ts";
import { orderBy, type ListRequest, type SleeperSort } from "../records/record-order.ts";

/** Sort asleep: the longest pause first. */
export interface DustyQuestion extends ListRequest<SleeperSort> {
  readonly filter: RecordFilter;
  /** Unix seconds. An album spun since then is left out. */
  readonly idleFromUts: number;
}

/** In a total order. */
function findSleepers(database: Database, { filter, idleFromUts, sort, reverse }: DustyQuestion) {
  const copies = copiesOnShelf<{ spins: number; lastSpinUts: number }>(database, filter, {
    only: plain("match.spins > 0"),
    order: orderBy({ sort, reverse }, filter),
    columns: plain("match.spins AS spins, match.last_spin_uts AS lastSpinUts"),
  });
  return (
    groupsOf(copies, ({ key }) => key)
      // A logged play belongs to one pressing, but counts for all copies of the album.
      .filter((album) => album.every(({ lastSpinUts }) => lastSpinUts < idleFromUts))
      .map((album) => ({
        /** The first of the copies stands for all. */
        recordId: album[0].id,
        copies: album.length,
        /** "CD+LP" */
        form: formsTogether(album),
        spins: album[0].spins,
        lastSpinUts: album[0].lastSpinUts,
      }))
  );
}

export type DustyAnswer = ReturnType<typeof ask>;
export type DustyRow = DustyAnswer["rows"][number];

/** Throws NotReadyError without a complete listening history. */
export function ask(database: Database, question: DustyQuestion) {
  requireHistory(database, "Spins");
  const sleepers = findSleepers(database, question);
  return {
    question,
    /** On all pages. */
    total: sleepers.length,
    rows: [...recordsOf(database, pageOf(sleepers, question.paging))],
    /** The filters that left nothing, if nothing is left. */
    emptied: () =>
      emptiedBy(question.filter, (filter) => findSleepers(database, { ...question, filter }).length),
  };
}

export function document({ question, rows, total }: DustyAnswer): DustyDocument {
  return {
    data: rows.map(({ record, copies, spins, lastSpinUts }) => ({
      ...contractRow(record),
      copies,
      spins,
      last_spin: isoSeconds(lastSpinUts),
    })),
    summary: { total },
    pagination: contractPagination(question.paging, total),
  };
}
