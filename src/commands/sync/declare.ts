import type { CommandDeclaration } from "../shared/declaration.ts";
import { accountServices } from "../../sources/service-lookup.ts";

export const declaration: CommandDeclaration = {
  name: "sync",
  details: `After the first sync, only what is new is fetched. It can be interrupted: the next sync continues.
Reading commands work meanwhile and answer from the last sync. What a service no longer lists is removed only when
that is certain: a listing short of its own count removes nothing, and many removals need a second count that agrees.`,
  json: async () => {
    const { syncEventSchema, syncSummarySchema } = await import("../../queries/documents/syncs.ts");
    return [{ schema: syncSummarySchema }, { when: "With --events, a line each", schema: syncEventSchema }];
  },
  options: [
    { flags: "--full", help: "read everything again" },
    {
      flags: "--accept-removals",
      help: "with --full: remove all that is no longer listed, however much",
    },
    {
      flags: "--only <service>",
      help: "sync only this service",
      choices: { words: accountServices.map(({ id }) => id) },
    },
    { flags: "--no-history", help: "skip the listening history: records and play counts only" },
    {
      flags: "--musicbrainz",
      help: "ask MusicBrainz about your releases this time: original years, kinds, identity",
    },
    {
      flags: "--masters",
      help: "ask Discogs for the original years that MusicBrainz doesn't know: one request each, only once",
    },
    {
      flags: "--tracklists",
      help: "ask Discogs for the tracklist of every record: one request each, 60 a minute, only once",
    },
    {
      flags: "--covers",
      help: "fetch what your covers look like, from the Cover Art Archive unless the setting covers says more",
    },
    { flags: "--json", help: "print a summary as JSON at the end" },
    {
      flags: "--events",
      help: "print what happens as JSON, an event a line, with the summary last",
      excludes: ["json"],
    },
  ],
  examples: [
    ["rewind sync", "bring both sides up to date"],
    ["rewind sync --only lastfm --no-history", "just the plays, in a few seconds"],
    ["rewind sync --musicbrainz", "original years too; this tells MusicBrainz which releases you have"],
    ["rewind sync --tracklists", "what is on each record; stop it any time, the next sync continues"],
    ["rewind sync --musicbrainz --covers", "hashes and colours of your covers, from the Cover Art Archive"],
    ["rewind sync --quiet --json | jq .complete", "for a nightly job"],
  ],
  load: async () => (await import("./run.ts")).runSync,
};
