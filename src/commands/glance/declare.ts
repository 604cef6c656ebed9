import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "glance",
  examples: [["rewind", "show what you play, a record for tonight and doubtful matches"]],
  load: async () => (await import("./run.ts")).runGlance,
};
