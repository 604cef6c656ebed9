// A limit of records by one artist: favourite artists would fill pages of a list on their own.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import type { CopyLine } from "./copies.ts";

/** In lists for people that are ordered by the artist's plays. */
export const usualPerArtist = 2;

interface LimitedLine extends CopyLine {
  /** On the last listed line of an artist: how many more records by them are left out. */
  readonly more: number;
}

interface LimitedLines {
  readonly listed: readonly LimitedLine[];
  readonly leftOut: readonly CopyLine[];
}

/**
 * Lists a line unless one of its artists already has `most` of them. Every artist of a joint credit counts;
 * placeholders such as Various are no artists.
 */
export function firstOfEachArtist(
  database: Database,
  lines: readonly CopyLine[],
  most: number,
): LimitedLines {
  const artistsOf = artistsByRecord(database);
  const counts = new Map<string, number>();
  const lastLineOf = new Map<string, number>();
  const listed: CopyLine[] = [];
  const leftOut: CopyLine[] = [];
  for (const line of lines) {
    const artists = artistsOf.get(line.id) ?? [];
    if (artists.some((artist) => (counts.get(artist) ?? 0) >= most)) {
      leftOut.push(line);
      continue;
    }
    listed.push(line);
    for (const artist of artists) {
      counts.set(artist, (counts.get(artist) ?? 0) + 1);
      lastLineOf.set(artist, line.id);
    }
  }
  const more = new Map<number, number>();
  for (const { id, copies = 1 } of leftOut) {
    for (const last of new Set((artistsOf.get(id) ?? []).map((artist) => lastLineOf.get(artist)))) {
      if (last !== undefined) more.set(last, (more.get(last) ?? 0) + copies);
    }
  }
  return { listed: listed.map((line) => ({ ...line, more: more.get(line.id) ?? 0 })), leftOut };
}

function artistsByRecord(database: Database): ReadonlyMap<number, readonly string[]> {
  const artists = new Map<number, string[]>();
  const rows = database
    .prepare<[], { id: number; name: string }>(
      `SELECT DISTINCT record.id AS id, name FROM record JOIN release_artist USING (release_id)`,
    )
    .iterate();
  for (const { id, name } of rows) {
    if (isPlaceholderArtist(name)) continue;
    const names = artists.get(id);
    if (names === undefined) artists.set(id, [name]);
    else names.push(name);
  }
  return artists;
}
