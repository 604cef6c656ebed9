import type { ServiceFacts } from "../services/remote-service.ts";

export const musicbrainzFacts = {
  id: "musicbrainz",
  name: "MusicBrainz",
  baseUrl: "https://musicbrainz.org/ws/2/",
  settings: {
    secret: null,
    username: null,
    sharedSecret: null,
    session: null,
    url: {
      name: "musicbrainz_api_url",
      environment: "MUSICBRAINZ_API_URL",
      help: "another address for MusicBrainz: https, or on this machine",
      unset: "MusicBrainz itself",
    },
  },
} as const satisfies ServiceFacts;
