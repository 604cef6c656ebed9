import type { CommandDeclaration } from "../shared/declaration.ts";
import { formOptions, jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "sql",
  isQuestion: true,
  details: `Runs one SQL statement. It can only read. Without a statement it reads stdin: rewind sql < question.sql
On a terminal the table stops after 1,000 rows; all other forms print every row. --json prints an array of objects, with
whole numbers beyond 2^53 as strings, because JSON parsers would round them.`,
  arguments: [{ name: "[statement]", help: "SELECT …; - for stdin" }],
  options: [
    { flags: "--schema", help: "list the views and describe their columns" },
    jsonOption,
    ...formOptions,
  ],
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
  load: async () => (await import("./run.ts")).runSql,
};
