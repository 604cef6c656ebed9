// What is played most, owned or not: albums with their editions added up, artists, tracks.
import { foldArtist } from "../match/text/artist-name.ts";
import { trackKey } from "../match/text/track-title.ts";
import type { Database } from "../store/database.ts";
import { editionKeyExpressions } from "./album-key.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import { heardTracks, laterOf } from "./heard-tracks.ts";
import { artistShelves, ownedKeys, wantedKeys } from "./ownership.ts";
import { playedTable } from "./play-counts.ts";

/** An album, an artist or a track with its plays. */
export interface PlayedMost {
  readonly artist: string;
  /** Of the album or the track; null: it is an artist. */
  readonly title: string | null;
  /** Of the chart, the most played first; those that it stands for, or that it was heard on. */
  readonly albumIds: readonly number[];
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** Sittings with half of the album; null where that is not known, and for all but albums. */
  readonly spins: number | null;
  /** Different ones heard. */
  readonly tracks: number;
  readonly isOwned: boolean;
  /** Of the artist. */
  readonly ownedRecords: number;
  readonly isWanted: boolean;
}

interface ChartEntry {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly key: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** 0 or 1 */
  readonly isOwned: number;
  readonly isWanted: number;
}

/** Every album of the chart, or what was played of it in the span; the most played first. */
function chartEntries(database: Database, span: Span | null): ChartEntry[] {
  const keys = editionKeyExpressions(database);
  const played = playedTable(span);
  return database
    .prepare<unknown[], ChartEntry>(
      `WITH ${played.sql}, owned (key) AS MATERIALIZED (${ownedKeys(keys)})
       SELECT album.id AS id, artist, title, ${keys.ofAlbum} AS key, plays, played.last_played_uts AS lastPlayedUts,
         ${keys.ofAlbum} IN owned AS isOwned, ${keys.ofAlbum} IN (${wantedKeys(keys)}) AS isWanted
       FROM played JOIN album ON album.id = played.album_id ORDER BY plays DESC, album.id`,
    )
    .all(...played.parameters);
}

/** Plays are scrobbles; a play noted by hand counts among the spins, and may be the last. */
export function playedAlbums(database: Database, span: Span | null): PlayedMost[] {
  const spinsOf = spinCounter(database, span);
  const names = new Map<number, Set<string>>();
  for (const { albumId, name } of heardTracks(database, span)) {
    if (albumId === null) continue;
    const known = names.get(albumId);
    if (known === undefined) names.set(albumId, new Set([trackKey(name)]));
    else known.add(trackKey(name));
  }
  return grouped(chartEntries(database, span), ({ key }) => key).map((entries) => {
    const [best] = entries;
    const albumIds = entries.map(({ id }) => id);
    const { spins, lastNotedUts } = spinsOf(albumIds);
    return {
      artist: best.artist,
      title: best.title,
      albumIds,
      plays: sumOfPlays(entries),
      lastPlayedUts: laterOf(lastOf(entries), lastNotedUts),
      spins,
      tracks: new Set(albumIds.flatMap((id) => [...(names.get(id) ?? [])])).size,
      isOwned: best.isOwned === 1,
      ownedRecords: 0,
      isWanted: best.isWanted === 1,
    };
  });
}

/** By whom the tracks are, however their names are spelled. */
export function playedArtists(database: Database, span: Span | null): PlayedMost[] {
  const keyOf = remembered(foldArtist);
  const groups = grouped(heardTracks(database, span), ({ artist }) => keyOf(artist));
  const spellings = groups.map((tracks) => mostPlayedOf(tracks, ({ artist }) => artist));
  const shelfOf = artistShelves(database, spellings);
  return groups.map((tracks, at) => {
    const artist = spellings[at] ?? "";
    const { records } = shelfOf(artist);
    return {
      artist,
      title: null,
      albumIds: [],
      plays: sumOfPlays(tracks),
      lastPlayedUts: lastOf(tracks),
      spins: null,
      tracks: new Set(tracks.map(({ name }) => trackKey(name))).size,
      isOwned: records > 0,
      ownedRecords: records,
      isWanted: false,
    };
  });
}

/** Each song once, whatever remaster or album it was played from. */
export function playedTracks(database: Database, span: Span | null): PlayedMost[] {
  const keyOf = remembered(foldArtist);
  const entries = new Map(chartEntries(database, null).map((entry) => [entry.id, entry]));
  return grouped(
    heardTracks(database, span),
    ({ artist, name }) => `${keyOf(artist)}\n${trackKey(name)}`,
  ).map((tracks) => {
    const albums = grouped(
      tracks.filter(({ albumId }) => albumId !== null),
      ({ albumId }) => String(albumId),
    )
      .map((some) => ({ entry: entries.get(some[0].albumId ?? 0), plays: sumOfPlays(some) }))
      .toSorted((a, b) => (b.entry?.isOwned ?? 0) - (a.entry?.isOwned ?? 0) || b.plays - a.plays)
      .flatMap(({ entry }) => entry ?? []);
    return {
      artist: mostPlayedOf(tracks, ({ artist }) => artist),
      title: mostPlayedOf(tracks, ({ name }) => name),
      // What is owned before what isn't.
      albumIds: albums.map(({ id }) => id),
      plays: sumOfPlays(tracks),
      lastPlayedUts: lastOf(tracks),
      spins: null,
      tracks: 1,
      isOwned: albums[0]?.isOwned === 1,
      ownedRecords: 0,
      isWanted: albums.some(({ isWanted }) => isWanted === 1),
    };
  });
}

interface Spins {
  readonly spins: number | null;
  readonly lastNotedUts: number | null;
}

/** Of some editions together: their sittings, and what was noted of the records that are credited with them. */
function spinCounter(database: Database, span: Span | null): (albumIds: readonly number[]) => Spins {
  const within = spanCondition("started_uts", span ?? { fromUts: null, toUts: null });
  const known = new Set(database.prepare<[], number>("SELECT album_id FROM album_spin").pluck().all());
  const spins = new Map(
    database
      .prepare<unknown[], [albumId: number, spins: number]>(
        `SELECT album_id, count(*) FROM spin WHERE ${within.sql} GROUP BY album_id`,
      )
      .raw()
      .all(...within.parameters),
  );
  // Which album of a box was put on is not known.
  const noted = grouped(
    database
      .prepare<unknown[], { albumId: number; uuid: string; lastUts: number; isSpin: number }>(
        `SELECT credit.album_id AS albumId, noted_play.uuid AS uuid, noted_play.last_uts AS lastUts,
           EXISTS (SELECT 1 FROM noted_spin WHERE noted_spin.uuid = noted_play.uuid) AS isSpin
         FROM (SELECT *, start_uts AS started_uts FROM noted_play) AS noted_play
           JOIN release ON release.id = noted_play.release_id AND release.kind <> 'box'
           JOIN record ON record.release_id = release.id JOIN credit ON credit.record_id = record.id
         WHERE ${within.sql} GROUP BY credit.album_id, noted_play.uuid`,
      )
      .iterate(...within.parameters),
    ({ albumId }) => String(albumId),
  );
  const notedOf = new Map(noted.map((plays) => [plays[0].albumId, plays]));
  return (albumIds) => {
    const own = albumIds.flatMap((id) => notedOf.get(id) ?? []);
    const notedSpins = new Set(own.filter(({ isSpin }) => isSpin === 1).map(({ uuid }) => uuid)).size;
    const isKnown = notedSpins > 0 || albumIds.some((id) => known.has(id));
    return {
      spins: isKnown ? albumIds.reduce((sum, id) => sum + (spins.get(id) ?? 0), notedSpins) : null,
      lastNotedUts: own.reduce<number | null>((last, { lastUts }) => laterOf(last, lastUts), null),
    };
  };
}

/** In the order in which they come: each group where its first stands. */
function grouped<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

interface Played {
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

function sumOfPlays(some: readonly Played[]): number {
  return some.reduce((sum, { plays }) => sum + plays, 0);
}

function lastOf(some: readonly Played[]): number | null {
  return some.reduce<number | null>((last, { lastPlayedUts }) => laterOf(last, lastPlayedUts), null);
}

function mostPlayedOf<Item extends Played>(some: readonly Item[], nameOf: (item: Item) => string): string {
  const plays = new Map<string, number>();
  for (const item of some) plays.set(nameOf(item), (plays.get(nameOf(item)) ?? 0) + item.plays);
  return [...plays].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}

function remembered(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      result = work(text);
      known.set(text, result);
    }
    return result;
  };
}
