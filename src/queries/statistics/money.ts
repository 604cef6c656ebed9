// The cost of the shelf, and the course of its value. Amounts of different currencies are never added together.
import { toAmount, formatPrice } from "../../model/price.ts";
import { toIsoOrNull } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { rawSql, queryRows } from "../../store/file/sql.ts";
import { groupByKey } from "../../model/grouping.ts";
import { buildMembersSql, type DimensionName } from "./stats-by-dimension.ts";

/** The sum paid in one currency. */
export interface Spending {
  readonly currency: string | null;
  readonly cents: number;
  /** Records with a price in this currency. */
  readonly records: number;
}

const spendingColumns = rawSql("record.currency AS currency, sum(paid_cents) AS cents, count(*) AS records");
/** The currency of most records first. */
const recordCountOrder = rawSql("ORDER BY count(*) DESC, record.currency IS NULL, record.currency");

export function readTotalSpending(database: Database): Spending[] {
  return queryRows<Spending>(database)`
    SELECT ${spendingColumns} FROM record WHERE paid_cents IS NOT NULL GROUP BY record.currency ${recordCountOrder}`;
}

/** The spending by the value of the part. */
export function readSpendingByPart(
  database: Database,
  name: DimensionName,
): ReadonlyMap<string | null, readonly Spending[]> {
  const paid = rawSql("record.id, record.currency, record.paid_cents");
  const rows = queryRows<Spending & { readonly value: string | null }>(database)`
    SELECT value, ${spendingColumns} FROM (${buildMembersSql(name, paid)} WHERE paid_cents IS NOT NULL) AS record
    GROUP BY value, record.currency ${recordCountOrder}`;
  return groupByKey(rows, ({ value }) => value);
}

/** "812.50 EUR, 30.00 USD" */
export function formatSpending(all: readonly Spending[]): string {
  return all.map(formatPrice).join(", ");
}

export function toJsonSpending(all: readonly Spending[]) {
  return all.map(({ currency, cents, records }) => ({ currency, amount: toAmount(cents), records }));
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
export function readCollectionValues(database: Database): ValueOnDay[] {
  return queryRows<ValueOnDay>(database)`
    SELECT fetched_uts AS fetchedUts, minimum_cents AS minimumCents, median_cents AS medianCents,
      maximum_cents AS maximumCents, currency FROM collection_value
    WHERE currency IS (SELECT currency FROM collection_value ORDER BY fetched_uts DESC LIMIT 1)
    ORDER BY fetched_uts`;
}

export function toJsonValues(values: readonly ValueOnDay[]) {
  return values.map(({ fetchedUts, minimumCents, medianCents, maximumCents, currency }) => ({
    fetched_at: toIsoOrNull(fetchedUts),
    minimum: toAmount(minimumCents),
    median: toAmount(medianCents),
    maximum: toAmount(maximumCents),
    currency,
  }));
}
