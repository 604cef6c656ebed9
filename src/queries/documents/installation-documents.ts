// Documents about this installation: API keys, settings, saved questions, and the checks of doctor.
import {
  count,
  flag,
  instant,
  list,
  nothing,
  object,
  orNull,
  text,
  word,
  type ValueOf,
} from "./json-schema.ts";

const keyKinds = ["live", "write", "admin"] as const;

const listedKeySchema = object({
  id: count("number of the key"),
  name: text("name of the key"),
  kind: word(keyKinds, "kind of key: live reads, write also logs plays, admin may do everything"),
  created_at: orNull(instant("time in UTC")),
  last_used_at: orNull(instant("time in UTC, to the minute; null if never")),
});
export type ListedKey = ValueOf<typeof listedKeySchema>;

export const keyListSchema = object({ keys: list(listedKeySchema, "keys of the server") });
export type KeyListDocument = ValueOf<typeof keyListSchema>;

export const newKeySchema = object({
  id: count("number of the key"),
  name: text("name of the key"),
  kind: word(keyKinds, "kind of key: live reads, write also logs plays, admin may do everything"),
  key: text("the key, shown only this once"),
});
export type NewKeyDocument = ValueOf<typeof newKeySchema>;

export const revokedKeySchema = object({
  revoked: object(
    {
      id: count("number of the key"),
      name: text("name of the key"),
      kind: word(keyKinds, "kind of key: live reads, write also logs plays, admin may do everything"),
      created_at: orNull(instant("time in UTC")),
      last_used_at: orNull(instant("time in UTC; null if never")),
    },
    "the revoked key",
  ),
});
export type RevokedDocument = ValueOf<typeof revokedKeySchema>;

/** The names that the hosted API uses. */
export const keyScopes = ["read", "write", "admin"] as const;

const servedKeySchema = object({
  id: count(),
  name: text(),
  scope: word(keyScopes),
  key_prefix: text(),
  key_hint: text(),
  rate_limit_rpm: nothing(),
  last_used_at: orNull(instant()),
  request_count: nothing(),
  expires_at: nothing(),
  is_active: flag(),
  created_at: instant(),
});
export type ServedKey = ValueOf<typeof servedKeySchema>;

export const servedKeysSchema = object({ data: list(servedKeySchema) });

export const servedNewKeySchema = object({
  id: count(),
  key: text(),
  name: text(),
  scope: word(keyScopes),
  key_prefix: text(),
  key_hint: text(),
  created_at: instant(),
  message: text(),
});
export type ServedNewKey = ValueOf<typeof servedNewKeySchema>;

export const servedRevocationSchema = object({ message: text(), id: count() });

export const settingsSchema = object({
  path: text("path of the settings file"),
  settings: list(
    object({
      name: text("name in the settings file"),
      environment: text("environment variable"),
      secret: flag("true if its value is never shown"),
      set: flag("true if it is set"),
      value: orNull(text("value; null for secrets, and if there is none")),
      source: word(["environment", "file", "default"], "where the value comes from"),
      overridden: flag("true if the environment overrides another value in the file"),
      fault: orNull(text("why the value is invalid; null if it is valid")),
    }),
    "all settings",
  ),
});
export type SettingsDocument = ValueOf<typeof settingsSchema>;

export const savedSchema = object({
  saved: list(
    object({ name: text("rewind NAME runs it"), line: list(text(), "words of the command line") }),
    "in the order they were saved",
  ),
});
export type SavedDocument = ValueOf<typeof savedSchema>;

export const doctorSchema = object({
  checks: list(
    object({
      check: text(
        "runtime, sqlite, settings, cache, files, contents, matches, fields, disk, sync, clock, collection, listening, listenbrainz, scrobbling, musicbrainz or accounts",
      ),
      status: text("ok, warning, failure or skipped"),
      message: text("finding"),
      remedy: orNull(text("what to do about it; null if nothing is needed")),
      fixable: flag("true if --fix can fix it"),
      fixed: orNull(text("what --fix did; null if nothing")),
    }),
    "checks in the order they run",
  ),
  summary: object({ failures: count("failed checks"), warnings: count("checks with a warning") }, "totals"),
});
export type DoctorDocument = ValueOf<typeof doctorSchema>;

export const reportSchema = object({
  versions: object(
    {
      rewind: text(),
      node: text(),
      sqlite: orNull(text("null if SQLite can't be loaded")),
      better_sqlite3: text(),
    },
    "versions of the program and of what it runs on",
  ),
  system: object({ platform: text(), release: text(), arch: text() }, "operating system"),
  terminal: orNull(
    object({
      columns: count(),
      rows: orNull(count()),
      colours: word(["none", "16", "256", "all"], "colours that rewind uses there"),
      unicode: flag("false if rewind draws with ASCII only"),
    }),
  ),
  settings: list(
    object({ name: text("name of a setting that is set"), source: word(["environment", "file"]) }),
    "names only, never values",
  ),
  environment: list(text(), "other variables that change what rewind does, names only"),
  cache: orNull(
    object({
      format: count("version of its tables"),
      bytes: count("size of the file"),
      counts: object(
        {
          records: count(),
          releases: count(),
          wants: count(),
          albums: count(),
          tracklists: count(),
          logged_plays: count(),
          decisions: count("decisions about matches"),
        },
        "rows",
      ),
      plays: list(object({ source: text("source of plays"), plays: count() }), "plays by source"),
      matches: object(
        { exact: count(), fuzzy: count(), artist_only: count(), none: count() },
        "records by type of match",
      ),
    }),
  ),
  checks: list(
    object({
      check: text("name of the check, as in doctor --json"),
      status: text("ok, warning, failure or skipped"),
      ms: orNull(count("milliseconds that it took; null if it was skipped")),
    }),
    "checks without their messages",
  ),
  last_sync: orNull(object({ started_at: instant("time in UTC"), ms: count("milliseconds that it took") })),
  last_error: orNull(
    object({
      at: text("time in UTC"),
      version: text("version of rewind"),
      kind: text("name of its class"),
      code: orNull(text("code of Node or SQLite")),
      command: orNull(text("command without its arguments")),
      exit_code: count(),
      frames: list(text(), "places in the source of rewind, the innermost first"),
    }),
  ),
});
export type ReportDocument = ValueOf<typeof reportSchema>;
