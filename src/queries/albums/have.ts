// Answers whether you own, want or play something, by words, a number or a barcode.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, queryRows, queryValues, sql } from "../../store/file/sql.ts";
import type { HaveDocument } from "../documents/record-documents.ts";
import { createArtistCollectionLookup, readPrintedArtistNames } from "../statistics/artist-collections.ts";
import { buildOwnedAlbumSql } from "../statistics/ownership.ts";
import { groupByAlbum, computeMaxPlays } from "../statistics/same-album.ts";
import { readAlbumsById, type ChartAlbum } from "../find/find-albums.ts";
import {
  selectBestFits,
  selectListedFits,
  searchByWords,
  type FoundName,
  type NameFit,
  type WordSearch,
} from "../find/find-names.ts";
import {
  compareByFit,
  findByNumber,
  readCopies,
  type Copy,
  type FoundRecords,
  type NumberKind,
} from "../find/find-records.ts";
import { countRecordsWithoutBarcode, findReleasesByPrintedNumber } from "../find/printed-numbers.ts";
import { areOptional } from "../find/word-query.ts";
import { toJsonWant, type WantedRelease } from "./wants.ts";
import { toJsonCollection, toIsoOrNull } from "../records/json-rows.ts";
import { joinRecords, readRecordsById, type RecordRow } from "../records/read-records.ts";

/**
 * yes: a record has the number, or all words of the question. maybe: one has the words with a typo, only some of them, or only the
 * beginning of one. no: none of these.
 */
type Verdict = HaveDocument["verdict"];

interface PlayedName extends ChartAlbum {
  /** True if it is on the shelf in any pressing. */
  readonly isOwned: boolean;
}

export interface OwnedCopy extends Copy {
  /** A bare number may be that of a record or a release. In a shop, "1984" is a title first. */
  readonly foundBy: NumberKind | "bare number" | NameFit;
  /** The matched album, if its name has the words and the record's own name does not. */
  readonly creditedWith: PlayedName | null;
}

export type OwnedAlbum = readonly [OwnedCopy, ...OwnedCopy[]];

/** A copy with all that is known of its record. */
export type DescribedCopy = OwnedCopy & RecordRow;

export interface HaveResult {
  readonly text: string;
  readonly verdict: Verdict;
  /** The words as they were read, if some were mistyped. */
  readonly didYouMean: readonly string[];
  /** Words of the question that the first album lacks. */
  readonly leftOver: readonly string[];
  /** Copies of one album together; what was found best first, then by plays. */
  readonly ownedAlbums: readonly OwnedAlbum[];
  /** Reads the rest about copies, in their order. Thousands may fit, of which a terminal shows a few. */
  readonly describe: (copies: readonly OwnedCopy[]) => Iterable<DescribedCopy>;
  readonly wantedAlbums: readonly WantedRelease[];
  /** The most played first. */
  readonly playedAlbums: readonly PlayedName[];
  /** Unless a record was found: those by the artist of what was found, or else typed, the most played first. */
  readonly byArtist: ReturnType<typeof readRecordsByArtist>;
  /** Records of which no barcode is known, if the text is a barcode that was not found; otherwise 0. */
  readonly recordsWithoutBarcode: number;
}

export function queryHave(database: Database, { text: typed }: { readonly text: string }): HaveResult {
  const text = typed.trim();
  const numbered = findByNumber(database, text);
  const isBare = /^\d+$/.test(text);
  const search = searchByWords(database, numbered !== undefined && !isBare ? "" : text);
  const playedAlbums = readPlayedNames(database, search.names.album);
  const wants = readWantedReleases(database, [
    ...selectBestNames(search.names.release).flatMap(({ id, isTitle, leftOver }) =>
      isTitle || leftOver.length === 0 ? [id] : [],
    ),
    ...findReleasesByPrintedNumber(database, text).ids,
  ]);
  const found = readOwnedCopies(database, search, playedAlbums);
  const ownedAlbums =
    numbered === undefined ? found : addNumbered(found, readNumberedCopies(numbered, isBare));
  const verdict = getVerdict(ownedAlbums, search);
  const artist = wants[0]?.artist ?? playedAlbums[0]?.artist ?? null;
  const readHint = (): HaveResult["byArtist"] =>
    (artist === null ? null : readRecordsByArtist(database, artist)) ??
    readRecordsByNamedArtist(database, search.query);
  const best = selectBestFits(search.records).toSorted(compareByFit);
  const readings = best.length > 0 ? best : [...search.names.release, ...search.names.album];
  return {
    text,
    verdict,
    didYouMean: [...new Set(readings.flatMap(({ readAs }) => readAs ?? []))],
    leftOver: best[0]?.leftOver ?? [],
    ownedAlbums,
    describe: (copies) =>
      joinRecords(
        database,
        copies.map((copy) => ({ ...copy, recordId: copy.id })),
      ),
    wantedAlbums: wants,
    playedAlbums,
    byArtist: verdict === "no" ? readHint() : null,
    recordsWithoutBarcode: verdict === "no" ? countRecordsWithoutBarcode(database, text) : 0,
  };
}

/** A bare number may be that of any record: those with the number in their name come first. Lists each copy once. */
function addNumbered(found: readonly OwnedAlbum[], numbered: readonly OwnedAlbum[]): readonly OwnedAlbum[] {
  const isBare = numbered.flat().some(({ foundBy }) => foundBy === "bare number");
  const named = isBare ? found.filter((album) => album.every(isCertain)) : [];
  const seenIds = new Set<number>();
  return [...named, ...numbered, ...found].flatMap((album) => {
    const [first, ...others] = album.filter(({ id }) => !seenIds.has(id));
    for (const { id } of album) seenIds.add(id);
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

function getVerdict(albums: readonly OwnedAlbum[], { isElsewhere }: WordSearch): Verdict {
  const copies = albums.flat();
  const isMeant = (copy: OwnedCopy): boolean => isCertain(copy) && !(copy.foundBy === "words" && isElsewhere);
  if (copies.some(isMeant)) return "yes";
  const isPossible = ({ foundBy }: OwnedCopy): boolean =>
    foundBy === "bare number" || foundBy === "words" || (foundBy !== "inside" && !isElsewhere);
  return copies.some(isPossible) ? "maybe" : "no";
}

const uncertainFits: readonly OwnedCopy["foundBy"][] = [
  "bare number",
  "beginning",
  "typo",
  "some words",
  "inside",
];

/** The record has the number or all of the words. */
export function isCertain({ foundBy }: OwnedCopy): boolean {
  return !uncertainFits.includes(foundBy);
}

/** The albums that were found as well as the first. */
export function selectShownAlbums({ verdict, ownedAlbums }: HaveResult): readonly OwnedAlbum[] {
  const selectFoundBy = (ways: readonly OwnedCopy["foundBy"][]): readonly OwnedAlbum[] =>
    ownedAlbums.filter((copies) => copies.some(({ foundBy }) => ways.includes(foundBy)));
  if (verdict === "maybe") return ownedAlbums;
  const titled = selectFoundBy(["title", "record", "release", "master", "catalog number", "barcode"]);
  return titled.length > 0 ? titled : selectFoundBy(["words"]);
}

/** The names that fit best. A part of a word is no name. */
function selectBestNames(names: readonly FoundName[]): readonly FoundName[] {
  const listed = selectListedFits(names).filter(({ fit }) => fit !== "inside");
  const whole = listed.filter(({ fit }) => fit !== "beginning");
  return whole.length > 0 ? whole : listed;
}

function readPlayedNames(database: Database, names: readonly FoundName[]): PlayedName[] {
  const albumIds = selectBestNames(names).map(({ id }) => id);
  const ownedIds = new Set(queryValues<number>(database)`
    SELECT id FROM album WHERE id IN ${listSql(albumIds)} AND ${buildOwnedAlbumSql("id")}`);
  return readAlbumsById(database, albumIds).map((album) => ({ ...album, isOwned: ownedIds.has(album.id) }));
}

function readWantedReleases(database: Database, releaseIds: readonly number[]): WantedRelease[] {
  return queryRows<WantedRelease>(database)`
    SELECT release.id AS releaseId, artist, title, form, year, want.added_uts AS addedUts
    FROM want JOIN release ON release.id = want.release_id
    WHERE want.release_id IN ${listSql(releaseIds)} ORDER BY want.added_uts, release.id`;
}

function readNumberedCopies({ hits, by }: FoundRecords, isBare: boolean): OwnedAlbum[] {
  const foundBy = isBare && (by === "record" || by === "release") ? ("bare number" as const) : by;
  return groupByAlbum(hits.flat().map((copy) => ({ ...copy, foundBy, creditedWith: null })));
}

/** Copies whose own name has the words, or the name of an album that they surely match. */
function readOwnedCopies(
  database: Database,
  { records: found }: WordSearch,
  playedAlbums: readonly PlayedName[],
): OwnedAlbum[] {
  const listed = new Map(selectListedFits(found).map((record) => [record.recordId, record]));
  const albums = new Map(playedAlbums.map((album) => [album.id, album]));
  const copies = readCopies(database, sql`record.id IN ${listSql([...listed.keys()])}`).flatMap((copy) => {
    const { fit: foundBy, albumId } = listed.get(copy.id) ?? {};
    if (foundBy === undefined) return [];
    return { ...copy, foundBy, creditedWith: albums.get(albumId ?? 0) ?? null };
  });
  return groupByAlbum(copies).toSorted(
    (a, b) =>
      compareByFit(listed.get(a[0].id), listed.get(b[0].id)) ||
      computeMaxPlays(b) - computeMaxPlays(a) ||
      a[0].id - b[0].id,
  );
}

/** null if there are none, or if the artist is a placeholder. */
function readRecordsByArtist(database: Database, artist: string) {
  if (isPlaceholderArtist(artist)) return null;
  const { recordIds } = createArtistCollectionLookup(database, [artist])(artist);
  const records = [...readRecordsById(database, recordIds).values()];
  return records.length === 0
    ? null
    : { artist, records: records.toSorted((a, b) => b.playCount - a.playCount || a.id - b.id) };
}

/** The words begin or end with the artist's name. Of several names, the longest counts. */
function readRecordsByNamedArtist(database: Database, { readings }: WordSearch["query"]) {
  const texts = readings.map(joinFirmWords);
  const named = readPrintedArtistNames(database).filter((artist) => {
    const name = joinFirmWords(fold(artist).split(" "));
    return texts.some((text) => text.startsWith(`${name} `) || text.endsWith(` ${name}`));
  });
  const [longest] = named.toSorted((a, b) => b.length - a.length);
  return longest === undefined ? null : readRecordsByArtist(database, longest);
}

function joinFirmWords(words: readonly string[]): string {
  return words.filter((word) => !areOptional([word])).join(" ");
}

/** `maxRows`: of each list. */
export function buildHaveDocument(answer: HaveResult, maxRows = Number.POSITIVE_INFINITY): HaveDocument {
  const copies = answer.ownedAlbums.flat();
  const { wantedAlbums, playedAlbums } = answer;
  return {
    verdict: answer.verdict,
    owned: answer.verdict === "yes",
    did_you_mean: answer.didYouMean,
    left_over: answer.leftOver,
    records: Array.from(answer.describe(copies.slice(0, maxRows)), (copy) => ({
      collection: toJsonCollection(copy),
      form: copy.form,
      label: copy.label,
      catalog_number: copy.catalogNumber,
      folder: copy.folder,
      play_count: copy.playCount,
      spins: copy.spins,
      last_played: toIsoOrNull(copy.lastPlayedUts),
      exact: copy.foundBy === "title",
      whole_words: copy.foundBy === "title" || copy.foundBy === "words",
      found_by: toFoundByValue(copy.foundBy),
      credited_with: copy.creditedWith?.id ?? null,
    })),
    wanted: wantedAlbums.slice(0, maxRows).map(toJsonWant),
    played: playedAlbums.slice(0, maxRows).map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.playCount,
      last_played: toIsoOrNull(album.lastPlayedUts),
      owned: album.isOwned,
    })),
    summary: { records: copies.length, wanted: wantedAlbums.length, played: playedAlbums.length },
  };
}

export function toFoundByValue(way: OwnedCopy["foundBy"]): HaveDocument["records"][number]["found_by"] {
  return way.replace(" ", "_") as HaveDocument["records"][number]["found_by"];
}
