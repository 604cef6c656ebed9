// A second listening service: the row that it takes in the table of services, with a client that answers from memory.
import { createMemoryServices } from "../../src/demo/memory-services.ts";
import type { PageNames } from "../../src/sources/services/remote-service.ts";
import type { ListeningServiceDefinition } from "../../src/sources/all-services.ts";
import { TokenBucket } from "../../src/sources/transport/rate-limits.ts";
import { buildChart, type Play } from "./service-data.ts";

const facts = {
  id: "listens",
  name: "Listens",
  baseUrl: "https://listens.invalid/",
  settings: {
    secret: null,
    username: {
      name: "listens_username",
      environment: "LISTENS_USERNAME",
      help: "your user name",
      source: "your name on Listens",
    },
    sharedSecret: null,
    session: null,
    url: {
      name: "listens_api_url",
      environment: "LISTENS_API_URL",
      help: "another address for Listens: https, or on this machine",
    },
  },
  traits: {
    pageSizes: [1000, 100],
    lateSeconds: 14 * 86_400,
    firstUts: 1_033_430_400,
    unhide: "show it",
    pageOf: ({ artist, album, track }: PageNames) =>
      `https://listens.invalid/${[artist, album, track].map((part) => encodeURIComponent(part ?? "")).join("/")}`,
    pageOfDay: (username: string | undefined, day: string) =>
      `https://listens.invalid/${username ?? "me"}/${day}`,
  },
} as const;

/** The only user of the service. */
export const listener = { name: "NightOwl", plays: [] as readonly Play[] };

const nothing = { discogsUser: "", records: [], wants: [], folders: [], customFields: [] };

export const listensRow: ListeningServiceDefinition = {
  ...facts,
  load: async () => ({
    pace: { throttledWaitMs: 10_000 },
    createRateLimit: () => new TokenBucket({ perSecond: 3, burst: 10 }),
    createClient: () => {
      const { name, plays } = listener;
      const { listening } = createMemoryServices({
        ...nothing,
        lastfmUser: name,
        albums: buildChart(plays),
        scrobbles: plays,
      });
      return { ...listening, id: facts.id, name: facts.name, traits: facts.traits };
    },
  }),
};
