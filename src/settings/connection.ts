// What it takes to talk to the services. Nothing here is ever printed.
import { AccountError } from "../errors.ts";
import type { SettingsReader } from "./reader.ts";
import { settings, type SettingName } from "./table.ts";

export interface ConnectionSettings {
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

const required: readonly (readonly [SettingName, string])[] = [
  ["discogs_token", "a personal access token from https://www.discogs.com/settings/developers"],
  [
    "lastfm_api_key",
    "an API key from https://www.last.fm/api/account/create (yours: https://www.last.fm/api/accounts)",
  ],
  ["lastfm_username", "your name on Last.fm"],
];

/** What a sync needs. Throws AccountError that names each missing setting and where to get it. */
export function connectionSettings(read: SettingsReader, path: string): ConnectionSettings {
  const missing = required.filter(([name]) => read(name) === null);
  if (missing.length > 0) {
    const names = missing.map(([name, source]) => `${settings[name].environment}: ${source}`).join("; ");
    throw new AccountError(
      `not set: ${names}`,
      `Set ${missing.length === 1 ? "it" : "them"} in the environment or in ${path}, then run: rewind sync`,
    );
  }
  const musicbrainz = read("musicbrainz");
  return {
    discogsToken: read("discogs_token") ?? "",
    discogsUsername: read("discogs_username"),
    lastfmApiKey: read("lastfm_api_key") ?? "",
    lastfmUsername: read("lastfm_username") ?? "",
    discogsUrl: read("discogs_api_url"),
    lastfmUrl: read("lastfm_api_url"),
    musicbrainzUrl: read("musicbrainz_api_url"),
    contact: read("contact"),
    musicbrainz: musicbrainz === null ? null : musicbrainz === "on",
  };
}
