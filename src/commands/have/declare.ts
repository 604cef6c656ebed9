import type { CommandDeclaration } from "../shared/declaration.ts";
import { formOptions, imagesOption, jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "have",
  isQuestion: true,
  details: `Looks for your words in artist and title, in any order. You can leave out edition words, and one typo is corrected
if no name contains the mistyped word. A record is also found by the name of the album that its plays come from. A record
that has your word only inside a longer word is listed, but does not count as owned. The exit code is 0 if you own the
record and 1 if you do not.`,
  json: async () => [{ schema: (await import("../../queries/documents/record-documents.ts")).haveSchema }],
  arguments: [
    { name: "<words...>", help: "words from artist and title, in any order", choices: { source: "record" } },
  ],
  options: [imagesOption, jsonOption, ...formOptions],
  examples: [
    ["rewind have kind of blue", "in a shop: do you own it, and in which pressings"],
    ["rewind have voodoo && echo leave it there", "in a script: run a command only if you own it"],
  ],
  load: async () => (await import("./run.ts")).runHave,
};
