// What is owned of the rows of a page of what is played most.
import type { Database } from "../store/database.ts";
import { editionKeyExpressions } from "./album-key.ts";
import { grouped, type HeardMost } from "./played-most.ts";
import type { HistoryState } from "./readiness.ts";

export interface TopRow extends HeardMost {
  /** From 1, over all pages. */
  readonly rank: number;
  /** Copies on the shelf; none where it is an artist. */
  readonly records: readonly { readonly id: number; readonly form: string }[];
  /** The most played edition, or what a track was mostly played from. */
  readonly album: { readonly id: number; readonly title: string; readonly url: string | null } | null;
}

type Ranked = HeardMost & Pick<TopRow, "rank">;

/** For the rows of a page: records that are credited with them, or are pressings of them. */
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

/** Each copy once, by its number. */
export function copiesOf(copies: readonly ShelvedCopy[]): ShelvedCopy[] {
  const byId = new Map(copies.map(({ id, form }) => [id, { id, form }]));
  return [...byId.values()].toSorted((one, other) => one.id - other.id);
}

/** By album: the records whose release has its key, and those that are credited with it. */
export function shelvedCopies(
  database: Database,
  albumIds: readonly number[],
): (albumId: number) => readonly ShelvedCopy[] {
  const { ofAlbum, ofRelease } = editionKeyExpressions(database);
  const ids = JSON.stringify([...new Set(albumIds)]);
  const keyOf = new Map(
    database
      .prepare<[string], [number, string]>(
        `SELECT id, ${ofAlbum} FROM album WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .raw()
      .all(ids),
  );
  const pressings = grouped(
    database
      .prepare<[string], ShelvedCopy & { readonly key: string }>(
        `SELECT record.id AS id, form, ${ofRelease} AS key FROM release JOIN record ON record.release_id = release.id
         WHERE ${ofRelease} IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify([...new Set(keyOf.values())])),
    ({ key }) => key,
  );
  const credited = grouped(
    database
      .prepare<[string], ShelvedCopy & { readonly albumId: number }>(
        `SELECT credit.album_id AS albumId, record.id AS id, form FROM json_each(?) AS wanted
         JOIN credit ON credit.album_id = wanted.value JOIN record ON record.id = credit.record_id
         JOIN release ON release.id = record.release_id`,
      )
      .all(ids),
    ({ albumId }) => albumId,
  );
  const byKey = new Map(pressings.map((copies) => [copies[0].key, copies]));
  const byAlbum = new Map(credited.map((copies) => [copies[0].albumId, copies]));
  return (albumId) => [...(byKey.get(keyOf.get(albumId) ?? "") ?? []), ...(byAlbum.get(albumId) ?? [])];
}
