import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "logout",
  details:
    "Removes the credentials from the settings file. The other settings and the cache stay, so you can still query it.",
  examples: [["rewind logout", "remove the saved credentials"]],
  load: async () => (await import("./run.ts")).runLogout,
};
