// What the user has set: the environment over the settings file. Nothing here is ever printed.
import { readFileSync } from "node:fs";
import { AccountError, UsageError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  readonly discogsToken: string;
  /** null: the token's owner. */
  readonly discogsUsername: string | null;
  readonly lastfmApiKey: string;
  readonly lastfmUsername: string;
  /** null: the services' own addresses. */
  readonly discogsUrl: string | null;
  readonly lastfmUrl: string | null;
  readonly musicbrainzUrl: string | null;
  /** The user's own address, for the services to write to; null: none. */
  readonly contact: string | null;
  /** Whether MusicBrainz may be told which releases are on the shelf; null: nothing was said. */
  readonly musicbrainz: boolean | null;
}

/** Each setting's name in the file, with its name in the environment. */
export const settingNames = {
  discogs_token: "DISCOGS_TOKEN",
  discogs_username: "DISCOGS_USERNAME",
  lastfm_api_key: "LASTFM_API_KEY",
  lastfm_username: "LASTFM_USERNAME",
  discogs_api_url: "DISCOGS_API_URL",
  lastfm_api_url: "LASTFM_API_URL",
  musicbrainz_api_url: "MUSICBRAINZ_API_URL",
  shelf_field: "REWIND_SHELF_FIELD",
  contact: "REWIND_CONTACT",
  musicbrainz: "REWIND_MUSICBRAINZ",
} as const;

type SettingName = keyof typeof settingNames;

const required: readonly (readonly [SettingName, string])[] = [
  ["discogs_token", "a personal access token from https://www.discogs.com/settings/developers"],
  [
    "lastfm_api_key",
    "an API key from https://www.last.fm/api/account/create (yours: https://www.last.fm/api/accounts)",
  ],
  ["lastfm_username", "your name on Last.fm"],
];

export type SettingsReader = (name: SettingName) => string | null;

/**
 * Looks settings up, each in the environment first.
 * Throws UsageError: the file is there but can't be read or isn't what it should be.
 */
export function readSettings(path: string, env: Environment): SettingsReader {
  const file = readSettingsFile(path);
  return (name) => {
    const value = env[settingNames[name]] ?? "";
    return value.trim() === "" ? (file[name] ?? null) : value.trim();
  };
}

/** What a sync needs. Throws AccountError that names each missing setting and where to get it. */
export function syncSettings(read: SettingsReader, path: string): Settings {
  const missing = required.filter(([name]) => read(name) === null);
  if (missing.length > 0) {
    const names = missing.map(([name, source]) => `${settingNames[name]}: ${source}`).join("; ");
    throw new AccountError(
      `not set: ${names}`,
      `Set ${missing.length === 1 ? "it" : "them"} in the environment or in ${path}, then run: rewind sync`,
    );
  }
  return {
    discogsToken: read("discogs_token") ?? "",
    discogsUsername: read("discogs_username"),
    lastfmApiKey: read("lastfm_api_key") ?? "",
    lastfmUsername: read("lastfm_username") ?? "",
    discogsUrl: read("discogs_api_url"),
    lastfmUrl: read("lastfm_api_url"),
    musicbrainzUrl: read("musicbrainz_api_url"),
    contact: read("contact"),
    musicbrainz: onOrOff(read, "musicbrainz"),
  };
}

/** null where it isn't set. */
function onOrOff(read: SettingsReader, name: SettingName): boolean | null {
  const value = read(name)?.toLowerCase() ?? null;
  if (value === null) return null;
  if (value === "on" || value === "off") return value === "on";
  throw new UsageError(
    `${settingNames[name]} (${name} in the settings file) must be on or off`,
    "Set it to on or off.",
  );
}

function readSettingsFile(path: string): Partial<Record<SettingName, string>> {
  const text = readText(path);
  if (text === null) return {};
  const value = parse(text, path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`the settings file ${path} is not a JSON object`, example);
  }
  const settings: Partial<Record<SettingName, string>> = {};
  for (const [name, setting] of Object.entries(value)) {
    if (!isSettingName(name)) {
      throw new UsageError(
        `the settings file ${path} has an unknown key: ${JSON.stringify(name.slice(0, 40))}`,
        `Known keys: ${Object.keys(settingNames).join(", ")}`,
      );
    }
    if (setting === null || setting === "") continue;
    if (typeof setting !== "string") {
      throw new UsageError(`the settings file ${path}: ${name} is not a string`, example);
    }
    settings[name] = setting.trim();
  }
  return settings;
}

const example =
  'It should look like: { "discogs_token": "…", "lastfm_api_key": "…", "lastfm_username": "…" }';

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new UsageError(
      `the settings file ${path} can't be read (${String(code)})`,
      "Check who may read it, then try again.",
      {
        cause: error,
      },
    );
  }
}

/** The parser's own message quotes the text around the fault, which may be a token: it isn't passed on. */
function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new UsageError(`the settings file ${path} is not valid JSON`, example);
  }
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingNames, name);
}
