// Documents of what fills the cache: syncs, as summary, events and state of the server, imports, and sources.
import { steps } from "../../model/sync-steps.ts";
import { pagination } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const stepName = s.word(
  steps.map(({ name }) => name),
  "collection, wantlist, albums, history, match and so on",
);
const progress = {
  rows: s.count("rows read so far; after the end, rows in the cache"),
  rows_expected: s.orNull(s.count("expected total; null while unknown")),
  pages: s.count("pages read so far; for steps without pages, requests"),
  pages_expected: s.orNull(s.count("expected pages; null while unknown")),
};

export const syncSummarySchema = s.object({
  started_at: s.text("time in UTC"),
  finished_at: s.text("time in UTC"),
  complete: s.flag("true if every step succeeded"),
  steps: s.rows("steps in the order they began", {
    name: stepName,
    requests: s.count("number of requests"),
    rows: s.count("rows in the cache now"),
    added: s.count("new rows"),
    updated: s.count("changed rows"),
    removed: s.count("removed rows"),
    seconds: s.number("duration in seconds"),
    status: s.text("done, unchanged, skipped, hidden, private, short, held, away, failed or interrupted"),
  }),
  notes: s.list(s.text(), "what you should know, and what failed"),
  services: s.rows("connected services that a sync reads", {
    name: s.text("discogs, lastfm or listenbrainz"),
    status: s.word(
      ["done", "refused", "waiting", "failed", "skipped"],
      "how it went; refused: it does not accept the account; waiting: it refused it less than a day ago and was not asked",
    ),
    message: s.orNull(s.text("why it is missing; null if it is not")),
    data_until: s.orNull(
      s.instant(
        "newest play of a listening service, or when the records were last read, in UTC; null if nothing is known",
      ),
    ),
  }),
});
export type SyncServiceDocument = SummaryDocument["services"][number];
export type SummaryDocument = s.Infer<typeof syncSummarySchema>;

export const syncEventSchema = s.object({
  event: s.word(["started", "progress", "finished"], "event"),
  step: stepName,
  ...progress,
  status: s.orNull(s.text("how the step ended; null until then")),
});
export type EventDocument = s.Infer<typeof syncEventSchema>;

export const syncRunSchema = s.object({
  syncing: s.flag("true if any process is syncing this cache"),
  run: s.orNull(
    s.object("last sync started by this server; null before the first", {
      // The names that the hosted API uses.
      scope: s.word(["all", "collecting", "listening"], "sides that it syncs"),
      status: s.word(["running", "completed", "failed", "interrupted"], "state of the sync"),
      started_at: s.instant("time in UTC"),
      finished_at: s.orNull(s.instant("in UTC; null while it runs")),
      steps: s.rows("steps in the order they began", {
        name: stepName,
        status: s.text("running, or how it ended, as in rewind sync --json"),
        ...progress,
      }),
      error: s.orNull(s.text("why it failed, and what to do; null if it did not fail")),
    }),
  ),
});
export type SyncRunDocument = s.Infer<typeof syncRunSchema>;

export const syncStartSchema = s.object({
  started: s.flag("false if a sync is already running"),
  failure: s.orNull(s.text("why the last sync started here failed; null if it did not fail")),
});
export type SyncStart = s.Infer<typeof syncStartSchema>;

const importedPlaySchema = s.object({
  played_at: s.orNull(s.instant("start of the play, in UTC")),
  precision_seconds: s.integer("1, 60 or 86400: to the second, the minute or the day"),
  artist_name: s.text("artist of the track, as in the file; empty if unknown"),
  album_name: s.text("album, as in the file; empty if unknown"),
  track_name: s.text("title of the track"),
});

export const fileImportSchema = s.object({
  dry_run: s.flag("true if the cache is unchanged"),
  files: s.rows("files with listening history", {
    name: s.text("file name as you gave it, with the name within a zip"),
    format: s.text("format, recognised by the content"),
    source: s.text("name of the listening source, as in rewind sources"),
  }),
  other_files: s.count("files in folders and zips without listening history"),
  sources: s.rows("listening sources, by name", {
    name: s.text("name of the source: spotify, apple …"),
    rows: s.count("rows in its files; each is a play or left out"),
    plays: s.count("plays in its files"),
    added: s.count("number of new plays; in a dry run, of plays that would be new"),
    days: s.count("number of days with a play, in your time zone"),
    first: s.orNull(importedPlaySchema),
    last: s.orNull(importedPlaySchema),
    left_out: s.rows("rows that were left out, by rule", {
      rule: s.text("short name of the rule"),
      meaning: s.text("the rule in words"),
      rows: s.count("number of rows"),
    }),
  }),
});
export type FileImportDocument = s.Infer<typeof fileImportSchema>;

export const sourcesSchema = s.object({
  data: s.rows("listening sources; where two have the same play, the first one wins", {
    name: s.text("name of the source: lastfm, listenbrainz, direct, spotify, apple …"),
    kind: s.word(
      ["service", "file", "client"],
      "kind of source: service, file, or client for the plays that clients sent to rewind",
    ),
    plays: s.count("plays that the source has"),
    shared: s.count("number of these plays that another source has too"),
    first: s.orNull(s.instant("the oldest play, in UTC; null if no play has a date")),
    last: s.orNull(s.instant("the newest play, in UTC; null if no play has a date")),
    offsets: s.rows("periods in which its clock was wrong, oldest first", {
      seconds: s.integer("how many seconds its clock was ahead of the other sources"),
      from: s.orNull(s.instant("start, in UTC; null for no start")),
      to: s.orNull(s.instant("end, exclusive, in UTC; null for no end")),
      plays: s.count("number of plays that show this offset"),
    }),
    read_at: s.orNull(s.instant("when it was last read, in UTC; null if unknown")),
    stopped_at: s.orNull(s.instant("when you stopped it, in UTC; null if syncs ask it, and for a file")),
    refused_at: s.orNull(s.instant("when it refused your account, in UTC; null if it accepts it")),
  }),
  plays: s.count(
    "plays of all sources, each counted once; without the listening service's history, the larger of its count and theirs",
  ),
});
export type SourcesDocument = s.Infer<typeof sourcesSchema>;

export const holesSchema = s.object({
  data: s.rows("periods without plays of a source, the newest first", {
    kind: s.word(
      ["certain", "probable"],
      "certain: another source has plays of these days; probable: no source has any, and you play nearly every day",
    ),
    source: s.orNull(s.text("name of the source, as in rewind sources; null: all of them")),
    first_day: s.day("first day without plays, in your time zone"),
    last_day: s.orNull(s.day("last day without plays; null if the source has no play since")),
    days: s.count("number of days, until the source was last read if it has no play since"),
    others: s.rows("sources that have plays of these days, the most first", {
      name: s.text("name of the source"),
      plays: s.count("plays that it has of these days"),
    }),
    remedy: s.text("what would fill it"),
  }),
  summary: s.object("how many there are", {
    certain: s.count("certain ones"),
    probable: s.count("probable ones"),
  }),
});
export type HolesDocument = s.Infer<typeof holesSchema>;

export const recordPlaysSchema = s.object({
  record: s.count("number of the record"),
  data: s.rows("plays of the credited albums, newest first", {
    played_at: s.orNull(s.instant("start of the play, in UTC; null if unknown")),
    precision_seconds: s.integer("1, 60 or 86400: to the second, the minute or the day"),
    artist_name: s.text("artist of the track"),
    track_name: s.text("title of the track"),
    album_name: s.text("album tag; empty if there is none"),
    sources: s.list(s.text(), "names of the sources that have this play"),
  }),
  pagination,
});
export type RecordPlaysDocument = s.Infer<typeof recordPlaysSchema>;

export const changedSourceSchema = s.object({
  name: s.text("name of the service"),
  stopped: s.flag("true if syncs do not ask it any more"),
  changed: s.flag("false if it was so before"),
  plays: s.count("plays that the service has"),
  last: s.orNull(s.instant("its newest play, in UTC; null if no play has a date")),
});
export type ChangedSourceDocument = s.Infer<typeof changedSourceSchema>;

export const removedSourceSchema = s.object({
  removed: s.text("name of the source"),
  removed_plays: s.count("number of plays it had"),
  only_here: s.count("number of these plays that no other source has"),
  plays: s.count("plays of the other sources, each counted once"),
});
export type RemovedSourceDocument = s.Infer<typeof removedSourceSchema>;

export const sendPlaysSchema = s.object({
  target: s.text("server that the plays are sent to"),
  account: s.text("user of the token on that server"),
  dry_run: s.flag("true if nothing was sent"),
  listed: s.count("plays that the server listed before"),
  compared: s.count("plays of your history that were compared with them"),
  missing: s.count("plays of your history that the server lacked"),
  first: s.orNull(s.instant("the oldest missing play, in UTC; null if none is missing")),
  last: s.orNull(s.instant("the newest missing play, in UTC; null if none is missing")),
  left_out: s.rows("plays that can't be sent, by rule", {
    rule: s.text("short name of the rule"),
    meaning: s.text("the rule in words"),
    plays: s.count("number of plays"),
  }),
  sent: s.count("plays that the server took"),
  refused: s.rows("plays that the server refused as invalid", {
    played_at: s.orNull(s.instant("start of the play, in UTC")),
    artist_name: s.text("artist of the track"),
    track_name: s.text("title of the track"),
  }),
  days_short: s.rows("days with sent plays that the server does not list", {
    day: s.day("day in UTC"),
    sent: s.count("plays that were sent"),
    listed: s.count("number of them that the server lists"),
  }),
});
export type SendPlaysDocument = s.Infer<typeof sendPlaysSchema>;
