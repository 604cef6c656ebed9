import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "mcp",
  runsUntilStopped: true,
  details: `A server of the Model Context Protocol on stdin and stdout: an assistant starts it by itself, once it is told
this command. Answers come from the cache, and nothing is changed without --write.`,
  options: [
    {
      flags: "--write",
      help: "offer the tools that change something: note a play, start a sync, settle a match",
    },
  ],
  examples: [
    ["claude mcp add rewind -- rewind mcp", "for Claude Code"],
    ["codex mcp add rewind -- rewind mcp --write", "for Codex, which may settle matches too"],
  ],
  load: async () => (await import("./run.ts")).runMcp,
};
