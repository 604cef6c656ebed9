// Whether you own, want or play something, by words.
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { fold } from "../../match/text/fold.ts";
import { editionKey, keyOf } from "../../match/titles/title.ts";
import type { Database } from "../../store/file/database.ts";
import { list, rowsOf, valuesOf } from "../../store/file/sql.ts";
import type { HaveDocument } from "../documents/record-documents.ts";
import { isOwnedAlbum } from "../figures/ownership.ts";
import { groupedByAlbum, mostPlays } from "../figures/same-album.ts";
import {
  bestPlaced,
  namesFound,
  places,
  recordsUnder,
  wordQuery,
  type FoundName,
  type FoundNames,
  type WordQuery,
} from "../find/records-named.ts";
import { albumsById, type ChartAlbum } from "../find/find-albums.ts";
import { contractWant, type WantedRelease } from "./wants.ts";
import { slippedNames, type SlippedNames } from "../find/slips.ts";
import { contractCollection, isoSeconds } from "../records/contract.ts";
import { recordsById, type RecordRow } from "../records/read-records.ts";

interface PlayedName extends ChartAlbum {
  /** On the shelf in any pressing. */
  readonly isOwned: boolean;
}

export interface OwnedCopy extends RecordRow {
  /** True if artist and title, or the title alone, equal the typed words. */
  readonly isExact: boolean;
  /** True if each word is a whole word of the name; false if some are only part of one. */
  readonly isWhole: boolean;
  /** The matched album, if its name has the words and the record's own name does not. */
  readonly creditedWith: PlayedName | null;
}

export type OwnedAlbum = readonly [OwnedCopy, ...OwnedCopy[]];

export type HaveAnswer = ReturnType<typeof ask>;

/** Searches for the words as typed, and then for typing slips. */
export function ask(database: Database, { text }: { readonly text: string }) {
  const query = wordQuery(text);
  const answer = answerOf(database, query, namesFound(database, query));
  if (answer.isOwned) return answer;
  const slips = slippedNames(database, query);
  const sure = slips.filter(({ isSure }) => isSure);
  const forgiven = answerOfSlips(database, query, sure);
  if (forgiven !== undefined && forgiven.ownedAlbums.length > 0) return { ...forgiven, isOwned: true };
  if (answer.wantedAlbums.length + answer.playedAlbums.length > 0) return answer;
  return answerOfSlips(database, query, slips) ?? answer;
}

/** Returns undefined if there are no candidates. */
function answerOfSlips(database: Database, query: WordQuery, slips: readonly SlippedNames[]) {
  if (slips.length === 0) return undefined;
  const answer = answerOf(database, query, {
    release: slips.flatMap(({ release }) => release),
    album: slips.flatMap(({ album }) => album),
  });
  return { ...answer, isOwned: false, didYouMean: slips.map(({ text }) => text) };
}

function answerOf(database: Database, query: WordQuery, foundNames: FoundNames) {
  const albumIds = foundNames.album.map(({ id }) => id);
  const names = playedNames(database, albumIds);
  const ownedAlbums = ownedCopies(database, query, foundNames, names);
  const isOwned = ownedAlbums.some(isWholeAlbum);
  const whole = new Set(wholeIds(foundNames.album));
  const playedAlbums = names.filter(({ id }) => whole.has(id));
  const wantedAlbums = wantedNames(database, wholeIds(foundNames.release));
  const artist = wantedAlbums[0]?.artist ?? playedAlbums[0]?.artist ?? null;
  return {
    text: query.text,
    /** A record has the words as whole words of a name. Parts of words don't count. */
    isOwned,
    /** Corrections of a typed word that no name contains. If several are possible, nothing counts as owned. */
    didYouMean: [] as readonly string[],
    /** Copies of one album together. Exact titles first, then whole words, then by plays. */
    ownedAlbums,
    wantedAlbums,
    /** The most played first. */
    playedAlbums,
    /** If nothing is owned: the albums on the shelf by the artist of what was found, the most played first. */
    byArtist: isOwned || artist === null ? null : recordsBy(database, artist),
  };
}

function wholeIds(names: readonly FoundName[]): number[] {
  return names.filter(({ place }) => place === places.whole).map(({ id }) => id);
}

function playedNames(database: Database, albumIds: readonly number[]): PlayedName[] {
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

/** Copies whose own name has the words, or the name of an album that they surely match. */
function ownedCopies(
  database: Database,
  query: WordQuery,
  foundNames: FoundNames,
  playedAlbums: readonly PlayedName[],
): OwnedAlbum[] {
  const { names: namedRecords } = bestPlaced(recordsUnder(database, foundNames));
  const ids = namedRecords.map(({ recordId }) => recordId);
  const records = recordsById(database, ids);
  const albums = new Map(playedAlbums.map((album) => [album.id, album]));
  const isExact = exactTest(query);
  const copies = namedRecords.flatMap(({ recordId, place, albumId }) => {
    const record = records.get(recordId);
    if (record === undefined) return [];
    const creditedWith = albumId === null ? null : (albums.get(albumId) ?? null);
    return {
      ...record,
      key: editionKey(record.artist, record.title),
      creditedWith,
      isWhole: place === places.whole,
      isExact: isExact(creditedWith ?? record),
    };
  });
  return groupedByAlbum(copies).toSorted(rank);
}

/** Exact titles before whole words before parts of words. */
function placeOf(copies: OwnedAlbum): number {
  return copies.some(({ isExact }) => isExact) ? 2 : Number(isWholeAlbum(copies));
}

function rank(a: OwnedAlbum, b: OwnedAlbum): number {
  return placeOf(b) - placeOf(a) || mostPlays(b) - mostPlays(a) || a[0].id - b[0].id;
}

/** Returns true if the words are whole words of a name of one of the copies. */
export function isWholeAlbum(copies: readonly OwnedCopy[]): boolean {
  return copies.some(({ isWhole }) => isWhole);
}

type NameTest = (name: { readonly artist: string; readonly title: string }) => boolean;

function exactTest({ text }: WordQuery): NameTest {
  const [key, foldedText] = [keyOf(text), fold(text)];
  return ({ artist, title }) =>
    keyOf(title) === key ||
    fold(`${artist} ${title}`) === foldedText ||
    fold(`${title} ${artist}`) === foldedText;
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

export function document(answer: HaveAnswer): HaveDocument {
  return {
    owned: answer.isOwned,
    did_you_mean: answer.didYouMean,
    records: answer.ownedAlbums.flat().map((copy) => ({
      collection: contractCollection(copy),
      form: copy.form,
      label: copy.label,
      catalog_number: copy.catalogNumber,
      folder: copy.folder,
      play_count: copy.playCount,
      spins: copy.spins,
      last_played: isoSeconds(copy.lastPlayedUts),
      exact: copy.isExact,
      credited_with: copy.creditedWith?.id ?? null,
      whole_words: copy.isWhole,
    })),
    wanted: answer.wantedAlbums.map(contractWant),
    played: answer.playedAlbums.map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.playCount,
      last_played: isoSeconds(album.lastPlayedUts),
      owned: album.isOwned,
    })),
  };
}
