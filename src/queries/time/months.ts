// Plays per month.
import type { MonthsDocument } from "../documents/play-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { readPublications } from "../../store/file/listings.ts";
import { playsByMonth, type MonthOfPlays } from "../figures/play-counts.ts";
import { requireHistory, syncedUts } from "../figures/readiness.ts";

export interface MonthsAnswer {
  readonly months: readonly MonthOfPlays[];
}

/** The last whole months before the newest sync. Throws NotReadyError without a complete listening history. */
export function ask(database: Database, { count }: { readonly count: number }): MonthsAnswer {
  const published = readPublications(database);
  requireHistory(database, published, "Plays within a span");
  // The month of the last sync is incomplete, so it is left out.
  const untilUts = published.get("history")?.publishedUts ?? syncedUts(published);
  return { months: playsByMonth(database, untilUts, count) };
}

export function document({ months }: MonthsAnswer): MonthsDocument {
  return {
    data: months.map(({ year, month, plays }) => ({
      month: `${year}-${String(month).padStart(2, "0")}`,
      plays,
    })),
    plays: months.reduce((sum, { plays }) => sum + plays, 0),
  };
}
