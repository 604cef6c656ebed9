// The albums that are on the shelf or on the wantlist.
import type { Database } from "../../store/file/database.ts";
import { listSql, queryRows, rawSql, type Sql } from "../../store/file/sql.ts";
import { groupByKey } from "../../model/grouping.ts";

/** SQL condition: the album with this number is on the shelf, in any pressing. */
export function buildOwnedAlbumSql(albumId: string): Sql {
  return rawSql(`${albumId} IN (SELECT album_id FROM record_album)`);
}

/** SQL condition: the row of album has the name of a want. */
export const wantedAlbumSql = rawSql(`album.edition_key IN
  (SELECT edition_key FROM release WHERE id IN (SELECT release_id FROM want))`);

export interface CopyReference {
  readonly id: number;
  readonly form: string;
}

const none: readonly never[] = [];

/** Returns a function that gives the records that are one of some albums, or are credited with one, by number. */
export function createCopyLookup(
  database: Database,
  albumIds: readonly number[],
): (ids: readonly number[]) => readonly CopyReference[] {
  const copies = groupByKey(
    queryRows<CopyReference & { readonly albumId: number }>(database)`
      SELECT album_id AS albumId, record.id AS id, form FROM record_album
      JOIN record ON record.id = record_album.record_id JOIN release ON release.id = record.release_id
      WHERE album_id IN ${listSql([...new Set(albumIds)])} ORDER BY album_id, record.id`,
    ({ albumId }) => albumId,
  );
  return (ids) => {
    const [first = none, ...others] = ids.map((albumId) => copies.get(albumId) ?? none);
    if (others.length === 0) return first;
    const byId = new Map([first, ...others].flat().map((copy) => [copy.id, copy]));
    return [...byId.values()].toSorted((one, other) => one.id - other.id);
  };
}

/** Returns a function that gives the records of some releases: copies of the release first, then of other pressings. */
export function createReleaseCopyLookup(
  database: Database,
  releaseIds: Sql,
): (releaseId: number) => readonly CopyReference[] {
  const copies = groupByKey(
    queryRows<CopyReference & { readonly releaseId: number }>(database)`
      SELECT played.id AS releaseId, record.id AS id, release.form AS form
      FROM release AS played JOIN release ON release.album_key = played.album_key
        AND (release.kind = 'single') = (played.kind = 'single')
      JOIN record ON record.release_id = release.id
      WHERE played.id IN (${releaseIds}) ORDER BY release.id <> played.id, record.id`,
    ({ releaseId }) => releaseId,
  );
  return (releaseId) => copies.get(releaseId) ?? none;
}
