// The functions that SQL may call.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { sql, type Sql } from "../../store/file/sql.ts";

/** `text` contains another text. Both are folded as the matcher folds names. */
export function buildContainsSql(text: Sql, part: string): Sql {
  return sql`instr(fold(${text}), ${fold(part)}) > 0`;
}

/** The functions of every connection that answers questions. */
export function defineFunctions(database: Database): void {
  database.function(
    "fold",
    { deterministic: true, safeIntegers: true },
    (value: string | number | bigint | Buffer | null) => (value === null ? null : fold(String(value))),
  );
  database.function("sort_key", { deterministic: true }, (text: unknown) => toSortKey(String(text)));
  database.function("local_year", { deterministic: true }, (uts: unknown) =>
    typeof uts === "number" ? String(new Date(uts * 1000).getFullYear()) : null,
  );
}

/** Sorts names by their letters, ignoring case, marks and a leading article. */
export function toSortKey(name: string): string {
  return fold(name).replace(/^(the|an?) (?=.)/, "");
}
