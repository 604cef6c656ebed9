// The prices in the custom field that the setting price_field names.
import { parsePrice } from "../../model/price.ts";
import type { Database } from "../file/database.ts";
import { fieldEntries, findField, type FieldEntry, type KnownField } from "./stored-records.ts";

/** Entries of the field that are no price. */
export function unreadPrices(database: Database, { id }: KnownField): FieldEntry[] {
  return fieldEntries(database, id).filter(({ value }) => value.trim() !== "" && parsePrice(value) === null);
}

/** Updates the prices of all records. Runs inside the caller's transaction. `field`: a name or id; null: none. */
export function refreshPrices(database: Database, field: string | null): void {
  const found = field === null ? undefined : findField(database, field);
  const prices = (found === undefined ? [] : fieldEntries(database, found.id)).flatMap(
    ({ recordId, value }) => {
      const price = parsePrice(value);
      return price === null ? [] : [{ recordId, ...price }];
    },
  );
  // One row for each record: those that have no price any more lose it.
  database
    .prepare(
      `UPDATE record SET (paid_cents, currency) = (known.cents, known.currency) FROM (
         SELECT record.id AS id, price.value ->> 'cents' AS cents, price.value ->> 'currency' AS currency
         FROM record LEFT JOIN json_each(?) AS price ON price.value ->> 'recordId' = record.id) AS known
       WHERE known.id = record.id
         AND (record.paid_cents, record.currency) IS NOT (known.cents, known.currency)`,
    )
    .run(JSON.stringify(prices));
}
