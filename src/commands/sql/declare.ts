import type { CommandDeclaration } from "../shared/declaration.ts";
import { formOptions, jsonOption } from "../shared/options.ts";

export const declaration: CommandDeclaration = {
  name: "sql",
  details: `One statement that reads; nothing can be written. --json is an array of objects; a whole number
that JSON's readers would round, beyond 2^53, is text there.
On a terminal the table shows the first 1,000 rows, the other forms give all.`,
  arguments: [{ name: "[statement]", help: "SELECT …" }],
  options: [{ flags: "--schema", help: "the views, with a line on each column" }, jsonOption, ...formOptions],
  examples: [
    ["rewind sql --schema", "what there is to ask"],
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
