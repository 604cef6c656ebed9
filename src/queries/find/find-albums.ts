// Finds albums of the listening history by id (a12), by their address at Last.fm, or by words.
import { UsageError } from "../../model/errors.ts";
import { quotedName } from "../../model/quoted-name.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import type { AlbumName } from "../../store/decisions/user-decisions.ts";
import { creditedAlbums, findRecords } from "./find-records.ts";
import { foldedWords, holdsWords, type WordPlace } from "../conditions/words.ts";

export interface ChartAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url: string | null;
}

const columns = "id, artist, title, play_count AS playCount, last_played_uts AS lastPlayedUts, url";

export interface FoundAlbums {
  /** At least one album. If `isSure`, all of them are meant, otherwise one of them. */
  readonly albums: readonly ChartAlbum[];
  readonly areSure: boolean;
  /** No word of an album begins with the words; these albums contain them inside words. */
  readonly areInside: boolean;
}

/** Throws UsageError if nothing is found, or if the id belongs to something else. */
export function findAlbums(database: Database, text: string): FoundAlbums {
  const given = text.trim();
  const pieces = given.split(/\s*,\s*|\s+/);
  if (pieces.every((piece) => /^a\d{1,15}$/i.test(piece))) {
    return sure([...new Set(pieces)].map((piece) => byId(database, piece)));
  }
  if (/^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(given)) return byAddress(database, given);
  refuseOtherIds(database, given, pieces);
  const words = byWords(database, given);
  if (words.albums.length > 0) return words;
  throw new UsageError(
    `no album in your plays has "${given}" in artist or title`,
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
  return { albums, areSure: true, areInside: false };
}

/** 34 may be the album a34 or a record. r123, m123 and addresses at Discogs are records. */
function refuseOtherIds(database: Database, text: string, pieces: readonly string[]): void {
  const meant = pieces
    .filter((piece) => /^[#a]?\d{1,15}$/i.test(piece))
    .flatMap((piece) => albumById(database, Number(piece.replace(/^[#a]/i, ""))) ?? []);
  if (meant.length === pieces.length) {
    const [titled] = albumsWhere(database, "fold(title) = ?", [fold(text)]);
    const byTitle = titled === undefined ? "" : ` Or, by its title, ${named(titled)}?`;
    throw new UsageError(
      `"${text}" is not the id of an album: album ids begin with a`,
      `Did you mean ${meant.map(named).join(", ")}?${byTitle}`,
    );
  }
  if (!/^\[?[rm]\d{1,15}\]?$|discogs\.com\//i.test(text)) return;
  const records = findRecords(database, [text]).hits.flat();
  const credited = creditedAlbums(
    database,
    records.map(({ id }) => id),
  );
  throw new UsageError(
    `"${text}" is a record at Discogs, not an album in your plays`,
    credited.length === 0
      ? "To see the ids of albums: rewind explain RECORD, or rewind gaps"
      : `The record is credited with ${credited.map((id) => `a${id}`).join(", ")}.`,
  );
}

function named(album: ChartAlbum): string {
  return `a${album.id} ${quotedName(album)}`;
}

export function albumById(database: Database, id: number): ChartAlbum | undefined {
  return database.prepare<[number], ChartAlbum>(`SELECT ${columns} FROM album WHERE id = ?`).get(id);
}

/** Compares names exactly. */
export function albumByName(database: Database, { artist, title }: AlbumName): ChartAlbum | undefined {
  return database
    .prepare<[string, string], ChartAlbum>(`SELECT ${columns} FROM album WHERE artist = ? AND title = ?`)
    .get(artist, title);
}

function byId(database: Database, id: string): ChartAlbum {
  const album = albumById(database, Number(id.slice(1)));
  if (album) return album;
  throw new UsageError(
    `no album ${id} in your plays`,
    "To see the ids: rewind explain RECORD. A last.fm address or words from the title work too.",
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
  // Some addresses are encoded twice.
  const spellings = [decoded(artist, title), decoded(...decodedPair(artist, title))];
  for (const name of spellings) {
    const album = albumByName(database, name);
    if (album) return sure([album]);
  }
  const [name = { artist, title }] = spellings;
  const folded = albumsWhere(database, "fold(artist) = ? AND fold(title) = ?", [
    fold(name.artist),
    fold(name.title),
  ]);
  if (folded.length > 0) return { ...sure(folded), areSure: folded.length === 1 };
  throw new UsageError(
    `no album "${name.title}" by ${name.artist} in your plays: Last.fm has none under that name`,
    "If you have played it since the last sync, run: rewind sync",
  );
}

function decodedPair(artist: string, title: string): [string, string] {
  const once = decoded(artist, title);
  return [once.artist, once.title];
}

function decoded(artist: string, title: string): AlbumName {
  return { artist: decodedPart(artist), title: decodedPart(title) };
}

function decodedPart(part: string): string {
  const spaced = part.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function byWords(database: Database, text: string): FoundAlbums {
  const words = foldedWords([text]);
  if (words.length === 0)
    throw new UsageError("no album given", "Give an id like a12, a last.fm address, or words.");
  const beginning = withAllWords(database, { text, words, place: "beginning" });
  if (beginning.length > 0) return { ...sure(beginning), areSure: beginning.length === 1 };
  return {
    albums: withAllWords(database, { text, words, place: "inside" }),
    areSure: false,
    areInside: true,
  };
}

interface SoughtWords {
  readonly text: string;
  readonly words: readonly string[];
  readonly place: WordPlace;
}

/** Albums with exactly this title first, then the most played. */
function withAllWords(database: Database, { text, words, place }: SoughtWords): ChartAlbum[] {
  const { sql, parameters } = holdsWords("artist || ' ' || title", words, place);
  const found = albumsWhere(database, sql, parameters);
  const wanted = fold(text);
  const rank = ({ title }: ChartAlbum): number => Number(fold(title) === wanted);
  return found.toSorted((a, b) => rank(b) - rank(a));
}

function albumsWhere(database: Database, where: string, parameters: readonly unknown[]): ChartAlbum[] {
  return database
    .prepare<unknown[], ChartAlbum>(
      `SELECT ${columns} FROM album WHERE ${where} ORDER BY play_count DESC, id`,
    )
    .all(...parameters);
}
