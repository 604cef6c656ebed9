// Who was scrobbled, by numbers of their own, as programs of the hosted API know them.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { pagesOf, type ListQuestion, type NamedThing } from "./listed-things.ts";
import { contractPagination, type ContractPagination } from "./paging.ts";

export interface ListedArtist extends NamedThing {
  readonly playcount: number;
  readonly genre: null;
  readonly url: string;
  readonly apple_music_url: null;
  readonly image: null;
}

export const artistSorts = ["playcount", "name"] as const;

export function artistsPage(
  database: Database,
  { sort, order, search, paging }: ListQuestion<(typeof artistSorts)[number]>,
): { readonly data: readonly ListedArtist[]; readonly pagination: ContractPagination } {
  const pageOf = pagesOf(database);
  const key = sort === "name" ? "sort_key(artist.name)" : "plays";
  const rows = database
    .prepare<unknown[], NamedThing & { plays: number; total: number }>(
      `WITH played AS MATERIALIZED (
         SELECT track.artist AS name, count(*) AS plays FROM scrobble JOIN track ON track.id = scrobble.track_id
         GROUP BY 1)
       SELECT artist.id AS id, artist.name AS name, coalesce(played.plays, 0) AS plays, count(*) OVER () AS total
       FROM artist LEFT JOIN played ON played.name = artist.name
       WHERE ? IS NULL OR instr(fold(artist.name), ?) > 0
       ORDER BY ${key} ${order === "asc" ? "ASC" : "DESC"}, artist.id`,
    )
    .all(search, search === null ? null : fold(search));
  return {
    data: rows
      .slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
      .map(({ id, name, plays }) => ({
        id,
        name,
        playcount: plays,
        genre: null,
        url: pageOf({ artist: name }),
        apple_music_url: null,
        image: null,
      })),
    pagination: contractPagination(paging, rows.length),
  };
}

export function artistById(database: Database, id: number): NamedThing | undefined {
  return database.prepare<[number], NamedThing>("SELECT id, name FROM artist WHERE id = ?").get(id);
}

/** Of this name; else the one played most whose name has it within. */
export function artistByName(database: Database, name: string): NamedThing | undefined {
  const exact = database
    .prepare<[string], NamedThing>("SELECT id, name FROM artist WHERE name = ?")
    .get(name);
  if (exact !== undefined) return exact;
  const folded = fold(name);
  return database
    .prepare<[string, string], NamedThing>(
      `SELECT id, name FROM artist WHERE instr(fold(name), ?) > 0
       ORDER BY fold(name) = ? DESC,
         (SELECT count(*) FROM track JOIN scrobble ON track_id = track.id WHERE track.artist = artist.name) DESC, id
       LIMIT 1`,
    )
    .get(folded, folded);
}
