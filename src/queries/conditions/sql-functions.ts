// The functions that SQL may call.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { listSearchSpellings } from "./latin-letters.ts";
import { joinOr, sql, type Sql } from "../../store/file/sql.ts";

/** The name contains a text. Both are folded as the matcher folds names, and may be spelled in Latin letters. */
export function buildContainsSql(name: Sql, part: string): Sql {
  return joinOr(listSearchSpellings(part), (spelling) => sql`instr(spellings(${name}), ${spelling}) > 0`);
}

/** The functions of every connection that answers questions. */
export function defineFunctions(database: Database): void {
  database.function(
    "fold",
    { deterministic: true, safeIntegers: true },
    (value: string | number | bigint | Buffer | null) => (value === null ? null : fold(String(value))),
  );
  database.function("spellings", { deterministic: true }, (name: unknown) =>
    typeof name === "string" ? listSearchSpellings(name).join("\n") : null,
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
