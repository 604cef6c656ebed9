// What the user has set: the environment over the settings file.
import { readSettingsFile } from "./file.ts";
import { settings, type SettingName } from "./table.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a setting; null where it isn't set. Throws UsageError where it is set to what it can't be. */
export type SettingsReader = (name: SettingName) => string | null;

/** Throws UsageError: the file is there but can't be read or isn't what it should be. */
export function readSettings(path: string, env: Environment): SettingsReader {
  const file = readSettingsFile(path);
  return (name) => {
    const { environment, parse, fallback } = settings[name];
    const value = fromEnvironment(name, env) ?? file[name];
    return value === undefined ? fallback : parse(value, `${environment} (${name} in the settings file)`);
  };
}

/** Blank counts as unset. */
function fromEnvironment(name: SettingName, env: Environment): string | undefined {
  const value = (env[settings[name].environment] ?? "").trim();
  return value === "" ? undefined : value;
}
