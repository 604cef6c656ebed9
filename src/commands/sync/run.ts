import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { openNotice } from "../shared/opening/notice.ts";
import type { SyncFlags } from "./session.ts";
import type { Service } from "../../model/model.ts";
import { joinParts } from "../../output/paragraph.ts";
import { duration } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { rateLimitReason, type RequestReport } from "../../sources/services/remote-service.ts";
import { collectionServices, listenbrainzService, listeningServices } from "../../sources/all-services.ts";

export const declaration: CommandDeclaration = {
  name: "sync",
  details: `Fetches everything the first time and only new data after that. You can stop a sync at any time; the next one
continues. Other commands work during a sync and use the data of the last one.
A record that Discogs no longer lists is removed only if this is certain: the list must be complete, and many removals
need a second count that agrees.`,
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
  options: [
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
      help: "skip the plays one by one; fetch records, and the play counts of Last.fm",
    },
    { flags: "--musicbrainz", help: "look up original years and album types at MusicBrainz" },
    { flags: "--masters", help: "look up other original years at Discogs, one request for each" },
    { flags: "--tracklists", help: "fetch the tracklist of every record, 60 a minute" },
    { flags: "--covers", help: "fetch covers; the setting covers says from where" },
    { flags: "--json", help: "print a summary as JSON at the end" },
    { flags: "--events", help: "print one JSON event a line, and the summary last", excludes: ["json"] },
  ],
  examples: [
    ["rewind sync", "update records and plays"],
    ["rewind sync --only plays", "update only your plays, of every service"],
    ["rewind sync --musicbrainz", "look up original years; MusicBrainz learns which releases you own"],
    ["rewind sync --tracklists", "fetch all tracklists; you can stop and continue later"],
    ["rewind sync --musicbrainz --covers", "fetch covers from the Cover Art Archive"],
    ["rewind sync --quiet --json | jq .complete", "run in a nightly job"],
  ],
  load: async () => runSync,
};

async function runSync(context: Context, { options }: Call): Promise<void> {
  const flags = options as SyncFlags;
  if (flags.acceptRemovals === true && flags.full !== true) {
    throw new UsageError(
      "--accept-removals needs --full: only a complete sync knows what is gone",
      "Run: rewind sync --full --accept-removals",
    );
  }
  refuseUnasked(flags);
  // The first line is on the screen while the code that fetches and draws is loaded.
  const notice = openNotice(context, asking);
  const [opened, { runSession }] = await open(context).finally(() => notice.close());
  return runSession(context, opened, flags, asking);
}

const asking = safe`Checking your accounts`;

/** Checks the settings before it opens the cache, so that missing settings leave no empty cache behind. */
async function open(context: Context) {
  const onRequest = (report: RequestReport): void => {
    if (context.options.verbose === true) context.noteLines(requestLine(report));
  };
  const connected = await context.connect({ onRequest, onWait: waitNotes(context) });
  return [{ ...connected, database: await context.writableStore() }, await import("./session.ts")] as const;
}

/** Refuses options that need a service which --only leaves out. */
function refuseUnasked({ only, masters, tracklists }: SyncFlags): void {
  const flag = tracklists === true ? "--tracklists" : masters === true ? "--masters" : null;
  if (flag === null || only === undefined || collectionServices.some(({ id }) => id === only)) return;
  const [{ id, name }] = collectionServices;
  throw new UsageError(
    `${flag} asks ${name}, which --only ${only} leaves out`,
    `Run: rewind sync --only ${id} ${flag}`,
  );
}

/** One request, for --verbose. */
function requestLine(report: RequestReport): SafeText {
  const { status, remaining, outcome } = report;
  const facts = [
    status === null ? "no answer" : String(status),
    `${Math.round(report.durationMs)} ms`,
    remaining === null ? "" : `${remaining} left`,
    outcome === "ok" ? "" : outcome,
  ];
  return printable(`${report.service.id}  ${report.call}  ${joinParts(facts)}`);
}

/** Returns a function that reports waits. Usual waits, which come every minute, are reported once for each service. */
function waitNotes(context: Context): (service: Service, waitMs: number, reason: string) => void {
  const reportedServices = new Set<string>();
  return ({ id, name }, waitMs, reason) => {
    if (reason === rateLimitReason) {
      if (reportedServices.has(id)) return;
      reportedServices.add(id);
    }
    context.note(`${name}: waiting ${duration(Math.ceil(waitMs / 1000))}, ${reason}`);
  };
}
