import { type Column, selectFields, type Field, isTableFormat } from "../../output/field.ts";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import type { SafeText } from "../../output/safe-text.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import { wrapSentence, joinBlocks } from "../../output/paragraph.ts";
import { createDrawingView, present, type TableView } from "../../output/present.ts";
import type { Terminal } from "../../output/terminal.ts";
import { renderSectionTable } from "../../output/table.ts";
import { openSqlQuery, type SqlQuery, type SqlRow } from "../../queries/sql/sql-query.ts";
import { views, type ViewColumn } from "../../store/sql-views.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { readText } from "../shared/terminal/read-text.ts";
import { readListingOptions, type ListingOptions } from "../shared/listing/run-listing.ts";
import { buildOutputOptions } from "../shared/listing/list-options.ts";

const sqlOptions = declareOptions(
  { flags: "--schema", help: "list the views and describe their columns" },
  ...buildOutputOptions("artist,title"),
);

export const declaration = declareCommand({
  name: "sql",
  isQuestion: true,
  details: `Runs one SQL statement. It can only read, and Ctrl-C ends it at once. Without a statement it reads stdin: rewind sql < question.sql
On a terminal the table stops after 1,000 rows; all other forms print every row. --json prints an array of objects, with
whole numbers beyond 2^53 as strings, because JSON parsers would round them.`,
  arguments: [{ name: "[statement]", help: "SELECT statement; - is stdin" }],
  options: sqlOptions,
  examples: [
    ["rewind sql --schema", "list the views and columns"],
    [
      "rewind sql 'SELECT artist, count(*), sum(play_count) FROM records GROUP BY artist ORDER BY 3 DESC LIMIT 10'",
      "find the ten artists you play most on record",
    ],
    [
      "rewind sql 'SELECT * FROM scrobbles' --as csv > scrobbles.csv",
      "export your listening history for a spreadsheet",
    ],
  ],
  load: async () => runSql,
});

/** The limit of tables on a terminal. The other forms print everything. */
const maxShownRows = 1000;

async function runSql(context: Context, call: Invocation<typeof sqlOptions>): Promise<void> {
  const options = readListingOptions(call.options, context);
  if (call.options.schema === true) return writeSchema(context, options);
  const statement = await readStatement(context, call);
  if (statement.trim() === "") {
    throw new UsageError("no statement given", "Try: rewind sql 'SELECT artist, title FROM records LIMIT 5'");
  }
  await openMatchedCache(context, { call });
  const question = openSqlQuery(context.cachePath, statement);
  await context.endOnSignal();
  try {
    await writeResult(context, question, options);
  } finally {
    question.close();
  }
}

/** The typed statement, or else stdin. Never waits for input at a terminal. */
async function readStatement(context: Context, { arguments: [statement] }: Invocation): Promise<string> {
  if (typeof statement === "string" && statement !== "-") return statement;
  if (statement === undefined && Boolean(context.stdin.isTTY)) return "";
  return readText(context, "-", {
    maxBytes: 1024 * 1024,
    what: "a statement",
    hint: "To read a statement from a file: rewind sql < question.sql",
  });
}

async function writeResult(
  context: Context,
  question: SqlQuery,
  { as, safeCsv, columns }: ListingOptions,
): Promise<void> {
  const all = question.names.map((name, at): Field<SqlRow> => ({ name, value: (row) => row[at] ?? null }));
  const fields = columns === null ? all : selectFields(all, columns);
  const isOnScreen = isTableFormat(as) && context.screen.isTerminal;
  // A statement can fail at its last row, so run it once before anything is written.
  if (!isTableFormat(as)) for (const _ of question.rows());
  const rows = { [Symbol.iterator]: () => question.rows() };
  await present(
    context,
    { as, safeCsv },
    { fields, rows, table: () => buildTable(fields, rows, isOnScreen) },
  );
}

/** A terminal gets the first rows. They also decide how the columns are drawn. */
function buildTable(
  fields: readonly Field<SqlRow>[],
  rows: Iterable<SqlRow>,
  isOnScreen: boolean,
): TableView<SqlRow> {
  const lines: SqlRow[] = [];
  for (const row of rows) if (lines.push(row) > maxShownRows) break;
  const isCut = lines.length > maxShownRows;
  if (isCut) lines.pop();
  return {
    columns: () => buildColumns(fields, lines),
    lines: isCut && !isOnScreen ? rows : lines,
    footer: () => [
      isCut
        ? [`The first ${formatNumber(maxShownRows)} rows`, "all: --as csv"]
        : [pluralize(lines.length, "row")],
    ],
  };
}

/** Numbers are right-aligned. If the columns do not fit, each row takes several lines. */
function buildColumns(fields: readonly Field<SqlRow>[], rows: readonly SqlRow[]): Column<SqlRow>[] {
  return fields.map(({ name, value }): Column<SqlRow> => {
    const isNumeric = rows.length > 0 && rows.every((row) => typeof value(row) !== "string");
    return {
      header: name,
      cell: (row) => String(value(row) ?? ""),
      ...(isNumeric ? { numeric: true } : { flexible: { share: 1, maxWidth: 60, cut: "end" } }),
    };
  });
}

interface SchemaRow extends ViewColumn {
  readonly view: string;
}

async function writeSchema(context: Context, { as, safeCsv }: ListingOptions): Promise<void> {
  const fields: Field<SchemaRow>[] = [
    { name: "view", value: ({ view }) => view },
    { name: "column", value: ({ name }) => name },
    { name: "meaning", value: ({ meaning }) => meaning },
  ];
  const rows = views.flatMap(({ name: view, columns }) =>
    columns.map((column): SchemaRow => ({ view, ...column })),
  );
  const view = createDrawingView(({ screen }) => renderSchema(screen));
  await present(context, { as, safeCsv }, { fields, rows, table: () => view });
}

const schemaColumns: readonly Column<ViewColumn>[] = [
  { header: "", cell: ({ name }) => name },
  { header: "", cell: ({ meaning }) => meaning, flexible: { share: 1, maxWidth: 200, cut: "wrap" } },
];

function renderSchema(screen: Terminal): SafeText[] {
  const blocks = views.map(({ name, meaning, columns }) => [
    ...wrapSentence(`${name}: ${meaning}`, screen),
    ...renderSectionTable(schemaColumns, columns, screen, { hasHeader: false }),
  ]);
  const functions =
    "Times are ISO 8601 in UTC. fold(text) drops case and accents, as the search does: fold('Björk') = 'bjork'.";
  return joinBlocks([...blocks, wrapSentence(functions, screen)]);
}
