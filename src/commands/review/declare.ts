import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";
import { wholeNumber } from "../shared/listing/values.ts";

export const declaration: CommandDeclaration = {
  name: "review",
  details: `Fuzzy matches below .9, ties between albums, and albums that are close but not credited, ordered by plays at
stake times doubt. Artists that are probably the same come last. On a terminal one by one, a key each, without Enter; every answer
is saved at once, and the next review continues from there.`,
  json: async () => {
    const { changedMatchesSchema, reviewSchema } = await import("../../queries/documents/matches.ts");
    return [{ schema: reviewSchema }, { when: "With --changed", schema: changedMatchesSchema }];
  },
  options: [
    { flags: "--list", help: "list the questions instead of asking them" },
    { flags: "--again", help: "include what was skipped before" },
    {
      flags: "--changed",
      help: "list what the last change of the rules changed",
      excludes: ["list", "again"],
    },
    { flags: "-n, --limit <number>", help: "how many to list (10)", parse: wholeNumber("--limit", 1) },
    { flags: "-a, --all", help: "list all of them", excludes: ["limit"] },
    jsonOption,
  ],
  examples: [
    ["rewind review", "one by one: the keys stand below each question"],
    ["rewind review --list", "the list, with the commands that settle each"],
    ["rewind review --changed", "which records new rules changed"],
  ],
  load: async () => (await import("./run.ts")).runReview,
};
