// All routes, in the order of the documentation.
import { buildOpenApiDocument } from "../openapi.ts";
import { pageQueries } from "../page-handler.ts";
import { actionRoute, type QueryRoute, type Route, queryRoute } from "../route.ts";
import { cardRoute } from "./card.ts";
import { chartRoutes } from "./charts.ts";
import { collectionQueries, searchRoute } from "./queries.ts";
import { collectingRoutes } from "./collecting.ts";
import { listeningRoutes } from "./listening.ts";
import { keyRoutes, logRecognisedRoute, syncRoutes } from "./actions.ts";
import { listenQueries } from "./submit-listens.ts";
import { toIsoOrNull } from "../../../queries/records/json-rows.ts";
import { readHistoryState, readPublications } from "../../../queries/statistics/readiness.ts";
import type { SyncRun } from "../../../queries/shelf/sync-manager.ts";
import * as s from "../../../queries/documents/json-schema.ts";
import { countPublished } from "../../../store/file/listings.ts";

// Health routes are for monitors, without a key: the server is up, and the age of its data.

const domainSchema = s.object({
  last_sync: s.orNull(s.instant()),
  status: s.word(["completed", "partial", "failed", "never"]),
  sync_type: s.text(),
  items_synced: s.count(),
  duration_ms: s.orNull(s.count()),
  error: s.orNull(s.text()),
  error_rate: s.share(),
});
type DomainHealth = s.Infer<typeof domainSchema>;

const healthRoutes: readonly Route[] = [
  actionRoute("get", "/v1/health", {
    access: "open",
    summary: "The server is up",
    schema: s.object({ status: s.word(["ok"]), timestamp: s.instant() }),
    act: (_, { nowUts }) => ({ status: "ok" as const, timestamp: toIsoOrNull(nowUts) }),
  }),
  queryRoute("/v1/health/sync", {
    access: "open",
    isLasting: false,
    summary: "The age of the data",
    details:
      "Failure and duration describe the last sync that this server started. An admin key can read its error at /v1/sync. rewind fetches nothing from Apple, so those counts are 0.",
    schema: s.object({
      status: s.word(["ok"]),
      domains: s.object({ listening: domainSchema, collecting: domainSchema }),
      enrichment: s.object({
        artists_missing_apple_music_url_with_plays: s.integer(),
        artists_missing_apple_music_url: s.integer(),
        tracks_missing_itunes_enrichment: s.integer(),
      }),
      integrity: s.object({ lastfm_album_artist_mismatch_count: s.integer() }),
    }),
    answer(_, { database, lastRuns }) {
      const published = readPublications(database);
      const hasHistory = readHistoryState(database) === "complete";
      return {
        status: "ok" as const,
        domains: {
          listening: buildDomainHealth(lastRuns.listening, {
            last_sync: toIsoOrNull(published.get("albums")?.publishedUts ?? null),
            status: hasHistory ? "completed" : "partial",
            sync_type: hasHistory ? "scrobbles" : "top_lists",
            items_synced: countPublished(database, "history"),
          }),
          collecting: buildDomainHealth(lastRuns.collecting, {
            last_sync: toIsoOrNull(published.get("collection")?.publishedUts ?? null),
            status: published.has("wantlist") ? "completed" : "partial",
            sync_type: "collection",
            items_synced: countPublished(database, "collection"),
          }),
        },
        enrichment: {
          artists_missing_apple_music_url_with_plays: 0,
          artists_missing_apple_music_url: 0,
          tracks_missing_itunes_enrichment: 0,
        },
        integrity: { lastfm_album_artist_mismatch_count: 0 },
      };
    },
  }),
];

/** `run` is the last sync of this side that was started here. */
function buildDomainHealth(
  run: SyncRun | null,
  contents: Pick<DomainHealth, "last_sync" | "status" | "sync_type" | "items_synced">,
): DomainHealth {
  const { started_at: startedAt = null, finished_at: finishedAt = null, status } = run ?? {};
  const { last_sync: lastSync } = contents;
  // A later sync of another process may have succeeded.
  const isLast = lastSync === null || lastSync <= (finishedAt ?? "");
  const hasFailed = status === "failed" && isLast;
  return {
    ...contents,
    status: hasFailed ? "failed" : lastSync === null ? "never" : contents.status,
    duration_ms: finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt ?? finishedAt),
    error: hasFailed ? "the last sync failed: GET /v1/sync says why" : null,
    error_rate: hasFailed ? 1 : 0,
  };
}

const documentedRoutes: readonly Route[] = [
  ...collectingRoutes,
  ...collectionQueries,
  ...listeningRoutes,
  ...chartRoutes,
  cardRoute,
  logRecognisedRoute,
  searchRoute,
  ...healthRoutes,
  ...syncRoutes,
  ...keyRoutes,
];

/** `version` is that of the program. */
export function buildRoutes(version: string): readonly Route[] {
  const openApi = actionRoute("get", "/v1/openapi.json", {
    access: "open",
    summary: "This document",
    schema: { type: "object" },
    // Anybody may ask for it, so all answers share these bytes.
    act: (): object => (bytes ??= Buffer.from(JSON.stringify(buildOpenApiDocument(routes, version)))),
  });
  const routes = [...documentedRoutes, openApi];
  let bytes: Buffer | undefined;
  return routes;
}

/** The routes that are answered from the cache. */
export const queryRoutes: readonly QueryRoute[] = [
  ...documentedRoutes.filter((route): route is QueryRoute => "answer" in route),
  ...listenQueries,
  ...pageQueries,
];
