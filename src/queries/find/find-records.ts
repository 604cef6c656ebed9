// Finds records by number, release, master, address on Discogs, catalogue number, barcode, or words.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, rawSql, queryRows, sql, queryValues, type Sql } from "../../store/file/sql.ts";
import { groupByAlbum, keyColumns, computeMaxPlays, type KeyedRecord } from "../statistics/same-album.ts";
import { buildOrderSql, getMostPlayedTerms } from "../statistics/record-terms.ts";
import {
  selectBestFits,
  selectListedFits,
  getFitRank,
  searchByWords,
  type NamedRecord,
  type NameFit,
  type WordSearch,
} from "./find-names.ts";
import { findReleasesByPrintedNumber } from "./printed-numbers.ts";

export interface Copy extends KeyedRecord {
  readonly id: number;
  readonly instanceId: number;
  readonly releaseId: number;
  readonly form: string;
  readonly year: number | null;
  readonly playCount: number;
}

/** The copies of one album in any pressing. The first is the one that was meant, or else the first in rewind xref. */
export type Hit = readonly [Copy, ...Copy[]];

/** The numbers that a record is found by. */
export type NumberKind = "record" | "release" | "master" | "catalog number" | "barcode";

export interface FoundRecords {
  /** The best first. Only those that fit equally well: several are an ambiguous answer. */
  readonly hits: readonly Hit[];
  /** The way the hits were found; without hits, what was searched for. */
  readonly by: NumberKind | NameFit;
  /** Albums whose title equals the number, which was read as a record's number: 1999. */
  readonly alsoTitled: readonly Hit[];
  /** The words of the first hit as they were read; null if they were read as typed. */
  readonly readAs: string | null;
  /** Typed words that the first hit lacks. */
  readonly leftOver: readonly string[];
  /** The words are the title of something that is wanted or played, and of no record. */
  readonly isElsewhere: boolean;
}

/** How words were read. */
export type Reading = Pick<FoundRecords, "by" | "readAs" | "leftOver"> &
  Partial<Pick<FoundRecords, "isElsewhere">>;

const exactReading = { alsoTitled: [], readAs: null, leftOver: [], isElsewhere: false } as const;

/** Returns true if the words must be confirmed: parts of words, typos, not all of them, or the title of something else. */
export function isUncertain({ by, isElsewhere = false }: Pick<Reading, "by" | "isElsewhere">): boolean {
  return by === "inside" || by === "typo" || by === "some words" || isElsewhere;
}

/** Says how the words were read. null: as typed. */
export function describeReading(
  noun: string,
  text: string,
  { by, readAs, leftOver, isElsewhere = false }: Reading,
): string | null {
  if (isElsewhere) return `"${text}" is the title of an album that you don't own`;
  if (by === "inside") return `no ${noun} has words that begin with "${text}"; these have it inside a word`;
  if (readAs !== null) return `no ${noun} has "${text}"; read as "${readAs}"`;
  return by === "some words" ? `no ${noun} has all of "${text}"; left out: ${leftOver.join(", ")}` : null;
}

/** Finding nothing is no error. */
export function findRecords(database: Database, words: readonly string[]): FoundRecords {
  const text = words.join(" ").trim();
  const numbered = findByNumber(database, text);
  if (numbered !== undefined) return numbered;
  const search = searchByWords(database, text);
  if (!/^#?\d{1,15}$/.test(text)) return toFoundRecords(database, search);
  // A mistyped number must not become a record whose title is like it.
  const titled = search.records.filter(({ fit }) => fit === "title");
  return titled.length === 0 || text.startsWith("#")
    ? { ...exactReading, hits: [], by: "record" }
    : toFoundRecords(database, { ...search, records: titled });
}

/** The numbers of a list such as "931,1204"; a list of one for any other text. */
export function splitNumbers(text: string): readonly string[] {
  return /^#?\d{1,15}(?:\s*,\s*#?\d{1,15})+$/.test(text) ? text.split(/\s*,\s*/) : [text];
}

/** Returns undefined if the text is no number or list of them, or if nothing has a number and it may be a word. */
export function findByNumber(database: Database, text: string): FoundRecords | undefined {
  const numbers = splitNumbers(text);
  if (numbers.length > 1) {
    const found = numbers.map((number) => findByNumber(database, number));
    const hits = found.flatMap((each) => each?.hits ?? []);
    return found.some((each) => each?.by !== "record") ? undefined : { ...exactReading, hits, by: "record" };
  }
  const [, kind, id] =
    /discogs\.com\/(?:[^?#]*\/)?(release|master)\/(\d{1,15})/i.exec(text) ??
    /^\[?([rm])(\d{1,15})\]?$/i.exec(text) ??
    [];
  if (kind !== undefined) {
    const numbered = findById(database, /^m/i.test(kind) ? "master" : "release", Number(id));
    // "R 5722" is a catalogue number.
    return numbered.hits.length > 0 ? numbered : (findByPrintedNumber(database, text) ?? numbered);
  }
  const [bare, number] = /^#?(\d{1,15})$/.exec(text) ?? [];
  return (
    (bare === undefined ? undefined : findByBareNumber(database, Number(number), text)) ??
    findByPrintedNumber(database, text)
  );
}

function findByBareNumber(database: Database, number: number, text: string): FoundRecords | undefined {
  const titled = groupByAlbum(readCopies(database, sql`fold(release.title) = ${fold(text)}`));
  const [copy] = readCopies(database, sql`record.id = ${number}`);
  if (copy) {
    const others = titled.filter((hit) => hit.every(({ id }) => id !== copy.id));
    return { ...exactReading, hits: [completeHit(database, copy)], by: "record", alsoTitled: others };
  }
  const release = findById(database, "release", number);
  return release.hits.length > 0 ? { ...release, alsoTitled: titled } : undefined;
}

function findById(database: Database, by: "release" | "master", number: number): FoundRecords {
  const column = rawSql(by === "release" ? "release.id" : "release.master_id");
  const [copy] = readCopies(database, sql`${column} = ${number}`);
  return { ...exactReading, hits: copy ? [completeHit(database, copy)] : [], by };
}

function findByPrintedNumber(database: Database, text: string): FoundRecords | undefined {
  const { by, ids } = findReleasesByPrintedNumber(database, text);
  const found = ids.length === 0 ? [] : readCopies(database, sql`release.id IN ${listSql(ids)}`);
  return found.length === 0
    ? undefined
    : { ...exactReading, by, hits: groupByAlbum(found).toSorted(compareByPlays) };
}

/** The records of a search with the best fit, copies of an album together. */
function toFoundRecords(database: Database, { records, isElsewhere }: WordSearch): FoundRecords {
  const hits = readHits(database, selectBestFits(records));
  const named = records.find(({ recordId }) => recordId === hits[0]?.[0].id);
  const { fit = "words", readAs = null, leftOver = [] } = named ?? {};
  return { ...exactReading, hits, by: fit, readAs, leftOver, isElsewhere };
}

/** Copies of an album together, the best first. */
function readHits(database: Database, records: readonly NamedRecord[]): Hit[] {
  const found = new Map(records.map((record) => [record.recordId, record]));
  const hits = groupByAlbum(readCopies(database, sql`record.id IN ${listSql([...found.keys()])}`));
  return hits.toSorted(
    (a, b) => compareByFit(found.get(a[0].id), found.get(b[0].id)) || compareByPlays(a, b),
  );
}

/** Finds for a search: also the albums that fit less well than the first, as a list of records has them. */
export function findAllRecords(database: Database, text: string): FoundRecords {
  const numbered = findByNumber(database, text.trim());
  if (numbered !== undefined) return { ...numbered, hits: [...numbered.hits, ...numbered.alsoTitled] };
  const search = searchByWords(database, text);
  return { ...toFoundRecords(database, search), hits: readHits(database, selectListedFits(search.records)) };
}

export interface ListedRecords extends Reading {
  readonly ids: readonly number[];
}

/** The records for a list that words filter: also those that have the words less well. A bare number is a word. */
export function findListedRecords(database: Database, text: string): ListedRecords {
  const trimmedText = text.trim();
  const numbered = /^\d+$/.test(trimmedText)
    ? findByPrintedNumber(database, trimmedText)
    : findByNumber(database, trimmedText);
  if (numbered !== undefined) return { ...numbered, ids: numbered.hits.flat().map(({ id }) => id) };
  const { records, isElsewhere } = searchByWords(database, text);
  const listed = selectListedFits(records);
  const [first] = listed.toSorted(compareByFit);
  const { fit: by = "words", readAs = null, leftOver = [] } = first ?? {};
  return { by, readAs, leftOver, isElsewhere, ids: listed.map(({ recordId }) => recordId) };
}

/** Whole titles first, then the better fit, then the fewest typos. */
export function compareByFit(one: NamedRecord | undefined, other: NamedRecord | undefined): number {
  if (one === undefined || other === undefined) return 0;
  return (
    Number(other.isTitle) - Number(one.isTitle) ||
    getFitRank(other.fit) - getFitRank(one.fit) ||
    one.typos - other.typos ||
    one.leftOver.length - other.leftOver.length
  );
}

function compareByPlays(one: Hit, other: Hit): number {
  return computeMaxPlays(other) - computeMaxPlays(one) || one[0].id - other[0].id;
}

/** The first of the copies of an album is shown for all of them. */
export function readCopies(database: Database, where: Sql): Copy[] {
  return queryRows<Copy>(database)`
    SELECT record.id AS id, record.instance_id AS instanceId, release.id AS releaseId, ${keyColumns},
      release.form AS form, release.year AS year, coalesce(match.play_count, 0) AS playCount
    FROM record JOIN release ON release.id = record.release_id LEFT JOIN match ON match.record_id = record.id
    WHERE ${where} ORDER BY ${buildOrderSql(getMostPlayedTerms({}))}`;
}

/** The copy first, then the other copies of its album. */
function completeHit(database: Database, copy: Copy): Hit {
  const hits = groupByAlbum(readCopies(database, sql`release.album_key = ${copy.key}`));
  const same = hits.find((hit) => hit.some(({ id }) => id === copy.id)) ?? [copy];
  return [copy, ...same.filter(({ id }) => id !== copy.id)];
}

/** Numbers of the records that are credited with the album. */
export function readMatchedRecordIds(database: Database, albumId: number): number[] {
  return queryValues<number>(database)`
    SELECT record_id FROM album_match WHERE album_id = ${albumId} ORDER BY record_id`;
}
