import type { CommandDeclaration } from "../shared/declaration.ts";
import { accountServices } from "../../sources/all-services.ts";

export const declaration: CommandDeclaration = {
  name: "sync",
  details: `Fetches everything the first time and only new data after that. You can stop a sync at any time; the next one
continues. Other commands work during a sync and use the data of the last one.
A record that Discogs no longer lists is removed only if this is certain: the list must be complete, and many removals
need a second count that agrees.`,
  json: async () => {
    const { syncEventSchema, syncSummarySchema } = await import("../../queries/documents/sync-documents.ts");
    return [{ schema: syncSummarySchema }, { when: "With --events, a line each", schema: syncEventSchema }];
  },
  options: [
    { flags: "--full", help: "fetch everything again" },
    {
      flags: "--accept-removals",
      help: "with --full, remove everything that is no longer listed",
    },
    {
      flags: "--only <service>",
      help: "sync only this service",
      choices: { words: accountServices.map(({ id }) => id) },
    },
    { flags: "--no-history", help: "skip the listening history; fetch records and play counts" },
    {
      flags: "--musicbrainz",
      help: "look up original years and album types at MusicBrainz",
    },
    {
      flags: "--masters",
      help: "look up other original years at Discogs, one request for each",
    },
    {
      flags: "--tracklists",
      help: "fetch the tracklist of every record, 60 a minute",
    },
    {
      flags: "--covers",
      help: "fetch covers; the setting covers says from where",
    },
    { flags: "--json", help: "print a summary as JSON at the end" },
    {
      flags: "--events",
      help: "print one JSON event a line, and the summary last",
      excludes: ["json"],
    },
  ],
  examples: [
    ["rewind sync", "update records and plays"],
    ["rewind sync --only lastfm --no-history", "update only the play counts, in a few seconds"],
    ["rewind sync --musicbrainz", "look up original years; MusicBrainz learns which releases you own"],
    ["rewind sync --tracklists", "fetch all tracklists; you can stop and continue later"],
    ["rewind sync --musicbrainz --covers", "fetch covers from the Cover Art Archive"],
    ["rewind sync --quiet --json | jq .complete", "run in a nightly job"],
  ],
  load: async () => (await import("./run.ts")).runSync,
};
