// Finds records by number, release, master, address at Discogs, or words.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { list, plain, rowsOf, sql, valuesOf, type Sql } from "../../store/file/sql.ts";
import { groupedByAlbum, keyColumns, mostPlays, type KeyedRecord } from "../figures/same-album.ts";
import { recordsNamed } from "./records-named.ts";

export interface Copy extends KeyedRecord {
  readonly id: number;
  readonly instanceId: number;
  readonly releaseId: number;
  readonly form: string;
  readonly year: number | null;
  readonly playCount: number;
}

/** The copies of one album in any pressing. The first is the one that was meant, or the oldest on the shelf. */
export type Hit = readonly [Copy, ...Copy[]];

export interface FoundRecords {
  readonly hits: readonly Hit[];
  readonly by: "record" | "release" | "master" | "words";
  /** Albums whose title equals the number, which was read as a record's number: 1999. */
  readonly alsoTitled: readonly Hit[];
  /** No word of a record begins with the words; the hits contain them inside words. */
  readonly areInside: boolean;
}

const noOthers = { alsoTitled: [], areInside: false } as const;

/** Words may find several albums, a number or an address at most one. Finding nothing is no error. */
export function findRecords(database: Database, words: readonly string[]): FoundRecords {
  const text = words.join(" ").trim();
  const [, kind, id] =
    /discogs\.com\/(?:[^?#]*\/)?(release|master)\/(\d{1,15})/i.exec(text) ??
    /^\[?([rm])(\d{1,15})\]?$/i.exec(text) ??
    [];
  if (kind !== undefined) return numbered(database, /^m/i.test(kind) ? "master" : "release", Number(id));
  const bare = /^#?(\d{1,15})$/.exec(text);
  if (bare) return bareNumber(database, Number(bare[1]), text);
  return byWords(database, text);
}

function bareNumber(database: Database, number: number, text: string): FoundRecords {
  const titled = groupedByAlbum(copies(database, sql`fold(release.title) = ${fold(text)}`));
  const [copy] = copies(database, sql`record.id = ${number}`);
  if (copy) {
    const others = titled.filter((hit) => hit.every(({ id }) => id !== copy.id));
    return { ...noOthers, hits: [withCopies(database, copy)], by: "record", alsoTitled: others };
  }
  const release = numbered(database, "release", number);
  if (release.hits.length > 0) return { ...release, alsoTitled: titled };
  return byWords(database, text);
}

function numbered(database: Database, by: "release" | "master", number: number): FoundRecords {
  const column = plain(by === "release" ? "release.id" : "release.master_id");
  const [copy] = copies(database, sql`${column} = ${number}`);
  return { ...noOthers, hits: copy ? [withCopies(database, copy)] : [], by };
}

function byWords(database: Database, text: string): FoundRecords {
  const { names, areInside } = recordsNamed(database, text);
  const ids = names.map(({ recordId }) => recordId);
  const hits = groupedByAlbum(copies(database, sql`record.id IN ${list(ids)}`));
  return { hits: byRank(hits, text), by: "words", alsoTitled: [], areInside };
}

/** Records with exactly this title first, then the most played. */
function byRank(hits: readonly Hit[], text: string): Hit[] {
  const foldedText = fold(text);
  const isExact = ([copy]: Hit): boolean =>
    fold(copy.title) === foldedText || fold(`${copy.artist} ${copy.title}`) === foldedText;
  return hits.toSorted(
    (a, b) => Number(isExact(b)) - Number(isExact(a)) || mostPlays(b) - mostPlays(a) || a[0].id - b[0].id,
  );
}

function copies(database: Database, where: Sql): Copy[] {
  return rowsOf<Copy>(database)`
    SELECT record.id AS id, record.instance_id AS instanceId, release.id AS releaseId, ${keyColumns},
      release.form AS form, release.year AS year, coalesce(match.play_count, 0) AS playCount
    FROM record JOIN release ON release.id = record.release_id LEFT JOIN match ON match.record_id = record.id
    WHERE ${where} ORDER BY record.id`;
}

/** The copy first, then the other copies of its album. */
function withCopies(database: Database, copy: Copy): Hit {
  const hits = groupedByAlbum(copies(database, sql`release.edition_key = ${copy.key}`));
  const same = hits.find((hit) => hit.some(({ id }) => id === copy.id)) ?? [copy];
  return [copy, ...same.filter(({ id }) => id !== copy.id)];
}

/** Numbers of the records that are credited with the album. */
export function recordsOfAlbum(database: Database, albumId: number): number[] {
  return valuesOf<number>(database)`
    SELECT record_id FROM credit WHERE album_id = ${albumId} ORDER BY record_id`;
}
