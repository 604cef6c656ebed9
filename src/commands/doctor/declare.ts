import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "doctor",
  details: `Checks the program, settings, cache, disk, clock, services and accounts, and changes nothing. --fix repairs what
a program can: permissions of files, matches that are out of date, and a damaged cache, which is set aside, never deleted:
your decisions are copied to a new one. Warnings alone are not a failure.`,
  json: async () => [{ schema: (await import("../../queries/documents/installation.ts")).doctorSchema }],
  options: [
    { flags: "--fix", help: "fix what can be fixed" },
    { flags: "--offline", help: "skip the checks that need a network" },
    jsonOption,
  ],
  examples: [
    ["rewind doctor", "what is wrong, and what to do about it"],
    ["rewind doctor --fix", "and fix it"],
    ["rewind doctor --offline --json | jq .summary", "for a script"],
  ],
  load: async () => (await import("./run.ts")).runDoctor,
};
