// The tool that runs SQL, for everything else.
import { json } from "../../../output/json.ts";
import { counted } from "../../../output/number-text.ts";
import { sqlPageSchema } from "../../../queries/documents/statistics-documents.ts";
import { views } from "../../../store/sql-views.ts";
import { requiredPhrase, whole } from "../../parameters/parameter.ts";
import { mostLetters } from "./tool-parameters.ts";
import { tool } from "./tool.ts";

const viewsInShort = views
  .map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join(", ")})`)
  .join("; ");

export const querySql = tool({
  name: "query_sql",
  title: "Query in SQL",
  description: `Runs one SQLite SELECT statement on the cache, read-only, for at most ten seconds. Views: ${viewsInShort}. Times are ISO 8601 in UTC, …_uts unix seconds; fold(text) drops case and accents.`,
  parameters: {
    sql: requiredPhrase("one SELECT statement", mostLetters),
    page: whole("page number, from 1", { least: 1, most: 10_000, usual: 1 }),
    limit: whole("rows per page", { least: 1, most: 100, usual: 20 }),
  },
  outputSchema: sqlPageSchema,
  async answer({ sql, ...paging }, shelf, signal) {
    const document = await shelf.askSql(sql, paging, signal);
    const { columns, rows, total } = document;
    const lines = rows.map((row) => row.map((value) => json(value)).join(", "));
    return {
      document,
      lines: [`${counted(total, "row")}.`, columns.map((name) => json(name)).join(", "), ...lines],
    };
  },
});
