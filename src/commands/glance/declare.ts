import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "glance",
  examples: [["rewind", "what you play, one record for tonight, what to settle"]],
  load: async () => (await import("./run.ts")).runGlance,
};
