import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

const listKeys: CommandDeclaration["json"] = async () => [
  { schema: (await import("../../queries/documents/installation-documents.ts")).keyListSchema },
];

export const declaration: CommandDeclaration = {
  name: "keys",
  details: `A program that uses rewind serve must send an API key in the header Authorization: Bearer rw_live_…
Only a hash of each key is stored, in keys.json beside the settings file.`,
  json: listKeys,
  options: [jsonOption],
  examples: [
    ["rewind keys create --name dashboard", "create a key for one program"],
    ["rewind keys", "list your keys"],
    ["rewind keys revoke 1", "refuse further requests with key 1"],
  ],
  load: async () => (await import("./run.ts")).runKeys,
  commands: [
    {
      name: "create",
      summary: "create a key and show it once",
      json: async () => [
        { schema: (await import("../../queries/documents/installation-documents.ts")).newKeySchema },
      ],
      options: [
        { flags: "--name <name>", help: "name of the program that will use it" },
        { flags: "--write", help: "also allow logging plays: POST /v1/played", excludes: ["admin"] },
        {
          flags: "--admin",
          help: "also allow logging plays, creating and revoking keys, and starting syncs",
        },
        jsonOption,
      ],
      examples: [
        ["rewind keys create --name phone", "print only the key on stdout"],
        ["rewind keys create --name turntable --write", "create a key for a recogniser"],
      ],
      load: async () => (await import("./run.ts")).runKeysCreate,
    },
    {
      name: "list",
      summary: "list the keys, with when each was last used",
      json: listKeys,
      options: [jsonOption],
      examples: [["rewind keys list", "the same as rewind keys"]],
      load: async () => (await import("./run.ts")).runKeys,
    },
    {
      name: "revoke",
      summary: "revoke a key",
      json: async () => [
        { schema: (await import("../../queries/documents/installation-documents.ts")).revokedKeySchema },
      ],
      arguments: [{ name: "<key>", help: "number or name of the key" }],
      options: [jsonOption],
      examples: [["rewind keys revoke dashboard", "revoke a key by its name"]],
      load: async () => (await import("./run.ts")).runKeysRevoke,
    },
  ],
};
