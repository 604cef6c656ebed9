// Hides albums from the gaps, or shows them again.
import type { HidingDocument } from "../queries/documents/decision-documents.ts";
import { editionKey } from "../match/titles/title.ts";
import { transact, type Database } from "../store/file/database.ts";
import { hiddenAlbums, hideAlbum, unhideAlbum } from "../store/decisions/user-decisions.ts";
import type { ChartAlbum } from "../queries/find/find-albums.ts";

export interface HidingChange {
  readonly album: ChartAlbum;
  readonly isHidden: boolean;
  readonly wasHidden: boolean;
}

export function hideAlbums(
  database: Database,
  albums: readonly ChartAlbum[],
  nowUts: number,
): HidingChange[] {
  return transact(database, () =>
    albums.map((album) => {
      const wasHidden = hiddenNames(database, album).length > 0;
      hideAlbum(database, album, nowUts);
      return { album, isHidden: true, wasHidden };
    }),
  );
}

export function unhideAlbums(database: Database, albums: readonly ChartAlbum[]): HidingChange[] {
  return transact(database, () =>
    albums.map((album) => {
      const names = hiddenNames(database, album);
      for (const name of names) unhideAlbum(database, name);
      return { album, isHidden: false, wasHidden: names.length > 0 };
    }),
  );
}

/** The album may be hidden under the name of another edition. */
function hiddenNames(database: Database, album: ChartAlbum): ReturnType<typeof hiddenAlbums> {
  const key = editionKey(album.artist, album.title);
  return hiddenAlbums(database).filter(({ artist, title }) => editionKey(artist, title) === key);
}

export function document(changes: readonly HidingChange[]): HidingDocument {
  return {
    albums: changes.map(({ album, isHidden, wasHidden }) => ({
      id: album.id,
      album_name: album.title,
      artist_name: album.artist,
      hidden: isHidden,
      changed: isHidden !== wasHidden,
    })),
  };
}
