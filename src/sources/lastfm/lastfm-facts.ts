import { daySeconds } from "../../model/times.ts";
import type { ServiceFacts } from "../services/remote-service.ts";
import type { ListeningTraits } from "../services/listening-service.ts";

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
