// Groups records that are the same album: copies of one release, other pressings and other forms.
import { fold } from "../../match/text/fold.ts";
import { getCopyKind } from "../../model/release-kinds.ts";
import type { Database } from "../../store/file/database.ts";
import { iterateRows, listSql, queryRows, queryTuples, rawSql } from "../../store/file/sql.ts";
import { addToList, groupIntoLists } from "../../model/grouping.ts";

export interface KeyedRecord {
  readonly artist: string;
  readonly title: string;
  readonly kind: string;
  /** Equal for all editions of an album, in any form, under one master of Discogs. */
  readonly key: string;
}

/** The columns of a keyed record. */
export const keyColumns = rawSql(
  "release.artist AS artist, release.title AS title, release.kind AS kind, release.album_key AS key",
);

/** Equal for the copies of one album. */
export function toAlbumKey({ kind, key }: Pick<KeyedRecord, "kind" | "key">): string {
  return `${getCopyKind(kind)}\n${key}`;
}

/** Groups copies of one album, in order of their first record. */
export function groupByAlbum<Row extends KeyedRecord>(rows: Iterable<Row>): [Row, ...Row[]][] {
  return groupIntoLists(rows, toAlbumKey);
}

export function computeMaxPlays(copies: readonly { readonly playCount: number }[]): number {
  return copies.reduce((most, { playCount }) => Math.max(most, playCount), 0);
}

/**
 * The better copy on the shelf, by record: rated higher, better kept, or owned longer. Records of one title that are matched
 * with different albums are no copies of each other.
 */
export function findBetterCopies(database: Database): ReadonlyMap<number, number> {
  const rows = iterateRows<KeyedRecord & { readonly id: number; readonly rating: number }>(database)`
    SELECT record.id AS id, record.rating AS rating, ${keyColumns}
    FROM record JOIN release ON release.id = record.release_id
    WHERE release.album_key IN (
      SELECT album_key FROM record JOIN release ON release.id = record.release_id GROUP BY 1 HAVING count(*) > 1)
    ORDER BY record.added_uts NULLS LAST, record.id`;
  const albums = groupByAlbum(rows).filter((copies) => copies.length > 1);
  const recordIds = albums.flat().map(({ id }) => id);
  const getGrades = createGradeLookup(database, recordIds);
  const isSameMatch = createMatchComparison(database, recordIds);
  const better = new Map<number, number>();
  for (const copies of albums) {
    const bestFirst = copies
      .map((copy) => ({ ...copy, media: getGradeRank(getGrades(copy.id).media) }))
      .toSorted((a, b) => b.rating - a.rating || a.media - b.media);
    for (const { id } of bestFirst) {
      const best = bestFirst.find((other) => isSameMatch(other.id, id));
      if (best !== undefined && best.id !== id) better.set(id, best.id);
    }
  }
  return better;
}

/** Returns a function that says whether two records are matched with an album that is the same, or both with none. */
function createMatchComparison(
  database: Database,
  recordIds: readonly number[],
): (one: number, other: number) => boolean {
  const pairs = queryTuples<[recordId: number, albumId: number]>(database)`
    SELECT record_id, album_id FROM album_match WHERE record_id IN ${listSql(recordIds)}`;
  const albumIds = new Map<number, number[]>();
  for (const [recordId, albumId] of pairs) addToList(albumIds, recordId, albumId);
  return (one, other) => {
    const [ids, otherIds] = [albumIds.get(one) ?? [], albumIds.get(other) ?? []];
    return ids.some((id) => otherIds.includes(id)) || ids.length + otherIds.length === 0;
  };
}

/** The condition of a copy as collectors write it: "NM", "VG+". null if there is no grade. */
export interface Grades {
  readonly media: string | null;
  readonly sleeve: string | null;
}

const noGrades: Grades = { media: null, sleeve: null };

/** Returns a function that gives a record's grades. Discogs has two fields for them, 1 and 2, which may have other names. */
export function createGradeLookup(
  database: Database,
  recordIds: readonly number[],
): (recordId: number) => Grades {
  const fields = queryRows<{ id: number; name: string }>(database)`SELECT id, name FROM custom_field`;
  const findField = (name: RegExp): number | undefined =>
    fields.find((field) => name.test(fold(field.name)))?.id;
  const [media, sleeve] = [findField(/^media\b/) ?? 1, findField(/^sleeve\b/) ?? 2];
  const values = queryTuples<[recordId: number, fieldId: number, value: string]>(database)`
    SELECT record_id, field_id, value FROM record_field
    WHERE record_id IN ${listSql(recordIds)} AND field_id IN (${media}, ${sleeve})`;
  const grades = new Map<number, Grades>();
  for (const [recordId, fieldId, value] of values) {
    const grade = shortenGrade(value);
    const others = grades.get(recordId) ?? noGrades;
    grades.set(recordId, { ...others, ...(fieldId === media ? { media: grade } : { sleeve: grade }) });
  }
  return (recordId) => grades.get(recordId) ?? noGrades;
}

/** "Very Good Plus (VG+)" becomes VG+, "Near Mint (NM or M-)" NM. Other text is unchanged. */
function shortenGrade(value: string): string | null {
  if (value.trim() === "") return null;
  return /\(([A-Z]+[+-]?)(?: or [^)]*)?\)\s*$/.exec(value)?.[1] ?? value.trim();
}

/** 0 is the best. A record without a grade ranks where most records are. */
function getGradeRank(grade: string | null): number {
  const bestFirst = ["M", "NM", "VG+", "VG", "G+", "G", "F", "P"];
  const rank = bestFirst.indexOf(grade ?? "VG");
  return rank === -1 ? bestFirst.indexOf("VG") : rank;
}
