// What the user decided about matches, as the matching needs it.
import type { Database } from "./database.ts";

export interface AlbumName {
  readonly artist: string;
  readonly title: string;
}

export interface Decision {
  readonly mode: "adjust" | "only" | "none";
  readonly add: readonly AlbumName[];
  readonly not: readonly AlbumName[];
}

/** Tells what was decided for one copy: what holds for this copy alone wins over what holds for all of its release. */
export type Decisions = (releaseId: number, instanceId: number) => Decision | undefined;

export function readDecisions(database: Database): Decisions {
  const decisions = new Map<string, { mode: Decision["mode"]; add: AlbumName[]; not: AlbumName[] }>();
  const rows = database.prepare("SELECT release_id, instance_id, mode FROM decision").all() as {
    release_id: number;
    instance_id: number;
    mode: Decision["mode"];
  }[];
  for (const row of rows) {
    decisions.set(`${row.release_id}/${row.instance_id}`, { mode: row.mode, add: [], not: [] });
  }
  const albums = database
    .prepare(
      "SELECT release_id, instance_id, artist, title, verdict FROM decision_album ORDER BY artist, title",
    )
    .all() as (AlbumName & { release_id: number; instance_id: number; verdict: "add" | "not" })[];
  for (const { release_id, instance_id, artist, title, verdict } of albums) {
    decisions.get(`${release_id}/${instance_id}`)?.[verdict].push({ artist, title });
  }
  return (releaseId, instanceId) =>
    decisions.get(`${releaseId}/${instanceId}`) ?? decisions.get(`${releaseId}/0`);
}

export function readAliases(database: Database): { name: string; sameAs: string }[] {
  return database.prepare("SELECT name, same_as AS sameAs FROM alias ORDER BY name").all() as {
    name: string;
    sameAs: string;
  }[];
}

export interface StoredAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
}

export function storedAlbums(database: Database): IterableIterator<StoredAlbum> {
  return database
    .prepare("SELECT id, artist, title, play_count AS playCount FROM album ORDER BY id")
    .iterate() as IterableIterator<StoredAlbum>;
}
