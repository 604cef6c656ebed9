import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { runSync } from "../shared/syncing/run-sync.ts";
import type { SyncFlags } from "../shared/syncing/run-session.ts";
import { collectionServices, listenbrainzService, listeningServices } from "../../sources/all-services.ts";

const syncOptions = declareOptions(
  { flags: "--full", help: "fetch everything again" },
  { flags: "--accept-removals", help: "with --full, remove everything that is no longer listed" },
  {
    flags: "--only <service>",
    help: "sync only this service; plays means every listening service",
    choices: {
      words: [
        ...[...collectionServices, listenbrainzService, ...listeningServices].map(({ id }) => id),
        "plays",
      ],
    },
  },
  {
    flags: "--no-history",
    help: "fetch records and Last.fm's play counts, but no single plays",
  },
  { flags: "--musicbrainz", help: "look up original years and album types at MusicBrainz" },
  { flags: "--masters", help: "look up missing original years on Discogs, one request each" },
  { flags: "--tracklists", help: "fetch the tracklist of every record, 60 a minute" },
  { flags: "--covers", help: "fetch covers; the setting covers says from where" },
  { flags: "--json", help: "print a summary as JSON at the end" },
  { flags: "--events", help: "print one JSON event a line, and the summary last", excludes: ["json"] },
);

export const declaration = declareCommand({
  name: "sync",
  details: `Fetches everything the first time and only new data after that. You can stop a sync at any time; the next one
continues. Other commands work during a sync and use the data of the last one.
Rewind removes a record only after Discogs has sent the complete list without it. If many are missing, a second request
must confirm their number.`,
  json: async () => {
    const { syncEventSchema, syncSummarySchema } = await import("../../queries/documents/sync-documents.ts");
    return [
      { schema: syncSummarySchema },
      {
        when: "With --events, a line for each event, and the object above as the last line",
        schema: syncEventSchema,
      },
    ];
  },
  options: syncOptions,
  examples: [
    ["rewind sync", "update records and plays"],
    ["rewind sync --only plays", "update only your plays, of every service"],
    ["rewind sync --musicbrainz", "look up original years; MusicBrainz learns which releases you own"],
    ["rewind sync --tracklists", "fetch all tracklists; you can stop and continue later"],
    ["rewind sync --musicbrainz --covers", "fetch covers from the Cover Art Archive"],
    ["rewind sync --quiet --json | jq .complete", "run in a nightly job"],
  ],
  load: async () => runCommand,
});

async function runCommand(context: Context, { options }: Invocation<typeof syncOptions>): Promise<void> {
  if (options.acceptRemovals === true && options.full !== true) {
    throw new UsageError(
      "--accept-removals needs --full: only a complete sync knows what is gone",
      "Run: rewind sync --full --accept-removals",
    );
  }
  refuseUnusedOptions(options);
  return runSync(context, options);
}

/** Refuses options that need a service which --only leaves out. */
function refuseUnusedOptions({ only, masters, tracklists }: SyncFlags): void {
  const flag = tracklists === true ? "--tracklists" : masters === true ? "--masters" : null;
  if (flag === null || only === undefined || collectionServices.some(({ id }) => id === only)) return;
  const [{ id, name }] = collectionServices;
  throw new UsageError(
    `${flag} needs ${name}, but --only ${only} does not sync it`,
    `Run: rewind sync --only ${id} ${flag}`,
  );
}
