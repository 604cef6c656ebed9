// Who was scrobbled, by numbers of their own, as programs of the hosted API know them.
import type { NamedThing, ListedArtists } from "../documents/listening.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { pagesOf, type ListQuestion } from "../documents/listed-things.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { sortKey } from "../figures/functions.ts";
import { mostPlayed } from "../figures/played-most.ts";
import { artistsByPlays, type PlayedArtist } from "../top/top-artists.ts";

export const artistSorts = ["playcount", "name"] as const;

export function artistsPage(
  database: Database,
  { sort, order, search, paging }: ListQuestion<(typeof artistSorts)[number]>,
): ListedArtists {
  const urlOf = pagesOf(database);
  const wanted = fold(search ?? "");
  const found = mostPlayed(artistsByPlays(database, null)).filter(({ spellings }) =>
    spellings.some((name) => fold(name).includes(wanted)),
  );
  const sorted = sort === "name" ? byName(found) : found;
  // Upward: the played least first, or the names from A on.
  const isReversed = (order === "asc") === (sort === "playcount");
  const page = pageOf(isReversed ? sorted.toReversed() : sorted, paging);
  const idOf = artistIds(
    database,
    page.map(({ artist }) => artist),
  );
  return {
    data: page.map(({ artist, plays }) => ({
      id: idOf.get(artist) ?? 0,
      name: artist,
      playcount: plays,
      genre: null,
      url: urlOf({ artist }),
      apple_music_url: null,
      image: null,
    })),
    pagination: contractPagination(paging, found.length),
  };
}

function byName(artists: readonly PlayedArtist[]): PlayedArtist[] {
  const keyed = artists.map((artist) => ({ artist, key: sortKey(artist.artist) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ artist }) => artist);
}

/** The numbers of artists by their names as scrobbled. */
export function artistIds(database: Database, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    database
      .prepare<[string], [name: string, id: number]>(
        "SELECT name, id FROM artist WHERE name IN (SELECT value FROM json_each(?))",
      )
      .raw()
      .all(JSON.stringify(names)),
  );
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
