// Finds albums of the listening history by id (a12), by their address at Last.fm, or by words.
import { UsageError } from "../../model/errors.ts";
import { quotedName } from "../../model/names.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import type { AlbumName } from "../../store/decisions/user-decisions.ts";
import { list, rowsOf, sql, type Sql } from "../../store/file/sql.ts";
import { albumsNamed, bestFits } from "./find-names.ts";
import { isUncertain, type Reading } from "./find-records.ts";

export interface ChartAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url: string | null;
}

export interface FoundAlbums {
  /** At least one album. If `isSure`, all of them are meant, otherwise one of them. */
  readonly albums: readonly ChartAlbum[];
  readonly areSure: boolean;
  /** How the words were read. */
  readonly reading: Reading;
}

/**
 * `idCommand`: the command that shows the ids, for errors. Throws UsageError if nothing is found, or if the id belongs to
 * something else.
 */
export function findAlbums(
  database: Database,
  text: string,
  idCommand = "rewind explain RECORD",
): FoundAlbums {
  const trimmedText = text.trim();
  if (trimmedText === "") throw new UsageError("no album given", "Give an id like a12, or words.");
  const pieces = trimmedText.split(/\s*,\s*|\s+/);
  if (pieces.every((piece) => /^a\d{1,15}$/i.test(piece))) {
    return sure([...new Set(pieces)].map((piece) => byId(database, piece, idCommand)));
  }
  if (/^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(trimmedText)) return byAddress(database, trimmedText);
  refuseBareNumbers(database, trimmedText, pieces);
  const words = byWords(database, trimmedText);
  if (words.albums.length > 0) return words;
  throw new UsageError(
    `no album in your plays has "${trimmedText}" in artist or title`,
    "Try fewer words, or an id like a12.",
  );
}

/** For a search: like findAlbums, but a number is a word, and finding nothing is no error. */
export function albumsLike(database: Database, text: string): readonly ChartAlbum[] {
  try {
    return (/^\d+$/.test(text.trim()) ? byWords(database, text) : findAlbums(database, text)).albums;
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function sure(albums: readonly ChartAlbum[]): FoundAlbums {
  return { albums, areSure: true, reading: { by: "record", readAs: null, leftOver: [] } };
}

/** 34 may be meant as a34. */
function refuseBareNumbers(database: Database, text: string, pieces: readonly string[]): void {
  const albums = pieces
    .filter((piece) => /^[#a]?\d{1,15}$/i.test(piece))
    .flatMap((piece) => albumById(database, Number(piece.replace(/^[#a]/i, ""))) ?? []);
  if (albums.length < pieces.length) return;
  const names = albums.map((album) => `a${album.id} ${quotedName(album)}`);
  throw new UsageError(
    `"${text}" is not the id of an album: album ids begin with a`,
    `Did you mean ${names.join(", ")}? For a title that is a number, add the artist.`,
  );
}

export function albumById(database: Database, id: number): ChartAlbum | undefined {
  return albumsWhere(database, sql`id = ${id}`)[0];
}

/** The most played first. */
export function albumsById(database: Database, ids: readonly number[]): ChartAlbum[] {
  return albumsWhere(database, sql`id IN ${list(ids)}`);
}

/** Compares names exactly. */
export function albumByName(database: Database, { artist, title }: AlbumName): ChartAlbum | undefined {
  return albumsWhere(database, sql`artist = ${artist} AND title = ${title}`)[0];
}

function byId(database: Database, id: string, idCommand: string): ChartAlbum {
  const album = albumById(database, Number(id.slice(1)));
  if (album) return album;
  throw new UsageError(
    `no album ${id} in your plays`,
    `To see the ids: ${idCommand}. Words from the title work too.`,
  );
}

function byAddress(database: Database, address: string): FoundAlbums {
  const path =
    /^(?:https?:\/\/)?(?:www\.)?last\.fm\/(?:[a-z]{2}\/)?(?:user\/[^/]+\/library\/)?music\/([^?#]*)/i.exec(
      address,
    );
  const [artist, title, ...more] = (path?.[1] ?? "").split("/").filter((part) => part !== "");
  const isAlbum = artist !== undefined && title !== undefined && more.length === 0;
  if (!isAlbum || title === "_" || title.startsWith("+")) {
    throw new UsageError(
      "that is not the address of an album",
      "Album addresses look like https://www.last.fm/music/Artist+Name/Album+Title",
    );
  }
  const once = { artist: decodePart(artist), title: decodePart(title) };
  // Some addresses are encoded twice.
  const twice = { artist: decodePart(once.artist), title: decodePart(once.title) };
  const album = albumByName(database, once) ?? albumByName(database, twice);
  if (album) return sure([album]);
  const [foldedArtist, foldedTitle] = [fold(once.artist), fold(once.title)];
  const isSame = sql`fold(artist) = ${foldedArtist} AND fold(title) = ${foldedTitle}`;
  const sameFold = albumsWhere(database, isSame);
  if (sameFold.length > 0) return { ...sure(sameFold), areSure: sameFold.length === 1 };
  throw new UsageError(
    `no album "${once.title}" by ${once.artist} in your plays`,
    "If you have played it since the last sync, run: rewind sync",
  );
}

function decodePart(part: string): string {
  const spaced = part.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Only albums that fit equally well; whole titles before other words, then the fewest typos, then the most played. */
function byWords(database: Database, text: string): FoundAlbums {
  const names = new Map(bestFits(albumsNamed(database, text)).map((name) => [name.id, name]));
  const rank = ({ id }: ChartAlbum): number => {
    const { isTitle = false, typos = 0 } = names.get(id) ?? {};
    return Number(!isTitle) * 100 + typos;
  };
  const albums = albumsById(database, [...names.keys()]).toSorted((a, b) => rank(a) - rank(b));
  const [first] = albums;
  const { fit: by = "words", readAs = null, leftOver = [] } = (first && names.get(first.id)) ?? {};
  return { albums, areSure: albums.length === 1 && !isUncertain({ by }), reading: { by, readAs, leftOver } };
}

function albumsWhere(database: Database, where: Sql): ChartAlbum[] {
  return rowsOf<ChartAlbum>(database)`
    SELECT id, artist, title, play_count AS playCount, last_played_uts AS lastPlayedUts, url
    FROM album WHERE ${where} ORDER BY play_count DESC, id`;
}
