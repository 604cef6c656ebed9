// Merges the plays of all listening sources into the plays that every question reads.
import type { Database } from "../../store/file/database.ts";

/** Merges what changed since the last time. Run it inside the transaction that changed the plays. */
export function mergeSources(database: Database): void {
  void database;
}
