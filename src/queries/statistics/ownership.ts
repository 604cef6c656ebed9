// The albums and artists that are on the shelf, on the wantlist or hidden.
import { splitArtistName, toArtistKeyOrNull } from "../../match/text/artist-name.ts";
import { createAliasResolver } from "../../match/alias-names.ts";
import { readAliases } from "../../store/decisions/user-decisions.ts";
import { toEditionKey } from "../../match/titles/title.ts";
import type { Database } from "../../store/file/database.ts";
import {
  joinSql,
  listSql,
  rawSql,
  queryRows,
  sql,
  queryTuples,
  queryValues,
  type Sql,
} from "../../store/file/sql.ts";
import { groupByKey } from "../../model/grouping.ts";

/** SQL condition: the album with this number is on the shelf, in any pressing. */
export function buildOwnedAlbumSql(albumId: string): Sql {
  return rawSql(`${albumId} IN (SELECT album_id FROM record_album)`);
}

/** SQL condition: the row of album has the name of a want. */
export const wantedAlbumSql = rawSql(`album.edition_key IN
  (SELECT edition_key FROM release WHERE id IN (SELECT release_id FROM want))`);

export interface CopyReference {
  readonly id: number;
  readonly form: string;
}

const none: readonly never[] = [];

/** Returns a function that gives the records that are one of some albums, or are credited with one, by number. */
export function createCopyLookup(
  database: Database,
  albumIds: readonly number[],
): (ids: readonly number[]) => readonly CopyReference[] {
  const copies = groupByKey(
    queryRows<CopyReference & { readonly albumId: number }>(database)`
      SELECT album_id AS albumId, record.id AS id, form FROM record_album
      JOIN record ON record.id = record_album.record_id JOIN release ON release.id = record.release_id
      WHERE album_id IN ${listSql([...new Set(albumIds)])} ORDER BY album_id, record.id`,
    ({ albumId }) => albumId,
  );
  return (ids) => {
    const [first = none, ...others] = ids.map((albumId) => copies.get(albumId) ?? none);
    if (others.length === 0) return first;
    const byId = new Map([first, ...others].flat().map((copy) => [copy.id, copy]));
    return [...byId.values()].toSorted((one, other) => one.id - other.id);
  };
}

/** Returns a function that gives the records of some releases: copies of the release first, then of other pressings. */
export function createReleaseCopyLookup(
  database: Database,
  releaseIds: Sql,
): (releaseId: number) => readonly CopyReference[] {
  const copies = groupByKey(
    queryRows<CopyReference & { readonly releaseId: number }>(database)`
      SELECT played.id AS releaseId, record.id AS id, release.form AS form
      FROM release AS played JOIN release ON release.album_key = played.album_key
        AND (release.kind = 'single') = (played.kind = 'single')
      JOIN record ON record.release_id = release.id
      WHERE played.id IN (${releaseIds}) ORDER BY release.id <> played.id, record.id`,
    ({ releaseId }) => releaseId,
  );
  return (releaseId) => copies.get(releaseId) ?? none;
}

export interface ArtistCollection {
  readonly recordIds: readonly number[];
  /** A record of theirs that is a box set; null if none is. */
  readonly boxId: number | null;
}

/** Returns a function that gives a key: equal for all spellings and aliases of an artist, for all names of Various Artists, and for all of nobody. */
export function createArtistKeyMaker(database: Database): (name: string) => string {
  const resolveAlias = createAliasResolver(readAliases(database));
  return (name) => toArtistKey(resolveAlias(name));
}

/** Returns a function that gives the key of a name's editions, as releases and albums have it. */
export function createEditionKeyMaker(
  database: Database,
): (name: { readonly artist: string; readonly title: string }) => string {
  const resolveAlias = createAliasResolver(readAliases(database));
  return ({ artist, title }) => toEditionKey(resolveAlias(artist), title);
}

function toArtistKey(name: string): string {
  return toArtistKeyOrNull(name, splitArtistName(name)) ?? variousKey;
}

const variousKey = "various";
const nobodyKey = "";

/** Returns true for the key of names that stand for no artist. */
export function isPlaceholderKey(key: string): boolean {
  return key === variousKey || key === nobodyKey;
}

/** The places of artist names on a cover, with the database's own names. */
const spellings = [
  { name: rawSql("name"), releaseId: rawSql("release_id"), from: rawSql("release_artist") },
  {
    name: rawSql("anv"),
    releaseId: rawSql("release_id"),
    from: rawSql("(SELECT anv, release_id FROM release_artist WHERE anv <> '')"),
  },
  { name: rawSql("artist"), releaseId: rawSql("id"), from: rawSql("release") },
];

/** The artist names on the covers of the shelf. */
export function readPrintedArtistNames(database: Database): string[] {
  const names = spellings.map(
    ({ name, releaseId, from }) =>
      sql`SELECT ${name} FROM ${from} WHERE ${releaseId} IN (SELECT release_id FROM record)`,
  );
  return queryValues<string>(database)`${joinSql(names, " UNION ")}`;
}

const emptyCollection: ArtistCollection = { recordIds: [], boxId: null };

/** Returns a function that gives the records by each of these artists, alone or with others, under any name on the cover. */
export function createArtistCollectionLookup(
  database: Database,
  artists: readonly string[],
): (artist: string) => ArtistCollection {
  const toKey = createArtistKeyMaker(database);
  // Folding a name is slow, so each is folded once.
  const keys = new Map(artists.map((artist) => [artist, toKey(artist)]));
  if (keys.size === 0) return () => emptyCollection;
  const wantedKeys = new Set(keys.values());
  const sleeveKeys = new Map(
    readPrintedArtistNames(database)
      .map((name) => [name, keys.get(name) ?? toKey(name)] as const)
      .filter(([, key]) => wantedKeys.has(key)),
  );
  const rowsByName = spellings.map(
    ({ name, releaseId, from }) => sql`SELECT ${name}, ${releaseId} FROM ${from} WHERE ${name} IN wanted`,
  );
  const rows = queryTuples<[name: string, recordId: number, isBox: 0 | 1]>(database)`
    WITH wanted (name) AS MATERIALIZED ${listSql([...sleeveKeys.keys()])},
      named (name, release_id) AS (${joinSql(rowsByName, " UNION ")})
    SELECT named.name, record.id, release.kind = 'box'
    FROM named JOIN release ON release.id = named.release_id JOIN record ON record.release_id = release.id
    ORDER BY record.id`;
  const shelves = groupByKey(rows, ([name]) => sleeveKeys.get(name));
  return (artist) => {
    const key = keys.get(artist) ?? nobodyKey;
    const shelf = shelves.get(key) ?? [];
    return {
      // A cover may have several of the artist's names.
      recordIds: [...new Set(shelf.map(([, recordId]) => recordId))],
      // A box by various artists says nothing about one of their albums.
      boxId: isPlaceholderKey(key) ? null : (shelf.find(([, , isBox]) => isBox)?.[1] ?? null),
    };
  };
}
