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
} from "./schema.ts";

const stepName = word(
  steps.map(({ name }) => name),
  "collection, wantlist, albums, history, match and the like",
);
const progress = {
  rows: count("read so far; once it is finished, in the cache"),
  rows_expected: orNull(count("of how many; null while that is not known")),
  pages: count("read so far"),
  pages_expected: orNull(count("of how many; null while that is not known")),
};

export const syncSummarySchema = object({
  started_at: text("in UTC"),
  finished_at: text("in UTC"),
  complete: flag("whether everything that was to be done is done"),
  steps: list(
    object({
      name: stepName,
      requests: count("that were made"),
      rows: count("in the cache now"),
      added: count("rows that are new"),
      updated: count("rows that changed"),
      removed: count("rows that are gone"),
      seconds: number("that it took"),
      status: text("done, unchanged, skipped, hidden, private, short, held, away, failed or interrupted"),
    }),
    "in the order in which they began",
  ),
  notes: list(text(), "sentences on what a person should know, and what failed"),
});
export type SummaryDocument = ValueOf<typeof syncSummarySchema>;

export const syncEventSchema = object({
  event: word(["started", "progress", "finished"], "what happened to the step"),
  step: stepName,
  ...progress,
  status: orNull(text("how it ended, as in the summary, which is the last line; null until then")),
});
export type EventDocument = ValueOf<typeof syncEventSchema>;

export const syncRunSchema = object({
  syncing: flag("whether a sync of this cache runs now, wherever it was started"),
  run: orNull(
    object(
      {
        // The names that the hosted API uses.
        scope: word(["all", "collecting", "listening"], "which sides it asks"),
        status: word(
          ["running", "completed", "failed", "interrupted"],
          "running, completed, failed or interrupted",
        ),
        started_at: instant("in UTC"),
        finished_at: orNull(instant("in UTC; null while it runs")),
        steps: list(
          object({
            name: stepName,
            status: text("running, or how it ended, as in the summary of rewind sync --json"),
            ...progress,
          }),
          "in the order in which they began",
        ),
        error: orNull(text("why it failed, and what to do; null where it did not")),
      },
      "the last sync that was started from here; null before the first",
    ),
  ),
});
export type SyncRunDocument = ValueOf<typeof syncRunSchema>;

export const syncCompletedSchema = object({
  status: word(["completed"]),
  items_synced: count("rows that were added, changed or removed"),
  timestamp: instant(),
});
export type CompletedDocument = ValueOf<typeof syncCompletedSchema>;

export const syncStartSchema = object({
  started: flag("false: one is running already"),
  failure: orNull(text("how the last one that was started here ended; null where it did not fail")),
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
