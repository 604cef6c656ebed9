// The facts about each service that are known without loading its client.
import { UsageError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import type { ListeningTraits } from "./listening-service.ts";
import type { ServiceFacts, ServiceSetting } from "./remote-service.ts";

type SettingFacts = Omit<ServiceSetting, "name" | "environment" | "help">;

function setting<const Name extends string>(name: Name, help: string, facts: SettingFacts = {}) {
  return { name, environment: name.toUpperCase(), help, ...facts };
}

function addressSetting<const Name extends string>(name: Name, service: string, facts: SettingFacts = {}) {
  const help = `another address for ${service}: https, or on this machine`;
  return setting(name, help, { defaultValue: `${service} itself`, ...facts });
}

export const discogsFacts = {
  id: "discogs",
  name: "Discogs",
  baseUrl: "https://api.discogs.com/",
  settings: {
    secret: setting("discogs_token", "personal access token of Discogs", {
      source: "a personal access token from https://www.discogs.com/settings/developers",
    }),
    username: setting("discogs_username", "user name of the collection to read", {
      defaultValue: "the token's owner",
    }),
    sharedSecret: null,
    session: null,
    url: addressSetting("discogs_api_url", "Discogs"),
  },
} as const satisfies ServiceFacts;

export const encodeUrlPart = (name: string): string =>
  encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%20", "+");

export const lastfmFacts = {
  id: "lastfm",
  name: "Last.fm",
  baseUrl: "https://ws.audioscrobbler.com/2.0/",
  settings: {
    secret: setting("lastfm_api_key", "API key of Last.fm", {
      source:
        "an API key from https://www.last.fm/api/account/create (yours: https://www.last.fm/api/accounts)",
    }),
    username: setting("lastfm_username", "your Last.fm user name", { source: "your name on Last.fm" }),
    sharedSecret: setting(
      "lastfm_shared_secret",
      "shared secret of the API key, only for scrobbling; see rewind login --scrobble",
    ),
    session: setting(
      "lastfm_session_key",
      "session that lets rewind scrobble for you; set by rewind login --scrobble",
    ),
    url: addressSetting("lastfm_api_url", "Last.fm"),
  },
  traits: {
    pageSizes: [1000, 200, 50],
    lateSeconds: 14 * daySeconds,
    firstUts: 1_108_296_000,
    unhide: `turn off "Hide recent listening information" at https://www.last.fm/settings/privacy`,
    pageOf: ({ artist, album, track }) => {
      const names = track === undefined ? [artist, album] : [artist, album ?? "_", track];
      const path = names.flatMap((name) => (name === undefined ? [] : [encodeUrlPart(name)]));
      return `https://www.last.fm/music/${path.join("/")}`;
    },
    pageOfDay: (username, day) =>
      username === undefined
        ? "https://www.last.fm/home"
        : `https://www.last.fm/user/${encodeURIComponent(username)}/library?from=${day}&rangetype=1day`,
  },
} as const satisfies ServiceFacts & { readonly traits: ListeningTraits };

export const listenbrainzFacts = {
  id: "listenbrainz",
  name: "ListenBrainz",
  baseUrl: "https://api.listenbrainz.org/",
  settings: {
    secret: setting(
      "listenbrainz_token",
      "user token of ListenBrainz (https://listenbrainz.org/settings/): only to send plays",
    ),
    username: setting("listenbrainz_username", "user name of the listens to read", {
      defaultValue: "the owner of the token",
    }),
    sharedSecret: null,
    session: null,
    url: addressSetting("listenbrainz_api_url", "ListenBrainz", {
      adjustUrl: (url, name) => {
        url.pathname = url.pathname.replace(/\/1\/$/, "/");
        // Koito and Maloja take listens under this path, and list none there.
        if (!url.pathname.endsWith("/apis/listenbrainz/")) return url;
        throw new UsageError(
          `${name} is the address of a Koito or Maloja server, which lists no listens there`,
          "Export your listens on that server, then run: rewind import FILE",
        );
      },
    }),
  },
} as const satisfies ServiceFacts;

const noAccountSettings = { secret: null, username: null, sharedSecret: null, session: null } as const;

export const musicbrainzFacts = {
  id: "musicbrainz",
  name: "MusicBrainz",
  baseUrl: "https://musicbrainz.org/ws/2/",
  settings: {
    ...noAccountSettings,
    url: addressSetting("musicbrainz_api_url", "MusicBrainz"),
  },
} as const satisfies ServiceFacts;

export const archiveFacts = {
  id: "coverartarchive",
  name: "the Cover Art Archive",
  baseUrl: "https://coverartarchive.org/",
  settings: {
    ...noAccountSettings,
    url: addressSetting("coverart_api_url", "the Cover Art Archive", { defaultValue: "the archive itself" }),
  },
} as const satisfies ServiceFacts;

export const discogsImagesFacts = {
  id: "discogs-images",
  name: "Discogs' image host",
  baseUrl: "https://i.discogs.com/",
  settings: {
    ...noAccountSettings,
    url: addressSetting("discogs_images_url", "Discogs' images", { defaultValue: "Discogs itself" }),
  },
} as const satisfies ServiceFacts;
