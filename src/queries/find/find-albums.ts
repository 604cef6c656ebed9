// Finds albums of the listening history by id (a12), by their address on Last.fm, or by words.
import { UsageError } from "../../model/errors.ts";
import { formatQuotedName } from "../../model/names.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import type { AlbumName } from "../../store/decisions/user-decisions.ts";
import { listSql, queryRows, sql, type Sql } from "../../store/file/sql.ts";
import { searchAlbumNames, selectBestFits } from "./find-names.ts";
import { isUncertain, type Reading } from "./find-records.ts";

export interface ChartAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url: string | null;
}

export interface FoundAlbums {
  /** One album or more. If `isCertain`, all of them are meant, otherwise one of them. */
  readonly albums: readonly ChartAlbum[];
  readonly isCertain: boolean;
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
    return toCertainAlbums([...new Set(pieces)].map((piece) => requireAlbum(database, piece, idCommand)));
  }
  if (/^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(trimmedText))
    return requireAlbumByAddress(database, trimmedText);
  refuseBareNumbers(database, trimmedText, pieces);
  const words = findBestByWords(database, trimmedText);
  if (words.albums.length > 0) return words;
  throw new UsageError(
    `no album in your plays has "${trimmedText}" in artist or title`,
    "Try fewer words, or an id like a12.",
  );
}

/** Like findAlbums, but for a search: a number is a word, and finding nothing is no error. */
export function searchAlbums(database: Database, text: string): readonly ChartAlbum[] {
  try {
    return (/^\d+$/.test(text.trim()) ? findBestByWords(database, text) : findAlbums(database, text)).albums;
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function toCertainAlbums(albums: readonly ChartAlbum[]): FoundAlbums {
  return { albums, isCertain: true, reading: { by: "record", readAs: null, leftOver: [] } };
}

/** 34 may be meant as a34. */
function refuseBareNumbers(database: Database, text: string, pieces: readonly string[]): void {
  const albums = pieces
    .filter((piece) => /^[#a]?\d{1,15}$/i.test(piece))
    .flatMap((piece) => findAlbumById(database, Number(piece.replace(/^[#a]/i, ""))) ?? []);
  if (albums.length < pieces.length) return;
  const names = albums.map((album) => `a${album.id} ${formatQuotedName(album)}`);
  throw new UsageError(
    `"${text}" is not the id of an album: album ids begin with a`,
    `Did you mean ${names.join(", ")}? For a title that is a number, add the artist.`,
  );
}

export function findAlbumById(database: Database, id: number): ChartAlbum | undefined {
  return readAlbumsWhere(database, sql`id = ${id}`)[0];
}

/** The most played first. */
export function readAlbumsById(database: Database, ids: readonly number[]): ChartAlbum[] {
  return readAlbumsWhere(database, sql`id IN ${listSql(ids)}`);
}

/** Compares names exactly. */
export function findAlbumByName(database: Database, { artist, title }: AlbumName): ChartAlbum | undefined {
  return readAlbumsWhere(database, sql`artist = ${artist} AND title = ${title}`)[0];
}

function requireAlbum(database: Database, id: string, idCommand: string): ChartAlbum {
  const album = findAlbumById(database, Number(id.slice(1)));
  if (album) return album;
  throw new UsageError(
    `no album ${id} in your plays`,
    `To see the ids: ${idCommand}. Words from the title work too.`,
  );
}

function requireAlbumByAddress(database: Database, address: string): FoundAlbums {
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
  const album = findAlbumByName(database, once) ?? findAlbumByName(database, twice);
  if (album) return toCertainAlbums([album]);
  const [foldedArtist, foldedTitle] = [fold(once.artist), fold(once.title)];
  const isSame = sql`fold(artist) = ${foldedArtist} AND fold(title) = ${foldedTitle}`;
  const sameFold = readAlbumsWhere(database, isSame);
  if (sameFold.length > 0) return { ...toCertainAlbums(sameFold), isCertain: sameFold.length === 1 };
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

/** The albums that fit equally well; whole titles before other words, then the fewest typos, then the most played. */
function findBestByWords(database: Database, text: string): FoundAlbums {
  const names = new Map(selectBestFits(searchAlbumNames(database, text)).map((name) => [name.id, name]));
  const computeRank = ({ id }: ChartAlbum): number => {
    const { isTitle = false, typos = 0 } = names.get(id) ?? {};
    return Number(!isTitle) * 100 + typos;
  };
  const albums = readAlbumsById(database, [...names.keys()]).toSorted(
    (a, b) => computeRank(a) - computeRank(b),
  );
  const [first] = albums;
  const { fit: by = "words", readAs = null, leftOver = [] } = (first && names.get(first.id)) ?? {};
  return {
    albums,
    isCertain: albums.length === 1 && !isUncertain({ by }),
    reading: { by, readAs, leftOver },
  };
}

function readAlbumsWhere(database: Database, where: Sql): ChartAlbum[] {
  return queryRows<ChartAlbum>(database)`
    SELECT id, artist, title, play_count AS playCount, last_played_uts AS lastPlayedUts, url
    FROM album WHERE ${where} ORDER BY play_count DESC, id`;
}
