// Documents of what fills the cache: syncs, as summary, events and state of the server, imports, and sources.
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

const importedPlaySchema = object({
  played_at: orNull(instant("start of the play, in UTC")),
  precision_seconds: integer("1, 60 or 86400: to the second, the minute or the day"),
  artist_name: text("artist of the track, as in the file; empty if unknown"),
  album_name: text("album, as in the file; empty if unknown"),
  track_name: text("title of the track"),
});

export const fileImportSchema = object({
  dry_run: flag("true if the cache is unchanged"),
  files: list(
    object({
      name: text("file name as you gave it, with the name within a zip"),
      format: text("format, recognised by the content"),
      source: text("name of the listening source, as in rewind sources"),
    }),
    "files with listening history",
  ),
  other_files: count("files in folders and zips without listening history"),
  sources: list(
    object({
      name: text("name of the source: spotify, apple …"),
      rows: count("rows in its files; each is a play or left out"),
      plays: count("plays in its files"),
      added: count("number of new plays; in a dry run, of plays that would be new"),
      days: count("number of days with a play, in your time zone"),
      first: orNull(importedPlaySchema),
      last: orNull(importedPlaySchema),
      left_out: list(
        object({
          rule: text("short name of the rule"),
          meaning: text("the rule in words"),
          rows: count("number of rows"),
        }),
        "rows that were left out, by rule",
      ),
    }),
    "listening sources, by name",
  ),
});
export type FileImportDocument = ValueOf<typeof fileImportSchema>;

export const sourcesSchema = object({
  data: list(
    object({
      name: text("name of the source: lastfm, listenbrainz, spotify, apple …"),
      kind: word(["service", "file"], "kind of source: service or file"),
      plays: count("plays that the source has"),
      shared: count("number of these plays that another source has too"),
      first: orNull(instant("the oldest play, in UTC; null if no play has a date")),
      last: orNull(instant("the newest play, in UTC; null if no play has a date")),
      offsets: list(
        object({
          seconds: integer("how many seconds its clock was ahead of the other sources"),
          from: orNull(instant("start, in UTC; null for no start")),
          to: orNull(instant("end, exclusive, in UTC; null for no end")),
          plays: count("number of plays that show this offset"),
        }),
        "periods in which its clock was wrong, oldest first",
      ),
      read_at: orNull(instant("when it was last read, in UTC; null if unknown")),
    }),
    "listening sources; where two have the same play, the first one wins",
  ),
  plays: count(
    "plays of all sources, each counted once; without the listening service's history, the larger of its count and theirs",
  ),
});
export type SourcesDocument = ValueOf<typeof sourcesSchema>;

export const recordPlaysSchema = object({
  record: count("number of the record"),
  data: list(
    object({
      played_at: orNull(instant("start of the play, in UTC; null if unknown")),
      precision_seconds: integer("1, 60 or 86400: to the second, the minute or the day"),
      artist_name: text("artist of the track"),
      track_name: text("title of the track"),
      album_name: text("album tag; empty if there is none"),
      sources: list(text(), "names of the sources that have this play"),
    }),
    "plays of the credited albums, newest first",
  ),
});
export type RecordPlaysDocument = ValueOf<typeof recordPlaysSchema>;

export const removedSourceSchema = object({
  removed: text("name of the source"),
  removed_plays: count("number of plays it had"),
  plays: count("plays of the other sources, each counted once"),
});
export type RemovedSourceDocument = ValueOf<typeof removedSourceSchema>;
