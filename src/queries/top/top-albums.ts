// Albums by plays, editions added up.
import type { Database } from "../../store/file/database.ts";
import { plain, rowsOf, tuplesOf, valueOf, valuesOf } from "../conditions/sql.ts";
import { within, type Span } from "../conditions/span.ts";
import { isWantedAlbum } from "../figures/ownership.ts";
import { countHeardTracks, playedTable } from "../figures/play-counts.ts";
import {
  groupedBy,
  groupsOf,
  lastOf,
  laterOf,
  sumOfPlays,
  type HeardMost,
  type PlayedMost,
} from "../figures/played-most.ts";
import { editionKeyExpressions, ownedAlbumTable } from "../figures/same-album.ts";

export interface PlayedAlbum extends PlayedMost {
  readonly title: string;
  /** Titles of all editions, the most played first. */
  readonly titles: readonly string[];
  /** Of the most played edition. */
  readonly url: string | null;
  readonly isHidden: boolean;
}

interface Edition {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly url: string | null;
  /** Equal for the editions of one album. */
  readonly key: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** 0 or 1 */
  readonly isOwned: number;
  readonly isWanted: number;
  readonly isHidden: number;
}

/** The number of albums that playedAlbums() would return. */
export function countPlayedAlbums(database: Database, span: Span | null): number {
  const { ofAlbum } = editionKeyExpressions(database);
  return valueOf(database, 0)`WITH ${playedTable(span)}
    SELECT count(DISTINCT ${ofAlbum}) FROM played JOIN album ON album.id = played.album_id`;
}

/** Plays are scrobbles. A logged play counts as a spin and may be the last play. */
export function playedAlbums(database: Database, span: Span | null): PlayedAlbum[] {
  const keys = editionKeyExpressions(database);
  const all = rowsOf<Edition>(database)`WITH ${playedTable(span)}, ${ownedAlbumTable(database)}
    SELECT album.id AS id, artist, title, url, ${keys.ofAlbum} AS key, plays,
      played.last_played_uts AS lastPlayedUts, album.id IN owned_album AS isOwned,
      ${isWantedAlbum(keys)} AS isWanted,
      ${keys.ofAlbum} IN (SELECT ${keys.ofHiddenAlbum} FROM hidden_album) AS isHidden
    FROM played JOIN album ON album.id = played.album_id ORDER BY plays DESC, album.id`;
  const spinsOf = spinCounter(database, span);
  return groupsOf(all, ({ key }) => key).map((editions) => {
    const [best] = editions;
    const albumIds = editions.map(({ id }) => id);
    const { spins, lastNotedUts } = spinsOf(albumIds);
    return {
      artist: best.artist,
      title: best.title,
      titles: editions.map(({ title }) => title),
      url: best.url,
      albumIds,
      plays: sumOfPlays(editions),
      lastPlayedUts: laterOf(lastOf(editions), lastNotedUts),
      spins,
      song: null,
      isOwned: best.isOwned === 1,
      ownedRecords: 0,
      isWanted: best.isWanted === 1,
      isHidden: best.isHidden === 1,
    };
  });
}

export function withTracksOfAlbums<Row extends PlayedMost>(
  database: Database,
  span: Span | null,
  rows: readonly Row[],
): (Row & HeardMost)[] {
  const groups = rows.map(({ albumIds }) => albumIds);
  const trackCounts = countHeardTracks(database, "album_id", span, groups);
  return rows.map((row, at) => ({ ...row, tracks: trackCounts[at] ?? 0 }));
}

interface Spins {
  /** null: unknown. */
  readonly spins: number | null;
  readonly lastNotedUts: number | null;
}

/** Counts the spins of some editions together, including logged plays of the records credited with them. */
function spinCounter(database: Database, span: Span | null): (albumIds: readonly number[]) => Spins {
  const everything = { fromUts: null, toUts: null };
  const inSpan = within(plain("started_uts"), span ?? everything);
  const spunAlbums = new Set(valuesOf<number>(database)`SELECT album_id FROM album_spin`);
  const spins = new Map(
    tuplesOf<[albumId: number, spins: number]>(database)`
      SELECT album_id, count(*) FROM spin WHERE ${inSpan} GROUP BY album_id`,
  );
  // A logged play of a box does not tell which of its albums was played.
  const notedOf = groupedBy(
    rowsOf<{ albumId: number; uuid: string; lastUts: number; isSpin: number }>(database)`
      SELECT credit.album_id AS albumId, noted_play.uuid AS uuid, noted_play.last_uts AS lastUts,
        EXISTS (SELECT 1 FROM noted_spin WHERE noted_spin.uuid = noted_play.uuid) AS isSpin
      FROM (SELECT *, start_uts AS started_uts FROM noted_play) AS noted_play
        JOIN release ON release.id = noted_play.release_id AND release.kind <> 'box'
        JOIN record ON record.release_id = release.id JOIN credit ON credit.record_id = record.id
      WHERE ${inSpan} GROUP BY credit.album_id, noted_play.uuid`,
    ({ albumId }) => albumId,
  );
  return (albumIds) => {
    const own = albumIds.flatMap((id) => notedOf.get(id) ?? []);
    const notedSpins = new Set(own.filter(({ isSpin }) => isSpin === 1).map(({ uuid }) => uuid)).size;
    const isKnown = notedSpins > 0 || albumIds.some((id) => spunAlbums.has(id));
    return {
      spins: isKnown ? albumIds.reduce((sum, id) => sum + (spins.get(id) ?? 0), notedSpins) : null,
      lastNotedUts: own.reduce<number | null>((last, { lastUts }) => laterOf(last, lastUts), null),
    };
  };
}
