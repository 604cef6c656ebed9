// Which album a play belongs to. A scrobble names the artist of the track, the chart the artist of the album.
import { fold } from "../../match/text/fold.ts";
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import {
  albumArtists,
  type LinkableAlbum,
  linkableAlbums,
  otherTracks,
  refreshPlayCounts,
  relinkTracks,
  type TaggedTrack,
  writeOtherAlbums,
} from "../../store/plays/track-albums.ts";

/**
 * Makes the albums of all sources, gives every track the album that it belongs to, and counts the plays. Returns how many
 * tracks belong to another album than before, and how many albums came, went, or have another number of plays.
 */
export function refreshAlbums(database: Database): { relinked: number; changed: number } {
  const artists = new Map(
    albumArtists(database).map(([artist, album, albumArtist]) => [nameKey(artist, album), albumArtist]),
  );
  const artistOf = ({ artist, album }: Pick<TaggedTrack, "artist" | "album">): string =>
    artists.get(nameKey(artist, album)) ?? artist;
  const albumOf = (track: TaggedTrack, index: AlbumIndex): number | null => {
    const artist = artistOf(track);
    const albumId = artist === track.artist ? undefined : index.byName.get(nameKey(artist, track.album));
    return albumId ?? albumOfScrobble(track, index);
  };
  const changedAlbums = refreshOtherAlbums(database, artistOf, albumOf);
  const index = indexAlbums(linkableAlbums(database));
  const relinked = relinkTracks(database, (track) => albumOf(track, index));
  const recounted = refreshPlayCounts(database);
  return { relinked, changed: changedAlbums + recounted };
}

/** Albums that no chart lists, of plays that only further sources have. Returns how many came and went. */
function refreshOtherAlbums(
  database: Database,
  artistOf: (track: Pick<TaggedTrack, "artist" | "album">) => string,
  albumOf: (track: TaggedTrack, index: AlbumIndex) => number | null,
): number {
  const index = indexAlbums(linkableAlbums(database, "of the chart"));
  const newAlbums = new Map<string, Omit<LinkableAlbum, "id">>();
  const credits = new Map<string, string[]>();
  // The shortest credit first: an album of "Prince" takes in the tracks of "Prince feat. Sheila E.".
  for (const track of otherTracks(database, artistOf)) {
    if (albumOf(track, index) !== null) continue;
    const { album, albumMbid } = track;
    const albumArtist = artistOf(track);
    const key = nameKey(albumArtist, album);
    const title = titleKey(album);
    const titled = credits.get(title);
    const earlier = newAlbums.get(key);
    if (earlier === undefined && titled?.some((artist) => leadsCredit(artist, albumArtist))) continue;
    if (titled === undefined) credits.set(title, [albumArtist]);
    else titled.push(albumArtist);
    newAlbums.set(key, {
      artist: albumArtist,
      title: album,
      mbid: earlier?.mbid ?? (albumMbid === "" ? null : albumMbid),
    });
  }
  return writeOtherAlbums(database, newAlbums.values());
}

type AlbumIndex = ReturnType<typeof indexAlbums>;

export function indexAlbums(albums: Iterable<LinkableAlbum>) {
  const byName = new Map<string, number>();
  /** null: several albums share the MBID, so it identifies none. */
  const byMbid = new Map<string, number | null>();
  const byTitle = new Map<string, Pick<LinkableAlbum, "id" | "artist">[]>();
  for (const { id, artist, title, mbid } of albums) {
    byName.set(nameKey(artist, title), id);
    if (mbid) byMbid.set(mbid, byMbid.has(mbid) ? null : id);
    const titled = byTitle.get(titleKey(title));
    if (titled) titled.push({ id, artist });
    else byTitle.set(titleKey(title), [{ id, artist }]);
  }
  return { byName, byMbid, byTitle };
}

/**
 * Returns the album of equal artist and title; else of equal MBID; else of equal title, if its artist is a
 * placeholder or leads the track's credit and no other album fits. Returns null if none fits.
 */
export function albumOfScrobble(track: TaggedTrack, index: AlbumIndex): number | null {
  if (track.album === "") return null;
  const albumId = index.byName.get(nameKey(track.artist, track.album));
  if (albumId !== undefined) return albumId;
  const marked = track.albumMbid === "" ? null : index.byMbid.get(track.albumMbid);
  if (typeof marked === "number") return marked;
  const fitting = (index.byTitle.get(titleKey(track.album)) ?? []).filter(
    ({ artist }) => isPlaceholderArtist(artist) || leadsCredit(artist, track.artist),
  );
  return fitting.length === 1 ? (fitting[0]?.id ?? null) : null;
}

function nameKey(artist: string, title: string): string {
  return `${artist}\u0000${title}`;
}

function titleKey(title: string): string {
  return fold(title);
}

/** Words and signs that may stand between the first artist of a credit and the others. */
const joint = /^(?:,|;|\/|&|\+|\(|\[|and\b|feat\b|ft\b|featuring\b|with\b|vs\b|x\b|presents\b|meets\b)/iu;

/** "Prince" leads "Prince feat. Sheila E." and "PRINCE", not "Princess". */
function leadsCredit(artist: string, credit: string): boolean {
  if (foldArtist(artist) === foldArtist(credit)) return true;
  if (artist === "" || !credit.toLowerCase().startsWith(artist.toLowerCase())) return false;
  return joint.test(credit.slice(artist.length).trimStart());
}
