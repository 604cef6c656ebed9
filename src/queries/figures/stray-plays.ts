// Plays of songs without their album, which one record alone has: told beside the figures, and in none of them.
import type { Database } from "../../store/file/database.ts";
import { readPublications } from "../../store/file/listings.ts";
import { countStrayPlays } from "../../store/plays/links.ts";
import { historyState } from "./readiness.ts";

/** Of a release, or of all on the shelf; 0 where the history isn't there. */
export function strayPlays(database: Database, releaseId: number | "all"): number {
  return historyState(readPublications(database)) === "complete" ? countStrayPlays(database, releaseId) : 0;
}
