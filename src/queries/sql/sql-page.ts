// A limited page of an SQL answer, for HTTP and MCP.
import { sqlPageLimits, type SqlPage } from "../documents/statistics.ts";
import { askSql, type SqlValue } from "./sql.ts";

/** Throws UsageError for a statement that is invalid or could write. */
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
      if (total === sqlPageLimits.mostRows) {
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
  // Most JSON readers would round whole numbers of this size.
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.length > sqlPageLimits.mostLetters
    ? `${value.slice(0, sqlPageLimits.mostLetters)}…`
    : value;
}
