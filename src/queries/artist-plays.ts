// How much a record's artist is played beside the record itself, and what was nearly credited to it. Both need every
// album of the chart, so they are worked out only where they are asked for.
import { creditsOf, ownKeys } from "../match/rungs/credits.ts";
import { Library } from "../match/library/library.ts";
import { createMatcher, type MatchedRelease } from "../match/matcher.ts";
import type { Database } from "../store/database.ts";
import { readAliases, storedAlbums } from "../store/decisions.ts";
import { shelvedReleases } from "../store/matches.ts";

/**
 * Makes artist_plays(record id) callable from SQL: plays of all albums under any name of the record's artists, less
 * those of the albums credited to the record; NULL where there is no artist, as on a compilation. The work grows
 * with records + albums + credits.
 */
export function defineArtistPlays(database: Database): void {
  const plays = otherPlays(database);
  database.function("artist_plays", (id: unknown) => plays.get(Number(id)) ?? null);
}

function otherPlays(database: Database): ReadonlyMap<number, number | null> {
  const library = new Library(storedAlbums(database), readAliases(database));
  const playsUnder = playsByKey(library);
  const credited = creditedByRecord(database, library);
  const others = new Map<number, number | null>();
  for (const releases of shelvedReleases(database)) {
    for (const release of releases) {
      const keys = artistKeys(release, library);
      const all = keys.reduce((sum, key) => sum + playsUnder(key), 0);
      for (const { recordId } of release.copies) {
        const own = credited.get(recordId) ?? [];
        const ownPlays = own.reduce((sum, { key, plays }) => sum + (keys.includes(key) ? plays : 0), 0);
        others.set(recordId, keys.length === 0 ? null : all - ownPlays);
      }
    }
  }
  return others;
}

function artistKeys(release: MatchedRelease, library: Library): string[] {
  return [...new Set([...creditsOf(release, library).whole, ...ownKeys(release, library)])];
}

function playsByKey(library: Library): (key: string) => number {
  const sums = new Map<string, number>();
  return (key) => {
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = (library.block(key)?.albums ?? []).reduce((plays, album) => plays + album.playCount, 0);
      sums.set(key, sum);
    }
    return sum;
  };
}

interface CreditedPlays {
  /** Of the album's artist. */
  readonly key: string;
  readonly plays: number;
}

function creditedByRecord(database: Database, library: Library): ReadonlyMap<number, CreditedPlays[]> {
  const credited = new Map<number, CreditedPlays[]>();
  const rows = database
    .prepare<[], { id: number; artist: string; plays: number }>(
      `SELECT credit.record_id AS id, album.artist AS artist, album.play_count AS plays
       FROM credit JOIN album ON album.id = credit.album_id`,
    )
    .iterate();
  for (const { id, artist, plays } of rows) {
    const held = credited.get(id);
    const row = { key: library.keyOf(artist), plays };
    if (held) held.push(row);
    else credited.set(id, [row]);
  }
  return credited;
}

/** A function that tells the plays of albums that look like a release and are credited to no record. */
export function closePlaysCounter(database: Database): (releaseId: number) => number {
  const matcher = createMatcher(storedAlbums(database), { aliases: readAliases(database) });
  const isCredited = database.prepare<[number], number>("SELECT 1 FROM credit WHERE album_id = ?").pluck();
  return (releaseId) => {
    const release = [...shelvedReleases(database, releaseId)][0]?.[0];
    if (release === undefined) return 0;
    const { type, rule, rejected } = matcher.explain(release);
    // As in a review: where not even the artist is known there is nothing to be near to.
    if (type === "none" && rule !== "tie") return 0;
    return rejected
      .filter(({ close }) => close)
      .filter(({ album }) => isCredited.get(album.id) === undefined)
      .reduce((plays, { album }) => plays + album.playCount, 0);
  };
}
