import type { Context } from "../../context.ts";
import { shortPath } from "../../host/paths.ts";
import { readSettingsFile, changeSettings } from "../../settings/settings-file.ts";
import { inEnvironment } from "../../settings/settings-reader.ts";
import { settingNames, settings } from "../../settings/all-settings.ts";

export async function runLogout(context: Context): Promise<void> {
  context.settings();
  const secrets = settingNames.filter((name) => settings[name].isSecret === true);
  const fileSettings = readSettingsFile(context.settingsPath);
  const removedNames = secrets.filter((name) => fileSettings[name] !== undefined);
  const path = shortPath(context.settingsPath, context.env);
  if (removedNames.length > 0) {
    changeSettings(context.settingsPath, Object.fromEntries(removedNames.map((name) => [name, null])));
  }
  const stillSet = secrets
    .filter((name) => inEnvironment(name, context.env) !== undefined)
    .map((name) => settings[name].environment);
  if (removedNames.length === 0)
    return context.note(`No secrets in ${path}: nothing to remove.${heldText(stillSet)}`);
  context.note(
    `Removed from ${path}: ${removedNames.join(", ")}. Everything else stays, including the cache.${heldText(stillSet)}`,
  );
  const permission = removedNames.includes("lastfm_session_key")
    ? ", the permission to scrobble at https://www.last.fm/settings/applications"
    : "";
  context.note(
    `They still work: revoke the token at https://www.discogs.com/settings/developers, the key at https://www.last.fm/api/accounts${permission}`,
  );
}

function heldText(stillSet: readonly string[]): string {
  return stillSet.length === 0 ? "" : ` Still in the environment: ${stillSet.join(", ")}.`;
}
