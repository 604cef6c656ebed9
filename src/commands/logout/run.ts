import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { formatPath } from "../../host/paths.ts";
import { readSettingsFile, changeSettings, getEnvironmentValue } from "../../settings/settings-file.ts";
import { type SettingName, settingNames, settings } from "../../settings/all-settings.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { converse } from "../shared/terminal/conversation.ts";

const logoutOptions = declareOptions({ flags: "--yes", help: "remove without asking" });

export const declaration = declareCommand({
  name: "logout",
  details:
    "Removes the credentials from the settings file, after a question. A script needs --yes. The other settings and the cache stay, so you can still query it.",
  options: logoutOptions,
  examples: [
    ["rewind logout", "remove the saved credentials"],
    ["rewind logout --yes", "the same, without a question"],
  ],
  load: async () => runLogout,
});

const revocations: Readonly<Partial<Record<SettingName, string>>> = {
  discogs_token: "the token at https://www.discogs.com/settings/developers",
  lastfm_api_key: "the key at https://www.last.fm/api/accounts",
  lastfm_session_key: "the permission to scrobble at https://www.last.fm/settings/applications",
  listenbrainz_token: "the token of ListenBrainz at https://listenbrainz.org/settings/",
};

async function runLogout(context: Context, { options }: Invocation<typeof logoutOptions>): Promise<void> {
  context.settings();
  const secrets = settingNames.filter((name) => settings[name].isSecret === true);
  const fileSettings = readSettingsFile(context.settingsPath);
  const removedNames = secrets.filter((name) => fileSettings[name] !== undefined);
  if (removedNames.length > 0 && options.yes !== true) {
    if (!(await confirmLogout(context, removedNames))) return context.note("Nothing was removed.");
  }
  changeSettings(context.settingsPath, Object.fromEntries(removedNames.map((name) => [name, null])));
  const path = formatPath(context.settingsPath, context.env);
  const inPlace = secrets
    .filter((name) => getEnvironmentValue(name, context.env) !== undefined)
    .map((name) => settings[name].environment);
  const still = inPlace.length === 0 ? "" : ` Still in the environment: ${inPlace.join(", ")}.`;
  if (removedNames.length === 0) return context.note(`No secrets in ${path}: nothing to remove.${still}`);
  context.note(
    `Removed from ${path}: ${removedNames.join(", ")}. Everything else stays, including the cache.${still}`,
  );
  const ways = removedNames.flatMap((name) => revocations[name] ?? []);
  const subject = ways.length === 1 ? "It still works" : "They still work";
  if (ways.length > 0) context.note(`${subject}: revoke ${ways.join(", ")}`);
}

async function confirmLogout(context: Context, names: readonly SettingName[]): Promise<boolean> {
  if (!context.canAsk) {
    throw new UsageError(
      "rewind cannot ask you here",
      `To remove ${names.join(", ")} without asking: rewind logout --yes`,
    );
  }
  return converse(
    context,
    () => "Nothing was removed.",
    (conversation) => conversation.confirm(`Remove ${names.join(", ")}?`, false),
  );
}
