// Login for scripts: reads settings as JSON from stdin and checks them without asking anything.
import type { Context } from "../../context.ts";
import { AccountError, UsageError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import type { SafeText } from "../../output/escape.ts";
import { markedLines, type MarkStyle } from "../../output/paragraph.ts";
import { parseSettings, type StoredSettings } from "../../settings/settings-file.ts";
import {
  discogsToken,
  lastfmKey,
  misplacedSecret,
  secretShapeOf,
  settingNames,
  settings,
  type SettingName,
} from "../../settings/all-settings.ts";
import {
  checkCollection,
  checkListening,
  collectionText,
  listeningText,
} from "../shared/opening/account-checks.ts";
import { textOf } from "../shared/terminal/read-text.ts";
import type { LoginFindings } from "./after-login.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListeningService } from "../../sources/services/listening-service.ts";
import { allowedAsAnother, notLoggedIn } from "./talk.ts";

export async function readStdinSettings(context: Context): Promise<StoredSettings> {
  const text = await textOf(context, "-", { mostBytes: 65_536, what: "settings", hint: keysHint });
  if (text.trim() === "") throw new UsageError("stdin is empty", keysHint);
  const newSettings = parseSettings(text, "stdin");
  if (Object.keys(newSettings).length === 0)
    throw new UsageError("no settings were found on stdin", keysHint);
  return Object.fromEntries(
    Object.entries(newSettings).map(([name, value]) => [name, validValue(name as SettingName, value)]),
  );
}

const keysHint = `Give JSON with any of these fields: ${settingNames.join(", ")}`;

/**
 * Returns the value as the settings reader would. A secret in the wrong place is recognised by its shape and never
 * shown.
 */
function validValue(name: SettingName, value: string): string {
  const expectedShape =
    name === "discogs_token" ? discogsToken : name === "lastfm_api_key" ? lastfmKey : null;
  const shape = settings[name].isSecret === true ? null : secretShapeOf(value);
  const fault =
    expectedShape !== null
      ? misplacedSecret(value, expectedShape)
      : shape === null
        ? null
        : `That looks like ${shape.name}`;
  if (fault !== null) {
    throw new UsageError(
      `${name} on stdin looks wrong. ${fault}`,
      "Nothing was changed. Are two values swapped?",
    );
  }
  return settings[name].parse(value, name);
}

/** Checks the given settings with the services, and throws their errors. */
export async function checkSettings(
  context: Context,
  newSettings: StoredSettings,
  savedSettings: StoredSettings,
  style: MarkStyle,
): Promise<LoginFindings & { readonly lines: readonly SafeText[] }> {
  const all = { ...savedSettings, ...newSettings };
  const concerns = (...names: readonly SettingName[]): boolean =>
    names.some((name) => newSettings[name] !== undefined);
  const call = { signal: context.interruptible(), attempts: 2 };
  const services = await context.connectWith({
    collection: all.discogs_token ?? "",
    listening: all.lastfm_api_key ?? "",
    ...(all.lastfm_shared_secret === undefined
      ? {}
      : { signing: { sharedSecret: all.lastfm_shared_secret, session: all.lastfm_session_key ?? "" } }),
  });
  try {
    const discogs = concerns("discogs_token", "discogs_username")
      ? await checkAccount("collection", requireSetting(all, "discogs_token"), async () =>
          checkCollection(services.collection, all.discogs_username ?? null, call),
        )
      : null;
    const username = concerns("lastfm_api_key", "lastfm_username")
      ? requireSetting(all, "lastfm_username")
      : null;
    const lastfm =
      username === null
        ? null
        : await checkAccount("listening", requireSetting(all, "lastfm_api_key"), async () =>
            checkListening(services.listening, username, call),
          );
    if (concerns("lastfm_shared_secret", "lastfm_session_key")) {
      for (const name of ["lastfm_api_key", "lastfm_shared_secret", "lastfm_session_key"] as const) {
        requireSetting(all, name);
      }
      await checkOwner(services.listening, requireSetting(all, "lastfm_username"), call);
    }
    const lines = [
      ...(discogs === null ? [] : markedLines("right", `Discogs    ${collectionText(discogs)}`, style)),
      ...(lastfm === null
        ? []
        : markedLines(
            lastfm.hiddenNote === null ? "right" : "doubtful",
            `Last.fm    ${listeningText(lastfm)}`,
            style,
          )),
      ...(typeof lastfm?.hiddenNote === "string"
        ? markedLines("doubtful", `Last.fm    ${lastfm.hiddenNote}`, style)
        : []),
    ];
    const names = {
      ...(discogs === null ? {} : { collection: discogs.username }),
      ...(lastfm === null ? {} : { listening: lastfm.username }),
    };
    return {
      changes: lastfm === null ? newSettings : { ...newSettings, lastfm_username: lastfm.username },
      names,
      lines,
    };
  } finally {
    await services.close();
  }
}

/** Plays sent as another user would never come back with this user's history. */
async function checkOwner(
  { scrobbling }: ListeningService,
  username: string,
  call: CallOptions,
): Promise<void> {
  const owner = await checkAccount("listening", "", async () => scrobbling?.owner(call) ?? "");
  if (owner.toLowerCase() !== username.toLowerCase()) throw allowedAsAnother(owner, username);
}

async function checkAccount<Account>(
  side: Side,
  secret: string,
  check: () => Promise<Account>,
): Promise<Account> {
  try {
    return await check();
  } catch (error) {
    throw notLoggedIn(error, side, secret);
  }
}

function requireSetting(all: StoredSettings, name: SettingName): string {
  const value = all[name];
  if (value !== undefined) return value;
  throw new AccountError(
    `${name} is neither on stdin nor saved yet`,
    "Nothing was changed. Add it to the JSON.",
  );
}
