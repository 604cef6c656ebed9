// The settings file: one JSON object of strings. Errors never quote its values.
import { findNearestChoice, UsageError } from "../model/errors.ts";
import { isSettingName, type SettingName, settingNames, settings } from "./all-settings.ts";
import {
  assertFileWritable,
  parseJsonOrNull,
  readPrivateFile,
  writePrivateJson,
  type NamedFile,
} from "./private-file.ts";

export type StoredSettings = Readonly<Partial<Record<SettingName, string>>>;

/** Returns the settings in the file, or none if there is no file. Throws UsageError if it can't be read or is invalid. */
export function readSettingsFile(path: string): StoredSettings {
  const text = readPrivateFile(toSettingsFile(path));
  const hint = `${exampleHint}\nFix it, or move it away and run: rewind login`;
  return text === null ? {} : parseSettings(text, `the settings file ${path}`, hint);
}

const exampleHint = 'It should look like: { "discogs_token": "…", "listenbrainz_username": "…" }';

/** Parses settings from JSON. `origin` names the text in errors. */
export function parseSettings(text: string, origin: string, hint = exampleHint): StoredSettings {
  const object = parseJsonOrNull(text);
  if (typeof object !== "object" || object === null || Array.isArray(object)) {
    throw new UsageError(`${origin} is not valid JSON with one object`, hint);
  }
  const values: Partial<Record<SettingName, string>> = {};
  for (const [name, setting] of Object.entries(object) as [string, unknown][]) {
    if (!isSettingName(name)) {
      const nearest = findNearestChoice(name, settingNames);
      const guess = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
      throw new UsageError(
        `${origin} has an unknown key: ${JSON.stringify(name.slice(0, 40))}${guess}`,
        `Known keys: ${settingNames.join(", ")}`,
      );
    }
    if (setting === null || setting === "") continue;
    if (typeof setting !== "string") throw new UsageError(`${origin}: ${name} is not a string`, hint);
    values[name] = setting.trim();
  }
  return values;
}

/** The settings to change. null removes a setting. */
export type SettingChanges = Readonly<Partial<Record<SettingName, string | null>>>;

/** Returns whether anything changed. Throws UsageError if the file is invalid, SystemError if it can't be written. */
export function changeSettings(path: string, changes: SettingChanges): boolean {
  const before = readSettingsFile(path);
  const after: StoredSettings = Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = changes[name] === undefined ? before[name] : changes[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  );
  if (settingNames.every((name) => before[name] === after[name])) return false;
  writePrivateJson(toSettingsFile(path), after);
  return true;
}

/** Throws SystemError if the file can't be written. */
export function assertSettingsWritable(path: string): void {
  assertFileWritable(toSettingsFile(path));
}

function toSettingsFile(path: string): NamedFile {
  return { path, what: "the settings file" };
}

// Reading: the environment overrides the file.

type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsReader {
  /** The value of a setting; null if it is not set. Throws UsageError if it is invalid. */
  (name: SettingName): string | null;
  /** The same without throwing, with its source. */
  readonly find: (name: SettingName) => FoundSetting;
}

export interface FoundSetting {
  /** The value as it was set; null if it is not set. */
  readonly value: string | null;
  /** null: it isn't set. */
  readonly source: "environment" | "file" | null;
  /** The file has another value, which the environment overrides. */
  readonly isOverridden: boolean;
  /** Why the value is invalid. */
  readonly fault: string | null;
}

/** Throws UsageError if the file can't be read or is invalid. */
export function readSettings(path: string, env: Environment): SettingsReader {
  const file = readSettingsFile(path);
  const read = (name: SettingName): string | null => {
    const { environment, parse } = settings[name];
    const value = getEnvironmentValue(name, env) ?? file[name];
    return value === undefined ? null : parse(value, `${environment} (${name} in the settings file)`);
  };
  return Object.assign(read, { find: (name: SettingName) => findSetting(name, file, env) });
}

/** The value in the environment; a blank one counts as unset. */
export function getEnvironmentValue(name: SettingName, env: Environment): string | undefined {
  const value = (env[settings[name].environment] ?? "").trim();
  return value === "" ? undefined : value;
}

function findSetting(name: SettingName, file: StoredSettings, env: Environment): FoundSetting {
  const outer = getEnvironmentValue(name, env);
  const inner = file[name];
  const value = outer ?? inner;
  if (value === undefined) return { value: null, source: null, isOverridden: false, fault: null };
  const isOverridden = outer !== undefined && inner !== undefined && outer !== inner;
  const setting = { value, source: outer === undefined ? "file" : "environment", isOverridden } as const;
  try {
    settings[name].parse(value, name);
    return { ...setting, fault: null };
  } catch (error) {
    if (error instanceof UsageError) return { ...setting, fault: error.message };
    throw error;
  }
}
