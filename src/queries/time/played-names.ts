// Played artists and albums, as lists and in full, in the shape of the hosted API.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { groupIntoLists } from "../../model/grouping.ts";
import { toSortKey } from "../conditions/sql-functions.ts";
import { listSql, queryRows, queryValue } from "../../store/file/sql.ts";
import type { NamedThing } from "../documents/hosted-listening-documents.ts";
import { createAlbumNamer } from "../statistics/album-names.ts";
import { createPageUrlBuilder } from "../statistics/readiness.ts";
import { toJsonPagination, selectPage, type HostedListParameters } from "../documents/paging.ts";
import { getLastPlayedUts, sortByPlays, type PlayedItem } from "../statistics/played-items.ts";
import { findAlbumById } from "../find/find-albums.ts";
import { toIsoOrNull } from "../records/json-rows.ts";
import { readPlayedAlbums } from "../top/top-albums.ts";
import { readPlayedArtistNames, readPlayedArtists } from "../top/top-artists.ts";
import {
  readArtistIds,
  buildTopEntries,
  readPlayedPeriod,
  readSparklinePoints,
  readHostedTop,
} from "./hosted-top.ts";

/** Fields that only the hosted service can fill. */
const noLinks = { apple_music_url: null, image: null } as const;
const noPreview = { apple_music_url: null, preview_url: null } as const;

export const artistSorts = ["playcount", "name"] as const;
export const albumSorts = ["playcount", "name", "recent"] as const;

type NameSort = (typeof albumSorts)[number];

const sortKeys: Readonly<Record<NameSort, (row: PlayedItem) => number | string>> = {
  playcount: ({ plays }) => plays,
  name: ({ artist, title }) => toSortKey(title || artist),
  recent: ({ lastPlayedUts }) => lastPlayedUts ?? 0,
};

/** Ascending means the least played first, or names from A on. */
function sortRows<Row extends PlayedItem>(
  rows: readonly Row[],
  { sort, order }: Pick<HostedListParameters<NameSort>, "sort" | "order">,
): Row[] {
  const way = order === "asc" ? 1 : -1;
  return rows
    .map((row) => ({ row, key: sortKeys[sort](row) }))
    .toSorted((a, b) => (a.key < b.key ? -way : a.key > b.key ? way : 0))
    .map(({ row }) => row);
}

export function readArtistsPage(
  database: Database,
  { search, paging, ...order }: HostedListParameters<(typeof artistSorts)[number]>,
) {
  const part = fold(search ?? "");
  const artists = sortByPlays(readPlayedArtists(database, null)).filter(({ members }) =>
    members.some((name) => fold(String(name)).includes(part)),
  );
  const page = selectPage(sortRows(artists, order), paging);
  return {
    data: buildTopEntries(database, "artists", page).map(({ id, name, plays, url }) => ({
      id,
      name,
      playcount: plays,
      genre: null,
      url,
      ...noLinks,
    })),
    pagination: toJsonPagination(paging, artists.length),
  };
}

/** One row per album with its editions added up, under the id of the edition that names it. */
export function readAlbumsPage(
  database: Database,
  {
    search,
    artist: by,
    paging,
    ...order
  }: HostedListParameters<NameSort> & { readonly artist: string | null },
) {
  const [inTitle, inArtist] = [fold(search ?? ""), fold(by ?? "")];
  const albums = sortByPlays(readPlayedAlbums(database, null)).filter(
    ({ artist, title }) => fold(title).includes(inTitle) && fold(artist).includes(inArtist),
  );
  const page = selectPage(sortRows(albums, order), paging);
  const artists = page.map(({ artist }) => artist);
  const idByArtist = readArtistIds(database, artists);
  return {
    data: buildTopEntries(database, "albums", page).map(({ id, name, artist, plays, url }) => ({
      id,
      name,
      artist: { id: idByArtist.get(artist) ?? 0, name: artist },
      playcount: plays,
      url,
      ...noLinks,
    })),
    pagination: toJsonPagination(paging, albums.length),
  };
}

export function findArtistById(database: Database, id: number): NamedThing | undefined {
  return queryRows<NamedThing>(database)`SELECT id, name FROM artist WHERE id = ${id}`[0];
}

/** The artist with this name; otherwise the most played artist whose name contains it. */
export function findArtistByName(database: Database, name: string): NamedThing | undefined {
  const foldedName = fold(name);
  return queryRows<NamedThing>(database)`
    SELECT id, name FROM artist WHERE instr(fold(name), ${foldedName}) > 0
    ORDER BY name = ${name} DESC, fold(name) = ${foldedName} DESC,
      (SELECT count(*) FROM track JOIN scrobble ON track_id = track.id WHERE track.artist = artist.name) DESC, id
    LIMIT 1`[0];
}

/** The albums played last, each with all its editions under the name and the id that it has in every list. */
export function readRecentAlbums(database: Database, limit: number) {
  const buildUrl = createPageUrlBuilder(database);
  const selectName = createAlbumNamer(database);
  const editions = queryRows<{
    id: number;
    artist: string;
    title: string;
    groupId: number;
    lastPlayedUts: number | null;
  }>(database)`
    SELECT id, artist, title, group_id AS groupId, last_played_uts AS lastPlayedUts FROM album
    WHERE group_id IN (SELECT group_id FROM album WHERE last_played_uts > 0
      GROUP BY group_id ORDER BY max(last_played_uts) DESC, group_id LIMIT ${limit})
    ORDER BY play_count DESC, id`;
  const albums = groupIntoLists(editions, ({ groupId }) => groupId)
    .map((group) => ({ ...selectName(group), lastPlayedUts: getLastPlayedUts(group) }))
    .toSorted((a, b) => (b.lastPlayedUts ?? 0) - (a.lastPlayedUts ?? 0) || a.groupId - b.groupId);
  const artistIds = readArtistIds(
    database,
    albums.map(({ artist }) => artist),
  );
  return albums.map(({ id, title, artist, lastPlayedUts }) => ({
    album: { id, name: title, url: buildUrl({ artist, album: title }), ...noLinks },
    artist: { id: artistIds.get(artist) ?? 0, name: artist },
    last_scrobbled_at: toIsoOrNull(lastPlayedUts),
  }));
}

/** The album with all its editions, under the id that was asked for. Undefined if there is no such album. */
export function readAlbumDetails(database: Database, id: number) {
  const album = findAlbumById(database, id);
  if (album === undefined) return undefined;
  const playedAlbum = readPlayedAlbums(database, null).find(({ albumIds }) => albumIds.includes(id));
  const { artist, title } = playedAlbum ?? album;
  const tracks = queryRows<NamedThing & { plays: number }>(database)`
    SELECT min(track.id) AS id, track.name AS name, count(*) AS plays
    FROM track JOIN scrobble ON scrobble.track_id = track.id
    WHERE track.album_id IN ${listSql(playedAlbum?.albumIds ?? [id])} GROUP BY track.name ORDER BY plays DESC, id`;
  return {
    id,
    name: title,
    mbid: queryValue<string | null>(database, null)`SELECT mbid FROM album WHERE id = ${id}`,
    url: createPageUrlBuilder(database)({ artist, album: title }),
    apple_music_url: null,
    playcount: playedAlbum?.plays ?? album.playCount,
    image: null,
    artist: { id: readArtistIds(database, [artist]).get(artist) ?? 0, name: artist },
    tracks: tracks.map(({ id: trackId, name, plays }) => ({
      id: trackId,
      name,
      scrobble_count: plays,
      ...noPreview,
    })),
  };
}

/** Returns undefined if there is no such artist. */
export function readArtistDetails(database: Database, id: number) {
  const artist = findArtistById(database, id);
  if (artist === undefined) return undefined;
  const names = readPlayedArtistNames(database, null);
  const played = names.find(({ members: spellings }) => spellings.includes(artist.name));
  const { plays, lastPlayedUts, members } = played ?? { plays: 0, lastPlayedUts: null, members: [] };
  const ranking = sortByPlays(names.filter((each) => !isPlaceholderArtist(each.artist)));
  const rank = ranking.findIndex((each) => each === played) + 1;
  const ofAll = { period: null, artist: artist.name, paging: { page: 1, limit: 10 } };
  const [albums, tracks] = [
    readHostedTop(database, "albums", ofAll),
    readHostedTop(database, "tracks", ofAll),
  ];
  const between = readPlayedPeriod(database);
  const firstUts = queryValue<number | null>(database, null)`
    SELECT min(scrobble.uts) FROM track JOIN scrobble ON scrobble.track_id = track.id
    WHERE scrobble.uts > 0 AND track.artist IN ${listSql(members)}`;
  return {
    ...artist,
    mbid: null,
    url: createPageUrlBuilder(database)({ artist: artist.name }),
    apple_music_url: null,
    playcount: plays,
    scrobble_count: plays,
    first_scrobbled_at: toIsoOrNull(firstUts),
    last_played_at: toIsoOrNull(lastPlayedUts),
    all_time_rank: rank === 0 ? null : rank,
    distinct_tracks: tracks.total,
    distinct_albums: albums.total,
    genre: null,
    tags: [],
    bio_summary: null,
    bio_content: null,
    bio_synced_at: null,
    image: null,
    sparkline:
      played === undefined || between === undefined
        ? null
        : readSparklinePoints(database, "artists", members, between),
    top_albums: albums.rows.map((album) => ({
      id: album.id,
      name: album.name,
      playcount: album.plays,
      ...noLinks,
    })),
    top_tracks: tracks.rows.map((track) => ({
      id: track.id,
      name: track.name,
      album_id: track.albumId,
      album_name: track.albumName,
      scrobble_count: track.plays,
      ...noPreview,
      image: null,
    })),
    similar_artists: [],
  };
}
