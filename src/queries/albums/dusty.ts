// What was loved once and sleeps: albums with many spins, the last of them long ago.
import type { DustyDocument } from "../documents/albums.ts";
import type { Database } from "../../store/file/database.ts";
import { editionKeyReader, type KeyedName } from "../figures/album-key.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import { contractRow, isoSeconds } from "../records/contract.ts";
import { recordsById } from "../records/records-by-id.ts";
import type { RecordRow } from "../records/record-row.ts";
import { formsTogether } from "../records/copies.ts";
import { emptiedBy, type Emptied } from "../filters/emptied-by.ts";
import { condition, type RecordFilter } from "../filters/record-filter.ts";
import { readPublications } from "../../store/file/listings.ts";
import { requireHistory } from "../figures/readiness.ts";
import { orderBy, type SleeperSort } from "../records/record-order.ts";
import { recordSource, withThese } from "../figures/record-source.ts";

export interface DustyQuestion {
  readonly filter: RecordFilter;
  /** Spins from here on make it no sleeper. */
  readonly idleFromUts: number;
  /** asleep: the longest first. */
  readonly sort: SleeperSort;
  readonly reverse: boolean;
  /** null: everything. */
  readonly paging: Paging | null;
}

interface Sleeper {
  /** The first of its copies. */
  readonly recordId: number;
  readonly copies: number;
  /** Of all copies, each once: "CD+LP". */
  readonly form: string;
  readonly spins: number;
  readonly lastSpinUts: number;
}

interface Row extends KeyedName {
  readonly recordId: number;
  readonly form: string;
  readonly spins: number;
  readonly lastSpinUts: number;
}

/** Each album once, in a total order. */
function findSleepers(database: Database, { filter, idleFromUts, sort, reverse }: DustyQuestion): Sleeper[] {
  const source = recordSource(filter);
  const where = condition(database, filter);
  const order = orderBy({ sort, reverse }, filter);
  const rows = database
    .prepare<unknown[], Row>(
      `${withThese(source.definitions)}
       SELECT record.id AS recordId, release.artist AS artist, release.title AS title,
         release.edition_key AS editionKey, release.form AS form, match.spins AS spins, match.last_spin_uts AS lastSpinUts
       FROM ${source.tables}
       WHERE ${where.sql} AND match.spins > 0 ORDER BY ${order}`,
    )
    .iterate(...source.parameters, ...where.parameters);
  const keyOf = editionKeyReader(database);
  const sleepers = new Map<string, Sleeper>();
  // Plays are noted of one pressing, and wake up the others of the album.
  const awake = new Set<string>();
  for (const { artist, title, editionKey, ...row } of rows) {
    const key = keyOf({ artist, title, editionKey });
    const known = sleepers.get(key);
    if (row.lastSpinUts >= idleFromUts) awake.add(key);
    sleepers.set(
      key,
      known === undefined
        ? { ...row, copies: 1 }
        : { ...known, copies: known.copies + 1, form: formsTogether([...known.form.split("+"), row.form]) },
    );
  }
  return [...sleepers].filter(([key]) => !awake.has(key)).map(([, sleeper]) => sleeper);
}

export interface DustyAnswer {
  readonly question: DustyQuestion;
  /** Albums of all pages. */
  readonly total: number;
  readonly rows: readonly DustyRow[];
  /** Which filters leave nothing, where nothing is left. */
  readonly emptied: () => Emptied;
}

export interface DustyRow extends Sleeper {
  readonly record: RecordRow;
}

/** Throws NotReadyError without a complete listening history. */
export function ask(database: Database, question: DustyQuestion): DustyAnswer {
  requireHistory(database, readPublications(database), "Spins");
  const sleepers = findSleepers(database, question);
  const page = pageOf(sleepers, question.paging);
  const records = recordsById(
    database,
    page.map(({ recordId }) => recordId),
  );
  const rows = page.flatMap((sleeper) => {
    const record = records.get(sleeper.recordId);
    return record === undefined ? [] : [{ ...sleeper, record }];
  });
  return {
    question,
    total: sleepers.length,
    rows,
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
