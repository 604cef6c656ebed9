// Albums by plays, editions added up.
import { editionKey } from "../../match/titles/title.ts";
import type { Database } from "../../store/file/database.ts";
import { list, plain, rowsOf, valueOf } from "../../store/file/sql.ts";
import { within, type Span } from "../conditions/span.ts";
import { isOwnedAlbum, isWantedAlbum } from "../figures/ownership.ts";
import { playedTable } from "../figures/play-counts.ts";
import { groupedBy, groupsOf, lastOf, sumOfPlays, type PlayedMost } from "../figures/played-most.ts";

export interface PlayedAlbum extends PlayedMost {
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
  readonly spins: number;
  /** 0 or 1 */
  readonly areSpinsKnown: number;
  readonly isOwned: number;
  readonly isWanted: number;
  readonly isHidden: number;
}

/** The number of albums that playedAlbums() would return. */
export function countPlayedAlbums(database: Database, span: Span | null): number {
  return valueOf(database, 0)`WITH ${playedTable(span)}
    SELECT count(DISTINCT edition_key) FROM played JOIN album ON album.id = played.album_id`;
}

/** Plays are scrobbles. A logged play counts as a spin and may be the last play. */
export function playedAlbums(database: Database, span: Span | null): PlayedAlbum[] {
  const hidden = rowsOf<{ artist: string; title: string }>(database)`SELECT artist, title FROM hidden_album`;
  const hiddenKeys = hidden.map(({ artist, title }) => editionKey(artist, title));
  const inSpan = within(plain("started_uts"), span);
  const all = rowsOf<Edition>(database)`WITH ${playedTable(span)}
    SELECT album.id AS id, artist, title, url, edition_key AS key, plays,
      played.last_played_uts AS lastPlayedUts, ${isOwnedAlbum("album.id")} AS isOwned,
      (SELECT count(*) FROM spin WHERE album_id = album.id AND ${inSpan}) AS spins,
      album.id IN (SELECT album_id FROM album_spin) AS areSpinsKnown,
      ${isWantedAlbum} AS isWanted, edition_key IN ${list(hiddenKeys)} AS isHidden
    FROM played JOIN album ON album.id = played.album_id ORDER BY plays DESC, album.id`;
  // A logged play of a box does not tell which of its albums was played.
  const loggedPlays = groupedBy(
    rowsOf<{ albumId: number; uuid: string; lastPlayedUts: number; isSpin: number }>(database)`
      SELECT credit.album_id AS albumId, noted_play.uuid AS uuid, noted_play.last_uts AS lastPlayedUts,
        noted_play.uuid IN (SELECT uuid FROM noted_spin) AS isSpin
      FROM (SELECT *, start_uts AS started_uts FROM noted_play) AS noted_play
        JOIN release ON release.id = noted_play.release_id AND release.kind <> 'box'
        JOIN record ON record.release_id = release.id JOIN credit ON credit.record_id = record.id
      WHERE ${inSpan}`,
    ({ albumId }) => albumId,
  );
  return groupsOf(all, ({ key }) => key).map((editions) => {
    const [{ artist, title, url, isOwned, isWanted, isHidden }] = editions;
    const albumIds = editions.map(({ id }) => id);
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
      plays: sumOfPlays(editions),
      lastPlayedUts: lastOf([...editions, ...logged]),
      tracks: null,
      spins: areSpinsKnown ? editions.reduce((sum, { spins }) => sum + spins, loggedSpins) : null,
      isOwned: isOwned === 1,
      isWanted: isWanted === 1,
      isHidden: isHidden === 1,
    };
  });
}
