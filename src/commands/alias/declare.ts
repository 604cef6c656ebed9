import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "alias",
  details:
    "Treats the first name as the second, for records and for albums. Without names, lists your aliases.",
  arguments: [{ name: "[names...]", help: "an artist name, then the name to treat it as" }],
  json: async () => {
    const { aliasChangeSchema, aliasesSchema } =
      await import("../../queries/documents/decision-documents.ts");
    return [{ schema: aliasChangeSchema }, { when: "Without names", schema: aliasesSchema }];
  },
  options: [jsonOption],
  examples: [
    ['rewind alias "Fela Ransome Kuti" "Fela Kuti"', "match records of one with albums of the other"],
    ["rewind alias list", "list your aliases"],
    ['rewind alias remove "Fela Ransome Kuti"', "treat them as two artists again"],
  ],
  load: async () => (await import("./run.ts")).runAliasAdd,
  commands: [
    {
      name: "add",
      summary: "add an alias",
      arguments: [{ name: "<names...>", help: "an artist name, then the name to treat it as" }],
      json: async () => [
        { schema: (await import("../../queries/documents/decision-documents.ts")).aliasChangeSchema },
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
      json: async () => [
        { schema: (await import("../../queries/documents/decision-documents.ts")).aliasesSchema },
      ],
      options: [jsonOption],
      examples: [["rewind alias list", "the same as rewind alias"]],
      load: async () => (await import("./run.ts")).runAliasList,
    },
    {
      name: "remove",
      summary: "remove an alias",
      arguments: [{ name: "<name>", help: "the first of the two names" }],
      json: async () => [
        { schema: (await import("../../queries/documents/decision-documents.ts")).aliasChangeSchema },
      ],
      options: [jsonOption],
      examples: [['rewind alias remove "Fela Ransome Kuti"', "match its records by their own name again"]],
      load: async () => (await import("./run.ts")).runAliasRemove,
    },
  ],
};
