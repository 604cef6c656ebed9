// Reads settings: the environment overrides the settings file.
import { UsageError } from "../model/errors.ts";
import { readSettingsFile, type StoredSettings } from "./settings-file.ts";
import { settings, type SettingName } from "./all-settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsReader {
  /** The value of a setting; null if it is not set. Throws UsageError if it is invalid. */
  (name: SettingName): string | null;
  /** The same without throwing, with its source. */
  readonly find: (name: SettingName) => FoundSetting;
}

export interface FoundSetting {
  /** As it was set; null if it is not set. */
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
    const value = inEnvironment(name, env) ?? file[name];
    return value === undefined ? null : parse(value, `${environment} (${name} in the settings file)`);
  };
  return Object.assign(read, { find: (name: SettingName) => findSetting(name, file, env) });
}

/** The value in the environment; a blank one counts as unset. */
export function inEnvironment(name: SettingName, env: Environment): string | undefined {
  const value = (env[settings[name].environment] ?? "").trim();
  return value === "" ? undefined : value;
}

function findSetting(name: SettingName, file: StoredSettings, env: Environment): FoundSetting {
  const outer = inEnvironment(name, env);
  const inner = file[name];
  const setValue = outer ?? inner;
  if (setValue === undefined) {
    return { value: null, source: null, isOverridden: false, fault: null };
  }
  return {
    value: setValue,
    source: outer === undefined ? "file" : "environment",
    isOverridden: outer !== undefined && inner !== undefined && outer !== inner,
    fault: faultOf(name, setValue),
  };
}

function faultOf(name: SettingName, setValue: string): string | null {
  try {
    settings[name].parse(setValue, name);
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
