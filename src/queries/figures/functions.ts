// What SQL can call here beyond SQLite's own: each connection that answers questions has them from its opening on.
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

/** Puts names in the order of their letters, whatever their case and marks, without the article that begins them. */
export function sortKey(name: string): string {
  return fold(name).replace(/^(the|an?) (?=.)/, "");
}
