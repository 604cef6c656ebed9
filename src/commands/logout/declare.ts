import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "logout",
  details: "The other settings stay, and so does the cache: what was fetched can still be asked.",
  examples: [["rewind logout", "takes token and key out of the settings file"]],
  load: async () => (await import("./run.ts")).runLogout,
};
