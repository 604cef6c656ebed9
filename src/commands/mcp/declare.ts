import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "mcp",
  runsUntilStopped: true,
  details: `Starts a Model Context Protocol server on stdin and stdout. You give the command to your assistant, which then starts
the server when it needs it. Answers come from the cache. Without --write the server changes nothing.`,
  options: [
    {
      flags: "--write",
      help: "also offer tools that log a play, start a sync or settle a match",
    },
  ],
  examples: [
    ["claude mcp add rewind -- rewind mcp", "set up Claude Code"],
    ["codex mcp add rewind -- rewind mcp --write", "set up Codex, and allow changes"],
  ],
  load: async () => (await import("./run.ts")).runMcp,
};
