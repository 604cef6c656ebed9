import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "alias",
  details: "The first name is read as the second, on records and albums alike. Without names: list them.",
  arguments: [{ name: "[names...]", help: "a name, and the name that it is the same as" }],
  json: async () => {
    const { aliasChangeSchema, aliasesSchema } = await import("../../queries/documents/decisions.ts");
    return [{ schema: aliasChangeSchema }, { when: "Without names", schema: aliasesSchema }];
  },
  options: [jsonOption],
  examples: [
    ['rewind alias "Fela Ransome Kuti" "Fela Kuti"', "records by the one match albums by the other"],
    ["rewind alias list", "all of them"],
    ['rewind alias remove "Fela Ransome Kuti"', "two artists again"],
  ],
  load: async () => (await import("./run.ts")).runAliasAdd,
  commands: [
    {
      name: "add",
      summary: "declare two names the same artist",
      arguments: [{ name: "<names...>", help: "a name, and the name that it is the same as" }],
      json: async () => [
        { schema: (await import("../../queries/documents/decisions.ts")).aliasChangeSchema },
      ],
      options: [jsonOption],
      examples: [
        ['rewind alias add "Fela Ransome Kuti" "Fela Kuti"', "the same as rewind alias with two names"],
      ],
      load: async () => (await import("./run.ts")).runAliasAdd,
    },
    {
      name: "list",
      summary: "list the aliases",
      json: async () => [{ schema: (await import("../../queries/documents/decisions.ts")).aliasesSchema }],
      options: [jsonOption],
      examples: [["rewind alias list", "name by name"]],
      load: async () => (await import("./run.ts")).runAliasList,
    },
    {
      name: "remove",
      summary: "two artists again",
      arguments: [{ name: "<name>", help: "the first of the two names" }],
      json: async () => [
        { schema: (await import("../../queries/documents/decisions.ts")).aliasChangeSchema },
      ],
      options: [jsonOption],
      examples: [
        ['rewind alias remove "Fela Ransome Kuti"', "its records are matched by their own name again"],
      ],
      load: async () => (await import("./run.ts")).runAliasRemove,
    },
  ],
};
