// What the records of a part of the shelf cost. Amounts of different currencies are never added together.
import { amountOf, priceText } from "../../model/price.ts";
import type { Database } from "../../store/file/database.ts";
import { membersTable } from "./breakdown.ts";
import type { DimensionName } from "./dimensions.ts";

/** What was paid in one currency. */
export interface Spent {
  readonly currency: string | null;
  readonly cents: number;
  /** Records with a price in this currency. */
  readonly records: number;
}

const figures = "record.currency AS currency, sum(paid_cents) AS cents, count(*) AS records";
/** The currency of most records first. */
const byRecords = "ORDER BY count(*) DESC, record.currency IS NULL, record.currency";

export function spentInAll(database: Database): Spent[] {
  return database
    .prepare<[], Spent>(
      `SELECT ${figures} FROM record WHERE paid_cents IS NOT NULL GROUP BY record.currency ${byRecords}`,
    )
    .all();
}

/** By the value of the part. */
export function spentByPart(database: Database, name: DimensionName): Map<string | null, Spent[]> {
  const rows = database
    .prepare<[], Spent & { readonly value: string | null }>(
      `WITH ${membersTable(name)} SELECT value, ${figures}
       FROM member JOIN record ON record.id = member_id
       WHERE paid_cents IS NOT NULL GROUP BY value, record.currency ${byRecords}`,
    )
    .all();
  const parts = new Map<string | null, Spent[]>();
  for (const { value, ...spent } of rows) parts.set(value, [...(parts.get(value) ?? []), spent]);
  return parts;
}

/** "812.50 EUR, 30.00 USD" */
export function spentText(spent: readonly Spent[]): string {
  return spent.map(priceText).join(", ");
}

export function contractSpent(
  spent: readonly Spent[],
): { currency: string | null; amount: number; records: number }[] {
  return spent.map(({ currency, cents, records }) => ({ currency, amount: amountOf(cents), records }));
}
