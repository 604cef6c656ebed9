// A limited page of an SQL answer, for HTTP and MCP.
import { UsageError } from "../../model/errors.ts";
import { sqlPageLimits, type SqlPage } from "../documents/statistics-documents.ts";
import { askSql, type SqlValue } from "./sql-question.ts";

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
    let letters = 0;
    let isCut = false;
    for (const row of question.rows()) {
      if (total === sqlPageLimits.mostRows) {
        isCut = true;
        break;
      }
      if (total >= (page - 1) * limit && rows.length < limit) {
        const values = row.map(plainValue);
        for (const value of values) letters += String(value).length;
        if (letters > sqlPageLimits.mostPageLetters) throw tooLarge();
        rows.push(values);
      }
      total += 1;
    }
    return { columns: question.names, rows, total, is_cut: isCut };
  } finally {
    question.close();
  }
}

function tooLarge(): UsageError {
  return new UsageError(
    `SQL: the page has more than ${sqlPageLimits.mostPageLetters} letters`,
    "Ask for fewer rows or columns, or for a part of a value: substr(value, 1, 200)",
  );
}

function plainValue(value: SqlValue): string | number | null {
  // Most JSON readers would round whole numbers of this size.
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "string" || value.length <= sqlPageLimits.mostLetters) return value;
  // A slice would keep the whole text in memory.
  const start = Buffer.from(value.slice(0, sqlPageLimits.mostLetters), "utf16le").toString("utf16le");
  return `${start}…`;
}
