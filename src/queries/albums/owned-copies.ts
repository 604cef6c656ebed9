// Finds copies on the shelf by words, in their own names or in those of the albums that they surely match.
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { fold } from "../../match/text/fold.ts";
import { keyOf } from "../../match/titles/title.ts";
import type { Database } from "../../store/file/database.ts";
import type { WordQuery, NamedRecord } from "../find/records-named.ts";
import type { RecordRow } from "../records/record-row.ts";
import { recordsById } from "../records/records-by-id.ts";
import { groupedByAlbum } from "../figures/same-album.ts";

export interface PlayedName {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** On the shelf in any pressing. */
  readonly isOwned: boolean;
}

export interface OwnedCopy {
  readonly record: RecordRow;
  /** True if artist and title, or the title alone, equal the typed words. */
  readonly isExact: boolean;
  /** True if each word is a whole word of the name; false if some are only part of one. */
  readonly isWhole: boolean;
  /** The matched album, if its name has the words and the record's own name does not. */
  readonly creditedWith: PlayedName | null;
}

/** The copies of one album together. Exact titles first, then whole words, then by plays. */
export function ownedCopies(
  database: Database,
  query: WordQuery,
  found: readonly NamedRecord[],
  playedName: (albumId: number) => PlayedName | undefined,
): OwnedCopy[][] {
  const records = recordsById(
    database,
    found.map(({ recordId }) => recordId),
  );
  const isExact = exactTest(query);
  const rows = found.flatMap(({ recordId, place, albumId }) => {
    const record = records.get(recordId);
    if (record === undefined) return [];
    const creditedWith = albumId === null ? null : (playedName(albumId) ?? null);
    const copy: OwnedCopy = {
      record,
      creditedWith,
      isWhole: place === "whole",
      isExact: isExact(creditedWith ?? record),
    };
    return [{ copy, artist: record.artist, title: record.title, kind: record.kind, editionKey: null }];
  });
  return groupedByAlbum(database, rows)
    .map((copies) => copies.map(({ copy }) => copy))
    .toSorted(rank);
}

function rank(a: readonly OwnedCopy[], b: readonly OwnedCopy[]): number {
  const sign = (copies: readonly OwnedCopy[]): number =>
    copies.some(({ isExact }) => isExact) ? 2 : Number(isWholeAlbum(copies));
  const plays = (copies: readonly OwnedCopy[]): number =>
    copies.reduce((most, { record }) => Math.max(most, record.playCount), 0);
  return sign(b) - sign(a) || plays(b) - plays(a) || (a[0]?.record.id ?? 0) - (b[0]?.record.id ?? 0);
}

/** Returns true if the words are whole words of a name of one of the copies. */
export function isWholeAlbum(copies: readonly OwnedCopy[]): boolean {
  return copies.some(({ isWhole }) => isWhole);
}

function exactTest({
  text,
}: WordQuery): (name: { readonly artist: string; readonly title: string }) => boolean {
  const [key, folded] = [keyOf(text), fold(text)];
  return ({ artist, title }) =>
    keyOf(title) === key || fold(`${artist} ${title}`) === folded || fold(`${title} ${artist}`) === folded;
}

/**
 * The albums on the shelf by an artist, the most played first. null if there are none, or if the artist is a
 * placeholder.
 */
export function recordsBy(
  database: Database,
  artist: string,
): { readonly artist: string; readonly records: readonly RecordRow[] } | null {
  if (isPlaceholderArtist(artist)) return null;
  const wanted = foldArtist(artist);
  const names = database
    .prepare<[], string>("SELECT DISTINCT artist FROM release WHERE id IN (SELECT release_id FROM record)")
    .pluck()
    .all()
    .filter((name) => foldArtist(name) === wanted);
  const ids = database
    .prepare<[string], number>(
      `SELECT record.id FROM record JOIN release ON release.id = release_id
       WHERE release.artist IN (SELECT value FROM json_each(?)) ORDER BY record.id`,
    )
    .pluck()
    .all(JSON.stringify(names));
  const records = [...recordsById(database, ids).values()];
  return records.length === 0
    ? null
    : { artist, records: records.toSorted((a, b) => b.playCount - a.playCount || a.id - b.id) };
}
