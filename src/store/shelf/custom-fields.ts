// The custom fields of the collection, and what stands in them.
import type { Database } from "../file/database.ts";

export interface KnownField {
  readonly id: number;
  readonly name: string;
}

/** The field of that name, in any case; else the one with that id. */
export function fieldNamed<Field extends KnownField>(
  fields: readonly Field[],
  nameOrId: string,
): Field | undefined {
  const wanted = nameOrId.trim().toLowerCase();
  return (
    fields.find(({ name }) => name.trim().toLowerCase() === wanted) ??
    fields.find(({ id }) => String(id) === wanted)
  );
}

export function findField(database: Database, nameOrId: string): KnownField | undefined {
  const fields = database
    .prepare<[], KnownField>("SELECT id, name FROM custom_field ORDER BY position, id")
    .all();
  return fieldNamed(fields, nameOrId);
}

export function fieldNames(database: Database): string[] {
  return database.prepare<[], string>("SELECT name FROM custom_field ORDER BY position, id").pluck().all();
}

/** What a field says of a record on the shelf. */
export interface FieldEntry {
  readonly recordId: number;
  readonly instanceId: number;
  readonly releaseId: number;
  /** Of the pressing. */
  readonly year: number | null;
  readonly value: string;
}

export function fieldEntries(database: Database, fieldId: number): FieldEntry[] {
  return database
    .prepare<[number], FieldEntry>(
      `SELECT record.id AS recordId, instance_id AS instanceId, release.id AS releaseId, year, value
       FROM record_field JOIN record ON record.id = record_id JOIN release ON release.id = release_id
       WHERE field_id = ? ORDER BY record.id`,
    )
    .all(fieldId);
}
