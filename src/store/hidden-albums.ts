// Albums that the user doesn't want to see among the gaps. Names are kept: ids belong to one cache.
import type { AlbumName } from "./decisions.ts";
import type { Database } from "./database.ts";

export function hiddenAlbums(database: Database): AlbumName[] {
  return database
    .prepare<[], AlbumName>("SELECT artist, title FROM hidden_album ORDER BY artist, title")
    .all();
}

export function hideAlbum(database: Database, { artist, title }: AlbumName, nowUts: number): void {
  database.prepare("INSERT OR IGNORE INTO hidden_album VALUES (?, ?, ?)").run(artist, title, nowUts);
}

export function unhideAlbum(database: Database, { artist, title }: AlbumName): void {
  database.prepare("DELETE FROM hidden_album WHERE artist = ? AND title = ?").run(artist, title);
}
