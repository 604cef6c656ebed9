import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

const listKeys: CommandDeclaration["json"] = async () => [{ keys: (await import("./run.ts")).listKeys }];

export const declaration: CommandDeclaration = {
  name: "keys",
  details: `A key opens rewind serve to a program that sends it: Authorization: Bearer rw_live_…
Only its hash is kept, in keys.json beside the settings: who copies your cache has no key.`,
  json: listKeys,
  options: [jsonOption],
  examples: [
    ["rewind keys create --name dashboard", "a key for one program; it is shown once"],
    ["rewind keys", "which keys there are, and when each was last used"],
    ["rewind keys revoke 1", "its next request is refused"],
  ],
  load: async () => (await import("./run.ts")).runKeys,
  commands: [
    {
      name: "create",
      summary: "make a key, and show it once",
      json: async () => [{ keys: (await import("./run.ts")).newKeys }],
      options: [
        { flags: "--name <name>", help: "what it is for" },
        { flags: "--admin", help: "lets it make and revoke keys and start syncs too; others only read" },
        jsonOption,
      ],
      examples: [["rewind keys create --name phone", "stdout has nothing but the key"]],
      load: async () => (await import("./run.ts")).runKeysCreate,
    },
    {
      name: "list",
      summary: "name, kind, when created and last used of each key",
      json: listKeys,
      options: [jsonOption],
      examples: [["rewind keys list", "the same as rewind keys"]],
      load: async () => (await import("./run.ts")).runKeys,
    },
    {
      name: "revoke",
      summary: "revoke a key",
      json: async () => [{ keys: (await import("./run.ts")).revokedKeys }],
      arguments: [{ name: "<key>", help: "its number or its name" }],
      options: [jsonOption],
      examples: [["rewind keys revoke dashboard", "by its name"]],
      load: async () => (await import("./run.ts")).runKeysRevoke,
    },
  ],
};
