import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "logout",
  details: "The other settings stay, and so does the cache: what was fetched can still be queried.",
  examples: [["rewind logout", "remove token and key from the settings file"]],
  load: async () => (await import("./run.ts")).runLogout,
};
