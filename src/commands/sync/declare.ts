import type { CommandDeclaration } from "../shared/declaration.ts";
import { accountServices } from "../../sources/table.ts";

export const declaration: CommandDeclaration = {
  name: "sync",
  details: `Only what is new, once there is a first answer. It can be interrupted: the next sync goes on.
Reading commands work meanwhile, with the answer from before. What a service no longer lists is removed only where
that is sure: a listing short of its own count removes nothing, and much at once needs a second count that agrees.`,
  json: async () => [{ keys: (await import("../../sync/summary.ts")).keys }],
  options: [
    { flags: "--full", help: "read everything again" },
    {
      flags: "--accept-removals",
      help: "with --full: what is no longer listed is gone, however much it is",
    },
    {
      flags: "--only <service>",
      help: "one side alone",
      choices: { words: accountServices.map(({ id }) => id) },
    },
    { flags: "--no-history", help: "leave out when what was played: records and plays only" },
    {
      flags: "--musicbrainz",
      help: "ask MusicBrainz about your releases this time: original years, kinds, identity",
    },
    {
      flags: "--masters",
      help: "ask Discogs for the original years that MusicBrainz doesn't know: one request each, once",
    },
    { flags: "--json", help: "print a summary as JSON at the end" },
  ],
  examples: [
    ["rewind sync", "bring both sides up to date"],
    ["rewind sync --only lastfm --no-history", "just the plays, in a few seconds"],
    ["rewind sync --musicbrainz", "original years too; it tells MusicBrainz which releases you have"],
    ["rewind sync --quiet --json | jq .complete", "for a nightly job"],
  ],
  load: async () => (await import("./run.ts")).runSync,
};
