// The custom fields of the collection and their values, the prices among them.
import type { CustomField, Folder } from "../../model/model.ts";
import { parsePrice } from "../../model/price.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, queryRows, queryTuples } from "../file/sql.ts";

/** Replaces the names of folders and custom fields. */
export function saveCollectionNames(
  database: Database,
  folders: readonly Folder[] | null,
  fields: readonly CustomField[] | null,
): void {
  if (folders) {
    database.exec("DELETE FROM folder");
    execute(database)`INSERT OR REPLACE INTO folder (id, name)
      SELECT value ->> 'id', value ->> 'name' FROM ${listSql(folders)}`;
  }
  if (fields) {
    database.exec("DELETE FROM custom_field");
    execute(database)`INSERT OR REPLACE INTO custom_field (id, name, position)
      SELECT value ->> 'id', value ->> 'name', value ->> 'position' FROM ${listSql(fields)}`;
  }
}

export interface KnownField {
  readonly id: number;
  readonly name: string;
}

/** The field of that name, in any case, or else the one with that id. */
export function findByNameOrId<Field extends KnownField>(
  fields: readonly Field[],
  nameOrId: string,
): Field | undefined {
  const fieldName = nameOrId.trim().toLowerCase();
  return (
    fields.find(({ name }) => name.trim().toLowerCase() === fieldName) ??
    fields.find(({ id }) => String(id) === fieldName)
  );
}

export function findField(database: Database, nameOrId: string): KnownField | undefined {
  return findByNameOrId(readCustomFields(database), nameOrId);
}

export function readCustomFieldNames(database: Database): string[] {
  return readCustomFields(database).map(({ name }) => name);
}

function readCustomFields(database: Database): KnownField[] {
  return queryRows<KnownField>(database)`SELECT id, name FROM custom_field ORDER BY position, id`;
}

/** The value of a field for a record on the shelf. */
export interface FieldEntry {
  readonly recordId: number;
  readonly instanceId: number;
  readonly releaseId: number;
  /** The year of the pressing. */
  readonly year: number | null;
  readonly value: string;
}

export function readFieldEntries(database: Database, fieldId: number): FieldEntry[] {
  return queryRows<FieldEntry>(database)`
    SELECT record.id AS recordId, instance_id AS instanceId, release.id AS releaseId, year, value
    FROM record_field JOIN record ON record.id = record_id JOIN release ON release.id = release_id
    WHERE field_id = ${fieldId} ORDER BY record.id`;
}

/** The values of a field by record id, for some records; null if there is no such field. `nameOrId` as for findField. */
export function readFieldValues(
  database: Database,
  nameOrId: string,
  recordIds: readonly number[],
): ReadonlyMap<number, string> | null {
  const field = findField(database, nameOrId);
  if (field === undefined) return null;
  return new Map(
    queryTuples<[recordId: number, value: string]>(database)`SELECT record_id, value FROM record_field
      WHERE record_id IN ${listSql(recordIds)} AND field_id = ${field.id}`,
  );
}

// The prices in the custom field that the setting price_field names.

/** Updates the prices of all records. Runs inside the caller's transaction. `field`: a name or id; null: none. */
export function refreshPrices(database: Database, field: string | null): void {
  const customField = field === null ? undefined : findField(database, field);
  const prices = (customField === undefined ? [] : readFieldEntries(database, customField.id)).flatMap(
    ({ recordId, value }) => {
      const price = parsePrice(value);
      return price === null ? [] : [{ recordId, ...price }];
    },
  );
  // One row for each record: those that have no price any more lose it.
  execute(database)`
    UPDATE record SET (paid_cents, currency) = (known.cents, known.currency) FROM (
      SELECT record.id AS id, price.value ->> 'cents' AS cents, price.value ->> 'currency' AS currency
      FROM record LEFT JOIN ${listSql(prices)} AS price ON price.value ->> 'recordId' = record.id) AS known
    WHERE known.id = record.id
      AND (record.paid_cents, record.currency) IS NOT (known.cents, known.currency)`;
}
