// Documents about this installation: API keys, settings, saved questions, and the checks of doctor.
import { count, flag, instant, list, nothing, object, orNull, text, word, type ValueOf } from "./schema.ts";

const keyKinds = ["live", "admin"] as const;

const listedKeySchema = object({
  id: count("its number"),
  name: text("what it is for"),
  kind: word(keyKinds, "live or admin"),
  created_at: orNull(instant("in UTC")),
  last_used_at: orNull(instant("in UTC, to the minute; null for never")),
});
export type ListedKey = ValueOf<typeof listedKeySchema>;

export const keyListSchema = object({ keys: list(listedKeySchema, "those that open the server") });
export type KeyListDocument = ValueOf<typeof keyListSchema>;

export const newKeySchema = object({
  id: count("its number"),
  name: text("what it is for"),
  kind: word(keyKinds, "live or admin"),
  key: text("the key itself, shown this once"),
});
export type NewKeyDocument = ValueOf<typeof newKeySchema>;

export const revokedKeySchema = object({
  revoked: object(
    {
      id: count("its number"),
      name: text("what it was for"),
      kind: word(keyKinds, "live or admin"),
      created_at: orNull(instant("in UTC")),
      last_used_at: orNull(instant("in UTC; null for never")),
    },
    "the key that was revoked",
  ),
});
export type RevokedDocument = ValueOf<typeof revokedKeySchema>;

/** The names that the hosted API uses. */
export const keyScopes = ["read", "admin"] as const;

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
  path: text("of the settings file"),
  settings: list(
    object({
      name: text("in the settings file"),
      environment: text("its name in the environment"),
      secret: flag("whether its value is never shown"),
      set: flag("whether it is set"),
      value: orNull(text("null for secrets, and where nothing holds")),
      source: word(["environment", "file", "default"], "where the value comes from"),
      overridden: flag("whether the file says something else, over which the environment wins"),
      fault: orNull(text("why it can't be used as it is set; null where nothing is wrong")),
    }),
    "every setting",
  ),
});
export type SettingsDocument = ValueOf<typeof settingsSchema>;

export const savedSchema = object({
  saved: list(
    object({ name: text("rewind NAME runs it"), line: list(text(), "its words") }),
    "in the order in which they were saved",
  ),
});
export type SavedDocument = ValueOf<typeof savedSchema>;

export const doctorSchema = object({
  checks: list(
    object({
      check: text(
        "runtime, sqlite, settings, cache, files, contents, matches, fields, disk, sync, clock, collection, listening, scrobbling, musicbrainz or accounts",
      ),
      status: text("ok, warning, failure or skipped"),
      message: text("what was found"),
      remedy: orNull(text("what to do about it; null where nothing is to be done")),
      fixable: flag("whether --fix would fix it"),
      fixed: orNull(text("what --fix did; null where it did nothing")),
    }),
    "in the order in which they are made",
  ),
  summary: object(
    { failures: count("how many failed"), warnings: count("how many are to be looked at") },
    "of all checks",
  ),
});
export type DoctorDocument = ValueOf<typeof doctorSchema>;
