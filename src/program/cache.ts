// Filling and looking after the cache: sync, demo.
import type { CommandDeclaration } from "./declaration.ts";
import { choice } from "./values.ts";

const demo: CommandDeclaration = {
  name: "demo",
  details: `Some sixty records and their plays, kept while the command runs. Any reading command can follow;
without one, it is the table of rewind xref.`,
  arguments: [{ name: "[command...]", help: "what to run on the sample, with its options" }],
  takesCommandLine: true,
  examples: [
    ["rewind demo", "which of the sample's records are played"],
    ["rewind demo xref --filter unlistened", "which never were"],
    ["rewind demo xref --json", "the same answer for a program"],
    ["rewind demo stats", "the whole shelf in figures"],
  ],
  load: async () => (await import("../commands/demo.ts")).runDemo,
};

const sync: CommandDeclaration = {
  name: "sync",
  details: `Only what is new, once there is a first answer. It can be interrupted: the next sync goes on.
Reading commands work meanwhile, with the answer from before. What a service no longer lists is removed only where
that is sure: a listing short of its own count removes nothing, and much at once needs a second count that agrees.`,
  options: [
    { flags: "--full", help: "read everything again" },
    {
      flags: "--accept-removals",
      help: "with --full: what is no longer listed is gone, however much it is",
    },
    {
      flags: "--only <service>",
      help: "discogs or lastfm",
      parse: choice("--only", ["discogs", "lastfm"]),
    },
    { flags: "--no-history", help: "leave out when what was played: records and plays only" },
    { flags: "--json", help: "print a summary as JSON at the end" },
  ],
  examples: [
    ["rewind sync", "bring both sides up to date"],
    ["rewind sync --only lastfm --no-history", "just the plays, in a few seconds"],
    ["rewind sync --quiet --json | jq .complete", "for a nightly job"],
  ],
  load: async () => (await import("../commands/sync.ts")).runSync,
};

export const cacheCommands: readonly CommandDeclaration[] = [sync, demo];
