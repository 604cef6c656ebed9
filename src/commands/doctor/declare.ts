import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "doctor",
  details: `Checks the program, settings, cache, disk, clock, services and accounts. It changes nothing without --fix.
--fix repairs file permissions, outdated matches and a damaged cache. A damaged cache is renamed, never deleted, and your
decisions are copied to a new one. The command fails only if a check fails; warnings are fine.
--report prints what a bug report needs: versions, counts, timings and the last error, but no names, paths or values of
settings.`,
  json: async () => {
    const { doctorSchema, reportSchema } = await import("../../queries/documents/installation-documents.ts");
    return [{ schema: doctorSchema }, { when: "With --report", schema: reportSchema }];
  },
  options: [
    { flags: "--fix", help: "repair what can be repaired" },
    { flags: "--offline", help: "skip the checks that need the network" },
    {
      flags: "--report",
      help: "print facts for a bug report, with nothing private in it",
      excludes: ["fix"],
    },
    jsonOption,
  ],
  examples: [
    ["rewind doctor", "check everything"],
    ["rewind doctor --fix", "repair what can be repaired"],
    ["rewind doctor --report", "facts to paste into a bug report"],
    ["rewind doctor --offline --json | jq .summary", "count failures and warnings in a script"],
  ],
  load: async () => (await import("./run.ts")).runDoctor,
};
