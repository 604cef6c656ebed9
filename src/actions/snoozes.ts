// Albums that the user leaves out: snoozed in rewind pick, or hidden from rewind gaps.
import type { SnoozesDocument, HidingDocument } from "../queries/documents/decision-documents.ts";
import { createEditionKeyMaker } from "../queries/statistics/artist-collections.ts";
import { transact, type Database } from "../store/file/database.ts";
import { queryValue } from "../store/file/sql.ts";
import {
  type AlbumName,
  readActiveSnoozes,
  deleteSnooze,
  readSnoozes,
  saveSnooze,
  type Snooze,
  readHiddenAlbums,
  hideAlbum,
  unhideAlbum,
} from "../store/decisions/user-decisions.ts";
import { toIsoOrNull } from "../queries/records/json-rows.ts";
import type { ChartAlbum } from "../queries/find/find-albums.ts";

export interface SnoozeWithRecord extends Snooze {
  /** The first record; null if none is in the collection now. */
  readonly recordId: number | null;
}

export function querySnoozes(database: Database, nowUts: number): SnoozeWithRecord[] {
  const toKey = createEditionKeyMaker(database);
  return readActiveSnoozes(database, nowUts).map((each) => ({
    ...each,
    recordId: queryValue<number | null>(database, null)`
      SELECT min(record.id) FROM release JOIN record ON record.release_id = release.id
      WHERE release.edition_key = ${toKey(each)}`,
  }));
}

/** Replaces earlier snoozes of the album, under the name of any edition. */
export function snooze(database: Database, newSnooze: Snooze): void {
  transact(database, () => {
    unsnooze(database, newSnooze);
    saveSnooze(database, newSnooze);
  });
}

/** Returns false if no edition of the album was snoozed. */
export function unsnooze(database: Database, album: AlbumName): boolean {
  const toKey = createEditionKeyMaker(database);
  const same = readSnoozes(database).filter((each) => toKey(each) === toKey(album));
  for (const each of same) deleteSnooze(database, each);
  return same.length > 0;
}

export function buildSnoozesDocument(snoozes: readonly SnoozeWithRecord[]): SnoozesDocument {
  return {
    snoozes: snoozes.map(({ recordId, artist, title, untilUts, snoozedUts }) => ({
      record_id: recordId,
      artist,
      title,
      until: toIsoOrNull(untilUts),
      snoozed_at: toIsoOrNull(snoozedUts),
    })),
  };
}

export function selectHidden(database: Database, albums: readonly ChartAlbum[]): ChartAlbum[] {
  const toKey = createEditionKeyMaker(database);
  const keys = new Set(readHiddenAlbums(database).map(toKey));
  return albums.filter((album) => keys.has(toKey(album)));
}

/** `hiddenUts` null: shows them again. An album may be hidden under the name of another edition. */
export function setHidden(
  database: Database,
  albums: readonly ChartAlbum[],
  hiddenUts: number | null,
): HidingDocument {
  const toKey = createEditionKeyMaker(database);
  const changes = transact(database, () =>
    albums.map((album) => {
      const names = readHiddenAlbums(database).filter((each) => toKey(each) === toKey(album));
      if (hiddenUts !== null) hideAlbum(database, { ...album, hiddenUts });
      else for (const name of names) unhideAlbum(database, name);
      return {
        id: album.id,
        album_name: album.title,
        artist_name: album.artist,
        hidden: hiddenUts !== null,
        changed: (hiddenUts === null) === names.length > 0,
      };
    }),
  );
  return { albums: changes };
}
