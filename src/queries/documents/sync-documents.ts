// Documents of syncs: the summary, the events, and the state that the server reports.
import { steps } from "../../model/steps.ts";
import {
  count,
  flag,
  instant,
  integer,
  list,
  number,
  object,
  orNull,
  share,
  text,
  word,
  type ValueOf,
} from "./json-schema.ts";

const stepName = word(
  steps.map(({ name }) => name),
  "collection, wantlist, albums, history, match and so on",
);
const progress = {
  rows: count("rows read so far; after the end, rows in the cache"),
  rows_expected: orNull(count("expected total; null while unknown")),
  pages: count("rows read so far"),
  pages_expected: orNull(count("expected total; null while unknown")),
};

export const syncSummarySchema = object({
  started_at: text("time in UTC"),
  finished_at: text("time in UTC"),
  complete: flag("true if every step succeeded"),
  steps: list(
    object({
      name: stepName,
      requests: count("number of requests"),
      rows: count("rows in the cache now"),
      added: count("new rows"),
      updated: count("changed rows"),
      removed: count("removed rows"),
      seconds: number("duration in seconds"),
      status: text("done, unchanged, skipped, hidden, private, short, held, away, failed or interrupted"),
    }),
    "steps in the order they began",
  ),
  notes: list(text(), "what you should know, and what failed"),
});
export type SummaryDocument = ValueOf<typeof syncSummarySchema>;

export const syncEventSchema = object({
  event: word(["started", "progress", "finished"], "event"),
  step: stepName,
  ...progress,
  status: orNull(text("how the step ended; null until then")),
});
export type EventDocument = ValueOf<typeof syncEventSchema>;

export const syncRunSchema = object({
  syncing: flag("true if any process is syncing this cache"),
  run: orNull(
    object(
      {
        // The names that the hosted API uses.
        scope: word(["all", "collecting", "listening"], "sides that it syncs"),
        status: word(
          ["running", "completed", "failed", "interrupted"],
          "running, completed, failed or interrupted",
        ),
        started_at: instant("time in UTC"),
        finished_at: orNull(instant("in UTC; null while it runs")),
        steps: list(
          object({
            name: stepName,
            status: text("running, or how it ended, as in rewind sync --json"),
            ...progress,
          }),
          "steps in the order they began",
        ),
        error: orNull(text("why it failed, and what to do; null if it did not fail")),
      },
      "last sync started by this server; null before the first",
    ),
  ),
});
export type SyncRunDocument = ValueOf<typeof syncRunSchema>;

export const syncCompletedSchema = object({
  status: word(["completed"]),
  items_synced: count("rows added, changed or removed"),
  timestamp: instant(),
});
export type CompletedDocument = ValueOf<typeof syncCompletedSchema>;

export const syncStartSchema = object({
  started: flag("false if a sync is already running"),
  failure: orNull(text("why the last sync started here failed; null if it did not fail")),
});
export type SyncStart = ValueOf<typeof syncStartSchema>;

export const healthSchema = object({ status: word(["ok"]), timestamp: instant() });

const domainSchema = object({
  last_sync: orNull(instant()),
  status: word(["completed", "partial", "failed", "never"]),
  sync_type: text(),
  items_synced: count(),
  duration_ms: orNull(count()),
  error: orNull(text()),
  error_rate: share(),
});
export type DomainHealth = ValueOf<typeof domainSchema>;

export const syncHealthSchema = object({
  status: word(["ok"]),
  domains: object({ listening: domainSchema, collecting: domainSchema }),
  enrichment: object({
    artists_missing_apple_music_url_with_plays: integer(),
    artists_missing_apple_music_url: integer(),
    tracks_missing_itunes_enrichment: integer(),
  }),
  integrity: object({ lastfm_album_artist_mismatch_count: integer() }),
});
export type SyncHealthDocument = ValueOf<typeof syncHealthSchema>;
