import type { ServiceFacts } from "../services/remote-service.ts";

const noAccount = { secret: null, username: null, sharedSecret: null, session: null } as const;

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
