// Albums by plays, all names of an album added up.
import type { Database } from "../../store/file/database.ts";
import { listSql, rawSql, queryRows, queryValue } from "../../store/file/sql.ts";
import { buildPeriodSql, type Period } from "../conditions/period.ts";
import { createAlbumNamer } from "../statistics/album-names.ts";
import { createEditionKeyMaker } from "../statistics/artist-collections.ts";
import { buildOwnedAlbumSql, wantedAlbumSql } from "../statistics/ownership.ts";
import { buildPlayedSql } from "../statistics/play-counts.ts";
import { groupByKey, groupIntoLists } from "../../model/grouping.ts";
import { getLastPlayedUts, sumPlays, type PlayedItem } from "../statistics/played-items.ts";

export interface PlayedAlbum extends PlayedItem {
  /** The page of the edition that names the album. */
  readonly url: string | null;
  readonly isHidden: boolean;
}

interface Edition {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly url: string | null;
  /** Equal for the names of one album. */
  readonly groupId: number;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  readonly spins: number;
  /** 0 or 1 */
  readonly areSpinsKnown: number;
  readonly isOwned: number;
  readonly isWanted: number;
  readonly isOwnedAsAlbum: number;
  readonly isHidden: number;
}

/** The number of albums that playedAlbums() would return. */
export function countPlayedAlbums(database: Database, span: Period | null): number {
  return queryValue(database, 0)`WITH ${buildPlayedSql(span)}
    SELECT count(DISTINCT group_id) FROM played JOIN album ON album.id = played.album_id`;
}

/**
 * Returns each album with plays in the span, with all the names that it ever had. Plays are scrobbles. A logged play counts as a
 * spin and may be the last play.
 */
export function readPlayedAlbums(database: Database, span: Period | null): PlayedAlbum[] {
  const hidden = queryRows<{ artist: string; title: string }>(
    database,
  )`SELECT artist, title FROM hidden_album`;
  const hiddenKeys = hidden.map(createEditionKeyMaker(database));
  const inSpan = buildPeriodSql(rawSql("started_uts"), span);
  const selectName = createAlbumNamer(database);
  const all = queryRows<Edition>(database)`WITH ${buildPlayedSql(span)}
    SELECT album.id AS id, artist, title, url, group_id AS groupId, coalesce(plays, 0) AS plays,
      played.last_played_uts AS lastPlayedUts, ${buildOwnedAlbumSql("album.id")} AS isOwned,
      (SELECT count(*) FROM spin WHERE album_id = album.id AND ${inSpan}) AS spins,
      album.id IN (SELECT album_id FROM album_spin) AS areSpinsKnown,
      EXISTS (SELECT 1 FROM record_album JOIN record ON record.id = record_album.record_id
        JOIN release ON release.id = record.release_id
        WHERE record_album.album_id = album.id AND release.kind = 'album') AS isOwnedAsAlbum,
      ${wantedAlbumSql} AS isWanted, edition_key IN ${listSql(hiddenKeys)} AS isHidden
    FROM album LEFT JOIN played ON played.album_id = album.id
    WHERE (plays IS NOT NULL OR play_count > 0)
      AND group_id IN (SELECT group_id FROM played JOIN album ON album.id = played.album_id)
    ORDER BY play_count DESC, album.id`;
  // A logged play of a box does not tell which of its albums was played.
  const loggedPlays = groupByKey(
    queryRows<{ albumId: number; uuid: string; lastPlayedUts: number; isSpin: number }>(database)`
      SELECT album_match.album_id AS albumId, logged_play.uuid AS uuid, logged_play.last_uts AS lastPlayedUts,
        logged_play.uuid IN (SELECT uuid FROM logged_spin) AS isSpin
      FROM (SELECT *, start_uts AS started_uts FROM logged_play) AS logged_play
        JOIN release ON release.id = logged_play.release_id AND release.kind <> 'box'
        JOIN record ON record.release_id = release.id JOIN album_match ON album_match.record_id = record.id
      WHERE ${inSpan}`,
    ({ albumId }) => albumId,
  );
  return groupIntoLists(all, ({ groupId }) => groupId).map((editions) => {
    const { id: namingId, artist, title, url } = selectName(editions);
    const albumIds = [...new Set([namingId, ...editions.map(({ id }) => id)])];
    const logged = albumIds.flatMap((id) => loggedPlays.get(id) ?? []);
    const loggedSpins = new Set(logged.flatMap(({ isSpin, uuid }) => (isSpin === 1 ? uuid : []))).size;
    const areSpinsKnown = loggedSpins > 0 || editions.some((edition) => edition.areSpinsKnown === 1);
    return {
      artist,
      title,
      titles: editions.map((edition) => edition.title),
      url,
      albumIds,
      members: albumIds,
      plays: sumPlays(editions),
      lastPlayedUts: getLastPlayedUts([...editions, ...logged]),
      tracks: null,
      spins: areSpinsKnown ? editions.reduce((sum, { spins }) => sum + spins, loggedSpins) : null,
      isOwned: editions.some(({ isOwned }) => isOwned === 1),
      isWanted: editions.some(({ isWanted }) => isWanted === 1),
      isOwnedAsAlbum: editions.some((edition) => edition.isOwnedAsAlbum === 1),
      isHidden: editions.some(({ isHidden }) => isHidden === 1),
    };
  });
}
