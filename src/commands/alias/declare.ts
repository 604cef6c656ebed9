import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "alias",
  details: "The first name is read as the second, on records and albums alike. Without names: list them.",
  arguments: [{ name: "[names...]", help: "a name, and the name that it is the same as" }],
  json: async () => {
    const { changeKeys, keys } = await import("../../decisions/aliases.ts");
    return [{ keys: changeKeys }, { when: "Without names", keys }];
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
      json: async () => [{ keys: (await import("../../decisions/aliases.ts")).changeKeys }],
      options: [jsonOption],
      examples: [
        ['rewind alias add "Fela Ransome Kuti" "Fela Kuti"', "the same as rewind alias with two names"],
      ],
      load: async () => (await import("./run.ts")).runAliasAdd,
    },
    {
      name: "list",
      summary: "list the aliases",
      json: async () => [{ keys: (await import("../../decisions/aliases.ts")).keys }],
      options: [jsonOption],
      examples: [["rewind alias list", "name by name"]],
      load: async () => (await import("./run.ts")).runAliasList,
    },
    {
      name: "remove",
      summary: "two artists again",
      arguments: [{ name: "<name>", help: "the first of the two names" }],
      json: async () => [{ keys: (await import("../../decisions/aliases.ts")).changeKeys }],
      options: [jsonOption],
      examples: [
        ['rewind alias remove "Fela Ransome Kuti"', "its records are matched by their own name again"],
      ],
      load: async () => (await import("./run.ts")).runAliasRemove,
    },
  ],
};
