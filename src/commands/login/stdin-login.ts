// Login for scripts: reads settings as JSON from stdin and checks them without asking anything.
import type { Context } from "../../context.ts";
import { AccountError, UsageError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import type { SafeText } from "../../output/safe-text.ts";
import { type Mark, renderMarked } from "../../output/paragraph.ts";
import type { TerminalStyle } from "../../output/terminal.ts";
import { replaceSecrets } from "../../settings/connection.ts";
import { parseSettings, type StoredSettings } from "../../settings/settings-file.ts";
import { explainWrongShape, settingNames, settings, type SettingName } from "../../settings/all-settings.ts";
import { checkCollection, checkListening, checkListens } from "../shared/access/account-checks.ts";
import { readText } from "../shared/terminal/read-text.ts";
import { createWrongOwnerError, maxAttempts, type LoginFindings, addLoginHint } from "./login-dialog.ts";

export async function readStdinSettings(context: Context): Promise<StoredSettings> {
  const text = await readText(context, "-", { maxBytes: 65_536, what: "settings", hint: keysHint });
  const newSettings = parseSettings(text, "stdin");
  if (Object.keys(newSettings).length === 0) {
    throw new UsageError("no settings were found on stdin", keysHint);
  }
  return Object.fromEntries(
    Object.entries(newSettings).map(([name, value]) => [name, parseValue(name as SettingName, value)]),
  );
}

const keysHint = `Give JSON with any of these fields: ${settingNames.join(", ")}`;

/** Returns the value as the settings reader would. */
function parseValue(name: SettingName, value: string): string {
  const fault = explainWrongShape(name, value);
  if (fault === null) return settings[name].parse(value, name);
  throw new UsageError(
    `${name} on stdin looks wrong. ${fault}`,
    "Nothing was changed. Are two values swapped?",
  );
}

/** Checks the given settings with the services, and throws their errors. */
export async function checkSettings(
  context: Context,
  newSettings: StoredSettings,
  savedSettings: StoredSettings,
  style: TerminalStyle,
): Promise<LoginFindings & { readonly lines: readonly SafeText[] }> {
  const all = { ...savedSettings, ...newSettings };
  const hasNewSetting = (...names: readonly SettingName[]): boolean =>
    names.some((name) => newSettings[name] !== undefined);
  const call = { signal: context.getInterruptSignal(), attempts: maxAttempts };
  const { lastfm_shared_secret: sharedSecret, lastfm_session_key: session = "" } = all;
  const saved = context.settings();
  const services = await context.connectWith(
    replaceSecrets((name) => newSettings[name] ?? saved(name), {
      collection: all.discogs_token,
      listening: all.lastfm_api_key,
      listens: hasNewSetting("listenbrainz_token", "listenbrainz_username")
        ? (all.listenbrainz_token ?? "")
        : undefined,
      signing: sharedSecret === undefined ? undefined : { sharedSecret, session },
    }),
  );
  const lines: SafeText[] = [];
  const addLine = (mark: Mark, text: string): void => {
    for (const line of renderMarked(mark, text, style)) lines.push(line);
  };
  const names: Record<string, string> = {};
  const changes = { ...newSettings };
  try {
    if (hasNewSetting("discogs_token", "discogs_username")) {
      const given = ["collection", requireSetting(all, "discogs_token")] as const;
      const account = await withLoginHint(
        checkCollection(services.collection, all.discogs_username ?? null, call),
        given,
      );
      names["discogs"] = account.username;
      addLine("pass", `Discogs    ${account.text}`);
    }
    if (hasNewSetting("lastfm_api_key", "lastfm_username")) {
      const username = requireSetting(all, "lastfm_username");
      const given = ["listening", requireSetting(all, "lastfm_api_key")] as const;
      const account = await withLoginHint(checkListening(services.listening, username, call), given);
      names["lastfm"] = changes.lastfm_username = account.username;
      const { hiddenNote } = account;
      addLine(hiddenNote === null ? "pass" : "warn", `Last.fm    ${account.text}`);
      if (hiddenNote !== null) addLine("warn", `Last.fm    ${hiddenNote}`);
    }
    if (services.listens !== null) {
      const account = await withLoginHint(
        checkListens(services.listens, all.listenbrainz_username ?? null, call),
      );
      const { owner, username } = account;
      if (owner !== null && owner.toLowerCase() !== username.toLowerCase()) {
        throw new AccountError(
          `the ListenBrainz token belongs to ${owner}, but the plays belong to ${username}`,
          "Give the token and the name of one user.",
        );
      }
      names["listenbrainz"] = username;
      addLine("pass", `ListenBrainz ${account.text}`);
    }
    if (hasNewSetting("lastfm_shared_secret", "lastfm_session_key")) {
      const needed = ["lastfm_api_key", "lastfm_shared_secret", "lastfm_session_key"] as const;
      for (const name of needed) requireSetting(all, name);
      const username = requireSetting(all, "lastfm_username");
      const { scrobbler } = services.listening;
      const owner =
        scrobbler === null ? "" : await withLoginHint(scrobbler.fetchOwner(call), ["listening", ""]);
      // Plays sent as another user would never come back with this user's history.
      if (owner.toLowerCase() !== username.toLowerCase()) throw createWrongOwnerError(owner, username);
    }
    return { changes, names, lines };
  } finally {
    await services.close();
  }
}

/** `given`: the side and the secret that may be refused. */
async function withLoginHint<Account>(
  answer: Promise<Account>,
  given?: readonly [side: Side, secret: string],
): Promise<Account> {
  try {
    return await answer;
  } catch (error) {
    throw addLoginHint(error, given);
  }
}

function requireSetting(all: StoredSettings, name: SettingName): string {
  const value = all[name];
  if (value !== undefined) return value;
  throw new AccountError(`${name} is neither on stdin nor saved yet`, "Add it to the JSON.");
}
