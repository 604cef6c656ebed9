// What is on the shelf, on the wantlist and hidden, by album: the keys that gaps are told by.
import { bareArtistName, foldArtist, isPlaceholderArtist } from "../match/text/artist-name.ts";
import { editionKey } from "../match/text/edition-key.ts";
import type { Database } from "../store/database.ts";
import { hiddenAlbums } from "../store/memory.ts";
import { editionKeysOf } from "./album-key.ts";

/** Albums owned in any pressing: those of the releases on the shelf, and those that some record is credited with. */
export function ownedKeys(database: Database): Set<string> {
  const keys = editionKeysOf(database, "release", "id IN (SELECT release_id FROM record)");
  for (const key of editionKeysOf(database, "album", "id IN (SELECT album_id FROM credit)")) keys.add(key);
  return keys;
}

export function wantedKeys(database: Database): Set<string> {
  return editionKeysOf(database, "release", "id IN (SELECT release_id FROM want)");
}

export function hiddenKeys(database: Database): Set<string> {
  return new Set(hiddenAlbums(database).map(({ artist, title }) => editionKey(artist, title)));
}

export interface ArtistShelf {
  readonly records: number;
  /** One of them that is a box set; null where none is. */
  readonly boxId: number | null;
}

/** How many records there are by each of some artists, by any name that stands on the sleeve. */
export function artistShelves(
  database: Database,
  artists: readonly string[],
): (artist: string) => ArtistShelf {
  const none: ArtistShelf = { records: 0, boxId: null };
  const wanted = new Map(
    artists
      .filter((artist) => !isPlaceholderArtist(artist))
      .map((artist) => [foldArtist(artist), new Set<number>()]),
  );
  const releases = new Map<string, Set<number>>();
  if (wanted.size > 0) {
    const names = database
      .prepare<[], readonly [name: string, releaseId: number]>(
        `SELECT artist, id FROM release WHERE id IN (SELECT release_id FROM record)
         UNION SELECT name, release_id FROM release_artist WHERE release_id IN (SELECT release_id FROM record)
         UNION SELECT anv, release_id FROM release_artist WHERE anv <> '' AND release_id IN (SELECT release_id FROM record)
         ORDER BY 1`,
      )
      .raw();
    let last = "";
    let found: Set<number> | undefined;
    for (const [name, releaseId] of names.iterate()) {
      if (name !== last) found = wanted.get(foldArtist(bareArtistName(name)));
      last = name;
      found?.add(releaseId);
    }
    for (const [key, ids] of wanted) releases.set(key, ids);
  }
  const shelf = database.prepare<[string], ArtistShelf>(
    `SELECT count(*) AS records, min(iif(release.kind = 'box', record.id, NULL)) AS boxId
     FROM record JOIN release ON release.id = record.release_id
     WHERE release.id IN (SELECT value FROM json_each(?))`,
  );
  return (artist) => {
    const ids = releases.get(foldArtist(artist));
    return ids === undefined || ids.size === 0 ? none : (shelf.get(JSON.stringify([...ids])) ?? none);
  };
}
