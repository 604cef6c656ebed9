// Copies on the shelf under some words: by their own names, and by those of the albums that they are surely credited with.
import { foldArtist, isPlaceholderArtist } from "../match/text/artist-name.ts";
import { fold } from "../match/text/fold.ts";
import { keyOf } from "../match/titles/title.ts";
import type { Database } from "../store/database.ts";
import type { WordQuery } from "./name-search.ts";
import type { RecordRow } from "./record-row.ts";
import { recordsById } from "./records-by-id.ts";
import { groupedByAlbum } from "./same-album.ts";

export interface PlayedName {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** Some record is credited with it. */
  readonly isOwned: boolean;
}

export interface OwnedCopy {
  readonly record: RecordRow;
  /** Whether artist and title, or the title alone, are what was typed. */
  readonly isExact: boolean;
  /** The played album that it is credited with, where its own name has not the words. */
  readonly creditedWith: PlayedName | null;
}

export function ownedCopies(
  database: Database,
  query: WordQuery,
  { releaseIds, played }: { readonly releaseIds: readonly number[]; readonly played: readonly PlayedName[] },
): OwnedCopy[][] {
  const named = idsOfReleases(database, releaseIds);
  const credited = creditedRecords(
    database,
    played.filter(({ isOwned }) => isOwned),
  );
  const records = recordsById(database, [...new Set([...named, ...credited.keys()])]);
  const isNamed = new Set(named);
  const isExact = exactTest(query);
  const copies = [...records.values()].map((record): OwnedCopy => {
    const creditedWith = isNamed.has(record.id) ? null : (credited.get(record.id) ?? null);
    return { record, creditedWith, isExact: isExact(creditedWith ?? record) };
  });
  const rows = copies
    .toSorted((a, b) => a.record.id - b.record.id)
    .map((copy) => ({ copy, artist: copy.record.artist, title: copy.record.title, editionKey: null }));
  return groupedByAlbum(database, rows, ({ copy }) => copy).toSorted(rank);
}

/** Exact titles first, then by plays. */
function rank(a: readonly OwnedCopy[], b: readonly OwnedCopy[]): number {
  const exact = (copies: readonly OwnedCopy[]): number => Number(copies.some(({ isExact }) => isExact));
  const plays = (copies: readonly OwnedCopy[]): number =>
    copies.reduce((most, { record }) => Math.max(most, record.playCount), 0);
  return exact(b) - exact(a) || plays(b) - plays(a) || (a[0]?.record.id ?? 0) - (b[0]?.record.id ?? 0);
}

function exactTest({
  text,
}: WordQuery): (name: { readonly artist: string; readonly title: string }) => boolean {
  const [key, folded] = [keyOf(text), fold(text)];
  return ({ artist, title }) =>
    keyOf(title) === key || fold(`${artist} ${title}`) === folded || fold(`${title} ${artist}`) === folded;
}

function idsOfReleases(database: Database, releaseIds: readonly number[]): number[] {
  return database
    .prepare<[string], number>("SELECT id FROM record WHERE release_id IN (SELECT value FROM json_each(?))")
    .pluck()
    .all(JSON.stringify(releaseIds));
}

function creditedRecords(database: Database, albums: readonly PlayedName[]): ReadonlyMap<number, PlayedName> {
  const byId = new Map(albums.map((album) => [album.id, album]));
  const rows = database
    .prepare<[string], [recordId: number, albumId: number]>(
      `SELECT credit.record_id, credit.album_id FROM json_each(?) AS wanted
         JOIN credit ON credit.album_id = wanted.value JOIN match ON match.record_id = credit.record_id
       WHERE match.type = 'exact'`,
    )
    .raw()
    .all(JSON.stringify([...byId.keys()]));
  return new Map(
    rows.flatMap(([recordId, albumId]) => {
      const album = byId.get(albumId);
      return album === undefined ? [] : [[recordId, album] as const];
    }),
  );
}

/** The albums on the shelf by an artist, the most played first; null where there are none, or it is nobody. */
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
