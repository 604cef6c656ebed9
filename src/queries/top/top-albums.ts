// Albums by plays, editions added up.
import type { Database } from "../../store/file/database.ts";
import { editionKeyExpressions } from "../figures/same-album.ts";
import { chartStanding } from "../figures/ownership.ts";
import { spanCondition, type Span } from "../conditions/span.ts";
import { countHeardTracks, playedTable } from "../figures/play-counts.ts";
import {
  grouped,
  lastOf,
  laterOf,
  sumOfPlays,
  type HeardMost,
  type PlayedMost,
} from "../figures/played-most.ts";

interface ChartEntry {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  /** Equal for the editions of one album. */
  readonly key: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

/** Editions with plays, the most played first. */
function playedEditions(database: Database, span: Span | null): ChartEntry[] {
  const played = playedTable(span);
  return database
    .prepare<unknown[], ChartEntry>(
      `WITH ${played.sql}
       SELECT album.id AS id, artist, title, ${editionKeyExpressions(database).ofAlbum} AS key, plays, played.last_played_uts AS lastPlayedUts
       FROM played JOIN album ON album.id = played.album_id ORDER BY plays DESC, album.id`,
    )
    .all(...played.parameters);
}

/** The number of albums that playedAlbums() would return. */
export function countPlayedAlbums(database: Database, span: Span | null): number {
  return new Set(playedEditions(database, span).map(({ key }) => key)).size;
}

/** Plays are scrobbles. A logged play counts as a spin and may be the last play. */
export function playedAlbums(database: Database, span: Span | null): PlayedMost[] {
  const { owned, wanted } = chartStanding(database);
  const spinsOf = spinCounter(database, span);
  return grouped(playedEditions(database, span), ({ key }) => key).map((editions) => {
    const [best] = editions;
    const albumIds = editions.map(({ id }) => id);
    const { spins, lastNotedUts } = spinsOf(albumIds);
    return {
      artist: best.artist,
      title: best.title,
      albumIds,
      plays: sumOfPlays(editions),
      lastPlayedUts: laterOf(lastOf(editions), lastNotedUts),
      spins,
      song: null,
      isOwned: owned.has(best.id),
      ownedRecords: 0,
      isWanted: wanted.has(best.id),
    };
  });
}

export function withTracksOfAlbums<Row extends PlayedMost>(
  database: Database,
  span: Span | null,
  rows: readonly Row[],
): (Row & HeardMost)[] {
  const heard = countHeardTracks(
    database,
    "album_id",
    span,
    rows.map(({ albumIds }) => albumIds),
  );
  return rows.map((row, at) => ({ ...row, tracks: heard[at] ?? 0 }));
}

interface Spins {
  readonly spins: number | null;
  readonly lastNotedUts: number | null;
}

/**
 * Returns a function that counts the spins of some editions together, including logged plays of the records credited
 * with them.
 */
function spinCounter(database: Database, span: Span | null): (albumIds: readonly number[]) => Spins {
  const within = spanCondition("started_uts", span ?? { fromUts: null, toUts: null });
  const known = new Set(database.prepare<[], number>("SELECT album_id FROM album_spin").pluck().all());
  const spins = new Map(
    database
      .prepare<unknown[], [albumId: number, spins: number]>(
        `SELECT album_id, count(*) FROM spin WHERE ${within.sql} GROUP BY album_id`,
      )
      .raw()
      .all(...within.parameters),
  );
  // A logged play of a box does not tell which of its albums was played.
  const noted = grouped(
    database
      .prepare<unknown[], { albumId: number; uuid: string; lastUts: number; isSpin: number }>(
        `SELECT credit.album_id AS albumId, noted_play.uuid AS uuid, noted_play.last_uts AS lastUts,
           EXISTS (SELECT 1 FROM noted_spin WHERE noted_spin.uuid = noted_play.uuid) AS isSpin
         FROM (SELECT *, start_uts AS started_uts FROM noted_play) AS noted_play
           JOIN release ON release.id = noted_play.release_id AND release.kind <> 'box'
           JOIN record ON record.release_id = release.id JOIN credit ON credit.record_id = record.id
         WHERE ${within.sql} GROUP BY credit.album_id, noted_play.uuid`,
      )
      .iterate(...within.parameters),
    ({ albumId }) => albumId,
  );
  const notedOf = new Map(noted.map((plays) => [plays[0].albumId, plays]));
  return (albumIds) => {
    const own = albumIds.flatMap((id) => notedOf.get(id) ?? []);
    const notedSpins = new Set(own.filter(({ isSpin }) => isSpin === 1).map(({ uuid }) => uuid)).size;
    const isKnown = notedSpins > 0 || albumIds.some((id) => known.has(id));
    return {
      spins: isKnown ? albumIds.reduce((sum, id) => sum + (spins.get(id) ?? 0), notedSpins) : null,
      lastNotedUts: own.reduce<number | null>((last, { lastUts }) => laterOf(last, lastUts), null),
    };
  };
}
