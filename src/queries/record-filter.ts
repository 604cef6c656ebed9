// Which records: every filter as a condition in SQL.
import { fold } from "../match/fold.ts";
import type { Database } from "../store/database.ts";

export interface RecordFilter {
  /** Records whose artist or title holds them all, folded as the matcher folds. */
  readonly words?: readonly string[];
  /** The API's own filter: listened = at least one play. */
  readonly listened?: boolean;
}

export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Over the tables record, release and match. */
export function condition(database: Database, filter: RecordFilter): Condition {
  const parts: Condition[] = [];
  if (filter.listened !== undefined) {
    parts.push({ sql: filter.listened ? "match.play_count > 0" : "match.play_count = 0", parameters: [] });
  }
  const words = (filter.words ?? []).flatMap((word) => fold(word).split(" ")).filter((word) => word !== "");
  if (words.length > 0) {
    defineFold(database);
    parts.push(
      ...words.map((word) => ({
        sql: "instr(fold(release.artist || ' ' || release.title), ?) > 0",
        parameters: [word],
      })),
    );
  }
  return {
    sql: parts.map(({ sql }) => sql).join(" AND ") || "true",
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** Makes the matcher's folding callable from SQL. */
export function defineFold(database: Database): void {
  database.function("fold", { deterministic: true }, (text: unknown) => fold(String(text)));
}
