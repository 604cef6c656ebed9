import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption, wholeNumber } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "review",
  details: `Asks about doubtful matches: fuzzy ones below .9 or by a loose rule, ties between albums, and albums that are
close but not credited. The questions with the most plays and the most doubt come first; artists that are probably the same come last.
On a terminal you answer each with one key press, without Enter. Every answer is saved at once, and the next review
continues from there.`,
  json: async () => {
    const { changedMatchesSchema, reviewSchema } = await import("../../queries/documents/match-documents.ts");
    return [{ schema: reviewSchema }, { when: "With --changed", schema: changedMatchesSchema }];
  },
  options: [
    { flags: "--list", help: "list the questions instead of asking them" },
    { flags: "--again", help: "ask again what you skipped" },
    {
      flags: "--changed",
      help: "list the records that new matching rules changed",
      excludes: ["list", "again"],
    },
    {
      flags: "-n, --limit <number>",
      help: "number of questions to list (10)",
      parse: wholeNumber("--limit", 1),
    },
    { flags: "-a, --all", help: "list all questions", excludes: ["limit"] },
    jsonOption,
  ],
  examples: [
    ["rewind review", "answer one by one; the keys are shown below each question"],
    ["rewind review --list", "list the questions with the commands that answer them"],
    ["rewind review --changed", "records that a new version matched differently"],
  ],
  load: async () => (await import("./run.ts")).runReview,
};
