import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption, refreshOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recap",
  isQuestion: true,
  details: `Sums up the last seven days without today, or any time that you name. "Usual" is your average for as many days:
over the year before, or over all your history if you name more than a month. "First time ever" lists records that you
had never scrobbled or logged before, "Back after years" those without a spin for two years. More than 92 days also show
months, top albums, top artists and your longest streak.`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recapSchema }],
  arguments: [
    {
      name: "[span...]",
      help: "2025, 2024-06, 30d, last-month, week, month … (the last seven days)",
      choices: { source: "span" },
    },
  ],
  options: [
    { flags: "--week", help: "the last seven days, without today (the default)" },
    { flags: "--month", help: "the last month, without today" },
    { flags: "--as <form>", help: "", choices: { words: ["table", "json", "markdown"] } },
    jsonOption,
    refreshOption,
  ],
  examples: [
    ["rewind recap", "the last seven days"],
    ["rewind recap 2025", "a year, with months, top albums and top artists"],
    ["rewind recap last-month --as markdown", "Markdown to paste into a post"],
  ],
  load: async () => (await import("./run.ts")).runRecap,
};
