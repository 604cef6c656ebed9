import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption, refreshOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recap",
  isQuestion: true,
  details: `Of the last seven days, today left out, or of any span. Your usual is what as many days had: in the year before a
span of up to a month, in all that was before a longer one. First time ever: on the shelf, never scrobbled or noted
before. Back after years: no spin for two years or more. A span of more than 92 days has months, top albums, top artists
and the longest row of days with a play besides.`,
  json: async () => [{ schema: (await import("../../queries/documents/plays.ts")).recapSchema }],
  arguments: [
    {
      name: "[span...]",
      help: "2025, 2024-06, 30d, last-month, week, month … (the last seven days)",
      choices: { source: "span" },
    },
  ],
  options: [
    { flags: "--week", help: "the last seven days, without today" },
    { flags: "--month", help: "the last month, without today" },
    { flags: "--as <form>", help: "", choices: { words: ["table", "json", "markdown"] } },
    jsonOption,
    refreshOption,
  ],
  examples: [
    ["rewind recap", "the last seven days"],
    ["rewind recap 2025", "a year, with its months, top albums and artists"],
    ["rewind recap last-month --as markdown", "made to be pasted"],
  ],
  load: async () => (await import("./run.ts")).runRecap,
};
