// Documents about this installation: API keys, settings, saved questions, and the checks of doctor.
import * as s from "./json-schema.ts";

export const keyKinds = ["live", "write", "admin"] as const;

const keyFields = {
  id: s.count("number of the key"),
  name: s.text("name of the key"),
  kind: s.word(keyKinds, "kind of key: live reads, write also logs plays, admin may do everything"),
};

const listedKeySchema = s.object({
  ...keyFields,
  created_at: s.orNull(s.instant("time in UTC")),
  last_used_at: s.orNull(s.instant("time in UTC, to the minute; null if never")),
});
export type ListedKey = s.Infer<typeof listedKeySchema>;

export const keyListSchema = s.object({ keys: s.list(listedKeySchema, "keys of the server") });
export type KeyListDocument = s.Infer<typeof keyListSchema>;

export const newKeySchema = s.object({ ...keyFields, key: s.text("the key, shown only this once") });
export type NewKeyDocument = s.Infer<typeof newKeySchema>;

export const revokedKeySchema = s.object({ revoked: s.withMeaning("the revoked key", listedKeySchema) });
export type RevokedDocument = s.Infer<typeof revokedKeySchema>;

export const settingsSchema = s.object({
  path: s.text("path of the settings file"),
  settings: s.rows("all settings", {
    name: s.text("name in the settings file"),
    environment: s.text("environment variable"),
    secret: s.flag("true if its value is never shown"),
    set: s.flag("true if it is set"),
    value: s.orNull(s.text("value; null for secrets, and if there is none")),
    source: s.word(["environment", "file", "default"], "where the value comes from"),
    overridden: s.flag("true if the environment overrides another value in the file"),
    fault: s.orNull(s.text("why the value is invalid; null if it is valid")),
  }),
});
export type SettingsDocument = s.Infer<typeof settingsSchema>;

export const savedSchema = s.object({
  saved: s.rows("in the order they were saved", {
    name: s.text("rewind NAME runs it"),
    line: s.list(s.text(), "words of the command line"),
  }),
});
export type SavedDocument = s.Infer<typeof savedSchema>;

export const doctorSchema = s.object({
  checks: s.rows("checks in the order they run", {
    check: s.text(
      "runtime, sqlite, cache, files, settings, contents, matches, fields, disk, sync, clock, collection, listening, listenbrainz, scrobbling, musicbrainz or accounts",
    ),
    status: s.text("ok, warning, failure or skipped"),
    message: s.text("finding"),
    remedy: s.orNull(s.text("what to do about it; null if nothing is needed")),
    fixable: s.flag("true if --fix can fix it"),
    fixed: s.orNull(s.text("what --fix did; null if nothing")),
  }),
  summary: s.object("totals", {
    failures: s.count("failed checks"),
    warnings: s.count("checks with a warning"),
  }),
});
export type DoctorDocument = s.Infer<typeof doctorSchema>;

export const reportSchema = s.object({
  versions: s.object("versions of the program and of what it runs on", {
    rewind: s.text(),
    node: s.text(),
    sqlite: s.orNull(s.text("null if SQLite can't be loaded")),
    better_sqlite3: s.text(),
  }),
  system: s.object("operating system", { platform: s.text(), release: s.text(), arch: s.text() }),
  terminal: s.orNull(
    s.object({
      columns: s.count(),
      rows: s.orNull(s.count()),
      colours: s.word(["none", "16", "256", "all"], "colours that rewind uses there"),
      unicode: s.flag("false if rewind draws with ASCII only"),
    }),
  ),
  settings: s.rows("names only, never values", {
    name: s.text("name of a setting that is set"),
    source: s.word(["environment", "file"]),
  }),
  environment: s.list(s.text(), "other variables that change what rewind does, names only"),
  cache: s.orNull(
    s.object({
      format: s.count("version of its tables"),
      bytes: s.count("size of the file"),
      counts: s.object("rows", {
        records: s.count(),
        releases: s.count(),
        wants: s.count(),
        albums: s.count(),
        tracklists: s.count(),
        logged_plays: s.count(),
        decisions: s.count("decisions about matches"),
      }),
      plays: s.rows("plays by source", { source: s.text("source of plays"), plays: s.count() }),
      matches: s.object("records by type of match", {
        exact: s.count(),
        fuzzy: s.count(),
        artist_only: s.count(),
        none: s.count(),
      }),
    }),
  ),
  checks: s.rows("checks without their messages", {
    check: s.text("name of the check, as in doctor --json"),
    status: s.text("ok, warning, failure or skipped"),
    ms: s.orNull(s.count("milliseconds that it took; null if it was skipped")),
  }),
  last_sync: s.orNull(
    s.object({ started_at: s.instant("time in UTC"), ms: s.count("milliseconds it took") }),
  ),
  last_error: s.orNull(
    s.object({
      at: s.text("time in UTC"),
      version: s.text("version of rewind"),
      kind: s.text("name of its class"),
      code: s.orNull(s.text("code of Node or SQLite")),
      command: s.orNull(s.text("command without its arguments")),
      exit_code: s.count(),
      frames: s.list(s.text(), "places in the source of rewind, the innermost first"),
    }),
  ),
});
export type ReportDocument = s.Infer<typeof reportSchema>;
