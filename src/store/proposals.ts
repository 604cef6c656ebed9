// What was proposed for listening, by name, so that it doesn't come again too soon.
import type { Database } from "./database.ts";
import type { AlbumName } from "./decisions.ts";

export function proposedSince(database: Database, fromUts: number): AlbumName[] {
  return database
    .prepare<[number], AlbumName>("SELECT artist, title FROM proposal WHERE proposed_uts >= ?")
    .all(fromUts);
}

/** Notes what was proposed now, and forgets what was before `fromUts`. Runs inside the caller's transaction. */
export function rememberProposals(
  database: Database,
  albums: readonly AlbumName[],
  { nowUts, fromUts }: { readonly nowUts: number; readonly fromUts: number },
): void {
  database.prepare("DELETE FROM proposal WHERE proposed_uts < ?").run(fromUts);
  const write = database.prepare("INSERT OR REPLACE INTO proposal VALUES (?, ?, ?)");
  for (const { artist, title } of albums) write.run(artist, title, nowUts);
}
