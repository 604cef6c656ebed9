// Which albums are on the shelf, on the wantlist or hidden.
import { foldArtist, isPlaceholderArtist, isVariousArtists } from "../../match/text/artist-name.ts";
import type { Database } from "../../store/file/database.ts";
import { editionKeyExpressions, type EditionKeyExpressions } from "./same-album.ts";
import { ownedAlbums } from "../../store/shelf/stored-albums.ts";

interface ChartStanding {
  readonly owned: ReadonlySet<number>;
  readonly wanted: ReadonlySet<number>;
}

export function chartStanding(database: Database): ChartStanding {
  const keys = editionKeyExpressions(database);
  const idsOf = (sql: string): Set<number> => new Set(database.prepare<[], number>(sql).pluck().all());
  return {
    owned: idsOf(`WITH ${ownedAlbums(keys)} SELECT id FROM owned_album`),
    wanted: idsOf(`SELECT id FROM album WHERE ${keys.ofAlbum} IN (${wantedKeys(keys)})`),
  };
}

export function wantedKeys({ ofRelease }: EditionKeyExpressions): string {
  return `SELECT ${ofRelease} FROM release WHERE id IN (SELECT release_id FROM want)`;
}

export function hiddenKeys({ ofHiddenAlbum }: EditionKeyExpressions): string {
  return `SELECT ${ofHiddenAlbum} FROM hidden_album`;
}

export interface ArtistShelf {
  readonly records: number;
  /** A record of theirs that is a box set; null if none is. */
  readonly boxId: number | null;
}

const nothing: ArtistShelf = { records: 0, boxId: null };

/** Equal for all spellings of an artist, and for all names of Various Artists. */
export function shelfArtistKey(name: string): string {
  return isVariousArtists(name) ? "various" : foldArtist(name);
}

/** The artist names on the sleeves of the shelf, with the database's own names. */
function sleeveNames(database: Database): Set<string> {
  const onShelf = "IN (SELECT release_id FROM record)";
  return new Set(
    [
      `SELECT DISTINCT name FROM release_artist WHERE release_id ${onShelf}`,
      `SELECT DISTINCT anv FROM release_artist WHERE anv <> '' AND release_id ${onShelf}`,
      `SELECT DISTINCT artist FROM release WHERE id ${onShelf}`,
    ].flatMap((sql) => database.prepare<[], string>(sql).pluck().all()),
  );
}

/** Returns a function that checks whether an artist, in any spelling, is on a sleeve. */
export function shelvedArtists(
  database: Database,
  keyOf: (name: string) => string = shelfArtistKey,
): (artist: string) => boolean {
  const keys = new Set(Array.from(sleeveNames(database), keyOf));
  return (artist) => keys.has(keyOf(artist));
}

/** The number of records by each artist, under any name on the sleeve. */
export function artistShelves(
  database: Database,
  artists: readonly string[],
): (artist: string) => ArtistShelf {
  const wanted = new Set(artists.map((artist) => shelfArtistKey(artist)));
  if (wanted.size === 0) return () => nothing;
  const keys = new Map<string, string>();
  for (const name of sleeveNames(database)) {
    const key = shelfArtistKey(name);
    if (wanted.has(key)) keys.set(name, key);
  }
  const rows = database
    .prepare<[string], [name: string, releaseId: number, records: number, boxId: number | null]>(
      `WITH wanted (name) AS MATERIALIZED (SELECT value FROM json_each(?)),
         named (name, release_id) AS (
           SELECT name, release_id FROM release_artist WHERE name IN wanted
           UNION SELECT anv, release_id FROM release_artist WHERE anv <> '' AND anv IN wanted
           UNION SELECT artist, id FROM release WHERE artist IN wanted)
       SELECT named.name, release.id, count(*), min(iif(release.kind = 'box', record.id, NULL))
       FROM named JOIN release ON release.id = named.release_id JOIN record ON record.release_id = release.id
       GROUP BY named.name, release.id`,
    )
    .raw()
    .all(JSON.stringify([...keys.keys()]));
  const shelves = new Map<string, ArtistShelf>();
  const counted = new Set<string>();
  for (const [name, releaseId, records, boxId] of rows) {
    const key = keys.get(name) ?? "";
    // Count a sleeve once even if it has several of the artist's names.
    if (counted.has(`${releaseId} ${key}`)) continue;
    counted.add(`${releaseId} ${key}`);
    shelves.set(key, together(shelves.get(key) ?? nothing, { records, boxId }));
  }
  return (artist) => {
    const shelf = shelves.get(shelfArtistKey(artist)) ?? nothing;
    // A box by various artists says nothing about one of their albums.
    return isPlaceholderArtist(artist) ? { ...shelf, boxId: null } : shelf;
  };
}

function together(one: ArtistShelf, other: ArtistShelf): ArtistShelf {
  const boxId =
    one.boxId === null || other.boxId === null
      ? (one.boxId ?? other.boxId)
      : Math.min(one.boxId, other.boxId);
  return { records: one.records + other.records, boxId };
}
