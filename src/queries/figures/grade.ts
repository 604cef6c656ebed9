// The condition of a copy, from the custom fields in which Discogs stores grades.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";

/** As collectors write them: "NM", "VG+". null if there is no grade. */
export interface Grades {
  readonly media: string | null;
  readonly sleeve: string | null;
}

/** The two grading fields that Discogs gives every collection. The numbers are fixed; the names may differ. */
const gradeFields = [
  { part: "media", id: 1, name: /^media\b/ },
  { part: "sleeve", id: 2, name: /^sleeve\b/ },
] as const;

/** Best first. */
const order = ["M", "NM", "VG+", "VG", "G+", "G", "F", "P"];
/** Records without a grade rank where most records are. */
const ungraded = order.indexOf("VG");

/** Returns a function that looks up a record's grades. */
export function gradeReader(database: Database): (recordId: number) => Grades {
  const fields = database
    .prepare<[], { id: number; name: string }>("SELECT id, name FROM custom_field")
    .all();
  const find = database
    .prepare<[number, number], string>("SELECT value FROM record_field WHERE record_id = ? AND field_id = ?")
    .pluck();
  const [media, sleeve] = gradeFields.map(
    ({ id, name }) => (fields.find((field) => name.test(fold(field.name))) ?? { id }).id,
  );
  const grade = (recordId: number, fieldId: number | undefined): string | null =>
    fieldId === undefined ? null : shortGrade(find.get(recordId, fieldId));
  return (recordId) => ({ media: grade(recordId, media), sleeve: grade(recordId, sleeve) });
}

/** "Very Good Plus (VG+)" becomes VG+, "Near Mint (NM or M-)" NM. Other text is unchanged. */
function shortGrade(value: string | undefined): string | null {
  if (value === undefined || value.trim() === "") return null;
  return /\(([A-Z]+[+-]?)(?: or [^)]*)?\)\s*$/.exec(value)?.[1] ?? value.trim();
}

/** 0 is the best. */
export function gradeRank(grade: string | null): number {
  const at = grade === null ? -1 : order.indexOf(grade);
  return at === -1 ? ungraded : at;
}
