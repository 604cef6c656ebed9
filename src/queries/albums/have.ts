// Whether you own, want or play something, by words, a number or a barcode.
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { editionKey } from "../../match/titles/title.ts";
import type { Database } from "../../store/file/database.ts";
import { list, rowsOf, valuesOf } from "../../store/file/sql.ts";
import type { HaveDocument } from "../documents/record-documents.ts";
import { isOwnedAlbum } from "../figures/ownership.ts";
import { groupedByAlbum, mostPlays } from "../figures/same-album.ts";
import { albumsById, type ChartAlbum } from "../find/find-albums.ts";
import {
  bestFits,
  listedFits,
  searchByWords,
  type FoundName,
  type NameFit,
  type WordSearch,
} from "../find/find-names.ts";
import {
  compareNamed,
  findByNumber,
  releasesByPrintedNumber,
  type FoundRecords,
  type NumberKind,
} from "../find/find-records.ts";
import { contractWant, type WantedRelease } from "./wants.ts";
import { contractCollection, isoSeconds } from "../records/contract.ts";
import { recordsById, type RecordRow } from "../records/read-records.ts";

/**
 * yes: a record has the number, or all words of the question. maybe: one has the words with a typo, only some of them, or only the
 * beginning of one. no: none of these.
 */
type Verdict = HaveDocument["verdict"];

interface PlayedName extends ChartAlbum {
  /** On the shelf in any pressing. */
  readonly isOwned: boolean;
}

export interface OwnedCopy extends RecordRow {
  /** A bare number may be that of a record or a release. In a shop, "1984" is a title first. */
  readonly foundBy: NumberKind | "bare number" | NameFit;
  /** The matched album, if its name has the words and the record's own name does not. */
  readonly creditedWith: PlayedName | null;
}

export type OwnedAlbum = readonly [OwnedCopy, ...OwnedCopy[]];

export interface HaveAnswer {
  readonly text: string;
  readonly verdict: Verdict;
  /** The words as they were read, if some were mistyped. */
  readonly didYouMean: readonly string[];
  /** Words of the question that the first album lacks. */
  readonly leftOver: readonly string[];
  /** Copies of one album together; what was found best first, then by plays. */
  readonly ownedAlbums: readonly OwnedAlbum[];
  readonly wantedAlbums: readonly WantedRelease[];
  /** The most played first. */
  readonly playedAlbums: readonly PlayedName[];
  /** Unless a record was found: the albums on the shelf by the artist of what was found, the most played first. */
  readonly byArtist: ReturnType<typeof recordsBy>;
}

export function ask(database: Database, { text: typed }: { readonly text: string }): HaveAnswer {
  const text = typed.trim();
  const numbered = findByNumber(database, text);
  const isBare = /^\d+$/.test(text);
  const search = searchByWords(database, numbered !== undefined && !isBare ? "" : text);
  const playedAlbums = playedNames(database, search.names.album);
  const wants = wantedNames(database, [
    ...bestNames(search.names.release).map(({ id }) => id),
    ...releasesByPrintedNumber(database, text).ids,
  ]);
  const found = ownedCopies(database, search, playedAlbums);
  const ownedAlbums =
    numbered === undefined ? found : [...numberedCopies(database, numbered, isBare), ...found];
  const verdict = verdictOf(ownedAlbums, search);
  const artist = wants[0]?.artist ?? playedAlbums[0]?.artist ?? null;
  const best = bestFits(search.records).toSorted(compareNamed);
  const readings = best.length > 0 ? best : [...search.names.release, ...search.names.album];
  return {
    text,
    verdict,
    didYouMean: [...new Set(readings.flatMap(({ readAs }) => readAs ?? []))],
    leftOver: best[0]?.leftOver ?? [],
    ownedAlbums,
    wantedAlbums: wants,
    playedAlbums,
    byArtist: verdict !== "no" || artist === null ? null : recordsBy(database, artist),
  };
}

function verdictOf(albums: readonly OwnedAlbum[], { isElsewhere }: WordSearch): Verdict {
  const copies = albums.flat();
  const isMeant = (copy: OwnedCopy): boolean => isSure(copy) && !(copy.foundBy === "words" && isElsewhere);
  if (copies.some(isMeant)) return "yes";
  const mayBe = ({ foundBy }: OwnedCopy): boolean =>
    foundBy === "bare number" || foundBy === "words" || (foundBy !== "inside" && !isElsewhere);
  return copies.some(mayBe) ? "maybe" : "no";
}

const unsure: readonly OwnedCopy["foundBy"][] = ["bare number", "beginning", "typo", "some words", "inside"];

/** The record has the number or all of the words. */
export function isSure({ foundBy }: OwnedCopy): boolean {
  return !unsure.includes(foundBy);
}

/** The names that fit best. A part of a word is no name. */
function bestNames(names: readonly FoundName[]): readonly FoundName[] {
  const listed = listedFits(names).filter(({ fit }) => fit !== "inside");
  const whole = listed.filter(({ fit }) => fit !== "beginning");
  return whole.length > 0 ? whole : listed;
}

function playedNames(database: Database, names: readonly FoundName[]): PlayedName[] {
  const albumIds = bestNames(names).map(({ id }) => id);
  const ownedIds = new Set(valuesOf<number>(database)`
    SELECT id FROM album WHERE id IN ${list(albumIds)} AND ${isOwnedAlbum("id")}`);
  return albumsById(database, albumIds).map((album) => ({ ...album, isOwned: ownedIds.has(album.id) }));
}

function wantedNames(database: Database, releaseIds: readonly number[]): WantedRelease[] {
  return rowsOf<WantedRelease>(database)`
    SELECT release.id AS releaseId, artist, title, form, year, want.added_uts AS addedUts
    FROM want JOIN release ON release.id = want.release_id
    WHERE want.release_id IN ${list(releaseIds)} ORDER BY want.added_uts, release.id`;
}

function numberedCopies(database: Database, { hits, by }: FoundRecords, isBare: boolean): OwnedAlbum[] {
  const foundBy = isBare && (by === "record" || by === "release") ? ("bare number" as const) : by;
  const found = hits.flat();
  const records = recordsById(
    database,
    found.map(({ id }) => id),
  );
  return groupedByAlbum(
    found.flatMap(({ id, key }) => {
      const record = records.get(id);
      return record === undefined ? [] : { ...record, key, foundBy, creditedWith: null };
    }),
  );
}

/** Copies whose own name has the words, or the name of an album that they surely match. */
function ownedCopies(
  database: Database,
  { records: found }: WordSearch,
  playedAlbums: readonly PlayedName[],
): OwnedAlbum[] {
  const listed = new Map(listedFits(found).map((record) => [record.recordId, record]));
  const records = recordsById(database, [...listed.keys()]);
  const albums = new Map(playedAlbums.map((album) => [album.id, album]));
  const copies = [...listed.values()].flatMap(({ recordId, albumId, fit }) => {
    const record = records.get(recordId);
    if (record === undefined) return [];
    const creditedWith = albumId === null ? null : (albums.get(albumId) ?? null);
    return { ...record, key: editionKey(record.artist, record.title), creditedWith, foundBy: fit };
  });
  return groupedByAlbum(copies).toSorted(
    (a, b) =>
      compareNamed(listed.get(a[0].id), listed.get(b[0].id)) ||
      mostPlays(b) - mostPlays(a) ||
      a[0].id - b[0].id,
  );
}

/** null if there are none, or if the artist is a placeholder. */
function recordsBy(database: Database, artist: string) {
  if (isPlaceholderArtist(artist)) return null;
  const artistKey = foldArtist(artist);
  const names = valuesOf<string>(database)`
    SELECT DISTINCT artist FROM release WHERE id IN (SELECT release_id FROM record)`.filter(
    (name) => foldArtist(name) === artistKey,
  );
  const ids = valuesOf<number>(database)`
    SELECT record.id FROM record JOIN release ON release.id = release_id WHERE release.artist IN ${list(names)}`;
  const records = [...recordsById(database, ids).values()];
  return records.length === 0
    ? null
    : { artist, records: records.toSorted((a, b) => b.playCount - a.playCount || a.id - b.id) };
}

/** `maxRows`: of each list. */
export function document(answer: HaveAnswer, maxRows = Number.POSITIVE_INFINITY): HaveDocument {
  const copies = answer.ownedAlbums.flat();
  const { wantedAlbums, playedAlbums } = answer;
  return {
    verdict: answer.verdict,
    owned: answer.verdict === "yes",
    did_you_mean: answer.didYouMean,
    left_over: answer.leftOver,
    records: copies.slice(0, maxRows).map((copy) => ({
      collection: contractCollection(copy),
      form: copy.form,
      label: copy.label,
      catalog_number: copy.catalogNumber,
      folder: copy.folder,
      play_count: copy.playCount,
      spins: copy.spins,
      last_played: isoSeconds(copy.lastPlayedUts),
      exact: copy.foundBy === "title",
      whole_words: copy.foundBy === "title" || copy.foundBy === "words",
      found_by: foundByWord(copy.foundBy),
      credited_with: copy.creditedWith?.id ?? null,
    })),
    wanted: wantedAlbums.slice(0, maxRows).map(contractWant),
    played: playedAlbums.slice(0, maxRows).map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.playCount,
      last_played: isoSeconds(album.lastPlayedUts),
      owned: album.isOwned,
    })),
    summary: { records: copies.length, wanted: wantedAlbums.length, played: playedAlbums.length },
  };
}

export function foundByWord(way: OwnedCopy["foundBy"]): HaveDocument["records"][number]["found_by"] {
  return way.replace(" ", "_") as HaveDocument["records"][number]["found_by"];
}
