// Which albums of the chart are on the shelf: the one definition of "owned", for every question and for rewind sql.

/** SQL expressions for the edition key of a row of `release` and of `album`. */
export interface OwnershipKeys {
  readonly ofRelease: string;
  readonly ofAlbum: string;
}

/**
 * Common table expressions that end with `record_album (record_id, album_id)` and `owned_album (id)`. A record owns the
 * albums that it is credited with and those that its release is a pressing of, with all their editions. A single or an EP
 * has the title of an album that it is not, so only its credits count. The pairs of record_album may repeat.
 */
export function ownedAlbums({ ofRelease, ofAlbum }: OwnershipKeys): string {
  return `
    shelf_key (key, record_id) AS MATERIALIZED (
      SELECT ${ofRelease}, record.id FROM record JOIN release ON release.id = record.release_id
      WHERE release.kind NOT IN ('single', 'ep')
      UNION ALL SELECT ${ofAlbum}, credit.record_id FROM credit JOIN album ON album.id = credit.album_id),
    record_album (record_id, album_id) AS (
      SELECT shelf_key.record_id, album.id FROM album JOIN shelf_key ON shelf_key.key = ${ofAlbum}),
    owned_album (id) AS MATERIALIZED (
      SELECT album.id FROM album WHERE ${ofAlbum} IN (SELECT key FROM shelf_key))`;
}

/** The keys as they are kept, for statements without the program's own functions. */
export const keptKeys: OwnershipKeys = { ofRelease: "release.edition_key", ofAlbum: "album.edition_key" };
