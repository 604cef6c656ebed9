import type { CommandDeclaration } from "../shared/declaration.ts";
import { formOptions, imagesOption, jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "have",
  isQuestion: true,
  details: `Words of artist and title in any order, spelled as you like; those of an edition may be left out. One slip is
forgiven where no name has the mistyped word. A record is also found by the name of the album that it is credited with.
A record that has a word only as part of another is listed, but does not count as owned. The exit code is 0 if you own it and 1 if not.`,
  json: async () => [{ schema: (await import("../../queries/documents/records.ts")).haveSchema }],
  arguments: [
    { name: "<words...>", help: "words of artist and title, in any order", choices: { source: "record" } },
  ],
  options: [imagesOption, jsonOption, ...formOptions],
  examples: [
    ["rewind have kind of blue", "in the shop: do I own it, in which pressings"],
    ["rewind have voodoo && echo leave it there", "in a script: 0 if you own it, 1 if not"],
  ],
  load: async () => (await import("./run.ts")).runHave,
};
