// What the shelf cost, and the course of its value. Amounts of different currencies are never added together.
import { amountOf, priceText } from "../../model/price.ts";
import { isoSeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { plain, rowsOf } from "../../store/file/sql.ts";
import { groupedBy } from "./played-most.ts";
import { membersOf, type DimensionName } from "./breakdown.ts";

/** The sum paid in one currency. */
export interface Spent {
  readonly currency: string | null;
  readonly cents: number;
  /** Records with a price in this currency. */
  readonly records: number;
}

const spent = plain("record.currency AS currency, sum(paid_cents) AS cents, count(*) AS records");
/** The currency of most records first. */
const byRecords = plain("ORDER BY count(*) DESC, record.currency IS NULL, record.currency");

export function spentInAll(database: Database): Spent[] {
  return rowsOf<Spent>(database)`
    SELECT ${spent} FROM record WHERE paid_cents IS NOT NULL GROUP BY record.currency ${byRecords}`;
}

/** By the value of the part. */
export function spentByPart(
  database: Database,
  name: DimensionName,
): ReadonlyMap<string | null, readonly Spent[]> {
  const paid = plain("record.id, record.currency, record.paid_cents");
  const rows = rowsOf<Spent & { readonly value: string | null }>(database)`
    SELECT value, ${spent} FROM (${membersOf(name, paid)} WHERE paid_cents IS NOT NULL) AS record
    GROUP BY value, record.currency ${byRecords}`;
  return groupedBy(rows, ({ value }) => value);
}

/** "812.50 EUR, 30.00 USD" */
export function spentText(all: readonly Spent[]): string {
  return all.map(priceText).join(", ");
}

export function contractSpent(all: readonly Spent[]) {
  return all.map(({ currency, cents, records }) => ({ currency, amount: amountOf(cents), records }));
}

/** Discogs' estimate on one day, in hundredths of the currency. */
export interface ValueOnDay {
  readonly fetchedUts: number;
  readonly minimumCents: number;
  readonly medianCents: number;
  readonly maximumCents: number;
  readonly currency: string | null;
}

/** Oldest first. Values in another currency than the newest are left out: they can't be compared. */
export function collectionValues(database: Database): ValueOnDay[] {
  return rowsOf<ValueOnDay>(database)`
    SELECT fetched_uts AS fetchedUts, minimum_cents AS minimumCents, median_cents AS medianCents,
      maximum_cents AS maximumCents, currency FROM collection_value
    WHERE currency IS (SELECT currency FROM collection_value ORDER BY fetched_uts DESC LIMIT 1)
    ORDER BY fetched_uts`;
}

export function contractValues(values: readonly ValueOnDay[]) {
  return values.map(({ fetchedUts, minimumCents, medianCents, maximumCents, currency }) => ({
    fetched_at: isoSeconds(fetchedUts),
    minimum: amountOf(minimumCents),
    median: amountOf(medianCents),
    maximum: amountOf(maximumCents),
    currency,
  }));
}
