// SQL functions of every connection that answers questions.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";

export function defineFunctions(database: Database): void {
  database.function(
    "fold",
    { deterministic: true, safeIntegers: true },
    (value: string | number | bigint | Buffer | null) => (value === null ? null : fold(String(value))),
  );
  database.function("sort_key", { deterministic: true }, (text: unknown) => sortKey(String(text)));
  database.function("local_year", { deterministic: true }, (uts: unknown) =>
    typeof uts === "number" ? String(new Date(uts * 1000).getFullYear()) : null,
  );
}

/** Sorts names by their letters, ignoring case, marks and a leading article. */
export function sortKey(name: string): string {
  return fold(name).replace(/^(the|an?) (?=.)/, "");
}
