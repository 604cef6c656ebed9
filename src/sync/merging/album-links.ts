// Finds the album that a play belongs to. A scrobble names the artist of the track, the chart the artist of the album.
import { fold } from "../../match/text/fold.ts";
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import { type RefreshScope, touchAlbums } from "../../store/plays/refresh-scope.ts";
import {
  type AlbumIndex,
  type AlbumTrack,
  collectAlbumArtists,
  indexAlbums,
  refreshPlayCounts,
  relinkTracks,
  type TaggedTrack,
  saveOtherAlbums,
} from "../../store/plays/track-albums.ts";

/**
 * Makes the albums of all sources, gives every track the album that it belongs to, and counts the plays. Returns how many
 * tracks belong to another album than before, and how many albums came, went, or have another number of plays.
 */
export function refreshAlbums(
  database: Database,
  scope: RefreshScope = "all",
): { relinked: number; changed: number } {
  collectAlbumArtists(database, scope);
  const ofChart = indexAlbums(database, "of the chart", albumKeys, scope);
  const changedAlbums = saveOtherAlbums(
    database,
    (track) => findTrackAlbum(track, ofChart),
    { ...albumKeys, creditKeys: toCreditKeys },
    scope,
  );
  const ofAll = indexAlbums(database, "all", albumKeys, scope);
  const relinked = relinkTracks(database, (track) => findTrackAlbum(track, ofAll), scope);
  if (scope === "touched") touchAlbums(database);
  const recounted = refreshPlayCounts(database, scope);
  database.exec("DROP TABLE temp.album_key; DROP TABLE temp.album_mbid; DROP TABLE temp.album_artist");
  return { relinked, changed: changedAlbums + recounted };
}

function findTrackAlbum(track: AlbumTrack, index: AlbumIndex): number | null {
  const { artist, album, albumArtist } = track;
  const albumId = albumArtist === artist ? null : index.byName(albumArtist, album);
  return albumId ?? findScrobbleAlbum(track, index);
}

/**
 * Returns the album of equal artist and title; else of equal MBID; else of equal title, if its artist is a
 * placeholder or leads the track's credit and no other album fits. Returns null if none fits.
 */
export function findScrobbleAlbum(track: TaggedTrack, index: AlbumIndex): number | null {
  if (track.album === "") return null;
  const albumId =
    index.byName(track.artist, track.album) ??
    (track.albumMbid === "" ? null : index.byMbid(track.albumMbid));
  if (albumId !== null) return albumId;
  const fitting = index.byTitle(toTitleKey(track.album), [anyone, ...toCreditKeys(track.artist)]);
  const [only] = fitting;
  return fitting.size === 1 ? (only ?? null) : null;
}

function toTitleKey(title: string): string {
  return fold(title);
}

const anyone = "anyone";

/** An artist leads a credit if one of the artist's keys is among toCreditKeys(). */
function toArtistKeys(artist: string): readonly string[] {
  const keys = [`folded ${foldArtist(artist)}`, `written ${artist.toLowerCase()}`];
  return isPlaceholderArtist(artist) ? [anyone, ...keys] : keys;
}

export const albumKeys = { titleKey: toTitleKey, artistKeys: toArtistKeys };

/** Words and signs that may stand between the first artist of a credit and the others. */
const creditSeparator =
  /[,;/&+([]|(?<![\p{L}\p{N}])(?:and|feat|ft|featuring|with|vs|x|presents|meets)(?![\p{L}\p{N}])/giu;

/** "Prince" leads "Prince feat. Sheila E." and "PRINCE", not "Princess". */
function toCreditKeys(credit: string): readonly string[] {
  const keys = [`folded ${foldArtist(credit)}`];
  for (const { index } of credit.matchAll(creditSeparator)) {
    const lead = credit.slice(0, index).trimEnd();
    if (lead !== "") keys.push(`written ${lead.toLowerCase()}`);
  }
  return keys;
}
