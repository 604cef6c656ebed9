import { UsageError } from "../../model/errors.ts";
import type { ServiceFacts } from "../services/remote-service.ts";

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
