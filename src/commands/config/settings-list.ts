// Every setting with its value and where it comes from, for people and for programs. Of secrets only that they are set.
import type { SettingsDocument } from "../../queries/documents/installation.ts";
import { redact } from "../../model/redact.ts";
import type { FoundSetting, SettingsReader } from "../../settings/reader.ts";
import { settingNames, settings, type Setting, type SettingName } from "../../settings/all-settings.ts";

export interface ListedSetting extends FoundSetting {
  /** null for a secret as well. */
  readonly value: string | null;
  readonly name: SettingName;
  readonly setting: Setting;
}

export function listSettings(read: SettingsReader): ListedSetting[] {
  return settingNames.map((name) => {
    const setting = settings[name];
    const found = read.find(name);
    return { name, setting, ...found, value: shown(found.value, setting) };
  });
}

/** null for a secret. One may have got into any other setting, and a password into an address. */
function shown(value: string | null, { isSecret }: Setting): string | null {
  if (value === null || isSecret === true) return null;
  return redact(value).replace(/(\/\/)[^/@]*@/, "$1…@");
}

export function document(listed: readonly ListedSetting[], path: string): SettingsDocument {
  return {
    path,
    settings: listed.map(({ name, setting, value, source, isOverridden, fault }) => ({
      name,
      environment: setting.environment,
      secret: setting.isSecret === true,
      set: source !== null,
      value,
      source: source ?? "default",
      overridden: isOverridden,
      fault,
    })),
  };
}
