// The last lines of a sync about services that are missing: what happened, what is kept, and what to do.
import { AccountError, type RewindError } from "../../../model/errors.ts";
import { daySeconds, isoSeconds } from "../../../model/times.ts";
import { localDayInWords } from "../../../output/dates.ts";
import { counted } from "../../../output/number-text.ts";
import { joinParts } from "../../../output/paragraph.ts";
import { ask, type SourcesAnswer } from "../../../queries/shelf/sources.ts";
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

export function missingServices(database: Database, { services }: SyncSummary): MissingService[] {
  const sources = ask(database);
  return services.flatMap((outcome) => {
    const { error } = outcome;
    if (error === null) return [];
    return [
      { error, kept: keptText(outcome, database, sources), remedy: remedyOf(outcome, error, database) },
    ];
  });
}

/** For --json: each service, how it went, and until when its data is known. */
export function serviceDocuments(database: Database, { services }: SyncSummary): SyncServiceDocument[] {
  const sources = ask(database);
  return services.map((outcome) => ({
    name: outcome.service.id,
    status: outcome.status,
    message: outcome.error?.message ?? null,
    data_until: isoSeconds(
      outcome.side === "collection" ? recordsUts(database) : (figuresOf(outcome, sources)?.lastUts ?? null),
    ),
  }));
}

function keptText(outcome: ServiceOutcome, database: Database, sources: SourcesAnswer): string {
  if (outcome.side === "collection") {
    const uts = recordsUts(database);
    return uts === null ? "No records are known yet." : `Records as of ${localDayInWords(uts)}.`;
  }
  const { plays = 0, lastUts = null, readUts = null } = figuresOf(outcome, sources) ?? {};
  if (plays === 0) return `No plays of ${outcome.service.name} are known yet.`;
  const until =
    lastUts !== null
      ? ` until ${localDayInWords(lastUts)}`
      : readUts !== null
        ? ` as of ${localDayInWords(readUts)}`
        : "";
  return `Your ${counted(plays, "play")}${until} stay.`;
}

function figuresOf({ service }: ServiceOutcome, { sources }: SourcesAnswer) {
  return sources.find(({ name }) => name === service.id);
}

function recordsUts(database: Database): number | null {
  return readPublication(database, "collection")?.publishedUts ?? null;
}

function remedyOf(
  { side, service: { id }, status }: ServiceOutcome,
  error: RewindError,
  database: Database,
): string {
  const stop = side === "collection" ? "" : `Without it: rewind sources stop ${id}`;
  if (status === "waiting") {
    const nextUts = (readRefusal(database, id)?.uts ?? 0) + daySeconds;
    return `Asked again after ${localDayInWords(nextUts)}, or now: rewind sync --only ${id}        ${stop}`;
  }
  const hint = error.hint.split("\n")[0] ?? "";
  const isOffered = error instanceof AccountError && status === "refused" && !hint.includes("sources stop");
  return isOffered ? joinParts([hint, stop], "        ") : hint;
}
