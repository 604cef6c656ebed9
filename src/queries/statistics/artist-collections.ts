// Artists, with all their spellings and aliases, and their records on the shelf.
import { splitArtistName, toArtistKeyOrNull } from "../../match/text/artist-name.ts";
import { createAliasResolver } from "../../match/text/aliases.ts";
import { toEditionKey } from "../../match/titles/title.ts";
import { groupByKey } from "../../model/grouping.ts";
import { readAliases } from "../../store/decisions/user-decisions.ts";
import type { Database } from "../../store/file/database.ts";
import { joinSql, listSql, queryTuples, queryValues, rawSql, sql } from "../../store/file/sql.ts";

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
