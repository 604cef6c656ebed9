// What is played and not owned in any pressing: editions rolled up into one album.
import { isPlaceholderArtist, isPlaceholderTitle, isVariousArtists } from "../match/text/artist-name.ts";
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { editionKeyReader, type KeyedName } from "./album-key.ts";
import { gapComparison, type GapSort } from "./gap-order.ts";
import { artistShelves, hiddenKeys, ownedKeys, wantedKeys, type ArtistShelf } from "./ownership.ts";
import { playedTable } from "./play-counts.ts";
import { albumTest, type AlbumFilter } from "./filters/album-filter.ts";
import type { Span } from "./filters/span.ts";

export interface GapQuestion extends Omit<AlbumFilter, "during"> {
  /** Plays are those of this span only; null: of all time. */
  readonly during: Span | null;
  /** The hidden ones instead of the others. */
  readonly hidden: boolean;
  readonly sort: GapSort;
  readonly reverse: boolean;
  /** null: there is no complete history to tell tracks and recent plays from. */
  readonly recentFromUts: number | null;
}

export interface Gap {
  /** The most played edition stands for all. */
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly url: string | null;
  /** Ids of all editions, most played first. */
  readonly editions: readonly number[];
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** null: not known. */
  readonly tracks: number | null;
  readonly recentPlays: number | null;
  readonly isWanted: boolean;
}

interface PlayedAlbum extends KeyedName {
  readonly id: number;
  readonly url: string | null;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

export interface Gaps {
  readonly gaps: readonly Gap[];
  /** The most played one before any range of plays or tracks; undefined where nothing is left at all. */
  readonly most: Gap | undefined;
}

/** In a total order. */
export function findGaps(database: Database, question: GapQuestion): Gaps {
  const owned = ownedKeys(database);
  const hidden = hiddenKeys(database);
  const wanted = wantedKeys(database);
  const keyOf = editionKeyReader(database);
  const groups = new Map<string, PlayedAlbum[]>();
  for (const entry of playedAlbums(database, question.during)) {
    if (isNameless(entry)) continue;
    const key = keyOf(entry);
    if (owned.has(key) || hidden.has(key) !== question.hidden) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const all = [...groups]
    .map(([key, entries]) => ({ ...rolledUp(entries), isWanted: wanted.has(key) }))
    .filter(albumTest(question, "name"));
  const most = all.toSorted((a, b) => b.plays - a.plays || a.id - b.id)[0];
  const gaps = all
    .filter(albumTest(question, "chart"))
    .map(historyOf(database, question))
    .filter(albumTest(question, "history"))
    .toSorted(gapComparison(question.sort, question.reverse));
  return { gaps, most };
}

export interface ShelvedGap extends Gap {
  readonly shelf: ArtistShelf;
}

/** For the albums of a page: records by the same artist. */
export function withShelves(database: Database, gaps: readonly Gap[]): ShelvedGap[] {
  const shelfOf = artistShelves(
    database,
    gaps.map(({ artist }) => artist),
  );
  return gaps.map((gap) => ({ ...gap, shelf: shelfOf(gap.artist) }));
}

function playedAlbums(database: Database, during: Span | null): IterableIterator<PlayedAlbum> {
  const played = playedTable(during);
  return database
    .prepare<unknown[], PlayedAlbum>(
      `WITH ${played.sql} SELECT album.id AS id, artist, title, edition_key AS editionKey, url, plays, played.last_played_uts AS lastPlayedUts
       FROM played JOIN album ON album.id = played.album_id ORDER BY plays DESC, album.id`,
    )
    .iterate(...played.parameters);
}

/** Nobody can buy "Unknown Album" by "Unknown Artist"; a compilation of various artists one can. */
function isNameless({ artist, title }: PlayedAlbum): boolean {
  return isPlaceholderTitle(title) || (isPlaceholderArtist(artist) && !isVariousArtists(artist));
}

/** Entries come most played first. */
function rolledUp(entries: readonly PlayedAlbum[]): Omit<Gap, "isWanted"> {
  const [best] = entries as readonly [PlayedAlbum, ...PlayedAlbum[]];
  return {
    id: best.id,
    artist: best.artist,
    title: best.title,
    url: best.url,
    editions: entries.map(({ id }) => id),
    plays: entries.reduce((sum, { plays }) => sum + plays, 0),
    lastPlayedUts: entries.reduce<number | null>(
      (last, { lastPlayedUts }) => later(last, lastPlayedUts),
      null,
    ),
    tracks: null,
    recentPlays: null,
  };
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Fills in what only the scrobbles tell. */
function historyOf(database: Database, { recentFromUts }: GapQuestion): (gap: Gap) => Gap {
  if (recentFromUts === null) return (gap) => gap;
  const recent = new Map(
    database
      .prepare<[number], [number, number]>(
        `SELECT track.album_id, count(*) FROM scrobble JOIN track ON track.id = scrobble.track_id
         WHERE scrobble.uts >= ? AND track.album_id IS NOT NULL GROUP BY track.album_id`,
      )
      .raw()
      .all(recentFromUts),
  );
  const names = database.prepare<[number], string>("SELECT name FROM track WHERE album_id = ?").pluck();
  return (gap) => ({
    ...gap,
    tracks: new Set(gap.editions.flatMap((id) => names.all(id)).map(fold)).size,
    recentPlays: gap.editions.reduce((sum, id) => sum + (recent.get(id) ?? 0), 0),
  });
}
