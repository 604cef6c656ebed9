// Changes of the settings file.
import { readSettingsFile, type StoredSettings } from "./file.ts";
import { checkPrivateFile, writePrivateFile, type WrittenFile } from "./private-file.ts";
import { settingNames, type SettingName } from "./all-settings.ts";

/** What to set, and with null what to take away; the rest stays. */
export type SettingChanges = Readonly<Partial<Record<SettingName, string | null>>>;

/**
 * Tells whether anything is different now.
 * Throws UsageError where the file isn't what it should be, SystemError where it can't be written.
 */
export function changeSettings(path: string, changes: SettingChanges): boolean {
  const before = readSettingsFile(path);
  const after: StoredSettings = Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = changes[name] === undefined ? before[name] : changes[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  );
  if (settingNames.every((name) => before[name] === after[name])) return false;
  writePrivateFile(settingsFile(path), `${JSON.stringify(after, null, 2)}\n`);
  return true;
}

/** Throws SystemError where the file could not be written. */
export function checkWritable(path: string): void {
  checkPrivateFile(settingsFile(path));
}

function settingsFile(path: string): WrittenFile {
  return { path, what: "the settings file" };
}
