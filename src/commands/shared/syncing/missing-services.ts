// The last lines of a sync about services that are missing: what happened, what is kept, and what to do.
import { AccountError, type RewindError } from "../../../model/errors.ts";
import { daySeconds, toIsoOrNull } from "../../../model/times.ts";
import { formatLongDay } from "../../../output/format-dates.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { joinParts } from "../../../output/paragraph.ts";
import { querySources, type SourcesResult } from "../../../queries/shelf/sources.ts";
import type { SyncServiceDocument } from "../../../queries/documents/sync-documents.ts";
import type { Database } from "../../../store/file/database.ts";
import { readRefusal } from "../../../store/file/cache-facts.ts";
import { readPublication } from "../../../store/file/listings.ts";
import type { ServiceOutcome, SyncSummary } from "../../../sync/whole-sync.ts";

export interface MissingService {
  readonly error: RewindError;
  /** Since when its data is known. */
  readonly kept: string;
  readonly remedy: string;
}

export function listMissingServices(database: Database, { services }: SyncSummary): MissingService[] {
  const sources = querySources(database);
  return services.flatMap((outcome) => {
    const { error } = outcome;
    if (error === null) return [];
    return [
      {
        error,
        kept: describeCachedData(outcome, database, sources),
        remedy: getRemedy(outcome, error, database),
      },
    ];
  });
}

/** Each service for --json: how it went, and until when its data is known. */
export function buildServiceDocuments(database: Database, { services }: SyncSummary): SyncServiceDocument[] {
  const sources = querySources(database);
  return services.map((outcome) => ({
    name: outcome.service.id,
    status: outcome.status,
    message: outcome.error?.message ?? null,
    data_until: toIsoOrNull(
      outcome.side === "collection"
        ? readRecordsUts(database)
        : (findSourceStats(outcome, sources)?.lastUts ?? null),
    ),
  }));
}

function describeCachedData(outcome: ServiceOutcome, database: Database, sources: SourcesResult): string {
  if (outcome.side === "collection") {
    const uts = readRecordsUts(database);
    return uts === null ? "No records are known yet." : `Records as of ${formatLongDay(uts)}.`;
  }
  const { plays = 0, lastUts = null, readUts = null } = findSourceStats(outcome, sources) ?? {};
  if (plays === 0) return `No plays of ${outcome.service.name} are known yet.`;
  const until =
    lastUts !== null
      ? ` until ${formatLongDay(lastUts)}`
      : readUts !== null
        ? ` as of ${formatLongDay(readUts)}`
        : "";
  return `Your ${pluralize(plays, "play")}${until} stay.`;
}

function findSourceStats({ service }: ServiceOutcome, { sources }: SourcesResult) {
  return sources.find(({ name }) => name === service.id);
}

function readRecordsUts(database: Database): number | null {
  return readPublication(database, "collection")?.publishedUts ?? null;
}

function getRemedy(
  { side, service: { id }, status }: ServiceOutcome,
  error: RewindError,
  database: Database,
): string {
  const stop = side === "collection" ? "" : `Without it: rewind sources stop ${id}`;
  if (status === "waiting") {
    const nextUts = (readRefusal(database, id)?.uts ?? 0) + daySeconds;
    return `Asked again after ${formatLongDay(nextUts)}, or now: rewind sync --only ${id}        ${stop}`;
  }
  const hint = error.hint.split("\n")[0] ?? "";
  const isOffered = error instanceof AccountError && status === "refused" && !hint.includes("sources stop");
  return isOffered ? joinParts([hint, stop], "        ") : hint;
}
