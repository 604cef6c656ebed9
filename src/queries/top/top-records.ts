// The records you own for a page of rewind top.
import type { Database } from "../../store/file/database.ts";
import { ownedAlbums } from "../../store/shelf/stored-albums.ts";
import { editionKeyExpressions } from "../figures/same-album.ts";
import { grouped, type HeardMost } from "../figures/played-most.ts";
import type { HistoryState } from "../figures/readiness.ts";

export interface TopRow extends HeardMost {
  /** From 1, over all pages. */
  readonly rank: number;
  /** Copies on the shelf; empty for an artist. */
  readonly records: readonly { readonly id: number; readonly form: string }[];
  /** The most played edition, or the album that a track was mostly played from. */
  readonly album: { readonly id: number; readonly title: string; readonly url: string | null } | null;
}

type Ranked = HeardMost & Pick<TopRow, "rank">;

/** Adds the records to the rows of a page. */
export function withRecords(database: Database, rows: readonly Ranked[], history: HistoryState): TopRow[] {
  const shelved = shelvedCopies(
    database,
    rows.flatMap(({ albumIds }) => albumIds),
  );
  const albums = database.prepare<[number], { id: number; title: string; url: string | null }>(
    "SELECT id, title, url FROM album WHERE id = ?",
  );
  return rows.map((row) => {
    const [first] = row.albumIds;
    return {
      ...row,
      spins: history === "complete" ? row.spins : null,
      records: copiesOf(row.albumIds.flatMap(shelved)),
      album: first === undefined ? null : (albums.get(first) ?? null),
    };
  });
}

export interface ShelvedCopy {
  readonly id: number;
  readonly form: string;
}

export function copiesOf(copies: readonly ShelvedCopy[]): ShelvedCopy[] {
  const byId = new Map(copies.map(({ id, form }) => [id, { id, form }]));
  return [...byId.values()].toSorted((one, other) => one.id - other.id);
}

/** By album: the records that are the album, and those that are credited with it. */
export function shelvedCopies(
  database: Database,
  albumIds: readonly number[],
): (albumId: number) => readonly ShelvedCopy[] {
  const copies = grouped(
    database
      .prepare<[string], ShelvedCopy & { readonly albumId: number }>(
        `WITH ${ownedAlbums(editionKeyExpressions(database))}
         SELECT album_id AS albumId, record.id AS id, form FROM record_album
         JOIN record ON record.id = record_album.record_id JOIN release ON release.id = record.release_id
         WHERE album_id IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify([...new Set(albumIds)])),
    ({ albumId }) => albumId,
  );
  const byAlbum = new Map(copies.map((some) => [some[0].albumId, some]));
  return (albumId) => byAlbum.get(albumId) ?? [];
}
