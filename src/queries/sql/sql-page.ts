// A page of the answer to a question in SQL, for those who can't take it whole.
import type { Keys } from "../documents/document.ts";
import { askSql, type SqlValue } from "./sql.ts";

/** Where counting ends: nobody who asks for pages has use for more. */
const mostCounted = 100_000;
const mostLetters = 2000;

export interface SqlPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly total: number;
  readonly is_cut: boolean;
}

export const keys: Keys<Omit<SqlPage, "rows">> & { readonly rows: string } = {
  columns: "their names, each once",
  rows: `of the page, a value for each column; texts are cut at ${mostLetters} letters`,
  total: "rows of all pages",
  is_cut: `whether there are more than the ${mostCounted} rows that were counted`,
};

/** Throws UsageError for a statement that is wrong or could write. */
export function sqlPage(
  cachePath: string,
  sql: string,
  { page, limit }: { readonly page: number; readonly limit: number },
): SqlPage {
  const question = askSql(cachePath, sql);
  try {
    const rows: (string | number | null)[][] = [];
    let total = 0;
    let isCut = false;
    for (const row of question.rows()) {
      if (total === mostCounted) {
        isCut = true;
        break;
      }
      if (total >= (page - 1) * limit && rows.length < limit) rows.push(row.map(plainValue));
      total += 1;
    }
    return { columns: question.names, rows, total, is_cut: isCut };
  } finally {
    question.close();
  }
}

function plainValue(value: SqlValue): string | number | null {
  // JSON has no whole numbers of that size for most who read it.
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.length > mostLetters ? `${value.slice(0, mostLetters)}…` : value;
}
