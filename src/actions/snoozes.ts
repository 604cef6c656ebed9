// Albums that the user leaves out: snoozed in rewind pick, or hidden from rewind gaps.
import type { SnoozesDocument, HidingDocument } from "../queries/documents/decision-documents.ts";
import { editionKey } from "../match/titles/title.ts";
import { transact, type Database } from "../store/file/database.ts";
import { valueOf } from "../store/file/sql.ts";
import {
  type AlbumName,
  activeSnoozes,
  deleteSnooze,
  listSnoozes,
  writeSnooze,
  type Snooze,
  hiddenAlbums,
  hideAlbum,
  unhideAlbum,
} from "../store/decisions/user-decisions.ts";
import { isoSeconds } from "../queries/records/contract.ts";
import type { ChartAlbum } from "../queries/find/find-albums.ts";

export interface ShownSnooze extends Snooze {
  /** Its first record; null if none is in the collection now. */
  readonly recordId: number | null;
}

export function shownSnoozes(database: Database, nowUts: number): ShownSnooze[] {
  return activeSnoozes(database, nowUts).map((each) => ({
    ...each,
    recordId: valueOf<number | null>(database, null)`
      SELECT min(record.id) FROM release JOIN record ON record.release_id = release.id
      WHERE release.edition_key = ${editionKey(each.artist, each.title)}`,
  }));
}

/** Replaces earlier snoozes of the album, under the name of any edition. */
export function snooze(database: Database, newSnooze: Snooze): void {
  transact(database, () => {
    unsnooze(database, newSnooze);
    writeSnooze(database, newSnooze);
  });
}

export function unsnooze(database: Database, { artist, title }: AlbumName): void {
  const key = editionKey(artist, title);
  const same = listSnoozes(database).filter((each) => editionKey(each.artist, each.title) === key);
  for (const each of same) deleteSnooze(database, each);
}

export function document(snoozes: readonly ShownSnooze[]): SnoozesDocument {
  return {
    snoozes: snoozes.map(({ recordId, artist, title, untilUts, snoozedUts }) => ({
      record_id: recordId,
      artist,
      title,
      until: isoSeconds(untilUts),
      snoozed_at: isoSeconds(snoozedUts),
    })),
  };
}

/** `hiddenUts` null: shows them again. An album may be hidden under the name of another edition. */
export function setHidden(
  database: Database,
  albums: readonly ChartAlbum[],
  hiddenUts: number | null,
): HidingDocument {
  const changes = transact(database, () =>
    albums.map((album) => {
      const key = editionKey(album.artist, album.title);
      const names = hiddenAlbums(database).filter((each) => editionKey(each.artist, each.title) === key);
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
