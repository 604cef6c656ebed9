// Whether the server is there, and how old its answers are: for monitors, without a key.
import { isoSeconds } from "../../../queries/records/contract.ts";
import { historyState } from "../../../queries/figures/readiness.ts";
import type { SyncRun } from "../../../queries/shelf/sync-run.ts";
import { count, instant, integer, object, orNull, text, word } from "../../schemas/json-schema.ts";
import type { ListingName } from "../../../model/steps.ts";
import type { Database } from "../../../store/file/database.ts";
import { readPublications, type Publications } from "../../../store/file/listings.ts";
import { countRecords } from "../../../store/shelf/records.ts";
import { countScrobbles } from "../../../store/plays/scrobbles.ts";
import { question, route } from "../route.ts";

interface HealthDocument {
  readonly status: "ok";
  readonly timestamp: string | null;
}

const health = route({
  method: "get",
  path: "/v1/health",
  access: "open",
  isLasting: false,
  withoutCache: true,
  summary: "Whether the server is there",
  parameters: {},
  schema: object<HealthDocument>({ status: word("ok"), timestamp: instant }),
  answer: (_, { nowUts }): HealthDocument => ({ status: "ok", timestamp: isoSeconds(nowUts) }),
});

interface DomainHealth {
  readonly last_sync: string | null;
  readonly status: "completed" | "partial" | "failed" | "never";
  readonly sync_type: string;
  readonly items_synced: number;
  readonly duration_ms: number | null;
  readonly error: string | null;
  readonly error_rate: number;
}

interface SyncHealthDocument {
  readonly status: "ok";
  readonly domains: { readonly listening: DomainHealth; readonly collecting: DomainHealth };
  readonly enrichment: {
    readonly artists_missing_apple_music_url_with_plays: number;
    readonly artists_missing_apple_music_url: number;
    readonly tracks_missing_itunes_enrichment: number;
  };
  readonly integrity: { readonly lastfm_album_artist_mismatch_count: number };
}

const domainSchema = object<DomainHealth>({
  last_sync: orNull(instant),
  status: word("completed", "partial", "failed", "never"),
  sync_type: text,
  items_synced: count,
  duration_ms: orNull(count),
  error: orNull(text),
  error_rate: { type: "number", minimum: 0, maximum: 1 },
});

const syncHealth = question("/v1/health/sync", {
  access: "open",
  isLasting: false,
  summary: "How old the answers are",
  details:
    "A failure, and how long it took, is told of the last sync that was started here; why it failed is told to an admin key, at /v1/sync. What is fetched from Apple's shops elsewhere is not fetched here: those counts are 0.",
  parameters: {},
  schema: object<SyncHealthDocument>({
    status: word("ok"),
    domains: object<SyncHealthDocument["domains"]>({ listening: domainSchema, collecting: domainSchema }),
    enrichment: object<SyncHealthDocument["enrichment"]>({
      artists_missing_apple_music_url_with_plays: integer,
      artists_missing_apple_music_url: integer,
      tracks_missing_itunes_enrichment: integer,
    }),
    integrity: object<SyncHealthDocument["integrity"]>({ lastfm_album_artist_mismatch_count: integer }),
  }),
  answer: (_, { database, syncs }): SyncHealthDocument => {
    const published = readPublications(database);
    return {
      status: "ok",
      domains: {
        listening: listeningHealth(database, published, syncs.lastOf("listening")),
        collecting: collectingHealth(database, published, syncs.lastOf("collecting")),
      },
      enrichment: {
        artists_missing_apple_music_url_with_plays: 0,
        artists_missing_apple_music_url: 0,
        tracks_missing_itunes_enrichment: 0,
      },
      integrity: { lastfm_album_artist_mismatch_count: 0 },
    };
  },
});

function listeningHealth(database: Database, published: Publications, run: SyncRun | null): DomainHealth {
  const isWhole = historyState(published) === "complete";
  return domainHealth(oldest(published, ["albums"]), {
    isWhole,
    type: isWhole ? "scrobbles" : "top_lists",
    items: countScrobbles(database),
    run,
  });
}

function collectingHealth(database: Database, published: Publications, run: SyncRun | null): DomainHealth {
  return domainHealth(oldest(published, ["collection"]), {
    isWhole: published.has("wantlist"),
    type: "collection",
    items: countRecords(database),
    run,
  });
}

function oldest(published: Publications, steps: readonly ListingName[]): number | null {
  const found = steps.map((step) => published.get(step)?.publishedUts ?? 0);
  return found.includes(0) ? null : Math.min(...found);
}

interface DomainFacts {
  readonly isWhole: boolean;
  readonly type: string;
  readonly items: number;
  /** The last one that was started here and asked this side. */
  readonly run: SyncRun | null;
}

function domainHealth(syncedUts: number | null, { isWhole, type, items, run }: DomainFacts): DomainHealth {
  const { startedUts = 0, finishedUts = null } = run ?? {};
  // One that was started elsewhere may have made up for it.
  const isLast = finishedUts !== null && (syncedUts ?? 0) <= finishedUts;
  const hasFailed = run?.outcome === "failed" && isLast;
  const status = hasFailed ? "failed" : syncedUts === null ? "never" : isWhole ? "completed" : "partial";
  return {
    last_sync: syncedUts === null ? null : isoSeconds(syncedUts),
    status,
    sync_type: type,
    items_synced: items,
    duration_ms: finishedUts === null ? null : (finishedUts - startedUts) * 1000,
    error: hasFailed ? "the last sync failed: GET /v1/sync says why" : null,
    error_rate: hasFailed ? 1 : 0,
  };
}

export const healthRoutes = [health, syncHealth];
