// Finds the album of each scrobble, and the record of a song that was heard without its album. A scrobble names the
// artist of the track; the chart names the artist of the album.
import { fold, foldArtist, isPlaceholderArtist, namedTracks } from "../../match/matcher.ts";
import type { Database } from "../../store/file/database.ts";
import {
  linkableAlbums,
  relinkTracks,
  straySongsDigest,
  uncreditedTracks,
  writeStraySongs,
} from "../../store/plays/track-albums.ts";
import { type ListedRelease, songHomes } from "../../match/song-home.ts";
import { bareArtistName } from "../../model/bare-names.ts";
import { creditLine } from "../../store/shelf/releases.ts";
import { readFact, writeFact } from "../../store/file/cache-facts.ts";
import { shelvedReleases } from "../../store/plays/record-matches.ts";
import { countTracklists, tracklistReader } from "../../store/shelf/tracklists.ts";
import type { Run } from "../walks/step-run.ts";

/** Gives every scrobbled track its album. Returns how many tracks changed. */
export function relink(database: Database): number {
  const index = indexAlbums(linkableAlbums(database));
  return relinkTracks(database, (track) => albumOfScrobble(track, index));
}

export interface AlbumKey {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly mbid: string | null;
}

export interface ScrobbledTrack {
  /** The artist of the track. */
  readonly artist: string;
  /** "" if there is no album tag. */
  readonly album: string;
  readonly albumMbid: string;
}

export interface AlbumIndex {
  readonly byName: ReadonlyMap<string, number>;
  /** null: several albums share the MBID, so it identifies none. */
  readonly byMbid: ReadonlyMap<string, number | null>;
  readonly byTitle: ReadonlyMap<string, readonly TitledAlbum[]>;
}

interface TitledAlbum {
  readonly id: number;
  readonly artist: string;
}

export function indexAlbums(albums: Iterable<AlbumKey>): AlbumIndex {
  const byName = new Map<string, number>();
  const byMbid = new Map<string, number | null>();
  const byTitle = new Map<string, TitledAlbum[]>();
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
export function albumOfScrobble(track: ScrobbledTrack, index: AlbumIndex): number | null {
  if (track.album === "") return null;
  const named = index.byName.get(nameKey(track.artist, track.album));
  if (named !== undefined) return named;
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

/** What may stand between the first artist of a credit and the others. */
const joint = /^(?:,|;|\/|&|\+|\(|\[|and\b|feat\b|ft\b|featuring\b|with\b|vs\b|x\b|presents\b|meets\b)/iu;

/** "Prince" leads "Prince feat. Sheila E." and "PRINCE", not "Princess". */
export function leadsCredit(artist: string, credit: string): boolean {
  if (foldArtist(artist) === foldArtist(credit)) return true;
  if (artist === "" || !credit.toLowerCase().startsWith(artist.toLowerCase())) return false;
  return joint.test(credit.slice(artist.length).trimStart());
}

const digestFact = "stray songs found by";

/** Does nothing if nothing changed that stray songs depend on. */
export function findStraySongs({ database, write }: Pick<Run, "database" | "write">): void {
  const digest = straySongsDigest(database);
  const before = readFact(database, digestFact);
  if (before === digest || (before === undefined && countTracklists(database) === 0)) return;
  const homeOf = songHomes(listedReleases(database));
  const songs: [number, number][] = [];
  for (const { id, artist, title } of uncreditedTracks(database)) {
    const home = homeOf(artist, title);
    if (home !== undefined) songs.push([id, home]);
  }
  write(() => {
    writeStraySongs(database, songs);
    writeFact(database, digestFact, digest);
  });
}

function* listedReleases(database: Database): Generator<ListedRelease> {
  const listOf = tracklistReader(database);
  for (const { id, artists } of shelvedReleases(database)) {
    const tracks = listOf(id);
    const names = artists.flatMap(({ name, anv }) => [bareArtistName(name), ...(anv === "" ? [] : [anv])]);
    yield {
      id,
      artists: [...new Set([...names, creditLine(artists)])],
      tracks: tracks && namedTracks(tracks),
    };
  }
}
