import type { CommandDeclaration } from "../shared/declaration.ts";
import { formOptions, jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "sql",
  isQuestion: true,
  details: `One statement that reads; nothing can be written. --json prints an array of objects; a whole number
beyond 2^53, which JSON parsers would round, is printed as a string.
Without a statement it is read from stdin: rewind sql < question.sql
On a terminal the table shows the first 1,000 rows; all other forms print everything.`,
  arguments: [{ name: "[statement]", help: "SELECT …; left out or -: from stdin" }],
  options: [
    { flags: "--schema", help: "list the views and what each column means" },
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind sql --schema", "what there is to query"],
    [
      "rewind sql 'SELECT artist, count(*), sum(play_count) FROM records GROUP BY artist ORDER BY 3 DESC LIMIT 10'",
      "the ten artists whose records you play most",
    ],
    [
      "rewind sql 'SELECT * FROM scrobbles' --as csv > scrobbles.csv",
      "your listening history, for a spreadsheet",
    ],
  ],
  load: async () => (await import("./run.ts")).runSql,
};
