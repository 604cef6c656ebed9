// Which albums of the chart are meant: ids as explain prints them, addresses at Last.fm, or words.
import { UsageError } from "../errors.ts";
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import type { AlbumName } from "../store/decisions.ts";
import { foldedWords } from "./words.ts";

export interface ChartAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url: string | null;
}

const columns = "id, artist, title, play_count AS playCount, last_played_uts AS lastPlayedUts, url";

const mostNamed = 6;

function ambiguous(text: string, candidates: readonly ChartAlbum[]): UsageError {
  const named = candidates
    .slice(0, mostNamed)
    .map(({ id, artist, title, playCount }) => `a${id} ${artist} · ${title} (${playCount})`)
    .join(", ");
  const more = candidates.length > mostNamed ? `, and ${candidates.length - mostNamed} more` : "";
  return new UsageError(
    `"${text}" is ambiguous: ${candidates.length} albums fit: ${named}${more}`,
    "Give its id, or several with commas: a12,a340",
  );
}

/** Throws UsageError for what is not in the chart, and for words that find several. */
export function findAlbums(database: Database, text: string): ChartAlbum[] {
  const pieces = text.trim().split(/\s*,\s*|\s+/);
  if (pieces.every((piece) => /^a\d{1,15}$/i.test(piece)))
    return [...new Set(pieces)].map((piece) => byId(database, piece));
  if (/^(?:https?:\/\/)?(?:www\.)?last\.fm\//i.test(text.trim())) return [byAddress(database, text.trim())];
  return [byWords(database, text)];
}

/** As findAlbums, but words may find several, those of exactly this title first, and nothing is no error. */
export function albumsLike(database: Database, text: string): readonly ChartAlbum[] {
  if (/^a\d{1,15}$|last\.fm\//i.test(text.trim())) {
    try {
      return findAlbums(database, text);
    } catch (error) {
      if (error instanceof UsageError) return [];
      throw error;
    }
  }
  return foldedWords([text]).length === 0 ? [] : withAllWords(database, text);
}

export function albumById(database: Database, id: number): ChartAlbum | undefined {
  return database.prepare<[number], ChartAlbum>(`SELECT ${columns} FROM album WHERE id = ?`).get(id);
}

/** As Last.fm spells it, to the letter. */
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

function byAddress(database: Database, address: string): ChartAlbum {
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
    if (album) return album;
  }
  const [name = { artist, title }] = spellings;
  const folded = albumsWhere(database, "fold(artist) = ? AND fold(title) = ?", [
    fold(name.artist),
    fold(name.title),
  ]);
  const [album, ...others] = folded;
  if (album && others.length === 0) return album;
  if (album) throw ambiguous(`${name.artist} ${name.title}`, folded);
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

function byWords(database: Database, text: string): ChartAlbum {
  if (foldedWords([text]).length === 0)
    throw new UsageError("no album given", "Give an id like a12, a last.fm address, or words.");
  const found = withAllWords(database, text);
  const [album, ...others] = found;
  if (album === undefined)
    throw new UsageError(
      `no album in your plays has "${text}" in artist or title`,
      "Try fewer words, or an id like a12.",
    );
  if (others.length === 0) return album;
  throw ambiguous(text, found);
}

/** Those of exactly this title first, then the most played. */
function withAllWords(database: Database, text: string): ChartAlbum[] {
  const words = foldedWords([text]);
  const found = albumsWhere(
    database,
    words.map(() => "instr(fold(artist || ' ' || title), ?) > 0").join(" AND "),
    words,
  );
  const wanted = fold(text);
  const rank = ({ title }: ChartAlbum): number => Number(fold(title) === wanted);
  return found.toSorted((a, b) => rank(b) - rank(a));
}

function albumsWhere(database: Database, where: string, parameters: readonly string[]): ChartAlbum[] {
  return database
    .prepare<unknown[], ChartAlbum>(
      `SELECT ${columns} FROM album WHERE ${where} ORDER BY play_count DESC, id`,
    )
    .all(...parameters);
}
