import type { ServiceFacts } from "../services/remote-service.ts";

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
