// Whatever no other tool answers, in SQL.
import { json } from "../../output/json.ts";
import { counted } from "../../output/numbers.ts";
import type { Keys } from "../../queries/document.ts";
import { askSql, type SqlValue } from "../../queries/sql.ts";
import { views } from "../../store/views.ts";
import { schemaOfKeys } from "../output-schema.ts";
import { requiredPhrase, whole } from "../parameters.ts";
import { tool } from "../tool.ts";

/** Where counting ends: an assistant has no use for more. */
const mostCounted = 100_000;
const mostLetters = 2000;

interface SqlDocument {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly total: number;
  readonly is_cut: boolean;
}

const keys: Keys<Omit<SqlDocument, "rows">> & { readonly rows: string } = {
  columns: "their names, each once",
  rows: `of the page, a value for each column; texts are cut at ${mostLetters} letters`,
  total: "rows of all pages",
  is_cut: `whether there are more than the ${mostCounted} rows that were counted`,
};

const viewsInShort = views
  .map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join(", ")})`)
  .join("; ");

export const querySql = tool({
  name: "query_sql",
  title: "Ask in SQL",
  description: `One SELECT statement of SQLite over the cache, read-only. Views: ${viewsInShort}. Times are ISO 8601 in UTC, …_uts unix seconds; fold(text) drops case and accents.`,
  parameters: {
    sql: requiredPhrase("one SELECT statement"),
    page: whole("which page; the first is 1", { least: 1, most: 10_000, usual: 1 }),
    limit: whole("rows a page", { least: 1, most: 100, usual: 20 }),
  },
  outputSchema: schemaOfKeys(keys),
  answer: ({ sql, page, limit }, shelf) =>
    // The cache is there, its matches of today's rules.
    shelf.read(() => {
      const question = askSql(shelf.cachePath, sql);
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
        const document: SqlDocument = { columns: question.names, rows, total, is_cut: isCut };
        const lines = rows.map((row) => row.map((value) => json(value)).join(", "));
        return {
          document,
          lines: [`${counted(total, "row")}.`, question.names.map((name) => json(name)).join(", "), ...lines],
        };
      } finally {
        question.close();
      }
    }),
});

function plainValue(value: SqlValue): string | number | null {
  // JSON has no whole numbers of that size for most who read it.
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.length > mostLetters ? `${value.slice(0, mostLetters)}…` : value;
}
