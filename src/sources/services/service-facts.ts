// The facts about each service that are known without loading its client.
import { UsageError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import type { ListeningTraits } from "./listening-service.ts";
import type { ServiceFacts } from "./remote-service.ts";

export const discogsFacts = {
  id: "discogs",
  name: "Discogs",
  baseUrl: "https://api.discogs.com/",
  settings: {
    secret: {
      name: "discogs_token",
      environment: "DISCOGS_TOKEN",
      help: "personal access token of Discogs",
      source: "a personal access token from https://www.discogs.com/settings/developers",
    },
    username: {
      name: "discogs_username",
      environment: "DISCOGS_USERNAME",
      help: "user name of the collection to read",
      unset: "the token's owner",
    },
    sharedSecret: null,
    session: null,
    url: {
      name: "discogs_api_url",
      environment: "DISCOGS_API_URL",
      help: "another address for Discogs: https, or on this machine",
      unset: "Discogs itself",
    },
  },
} as const satisfies ServiceFacts;

const inAddress = (name: string): string =>
  encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%20", "+");

export const lastfmFacts = {
  id: "lastfm",
  name: "Last.fm",
  baseUrl: "https://ws.audioscrobbler.com/2.0/",
  settings: {
    secret: {
      name: "lastfm_api_key",
      environment: "LASTFM_API_KEY",
      help: "API key of Last.fm",
      source:
        "an API key from https://www.last.fm/api/account/create (yours: https://www.last.fm/api/accounts)",
    },
    username: {
      name: "lastfm_username",
      environment: "LASTFM_USERNAME",
      help: "your Last.fm user name",
      source: "your name on Last.fm",
    },
    sharedSecret: {
      name: "lastfm_shared_secret",
      environment: "LASTFM_SHARED_SECRET",
      help: "shared secret of the API key, only for scrobbling; see rewind login --scrobble",
    },
    session: {
      name: "lastfm_session_key",
      environment: "LASTFM_SESSION_KEY",
      help: "session that lets rewind scrobble for you; set by rewind login --scrobble",
    },
    url: {
      name: "lastfm_api_url",
      environment: "LASTFM_API_URL",
      help: "another address for Last.fm: https, or on this machine",
      unset: "Last.fm itself",
    },
  },
  traits: {
    pageSizes: [1000, 200, 50],
    lateSeconds: 14 * daySeconds,
    firstUts: 1_108_296_000,
    unhide: `turn off "Hide recent listening information" at https://www.last.fm/settings/privacy`,
    pageOf: ({ artist, album, track }) => {
      const names = track === undefined ? [artist, album] : [artist, album ?? "_", track];
      const path = names.flatMap((name) => (name === undefined ? [] : [inAddress(name)]));
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
    secret: {
      name: "listenbrainz_token",
      environment: "LISTENBRAINZ_TOKEN",
      help: "user token of ListenBrainz (https://listenbrainz.org/settings/): only to send plays",
    },
    username: {
      name: "listenbrainz_username",
      environment: "LISTENBRAINZ_USERNAME",
      help: "user name of the listens to read",
      unset: "the owner of the token",
    },
    sharedSecret: null,
    session: null,
    url: {
      name: "listenbrainz_api_url",
      environment: "LISTENBRAINZ_API_URL",
      help: "another address for ListenBrainz: https, or on this machine",
      unset: "ListenBrainz itself",
      adjustUrl: (url, name) => {
        url.pathname = url.pathname.replace(/\/1\/$/, "/");
        // Koito and Maloja take listens under this path, and list none there.
        if (!url.pathname.endsWith("/apis/listenbrainz/")) return url;
        throw new UsageError(
          `${name} is the address of a Koito or Maloja server, which lists no listens there`,
          "Export your listens on that server, then run: rewind import FILE",
        );
      },
    },
  },
} as const satisfies ServiceFacts;

const noAccount = { secret: null, username: null, sharedSecret: null, session: null } as const;

export const musicbrainzFacts = {
  id: "musicbrainz",
  name: "MusicBrainz",
  baseUrl: "https://musicbrainz.org/ws/2/",
  settings: {
    ...noAccount,
    url: {
      name: "musicbrainz_api_url",
      environment: "MUSICBRAINZ_API_URL",
      help: "another address for MusicBrainz: https, or on this machine",
      unset: "MusicBrainz itself",
    },
  },
} as const satisfies ServiceFacts;

export const archiveFacts = {
  id: "coverartarchive",
  name: "the Cover Art Archive",
  baseUrl: "https://coverartarchive.org/",
  settings: {
    ...noAccount,
    url: {
      name: "coverart_api_url",
      environment: "COVERART_API_URL",
      help: "another address for the Cover Art Archive: https, or on this machine",
      unset: "the archive itself",
    },
  },
} as const satisfies ServiceFacts;

export const discogsImagesFacts = {
  id: "discogs-images",
  name: "Discogs' image host",
  baseUrl: "https://i.discogs.com/",
  settings: {
    ...noAccount,
    url: {
      name: "discogs_images_url",
      environment: "DISCOGS_IMAGES_URL",
      help: "another address for Discogs' images: https, or on this machine",
      unset: "Discogs itself",
    },
  },
} as const satisfies ServiceFacts;
