// Albums with many spins, none of them recent.
import type { Database } from "../../store/file/database.ts";
import { plain } from "../../store/file/sql.ts";
import { parseSpan } from "../conditions/span.ts";
import { dustySchema, type DustyDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { groupsOf } from "../figures/played-most.ts";
import { requireHistory } from "../figures/readiness.ts";
import { emptiedBy, type RecordFilter } from "../filters/record-filter.ts";
import { contractRow, isoSeconds } from "../records/contract.ts";
import { copiesOnShelf, lineOf } from "../records/copies.ts";
import { recordsOf } from "../records/read-records.ts";
import { listQuery } from "../parameters/list-query.ts";
import { BadValue, orderParameter, type Parameter } from "../parameters/parameter.ts";
import {
  orderBy,
  orderingSql,
  plainSorts,
  type ListRequest,
  type PlainSort,
} from "../records/record-order.ts";

export type DustySort = "asleep" | PlainSort;
/** asleep: the longest pause first. */
const dustySorts: readonly DustySort[] = ["asleep", ...plainSorts];

const idlePattern = /^\d{1,4}(d|w|mo|y)$/;
export const defaultIdle = "12mo";

export interface DustyQuestion extends ListRequest<DustySort> {
  /** Default: albums with at least 5 spins. */
  readonly filter: RecordFilter;
  /** An album spun within this time is left out. */
  readonly idle: string;
  readonly nowUts: number;
}

/** An album without a spin since this second is asleep. */
function idleSince({ idle, nowUts }: DustyQuestion): number {
  return parseSpan("--idle", idle, nowUts).fromUts ?? nowUts;
}

/** In a total order. */
function findSleepers(database: Database, question: DustyQuestion) {
  const { filter, sort, reverse } = question;
  const idleFromUts = idleSince(question);
  const copies = copiesOnShelf<{ spins: number; lastSpinUts: number }>(database, filter, {
    only: plain("match.spins > 0"),
    order: sort === "asleep" ? orderingSql(longestPause, reverse) : orderBy({ sort, reverse }, filter),
    columns: plain("match.spins AS spins, match.last_spin_uts AS lastSpinUts"),
  });
  return (
    groupsOf(copies, ({ key }) => key)
      // A logged play belongs to one pressing, but counts for all copies of the album.
      .filter((album) => album.every(({ lastSpinUts }) => lastSpinUts < idleFromUts))
      .map((album) => ({
        ...lineOf(album),
        spins: album[0].spins,
        lastSpinUts: album[0].lastSpinUts,
      }))
  );
}

const longestPause = [
  [plain("match.last_spin_uts"), "ASC"],
  [plain("record.id"), "ASC"],
] as const;

export type DustyAnswer = ReturnType<typeof ask>;
export type DustyRow = DustyAnswer["rows"][number];

function withSpins(filter: RecordFilter): RecordFilter & Required<Pick<RecordFilter, "spins">> {
  return { spins: [{ least: 5, most: null }], ...filter };
}

/** Throws NotReadyError without a complete listening history. */
export function ask(database: Database, { filter: asked, ...rest }: DustyQuestion) {
  requireHistory(database, "Spins");
  const question = { ...rest, filter: withSpins(asked) };
  const sleepers = findSleepers(database, question);
  return {
    question,
    idleFromUts: idleSince(question),
    /** On all pages. */
    total: sleepers.length,
    rows: [...recordsOf(database, pageOf(sleepers, question.paging))],
    emptied: () =>
      emptiedBy(asked, (filter) => findSleepers(database, { ...question, filter: withSpins(filter) }).length),
  };
}

function document({ question, rows, total }: DustyAnswer): DustyDocument {
  return {
    data: rows.map((row) => ({
      ...contractRow(row),
      copies: row.copies,
      spins: row.spins,
      last_spin: isoSeconds(row.lastSpinUts),
    })),
    summary: { total },
    pagination: contractPagination(question.paging, total),
  };
}

const idle: Parameter<string> = {
  meaning: "no spin for at least this long: 90d, 12mo, 2y",
  placeholder: "time",
  schema: { type: "string", pattern: idlePattern.source, default: defaultIdle },
  read(name, [text = defaultIdle]) {
    if (idlePattern.test(text)) return text;
    throw new BadValue(name, "a time like 90d, 12mo or 2y", `Try: ${name} 12mo`);
  },
};

export const dustyQuery = listQuery({
  noun: "album",
  subject: "records",
  parameters: { idle, ...orderParameter(dustySorts, "asleep") },
  schema: dustySchema,
  ask,
  document,
});
