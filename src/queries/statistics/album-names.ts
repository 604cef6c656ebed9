// The name of an album whose plays came under several names.
import { isVariousArtists } from "../../match/text/artist-name.ts";
import { groupByKey } from "../../model/grouping.ts";
import type { Database } from "../../store/file/database.ts";
import { queryRows } from "../../store/file/sql.ts";
import { createArtistKeyMaker } from "./artist-collections.ts";

interface NamedEdition {
  readonly artist: string;
  readonly title: string;
  /** Equal for the names of one album. */
  readonly groupId: number;
}

/**
 * Returns a function that selects the edition that names an album on every screen and in every period: the first one by
 * the artist on the cover if the album is owned, otherwise the first. An owned compilation that is played only under its
 * singers gets the artist on its cover.
 */
export function createAlbumNamer(database: Database) {
  const toKey = createArtistKeyMaker(database);
  const covers = groupByKey(
    queryRows<{ groupId: number; artist: string }>(database)`
      SELECT album.group_id AS groupId, release.artist AS artist FROM album_match
        JOIN album ON album.id = album_match.album_id JOIN record ON record.id = album_match.record_id
        JOIN release ON release.id = record.release_id
      WHERE EXISTS (SELECT 1 FROM album AS edition
        WHERE edition.group_id = album.group_id AND edition.artist <> album.artist)
      GROUP BY album.group_id, release.artist ORDER BY min(record.id)`,
    ({ groupId }) => groupId,
  );
  /** `editions`: all those of one album, the most played of all time first. */
  return <Edition extends NamedEdition>(editions: readonly [Edition, ...Edition[]]): Edition => {
    const [most] = editions;
    const artists = (covers.get(most.groupId) ?? []).map(({ artist }) => artist);
    if (artists.length === 0) return most;
    const coverKeys = new Set(artists.map(toKey));
    const named = editions.find(({ artist }) => coverKeys.has(toKey(artist)));
    if (named !== undefined) return named;
    const various = artists.find(isVariousArtists);
    const hasOneArtist = editions.every(({ artist }) => toKey(artist) === toKey(most.artist));
    return various === undefined || hasOneArtist ? most : { ...most, artist: various };
  };
}
